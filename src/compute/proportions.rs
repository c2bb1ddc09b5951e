//! Two proportions, or two rates of events: how far apart, how surely.
//!
//! Formula: difference first, and Cohen's h = 2·asin√p₁ − 2·asin√p₀; Newcombe's interval (method 10) d − √((p₁ − l₁)² + (u₀ − p₀)²) to
//! d + √((u₁ − p₁)² + (p₀ − l₀)²) from Wilson's limits; z of the pooled proportion. Rates of events take the same square-and-add rule
//! on their own limits, and z = (O₁n₀ − O₀n₁) / √((O₀ + O₁)·n₀·n₁). Source: Newcombe 1998, Statistics in Medicine 17: 873–890;
//! Zou and Donner 2008; Cohen 1988. Degenerate cases: a denominator of 0 gives nothing; where the pooled proportion is 0 or 1 (no
//! events at all) there is no test.

use super::{
    chance::two_sided,
    interval::{events, wilson},
};

/// A part of a whole, or events over what they happen to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counts {
    pub part: f64,
    pub whole: f64,
}

impl Counts {
    fn share(self) -> f64 {
        self.part / self.whole
    }

    fn is_proportion(self) -> bool {
        self.whole > 0.0 && (0.0..=self.whole).contains(&self.part)
    }
}

/// Cohen's h of now against before.
pub fn effect_size(now: Counts, before: Counts) -> Option<f64> {
    let angle = |counts: Counts| 2.0 * counts.share().sqrt().asin();
    (now.is_proportion() && before.is_proportion()).then(|| angle(now) - angle(before))
}

/// Newcombe's limits of the difference of two proportions.
pub fn newcombe(now: Counts, before: Counts, z: f64) -> Option<(f64, f64)> {
    let (of_now, of_before) = (wilson(now.part, now.whole, z)?, wilson(before.part, before.whole, z)?);
    Some(square_and_add((now.share(), of_now), (before.share(), of_before)))
}

/// The same rule for two rates of events.
pub fn rate_difference(now: Counts, before: Counts, z: f64) -> Option<(f64, f64)> {
    let limits = |counts: Counts| {
        let (lower, upper, _) = events(counts.part, z).filter(|_| counts.whole > 0.0)?;
        Some((counts.share(), (lower / counts.whole, upper / counts.whole)))
    };
    Some(square_and_add(limits(now)?, limits(before)?))
}

/// A value and its limits.
type Limits = (f64, (f64, f64));

/// Limits of a difference from two estimates that do not depend on each other, each with its own limits.
pub fn square_and_add((now, (low, high)): Limits, (before, (low_before, high_before)): Limits) -> (f64, f64) {
    let difference = now - before;
    (difference - (now - low).hypot(high_before - before), difference + (high - now).hypot(before - low_before))
}

/// Two-sided p of the pooled z test of two proportions.
pub fn pooled_p(now: Counts, before: Counts) -> Option<f64> {
    if !(now.is_proportion() && before.is_proportion()) {
        return None;
    }
    let pooled = (now.part + before.part) / (now.whole + before.whole);
    let variance = pooled * (1.0 - pooled) * (1.0 / now.whole + 1.0 / before.whole);
    (variance > 0.0).then(|| two_sided((now.share() - before.share()) / variance.sqrt())).flatten()
}

/// Two-sided p of the score test of two rates of events.
pub fn rates_p(now: Counts, before: Counts) -> Option<f64> {
    let variance = (now.part + before.part) * now.whole * before.whole;
    let sound = now.part >= 0.0 && before.part >= 0.0 && now.whole > 0.0 && before.whole > 0.0 && variance > 0.0;
    sound.then(|| two_sided((now.part * before.whole - before.part * now.whole) / variance.sqrt())).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compute::chance::Z_95;

    fn of(part: f64, whole: f64) -> Counts {
        Counts { part, whole }
    }

    /// Newcombe's own examples: 56/70 against 48/80, and 5/56 against 0/29.
    #[test]
    fn the_examples_of_the_paper() {
        let (lower, upper) = newcombe(of(56.0, 70.0), of(48.0, 80.0), Z_95).unwrap();
        assert!((lower - 0.0524).abs() < 5e-5 && (upper - 0.3339).abs() < 5e-5);
        let (lower, upper) = newcombe(of(5.0, 56.0), of(0.0, 29.0), Z_95).unwrap();
        assert!((lower + 0.0381).abs() < 5e-5 && (upper - 0.1926).abs() < 5e-5);
    }

    #[test]
    fn nothing_is_said_of_nothing() {
        assert_eq!(newcombe(of(0.0, 0.0), of(1.0, 2.0), Z_95), None);
        assert_eq!(pooled_p(of(0.0, 5.0), of(0.0, 7.0)), None);
        assert_eq!(pooled_p(of(5.0, 5.0), of(7.0, 7.0)), None);
        assert_eq!(rates_p(of(0.0, 5.0), of(0.0, 7.0)), None);
        assert_eq!(effect_size(of(3.0, 2.0), of(1.0, 2.0)), None);
        assert!((effect_size(of(1.0, 1.0), of(0.0, 1.0)).unwrap() - std::f64::consts::PI).abs() < 1e-15);
    }
}
