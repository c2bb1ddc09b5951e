//! Pairs of whole numbers, a level and the level before it, between which a printed growth can lie.
//!
//! Formula: m < n with (n ÷ m − 1) × 100 within the rounding of the growth, n at least a bound, m below another. Degenerate cases:
//! no pair at all; a growth of 0 or less, of which there is none.

use super::formula::Figure;

/// All pairs (level, level before), the smallest first.
pub fn pairs(growth: Figure, at_least: f64, below: u32) -> Vec<(u32, u32)> {
    let fits = |level: u32, before: u32| {
        let is = (f64::from(level) / f64::from(before) - 1.0) * 100.0;
        (is - growth.value).abs() <= growth.half
    };
    (1..below)
        .filter_map(|before| {
            let level = (f64::from(before) * (1.0 + growth.value / 100.0)).round() as u32;
            (level > before && f64::from(level) >= at_least && fits(level, before)).then_some((level, before))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_growth_leaves_few_pairs() {
        let found = pairs(Figure { value: 44.31, half: 0.005 }, 648.0, 1400);
        assert_eq!(found[..3], [(697, 483), (710, 492), (723, 501)]);
        assert!(found.iter().all(|&(level, before)| level >= 648 && before < 1400));
        assert!(pairs(Figure { value: 0.0, half: 0.005 }, 1.0, 50).is_empty());
    }
}
