//! Values of the indicators that say how unequal another one is, or how many districts moved.
//!
//! Rule: the units are the districts of the whole, or the members of a dimension (schools) inside each area and over all of them; weights
//! are sums of the pipeline's terms, else the denominators of the ratio itself. Degenerate cases: a unit without value or weight is left
//! out, and the note says how many; where the whole has no value the index has none.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::PolarsResult;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{
    Questions, disparity,
    inequality::{Unit, index},
    rollup::Sums,
    years::with_years,
};
use crate::model::{
    AreaKind, Formula, Id, Indicator, IndicatorValue, OverYear, Period, Status, Term, Text, Way, at_least, printed,
};

/// The values of all such indicators, in the order in which they are listed: a composite may name only those before it.
pub fn spreads(values: &mut Vec<IndicatorValue>, sums: &Sums, questions: &Questions) -> PolarsResult<()> {
    let mut found: Vec<IndicatorValue> = Vec::new();
    let is_mean = |indicator: &&Indicator| matches!(indicator.formula, Formula::Composite { .. });
    let (composites, single): (Vec<&Indicator>, Vec<&Indicator>) = questions.indicators.iter().partition(is_mean);
    let of_indicator = |indicator: &&Indicator| match &indicator.formula {
        Formula::Inequality { .. } => inequality(indicator, values, sums, questions),
        Formula::DistrictsThat { moved, of, at_least } => Ok(counts(indicator, of, (*moved, *at_least), values, questions)),
        _ => Ok(Vec::new()),
    };
    let made = single.par_iter().map(of_indicator).collect::<PolarsResult<Vec<_>>>()?;
    found.extend(made.into_iter().flatten());
    for indicator in composites {
        found.extend(composite(indicator, &found));
    }
    for value in &mut found {
        let line = questions
            .indicators
            .iter()
            .find(|indicator| indicator.id == value.indicator)
            .and_then(|indicator| indicator.line.as_ref());
        if let (Some(line), Some(number)) = (line, value.value) {
            let is_within = at_least(line.at_most, number);
            let (zh, en) = if is_within { ("不超过", "within") } else { ("超过", "above") };
            let at = printed(line.at_most, 2);
            value.note =
                Text::new(format!("{zh} {at}（{}）", line.source.zh), format!("{en} {at} ({})", line.source.en)).and(&value.note);
        }
    }
    super::change::compare(&mut found, questions.indicators);
    let place = |value: &IndicatorValue| questions.indicators.iter().position(|indicator| indicator.id == value.indicator);
    found.sort_by_cached_key(|value| (place(value), value.period, questions.book.areas.order(&value.area)));
    values.extend(found);
    Ok(())
}

type At<'a> = (&'a Id, Period);

