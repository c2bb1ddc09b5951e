//! Figures that count from a day on: places are new when they are put into use, and on the as-of date not before.
//!
//! Degenerate cases: a figure whose day is not given counts, since the office has reported it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::Questions;
use crate::model::{Breakdown, Dataset, Formula, Id, Period, Term, day};

type Key<'a> = (&'a Id, &'a Id, Period, &'a Breakdown);

/// The days that measures of kind day give, by what they are of.
pub struct Days<'a> {
    dataset: &'a Dataset,
    days: FxHashMap<Key<'a>, Date>,
    as_of: Date,
}

impl<'a> Days<'a> {
    pub fn new(dataset: &'a Dataset, questions: &Questions) -> Self {
        let terms = questions.indicators.iter().flat_map(|indicator| match &indicator.formula {
            Formula::Total { of } => [of.as_slice(), &[]],
            Formula::Ratio { of, to, .. } => [of.as_slice(), to.as_slice()],
            _ => [&[][..], &[]],
        });
        let asked: BTreeSet<&Id> = terms.flatten().filter_map(|term| term.from_day.as_ref()).collect();
        let given = dataset.observations.iter().filter(|row| asked.contains(&row.measure));
        let days = given.filter_map(|row| Some((row.key(), day::from_number(row.value?)?))).collect();
        Days { dataset, days, as_of: questions.as_of }
    }

    /// From which day an observation counts, where that is given.
    pub fn of(&self, row: u32, term: &Term) -> Option<Date> {
        let from_day = term.from_day.as_ref()?;
        let (_, area, period, breakdown) = self.dataset.observations[row as usize].key();
        self.days.get(&(from_day, area, period, breakdown)).copied()
    }

    /// Are there days of the period that are still to come, where figures count from a day on?
    pub fn are_to_come(&self, terms: &[&Term], period: Period) -> bool {
        self.as_of < period.last_day() && terms.iter().any(|term| term.from_day.is_some())
    }

    /// Has the day of an observation come?
    pub fn has_come(&self, row: u32, term: &Term) -> bool {
        self.of(row, term).is_none_or(|day| day <= self.as_of)
    }
}
