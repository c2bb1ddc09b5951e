//! How a chart puts periods, amounts, differences and verdicts into words.

use super::{Chapter, subject::Subject};
use crate::model::{
    Change, Language, Level, Period, Progress, Target, Verdict,
    indicator::Formula,
    number::{printed, signed},
};

pub use crate::model::goal::{decimals, goal, is_short, short};

/// The period before, as a sentence names it.
pub fn before(period: Period, language: Language) -> &'static str {
    let (zh, en) = match period {
        Period::Year(_) => ("上年", "the year before"),
        Period::SchoolYear(_) => ("上学年", "the school year before"),
        Period::Semester(..) => ("上学期", "the term before"),
        Period::Quarter(..) => ("上季度", "the quarter before"),
        Period::Month(..) => ("上月", "the month before"),
    };
    if language == Language::Chinese { zh } else { en }
}

/// How many of some areas went which way: none, some or all of them.
pub fn ways(chapter: &Chapter, all: usize, ways: &[(usize, &str, &str)]) -> String {
    let counted = chapter.counted();
    if let Some((_, zh, en)) = ways.iter().find(|(count, ..)| *count == all) {
        return chapter.say(format!("{all}个{counted}全部{zh}"), format!("{en} in all {all} areas"));
    }
    let some = || ways.iter().filter(|(count, ..)| *count > 0);
    let zh: Vec<String> = some().map(|(count, zh, _)| format!("{count}个{zh}")).collect();
    let of = |place: usize| if place == 0 { format!(" of {all} areas") } else { String::new() };
    let en: Vec<String> = some().enumerate().map(|(place, (count, _, en))| format!("{en} in {count}{}", of(place))).collect();
    chapter.say(format!("{all}个{counted}中{}", zh.join("，")), en.join(", "))
}

/// Names that are written out beside each other; of more, the first three are, and the others are counted.
const WRITTEN_OUT: usize = 6;

impl Chapter<'_> {
    /// One of several areas that share a place: it is not named alone.
    pub fn and_more(&self, name: &str, all: usize) -> String {
        match all {
            0 | 1 => name.to_string(),
            _ => self.say(format!("{name}等{all}个{}", self.counted()), format!("{name} and {} more", all - 1)),
        }
    }

    /// Names in a sentence.
    pub fn listed(&self, names: &[String]) -> String {
        let list = |names: &[String]| names.join(&self.say("、".into(), ", ".into()));
        if names.len() <= WRITTEN_OUT {
            return list(names);
        }
        let (first, all, more) = (list(&names[..3]), names.len(), names.len() - 3);
        self.say(format!("{first}等{all}个"), format!("{first} and {more} more"))
    }
}