fn inequality(
    indicator: &Indicator,
    values: &[IndicatorValue],
    sums: &Sums,
    questions: &Questions,
) -> PolarsResult<Vec<IndicatorValue>> {
    let Formula::Inequality { index: kind, of, weighted_by, ranked_by, across } = &indicator.formula else {
        return Ok(Vec::new());
    };
    let Some(measured) = questions.indicator(of) else { return Ok(Vec::new()) };
    let grouping: Vec<Id> = across.iter().cloned().collect();
    let inner = if across.is_some() { with_years(sums.values(measured, &grouping)?, questions) } else { Vec::new() };
    let weights = with_years(sums.values(&weight_of(measured, weighted_by), &grouping)?, questions);
    let weights: FxHashMap<(At, Option<&Id>), &IndicatorValue> =
        weights.iter().map(|value| (((&value.area, value.period), member(value, across)), value)).collect();

    let totals = values.iter().filter(|value| value.indicator == *of && value.breakdown.is_empty());
    let units = if across.is_some() { inner.iter().collect() } else { totals.clone().collect::<Vec<_>>() };
    let mut units_at: BTreeMap<Period, Vec<&IndicatorValue>> = BTreeMap::new();
    let is_unit = |value: &&&IndicatorValue| match questions.book.areas.get(&value.area).map(|area| area.kind) {
        Some(AreaKind::District) => true,
        Some(AreaKind::Other) => across.is_some(),
        _ => false,
    };
    units.iter().filter(is_unit).for_each(|value| units_at.entry(value.period).or_default().push(value));
    let ranks: FxHashMap<At, f64> = values
        .iter()
        .filter(|value| ranked_by.as_ref() == Some(&value.indicator) && value.breakdown.is_empty())
        .filter_map(|value| Some(((&value.area, value.period), value.value?)))
        .collect();

    let whole = questions.book.areas.whole().map(|whole| &whole.code);
    let mut found = Vec::new();
    for total in totals.filter(|total| across.is_some() || Some(&total.area) == whole) {
        let is_inside = |unit: &&&IndicatorValue| Some(&total.area) == whole || unit.area == total.area;
        let inside: Vec<&IndicatorValue> = units_at.get(&total.period).into_iter().flatten().filter(is_inside).copied().collect();
        let mut from: BTreeSet<u32> = total.from.iter().copied().collect();
        let mut made = Vec::new();
        for value in &inside {
            let at = (&value.area, value.period);
            let weight = weights.get(&(at, member(value, across)));
            let rank = if ranked_by.is_some() { ranks.get(&at).copied() } else { Some(0.0) };
            let (Some(number), Some(weight), Some(rank)) = (value.value, weight, rank) else { continue };
            let Some(heavy) = weight.value else { continue };
            from.extend(value.from.iter().chain(&weight.from));
            made.push(Unit { weight: heavy, value: number, rank, group: questions.book.areas.order(&value.area) });
        }
        // Where nothing can be weighed or ranked there is nothing to say.
        if made.is_empty() {
            continue;
        }
        // The whole's ratio is the mean of the areas'. The whole's sum is not: of sums the mean is that of the units themselves.
        let mean = total.value.filter(|_| matches!(measured.formula, Formula::Ratio { .. }));
        let number = total.value.and_then(|_| index(*kind, &made, mean));
        found.push(said(indicator, total, number, inside.len() - made.len(), across.is_some(), from));
    }
    Ok(found)
}

fn member<'a>(value: &'a IndicatorValue, across: &Option<Id>) -> Option<&'a Id> {
    across.as_ref().and_then(|dimension| value.breakdown.get(dimension))
}

/// The sum that units are weighted by, as an indicator that nobody publishes.
fn weight_of(measured: &Indicator, weighted_by: &[Term]) -> Indicator {
    let of = match (&measured.formula, weighted_by) {
        (Formula::Ratio { to, .. }, []) => to.clone(),
        (_, terms) => terms.to_vec(),
    };
    Indicator { formula: Formula::Total { of }, over_year: measured.over_year.map(|_| OverYear::Last), ..measured.clone() }
}

fn said(
    indicator: &Indicator,
    total: &IndicatorValue,
    value: Option<f64>,
    lacking: usize,
    of_members: bool,
    from: BTreeSet<u32>,
) -> IndicatorValue {
    let (zh, en) = if of_members { ("个单位", "units") } else { ("个区", "areas") };
    let note = match lacking {
        0 => Text::default(),
        _ => Text::new(format!("{lacking} {zh}无数据"), format!("{lacking} {en} without a value")),
    };
    let status = match (value, lacking) {
        (None, _) => Status::Missing,
        (Some(_), 0) => total.status,
        // Schools that give nothing are left out; that a district is, makes the city's figure provisional.
        (Some(_), _) if of_members => total.status,
        (Some(_), _) => total.status.worse(Status::Provisional),
    };
    IndicatorValue {
        indicator: indicator.id.clone(),
        breakdown: Default::default(),
        value,
        status,
        numerator: None,
        denominator: None,
        change: None,
        lacking: total.lacking || (lacking > 0 && !of_members),
        note,
        from: from.into_iter().collect(),
        ..bare(total)
    }
}

/// A value's place, without what was found out about it.
fn bare(value: &IndicatorValue) -> IndicatorValue {
    IndicatorValue { interval: None, control: None, trend: None, from: Vec::new(), ..value.clone() }
}

