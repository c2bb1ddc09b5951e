//! From observations to what is said: sums and ratios of sums, changes, disparities, verdicts.

mod aim;
mod arrivals;
mod change;
mod course;
mod days;
mod disparity;
mod frame;
mod ledger;
mod progress;
mod rollup;
mod shares;
mod total;
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
    let mut values = rollup::roll_up(dataset, questions)?;
    let years = years::over_years(&values, questions);
    rollup::arrange(&mut values, years, questions);
    change::compare(&mut values, questions.indicators);
    disparity::disparities(&mut values, dataset, questions);
    let (progress, findings) = progress::judge(&values, dataset, questions);
    let courses = course::courses(&progress, &values, dataset, questions);
    Ok((Summary { values, progress, courses }, findings))
}
