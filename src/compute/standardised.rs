//! The ratio an area would have with the standard's mix of grades and sexes.
//!
//! Formula: Σ wₛ·yₛ/nₛ / Σ wₛ over the strata s, w the standard's weights. Interval at 95 %: of proportions ± z·√(Σ wₛ²·pₛ(1 − pₛ)/nₛ) /
//! Σ wₛ; of rates of events Dobson's, which stretches Byar's limits of all events to the variance Σ wₛ²·yₛ/nₛ². Source: Fleiss, Levin and
//! Paik 2003, 19; Dobson et al. 1991 as in PHEindicatormethods. Degenerate cases: a stratum without a denominator has no ratio: its weight
//! is left out, and what share of the standard that is, is said; so is that of a stratum whose figures are missing, and the rate lacks it;
//! where all of it is left out, or weights sum to 0, there is none; without variance there is no interval.

use std::collections::BTreeMap;

use polars::prelude::PolarsResult;
use rustc_hash::FxHashMap;

use super::{Questions, before::Before, chance::Z_95, interval::events, proportions::Counts, rollup::Sums, total::total};
use crate::model::{
    Breakdown, Dataset, Formula, Id, Indicator, IndicatorValue, Interval, Method, Period, RatioKind, Standard, Status, Text,
    are_equal, printed,
};

/// A ratio standardised, before it is multiplied by `per`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standardised {
    pub ratio: f64,
    /// Limits of the ratio at 95 %.
    pub limits: Option<(f64, f64)>,
    /// The share of the standard that stands in strata that are empty here.
    pub left_out: f64,
}

/// Strata with their weights in the standard.
pub fn standardise(strata: &[(f64, Counts)], kind: RatioKind) -> Option<Standardised> {
    let full = || strata.iter().filter(|(_, counts)| counts.whole > 0.0);
    let (all, weight) = (total(strata.iter().map(|(weight, _)| *weight)), total(full().map(|(weight, _)| *weight)));
    if weight <= 0.0 {
        return None;
    }
    let ratio = total(full().map(|(weight, counts)| weight * counts.part / counts.whole)) / weight;
    let variance_of =
        |of: fn(&Counts) -> f64| total(full().map(|(weight, counts)| weight * weight * of(counts))) / (weight * weight);
    let limits = match kind {
        RatioKind::Proportion => {
            let variance = variance_of(|counts| {
                let share = counts.part / counts.whole;
                share * (1.0 - share) / counts.whole
            });
            let spread = Z_95 * variance.sqrt();
            (variance > 0.0).then(|| ((ratio - spread).max(0.0), (ratio + spread).min(1.0)))
        }
        RatioKind::Events => {
            let variance = variance_of(|counts| counts.part / (counts.whole * counts.whole));
            let count = total(full().map(|(_, counts)| counts.part));
            events(count, Z_95).filter(|_| variance > 0.0).map(|(lower, upper, _)| {
                let stretch = (variance / count).sqrt();
                (ratio + stretch * (lower - count), ratio + stretch * (upper - count))
            })
        }
        RatioKind::Quotient => None,
    };
    Some(Standardised { ratio, limits, left_out: (all - weight) / all })
}

/// The values of the standardised indicators, with all that they are made of: what is withheld afterwards may stand among it.
#[derive(Default)]
pub struct Rates {
    rates: Vec<Rate>,
    strata: Vec<IndicatorValue>,
}

struct Rate {
    value: IndicatorValue,
    /// The place of the crude one among the values that are known.
    crude: usize,
    /// Places of its strata.
    strata: Vec<usize>,
    /// Places of the strata of which the denominators are its standard, and what these count.
    standard: Vec<usize>,
    counted: Vec<Id>,
}

