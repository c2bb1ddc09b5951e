//! What has come: which forms from which areas for which periods, and so what is missing rather than none.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    ops::Range,
};

use super::Questions;
use crate::model::{Area, AreaKind, Codebook, Dataset, Id, Period, Senders, Term};

/// Who has sent which form for which period.
pub struct Arrivals<'a> {
    forms: &'a HashMap<Id, Vec<Id>>,
    arrived: HashSet<(&'a Id, &'a Id, Period)>,
    /// Which measure has been given by which area for which period, whatever the breakdown, and where in the dataset.
    measured: BTreeMap<(&'a Id, Period, &'a Id), Vec<Range<u32>>>,
    senders: &'a Senders,
}

impl<'a> Arrivals<'a> {
    pub fn new(dataset: &'a Dataset, questions: &Questions<'a>) -> Self {
        let rows = || dataset.runs().filter_map(|run| run.first());
        let arrived = rows().map(|row| (&row.layout, &row.area, row.period)).collect();
        let mut measured: BTreeMap<_, Vec<Range<u32>>> = BTreeMap::new();
        let mut end = 0;
        for run in dataset.runs() {
            let start = end;
            end += run.len() as u32;
            measured.entry((&run[0].area, run[0].period, &run[0].measure)).or_default().push(start..end);
        }
        Arrivals { forms: questions.forms, arrived, measured, senders: questions.senders }
    }

    /// Every period of which something was sent.
    pub fn periods(&self) -> BTreeSet<Period> {
        self.measured.keys().map(|&(_, period, _)| period).collect()
    }

    /// Has the area (of the whole: any of its parts) sent a list of all of these? What a list does not hold is none. On a form
    /// with a row for everything, a row that is not there is missing.
    pub fn lists(&self, terms: &[Term], area: &Area, period: Period, book: &Codebook) -> bool {
        let is_list =
            |term: &Term| book.measure(&term.measure).is_some_and(|measure| measure.by.iter().any(|id| book.is_open(id)));
        if !terms.iter().all(is_list) {
            return false;
        }
        let gives = |area: &Id| terms.iter().all(|term| self.measured.contains_key(&(area, period, &term.measure)));
        match area.kind {
            AreaKind::Whole => book.areas.parts_of(&area.code).any(|part| gives(&part.code)),
            AreaKind::District | AreaKind::Other => gives(&area.code),
        }
    }

    /// The rows of the lists that an area (the whole: its parts) has sent, by their places: where a sum of none comes from.
    pub fn looked_through(&self, terms: &[Term], area: &Area, period: Period, book: &Codebook) -> Vec<u32> {
        let of = |area: &Id| -> Vec<u32> {
            let rows = terms.iter().filter_map(|term| self.measured.get(&(area, period, &term.measure)));
            rows.flatten().cloned().flatten().collect()
        };
        match area.kind {
            AreaKind::Whole => book.areas.parts_of(&area.code).flat_map(|part| of(&part.code)).collect(),
            AreaKind::District | AreaKind::Other => of(&area.code),
        }
    }

    /// How many areas owe the terms' forms.
    pub fn owing(&self, terms: &[&Term]) -> usize {
        let forms = terms.iter().flat_map(|term| self.forms.get(&term.measure).map(Vec::as_slice).unwrap_or_default());
        forms.flat_map(|form| self.senders.of(form)).collect::<BTreeSet<&Id>>().len()
    }

    /// Areas without which the figure is not whole, because a form that feeds it has not come from them.
    pub fn absent(&self, terms: &[&Term], area: &Id, is_whole: bool, period: Period) -> Vec<Id> {
        let mut absent = BTreeSet::new();
        for term in terms {
            let forms = self.forms.get(&term.measure).map(Vec::as_slice).unwrap_or_default();
            let has = |area: &Id| forms.iter().any(|form| self.arrived.contains(&(form, area, period)));
            let expected = forms.iter().flat_map(|form| self.senders.of(form));
            absent.extend(expected.filter(|part| (is_whole || *part == area) && !has(part)).cloned());
        }
        absent.into_iter().collect()
    }
}
