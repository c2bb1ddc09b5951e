//! Two measures taken for each other, such as myopia (近视) and poor vision (视力不良), of which myopia is a part.
//!
//! Rule, on the sums of a column and of its other for one area and period: the part is more than the whole; or the part stands in the
//! whole's column and the whole in the part's, which is seen by the period before, where both are nearer (by the logarithm of their
//! ratios) to the other's figure than to their own. Source: WS/T 663—2020 for what myopia is. Degenerate cases: sums below 100 move by
//! more than the two measures differ and are not judged; without the period before only the first is.

use super::{
    Answer, Check, Facts, at,
    column::{Pairs, cells, columns, name_of_column, paired, sums},
    shown,
};
use crate::{
    diag::{Code, Finding},
    model::{Id, Period, Text},
};

/// Sums below this say nothing of which measure they are.
const ENOUGH: f64 = 100.0;

/// The sums of both measures over the same members, and what they are made of.
struct Sums<'a> {
    part: f64,
    whole: f64,
    pairs: Pairs<'a>,
}

pub fn not_mistaken_for(facts: &Facts, check: &Check, whole: &Id) -> Answer {
    let mut answer = Answer::default();
    let columns = columns(facts, check);
    let sums_of = |measure: &Id, period: Period, area: &Id| -> Option<Sums> {
        let pairs = paired(facts, columns.get(&(measure, period, area))?, (whole, period));
        let (part, all) = sums(&pairs);
        (part >= ENOUGH && all >= ENOUGH).then_some(Sums { part, whole: all, pairs })
    };
    for (measure, period, area) in columns.keys() {
        let Some(now) = sums_of(measure, *period, area) else { continue };
        answer.answered += 1;
        let before = sums_of(measure, period.previous(), area);
        let is_swapped = before.as_ref().is_some_and(|before| are_swapped((now.part, now.whole), (before.part, before.whole)));
        if now.part <= now.whole && !is_swapped {
            continue;
        }
        let Some((first, _)) = now.pairs.first() else { continue };
        let (name, other) = (name_of_column(facts, measure, area, *period), facts.book.measure_name(whole));
        let why = match before.filter(|_| is_swapped) {
            Some(before) => Text::new(
                format!("，而上期为 {} 和 {}", shown(before.part), shown(before.whole)),
                format!("; the period before {} and {}", shown(before.part), shown(before.whole)),
            ),
            None => Text::default(),
        };
        let message = Text::new(
            format!("{}为 {}，{}为 {}{}：两栏可能填反", name.zh, shown(now.part), other.zh, shown(now.whole), why.zh),
            format!(
                "{} is {}, {} is {}{}: one may have been taken for the other",
                name.en,
                shown(now.part),
                other.en.to_lowercase(),
                shown(now.whole),
                why.en
            ),
        );
        let finding = Finding::new(Code::MeasuresMixedUp, message)
            .at(at(facts.dataset, first))
            .also(cells(facts, &now.pairs))
            .read(first.raw())
            .expected(Text::new(format!("不多于{}", other.zh), format!("no more than {}", other.en.to_lowercase())));
        answer.fail(finding, &[]);
    }
    answer
}

/// Are both sums nearer to what the other one was?
fn are_swapped(now: (f64, f64), before: (f64, f64)) -> bool {
    let far = |a: f64, b: f64| (a / b).ln().abs();
    far(now.0, before.1) < far(now.0, before.0) && far(now.1, before.0) < far(now.1, before.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_that_are_nearer_to_the_other_column_are_swapped() {
        assert!(are_swapped((7100.0, 5300.0), (5200.0, 7000.0)));
        assert!(!are_swapped((5300.0, 7100.0), (5200.0, 7000.0)));
        assert!(!are_swapped((7000.0, 7100.0), (5200.0, 7000.0)), "one of them grew");
        assert!(!are_swapped((5000.0, 5000.0), (5000.0, 5000.0)));
    }
}
