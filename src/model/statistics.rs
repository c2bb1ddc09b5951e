//! What is known about a value besides the value: its interval, its comparisons, its trend, what its change is made of.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Breakdown, Id, Period, Text};

/// What a ratio is, said by the pipeline and never guessed: it decides which interval and which test it may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RatioKind {
    /// The numerator is a part of the denominator: myopic among screened. Wilson's and Newcombe's intervals.
    Proportion,
    /// Events over the people or things they happen to: accidents per pupil. Byar's interval, exact below 10 events.
    Events,
    /// One quantity over another: pupils per teacher. No interval of its own.
    #[default]
    Quotient,
}

/// How an interval was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    Wilson,
    Byar,
    Poisson,
    /// Newcombe's hybrid score interval of a difference of two proportions.
    Newcombe,
    /// The same square-and-add rule on two intervals of rates of events.
    SquareAndAdd,
    /// Of a weighted sum: of proportions the normal approximation with its variance, of rates of events Dobson's.
    Standardised,
}

impl Method {
    /// The word in the tables.
    pub fn word(self) -> &'static str {
        match self {
            Method::Wilson => "wilson",
            Method::Byar => "byar",
            Method::Poisson => "poisson",
            Method::Newcombe => "newcombe",
            Method::SquareAndAdd => "square_and_add",
            Method::Standardised => "standardised",
        }
    }
}

/// An interval in the unit of its value; at 95 % unless its field says otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    pub lower: f64,
    pub upper: f64,
    pub method: Method,
}

/// With which period a value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Against {
    /// The one before, at the same grain: last year, last month (环比), last school year.
    Previous,
    /// The same part of the year before: September with last September (同比).
    YearBefore,
    /// A period that stays: since 2019 (定基比).
    Since(Period),
}

impl Against {
    /// The word in `changes.csv`.
    pub fn word(self) -> &'static str {
        match self {
            Against::Previous => "previous",
            Against::YearBefore => "year_before",
            Against::Since(_) => "since",
        }
    }

    /// The period that a value of this one is compared with; none with itself, with a later one, or across grains.
    pub fn base(self, period: Period) -> Option<Period> {
        match self {
            Against::Previous => Some(period.previous()),
            Against::YearBefore => Some(period.year_before()),
            Against::Since(base) => (base.same_grain(period) && base < period).then_some(base),
        }
    }
}

/// A value against that of another period: how large the difference is first, then what tests say of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Places in `Summary::values` of the value and of the one it is compared with.
    pub value: usize,
    pub base: Option<usize>,
    pub against: Against,
    /// The period of the base, also where it has no value.
    pub with: Period,
    /// In the indicator's change unit: percentage points for per cents. None where the note says why there is no comparison.
    pub difference: Option<f64>,
    /// In per cent of the base; none where that is zero or too small.
    pub relative: Option<f64>,
    /// Cohen's h of two proportions: 0.2 is small, 0.5 middling, 0.8 large.
    pub effect_size: Option<f64>,
    /// Of the difference, at 95 %.
    pub interval: Option<Interval>,
    /// Two-sided, as if every unit counted were drawn by itself.
    pub p_value: Option<f64>,
    /// Benjamini–Hochberg over the districts of one indicator, period and breakdown.
    pub q_value: Option<f64>,
    /// The same difference with districts (or schools) as the units that vary.
    pub cluster: Option<Cluster>,
    pub note: Text,
}

/// A difference of two ratios of sums, tested over the clusters that they are sums of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cluster {
    pub clusters: usize,
    pub p_value: f64,
    /// Variance over the clusters, in multiples of that of single draws; of proportions only.
    pub design_effect: Option<f64>,
}

/// Which way the last five yearly values go, by the χ² test for trend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TrendMark {
    Rising,
    Falling,
    /// Five values, and no trend that chance would not give once in 500 times.
    None,
}