/// The standardised ratios beside the crude ones that are known.
pub fn rates(known: &[IndicatorValue], sums: &Sums, questions: &Questions) -> PolarsResult<Rates> {
    let mut found = Rates::default();
    for indicator in questions.indicators {
        let Formula::Standardised { of, by, standard } = &indicator.formula else { continue };
        let Some(crude) = questions.indicator(of) else { continue };
        let Formula::Ratio { per, kind, to, .. } = &crude.formula else { continue };
        let first = found.strata.len();
        found.strata.extend(sums.values(crude, by)?);
        let strata = &found.strata;
        let mut by_area: BTreeMap<(&Id, Period), Vec<usize>> = BTreeMap::new();
        let places = first..strata.len();
        places.for_each(|place| by_area.entry((&strata[place].area, strata[place].period)).or_default().push(place));
        let whole = questions.book.areas.whole().map(|whole| &whole.code);
        let of_crude = |(_, value): &(usize, &IndicatorValue)| {
            value.indicator == crude.id && value.breakdown.is_empty() && value.value.is_some()
        };
        for (place, value) in known.iter().enumerate().filter(of_crude) {
            let of_area = by_area.get(&(&value.area, value.period)).map(Vec::as_slice).unwrap_or_default();
            let (of_standard, weights): (&[usize], Vec<(Breakdown, f64)>) = match standard {
                Standard::Weights(list) => {
                    (&[], list.iter().map(|(members, weight)| (breakdown(by, members), *weight)).collect())
                }
                Standard::Whole(year) => {
                    let at = in_year(value.period, *year);
                    let of_whole = whole.and_then(|whole| by_area.get(&(whole, at))).map(Vec::as_slice).unwrap_or_default();
                    let weight = |&place: &usize| Some((strata[place].breakdown.clone(), strata[place].denominator?));
                    (of_whole, of_whole.iter().filter_map(weight).collect())
                }
            };
            let own: Vec<&IndicatorValue> = of_area.iter().map(|&place| &strata[place]).collect();
            let has_weight = |place: &usize| weights.iter().any(|(stratum, _)| *stratum == strata[*place].breakdown);
            found.rates.push(Rate {
                value: one(indicator, value, &own, &weights, *per, *kind),
                crude: place,
                strata: of_area.iter().copied().filter(has_weight).collect(),
                standard: of_standard.to_vec(),
                counted: to.iter().map(|term| term.measure.clone()).collect(),
            });
        }
    }
    Ok(found)
}

impl Rates {
    /// Where nothing is withheld.
    pub fn all(self) -> Vec<IndicatorValue> {
        self.rates.into_iter().map(|rate| rate.value).collect()
    }

    /// What is left of them once figures have been withheld from the values and the dataset. A rate is shown where all that goes
    /// into it is known to everybody; else it would say something of what is withheld, and of a single count just how large it is.
    pub fn shown(self, values: &[IndicatorValue], dataset: &Dataset, because: &Text) -> Vec<IndicatorValue> {
        let published = Before::new(values);
        let hides = |place: usize, counts: &dyn Fn(&Id) -> bool| {
            let stratum = &self.strata[place];
            let rows = stratum.from.iter().filter_map(|&row| dataset.observations.get(row as usize));
            let mut hidden = rows.filter(|row| row.status == Status::Suppressed && counts(&row.measure));
            published.place(stratum, stratum.period).is_none() && hidden.next().is_some()
        };
        let is_shown = |rate: &Rate| {
            values[rate.crude].value.is_some()
                && !rate.strata.iter().any(|&place| hides(place, &|_| true))
                && !rate.standard.iter().any(|&place| hides(place, &|measure| rate.counted.contains(measure)))
        };
        let shown: Vec<bool> = self.rates.iter().map(is_shown).collect();
        let withheld =
            |value| IndicatorValue { value: None, status: Status::Suppressed, note: because.clone(), interval: None, ..value };
        let rates = self.rates.into_iter().zip(shown);
        rates.map(|(rate, is_shown)| if is_shown { rate.value } else { withheld(rate.value) }).collect()
    }
}

fn breakdown(by: &[Id], members: &[Id]) -> Breakdown {
    by.iter().cloned().zip(members.iter().cloned()).collect()
}

/// The same part of another year.
fn in_year(period: Period, year: i16) -> Period {
    match period {
        Period::Year(_) => Period::Year(year),
        Period::SchoolYear(_) => Period::SchoolYear(year),
        Period::Semester(_, part) => Period::Semester(year, part),
        Period::Quarter(_, part) => Period::Quarter(year, part),
        Period::Month(_, part) => Period::Month(year, part),
    }
}

