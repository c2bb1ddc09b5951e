//! What a change of the whole's ratio is made of: who the whole is made up of, and what each part does.
//!
//! Formula, with w a part's share of the denominator and r its ratio: composition Σ(w₁ − w₀)·(r̄ − R̄), within Σ w̄·(r₁ − r₀), bars the means
//! of before and now. The shares add up to 1 both times, so R̄ takes nothing from the sum and lets a part that grows count by how far
//! it is from the whole. The two sum to the change exactly, up to binary fractions. Source: Kitagawa 1955, J. Am. Stat. Assoc. 50:
//! 1168–1194. Degenerate cases: a whole without denominator gives none; a part that is there only once keeps its ratio, and all it adds
//! is composition; a part that is never there adds nothing.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::PolarsResult;
use rustc_hash::FxHashMap;

use super::{Questions, proportions::Counts, rollup::Sums, total::total, years::with_years};
use crate::model::{
    Area, Breakdown, Comparison, Contribution, Decomposition, Formula, Id, Indicator, IndicatorValue, Period, Text, are_equal,
};

/// What a part adds to the change, in the unit of `per`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    pub composition: f64,
    pub within: f64,
}

/// The parts before and now, to what each adds.
pub fn decompose(parts: &[(Counts, Counts)], per: f64) -> Option<Vec<Part>> {
    let sum = |of: &dyn Fn(&(Counts, Counts)) -> f64| total(parts.iter().map(of));
    let (whole_before, whole) = (sum(&|(before, _)| before.whole), sum(&|(_, now)| now.whole));
    if whole_before <= 0.0 || whole <= 0.0 {
        return None;
    }
    let middle = (sum(&|(before, _)| before.part) / whole_before + sum(&|(_, now)| now.part) / whole) / 2.0;
    let ratio = |counts: &Counts| (counts.whole != 0.0).then(|| counts.part / counts.whole);
    let part = |(before, now): &(Counts, Counts)| {
        let (was, is) = (ratio(before).or(ratio(now)).unwrap_or(middle), ratio(now).or(ratio(before)).unwrap_or(middle));
        let (weight_before, weight) = (before.whole / whole_before, now.whole / whole);
        Part {
            composition: per * (weight - weight_before) * ((was + is) / 2.0 - middle),
            within: per * (weight + weight_before) / 2.0 * (is - was),
        }
    };
    Some(parts.iter().map(part).collect())
}

/// Takes apart what the pipeline asks for; a comparison that cannot be is told so in its note.
pub fn decompositions(
    values: &[IndicatorValue],
    comparisons: &mut [Comparison],
    sums: &Sums,
    questions: &Questions,
) -> PolarsResult<Vec<Decomposition>> {
    let mut found = Vec::new();
    let Some(whole) = questions.book.areas.whole() else { return Ok(found) };
    for indicator in questions.indicators {
        for by in &indicator.decompose {
            let inner = match by.is_empty() {
                true => Vec::new(),
                false => with_years(sums.values(indicator, by)?, questions),
            };
            let parts = Parts::new(if by.is_empty() { values } else { &inner }, indicator, by, whole, questions);
            for comparison in comparisons.iter_mut().filter(|comparison| comparison.difference.is_some()) {
                let (now, before) = (&values[comparison.value], comparison.base.map(|base| &values[base]));
                let is_asked = now.indicator == indicator.id && now.area == whole.code && now.breakdown.is_empty();
                let Some(before) = before.filter(|_| is_asked) else { continue };
                match parts.take_apart(indicator, by, now, before) {
                    Some(taken) => found.push(taken),
                    None => comparison.note = comparison.note.and(&not_all(by, questions)),
                }
            }
        }
    }
    Ok(found)
}

fn not_all(by: &[Id], questions: &Questions) -> Text {
    let names = |zh: bool| {
        let name =
            |id: &Id| questions.book.dimension(id).map_or_else(|| Text::same(id.as_ref()), |dimension| dimension.name.clone());
        by.iter().map(|id| if zh { name(id).zh } else { name(id).en }).collect::<Vec<_>>().join("×")
    };
    match by.is_empty() {
        true => Text::new("各地区之和与合计不符，不分解", "areas do not add up to the whole, so it is not taken apart by area"),
        false => Text::new(
            format!("按{}之和与合计不符，不分解", names(true)),
            format!("parts by {} do not add up to the whole, so it is not taken apart by them", names(false)),
        ),
    }
}

type Name = (Option<Id>, Breakdown);

/// The values of the parts, by period and by what they are.
struct Parts<'a> {
    by_period: FxHashMap<Period, BTreeMap<(usize, Name), &'a IndicatorValue>>,
}

impl<'a> Parts<'a> {
    fn new(values: &'a [IndicatorValue], indicator: &Indicator, by: &[Id], whole: &Area, questions: &Questions) -> Self {
        let areas = &questions.book.areas;
        let is_part = |value: &&IndicatorValue| match by.is_empty() {
            true => {
                value.breakdown.is_empty() && areas.get(&value.area).is_some_and(|area| area.parent.as_ref() == Some(&whole.code))
            }
            false => value.area == whole.code,
        };
        let mut by_period: FxHashMap<Period, BTreeMap<(usize, Name), &IndicatorValue>> = FxHashMap::default();
        for value in values.iter().filter(|value| value.indicator == indicator.id).filter(is_part) {
            let name = (by.is_empty().then(|| value.area.clone()), value.breakdown.clone());
            let order = if by.is_empty() { areas.order(&value.area) } else { order(&value.breakdown, by, questions) };
            by_period.entry(value.period).or_default().insert((order, name), value);
        }
        Parts { by_period }
    }

