//! The audit: does the arithmetic of a document add up? Each check is a formula over printed figures, a list, or two names.
//!
//! Rule: what is expected need only hold for some values that round to the printed ones; what must be at least or at most so much
//! must hold for all of them, and is undecidable where it holds for some. A list names as many things as it announces; one thing
//! has one name.

mod formula;
mod pairs;

pub use formula::{Figure, Formula, Interval};

use crate::{
    diag::{Code, Finding, Severity, TomlPlace},
    model::{Audited, Id, Outcome, Text, printed},
};

/// A formula with the figures it speaks of, in the order of its names.
#[derive(Debug, Clone)]
pub struct Term {
    pub formula: Formula,
    pub figures: Vec<Figure>,
}

impl Term {
    fn interval(&self) -> Option<Interval> {
        self.formula.interval(&self.figures)
    }
}

#[derive(Debug, Clone)]
pub enum Expect {
    /// The difference of the two sides, in which a figure on both sides is one figure; and the other side alone.
    Equals {
        difference: Term,
        other: Term,
    },
    AtLeast(f64),
    AtMost(f64),
    WholeNumber,
    /// So many announced, these named; an open list may name fewer.
    Lists {
        announced: Term,
        names: Vec<String>,
        open: bool,
    },
    OneName(Vec<String>),
    /// Pairs of whole numbers with a printed growth between them.
    Pairs {
        growth: Figure,
        at_least: f64,
        below: u32,
    },
}

/// One check, with every name looked up.
#[derive(Debug, Clone)]
pub struct Check {
    pub id: Id,
    pub name: Text,
    pub computes: Vec<Term>,
    pub unit: Text,
    pub decimals: usize,
    pub expect: Option<Expect>,
    /// What it is worth where nothing is expected.
    pub standing: Outcome,
    /// What it is where it does not hold.
    pub otherwise: Outcome,
    pub acknowledged: Text,
    pub note: Text,
    pub rule: TomlPlace,
}

/// Every check answered, what does not add up first, and a finding for each of those.
pub fn audit(checks: &[Check]) -> (Vec<Audited>, Vec<Finding>) {
    let mut answered: Vec<(Audited, &Check)> = checks.iter().map(|check| (check.answer(), check)).collect();
    answered.sort_by_key(|(audited, _)| (!audited.is_open(), audited.outcome.adds_up()));
    let findings =
        answered.iter().filter(|(audited, _)| !audited.outcome.adds_up()).map(|(audited, check)| finding(audited, check));
    let findings = findings.collect();
    (answered.into_iter().map(|(audited, _)| audited).collect(), findings)
}

impl Check {
    fn answer(&self) -> Audited {
        let intervals: Option<Vec<Interval>> = self.computes.iter().map(Term::interval).collect();
        let (outcome, expected) = match &intervals {
            None => (Outcome::Undecidable, Text::default()),
            Some(intervals) => self.compare(intervals.first().copied()),
        };
        Audited {
            id: self.id.clone(),
            name: self.name.clone(),
            computed: self.computed(intervals.as_deref().unwrap_or_default()),
            expected,
            outcome,
            acknowledged: if outcome.adds_up() { Text::default() } else { self.acknowledged.clone() },
            note: self.note.clone(),
        }
    }

