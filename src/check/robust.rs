//! Robust z: an area whose share is far from those of the others in the same period.
//!
//! Formula: z = 0.6745·(x − median) ÷ MAD with MAD the median of |x − median|, of the areas' ratios of sums; an outlier beyond the limit,
//! usually 3.5, where it also differs from the median by enough percentage points to matter. Source: B. Iglewicz and D. C. Hoaglin, "How to Detect and Handle Outliers" (1993). Degenerate cases: fewer than 7
//! districts are not judged; a denominator of 0 gives no share; where more than half are equal (MAD 0) nobody is far from them.

use std::collections::BTreeMap;

use super::{
    Answer, Check, Facts, at,
    column::{Pairs, cells, columns, name_of_column, paired, sums},
    quantile::median,
    shown,
};
use crate::{
    diag::{Code, Finding},
    model::{AreaKind, Id, Period, Text},
};

/// Areas below which the spread says nothing.
const ENOUGH: usize = 7;

/// One district: its share, and what it is made of.
type Share<'a> = (f64, Pairs<'a>);

pub fn robust_z(facts: &Facts, check: &Check, to: &Id, limit: f64, points: f64) -> Answer {
    let mut groups: BTreeMap<(&Id, Period), Vec<Share>> = BTreeMap::new();
    let columns = columns(facts, check);
    for ((measure, period, area), column) in &columns {
        let is_district = facts.book.areas.get(area).is_some_and(|area| area.kind == AreaKind::District);
        let pairs = paired(facts, column, (to, *period));
        let (of, all) = sums(&pairs);
        if is_district && all > 0.0 {
            groups.entry((measure, *period)).or_default().push((of / all, pairs));
        }
    }
    let mut answer = Answer::default();
    for ((measure, period), group) in groups.into_iter().filter(|(_, group)| group.len() >= ENOUGH) {
        answer.answered += group.len();
        let shares: Vec<f64> = group.iter().map(|(share, _)| *share).collect();
        let (Some(middle), Some(scores)) = (median(&shares), scores(&shares)) else { continue };
        let is_far = |((share, _), z): &(Share, f64)| z.abs() > limit && (share - middle).abs() * 100.0 >= points;
        for ((share, pairs), z) in group.into_iter().zip(scores).filter(is_far) {
            let Some((first, _)) = pairs.first() else { continue };
            let name = name_of_column(facts, measure, &first.area, period);
            let whole = facts.book.measure_name(to);
            let message = Text::new(
                format!(
                    "{}占{}的 {:.1}%，各区中位数为 {:.1}%（稳健 z = {z:.1}）",
                    name.zh,
                    whole.zh,
                    share * 100.0,
                    middle * 100.0
                ),
                format!(
                    "{} is {:.1} % of {}, where the median of the districts is {:.1} % (robust z = {z:.1})",
                    name.en,
                    share * 100.0,
                    whole.en.to_lowercase(),
                    middle * 100.0
                ),
            );
            let within = format!("|z| ≤ {}", shown(limit));
            let finding = Finding::new(Code::PeerOutlier, message)
                .at(at(facts.dataset, first))
                .also(cells(facts, &pairs))
                .read(first.raw())
                .expected(Text::same(within));
            answer.fail(finding, &[]);
        }
    }
    answer
}

fn scores(values: &[f64]) -> Option<Vec<f64>> {
    let middle = median(values)?;
    let distances: Vec<f64> = values.iter().map(|value| (value - middle).abs()).collect();
    let spread = median(&distances).filter(|spread| *spread > 0.0)?;
    Some(values.iter().map(|value| 0.6745 * (value - middle) / spread).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `tests/statistics/plausibility.py` says how the values were made.
    #[test]
    fn scores_are_those_of_numpy() {
        let text = include_str!("../../tests/statistics/robust_z.csv");
        let mut cases: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
        for line in text.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            cases.entry(cells[0]).or_default().push((cells[1].parse().unwrap(), cells[2].parse().unwrap()));
        }
        assert!(cases.len() >= 6, "{}", cases.len());
        for (case, rows) in cases {
            let values: Vec<f64> = rows.iter().map(|(value, _)| *value).collect();
            for (score, (_, wanted)) in scores(&values).unwrap().into_iter().zip(&rows) {
                assert!((score - wanted).abs() <= 1e-9 * wanted.abs().max(1.0), "{case}: {score} {wanted}");
            }
        }
    }

    #[test]
    fn degenerate_cases() {
        assert_eq!(scores(&[]), None);
        assert_eq!(scores(&[0.5; 9]), None);
        assert_eq!(scores(&[0.5, 0.5, 0.5, 0.9]), None);
    }
}
