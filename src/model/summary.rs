//! What the batch has found out: values, changes, verdicts, and what arrived.

use jiff::civil::Date;
use serde::Serialize;

use super::{Breakdown, Comparison, Decomposition, Edge, GoingOn, Id, Interval, Outlook, Period, Status, Text, Trend};

/// An indicator's value for one area, period and breakdown.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorValue {
    pub indicator: Id,
    pub area: Id,
    pub period: Period,
    pub breakdown: Breakdown,
    pub value: Option<f64>,
    pub status: Status,
    /// The two sums of a ratio; a total has only the first.
    pub numerator: Option<f64>,
    pub denominator: Option<f64>,
    pub change: Option<Change>,
    /// Why there is no value or no change, or what the value lacks.
    pub note: Text,
    /// It lacks so much (a form that has not come, a blank in a sum) that it is neither compared nor judged.
    pub lacking: bool,
    /// A flow of a year that is not over on the as-of date: it grows, and is not compared with a whole year.
    pub so_far: bool,
    /// Places in the dataset of every observation it is made of.
    pub from: Vec<u32>,
    /// Of the whole: the share of the areas that owe its forms and have sent them, 0 to 1.
    pub coverage: Option<f64>,
    /// Of the value, at 95 %; only where the pipeline says that the ratio is a proportion or a rate of events.
    pub interval: Option<Interval>,
    /// Within which 99.8 % of districts of this size would lie if all had the whole's proportion.
    pub control: Option<Interval>,
    /// Of the five years that end with this one.
    pub trend: Option<Trend>,
}

impl IndicatorValue {
    /// There is one, and it is not published.
    pub fn is_withheld(&self) -> bool {
        self.value.is_none() && self.status == Status::Suppressed
    }
}

/// Difference from the period before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    pub previous: f64,
    /// In the indicator's change unit: percentage points for per cents.
    pub difference: f64,
    /// In per cent of the previous value; none where the base is zero or too small.
    pub relative: Option<f64>,
}

/// Is the commitment met? A milestone has words of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Verdict {
    Met,
    /// The milestone is reached, by its date in the ledger.
    Done,
    /// Not there yet, and as far as the year's profile asks on the as-of date.
    OnPace,
    /// Not there yet, and short of what the year's profile asks on the as-of date.
    Behind,
    /// Begun, and its planned day is still to come.
    Due,
    /// Not begun, and its planned day is still to come.
    NotStarted,
    /// Not met, and its period is not over on the as-of date.
    NotDue,
    /// Its planned day has passed, and it is not reached.
    Overdue,
    Missed,
    /// Striven for and not reached: its own word, not counted as missed.
    Aspiration,
    CannotTell,
}

impl Verdict {
    pub const ALL: [Verdict; 11] = [
        Verdict::Met,
        Verdict::Done,
        Verdict::OnPace,
        Verdict::Behind,
        Verdict::Due,
        Verdict::NotStarted,
        Verdict::NotDue,
        Verdict::Overdue,
        Verdict::Missed,
        Verdict::Aspiration,
        Verdict::CannotTell,
    ];

    /// The word in `targets.csv`.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Met => "met",
            Verdict::Done => "done",
            Verdict::OnPace => "on_pace",
            Verdict::Behind => "behind",
            Verdict::Due => "due",
            Verdict::NotStarted => "not_started",
            Verdict::NotDue => "not_due",
            Verdict::Overdue => "overdue",
            Verdict::Missed => "missed",
            Verdict::Aspiration => "aspiration",
            Verdict::CannotTell => "cannot_tell",
        }
    }

    /// The words for people.
    pub fn name(self) -> Text {
        match self {
            Verdict::Met => Text::new("达成", "met"),
            Verdict::Done => Text::new("已完成", "done"),
            Verdict::OnPace => Text::new("进度正常", "on pace"),
            Verdict::Behind => Text::new("进度滞后", "behind"),
            Verdict::Due => Text::new("进行中", "due"),
            Verdict::NotStarted => Text::new("未启动", "not started"),
            Verdict::NotDue => Text::new("未到期", "not due"),
            Verdict::Overdue => Text::new("逾期未完成", "overdue"),
            Verdict::Missed => Text::new("未达成", "missed"),
            Verdict::Aspiration => Text::new("愿景（努力实现）", "aspiration"),
            Verdict::CannotTell => Text::new("无法判断", "cannot tell"),
        }
    }

    /// What was promised is there.
    pub fn is_reached(self) -> bool {
        matches!(self, Verdict::Met | Verdict::Done)
    }
}

