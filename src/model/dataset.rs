//! Everything that was read: one row per value, each knowing its cell.

use std::{hash::Hash, ops::Range};

use rayon::slice::ParallelSliceMut;
use rustc_hash::FxHashMap;

use super::{Observation, same};

/// Leaf values add up; totals that offices wrote beside them never do, and serve to be compared.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    pub observations: Vec<Observation>,
    pub totals: Vec<Observation>,
}

impl Dataset {
    /// Stable order, whatever order the workbooks were read in.
    pub fn sort(&mut self) {
        sort(&mut self.observations);
        sort(&mut self.totals);
    }

    /// Observations of one form and measure for one area and period that follow each other: sorted, nearly all of them do.
    pub fn runs(&self) -> impl Iterator<Item = &[Observation]> {
        self.observations.chunk_by(|one, next| {
            one.period == next.period
                && same(&one.area, &next.area)
                && same(&one.measure, &next.measure)
                && same(&one.layout, &next.layout)
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

/// By figure, then by cell. The order of names, periods and breakdowns is found once for all that are different; what is moved about
/// meanwhile are places.
fn sort(observations: &mut Vec<Observation>) {
    let rows: &[Observation] = observations;
    let (measures, areas) = (ranks(rows, |row| &row.measure), ranks(rows, |row| &row.area));
    let (periods, breakdowns) = (ranks(rows, |row| &row.period), ranks(rows, |row| &row.breakdown));
    let figure = |at: usize| [measures[at], areas[at], periods[at], breakdowns[at]];
    let mut order: Vec<([u32; 4], usize)> = (0..rows.len()).map(|at| (figure(at), at)).collect();
    order.par_sort_by(|(one, at), (other, place)| {
        let (row, beside) = (&rows[*at], &rows[*place]);
        one.cmp(other).then_with(|| row.cell().cmp(&beside.cell())).then_with(|| row.sheets().cmp(beside.sheets()))
    });
    let mut rows: Vec<Option<Observation>> = std::mem::take(observations).into_iter().map(Some).collect();
    observations.reserve_exact(rows.len());
    observations.extend(order.into_iter().filter_map(|(_, at)| rows[at].take()));
}

/// For each row the place of its key among all different keys.
fn ranks<'a, K: Ord + Hash + 'a>(rows: &'a [Observation], key: impl Fn(&'a Observation) -> &'a K) -> Vec<u32> {
    let mut ranks: FxHashMap<&K, u32> = rows.iter().map(|row| (key(row), 0)).collect();
    let mut keys: Vec<&K> = ranks.keys().copied().collect();
    keys.sort_unstable();
    ranks.extend(keys.into_iter().zip(0..));
    rows.iter().map(|row| ranks[key(row)]).collect()
}
