//! Rows of forms that do not tell of what they are, and which values lack them.
//!
//! Rule: a figure of such a row is lacking in every sum that it may be a part of: of what the row does tell, and over what it does not.
//! A category has one row, so the row is not of one that has a figure of its own. Where the two sides of a ratio lack different rows, what
//! may belong to such a row on the other side is left out with it. Degenerate cases: a row that tells nothing may be of anything.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::rollup::leaf;
use crate::model::{Area, AreaKind, Breakdown, CellRef, Codebook, Dataset, Id, Observation, Period, Term, Unplaced};

/// Figures of nobody, by the measures that are made of them.
pub struct Strays<'a> {
    of: FxHashMap<&'a Id, Vec<&'a Unplaced>>,
    book: &'a Codebook,
}

/// What a value is of.
pub struct Asked<'a> {
    pub area: &'a Area,
    pub period: Period,
    pub members: &'a Breakdown,
}

/// How many rows these figures stand in.
pub fn rows<'a>(figures: impl IntoIterator<Item = &'a Unplaced>) -> usize {
    figures.into_iter().map(|figure| &figure.row).collect::<BTreeSet<&CellRef>>().len()
}

impl<'a> Strays<'a> {
    pub fn new(dataset: &'a Dataset, book: &'a Codebook) -> Strays<'a> {
        let mut of: FxHashMap<&Id, Vec<&Unplaced>> = FxHashMap::default();
        for measure in book.measures.iter().filter(|_| !dataset.unplaced.is_empty()) {
            let roots = book.roots(measure);
            of.insert(&measure.id, dataset.unplaced.iter().filter(|figure| roots.contains(&figure.measure)).collect());
        }
        Strays { of, book }
    }

    pub fn are_none(&self) -> bool {
        self.of.is_empty()
    }

    /// Those that one side of a value may lack; `has` is what it has.
    pub fn lacked(&self, terms: &[Term], asked: &Asked, has: &[&Observation]) -> Vec<&'a Unplaced> {
        let of_term = |term: &Term| {
            let figures = self.of.get(&term.measure).into_iter().flatten().copied();
            figures.filter(|figure| self.may_be_of(figure, term, asked, has)).collect::<Vec<_>>()
        };
        terms.iter().flat_map(of_term).collect()
    }

    fn may_be_of(&self, figure: &Unplaced, term: &Term, asked: &Asked, has: &[&Observation]) -> bool {
        let is_whole = asked.area.kind == AreaKind::Whole;
        let is_inside = |area: &Id| match is_whole {
            true => self.book.areas.get(area).and_then(|area| area.parent.as_ref()) == Some(&asked.area.code),
            false => *area == asked.area.code,
        };
        if figure.area.as_ref().is_some_and(|area| !is_inside(area)) || figure.period.is_some_and(|own| own != asked.period) {
            return false;
        }
        let one = asked.members.iter().map(|(id, code)| (id, std::slice::from_ref(code)));
        let only = term.only.iter().filter(|(id, _)| !asked.members.contains_key(id));
        let wanted: Vec<(&Id, &[Id])> = only.map(|(id, codes)| (id, codes.as_slice())).chain(one).collect();
        let is_another = |(id, codes): &(&Id, &[Id])| figure.members.get(id).is_some_and(|own| !codes.contains(own));
        if wanted.iter().any(is_another) {
            return false;
        }
        let is_told = |id: &Id| figure.members.contains_key(id);
        let open: Vec<&(&Id, &[Id])> = wanted.iter().filter(|(id, _)| !is_told(id)).collect();
        let by = self.book.measure(&term.measure).map(|measure| measure.by.as_slice()).unwrap_or_default();
        let is_free = |id: &Id| !is_told(id) && !wanted.iter().any(|(known, _)| *known == id);
        if by.iter().any(is_free) || is_whole && figure.area.is_none() {
            return true;
        }
        let is_narrowed = !open.is_empty() || figure.area.is_none() || figure.period.is_none();
        let own = || {
            let is_of = |row: &&&Observation| figure.area.as_ref().is_none_or(|area| *area == row.area);
            has.iter().filter(|row| row.measure == term.measure && row.breakdown.holds(&figure.members)).filter(is_of)
        };
        let has_own = |(id, codes): &&(&Id, &[Id])| codes.iter().all(|code| own().any(|row| row.breakdown.get(id) == Some(code)));
        !is_narrowed || own().next().is_none() || !open.iter().all(has_own)
    }
}

/// Of a ratio of which one side lacks these rows: what the other side has for them, by area and the members that both sides share.
pub fn counterparts<'o>(
    lacked: &[&Unplaced],
    has: &[&Observation],
    other: &[&'o Observation],
    shared: &[&Id],
) -> FxHashSet<(&'o Id, Vec<Option<&'o Id>>)> {
    let known: FxHashSet<(&Id, Vec<Option<&Id>>)> = has.iter().map(|row| (&row.area, leaf(row, shared))).collect();
    let is_for = |figure: &Unplaced, row: &Observation| {
        let is_told = figure.area.is_some() && shared.iter().all(|id| figure.members.contains_key(id));
        let agrees = |id: &&Id| figure.members.get(id).is_none_or(|own| row.breakdown.get(id) == Some(own));
        figure.area.as_ref().is_none_or(|area| *area == row.area)
            && shared.iter().all(agrees)
            && (is_told || !known.contains(&(&row.area, leaf(row, shared))))
    };
    let lost = other.iter().filter(|row| lacked.iter().any(|figure| is_for(figure, row)));
    lost.map(|row| (&row.area, leaf(row, shared))).collect()
}

/// Those of one side whose rows the other side does not lack too.
pub fn of_one_side<'a>(lacked: &[&'a Unplaced], other: &[&Unplaced]) -> Vec<&'a Unplaced> {
    let both: BTreeSet<&CellRef> = other.iter().map(|figure| &figure.row).collect();
    lacked.iter().filter(|figure| !both.contains(&figure.row)).copied().collect()
}
