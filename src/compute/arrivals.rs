//! What has come: which forms from which areas for which periods, and so what is missing rather than none.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use rustc_hash::{FxHashMap, FxHashSet};

use super::Questions;
use crate::model::{Area, AreaKind, Breakdown, Codebook, Dataset, EmptyList, Id, Observation, Period, Senders, Term};

/// Who has sent which form for which period.
pub struct Arrivals<'a> {
    forms: &'a FxHashMap<Id, Vec<Id>>,
    arrived: FxHashSet<(&'a Id, &'a Id, Period)>,
    /// The forms that anybody has sent for a period.
    sent: FxHashSet<(&'a Id, Period)>,
    /// Which measure has been given by which area for which period, whatever the breakdown, and where in the dataset.
    measured: BTreeMap<(&'a Id, Period, &'a Id), Vec<Range<u32>>>,
    /// Of measures that come by several forms: the breakdowns that each form gave.
    given: FxHashMap<(&'a Id, &'a Id, Period), FxHashSet<&'a Breakdown>>,
    /// Lists that hold nothing, by what they would have given.
    empty: FxHashMap<(&'a Id, &'a Id, Period), &'a EmptyList>,
    /// Who has given measures of which a form without them is not whole, and for which periods anybody has.
    whole: FxHashSet<(&'a Id, &'a Id, Period)>,
    anybody: FxHashSet<(&'a Id, Period)>,
    owed: &'a FxHashSet<Id>,
    senders: &'a Senders,
}

impl<'a> Arrivals<'a> {
    pub fn new(dataset: &'a Dataset, questions: &Questions<'a>) -> Self {
        let (mut arrived, mut sent, mut given) = (FxHashSet::default(), FxHashSet::default(), FxHashMap::default());
        let (mut whole, mut anybody, mut lists) = (FxHashSet::default(), FxHashSet::default(), FxHashMap::default());
        let mut measured = BTreeMap::<_, Vec<Range<u32>>>::new();
        for (rows, run) in dataset.placed_runs() {
            let Observation { measure, area, period, layout, .. } = &run[0];
            arrived.insert((layout, area, *period));
            sent.insert((layout, *period));
            measured.entry((area, *period, measure)).or_default().push(rows);
            if questions.owed.contains(measure) {
                whole.insert((measure, area, *period));
                anybody.insert((measure, *period));
            }
            if questions.forms.get(measure).is_some_and(|forms| forms.len() > 1) {
                let of_form: &mut FxHashSet<_> = given.entry((measure, layout, *period)).or_default();
                of_form.extend(run.iter().map(|row| &row.breakdown));
            }
        }
        for empty in &dataset.empty {
            arrived.insert((&empty.layout, &empty.area, empty.period));
            sent.insert((&empty.layout, empty.period));
            for (measure, _) in questions.forms.iter().filter(|(_, forms)| forms.contains(&empty.layout)) {
                measured.entry((&empty.area, empty.period, measure)).or_default();
                whole.insert((measure, &empty.area, empty.period));
                lists.insert((measure, &empty.area, empty.period), empty);
            }
        }
        Arrivals {
            forms: questions.forms,
            arrived,
            sent,
            measured,
            given,
            empty: lists,
            whole,
            anybody,
            owed: questions.owed,
            senders: questions.senders,
        }
    }

    /// Every period of which something was sent.
    pub fn periods(&self) -> BTreeSet<Period> {
        self.measured.keys().map(|&(_, period, _)| period).collect()
    }

    /// Has the area (of the whole: any of its parts) sent a list of all of these, or said that there are none? What a list does not hold is
    /// none. On a form with a row for everything, a row that is not there is missing.
    pub fn lists(&self, terms: &[Term], area: &Area, period: Period, book: &Codebook) -> bool {
        let is_list = |term: &Term| is_itemised(term, book);
        if self.empty.is_empty() && !terms.iter().all(is_list) {
            return false;
        }
        let lists = |area: &Area, term: &Term| match is_list(term) {
            true => self.measured.contains_key(&(&area.code, period, &term.measure)),
            false => self.empty.get(&(&term.measure, &area.code, period)).is_some_and(|list| list.says_none),
        };
        own(area, book).any(|area| terms.iter().all(|term| lists(area, term)))
    }

    /// The rows of the lists that an area (the whole: its parts) has sent, by their places: where a sum of none comes from.
    pub fn looked_through(&self, terms: &[Term], area: &Area, period: Period, book: &Codebook) -> Vec<u32> {
        let sent = own(area, book).flat_map(|area| terms.iter().map(move |term| (&area.code, period, &term.measure)));
        sent.filter_map(|given| self.measured.get(&given)).flatten().cloned().flatten().collect()
    }

    /// The files in which an area (the whole: its parts) says that there are none of these.
    pub fn say_none(&self, terms: &[Term], area: &Area, period: Period, book: &Codebook) -> BTreeSet<&'a str> {
        let sent = own(area, book).flat_map(|area| terms.iter().map(move |term| (&term.measure, &area.code, period)));
        sent.filter_map(|given| self.empty.get(&given)).map(|list| list.file.as_ref()).collect()
    }

    /// How many areas owe the terms' forms.
    pub fn owing(&self, terms: &[&Term]) -> usize {
        let forms = terms.iter().flat_map(|term| self.forms.get(&term.measure).map(Vec::as_slice).unwrap_or_default());
        forms.flat_map(|form| self.senders.of(form)).collect::<BTreeSet<&Id>>().len()
    }

    /// Has the area sent a list without a row, and without a word that there are none, of something that a list need not have a row of? Nobody
    /// knows whether it was filled in.
    pub fn is_blank(&self, term: &Term, area: &Id, period: Period, book: &Codebook) -> bool {
        let is_given = || self.measured.get(&(area, period, &term.measure)).is_some_and(|rows| !rows.is_empty());
        let list = self.empty.get(&(&term.measure, area, period));
        list.is_some_and(|list| !list.says_none) && !is_itemised(term, book) && !is_given()
    }

    /// Areas without which the figure is not whole, because a form that feeds it has not come from them, has come blank, or has come
    /// without the column that others have. Where several forms feed it
    /// (primary schools by one, junior by another), each has to come that anybody has sent for the period, unless the area has sent
    /// another one that gives the same.
    pub fn absent(&self, terms: &[&Term], area: &Id, is_whole: bool, period: Period, book: &Codebook) -> Vec<Id> {
        let mut absent = BTreeSet::new();
        for term in terms {
            let forms = self.forms.get(&term.measure).map(Vec::as_slice).unwrap_or_default();
            let is_owed = self.owed.contains(&term.measure) && self.anybody.contains(&(&term.measure, period));
            let lacks = |area: &Id| is_owed && !self.whole.contains(&(&term.measure, area, period));
            let nobody_sent = !forms.iter().any(|form| self.sent.contains(&(form, period)));
            for form in forms.iter().filter(|form| nobody_sent || self.sent.contains(&(form, period))) {
                let has_sent = |form: &Id, area: &Id| self.arrived.contains(&(form, area, period));
                let gives_the_same = |other: &&Id| {
                    let of = |form| self.given.get(&(&term.measure, form, period));
                    of(form).zip(of(*other)).is_some_and(|(one, other)| !one.is_disjoint(other))
                };
                let others: Vec<&Id> = forms.iter().filter(|other| *other != form).filter(gives_the_same).collect();
                let is_blank = |area: &Id| self.is_blank(term, area, period, book);
                let has = |area: &Id| {
                    !lacks(area) && !is_blank(area) && (has_sent(form, area) || others.iter().any(|other| has_sent(other, area)))
                };
                absent.extend(self.senders.of(form).iter().filter(|part| (is_whole || **part == *area) && !has(part)).cloned());
            }
        }
        absent.into_iter().collect()
    }
}

fn is_itemised(term: &Term, book: &Codebook) -> bool {
    book.measure(&term.measure).is_some_and(|measure| book.any_is_open(&measure.by))
}

/// Who sends what an area says: itself, or the parts of the whole.
fn own<'b>(area: &'b Area, book: &'b Codebook) -> impl Iterator<Item = &'b Area> {
    let parts = (area.kind == AreaKind::Whole).then(|| book.areas.parts_of(&area.code));
    let alone = parts.is_none().then_some(area);
    parts.into_iter().flatten().chain(alone)
}