    fn compare(&self, computed: Option<Interval>) -> (Outcome, Text) {
        let held = |holds: bool| if holds { Outcome::Consistent } else { self.otherwise };
        let Some(expect) = &self.expect else { return (self.standing, Text::default()) };
        match (expect, computed) {
            (Expect::Equals { difference, other }, _) => match (difference.interval(), other.interval()) {
                (Some(difference), Some(other)) => (held(difference.holds(0.0)), self.with_unit(&self.shown(other))),
                _ => (Outcome::Undecidable, Text::default()),
            },
            (Expect::AtLeast(bound), Some(computed)) => {
                (within(computed.low >= *bound, computed.high < *bound, self.otherwise), Text::same(format!("≥ {bound}")))
            }
            (Expect::AtMost(bound), Some(computed)) => {
                (within(computed.high <= *bound, computed.low > *bound, self.otherwise), Text::same(format!("≤ {bound}")))
            }
            (Expect::WholeNumber, Some(computed)) => {
                let found: Vec<String> = computed.whole_numbers().iter().map(f64::to_string).collect();
                let some = |whole: &str| if found.is_empty() { String::new() } else { format!("{whole}{}", found.join(", ")) };
                let expected = Text::new(format!("整数{}", some("：")), format!("a whole number{}", some(": ")));
                (held(!found.is_empty()), expected)
            }
            (Expect::Lists { announced, names, open }, _) => {
                let Some(announced) = announced.interval() else { return (Outcome::Undecidable, Text::default()) };
                let named = names.len() as f64;
                let outcome = match named == announced.value {
                    true => Outcome::Consistent,
                    false if *open && named < announced.value => Outcome::PartlyListed,
                    false => self.otherwise,
                };
                (outcome, Text::new(format!("{} 项", announced.value), format!("{} announced", announced.value)))
            }
            (Expect::OneName(names), _) => {
                let is_one = names.iter().all(|name| Some(name) == names.first());
                (if is_one { Outcome::Consistent } else { Outcome::TwoNames }, Text::new("同一名称", "one name"))
            }
            (Expect::Pairs { .. }, _) => (self.standing, Text::default()),
            (_, None) => (Outcome::Undecidable, Text::default()),
        }
    }

    /// What was computed, in words.
    fn computed(&self, intervals: &[Interval]) -> Text {
        match &self.expect {
            Some(Expect::Lists { names, .. }) => Text::new(
                format!("{} 项：{}", names.len(), names.join("、")),
                format!("{} named: {}", names.len(), names.join(", ")),
            ),
            Some(Expect::OneName(names)) => Text::same(names.join(" / ")),
            Some(Expect::Pairs { growth, at_least, below }) => {
                let found = pairs::pairs(*growth, *at_least, *below);
                let first: Vec<String> = found.iter().take(3).map(|(level, before)| format!("{level}/{before}")).collect();
                self.with_unit(&format!("{}（{}…）", found.len(), first.join("、")))
            }
            _ => self.with_unit(&intervals.iter().map(|interval| self.shown(*interval)).collect::<Vec<_>>().join("，")),
        }
    }

    /// `48.549（48.544 至 48.555）`; the interval only where rounding shows.
    fn shown(&self, interval: Interval) -> String {
        let print = |value| printed(value, self.decimals);
        match print(interval.low) == print(interval.high) {
            true => print(interval.value),
            false => format!("{}（{} 至 {}）", print(interval.value), print(interval.low), print(interval.high)),
        }
    }

    fn with_unit(&self, shown: &str) -> Text {
        let english = shown.replace('（', " (").replace('）', ")").replace(['，', '、'], ", ").replace(" 至 ", " to ");
        Text::new(format!("{shown}{}", self.unit.zh), format!("{english} {}", self.unit.en).trim())
    }
}

fn within(all: bool, none: bool, otherwise: Outcome) -> Outcome {
    match (all, none) {
        (true, _) => Outcome::Consistent,
        (_, true) => otherwise,
        _ => Outcome::Undecidable,
    }
}

/// What does not add up, as a finding: a warning until somebody has said why.
fn finding(audited: &Audited, check: &Check) -> Finding {
    let (name, outcome) = (&audited.name, audited.outcome.name());
    let message = Text::new(
        format!("“{}”：{}（{}）", name.zh, outcome.zh, audited.computed.zh),
        format!("`{}`: {} ({})", name.en, outcome.en, audited.computed.en),
    );
    let finding = match audited.is_open() {
        true => Finding::new(Code::ReportDiffers, message),
        false => Finding::new(Code::ReportDiffers, message).severity(Severity::Note).next(Text::default()),
    };
    finding.expected(audited.expected.clone()).because(audited.acknowledged.clone()).judged_by(&check.rule)
}
