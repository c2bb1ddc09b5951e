//! From observations to what is said: sums and ratios of sums, changes, disparities, verdicts.

mod change;
mod disparity;
mod frame;
mod progress;
mod rollup;
mod total;

use std::collections::HashMap;

use crate::{
    diag::Finding,
    model::{Codebook, Dataset, Id, Indicator, Summary, Target},
};

/// What is to be computed.
pub struct Questions<'a> {
    pub indicators: &'a [Indicator],
    pub targets: &'a [Target],
    pub book: &'a Codebook,
    /// Which layouts give each measure: an area whose form has not come is missing, not zero.
    pub forms: &'a HashMap<Id, Vec<Id>>,
    pub as_of: jiff::civil::Date,
}

pub fn compute(dataset: &Dataset, questions: &Questions) -> polars::prelude::PolarsResult<(Summary, Vec<Finding>)> {
    let mut values = rollup::roll_up(dataset, questions)?;
    change::compare(&mut values, questions.indicators);
    disparity::disparities(&mut values, dataset, questions);
    let (progress, findings) = progress::judge(&values, questions);
    Ok((Summary { values, progress }, findings))
}
