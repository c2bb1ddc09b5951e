//! Values against those of other periods: last year's, the same month of last year, a base that stays; with what tests say of it.
//!
//! Formula: value − base in the change unit and (value − base)/|base| × 100; of proportions Cohen's h, Newcombe's interval and the pooled
//! z test, of rates of events their like (`proportions`), Benjamini–Hochberg over the districts (`false_discovery`), and for any ratio
//! with parts the test over districts or schools (`paired`). Screening is close to a census: a p-value says how likely it is that a
//! process with this rate gives such a difference, and the size of the effect says whether it matters. Degenerate cases: nothing is
//! compared across a gap, a break of the series, a value that lacks a part, or with a year that is not over.

use std::{
    collections::BTreeMap,
    mem::{Discriminant, discriminant},
};

use polars::prelude::PolarsResult;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{
    Questions,
    chance::Z_95,
    change,
    false_discovery::q_values,
    paired::{Pair, clustered},
    proportions::{self, Counts, square_and_add},
    rollup::{Sums, places},
    total::total,
    years::over_years,
};
use crate::model::{
    Against, AreaKind, Breakdown, Cluster, Comparison, Formula, Id, Indicator, IndicatorValue, Interval, Method, Period,
    RatioKind, Text,
};

type Key<'a> = (&'a Id, &'a Id, Period, &'a Breakdown);

pub fn comparisons(values: &[IndicatorValue], sums: &Sums, questions: &Questions) -> PolarsResult<Vec<Comparison>> {
    let known: FxHashMap<Key, usize> =
        values.iter().enumerate().map(|(place, value)| (key(value, value.period), place)).collect();
    // Where each series begins, at each grain.
    let mut first: FxHashMap<(&Id, &Id, Discriminant<Period>), Period> = FxHashMap::default();
    for value in values.iter().filter(|value| value.value.is_some()) {
        let entry = first.entry((&value.indicator, &value.area, discriminant(&value.period))).or_insert(value.period);
        *entry = (*entry).min(value.period);
    }
    let places = places(values);
    let of_indicator = |indicator: &Indicator| -> PolarsResult<Vec<Comparison>> {
        let mut found = Vec::new();
        let Some(own) = places.get(&indicator.id).cloned() else { return Ok(found) };
        let clusters = Clusters::new(indicator, &values[own.clone()], sums, questions)?;
        for (place, value) in own.clone().zip(&values[own]).filter(|(_, value)| value.value.is_some()) {
            for &against in indicator.change.iter().filter(|against| !is_said_twice(**against, value.period, indicator)) {
                let Some(with) = against.base(value.period) else { continue };
                let base = known.get(&key(value, with)).copied().filter(|&base| values[base].value.is_some());
                let begins = first.get(&(&value.indicator, &value.area, discriminant(&value.period)));
                let began = begins.is_some_and(|first| *first <= with);
                let bench = Bench { indicator, values, value, clusters: &clusters };
                found.extend(bench.compare(place, base, against, with, began));
            }
        }
        Ok(found)
    };
    let found = questions.indicators.par_iter().map(of_indicator).collect::<PolarsResult<Vec<_>>>()?;
    let mut found: Vec<Comparison> = found.into_iter().flatten().collect();
    found.sort_by_key(|comparison| comparison.value);
    discount(&mut found, values, questions);
    Ok(found)
}

fn key(value: &IndicatorValue, period: Period) -> Key<'_> {
    (&value.indicator, &value.area, period, &value.breakdown)
}

/// Of whole years the year before is the previous one, and so is a base one step back.
fn is_said_twice(against: Against, period: Period, indicator: &Indicator) -> bool {
    let is_previous = against.base(period) == Some(period.previous());
    against != Against::Previous && is_previous && indicator.change.contains(&Against::Previous)
}

struct Bench<'a> {
    indicator: &'a Indicator,
    values: &'a [IndicatorValue],
    value: &'a IndicatorValue,
    clusters: &'a Clusters<'a>,
}

