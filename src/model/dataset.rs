//! Everything that was read: one row per value, each knowing its cell.

use std::{hash::Hash, ops::Range, sync::Arc};

use jiff::civil::Date;
use rayon::slice::ParallelSliceMut;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::{Breakdown, CellRef, Id, Observation, Period, Provenance, Status, same};

/// Leaf values add up; totals that offices wrote beside them never do, and serve to be compared.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    pub observations: Vec<Observation>,
    pub totals: Vec<Observation>,
    /// Lists that have come with their headings and hold nothing: they say none.
    pub empty: Vec<EmptyList>,
    /// Figures of rows that do not tell of what they are.
    pub unplaced: Vec<Unplaced>,
}

/// A figure in a row of a form that does not tell, in a way that is known, of what it is: sums that it may be a part of lack it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Unplaced {
    pub measure: Id,
    /// None where the row does not tell it; so with the period.
    pub area: Option<Id>,
    pub period: Option<Period>,
    /// The members that are told.
    pub members: Breakdown,
    /// The first cell of the row: figures of one row share it.
    pub row: CellRef,
}

/// A form or list with a row for every project or school, without a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EmptyList {
    pub layout: Id,
    pub area: Id,
    pub period: Period,
    /// A word in it says that there is none.
    pub says_none: bool,
    pub file: Arc<str>,
}

impl Dataset {
    /// Stable order, whatever order the workbooks were read in.
    pub fn sort(&mut self) {
        sort(&mut self.observations);
        sort(&mut self.totals);
        self.empty.sort();
        self.empty.dedup();
        self.unplaced.sort();
    }

    /// Leaves out the cells of forms that are blank altogether for a period that is not due on a day: nobody could fill them yet, so they
    /// are not missing. Where some are filled the others are.
    pub fn forget_to_come(&mut self, day: Date) {
        let is_blank = |row: &Observation| row.status == Status::Missing && row.raw().trim().is_empty();
        let of = |row: &Observation| (row.layout.clone(), row.area.clone(), row.period);
        let said = self.observations.iter().filter(|row| !row.period.is_due(day) && row.cell().is_some() && !is_blank(row));
        let begun: FxHashSet<(Id, Id, Period)> = said.map(of).collect();
        let is_to_come = |row: &Observation| !row.period.is_due(day) && is_blank(row) && !begun.contains(&of(row));
        let mut kept: Vec<Option<u32>> = Vec::with_capacity(self.observations.len());
        let mut next = 0;
        for row in &self.observations {
            let is_kept = match &row.provenance {
                // What is derived stands behind what it is derived from.
                Provenance::Derived { from, .. } => {
                    from.iter().all(|&place| kept.get(place as usize).is_some_and(Option::is_some))
                }
                Provenance::Cell { .. } | Provenance::Rows { .. } => !is_to_come(row),
            };
            kept.push(is_kept.then_some(next));
            next += u32::from(is_kept);
        }
        if next as usize == kept.len() {
            return;
        }
        let mut places = kept.iter();
        self.observations.retain(|_| places.next().is_some_and(Option::is_some));
        for row in &mut self.observations {
            if let Provenance::Derived { from, .. } = &mut row.provenance {
                from.iter_mut().for_each(|place| *place = kept[*place as usize].unwrap_or_default());
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn month(month: i8, raw: &str) -> Observation {
        let at = CellRef { file: "a.xlsx".into(), sheet: "1".into(), row: month as u32, column: 1 };
        Observation {
            measure: "lessons".into(),
            area: "440103".into(),
            period: Period::Month(2023, month),
            breakdown: Breakdown::new(),
            value: raw.parse().ok(),
            status: if raw.is_empty() { Status::Missing } else { Status::Normal },
            provenance: Provenance::Cell { at, raw: raw.into() },
            layout: "S13".into(),
        }
    }

    #[test]
    fn a_month_that_is_not_over_is_not_missing_and_what_is_derived_finds_its_factors_again() {
        let derived = |of: i8, from: Vec<u32>| Observation {
            provenance: Provenance::Derived { how: "double".into(), from },
            ..month(of, "8")
        };
        let other = Observation { measure: "pupils".into(), ..month(6, "") };
        let rows =
            vec![month(4, ""), month(5, ""), month(6, "7"), month(7, ""), derived(5, vec![1]), derived(6, vec![0, 2]), other];
        let mut dataset = Dataset { observations: rows, ..Dataset::default() };
        dataset.forget_to_come(jiff::civil::date(2023, 5, 30));
        let periods: Vec<Period> = dataset.observations.iter().map(|row| row.period).collect();
        let (kept, why) = ([4, 6, 6, 6], "April is missing; of June, which is filled early, the other cell is missing");
        assert_eq!(periods, kept.map(|month| Period::Month(2023, month)), "{why}");
        let Provenance::Derived { from, .. } = &dataset.observations[2].provenance else { panic!("derived") };
        assert_eq!(*from, [0, 1]);
    }
}