    fn take_apart(
        &self,
        indicator: &Indicator,
        by: &[Id],
        now: &IndicatorValue,
        before: &IndicatorValue,
    ) -> Option<Decomposition> {
        let Formula::Ratio { per, .. } = indicator.formula else { return None };
        let (of_now, of_before) = (self.by_period.get(&now.period)?, self.by_period.get(&before.period)?);
        let names: BTreeSet<&(usize, Name)> = of_now.keys().chain(of_before.keys()).collect();
        let counts = |value: Option<&&IndicatorValue>| Counts {
            part: value.and_then(|value| value.numerator).unwrap_or(0.0),
            whole: value.and_then(|value| value.denominator).unwrap_or(0.0),
        };
        let pairs: Vec<(Counts, Counts)> =
            names.iter().map(|name| (counts(of_before.get(*name)), counts(of_now.get(*name)))).collect();
        let adds_up = |whole: &IndicatorValue, at: fn(&(Counts, Counts)) -> Counts| {
            let near = |sum: f64, of: Option<f64>| of.is_some_and(|of| are_equal(sum, of));
            near(total(pairs.iter().map(|pair| at(pair).part)), whole.numerator)
                && near(total(pairs.iter().map(|pair| at(pair).whole)), whole.denominator)
        };
        if !adds_up(before, |pair| pair.0) || !adds_up(now, |pair| pair.1) {
            return None;
        }
        let taken = decompose(&pairs, per)?;
        let (whole_before, whole) = (before.denominator?, now.denominator?);
        let ratio = |counts: Counts| (counts.whole != 0.0).then(|| counts.part * per / counts.whole);
        let parts = names.iter().zip(&pairs).zip(&taken).map(|((name, (was, is)), part)| {
            let rows = [of_before.get(*name), of_now.get(*name)].into_iter().flatten();
            let mut from: Vec<u32> = rows.flat_map(|value| value.from.iter().copied()).collect();
            from.sort_unstable();
            from.dedup();
            Contribution {
                area: name.1.0.clone(),
                breakdown: name.1.1.clone(),
                weight_before: was.whole / whole_before,
                weight: is.whole / whole,
                ratio_before: ratio(*was),
                ratio: ratio(*is),
                composition: part.composition,
                within: part.within,
                from,
            }
        });
        Some(Decomposition {
            indicator: indicator.id.clone(),
            area: now.area.clone(),
            period: now.period,
            with: before.period,
            by: by.to_vec(),
            composition: total(taken.iter().map(|part| part.composition)),
            within: total(taken.iter().map(|part| part.within)),
            parts: parts.collect(),
        })
    }
}

/// The place of members in the order of their lists: of the first dimension, then of the next.
fn order(breakdown: &Breakdown, by: &[Id], questions: &Questions) -> usize {
    let place = |id: &Id| {
        let dimension = questions.book.dimension(id)?;
        Some((dimension.members.len() + 1, dimension.order(breakdown.get(id)?).min(dimension.members.len())))
    };
    by.iter().filter_map(place).fold(0, |order, (size, place)| order * size + place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(part: f64, whole: f64) -> Counts {
        Counts { part, whole }
    }

    #[test]
    fn older_pupils_raise_the_rate_though_no_grade_does() {
        let parts = decompose(&[(of(20.0, 100.0), of(10.0, 50.0)), (of(60.0, 100.0), of(90.0, 150.0))], 100.0).unwrap();
        let (composition, within) =
            (parts.iter().map(|part| part.composition).sum::<f64>(), parts.iter().map(|part| part.within).sum::<f64>());
        assert!((composition - 10.0).abs() < 1e-12 && within.abs() < 1e-12);
    }

    #[test]
    fn what_comes_or_goes_is_composition() {
        let parts = decompose(&[(of(20.0, 100.0), of(20.0, 100.0)), (of(0.0, 0.0), of(60.0, 100.0))], 100.0).unwrap();
        assert!(parts.iter().all(|part| part.within == 0.0));
        assert!((parts.iter().map(|part| part.composition).sum::<f64>() - 20.0).abs() < 1e-12);
        assert_eq!(decompose(&[], 1.0), None);
        assert_eq!(decompose(&[(of(0.0, 0.0), of(1.0, 2.0))], 1.0), None);
    }

    proptest::proptest! {
        #[test]
        fn the_parts_sum_to_the_change(counts in proptest::collection::vec((0u32..100, 0u32..100, 0u32..100, 0u32..100), 1..12)) {
            let parts: Vec<(Counts, Counts)> = counts
                .iter()
                .map(|&(a, b, c, d)| (of(f64::from(a), f64::from(a + b)), of(f64::from(c), f64::from(c + d))))
                .collect();
            let Some(taken) = decompose(&parts, 100.0) else { return Ok(()) };
            let rate = |at: fn(&(Counts, Counts)) -> Counts| {
                100.0 * parts.iter().map(|pair| at(pair).part).sum::<f64>() / parts.iter().map(|pair| at(pair).whole).sum::<f64>()
            };
            let change = rate(|pair| pair.1) - rate(|pair| pair.0);
            let sum: f64 = taken.iter().map(|part| part.composition + part.within).sum();
            assert!((sum - change).abs() < 1e-9, "{sum} is not {change}");
        }
    }
}
