//! Digit heaping: counts that end in 0 or 5 more often than counts do were rounded or guessed.
//!
//! Formula: of n counts of at least three digits a fifth ends in 0 or 5; χ² = Σ (observed − expected)² ÷ expected over the two kinds of
//! endings, one degree of freedom (10.83 is p = 0.001). Source: the terminal digit test of survey quality reports (Whipple's index
//! asks the same of ages). Degenerate cases: below 25 counts the expected number is below 5 and nothing is judged; fewer round
//! endings than expected are no heaping; figures with a fraction and small ones are left out, for their last digit is not free.

use std::collections::BTreeMap;

use super::{Answer, Check, Facts, at, column::others, shown, subjects};
use crate::{
    diag::{Code, Finding},
    model::{Id, Language, Observation, Period, Text},
};

/// Expected counts below this make no χ².
const EXPECTED: f64 = 5.0;
const SHARE: f64 = 0.2;

pub fn last_digits_spread(facts: &Facts, check: &Check, from: f64, chi_squared: f64) -> Answer {
    let mut groups: BTreeMap<(&Id, Period), Vec<&Observation>> = BTreeMap::new();
    for (_, observation) in subjects(facts, check) {
        if observation.value.is_some_and(|value| value >= from && value.fract() == 0.0) {
            groups.entry((&observation.area, observation.period)).or_default().push(observation);
        }
    }
    let mut answer = Answer::default();
    for ((area, period), figures) in groups {
        let is_round = |figure: &&&Observation| figure.value.is_some_and(|value| value % 5.0 == 0.0);
        let round: Vec<&Observation> = figures.iter().filter(is_round).copied().collect();
        let Some(statistic) = heaping(round.len(), figures.len()) else { continue };
        answer.answered += 1;
        let Some(first) = round.first().filter(|_| statistic > chi_squared) else { continue };
        let (zh, en) = (facts.book.area_name(area, Language::Chinese), facts.book.area_name(area, Language::English));
        let (count, all) = (round.len(), figures.len());
        let (when_zh, when) = (period.in_chinese(), period.in_english());
        let message = Text::new(
            format!("{zh} {when_zh}的 {all} 个数值中有 {count} 个以 0 或 5 结尾，可能是估计数（χ² = {statistic:.1}）"),
            format!("{count} of {all} figures of {en}, {when}, end in 0 or 5: they may be guesses (χ² = {statistic:.1})"),
        );
        let finding = Finding::new(Code::DigitHeaping, message)
            .at(at(facts.dataset, first))
            .also(others(facts, round.iter().copied()))
            .read(first.raw())
            .expected(Text::new(format!("{} 个左右", shown(all as f64 * SHARE)), format!("about {}", shown(all as f64 * SHARE))));
        answer.fail(finding, &[]);
    }
    answer
}

/// χ² of round endings; 0 where they are no more than expected.
fn heaping(round: usize, all: usize) -> Option<f64> {
    let (round, all) = (round as f64, all as f64);
    let expected = all * SHARE;
    if expected < EXPECTED {
        return None;
    }
    let difference = (round - expected).max(0.0);
    Some(difference * difference / expected + difference * difference / (all - expected))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `tests/statistics/plausibility.py` says how the values were made.
    #[test]
    fn the_statistic_is_that_of_scipy() {
        let text = include_str!("../../tests/statistics/digit_heaping.csv");
        let mut seen = 0;
        for line in text.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let (round, all, wanted): (usize, usize, f64) =
                (cells[0].parse().unwrap(), cells[1].parse().unwrap(), cells[2].parse().unwrap());
            let statistic = heaping(round, all).unwrap();
            assert!((statistic - wanted).abs() <= 1e-9 * wanted.max(1.0), "{line}: {statistic}");
            seen += 1;
        }
        assert!(seen >= 20, "{seen}");
        assert_eq!(heaping(24, 24), None, "too few");
        assert_eq!(heaping(0, 100), Some(0.0), "no heaping");
    }
}
