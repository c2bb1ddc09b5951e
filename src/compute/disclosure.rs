//! Small counts are withheld before anything is made of them for the public: one mask for tables, charts, pages and lineage.
//!
//! Rule: `withhold` says which counts and sums go; here published sums are told to it (the two sides of every value of an indicator),
//! and what goes is taken out of observations, values and written totals, with status Q. Values are masked before changes, variation
//! and verdicts are made, so these are made of what is left. Degenerate cases: a written total of a measure and period in which a
//! count is withheld goes as a whole, for offices add up as they like; a figure derived from a withheld one goes with it.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{
    Questions,
    withhold::{Known, Rule, Sum, withhold},
};
use crate::{
    diag::{Place, Undisclosed},
    model::{Dataset, Formula, Id, IndicatorValue, MeasureKind, Observation, Period, Provenance, Status, Term, Text},
};

/// What is withheld, as the pipeline says it.
#[derive(Debug, Clone, PartialEq)]
pub struct Disclosure {
    /// The counts that are looked at.
    pub measures: Vec<Id>,
    /// Figures that go where a count of the same area, period and members goes: rates that offices report beside their counts.
    pub beside: Vec<Id>,
    /// Wholes with the parts that make them up, as the pipeline's checks say: what everybody knows of the counts.
    pub wholes: Vec<(Id, Vec<Id>)>,
    pub rule: Rule,
    pub because: Text,
}

/// One side of an indicator's value among the published sums.
struct Side {
    value: usize,
    is_numerator: bool,
    sum: Sum,
}

/// Masks the dataset and the values, and gives the cells that are withheld.
pub fn protect(dataset: &mut Dataset, values: &mut [IndicatorValue], questions: &Questions) -> Undisclosed {
    let Some(disclosure) = questions.disclosure else { return Undisclosed::new() };
    let is_covered =
        |observation: &Observation| disclosure.measures.contains(&observation.measure) && observation.value.is_some();
    let counts: Vec<usize> = dataset
        .observations
        .iter()
        .enumerate()
        .filter(|(_, observation)| is_covered(observation))
        .map(|(place, _)| place)
        .collect();
    let places: FxHashMap<usize, usize> = counts.iter().enumerate().map(|(figure, place)| (*place, figure)).collect();
    let figures: Vec<f64> = counts.iter().filter_map(|&place| dataset.observations[place].value).collect();
    let sides = sides(dataset, values, questions, &places);
    let sums: Vec<Sum> = sides.iter().map(|side| side.sum.clone()).collect();
    let identities = identities(dataset, &places, disclosure);
    let known = Known { figures: &figures, sums: &sums, identities: &identities };
    let withheld = withhold(known, &disclosure.rule);

    for (side, _) in sides.iter().zip(&withheld.sums).filter(|(_, withheld)| **withheld) {
        mask(&mut values[side.value], side.is_numerator, &disclosure.because);
    }
    let gone = counts.into_iter().zip(&withheld.figures).filter(|(_, withheld)| **withheld).map(|(place, _)| place);
    let gone = with_relatives(gone.collect(), dataset, questions, disclosure);
    let spoiled: BTreeSet<(&Id, Period)> =
        gone.iter().map(|&place| (&dataset.observations[place].measure, dataset.observations[place].period)).collect();
    let of_totals = |(place, total): (usize, &Observation)| spoiled.contains(&(&total.measure, total.period)).then_some(place);
    let totals: Vec<usize> = dataset.totals.iter().enumerate().filter_map(of_totals).collect();
    let mut cells = Undisclosed::new();
    for place in gone {
        hide(&mut dataset.observations[place], &mut cells);
    }
    for place in totals {
        hide(&mut dataset.totals[place], &mut cells);
    }
    cells
}

/// Both sides of every value, as sums of covered counts. Counts that are not covered are known to everybody and say nothing.
fn sides(dataset: &Dataset, values: &[IndicatorValue], questions: &Questions, places: &FxHashMap<usize, usize>) -> Vec<Side> {
    let mut sides = Vec::new();
    for (place, value) in values.iter().enumerate() {
        let indicator = questions.indicator(&value.indicator);
        let (of, to): (&[Term], &[Term]) = match indicator.map(|indicator| &indicator.formula) {
            Some(Formula::Total { of }) => (of, &[]),
            Some(Formula::Ratio { of, to, .. }) => (of, to),
            _ => continue,
        };
        for (terms, is_numerator) in [(of, true), (to, false)] {
            let mut sum: BTreeMap<usize, i8> = BTreeMap::new();
            for &row in &value.from {
                let Some(&figure) = places.get(&(row as usize)) else { continue };
                let observation = &dataset.observations[row as usize];
                // Of a sum of none all that was looked through stands behind the value, and nothing of it is in the sum.
                if !observation.breakdown.holds(&value.breakdown) {
                    continue;
                }
                for term in terms.iter().filter(|term| term.takes(observation)) {
                    *sum.entry(figure).or_default() += if term.minus { -1 } else { 1 };
                }
            }
            sum.retain(|_, sign| *sign != 0);
            if !sum.is_empty() {
                sides.push(Side { value: place, is_numerator, sum: sum.into_iter().collect() });
            }
        }
    }
    sides
}

