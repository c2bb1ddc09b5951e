//! Everything that was read: one row per value, each knowing its cell.

use std::{cmp::Ordering, ops::Range, sync::Arc};

use rayon::slice::ParallelSliceMut;

use super::{Id, Observation};

/// Leaf values add up; totals that offices wrote beside them never do, and serve to be compared.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    pub observations: Vec<Observation>,
    pub totals: Vec<Observation>,
}

impl Dataset {
    /// Stable order, whatever order the workbooks were read in.
    pub fn sort(&mut self) {
        let by_cell = |a: &Observation, b: &Observation| {
            let by_row = by_name(&a.measure, &b.measure).then_with(|| by_name(&a.area, &b.area));
            let by_figure = by_row.then_with(|| (a.period, &a.breakdown).cmp(&(b.period, &b.breakdown)));
            by_figure.then_with(|| a.cell().cmp(&b.cell())).then_with(|| a.sheets().cmp(b.sheets()))
        };
        self.observations.par_sort_by(by_cell);
        self.totals.par_sort_by(by_cell);
    }

    /// Observations of one form and measure for one area and period that follow each other: sorted, nearly all of them do.
    pub fn runs(&self) -> impl Iterator<Item = &[Observation]> {
        self.observations.chunk_by(|one, next| {
            one.measure == next.measure && one.area == next.area && one.period == next.period && one.layout == next.layout
        })
    }

    /// The same, each with the places of its observations.
    pub fn placed_runs(&self) -> impl Iterator<Item = (Range<u32>, &[Observation])> {
        let mut end = 0;
        self.runs().map(move |run| {
            let start = end;
            end += run.len() as u32;
            (start..end, run)
        })
    }
}

/// Most equal names are one and the same, and need not be compared letter by letter.
fn by_name(a: &Id, b: &Id) -> Ordering {
    if Arc::ptr_eq(a, b) { Ordering::Equal } else { a.cmp(b) }
}
