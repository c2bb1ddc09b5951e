//! Rules against what was read: every rule is answered, and the status of what failed says so.

mod arrivals;
mod bounds;
mod change;
mod column;
mod complete;
mod copied;
mod heaping;
mod hidiroglou_berthelot;
mod left_out;
mod limits;
mod mixup;
mod part;
mod quantile;
mod rate;
mod robust;
mod roll;
mod sudden;
mod sum;
mod swapped;
mod totals;
mod twins;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

pub use arrivals::{Deadline, arrivals, reminders};
pub use complete::completeness;
pub use hidiroglou_berthelot::Settings;
pub use limits::limits;

use crate::{
    diag::{Accepted, Code, Finding, Place, Severity, TomlPlace},
    model::{Breakdown, Codebook, Dataset, Id, Observation, Period, Provenance, Senders, Status, Text},
};

/// A rule of the pipeline.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    pub id: Id,
    pub of: Vec<Id>,
    pub expect: Expect,
    pub because: Text,
    pub severity: Option<Severity>,
    pub place: TomlPlace,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Expect {
    Between { from: f64, to: f64 },
    Whole,
    PartOf(Id),
    SumOf { parts: Vec<Id>, within: f64 },
    TotalsAgree { within: f64 },
    Recomputes { of: Vec<Id>, to: Vec<Id>, per: f64, within: f64 },
    ChangeWithin { per_cent: f64, from: f64 },
    HidiroglouBerthelot(Settings),
    RobustZ { to: Id, limit: f64, points: f64 },
    LastDigitsSpread { from: f64, chi_squared: f64 },
    NotCopied { at_least: usize },
    ColumnsDiffer { at_least: usize },
    NotMistakenFor(Id),
    NotSwappedWith(Id),
    CompletesGradually { at_least: usize },
    RollsUpTo { measure: Id, each_within: f64 },
    Complete { forms: Vec<Id> },
}

/// What a rule found: how often it could be answered, and what failed.
#[derive(Debug, Default)]
pub struct Answer {
    /// Comparisons made; a rule that made none has checked nothing.
    pub answered: usize,
    pub failed: Vec<Failure>,
}

#[derive(Debug)]
pub struct Failure {
    pub finding: Finding,
    /// Places in the dataset of the observations that cannot be relied on any more.
    pub doubtful: Vec<usize>,
}

impl Answer {
    fn fail(&mut self, finding: Finding, doubtful: &[usize]) {
        self.failed.push(Failure { finding, doubtful: doubtful.to_vec() });
    }
}

/// Answers every rule. Values that failed a rule of severity error become of low reliability; what somebody accepted is a note.
pub fn check(dataset: &mut Dataset, checks: &[Check], senders: &Senders, book: &Codebook, accepted: &[Accepted]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut doubtful = Vec::new();
    let facts = Facts { dataset, book, index: by_key(&dataset.observations) };
    let answers: Vec<Answer> = checks.par_iter().map(|check| answer(&facts, check, senders)).collect();
    for (check, answer) in checks.iter().zip(answers) {
        if answer.answered == 0 {
            findings.push(unmatched(check));
        }
        for failure in answer.failed {
            let finding = Finding { severity: check.severity.unwrap_or(failure.finding.severity), ..failure.finding };
            let mut finding = finding.judged_by(&check.place).because(check.because.clone());
            if let Some(exception) = accepted.iter().find(|exception| exception.is_of(&finding)) {
                finding = finding.severity(Severity::Note).because(exception.because.clone());
            }
            if finding.severity == Severity::Error {
                doubtful.extend(failure.doubtful);
            }
            findings.push(finding);
        }
    }
    for place in doubtful {
        let observation = &mut dataset.observations[place];
        observation.status = observation.status.worse(Status::LowReliability);
    }
    findings.extend(complete::missing_values(dataset, book));
    findings.extend(left_out::left_out(dataset, book));
    findings
}

