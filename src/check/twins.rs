//! Two areas with one column: every figure below a heading is the same in both.
//!
//! Rule: two columns of one measure and period with enough figures other than 0, at least three of them distinct, are equal figure by
//! figure. Members of open dimensions (projects, schools) are names of each area's own and are not compared. Degenerate cases: short
//! columns, and columns of the same few figures, are alike by chance and are not judged.

use std::collections::BTreeMap;

use super::{
    Answer, Check, Facts, at,
    column::{Figures, columns, name_of_column, others, tells_apart},
};
use crate::{
    diag::{Code, Finding},
    model::{Id, Language, Observation, Period, Text},
};

/// Figures with the members that areas share.
type Said<'a> = Vec<(Vec<(&'a Id, &'a Id)>, u64)>;

/// Areas that say the same, with their columns.
type Twins<'a> = Vec<(&'a Id, &'a Figures<'a>)>;

pub fn columns_differ(facts: &Facts, check: &Check, at_least: usize) -> Answer {
    let mut answer = Answer::default();
    let columns = columns(facts, check);
    let mut alike: BTreeMap<(&Id, Period, Said), Twins> = BTreeMap::new();
    for ((measure, period, area), column) in &columns {
        if !tells_apart(column.iter().filter_map(|(_, figure)| figure.value), at_least) {
            continue;
        }
        answer.answered += 1;
        let said = column.iter().filter_map(|(_, figure)| Some((shared(facts, figure), figure.value?.to_bits())));
        alike.entry((measure, *period, said.collect())).or_default().push((area, column));
    }
    for ((measure, period, said), twins) in alike {
        let Some((&(first, column), rest)) = twins.split_first().filter(|(_, rest)| !rest.is_empty()) else { continue };
        let Some((_, figure)) = column.first() else { continue };
        let name = name_of_column(facts, measure, first, period);
        let names = |language, comma: &str| {
            rest.iter().map(|(area, _)| facts.book.area_name(area, language)).collect::<Vec<_>>().join(comma)
        };
        let message = Text::new(
            format!("{}的 {} 个数值与{}完全相同", name.zh, said.len(), names(Language::Chinese, "、")),
            format!("all {} figures of {} are also those of {}", said.len(), name.en, names(Language::English, ", ")),
        );
        let firsts = rest.iter().filter_map(|(_, column)| column.first()).map(|(_, figure)| at(facts.dataset, figure));
        let finding = Finding::new(Code::ColumnsIdentical, message)
            .at(at(facts.dataset, figure))
            .also(firsts.chain(others(facts, column.iter().map(|(_, figure)| *figure))))
            .read(figure.raw())
            .expected(Text::new("各区各自的数值", "each area's own figures"));
        answer.fail(finding, &[]);
    }
    answer
}

fn shared<'a>(facts: &Facts, figure: &'a Observation) -> Vec<(&'a Id, &'a Id)> {
    figure.breakdown.iter().filter(|(dimension, _)| !facts.book.is_open(dimension)).collect()
}