impl Subject<'_> {
    /// A value as printed on a mark: the sign of a per cent, but no other unit.
    pub fn short(&self, value: f64) -> String {
        short(self.indicator, value, self.indicator.decimals)
    }

    /// A value with its unit.
    pub fn amount(&self, value: f64, decimals: usize) -> String {
        let digits = printed(value, decimals);
        let unit = self.unit_word();
        match self.language() {
            Language::English if unit != "%" && !unit.is_empty() => format!("{digits} {unit}"),
            _ => format!("{digits}{unit}"),
        }
    }

    /// A difference without its sign, in its own unit: per cents differ by points.
    pub fn difference(&self, change: &Change, decimals: usize) -> String {
        let digits = printed(change.difference.abs(), decimals);
        let unit = self.indicator.change_unit();
        match self.language() {
            Language::Chinese if unit.zh == "百分点" => format!("{digits}个百分点"),
            Language::Chinese => format!("{digits}{}", unit.zh),
            Language::English if self.unit_word().is_empty() => digits,
            Language::English => format!("{digits} {}", unit.en).trim_end().to_string(),
        }
    }

    /// A difference with its sign, for tables.
    pub fn signed(&self, change: &Change) -> String {
        signed(change.difference, self.indicator.decimals)
    }

    /// What happened since the period before: `，比上年下降0.4个百分点`.
    pub fn movement(&self, change: &Change, at: Period, decimals: usize) -> String {
        let before = before(at, self.language());
        let up = change.difference > 0.0;
        if change.difference == 0.0 {
            return self.say(format!("，与{before}持平"), format!(", the same as {before}"));
        }
        if printed(change.difference.abs(), decimals) == printed(0.0, decimals) {
            return self.say(format!("，与{before}基本持平"), format!(", little changed on {before}"));
        }
        let difference = self.difference(change, decimals);
        let total = matches!(self.indicator.formula, Formula::Total { .. });
        let verb = match (total, up) {
            (true, true) => "增加",
            (true, false) => "减少",
            (false, true) => "上升",
            (false, false) => "下降",
        };
        let way = if up { "up" } else { "down" };
        self.say(format!("，比{before}{verb}{difference}"), format!(", {way} {difference} on {before}"))
    }

    /// The verdict as the end of a title.
    pub fn verdict(&self, target: &Target, progress: &Progress) -> String {
        let which = self.which(target, progress);
        let (zh, en) = match progress.verdict {
            Verdict::Met => (format!("，达到目标{which}"), format!("; target{which} met")),
            Verdict::Missed => (format!("，未达到目标{which}"), format!("; target{which} missed")),
            Verdict::NotDue => (format!("，目标{which}尚未到期"), format!("; target{which} not yet due")),
            Verdict::Aspiration => (format!("，未达到努力实现的目标{which}"), format!("; short of the level striven for{which}")),
            Verdict::OnPace => (format!("，{which}进度正常"), format!(";{which} on pace")),
            Verdict::Behind => (format!("，{which}进度滞后"), format!(";{which} behind pace")),
            // Milestones have no chart.
            Verdict::Done | Verdict::Due | Verdict::NotStarted | Verdict::Overdue => Default::default(),
            Verdict::CannotTell => {
                (format!("，无法判断是否达到目标{which}"), format!("; cannot tell whether the target{which} is met"))
            }
        };
        self.say(zh, en)
    }

    /// The name of a target that is not the only one by which the area's value of its period is judged; else nothing.
    pub fn which(&self, target: &Target, progress: &Progress) -> String {
        let is_other = |(other, row): &(&Target, &Progress)| {
            other.id != target.id && row.area == progress.area && row.period == progress.period
        };
        if !self.progress.iter().any(is_other) {
            return String::new();
        }
        let name = self.words(&target.name);
        self.say(format!("“{name}”"), format!(" \"{name}\""))
    }

    /// The level of a target as a line across the chart, printed as the values are that it is held against.
    pub fn level(&self, target: &Target, progress: &Progress, decimals: usize) -> Option<Level> {
        let value = progress.target_value?;
        let when = progress.period.in_language(self.language());
        let which = self.which(target, progress);
        let goal = goal(self.indicator, &target.taken().aim, value, decimals);
        let label = self.say(format!("{when}目标{which} {goal}"), format!("{when} target{which} {goal}"));
        Some(Level { value, label })
    }

    /// What an interval is.
    pub fn interval_words(&self) -> String {
        self.say("95%置信区间".into(), "95% interval".into())
    }

    /// What the target is, how it is read, and where it stands.
    pub fn about(&self, target: &Target, progress: &Progress) -> String {
        let name = self.words(&target.name);
        let reading = self.words(&progress.reading);
        let cited = target.citation.as_ref().map(|citation| self.words(&citation.words()).to_string()).unwrap_or_default();
        let others = progress.other_readings();
        let others = self.words(&others);
        match self.language() {
            Language::Chinese => {
                let others = if others.is_empty() { String::new() } else { format!("。另一种读法：{others}") };
                let reading = if reading.is_empty() { String::new() } else { format!("，读作“{reading}”") };
                let cited = if cited.is_empty() { String::new() } else { format!("（{cited}）") };
                format!("目标：{name}{reading}{cited}{others}")
            }
            Language::English => {
                let others = if others.is_empty() { String::new() } else { format!(". Read otherwise: {others}") };
                let reading = if reading.is_empty() { String::new() } else { format!(", read as \"{reading}\"") };
                let cited = if cited.is_empty() { String::new() } else { format!(" ({cited})") };
                format!("Target: {name}{reading}{cited}{others}")
            }
        }
    }
}
