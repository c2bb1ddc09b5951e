//! How near to its edge a verdict stands.
//!
//! Rule: the verdict is asked for again with the figures as they are printed (rounded once, half to even, to the indicator's decimals),
//! and at both ends of the 95 % interval: of the value where the aim is a level, of the difference where it speaks of the period before.
//! A verdict that one of them turns is marked. Coverage is decided by counts; rounding turns it where the printed rate shows all while
//! some are left. Degenerate cases: without an interval only rounding is asked; where nothing is decided by figures there is no edge.

use super::aim::{Answer, Facts, answer};
use crate::model::{Aim, Edge, Interval, number::rounded_value};

/// What is known of how sure the figures are.
#[derive(Debug, Clone, Copy, Default)]
pub struct Doubt {
    pub decimals: usize,
    pub of_value: Option<Interval>,
    pub of_difference: Option<Interval>,
}

pub fn edge(aim: &Aim, facts: &Facts, doubt: &Doubt) -> Option<Edge> {
    let met = |facts: &Facts| match answer(aim, facts) {
        Answer::Told { met, .. } => Some(met),
        _ => None,
    };
    let as_told = met(facts)?;
    let turns = |value: f64, previous: Option<f64>| met(&Facts { value, previous, ..*facts }).is_some_and(|met| met != as_told);
    let round = |value: f64| rounded_value(value, doubt.decimals);
    let rounding = match aim {
        Aim::All => (round(facts.value) >= facts.per) != as_told,
        _ => turns(round(facts.value), facts.previous.map(round)),
    };
    let ends = |interval: Interval| [interval.lower, interval.upper];
    let interval = match (aim, facts.previous) {
        (Aim::All, _) => false,
        (Aim::FallsBy(_) | Aim::RisesBy(_) | Aim::NotBelowPrevious | Aim::Rises | Aim::Falls, Some(previous)) => {
            doubt.of_difference.is_some_and(|of| ends(of).iter().any(|difference| turns(previous + difference, Some(previous))))
        }
        _ => doubt.of_value.is_some_and(|of| ends(of).iter().any(|&value| turns(value, facts.previous))),
    };
    Some(Edge { rounding, interval })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Amount, Method};

    fn facts(value: f64, previous: Option<f64>) -> Facts {
        Facts { value, numerator: Some(9997.0), denominator: Some(10000.0), previous, per: 100.0 }
    }

    fn doubt(lower: f64, upper: f64) -> Doubt {
        let interval = Some(Interval { lower, upper, method: Method::Wilson });
        Doubt { decimals: 1, of_value: interval, of_difference: interval }
    }

    #[test]
    fn rounding_turns_what_is_a_hair_short() {
        let edge =
            |aim, value, previous| edge(&aim, &facts(value, previous), &Doubt { decimals: 1, ..Doubt::default() }).unwrap();
        assert!(edge(Aim::AtLeast(50.0), 49.96, None).rounding);
        assert!(!edge(Aim::AtLeast(50.0), 49.9, None).rounding);
        assert!(edge(Aim::FallsBy(Amount::Points(0.5)), 52.12, Some(52.56)).rounding);
        assert!(edge(Aim::All, 99.97, None).rounding);
        assert!(!edge(Aim::All, 99.0, None).rounding);
    }

    #[test]
    fn the_interval_turns_what_it_reaches_across() {
        assert!(edge(&Aim::AtMost(50.0), &facts(49.0, None), &doubt(48.0, 50.5)).unwrap().interval);
        assert!(!edge(&Aim::AtMost(50.0), &facts(49.0, None), &doubt(48.0, 49.9)).unwrap().interval);
        let falls = Aim::FallsBy(Amount::Points(0.5));
        assert!(edge(&falls, &facts(52.0, Some(53.0)), &doubt(-1.6, -0.4)).unwrap().interval);
        assert!(!edge(&falls, &facts(52.0, Some(53.0)), &doubt(-1.4, -0.6)).unwrap().interval);
        assert!(edge(&Aim::Between { from: 40.0, to: 50.0 }, &facts(45.0, None), &doubt(39.0, 49.0)).unwrap().interval);
    }

    #[test]
    fn what_no_figure_decides_has_no_edge() {
        assert_eq!(edge(&Aim::Milestone, &facts(1.0, None), &Doubt::default()), None);
        assert_eq!(edge(&Aim::Rises, &facts(1.0, None), &Doubt::default()), None);
    }
}