impl Bench<'_> {
    fn compare(&self, place: usize, base: Option<usize>, against: Against, with: Period, began: bool) -> Option<Comparison> {
        let before = base.map(|base| &self.values[base]);
        let why_not = self.why_not(before, with);
        let said = Comparison {
            value: place,
            base,
            against,
            with,
            difference: None,
            relative: None,
            effect_size: None,
            interval: None,
            p_value: None,
            q_value: None,
            cluster: None,
            note: why_not.clone().unwrap_or_default(),
        };
        match (before, why_not) {
            (Some(before), None) => Some(self.with_tests(before, said)),
            // Why there is no change from the period before stands with the value itself.
            _ => (against != Against::Previous && began).then_some(said),
        }
    }

    fn why_not(&self, before: Option<&IndicatorValue>, with: Period) -> Option<Text> {
        if let Some(at) = self.indicator.broken(with, self.value.period) {
            return Some(change::broken(at));
        }
        match before {
            _ if self.value.so_far => Some(Text::new("本年尚未结束，不比较", "the year is not over, so no comparison")),
            _ if self.value.lacking => Some(Text::new("数据不全，不比较", "incomplete, so no comparison")),
            Some(before) if before.lacking => {
                Some(Text::new(format!("{with} 数据不全，不比较"), format!("{with} is incomplete, so no comparison")))
            }
            Some(_) => None,
            None => Some(Text::new(format!("缺 {with} 数据，不计算变化"), format!("no value for {with}, so no change"))),
        }
    }

    fn with_tests(&self, before: &IndicatorValue, said: Comparison) -> Comparison {
        let (Some(was), Some(is)) = (before.value, self.value.value) else { return said };
        let change = change::change(was, is, Some(self.indicator));
        let mut found = Comparison { difference: Some(change.difference), relative: change.relative, ..said };
        let Formula::Ratio { per, kind, .. } = self.indicator.formula else {
            // Standardised ratios have intervals and no counts.
            let limits = |value: &IndicatorValue| Some((value.value?, value.interval.map(|known| (known.lower, known.upper))?));
            let difference = limits(self.value).zip(limits(before)).map(|(now, before)| square_and_add(now, before));
            found.interval = difference.map(|(lower, upper)| Interval { lower, upper, method: Method::SquareAndAdd });
            return found;
        };
        found.cluster = self.clusters.test(self.value, before, kind);
        let (Some(before), Some(now)) = (counts(before), counts(self.value)) else { return found };
        let (limits, method) = match kind {
            RatioKind::Proportion => {
                found.effect_size = proportions::effect_size(now, before);
                found.p_value = proportions::pooled_p(now, before);
                (proportions::newcombe(now, before, Z_95), Method::Newcombe)
            }
            RatioKind::Events => {
                found.p_value = proportions::rates_p(now, before);
                (proportions::rate_difference(now, before, Z_95), Method::SquareAndAdd)
            }
            RatioKind::Quotient => (None, Method::Newcombe),
        };
        found.interval = limits.map(|(lower, upper)| Interval { lower: lower * per, upper: upper * per, method });
        found
    }
}

fn counts(value: &IndicatorValue) -> Option<Counts> {
    Some(Counts { part: value.numerator?, whole: value.denominator? })
}

/// An area, the member of it where it is one, and its sums.
type Part<'a> = (&'a Id, Option<Id>, Counts);

/// What a value is a sum of: the districts of the whole, or the members of a dimension (schools) where the pipeline names one.
struct Clusters<'a> {
    /// By period, and of districts by breakdown, with the area and member that each is.
    parts: FxHashMap<(Period, Breakdown), Vec<Part<'a>>>,
    whole: Option<&'a Id>,
    by_member: bool,
}

