//! The interval that a proportion or a rate of events leaves open.
//!
//! Formula: a proportion x/n has Wilson's score interval (x + z²/2 ± z·√(x(n − x)/n + z²/4)) / (n + z²). A count of events O has
//! Byar's interval O·(1 − 1/9O − z/3√O)³ to (O + 1)·(1 − 1/9(O + 1) + z/3√(O + 1))³ from 10 events on, and below them the exact
//! Poisson interval ½χ²(α/2; 2O) to ½χ²(1 − α/2; 2O + 2); a rate takes it over its denominator. Source: Wilson 1927, Breslow and
//! Day 1987, as in PHEindicatormethods. Degenerate cases: n = 0, a part outside 0 … n and a denominator that is not positive give
//! none; no events have the lower limit 0; x = 0 has the lower limit 0 and x = n the upper limit 1.

use rustc_hash::FxHashMap;

use super::{
    Questions,
    chance::{Z_95, Z_998, chi_squared_quantile, two_sided},
};
use crate::model::{AreaKind, Formula, Id, IndicatorValue, Interval, Method, Period, RatioKind};

/// From this many events on Byar's approximation holds.
const MANY_EVENTS: f64 = 10.0;

/// Wilson's limits of a proportion, between 0 and 1.
pub fn wilson(part: f64, whole: f64, z: f64) -> Option<(f64, f64)> {
    if !(whole > 0.0 && (0.0..=whole).contains(&part)) {
        return None;
    }
    let spread = z * (part * (whole - part) / whole + z * z / 4.0).sqrt();
    let limit = |sign: f64| (part + z * z / 2.0 + sign * spread) / (whole + z * z);
    Some((if part == 0.0 { 0.0 } else { limit(-1.0) }, if part == whole { 1.0 } else { limit(1.0) }))
}

/// Limits of a count of events, and how they were found.
pub fn events(count: f64, z: f64) -> Option<(f64, f64, Method)> {
    match count {
        _ if !count.is_finite() || count < 0.0 => None,
        _ if count >= MANY_EVENTS => {
            let (lower, upper) = byar(count, z);
            Some((lower, upper, Method::Byar))
        }
        _ => poisson(count, z).map(|(lower, upper)| (lower, upper, Method::Poisson)),
    }
}

fn byar(count: f64, z: f64) -> (f64, f64) {
    let limit = |count: f64, sign: f64| count * (1.0 - 1.0 / (9.0 * count) + sign * z / (3.0 * count.sqrt())).powi(3);
    (limit(count, -1.0), limit(count + 1.0, 1.0))
}

fn poisson(count: f64, z: f64) -> Option<(f64, f64)> {
    let tail = two_sided(z)? / 2.0;
    let lower = if count == 0.0 { 0.0 } else { chi_squared_quantile(tail, 2.0 * count)? / 2.0 };
    Some((lower, chi_squared_quantile(1.0 - tail, 2.0 * count + 2.0)? / 2.0))
}

/// The interval of a ratio of sums at some z, in the indicator's unit.
pub fn of_ratio(kind: RatioKind, numerator: f64, denominator: f64, per: f64, z: f64) -> Option<Interval> {
    match kind {
        RatioKind::Proportion => {
            let (lower, upper) = wilson(numerator, denominator, z)?;
            Some(Interval { lower: lower * per, upper: upper * per, method: Method::Wilson })
        }
        RatioKind::Events if denominator > 0.0 => {
            let (lower, upper, method) = events(numerator, z)?;
            Some(Interval { lower: lower * per / denominator, upper: upper * per / denominator, method })
        }
        RatioKind::Events | RatioKind::Quotient => None,
    }
}

/// Sets the intervals of values, and the control limits of districts: as Fingertips draws its funnels, Wilson's limits at 99.8 % around
/// the whole's proportion, at the district's denominator. They are no quantiles of what districts of this size would show.
pub fn around(values: &mut [IndicatorValue], questions: &Questions) {
    let areas = &questions.book.areas;
    let is_whole = |value: &IndicatorValue| areas.is_whole(&value.area);
    let of_indicator: FxHashMap<&Id, (RatioKind, f64)> = questions
        .indicators
        .iter()
        .filter_map(|indicator| match indicator.formula {
            Formula::Ratio { kind, per, .. } => Some((&indicator.id, (kind, per))),
            _ => None,
        })
        .collect();
    let shares: FxHashMap<(Id, Period), f64> = values
        .iter()
        .filter(|value| value.breakdown.is_empty() && is_whole(value))
        .filter_map(|value| Some(((value.indicator.clone(), value.period), value.numerator? / value.denominator?)))
        .collect();
    for value in values {
        let Some(&(kind, per)) = of_indicator.get(&value.indicator) else { continue };
        let (Some(numerator), Some(denominator)) = (value.numerator, value.denominator) else { continue };
        value.interval = of_ratio(kind, numerator, denominator, per, Z_95);
        let is_district = areas.get(&value.area).is_some_and(|area| area.kind == AreaKind::District);
        if kind == RatioKind::Proportion && is_district && value.breakdown.is_empty() {
            let share = shares.get(&(value.indicator.clone(), value.period));
            value.control = share.and_then(|share| of_ratio(kind, share * denominator, denominator, per, Z_998));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_stay_where_proportions_can_be() {
        assert_eq!(wilson(0.0, 0.0, Z_95), None);
        assert_eq!(wilson(3.0, 2.0, Z_95), None);
        assert_eq!(wilson(-1.0, 2.0, Z_95), None);
        let (lower, upper) = wilson(0.0, 1.0, Z_95).unwrap();
        assert!(lower == 0.0 && upper > 0.7 && upper < 0.8);
        let (lower, upper) = wilson(1.0, 1.0, Z_95).unwrap();
        assert!(upper == 1.0 && lower > 0.2);
    }

    #[test]
    fn no_events_still_have_an_upper_limit() {
        let (lower, upper, method) = events(0.0, Z_95).unwrap();
        assert_eq!((lower, method), (0.0, Method::Poisson));
        assert!((upper - 3.688_879_454).abs() < 1e-8);
        assert_eq!(events(10.0, Z_95).unwrap().2, Method::Byar);
        assert_eq!(events(-1.0, Z_95), None);
    }

    #[test]
    fn only_what_the_pipeline_calls_so_has_an_interval() {
        assert_eq!(of_ratio(RatioKind::Quotient, 1.0, 2.0, 100.0, Z_95), None);
        assert_eq!(of_ratio(RatioKind::Events, 1.0, 0.0, 100.0, Z_95), None);
        assert!(of_ratio(RatioKind::Proportion, 1.0, 2.0, 100.0, Z_95).is_some());
    }

    proptest::proptest! {
        #[test]
        fn a_value_lies_in_its_interval(part in 0u32..5000, rest in 0u32..5000) {
            let (part, whole) = (f64::from(part), f64::from(part + rest));
            if let Some((lower, upper)) = wilson(part, whole, Z_95) {
                let share = part / whole;
                assert!(lower >= 0.0 && upper <= 1.0 && lower <= share + 1e-12 && share <= upper + 1e-12);
            }
            let (lower, upper, _) = events(part, Z_95).unwrap();
            assert!(lower <= part && part <= upper);
        }
    }
}
