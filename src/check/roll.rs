//! Records rolled up against the table that is published beside them: the schools of an area add up to the area's own figure.
//!
//! Rule: |Σ records − figure| ≤ n · w with n records each rounded by no more than w. Degenerate cases: areas and periods of which some
//! record is unknown are not judged, for their sum is not known either.

use std::collections::BTreeMap;

use super::{Answer, Check, Facts, at, column::others, shown, subjects};
use crate::{
    diag::{Code, Finding},
    model::{Breakdown, Id, Observation, Period, Text, are_within},
};

pub fn rolls_up_to(facts: &Facts, check: &Check, published: &Id, each_within: f64) -> Answer {
    let mut records: BTreeMap<(&Id, Period), Vec<&Observation>> = BTreeMap::new();
    for (_, record) in subjects(facts, check) {
        records.entry((&record.area, record.period)).or_default().push(record);
    }
    let whole = Breakdown::new();
    let mut answer = Answer::default();
    for ((area, period), records) in records {
        let Some(&place) = facts.index.get(&(published, area, period, &whole)) else { continue };
        let said = &facts.dataset.observations[place];
        let (Some(value), false) = (said.value, records.iter().any(|record| record.status.is_unknown())) else { continue };
        answer.answered += 1;
        let sum: f64 = records.iter().filter_map(|record| record.value).sum();
        if are_within(each_within * records.len() as f64, value, sum) {
            continue;
        }
        let name = facts.book.figure_name(published, area, period, &whole);
        let difference = shown(sum - value);
        let message = Text::new(
            format!("{}为 {}，{} 条记录相加为 {}（相差 {difference}）", name.zh, shown(value), records.len(), shown(sum)),
            format!(
                "{} is {}, but its {} records add up to {} (a difference of {difference})",
                name.en,
                shown(value),
                records.len(),
                shown(sum)
            ),
        );
        let first = records.iter().take(1).map(|record| at(facts.dataset, record));
        let finding = Finding::new(Code::SumDiffers, message)
            .at(at(facts.dataset, said))
            .also(first.chain(others(facts, records.iter().copied())))
            .read(said.raw())
            .expected(Text::same(shown(sum)));
        answer.fail(finding, &[]);
    }
    answer
}
