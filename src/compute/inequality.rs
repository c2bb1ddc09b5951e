//! How unequal values are among units of different weight.
//!
//! Formula, with weights normed to pᵢ and μ = Σpᵢxᵢ: largest over smallest; Gini ΣΣpᵢpⱼ|xᵢ − xⱼ|/2μ; Theil Σpᵢ(xᵢ/μ)·ln(xᵢ/μ), which is
//! Σ s_g·T_g within groups and Σ s_g·ln(μ_g/μ) between them, s_g = P_g·μ_g/μ; slope index: the slope b of the weighted line a + b·r through
//! the values, r the middle of each unit's stretch of the cumulated weight when units are ranked upwards (units of one rank share it);
//! relative index (a + b)/a, fitted top over fitted bottom. Source: WHO, Handbook on health inequality monitoring 2013; Theil 1967;
//! Wagstaff, Paci and van Doorslaer 1991. Degenerate cases: no units, weights that sum to 0, and a mean or smallest value that is not
//! positive give none; one unit, or all equal, gives 0 (ratios 1); one rank alone has no slope.

use std::collections::BTreeMap;

use super::total::total;
use crate::model::Index;

/// A district or school: its weight (pupils), its value, the rank it takes, the group it is in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    pub weight: f64,
    pub value: f64,
    pub rank: f64,
    pub group: usize,
}

/// An index over units; of the variation about a mean that is given, see `disparity`.
pub fn index(index: Index, units: &[Unit], mean: Option<f64>) -> Option<f64> {
    match index {
        Index::Variation => super::disparity::variation(&pairs(units), mean.or_else(|| weighted_mean(units))?),
        Index::MaxToMin => max_to_min(units),
        Index::Gini => gini(units),
        Index::Theil => theil(units).map(|(within, between)| within + between),
        Index::TheilWithin => theil(units).map(|(within, _)| within),
        Index::TheilBetween => theil(units).map(|(_, between)| between),
        Index::Slope => slope(units).map(|(_, slope)| slope),
        Index::Relative => slope(units).and_then(|(bottom, slope)| (bottom > 0.0).then(|| (bottom + slope) / bottom)),
    }
}

fn pairs(units: &[Unit]) -> Vec<(f64, f64)> {
    units.iter().map(|unit| (unit.weight, unit.value)).collect()
}

fn weighted_mean(units: &[Unit]) -> Option<f64> {
    let weight = total(units.iter().map(|unit| unit.weight));
    let sound = weight > 0.0 && units.iter().all(|unit| unit.weight >= 0.0);
    sound.then(|| total(units.iter().map(|unit| unit.weight * unit.value)) / weight)
}

fn max_to_min(units: &[Unit]) -> Option<f64> {
    let weighty = || units.iter().filter(|unit| unit.weight > 0.0).map(|unit| unit.value);
    let (least, most) = (weighty().reduce(f64::min)?, weighty().reduce(f64::max)?);
    (least > 0.0).then(|| most / least)
}

/// Units in the order of something, each with the middle of its stretch of the cumulated weight, 0 to 1; equals share one.
fn ranked(units: &[Unit], by: fn(&Unit) -> f64) -> Vec<(f64, &Unit)> {
    let mut sorted: Vec<&Unit> = units.iter().collect();
    sorted.sort_by(|a, b| by(a).total_cmp(&by(b)));
    let whole = total(units.iter().map(|unit| unit.weight));
    let mut below = 0.0;
    let mut placed = Vec::with_capacity(sorted.len());
    for equals in sorted.chunk_by(|a, b| by(a) == by(b)) {
        let weight = total(equals.iter().map(|unit| unit.weight));
        placed.extend(equals.iter().map(|&unit| ((below + weight / 2.0) / whole, unit)));
        below += weight;
    }
    placed
}

fn gini(units: &[Unit]) -> Option<f64> {
    let mean = weighted_mean(units).filter(|mean| *mean > 0.0)?;
    if units.iter().any(|unit| unit.value < 0.0) {
        return None;
    }
    let whole = total(units.iter().map(|unit| unit.weight));
    let lean =
        total(ranked(units, |unit| unit.value).into_iter().map(|(at, unit)| unit.weight * (unit.value - mean) * (at - 0.5)));
    Some((2.0 * lean / (whole * mean)).max(0.0))
}

