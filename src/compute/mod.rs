//! From observations to what is said: sums and ratios of sums, changes, disparities, verdicts.

mod aim;
mod arrivals;
mod before;
pub mod chance;
mod change;
mod comparison;
mod course;
mod days;
pub mod decomposition;
mod disclosure;
pub mod disparity;
mod easy;
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
mod revision;
mod rollup;
mod shares;
mod spread;
pub mod standardised;
mod to_come;
mod total;
pub mod trend;
mod unplaced;
mod withhold;
mod years;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    diag::{Finding, Undisclosed},
    model::{Codebook, Dataset, Id, Indicator, IndicatorValue, Profile, Senders, Summary, Target},
};
pub use disclosure::Disclosure;
pub use ledger::LedgerColumns;
pub use revision::{revisions, unchanged};
pub use shares::TaskSheet;
use standardised::Rates;
pub use withhold::{Dominance, Rule};

/// What is to be computed.
pub struct Questions<'a> {
    pub indicators: &'a [Indicator],
    pub targets: &'a [Target],
    pub book: &'a Codebook,
    /// Which layouts give each measure: an area whose form has not come is missing, not zero.
    pub forms: &'a FxHashMap<Id, Vec<Id>>,
    /// Measures for which their forms have a column that may not be left out: where one lacks it, the figure is missing, not zero.
    pub owed: &'a FxHashSet<Id>,
    pub senders: &'a Senders,
    pub profiles: &'a [Profile],
    pub ledger: Option<&'a LedgerColumns>,
    pub task_sheet: Option<&'a TaskSheet>,
    pub disclosure: Option<&'a Disclosure>,
    pub as_of: jiff::civil::Date,
}

impl<'a> Questions<'a> {
    pub fn indicator(&self, id: &str) -> Option<&'a Indicator> {
        self.indicators.iter().find(|indicator| indicator.id.as_ref() == id)
    }
}

/// What was computed, what is to be said of it, and the cells whose figures are withheld.
pub type Computed = (Summary, Vec<Finding>, Undisclosed);

/// Takes what is not to be published out of the dataset, too: nothing after this knows it, and everything that is made of what is
/// left tells no more than that.
pub fn compute(dataset: &mut Dataset, questions: &Questions) -> polars::prelude::PolarsResult<Computed> {
    let (protected, withheld) = match questions.disclosure {
        Some(disclosure) => {
            let (mut values, standardised) = counted(&rollup::Sums::new(dataset, questions)?, questions)?;
            let withheld = disclosure::protect(dataset, &mut values, questions);
            let standardised = standardised.shown(&values, dataset, &disclosure.because);
            (Some((values, standardised)), withheld)
        }
        None => (None, Undisclosed::new()),
    };
    let sums = rollup::Sums::new(dataset, questions)?;
    let (mut values, standardised) = match protected {
        Some(protected) => protected,
        None => {
            let (values, standardised) = counted(&sums, questions)?;
            (values, standardised.all())
        }
    };
    let mut rates = reported::values(dataset, questions);
    rates.extend(standardised);
    years::add_years(&mut rates, questions);
    rollup::arrange(&mut values, rates, questions);
    change::compare(&mut values, questions.indicators);
    spread::spreads(&mut values, &sums, questions)?;
    interval::around(&mut values, questions);
    trend::mark(&mut values, questions.indicators);
    let mut comparisons = comparison::comparisons(&values, &sums, questions)?;
    let decompositions = decomposition::decompositions(&values, &mut comparisons, &sums, questions)?;
    let (progress, findings) = progress::judge(&values, &comparisons, dataset, questions);
    let courses = course::courses(&progress, &values, dataset, &sums.days, questions);
    Ok((Summary { values, progress, courses, comparisons, decompositions }, findings, withheld))
}

/// The totals and ratios of what was counted, behind them those that they make of years, and what is standardised of the former.
fn counted(sums: &rollup::Sums, questions: &Questions) -> polars::prelude::PolarsResult<(Vec<IndicatorValue>, Rates)> {
    let mut values = sums.all()?;
    let years = years::add_years(&mut values, questions);
    let rates = standardised::rates(&values[..years], sums, questions)?;
    Ok((values, rates))
}
