//! Which way the last five years go.
//!
//! Formula: χ² for trend over the scores 0 … 4, one degree of freedom. Of proportions (Cochran–Armitage) [Σxᵢ(yᵢ − nᵢp̄)]² /
//! {p̄(1 − p̄)·[Σnᵢxᵢ² − (Σnᵢxᵢ)²/Σnᵢ]}; of rates of events the same with p̄ in place of p̄(1 − p̄). A trend is marked where χ² is above
//! 9.5495 (p below 0.002). Source: Armitage 1955; Fingertips "Recent trends" (the most recent five points, 99.8 %). Preconditions: five
//! yearly values in a row, none lacking a part, no break among them. Degenerate cases: fewer points, denominators of 0 and a pooled
//! proportion of 0 or 1 give none: the mark is withheld.

use rustc_hash::FxHashMap;

use super::{before::broken, chance::chi_squared_tail, proportions::Counts, rollup::places, total::total};
use crate::model::{Breakdown, Id, Indicator, IndicatorValue, Period, RatioKind, Status, Trend, TrendMark};

/// So many points, and the most recent ones.
const POINTS: usize = 5;

/// A trend is marked where chance alone would give it less often than this.
const RARE: f64 = 0.002;

/// χ² for trend and which way it goes (1, −1; 0 where it is level), over points one step apart.
pub fn chi_squared(points: &[Counts], kind: RatioKind) -> Option<(f64, f64)> {
    let sound =
        |point: &Counts| point.whole > 0.0 && point.part >= 0.0 && (kind == RatioKind::Events || point.part <= point.whole);
    if kind == RatioKind::Quotient || points.len() < POINTS || !points.iter().all(sound) {
        return None;
    }
    let scored =
        |of: &dyn Fn(f64, &Counts) -> f64| total(points.iter().enumerate().map(|(score, point)| of(score as f64, point)));
    let (parts, wholes) = (scored(&|_, point| point.part), scored(&|_, point| point.whole));
    let pooled = parts / wholes;
    let slope = scored(&|score, point| score * (point.part - point.whole * pooled));
    let spread =
        scored(&|score, point| point.whole * score * score) - scored(&|score, point| point.whole * score).powi(2) / wholes;
    let variance = spread * if kind == RatioKind::Proportion { pooled * (1.0 - pooled) } else { pooled };
    (variance > 0.0).then(|| (slope * slope / variance, if slope == 0.0 { 0.0 } else { slope.signum() }))
}

/// Marks the values that end five years in a row.
pub fn mark(values: &mut [IndicatorValue], indicators: &[Indicator]) {
    type Key = (Id, Breakdown, Period);
    let places = places(values);
    for indicator in indicators {
        let Some(kind) = indicator.ratio_kind().filter(|kind| *kind != RatioKind::Quotient) else { continue };
        let Some(place) = places.get(&indicator.id).cloned() else { continue };
        let values = &mut values[place];
        let own = |value: &IndicatorValue| value.period.is_year() && !value.lacking && !value.so_far;
        let known: FxHashMap<Key, (Counts, Status)> = values
            .iter()
            .filter(|value| own(value))
            .filter_map(|value| {
                let counts = Counts { part: value.numerator?, whole: value.denominator? };
                Some(((value.area.clone(), value.breakdown.clone(), value.period), (counts, value.status)))
            })
            .collect();
        for value in values.iter_mut().filter(|value| own(value)) {
            let mut periods: Vec<Period> =
                std::iter::successors(Some(value.period), |period| Some(period.previous())).take(POINTS).collect();
            periods.reverse();
            let at = |period: Period| known.get(&(value.area.clone(), value.breakdown.clone(), period));
            let point = |period: &Period| at(*period).map(|(counts, _)| *counts);
            let Some(points) = periods.iter().map(point).collect::<Option<Vec<Counts>>>() else { continue };
            if broken(indicator, periods[0], value.period, |period| at(period).map(|(_, status)| *status)).is_some() {
                continue;
            }
            value.trend = trend(&points, kind, periods[0]);
        }
    }
}

fn trend(points: &[Counts], kind: RatioKind, from: Period) -> Option<Trend> {
    let (chi_squared, way) = chi_squared(points, kind)?;
    let p_value = chi_squared_tail(chi_squared)?;
    let mark = match (p_value < RARE, way > 0.0) {
        (false, _) => TrendMark::None,
        (true, true) => TrendMark::Rising,
        (true, false) => TrendMark::Falling,
    };
    Some(Trend { mark, from, chi_squared, p_value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(parts: [f64; 5]) -> Vec<Counts> {
        parts.map(|part| Counts { part, whole: 1000.0 }).to_vec()
    }

    #[test]
    fn a_trend_is_marked_and_a_level_is_not() {
        let marked = |parts| trend(&points(parts), RatioKind::Proportion, Period::Year(2018)).map(|trend| trend.mark);
        assert_eq!(marked([500.0, 520.0, 540.0, 560.0, 580.0]), Some(TrendMark::Rising));
        assert_eq!(marked([580.0, 560.0, 540.0, 520.0, 500.0]), Some(TrendMark::Falling));
        assert_eq!(marked([500.0, 520.0, 500.0, 520.0, 500.0]), Some(TrendMark::None));
        assert_eq!(marked([0.0; 5]), None);
        assert_eq!(marked([1000.0; 5]), None);
    }

    #[test]
    fn four_points_and_quotients_have_no_mark() {
        assert_eq!(chi_squared(&points([1.0; 5])[..4], RatioKind::Proportion), None);
        assert_eq!(chi_squared(&points([1.0; 5]), RatioKind::Quotient), None);
        assert!(chi_squared(&points([2000.0, 2100.0, 2200.0, 2300.0, 2400.0]), RatioKind::Events).is_some());
        assert_eq!(chi_squared(&points([2000.0, 2100.0, 2200.0, 2300.0, 2400.0]), RatioKind::Proportion), None);
    }
}
