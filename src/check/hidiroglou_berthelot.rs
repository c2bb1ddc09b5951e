//! Hidiroglou–Berthelot: an area whose change since the period before is out of line with the changes of the others.
//!
//! Formula: rᵢ = xᵢ ÷ yᵢ with y the period before; sᵢ = 1 − r_M ÷ rᵢ below the median r_M, else rᵢ ÷ r_M − 1; Eᵢ = sᵢ · max(xᵢ, yᵢ)^U, so
//! that a large area may move less than a small one. Outside E_M − C·max(E_M − E_Q1, |A·E_M|) and E_M + C·max(E_Q3 − E_M, |A·E_M|) it is an
//! outlier. Source: M. A. Hidiroglou and J.-M. Berthelot, "Statistical editing and imputation for periodic business surveys",
//! Survey Methodology 12 (1986). Degenerate cases: a value that is not above 0 has no ratio and is left out; fewer than 8 areas have
//! no quartiles worth the name and are not judged; where all change alike (both widths 0) nobody is out of line.

use std::collections::BTreeMap;

use super::{Answer, Check, Facts, jump, name_of, quantile::quantile, shown, subjects};
use crate::{
    diag::Code,
    model::{Breakdown, Id, Observation, Period, Text},
};

/// Areas below which quartiles say nothing.
const ENOUGH: usize = 8;

/// What the method is set to: how much size weighs, the least width, and how many widths are allowed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    pub u: f64,
    pub a: f64,
    pub c: f64,
}

/// The figures of one measure, period and breakdown: place, now, and in the period before.
type Moves<'a> = Vec<(usize, &'a Observation, &'a Observation)>;

pub fn hidiroglou_berthelot(facts: &Facts, check: &Check, settings: Settings) -> Answer {
    let mut groups: BTreeMap<(&Id, Period, &Breakdown), Moves> = BTreeMap::new();
    for (place, now) in subjects(facts, check) {
        let Some(before) = facts.before(now) else { continue };
        if now.value.is_some_and(|value| value > 0.0) && before.value.is_some_and(|value| value > 0.0) {
            groups.entry((&now.measure, now.period, &now.breakdown)).or_default().push((place, now, before));
        }
    }
    let mut answer = Answer::default();
    for group in groups.into_values().filter(|group| group.len() >= ENOUGH) {
        answer.answered += group.len();
        let pairs: Vec<(f64, f64)> = group.iter().filter_map(|(_, now, before)| Some((before.value?, now.value?))).collect();
        let Some(Judged { effects, low, high, ratio }) = judge(&pairs, settings) else { continue };
        for ((place, now, before), effect) in group.into_iter().zip(effects) {
            if effect >= low && effect <= high {
                continue;
            }
            let (Some(value), Some(base)) = (now.value, before.value) else { continue };
            let name = name_of(facts.book, now);
            let (moved, usual) = ((value / base - 1.0) * 100.0, (ratio - 1.0) * 100.0);
            let message = Text::new(
                format!(
                    "{}由 {} 变为 {}（{moved:+.0}%），与其他地区的变动（中位数 {usual:+.0}%）不一致",
                    name.zh,
                    shown(base),
                    shown(value)
                ),
                format!(
                    "{} went from {} to {} ({moved:+.0} %), out of line with the other areas (median {usual:+.0} %)",
                    name.en,
                    shown(base),
                    shown(value)
                ),
            );
            let expected = Text::new(format!("{:.0} 左右", base * ratio), format!("about {:.0}", base * ratio));
            answer.fail(jump(facts, Code::ChangeOutlier, message, now, before, expected), &[place]);
        }
    }
    answer
}

struct Judged {
    effects: Vec<f64>,
    low: f64,
    high: f64,
    /// The median of the ratios.
    ratio: f64,
}

/// The effects of pairs of an earlier and a later value, and the bounds they are to stay within.
fn judge(pairs: &[(f64, f64)], Settings { u, a, c }: Settings) -> Option<Judged> {
    let ratios: Vec<f64> = pairs.iter().map(|(before, now)| now / before).collect();
    let middle = quantile(&ratios, 0.5)?;
    let effect = |(&(before, now), ratio): (&(f64, f64), &f64)| {
        let centred = if *ratio < middle { 1.0 - middle / ratio } else { ratio / middle - 1.0 };
        centred * before.max(now).powf(u)
    };
    let effects: Vec<f64> = pairs.iter().zip(&ratios).map(effect).collect();
    let [first, median, third] = [0.25, 0.5, 0.75].map(|p| quantile(&effects, p));
    let (first, median, third) = (first?, median?, third?);
    let least = (a * median).abs();
    let (below, above) = ((median - first).max(least), (third - median).max(least));
    if below == 0.0 && above == 0.0 {
        return None;
    }
    Some(Judged { effects, low: median - c * below, high: median + c * above, ratio: middle })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `tests/statistics/plausibility.py` says how the values were made.
    #[test]
    fn effects_and_bounds_are_those_of_numpy() {
        let text = include_str!("../../tests/statistics/hidiroglou_berthelot.csv");
        let mut cases: BTreeMap<&str, Vec<Vec<f64>>> = BTreeMap::new();
        for line in text.lines().skip(1) {
            let (case, numbers) = line.split_once(',').unwrap();
            cases.entry(case).or_default().push(numbers.split(',').map(|number| number.parse().unwrap()).collect());
        }
        assert!(cases.len() >= 6, "{}", cases.len());
        for (case, rows) in cases {
            let pairs: Vec<(f64, f64)> = rows.iter().map(|row| (row[0], row[1])).collect();
            let settings = Settings { u: rows[0][2], a: rows[0][3], c: rows[0][4] };
            let judged = judge(&pairs, settings).unwrap();
            let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1e-9);
            for (row, effect) in rows.iter().zip(&judged.effects) {
                assert!(close(*effect, row[5]), "{case}: {effect} {row:?}");
                assert!(close(judged.low, row[6]) && close(judged.high, row[7]), "{case}: {row:?}");
            }
        }
    }

    #[test]
    fn degenerate_cases() {
        let settings = Settings { u: 0.5, a: 0.05, c: 20.0 };
        assert!(judge(&[], settings).is_none());
        assert!(judge(&[(100.0, 110.0); 9], settings).is_none(), "all change alike");
    }
}