/// What one rule says of what was read.
fn answer(facts: &Facts, check: &Check, senders: &Senders) -> Answer {
    match &check.expect {
        Expect::Between { from, to } => bounds::between(facts, check, *from, *to),
        Expect::Whole => bounds::whole(facts, check),
        Expect::PartOf(whole) => part::part_of(facts, check, whole),
        Expect::SumOf { parts, within } => sum::sum_of(facts, check, parts, *within),
        Expect::TotalsAgree { within } => totals::totals_agree(facts, check, *within),
        Expect::Recomputes { of, to, per, within } => rate::recomputes(facts, check, of, to, *per, *within),
        Expect::ChangeWithin { per_cent, from } => change::change_within(facts, check, *per_cent, *from),
        Expect::HidiroglouBerthelot(settings) => hidiroglou_berthelot::hidiroglou_berthelot(facts, check, *settings),
        Expect::RobustZ { to, limit, points } => robust::robust_z(facts, check, to, *limit, *points),
        Expect::LastDigitsSpread { from, chi_squared } => heaping::last_digits_spread(facts, check, *from, *chi_squared),
        Expect::NotCopied { at_least } => copied::not_copied(facts, check, *at_least),
        Expect::ColumnsDiffer { at_least } => twins::columns_differ(facts, check, *at_least),
        Expect::NotMistakenFor(whole) => mixup::not_mistaken_for(facts, check, whole),
        Expect::NotSwappedWith(denominator) => swapped::not_swapped_with(facts, check, denominator),
        Expect::CompletesGradually { at_least } => sudden::completes_gradually(facts, check, *at_least),
        Expect::RollsUpTo { measure, each_within } => roll::rolls_up_to(facts, check, measure, *each_within),
        Expect::Complete { forms } => complete::complete(facts.dataset, forms, senders, facts.book),
    }
}

fn unmatched(check: &Check) -> Finding {
    let message =
        Text::new(format!("规则“{}”没有可检查的数据", check.id), format!("the rule `{}` found nothing to check", check.id));
    Finding::new(Code::RuleUnmatched, message).judged_by(&check.place).because(check.because.clone())
}

/// What rules look at, with the observations found by what they are of.
struct Facts<'a> {
    dataset: &'a Dataset,
    book: &'a Codebook,
    index: FxHashMap<Key<'a>, usize>,
}

impl<'a> Facts<'a> {
    /// The same figure of the period before, if there is one.
    fn before(&self, now: &'a Observation) -> Option<&'a Observation> {
        let key = (&now.measure, &now.area, now.period.previous(), &now.breakdown);
        self.index.get(&key).map(|&place| &self.dataset.observations[place])
    }
}

/// What is said of a figure that moved too far from the one before.
fn jump(facts: &Facts, code: Code, message: Text, now: &Observation, before: &Observation, expected: Text) -> Finding {
    on(Finding::new(code, message), facts, now).also([at(facts.dataset, before)]).read(now.raw()).expected(expected)
}

/// What is found on figures of one measure, at the first of them. A derived one stands where its factor does, and tells that, too.
fn on(finding: Finding, facts: &Facts, first: &Observation) -> Finding {
    let finding = finding.at(at(facts.dataset, first));
    match first.provenance {
        Provenance::Derived { .. } => finding,
        Provenance::Cell { .. } | Provenance::Rows { .. } => finding.about(&first.measure),
    }
}

/// Observations of the rule's measures, with their places.
fn subjects<'a>(facts: &Facts<'a>, check: &'a Check) -> impl Iterator<Item = (usize, &'a Observation)> {
    facts.dataset.observations.iter().enumerate().filter(|(_, observation)| check.of.contains(&observation.measure))
}

type Key<'a> = (&'a Id, &'a Id, Period, &'a Breakdown);

fn by_key(observations: &[Observation]) -> FxHashMap<Key<'_>, usize> {
    observations.iter().enumerate().map(|(place, observation)| (observation.key(), place)).collect()
}

/// A number as people write it in a sentence.
fn shown(value: f64) -> String {
    let rounded = format!("{value:.4}");
    rounded.trim_end_matches('0').trim_end_matches('.').to_string()
}

fn name_of(book: &Codebook, observation: &Observation) -> Text {
    book.figure_name(&observation.measure, &observation.area, observation.period, &observation.breakdown)
}

/// Where a value stands; a derived one stands where its first factor does.
fn at(dataset: &Dataset, observation: &Observation) -> Place {
    match &observation.provenance {
        Provenance::Cell { at, .. } => at.into(),
        Provenance::Rows { of, .. } => {
            of.first().map(|rows| Place::sheet(rows.file.as_ref(), rows.sheet.as_ref())).unwrap_or_default()
        }
        Provenance::Derived { from, .. } => {
            from.first().map(|&place| at(dataset, &dataset.observations[place as usize])).unwrap_or_default()
        }
    }
}
