//! How unequal the districts are, and how many moved which way.
//!
//! Formula: 差异系数 CV = S / X̄ with S = √Σ (Pᵢ/P)·(xᵢ − X̄)², weighted by pupils Pᵢ, and X̄ the whole's own ratio of sums.
//! Source: 教督〔2017〕6号. Degenerate cases: no districts, weights that sum to 0 or X̄ = 0 give no value; one district gives 0.

use std::collections::{BTreeMap, BTreeSet};

use super::{Questions, total::total};
use crate::model::{AreaKind, Dataset, Formula, Id, Indicator, IndicatorValue, Period, Status, Term, Text, Way};

pub fn disparities(values: &mut Vec<IndicatorValue>, dataset: &Dataset, questions: &Questions) {
    let Some(whole) = questions.book.areas.whole() else { return };
    let mut found = Vec::new();
    for indicator in questions.indicators {
        let (of, weighted_by) = match &indicator.formula {
            Formula::Variation { of, weighted_by } => (of, Some(weighted_by)),
            Formula::DistrictsThat { of, .. } => (of, None),
            Formula::Total { .. } | Formula::Ratio { .. } => continue,
        };
        let of_indicator = |value: &&IndicatorValue| value.indicator == *of && value.breakdown.is_empty();
        let periods: BTreeSet<Period> = values.iter().filter(of_indicator).map(|value| value.period).collect();
        for period in periods {
            let is_district = |value: &&IndicatorValue| {
                questions.book.areas.get(&value.area).is_some_and(|area| area.kind == AreaKind::District)
            };
            let districts: Vec<&IndicatorValue> =
                values.iter().filter(of_indicator).filter(|value| value.period == period).filter(is_district).collect();
            let mean = values.iter().filter(of_indicator).find(|value| value.period == period && value.area == whole.code);
            found.extend(match (&indicator.formula, weighted_by, mean) {
                (_, Some(weights), Some(mean)) => Some(spread(indicator, mean, &districts, weights, dataset)),
                (Formula::DistrictsThat { moved, .. }, ..) => count(indicator, &whole.code, period, &districts, *moved),
                _ => None,
            });
        }
    }
    super::change::compare(&mut found, questions.indicators);
    values.extend(found);
}

fn spread(
    indicator: &Indicator,
    mean: &IndicatorValue,
    districts: &[&IndicatorValue],
    weights: &[Term],
    dataset: &Dataset,
) -> IndicatorValue {
    let mut by_area: BTreeMap<&Id, Vec<(u32, f64)>> = BTreeMap::new();
    for (place, row) in dataset.observations.iter().enumerate().filter(|(_, row)| row.period == mean.period) {
        for term in weights.iter().filter(|term| term.measure == row.measure) {
            let within = term.only.iter().all(|(id, members)| row.breakdown.get(id).is_some_and(|code| members.contains(code)));
            if let (true, Some(value)) = (within, row.value) {
                by_area.entry(&row.area).or_default().push((place as u32, if term.minus { -value } else { value }));
            }
        }
    }
    let pairs: Vec<(f64, f64)> = districts
        .iter()
        .filter_map(|district| Some((total(by_area.get(&district.area)?.iter().map(|(_, weight)| *weight)), district.value?)))
        .collect();
    let lacking = districts.len() - pairs.len();
    let mut from: Vec<u32> = mean.from.iter().copied().chain(by_area.values().flatten().map(|(place, _)| *place)).collect();
    from.sort_unstable();
    from.dedup();
    let note = if lacking == 0 {
        Text::default()
    } else {
        Text::new(format!("{lacking} 个区无数据"), format!("{lacking} areas without a value"))
    };
    let status = if lacking == 0 { mean.status } else { mean.status.worse(Status::Provisional) };
    value(indicator, &mean.area, mean.period, mean.value.and_then(|mean| variation(&pairs, mean)), status, note, from)
}

/// Coefficient of variation of weighted values about a given mean.
pub fn variation(pairs: &[(f64, f64)], mean: f64) -> Option<f64> {
    let weight = total(pairs.iter().map(|(weight, _)| *weight));
    if pairs.is_empty() || weight <= 0.0 || mean == 0.0 {
        return None;
    }
    let variance = total(pairs.iter().map(|(share, value)| share / weight * (value - mean).powi(2)));
    Some(variance.sqrt() / mean)
}

fn count(indicator: &Indicator, whole: &Id, period: Period, districts: &[&IndicatorValue], way: Way) -> Option<IndicatorValue> {
    let moves: Vec<f64> = districts.iter().filter_map(|district| district.change.map(|change| change.difference)).collect();
    if moves.is_empty() {
        return None;
    }
    let moved = moves.iter().filter(|difference| match way {
        Way::Fell => **difference < 0.0,
        Way::Rose => **difference > 0.0,
    });
    let lacking = districts.len() - moves.len();
    let note = if lacking == 0 {
        Text::default()
    } else {
        Text::new(format!("{lacking} 个区无法比较"), format!("{lacking} areas cannot be compared"))
    };
    let status = if lacking == 0 { Status::Normal } else { Status::Provisional };
    let mut from: Vec<u32> = districts.iter().flat_map(|district| district.from.iter().copied()).collect();
    from.sort_unstable();
    Some(value(indicator, whole, period, Some(moved.count() as f64), status, note, from))
}

fn value(
    indicator: &Indicator,
    area: &Id,
    period: Period,
    value: Option<f64>,
    status: Status,
    note: Text,
    from: Vec<u32>,
) -> IndicatorValue {
    IndicatorValue {
        indicator: indicator.id.clone(),
        area: area.clone(),
        period,
        breakdown: Default::default(),
        value,
        status: if value.is_none() { Status::Missing } else { status },
        numerator: None,
        denominator: None,
        change: None,
        lacking: status == Status::Provisional,
        note,
        so_far: false,
        from,
        coverage: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked example of 教督〔2017〕6号: pupils of five schools and their books.
    #[test]
    fn the_official_worked_example() {
        let (pupils, books) = ([45.0, 37.0, 89.0, 76.0, 55.0], [279.0, 137.0, 935.0, 160.0, 402.0]);
        let mean = total(books) / total(pupils);
        assert!((mean - 6.334).abs() < 5e-4);
        let pairs: Vec<(f64, f64)> = pupils.iter().zip(books).map(|(&pupils, books)| (pupils, books / pupils)).collect();
        assert!((variation(&pairs, mean).unwrap() - 0.5153).abs() < 5e-5);
        let unweighted: Vec<(f64, f64)> = pairs.iter().map(|&(_, each)| (1.0, each)).collect();
        assert!((variation(&unweighted, mean).unwrap() - 0.5153).abs() > 0.02);
    }

    #[test]
    fn degenerate_cases() {
        assert_eq!(variation(&[], 1.0), None);
        assert_eq!(variation(&[(0.0, 3.0)], 3.0), None);
        assert_eq!(variation(&[(2.0, 0.0)], 0.0), None);
        assert_eq!(variation(&[(2.0, 3.0)], 3.0), Some(0.0));
    }
}
