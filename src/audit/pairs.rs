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
    let of_one = |before: u32| {
        let level = |growth: f64| f64::from(before) * (1.0 + growth / 100.0);
        let (least, most) = (level(growth.value - growth.half).floor() as u32, level(growth.value + growth.half).ceil() as u32);
        let is_one = move |level: &u32| *level > before && f64::from(*level) >= at_least && fits(*level, before);
        (least..=most).filter(is_one).map(move |level| (level, before))
    };
    (1..below).flat_map(of_one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_growth_leaves_few_pairs() {
        let found = pairs(Figure { value: 44.31, half: 0.005 }, 648.0, 1400);
        assert_eq!(found[..3], [(697, 483), (710, 492), (723, 501)]);
        assert!(found.iter().all(|&(level, before)| level >= 648 && before < 1400));
        // Among large numbers there are several levels for one before.
        let found = pairs(Figure { value: 10.0, half: 0.51 }, 0.0, 1001);
        assert_eq!(found.iter().filter(|(_, before)| *before == 1000).count(), 11);
        assert!(pairs(Figure { value: 0.0, half: 0.005 }, 1.0, 50).is_empty());
    }
}