/// Which way is it moving?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Direction {
    Improving,
    Worsening,
    Unchanged,
    CannotTell,
    /// A milestone is there or not; it does not move.
    NotApplicable,
}

impl Direction {
    pub const ALL: [Direction; 5] =
        [Direction::Improving, Direction::Worsening, Direction::Unchanged, Direction::CannotTell, Direction::NotApplicable];

    pub fn word(self) -> &'static str {
        match self {
            Direction::Improving => "improving",
            Direction::Worsening => "worsening",
            Direction::Unchanged => "unchanged",
            Direction::CannotTell => "cannot_tell",
            Direction::NotApplicable => "not_applicable",
        }
    }

    pub fn name(self) -> Text {
        match self {
            Direction::Improving => Text::new("好转", "improving"),
            Direction::Worsening => Text::new("变差", "worsening"),
            Direction::Unchanged => Text::new("持平", "unchanged"),
            Direction::CannotTell => Text::new("无法判断", "cannot tell"),
            Direction::NotApplicable => Text::new("不适用", "not applicable"),
        }
    }
}

/// The verdicts on one target in one area.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    pub target: Id,
    pub area: Id,
    pub period: Period,
    pub verdict: Verdict,
    pub direction: Direction,
    pub value: Option<f64>,
    /// The level that was to be reached: for `falls by 0.5 points` last year's value less 0.5.
    pub target_value: Option<f64>,
    /// Value less target value.
    pub gap: Option<f64>,
    /// Words of the reading taken.
    pub reading: Text,
    /// What the other readings would say.
    pub others: Vec<(Text, Verdict)>,
    /// What is missing when it cannot be told; what to know when it can.
    pub note: Text,
    /// Place in `Summary::values` of the value judged.
    pub judged: Option<usize>,
    /// How far the year's flow has come, before the year is over.
    pub pace: Option<Pace>,
    /// What the ledger says of a milestone.
    pub milestone: Option<Milestone>,
    /// Places in the dataset of what was judged besides the value: cells of the ledger, the share of a task sheet.
    pub besides: Vec<u32>,
    /// None where no figure decides.
    pub edge: Option<Edge>,
    /// Of a level that is to be reached in a year to come.
    pub outlook: Option<Outlook>,
    pub going_on: Option<GoingOn>,
}

/// A yearly flow on the as-of date, as shares of what the year is to bring.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    pub reached: f64,
    /// What the profile asks by then.
    pub expected: f64,
}

/// A row of the ledger, as it was written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Milestone {
    pub started: Option<Date>,
    pub planned: Option<Date>,
    pub completed: Option<Date>,
    pub document: String,
    pub evidence: String,
    pub office: String,
}

impl Progress {
    /// The other readings with what they would say, as a sentence; empty where there are none.
    pub fn other_readings(&self) -> Text {
        let zh = self.others.iter().map(|(words, verdict)| format!("{}：{}", words.zh, verdict.name().zh));
        let en = self.others.iter().map(|(words, verdict)| format!("{}: {}", words.en, verdict.name().en));
        Text::new(zh.collect::<Vec<_>>().join("；"), en.collect::<Vec<_>>().join("; "))
    }
}

/// Whether what was expected from an area has come.
#[derive(Debug, Clone, PartialEq)]
pub struct Completeness {
    pub layout: Id,
    pub area: Id,
    pub period: Period,
    /// Values read, and those among them that say nothing.
    pub values: u32,
    pub missing: u32,
    pub files: Vec<std::sync::Arc<str>>,
}

impl Completeness {
    /// A list may have come and hold no value.
    pub fn has_come(&self) -> bool {
        !self.files.is_empty()
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Summary {
    pub values: Vec<IndicatorValue>,
    pub progress: Vec<Progress>,
    /// How the flows came that are asked for in a year.
    pub courses: Vec<Course>,
    /// In the order of their values.
    pub comparisons: Vec<Comparison>,
    pub decompositions: Vec<Decomposition>,
}

/// How a year's flow came, as far as its days are known.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    pub indicator: Id,
    pub area: Id,
    pub year: i16,
    /// What there was by the end of each day on which something came, in their order.
    pub reached: Vec<(Date, f64)>,
}

impl Summary {
    /// The value of an indicator for an area and period, over all breakdowns.
    pub fn total(&self, indicator: &str, area: &str, period: Period) -> Option<&IndicatorValue> {
        self.values.iter().find(|value| {
            value.indicator.as_ref() == indicator
                && value.area.as_ref() == area
                && value.period == period
                && value.breakdown.is_empty()
        })
    }
}
