//! When a value meets an aim.
//!
//! Formula: METHODS "Progress against a target": the level decides first, whatever the trend. Falls by v points: previous −
//! value ≥ v; falls by v per cent: previous − value ≥ v/100 × previous; coverage compares counts, never a rounded rate; a flow
//! is met when what has come in the year reaches its level. Degenerate cases: an aim that speaks of the period before has no
//! answer without it, and one that speaks of per cents none on a base of 0.

use crate::model::{Aim, Amount, Formula, Indicator, IndicatorValue, at_least};

/// What is known of the figure that is judged.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    pub value: f64,
    pub numerator: Option<f64>,
    pub denominator: Option<f64>,
    pub previous: Option<f64>,
    /// What a ratio is multiplied by: 100 for per cents.
    pub per: f64,
}

impl Facts {
    /// The number is that of the value.
    pub fn of(value: &IndicatorValue, number: f64, previous: Option<f64>, indicator: Option<&Indicator>) -> Facts {
        let per = match indicator.map(|indicator| &indicator.formula) {
            Some(Formula::Ratio { per, .. }) => *per,
            _ => 100.0,
        };
        Facts { value: number, numerator: value.numerator, denominator: value.denominator, previous, per }
    }
}

/// What an aim says of a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Answer {
    Told {
        met: bool,
        /// The level to be reached: for `falls by 0.5 points` last year's value less 0.5.
        level: f64,
    },
    NoPrevious,
    /// So many per cent of nothing.
    ZeroBase,
    NoCounts,
    /// No figure decides it.
    NotByFigures,
}

pub fn answer(aim: &Aim, facts: &Facts) -> Answer {
    let Facts { value, previous, .. } = *facts;
    let told = |met: bool, level: f64| Answer::Told { met, level };
    let against = |met: fn(f64, f64) -> bool, level: &dyn Fn(f64) -> f64| {
        previous.map_or(Answer::NoPrevious, |previous| told(met(value, level(previous)), level(previous)))
    };
    match aim {
        Aim::FallsBy(Amount::PerCent(_)) | Aim::RisesBy(Amount::PerCent(_)) if previous == Some(0.0) => Answer::ZeroBase,
        Aim::AtLeast(level) | Aim::Flow { at_least: level, .. } => told(at_least(value, *level), *level),
        Aim::AtMost(level) => told(at_least(*level, value), *level),
        Aim::Between { from, to } => {
            told(at_least(value, *from) && at_least(*to, value), if value < *from { *from } else { *to })
        }
        Aim::About { value: level, band } => told(at_least(*band, (value - level).abs()), *level),
        Aim::FallsBy(amount) => against(|value, level| at_least(level, value), &|previous| previous - step(*amount, previous)),
        Aim::RisesBy(amount) => against(at_least, &|previous| previous + step(*amount, previous)),
        Aim::NotBelowPrevious => against(at_least, &|previous| previous),
        Aim::Rises => against(|value, previous| !at_least(previous, value), &|previous| previous),
        Aim::Falls => against(|value, previous| !at_least(value, previous), &|previous| previous),
        Aim::All => match (facts.numerator, facts.denominator) {
            (Some(reached), Some(all)) => told(reached >= all, facts.per),
            _ => Answer::NoCounts,
        },
        Aim::Milestone | Aim::Undecidable { .. } => Answer::NotByFigures,
    }
}

fn step(amount: Amount, previous: f64) -> f64 {
    match amount {
        Amount::Points(points) => points,
        Amount::PerCent(per_cent) => previous.abs() * per_cent / 100.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(aim: &Aim, value: f64, previous: Option<f64>) -> Option<bool> {
        match answer(aim, &Facts { value, numerator: None, denominator: None, previous, per: 100.0 }) {
            Answer::Told { met, .. } => Some(met),
            _ => None,
        }
    }

    #[test]
    fn half_a_per_cent_has_two_readings() {
        let points = Aim::FallsBy(Amount::Points(0.5));
        let per_cent = Aim::FallsBy(Amount::PerCent(0.5));
        assert_eq!((met(&points, 52.3, Some(52.6)), met(&per_cent, 52.3, Some(52.6))), (Some(false), Some(true)));
        assert_eq!((met(&points, 52.1, Some(52.6)), met(&per_cent, 52.1, Some(52.6))), (Some(true), Some(true)));
        assert_eq!((met(&points, 52.5, Some(52.6)), met(&per_cent, 52.5, Some(52.6))), (Some(false), Some(false)));
    }

    #[test]
    fn binary_noise_decides_nothing() {
        assert!(at_least(0.1 + 0.2, 0.3) && at_least(0.3, 0.1 + 0.2));
        assert!(!at_least(99.97, 100.0));
        assert_eq!((met(&Aim::Rises, 0.1 + 0.2, Some(0.3)), met(&Aim::Falls, 0.3, Some(0.1 + 0.2))), (Some(false), Some(false)));
    }

    #[test]
    fn all_are_all_as_counts() {
        let all = |reached: f64, of: f64| {
            let facts = Facts { value: 100.0, numerator: Some(reached), denominator: Some(of), previous: None, per: 100.0 };
            answer(&Aim::All, &facts)
        };
        assert_eq!(all(999.0, 1000.0), Answer::Told { met: false, level: 100.0 });
        assert_eq!(all(1000.0, 1000.0), Answer::Told { met: true, level: 100.0 });
    }

    #[test]
    fn a_base_of_nothing_has_points_but_no_per_cents() {
        assert_eq!(met(&Aim::Rises, 0.0, Some(0.0)), Some(false));
        assert_eq!(met(&Aim::Rises, 1.0, Some(0.0)), Some(true));
        assert_eq!(met(&Aim::NotBelowPrevious, 0.0, Some(0.0)), Some(true));
        assert_eq!(met(&Aim::FallsBy(Amount::PerCent(0.5)), 0.0, Some(0.0)), None);
        assert_eq!(met(&Aim::FallsBy(Amount::Points(0.5)), 0.0, Some(0.0)), Some(false));
        assert_eq!(met(&Aim::Rises, 1.0, None), None);
    }

    #[test]
    fn about_is_a_band_and_between_has_two_ends() {
        let about = Aim::About { value: 10.0, band: 2.0 };
        assert_eq!(
            [7.9, 8.0, 12.0, 12.1].map(|value| met(&about, value, None)),
            [Some(false), Some(true), Some(true), Some(false)]
        );
        let between = Aim::Between { from: 1.0, to: 2.0 };
        assert_eq!(
            [0.0, 1.0, 2.0, 3.0].map(|value| met(&between, value, None)),
            [Some(false), Some(true), Some(true), Some(false)]
        );
    }
}
