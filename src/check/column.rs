//! The figures of one measure in one area and period, as they stand below one heading: what rules of plausibility compare.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::{Check, Facts, subjects};
use crate::{
    diag::Place,
    model::{Breakdown, Id, Observation, Period, Text},
};

pub type Figures<'a> = Vec<(usize, &'a Observation)>;

/// By measure, period and area; each column in the order of the dataset.
pub fn columns<'a>(facts: &'a Facts<'a>, check: &'a Check) -> BTreeMap<(&'a Id, Period, &'a Id), Figures<'a>> {
    let mut columns: BTreeMap<_, Figures> = BTreeMap::new();
    for (place, observation) in subjects(facts, check) {
        columns.entry((&observation.measure, observation.period, &observation.area)).or_default().push((place, observation));
    }
    columns
}

/// Figures with those of another measure or period for the same area and members, where both are known.
pub fn paired<'a>(facts: &'a Facts<'a>, column: &[(usize, &'a Observation)], other: (&Id, Period)) -> Pairs<'a> {
    let find = |observation: &Observation| {
        let key = (other.0, &observation.area, other.1, &observation.breakdown);
        facts.index.get(&key).map(|&place| &facts.dataset.observations[place])
    };
    let pairs = column.iter().filter_map(|&(_, observation)| Some((observation, find(observation)?)));
    pairs.filter(|(one, other)| one.value.is_some() && other.value.is_some()).collect()
}

/// Few values, or the same few again and again, are alike by chance: zeros and ones say nothing.
pub fn tells_apart(values: impl Iterator<Item = f64>, at_least: usize) -> bool {
    const DISTINCT: usize = 3;
    let values: Vec<u64> = values.filter(|value| *value != 0.0).map(f64::to_bits).collect();
    values.len() >= at_least && values.iter().collect::<FxHashSet<_>>().len() >= DISTINCT
}

/// Figures of a column with those beside them.
pub type Pairs<'a> = Vec<(&'a Observation, &'a Observation)>;

/// Sums over pairs: of the column, and of what stands beside it.
pub fn sums(pairs: &[(&Observation, &Observation)]) -> (f64, f64) {
    pairs.iter().fold((0.0, 0.0), |(one, other), (figure, beside)| {
        (one + figure.value.unwrap_or_default(), other + beside.value.unwrap_or_default())
    })
}

/// Every cell of some pairs but the first figure's, which is the place of the finding: what its sums are made of.
pub fn cells<'a>(facts: &'a Facts<'a>, pairs: &'a [(&'a Observation, &'a Observation)]) -> impl Iterator<Item = Place> + 'a {
    let beside = pairs.iter().map(|(_, beside)| super::at(facts.dataset, beside));
    beside.chain(others(facts, pairs.iter().map(|(figure, _)| *figure)))
}

pub fn name_of_column(facts: &Facts, measure: &Id, area: &Id, period: Period) -> Text {
    facts.book.figure_name(measure, area, period, &Breakdown::new())
}

/// Where figures stand, but for the first, which is the place of the finding itself.
pub fn others<'a>(facts: &'a Facts, figures: impl IntoIterator<Item = &'a Observation> + 'a) -> impl Iterator<Item = Place> + 'a {
    figures.into_iter().skip(1).map(|figure| super::at(facts.dataset, figure))
}