fn one(
    indicator: &Indicator,
    crude: &IndicatorValue,
    strata: &[&IndicatorValue],
    weights: &[(Breakdown, f64)],
    per: f64,
    kind: RatioKind,
) -> IndicatorValue {
    let own: FxHashMap<&Breakdown, Counts> = strata
        .iter()
        .filter_map(|stratum| Some((&stratum.breakdown, Counts { part: stratum.numerator?, whole: stratum.denominator? })))
        .collect();
    let empty = Counts { part: 0.0, whole: 0.0 };
    let weighted: Vec<(f64, Counts)> =
        weights.iter().map(|(breakdown, weight)| (*weight, own.get(breakdown).copied().unwrap_or(empty))).collect();
    let found = standardise(&weighted, kind);
    let all = total(weights.iter().map(|(_, weight)| *weight));
    let is_missing = |breakdown: &Breakdown| {
        let unknown = |stratum: &&&IndicatorValue| stratum.value.is_none() && stratum.status != Status::NotApplicable;
        strata.iter().filter(unknown).any(|stratum| stratum.breakdown == *breakdown)
    };
    let missing = total(weights.iter().filter(|(breakdown, _)| is_missing(breakdown)).map(|(_, weight)| *weight)) / all;
    let mut note = Text::default();
    let mut status = crude.status;
    match &found {
        None => {
            note = Text::new("没有标准人口或分层数据，不能标准化", "no standard population or no strata to standardise by");
            status = Status::Missing;
        }
        Some(found) => {
            if let Some(number) = crude.value {
                let crude = printed(number, indicator.decimals);
                note = Text::new(format!("粗率 {crude}"), format!("crude {crude}"));
            }
            if missing > 0.0 {
                let share = printed(missing * 100.0, 2);
                note = note.and(&Text::new(
                    format!("标准人口的 {share}% 所在分层缺数据，已略去"),
                    format!("strata of {share} % of the standard have no figures and are left out"),
                ));
                status = status.worse(Status::Provisional);
            }
            if !are_equal(found.left_out, missing) {
                let share = printed((found.left_out - missing) * 100.0, 2);
                note = note.and(&Text::new(
                    format!("标准人口的 {share}% 所在分层此处无人，已略去"),
                    format!("strata of {share} % of the standard are empty here and left out"),
                ));
                status = status.worse(Status::Provisional);
            }
        }
    }
    let limits = found.and_then(|found| found.limits);
    IndicatorValue {
        indicator: indicator.id.clone(),
        value: found.map(|found| found.ratio * per),
        status,
        numerator: None,
        denominator: None,
        note: note.and(&crude.note),
        lacking: crude.lacking || missing > 0.0,
        interval: limits.map(|(lower, upper)| Interval { lower: lower * per, upper: upper * per, method: Method::Standardised }),
        ..crude.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(part: f64, whole: f64) -> Counts {
        Counts { part, whole }
    }

    #[test]
    fn older_pupils_do_not_make_a_standardised_rate() {
        let young = standardise(&[(1.0, of(20.0, 100.0)), (1.0, of(30.0, 50.0))], RatioKind::Proportion).unwrap();
        let old = standardise(&[(1.0, of(10.0, 50.0)), (1.0, of(90.0, 150.0))], RatioKind::Proportion).unwrap();
        assert!((young.ratio - 0.4).abs() < 1e-15 && (old.ratio - 0.4).abs() < 1e-15);
        assert!(young.limits.unwrap().0 < 0.4);
    }

    #[test]
    fn empty_strata_are_left_out_and_said() {
        let found = standardise(&[(3.0, of(1.0, 2.0)), (1.0, of(0.0, 0.0))], RatioKind::Proportion).unwrap();
        assert_eq!((found.ratio, found.left_out), (0.5, 0.25));
        assert_eq!(standardise(&[(0.0, of(1.0, 2.0))], RatioKind::Proportion), None);
        assert_eq!(standardise(&[], RatioKind::Proportion), None);
        assert_eq!(standardise(&[(1.0, of(0.0, 2.0))], RatioKind::Proportion).unwrap().limits, None);
        assert_eq!(standardise(&[(1.0, of(1.0, 2.0))], RatioKind::Quotient).unwrap().limits, None);
    }

    proptest::proptest! {
        #[test]
        fn weights_in_proportion_to_ones_own_give_the_crude_rate(strata in proptest::collection::vec((0u32..100, 1u32..100), 1..12)) {
            let strata: Vec<Counts> = strata.iter().map(|&(a, b)| of(f64::from(a), f64::from(a + b))).collect();
            let weighted: Vec<(f64, Counts)> = strata.iter().map(|counts| (3.0 * counts.whole, *counts)).collect();
            let crude = strata.iter().map(|counts| counts.part).sum::<f64>() / strata.iter().map(|counts| counts.whole).sum::<f64>();
            assert!((standardise(&weighted, RatioKind::Proportion).unwrap().ratio - crude).abs() < 1e-12);
        }

        #[test]
        fn equal_weights_give_the_plain_mean(strata in proptest::collection::vec((0u32..100, 1u32..100), 1..12)) {
            let weighted: Vec<(f64, Counts)> = strata.iter().map(|&(a, b)| (2.5, of(f64::from(a), f64::from(a + b)))).collect();
            let mean = weighted.iter().map(|(_, counts)| counts.part / counts.whole).sum::<f64>() / weighted.len() as f64;
            assert!((standardise(&weighted, RatioKind::Proportion).unwrap().ratio - mean).abs() < 1e-12);
        }
    }
}
