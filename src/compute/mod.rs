//! From observations to what is said: sums and ratios of sums, changes, disparities, verdicts.

mod aim;
mod arrivals;
pub mod chance;
mod change;
mod comparison;
mod days;
pub mod decomposition;
pub mod disparity;
mod edge;
pub mod extrapolation;
pub mod false_discovery;
mod frame;
pub mod inequality;
pub mod interval;
mod ledger;
pub mod paired;
mod progress;
pub mod proportions;
mod reported;
mod rollup;
mod shares;
mod spread;
pub mod standardised;
mod total;
pub mod trend;
mod years;

use std::collections::HashMap;

use crate::{
    diag::Finding,
    model::{Codebook, Dataset, Id, Indicator, Profile, Senders, Summary, Target},
};
pub use ledger::LedgerColumns;
pub use shares::TaskSheet;

/// What is to be computed.
pub struct Questions<'a> {
    pub indicators: &'a [Indicator],
    pub targets: &'a [Target],
    pub book: &'a Codebook,
    /// Which layouts give each measure: an area whose form has not come is missing, not zero.
    pub forms: &'a HashMap<Id, Vec<Id>>,
    pub senders: &'a Senders,
    pub profiles: &'a [Profile],
    pub ledger: Option<&'a LedgerColumns>,
    pub task_sheet: Option<&'a TaskSheet>,
    pub as_of: jiff::civil::Date,
}

pub fn compute(dataset: &Dataset, questions: &Questions) -> polars::prelude::PolarsResult<(Summary, Vec<Finding>)> {
    let sums = rollup::Sums::new(dataset, questions)?;
    let mut values = sums.all()?;
    values.extend(reported::values(dataset, questions));
    let standardised = standardised::values(&values, &sums, questions)?;
    values.extend(standardised);
    let years = years::over_years(&values, questions.indicators, questions.as_of);
    rollup::arrange(&mut values, years, questions);
    change::compare(&mut values, questions.indicators);
    spread::spreads(&mut values, &sums, questions)?;
    interval::around(&mut values, questions);
    trend::mark(&mut values, questions.indicators);
    let mut comparisons = comparison::comparisons(&values, &sums, questions)?;
    let decompositions = decomposition::decompositions(&values, &mut comparisons, &sums, questions)?;
    let (progress, findings) = progress::judge(&values, &comparisons, dataset, questions);
    Ok((Summary { values, progress, comparisons, decompositions }, findings))
}
