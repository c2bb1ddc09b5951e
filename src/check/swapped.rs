//! Numerator and denominator in each other's column: a share that is the inverse of everybody else's.
//!
//! Rule, on the sums of both columns for one area and period: with q the share and m the median share of the other areas,
//! |ln(1 ÷ q) − ln m| is less than half of |ln q − ln m|. Degenerate cases: fewer than 5 other areas are no measure; where the others' share
//! is within a fifth of 1 (|ln m| < 0.18) a share and its inverse cannot be told apart; a sum of 0 has no logarithm.

use std::collections::BTreeMap;

use super::{
    Answer, Check, Facts, at,
    column::{Pairs, cells, columns, name_of_column, paired, sums},
    quantile::median,
    shown,
};
use crate::{
    diag::{Code, Finding},
    model::{Id, Period, Text},
};

const ENOUGH: usize = 5;
/// How far the others' share must be from 1, as a logarithm.
const APART: f64 = 0.18;

/// The sums of numerator and denominator, and what they are made of.
type Sums<'a> = (f64, f64, Pairs<'a>);

pub fn not_swapped_with(facts: &Facts, check: &Check, denominator: &Id) -> Answer {
    let mut groups: BTreeMap<(&Id, Period), Vec<(&Id, Sums)>> = BTreeMap::new();
    let columns = columns(facts, check);
    for ((measure, period, area), column) in &columns {
        let pairs = paired(facts, column, (denominator, *period));
        let (of, to) = sums(&pairs);
        if of > 0.0 && to > 0.0 {
            groups.entry((measure, *period)).or_default().push((area, (of, to, pairs)));
        }
    }
    let mut answer = Answer::default();
    for ((measure, period), group) in groups {
        let logarithms: Vec<f64> = group.iter().map(|(_, (of, to, _))| (of / to).ln()).collect();
        for (place, (area, (of, to, pairs))) in group.iter().enumerate() {
            let others: Vec<f64> =
                logarithms.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, share)| *share).collect();
            let Some(middle) = median(&others).filter(|middle| others.len() >= ENOUGH && middle.abs() >= APART) else { continue };
            answer.answered += 1;
            if !is_inverse(logarithms[place], middle) {
                continue;
            }
            let Some((first, _)) = pairs.first() else { continue };
            let (name, other) = (name_of_column(facts, measure, area, period), facts.book.measure_name(denominator));
            let message = Text::new(
                format!("{}为 {}，{}为 {}，与其他地区相反：分子和分母可能填反", name.zh, shown(*of), other.zh, shown(*to)),
                format!(
                    "{} is {}, {} is {}, the inverse of the other areas: numerator and denominator may stand in each other's column",
                    name.en,
                    shown(*of),
                    other.en.to_lowercase(),
                    shown(*to)
                ),
            );
            let usual = format!("{:.1}%", middle.exp() * 100.0);
            let finding = Finding::new(Code::MeasuresSwapped, message)
                .at(at(facts.dataset, first))
                .also(cells(facts, pairs))
                .read(first.raw())
                .expected(Text::new(format!("占 {usual} 左右"), format!("a share of about {usual}")));
            answer.fail(finding, &[]);
        }
    }
    answer
}

/// Is the inverse of a share far nearer to the middle than the share itself? Both are logarithms.
fn is_inverse(share: f64, middle: f64) -> bool {
    (-share - middle).abs() < 0.5 * (share - middle).abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_upside_down_is_seen_and_an_odd_one_is_not() {
        let ln = f64::ln;
        assert!(is_inverse(ln(1.0 / 0.53), ln(0.52)));
        assert!(is_inverse(ln(17.0), ln(1.0 / 18.0)));
        assert!(!is_inverse(ln(0.9), ln(0.52)));
        assert!(!is_inverse(ln(0.52), ln(0.52)));
    }
}
