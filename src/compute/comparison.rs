//! Values against those of other periods: last year's, the same month of last year, a base that stays; with what tests say of it.
//!
//! Formula: value − base in the change unit and (value − base)/|base| × 100; of proportions Cohen's h, Newcombe's interval and the pooled
//! z test, of rates of events their like (`proportions`), Benjamini–Hochberg over the districts (`false_discovery`), and for any ratio
//! with parts the test over districts or schools (`paired`). Screening is close to a census: a p-value says how likely it is that a
//! process with this rate gives such a difference, and the size of the effect says whether it matters. Degenerate cases: nothing is
//! compared across a gap, a break of the series, a value that lacks a part, or with a year that is not over.

use std::collections::BTreeMap;

use polars::prelude::PolarsResult;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{
    Questions,
    before::Before,
    chance::Z_95,
    change,
    false_discovery::q_values,
    paired::{Pair, clustered},
    proportions::{self, Counts, square_and_add},
    rollup::{Sums, places},
    total::total,
    years::with_years,
};
use crate::model::{
    Against, AreaKind, Breakdown, Cluster, Comparison, Formula, Id, Indicator, IndicatorValue, Interval, Method, Period,
    RatioKind, are_equal,
};

pub fn comparisons(values: &[IndicatorValue], sums: &Sums, questions: &Questions) -> PolarsResult<Vec<Comparison>> {
    let before = Before::new(values);
    let places = places(values);
    let of_indicator = |indicator: &Indicator| -> PolarsResult<Vec<Comparison>> {
        let mut found = Vec::new();
        let Some(own) = places.get(&indicator.id).cloned() else { return Ok(found) };
        let clusters = Clusters::new(indicator, &values[own.clone()], sums, questions)?;
        for (place, value) in own.clone().zip(&values[own]).filter(|(_, value)| value.value.is_some()) {
            for &against in indicator.change.iter().filter(|against| !is_said_twice(**against, value.period, indicator)) {
                let Some(with) = against.base(value.period) else { continue };
                let bench = Bench { indicator, values, value, clusters: &clusters };
                found.extend(bench.compare(place, &before, against, with));
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
    fn compare(&self, place: usize, series: &Before, against: Against, with: Period) -> Option<Comparison> {
        let base = series.place(self.value, with);
        let before = base.map(|base| &self.values[base]);
        let why_not = series.why_not(self.value, with, self.indicator);
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
            _ => (against != Against::Previous && series.had_begun(self.value, with)).then_some(said),
        }
    }

    fn with_tests(&self, before: &IndicatorValue, said: Comparison) -> Comparison {
        let (Some(was), Some(is)) = (before.value, self.value.value) else { return said };
        let change = change::change(was, is, self.indicator);
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
            Some(dimension) => with_years(sums.values(indicator, std::slice::from_ref(dimension))?, questions),
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
        let near = |of: fn(&Pair) -> f64, sum: Option<f64>| sum.is_some_and(|sum| are_equal(total(pairs.iter().map(of)), sum));
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
