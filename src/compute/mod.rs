//! From observations to what is said: sums and ratios of sums, changes, disparities, verdicts.

mod aim;
mod arrivals;
mod change;
mod days;
mod disclosure;
mod disparity;
mod frame;
mod ledger;
mod progress;
mod revision;
mod rollup;
mod shares;
mod total;
mod withhold;
mod years;

use std::collections::{BTreeSet, HashMap};

use crate::{
    diag::Finding,
    model::{CellRef, Codebook, Dataset, Id, Indicator, Profile, Senders, Summary, Target},
};
pub use disclosure::Disclosure;
pub use ledger::LedgerColumns;
pub use revision::revisions;
pub use shares::TaskSheet;
pub use withhold::{Dominance, Rule};

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
    pub disclosure: Option<&'a Disclosure>,
    pub as_of: jiff::civil::Date,
}

/// What was computed, what is to be said of it, and the cells whose figures are withheld.
pub type Computed = (Summary, Vec<Finding>, BTreeSet<CellRef>);

/// Takes what is not to be published out of the dataset, too: nothing after this knows it.
pub fn compute(dataset: &mut Dataset, questions: &Questions) -> polars::prelude::PolarsResult<Computed> {
    let mut values = rollup::roll_up(dataset, questions)?;
    let years = years::over_years(&values, questions);
    rollup::arrange(&mut values, years, questions);
    let withheld = disclosure::protect(dataset, &mut values, questions);
    change::compare(&mut values, questions.indicators);
    disparity::disparities(&mut values, dataset, questions);
    let (progress, findings) = progress::judge(&values, dataset, questions);
    Ok((Summary { values, progress }, findings, withheld))
}