/// A whole less its parts, wherever all of them are covered counts of one area, period and breakdown, and it is 0.
fn identities(dataset: &Dataset, places: &FxHashMap<usize, usize>, disclosure: &Disclosure) -> Vec<Sum> {
    let by_key: FxHashMap<_, usize> = places.iter().map(|(&row, &figure)| (dataset.observations[row].key(), figure)).collect();
    let value = |row: usize| dataset.observations[row].value.unwrap_or_default();
    let mut rows: Vec<(usize, usize)> = places.iter().map(|(&row, &figure)| (row, figure)).collect();
    rows.sort_unstable();
    let values: FxHashMap<usize, f64> = rows.iter().map(|&(row, figure)| (figure, value(row))).collect();
    let mut identities = Vec::new();
    for (row, figure) in rows {
        let observation = &dataset.observations[row];
        for (_, parts) in disclosure.wholes.iter().filter(|(whole, _)| *whole == observation.measure) {
            let find = |part: &Id| by_key.get(&(part, &observation.area, observation.period, &observation.breakdown)).copied();
            let Some(found) = parts.iter().map(find).collect::<Option<Vec<usize>>>() else { continue };
            let sum: Sum = std::iter::once((figure, 1)).chain(found.into_iter().map(|part| (part, -1))).collect();
            let rest: f64 =
                sum.iter().map(|(figure, sign)| f64::from(*sign) * values.get(figure).copied().unwrap_or_default()).sum();
            // Where the office's figures do not add up, nobody can go by it.
            if rest == 0.0 {
                identities.push(sum);
            }
        }
    }
    identities
}

/// With each count the rates beside it, what is derived from it, and of a derived count the rates it was derived from.
fn with_relatives(gone: BTreeSet<usize>, dataset: &Dataset, questions: &Questions, disclosure: &Disclosure) -> BTreeSet<usize> {
    let cell = |observation: &Observation| (observation.area.clone(), observation.period, observation.breakdown.clone());
    let cells: BTreeSet<_> = gone.iter().map(|&place| cell(&dataset.observations[place])).collect();
    let is_rate = |place: usize| {
        let measure = questions.book.measure(&dataset.observations[place].measure);
        measure.is_some_and(|measure| measure.kind == MeasureKind::ReportedRate)
    };
    let mut all = gone.clone();
    for (place, observation) in dataset.observations.iter().enumerate() {
        if disclosure.beside.contains(&observation.measure) && cells.contains(&cell(observation)) {
            all.insert(place);
        }
        let Provenance::Derived { from, .. } = &observation.provenance else { continue };
        let from: Vec<usize> = from.iter().map(|&factor| factor as usize).collect();
        if gone.contains(&place) {
            let rates: Vec<usize> = from.iter().copied().filter(|&factor| is_rate(factor)).collect();
            all.extend(if rates.is_empty() { from } else { rates });
        } else if from.iter().any(|factor| gone.contains(factor)) {
            all.insert(place);
        }
    }
    all
}

fn mask(value: &mut IndicatorValue, is_numerator: bool, because: &Text) {
    let side = if is_numerator { &mut value.numerator } else { &mut value.denominator };
    *side = None;
    if value.status != Status::Suppressed {
        value.note = value.note.and(because);
    }
    value.value = None;
    value.status = Status::Suppressed;
}

/// The cell stays named; what it says does not.
fn hide(observation: &mut Observation, cells: &mut Undisclosed) {
    let mut withhold = |place: Place| cells.entry(place).or_default().insert(observation.measure.clone());
    observation.value = None;
    observation.status = Status::Suppressed;
    match &mut observation.provenance {
        Provenance::Cell { at, raw } => {
            withhold(Place::from(&*at));
            raw.clear();
        }
        Provenance::Rows { of, .. } => {
            for set in of {
                withhold(Place::sheet(set.file.as_ref(), set.sheet.as_ref()));
                set.rows = None;
            }
        }
        Provenance::Derived { .. } => {}
    }
}