/// Theil's index inside the groups, and between them.
pub fn theil(units: &[Unit]) -> Option<(f64, f64)> {
    let mean = weighted_mean(units).filter(|mean| *mean > 0.0)?;
    if units.iter().any(|unit| unit.value < 0.0) {
        return None;
    }
    let whole = total(units.iter().map(|unit| unit.weight));
    let mut groups: BTreeMap<usize, Vec<Unit>> = BTreeMap::new();
    units.iter().for_each(|unit| groups.entry(unit.group).or_default().push(*unit));
    let (mut within, mut between) = (Vec::new(), Vec::new());
    for group in groups.values() {
        // A group without weight, or with nothing, has no share of the whole.
        let Some(own) = weighted_mean(group).filter(|own| *own > 0.0) else { continue };
        let share = total(group.iter().map(|unit| unit.weight)) / whole * own / mean;
        between.push(share * (own / mean).ln());
        let weight = total(group.iter().map(|unit| unit.weight));
        let part = |unit: &Unit| match unit.value / own {
            0.0 => 0.0,
            relative => unit.weight / weight * relative * relative.ln(),
        };
        within.push(share * total(group.iter().map(part)));
    }
    Some((total(within), total(between)))
}

/// Where the fitted line begins at the bottom of the ranking, and how far it climbs to the top.
pub fn slope(units: &[Unit]) -> Option<(f64, f64)> {
    let mean = weighted_mean(units)?;
    let whole = total(units.iter().map(|unit| unit.weight));
    let placed = ranked(units, |unit| unit.rank);
    let middle = total(placed.iter().map(|(at, unit)| unit.weight * at)) / whole;
    let spread = total(placed.iter().map(|(at, unit)| unit.weight * (at - middle).powi(2)));
    let lean = total(placed.iter().map(|(at, unit)| unit.weight * (at - middle) * (unit.value - mean)));
    let slope = (spread > 1e-15 * whole).then(|| lean / spread)?;
    Some((mean - slope * middle, slope))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(of: &[(f64, f64)]) -> Vec<Unit> {
        of.iter().enumerate().map(|(at, &(weight, value))| Unit { weight, value, rank: at as f64, group: at / 2 }).collect()
    }

    const ALL: [Index; 8] = [
        Index::Variation,
        Index::MaxToMin,
        Index::Gini,
        Index::Theil,
        Index::TheilWithin,
        Index::TheilBetween,
        Index::Slope,
        Index::Relative,
    ];

    #[test]
    fn equals_are_equal_by_every_measure() {
        let equal = units(&[(1.0, 5.0), (2.0, 5.0), (3.0, 5.0)]);
        let found = ALL.map(|of| index(of, &equal, None).unwrap());
        for (found, expected) in found.iter().zip([0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]) {
            assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
        }
    }

    #[test]
    fn nobody_and_weightless_units_have_no_inequality() {
        assert!(ALL.iter().all(|&of| index(of, &[], None).is_none()));
        assert!(ALL.iter().all(|&of| index(of, &units(&[(0.0, 1.0), (0.0, 2.0)]), None).is_none()));
        assert_eq!(index(Index::Slope, &units(&[(1.0, 3.0)]), None), None);
        assert_eq!(index(Index::MaxToMin, &units(&[(1.0, 0.0), (1.0, 2.0)]), None), None);
        assert_eq!(index(Index::Gini, &units(&[(1.0, 0.0), (1.0, 0.0)]), None), None);
    }

    #[test]
    fn one_who_has_all_of_four_has_a_gini_of_three_quarters() {
        let of = units(&[(1.0, 0.0), (1.0, 0.0), (1.0, 0.0), (1.0, 8.0)]);
        assert!((index(Index::Gini, &of, None).unwrap() - 0.75).abs() < 1e-12);
        assert!((index(Index::Theil, &of, None).unwrap() - 4.0_f64.ln()).abs() < 1e-12);
    }

    proptest::proptest! {
        #[test]
        fn order_does_not_matter_and_within_and_between_are_all(of in proptest::collection::vec((0.1..100.0f64, 0.1..100.0f64), 2..20)) {
            let mut units = units(&of);
            let before = ALL.map(|of| index(of, &units, None));
            let (within, between) = theil(&units).unwrap();
            units.reverse();
            for (before, after) in before.iter().zip(ALL.map(|of| index(of, &units, None))) {
                let (before, after) = (before.unwrap_or(0.0), after.unwrap_or(0.0));
                assert!((before - after).abs() <= 1e-9 * before.abs().max(1.0));
            }
            units.iter_mut().for_each(|unit| unit.group = 0);
            let (all, none) = theil(&units).unwrap();
            assert!(none.abs() < 1e-9 && (within + between - all).abs() < 1e-9);
            assert!(within >= -1e-12 && between >= -1e-12);
        }
    }
}
