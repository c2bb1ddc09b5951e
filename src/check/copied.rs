//! Last year's column sent again: every figure below a heading is what it was in the period before.
//!
//! Rule: of a column that has enough figures other than 0, at least three of them distinct, not one has changed. Degenerate cases: a
//! short column, or one of the same few figures, may stay as it is by chance and is not judged; figures that one of the two periods
//! lacks are left out.

use super::{
    Answer, Check, Facts, at,
    column::{columns, name_of_column, others, paired, tells_apart},
};
use crate::{
    diag::{Code, Finding},
    model::Text,
};

pub fn not_copied(facts: &Facts, check: &Check, at_least: usize) -> Answer {
    let mut answer = Answer::default();
    let columns = columns(facts, check);
    for ((measure, period, area), column) in &columns {
        let pairs = paired(facts, column, (measure, period.previous()));
        if !tells_apart(pairs.iter().filter_map(|(now, _)| now.value), at_least) {
            continue;
        }
        answer.answered += 1;
        let Some((first, before)) = pairs.first() else { continue };
        if pairs.iter().any(|(now, before)| now.value != before.value) {
            continue;
        }
        let (name, last) = (name_of_column(facts, measure, area, *period), period.previous());
        let message = Text::new(
            format!("{}的 {} 个数值与 {last} 完全相同，可能是复制了上期", name.zh, pairs.len()),
            format!("all {} figures of {} are those of {last}: the column may have been copied", pairs.len(), name.en),
        );
        let finding = Finding::new(Code::ColumnCopied, message)
            .at(at(facts.dataset, first))
            .also(std::iter::once(at(facts.dataset, before)).chain(others(facts, pairs.iter().map(|(now, _)| *now))))
            .read(first.raw())
            .expected(Text::new("本期的数值", "the figures of this period"));
        answer.fail(finding, &[]);
    }
    answer
}