impl TrendMark {
    pub fn word(self) -> &'static str {
        match self {
            TrendMark::Rising => "rising",
            TrendMark::Falling => "falling",
            TrendMark::None => "none",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    pub mark: TrendMark,
    /// First of the five periods.
    pub from: Period,
    pub chi_squared: f64,
    pub p_value: f64,
}

/// What one part adds to the change of the whole's ratio: by its share of the whole, and by its own ratio.
#[derive(Debug, Clone, PartialEq)]
pub struct Contribution {
    /// The area, or the members, that the part is; both empty for the sum over all parts.
    pub area: Option<Id>,
    pub breakdown: Breakdown,
    /// Shares of the denominator, 0 to 1, before and now.
    pub weight_before: f64,
    pub weight: f64,
    /// Ratios in the indicator's unit; none where the part had no denominator then.
    pub ratio_before: Option<f64>,
    pub ratio: Option<f64>,
    pub composition: f64,
    pub within: f64,
    /// Places in the dataset of the observations of the part, of both periods.
    pub from: Vec<u32>,
}

/// A change of the whole, taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Decomposition {
    pub indicator: Id,
    pub area: Id,
    pub period: Period,
    pub with: Period,
    /// The dimensions of the parts; empty: the parts are areas.
    pub by: Vec<Id>,
    pub parts: Vec<Contribution>,
    pub composition: f64,
    pub within: f64,
}

/// Could rounding, or what the interval leaves open, turn the verdict?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Edge {
    pub rounding: bool,
    pub interval: bool,
}

impl Edge {
    /// The word in `targets.csv`.
    pub fn word(self) -> &'static str {
        match (self.rounding, self.interval) {
            (false, false) => "stable",
            (true, false) => "rounding",
            (false, true) => "interval",
            (true, true) => "rounding_and_interval",
        }
    }
}

impl Edge {
    /// What a reader is to know; nothing of a verdict that stands.
    pub fn words(self) -> Text {
        let rounding = Text::new("按所列位数四舍五入，结论会不同", "rounded as printed, the verdict would be another");
        let interval = Text::new("95% 置信区间跨过目标值", "the 95 % interval reaches across the level");
        match (self.rounding, self.interval) {
            (false, false) => Text::default(),
            (true, false) => rounding,
            (false, true) => interval,
            (true, true) => rounding.and(&interval),
        }
    }
}

/// Where the years lead, if they go on as they went.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outlook {
    pub word: OutlookWord,
    /// Mean yearly difference over the last five years.
    pub yearly: f64,
    /// What the year of the target would have by it.
    pub projected: f64,
    /// The yearly difference that would just reach the level.
    pub required: f64,
}

/// The miss as a share of the way that is left: under 5 %, to 20 %, above, or the wrong way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutlookWord {
    Reached,
    Nearly,
    Short,
    WrongWay,
}

impl OutlookWord {
    pub const ALL: [OutlookWord; 4] = [OutlookWord::Reached, OutlookWord::Nearly, OutlookWord::Short, OutlookWord::WrongWay];

    pub fn word(self) -> &'static str {
        match self {
            OutlookWord::Reached => "reached",
            OutlookWord::Nearly => "nearly",
            OutlookWord::Short => "short",
            OutlookWord::WrongWay => "wrong_way",
        }
    }

    pub fn name(self) -> Text {
        match self {
            OutlookWord::Reached => Text::new("按趋势可达到", "on course"),
            OutlookWord::Nearly => Text::new("按趋势略有差距", "nearly on course"),
            OutlookWord::Short => Text::new("按趋势差距较大", "well short"),
            OutlookWord::WrongWay => Text::new("趋势与目标相反", "moving the wrong way"),
        }
    }
}

/// If this year's change goes on: the value a year on, and the year in which the level is reached.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GoingOn {
    pub next: f64,
    /// None where the change leads away from the level or there is none.
    pub reached_in: Option<i16>,
}