impl<'a> Clusters<'a> {
    fn new(indicator: &Indicator, values: &[IndicatorValue], sums: &Sums, questions: &Questions<'a>) -> PolarsResult<Self> {
        let areas = &questions.book.areas;
        let mut clusters = Clusters {
            parts: FxHashMap::default(),
            whole: areas.whole().map(|whole| &whole.code),
            by_member: indicator.clusters.is_some(),
        };
        if !matches!(indicator.formula, Formula::Ratio { .. }) {
            return Ok(clusters);
        }
        let members = match &indicator.clusters {
            None => Vec::new(),
            Some(dimension) => {
                let parts = sums.values(indicator, std::slice::from_ref(dimension))?;
                let years = over_years(&parts, questions.indicators, questions.as_of);
                parts.into_iter().chain(years).collect()
            }
        };
        for value in if clusters.by_member { &members } else { values } {
            let Some(area) = areas.get(&value.area).filter(|area| area.kind != AreaKind::Whole) else { continue };
            let Some(counts) = counts(value) else { continue };
            let member = indicator.clusters.as_ref().and_then(|dimension| value.breakdown.get(dimension).cloned());
            let breakdown = if clusters.by_member { Breakdown::new() } else { value.breakdown.clone() };
            clusters.parts.entry((value.period, breakdown)).or_default().push((&area.code, member, counts));
        }
        Ok(clusters)
    }

    fn test(&self, now: &IndicatorValue, before: &IndicatorValue, kind: RatioKind) -> Option<Cluster> {
        let is_whole = self.whole == Some(&now.area);
        let is_said = if self.by_member { now.breakdown.is_empty() } else { is_whole };
        if !is_said {
            return None;
        }
        let mut pairs: BTreeMap<(&Id, &Option<Id>), Pair> = BTreeMap::new();
        let of = |value: &IndicatorValue| self.parts.get(&(value.period, value.breakdown.clone())).into_iter().flatten();
        let is_part = |area: &Id| is_whole || *area == now.area;
        for (area, member, counts) in of(before).filter(|(area, ..)| is_part(area)) {
            let pair = pairs.entry((area, member)).or_default();
            (pair.numerator_before, pair.denominator_before) = (counts.part, counts.whole);
        }
        for (area, member, counts) in of(now).filter(|(area, ..)| is_part(area)) {
            let pair = pairs.entry((area, member)).or_default();
            (pair.numerator, pair.denominator) = (counts.part, counts.whole);
        }
        let pairs: Vec<Pair> = pairs.into_values().collect();
        // Parts that do not add up to the value say nothing of it.
        let near = |of: fn(&Pair) -> f64, sum: Option<f64>| {
            sum.is_some_and(|sum| (total(pairs.iter().map(of)) - sum).abs() <= 1e-9 * sum.abs().max(1.0))
        };
        let adds_up = near(|pair| pair.numerator, now.numerator)
            && near(|pair| pair.denominator, now.denominator)
            && near(|pair| pair.numerator_before, before.numerator)
            && near(|pair| pair.denominator_before, before.denominator);
        adds_up.then(|| clustered(&pairs, kind == RatioKind::Proportion)).flatten()
    }
}

/// Over the districts of one indicator, period and breakdown, the p-values are discounted together.
fn discount(found: &mut [Comparison], values: &[IndicatorValue], questions: &Questions) {
    let mut families: FxHashMap<(&Id, Period, &Breakdown, Against), Vec<usize>> = FxHashMap::default();
    for (place, comparison) in found.iter().enumerate().filter(|(_, comparison)| comparison.p_value.is_some()) {
        let value = &values[comparison.value];
        if questions.book.areas.get(&value.area).is_some_and(|area| area.kind == AreaKind::District) {
            families.entry((&value.indicator, value.period, &value.breakdown, comparison.against)).or_default().push(place);
        }
    }
    for family in families.into_values() {
        let p_values: Vec<f64> = family.iter().filter_map(|&place| found[place].p_value).collect();
        for (place, q) in family.into_iter().zip(q_values(&p_values)) {
            found[place].q_value = Some(q);
        }
    }
}