fn counts(
    indicator: &Indicator,
    of: &Id,
    (way, at_least): (Way, f64),
    values: &[IndicatorValue],
    questions: &Questions,
) -> Vec<IndicatorValue> {
    let areas = &questions.book.areas;
    let Some(whole) = areas.whole() else { return Vec::new() };
    let mut by_period: BTreeMap<Period, Vec<&IndicatorValue>> = BTreeMap::new();
    let is_district = |value: &&IndicatorValue| areas.get(&value.area).is_some_and(|area| area.kind == AreaKind::District);
    let of_indicator = |value: &&IndicatorValue| value.indicator == *of && value.breakdown.is_empty();
    values
        .iter()
        .filter(of_indicator)
        .filter(is_district)
        .for_each(|value| by_period.entry(value.period).or_default().push(value));
    let mut found = Vec::new();
    for (period, districts) in &by_period {
        let moves: Vec<f64> = districts.iter().filter_map(|district| district.change.map(|change| change.difference)).collect();
        let Some(first) = districts.first().filter(|_| !moves.is_empty()) else { continue };
        let far = |difference: f64| if at_least > 0.0 { crate::model::at_least(difference, at_least) } else { difference > 0.0 };
        let moved = moves.iter().filter(|difference| match way {
            Way::Fell => far(-**difference),
            Way::Rose => far(**difference),
        });
        let lacking = districts.len() - moves.len();
        let note = match lacking {
            0 => Text::default(),
            _ => Text::new(format!("{lacking} 个区无法比较"), format!("{lacking} areas cannot be compared")),
        };
        // A move is made of two values.
        let earlier = by_period.get(&period.previous()).into_iter().flatten().filter(|value| value.value.is_some());
        let from: BTreeSet<u32> = districts.iter().chain(earlier).flat_map(|value| value.from.iter().copied()).collect();
        // It is as sure as the least sure of those that are looked at.
        let compared = districts.iter().filter(|district| district.change.is_some());
        let status = compared.map(|district| district.status).fold(Status::Normal, Status::worse);
        found.push(IndicatorValue {
            indicator: indicator.id.clone(),
            area: whole.code.clone(),
            value: Some(moved.count() as f64),
            status: if lacking == 0 { status } else { status.worse(Status::Provisional) },
            numerator: None,
            denominator: None,
            change: None,
            lacking: lacking > 0,
            so_far: false,
            note,
            from: from.into_iter().collect(),
            ..bare(first)
        });
    }
    found
}

/// The plain mean of the variations of one area and period; none where one of them has no value.
fn composite(indicator: &Indicator, found: &[IndicatorValue]) -> Vec<IndicatorValue> {
    let Formula::Composite { of } = &indicator.formula else { return Vec::new() };
    let mut by_place: BTreeMap<(&Id, Period), Vec<&IndicatorValue>> = BTreeMap::new();
    let parts = found.iter().filter(|value| of.contains(&value.indicator));
    parts.for_each(|value| by_place.entry((&value.area, value.period)).or_default().push(value));
    let made = by_place.into_values().filter_map(|parts| {
        let first = parts.first().filter(|_| parts.len() == of.len())?;
        let numbers: Vec<f64> = parts.iter().filter_map(|part| part.value).collect();
        let is_whole = numbers.len() == of.len();
        let note = match is_whole {
            true => Text::new(format!("{} 项差异系数的平均", of.len()), format!("mean of {} variations", of.len())),
            false => Text::new(
                format!("{} 项差异系数中缺 {} 项", of.len(), of.len() - numbers.len()),
                format!("{} of {} variations have no value", of.len() - numbers.len(), of.len()),
            ),
        };
        let from: BTreeSet<u32> = parts.iter().flat_map(|part| part.from.iter().copied()).collect();
        let status = parts.iter().map(|part| part.status).reduce(Status::worse).unwrap_or(Status::Normal);
        Some(IndicatorValue {
            indicator: indicator.id.clone(),
            value: is_whole.then(|| disparity::composite(&numbers)).flatten(),
            status: if is_whole { status } else { Status::Missing },
            change: None,
            lacking: parts.iter().any(|part| part.lacking),
            note,
            from: from.into_iter().collect(),
            ..bare(first)
        })
    });
    made.collect()
}
