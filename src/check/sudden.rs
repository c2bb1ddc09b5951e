//! Sudden completeness: what had no figure in the period before has one everywhere at once.
//!
//! Rule: of the cells of a measure that said "does not exist" or nothing in the period before, enough in number, every one holds a
//! figure now; over all areas, else within one. It may be that they have begun to count; it may be that zeros or guesses were filled
//! in. Degenerate cases: a form that had not come at all is no cell that said nothing; fewer cells than asked for are filled by chance.

use std::collections::{BTreeMap, BTreeSet};

use super::{Answer, Check, Facts, column::others, on, subjects};
use crate::{
    diag::{Code, Finding},
    model::{Id, Language, Observation, Period, Status, Text},
};

type Filled<'a> = Vec<&'a Observation>;
/// By area: the figures now of cells that had none, and how many have none still.
type ByArea<'a> = BTreeMap<&'a Id, (Filled<'a>, usize)>;

pub fn completes_gradually(facts: &Facts, check: &Check, at_least: usize) -> Answer {
    let mut groups: BTreeMap<(&Id, Period), ByArea> = BTreeMap::new();
    for (_, now) in subjects(facts, check) {
        let Some(before) = facts.before(now) else { continue };
        if before.value.is_some() || !(before.status.is_unknown() || before.status == Status::NotApplicable) {
            continue;
        }
        let (filled, empty) = groups.entry((&now.measure, now.period)).or_default().entry(&now.area).or_default();
        if now.value.is_some() { filled.push(now) } else { *empty += 1 }
    }
    let mut answer = Answer::default();
    for ((measure, period), by_area) in groups {
        let all: usize = by_area.values().map(|(filled, empty)| filled.len() + empty).sum();
        if all < at_least {
            continue;
        }
        answer.answered += 1;
        let is_everywhere = by_area.len() > 1 && by_area.values().all(|(_, empty)| *empty == 0);
        if is_everywhere {
            let areas: BTreeSet<&Id> = by_area.keys().copied().collect();
            let figures: Filled = by_area.into_values().flat_map(|(filled, _)| filled).collect();
            answer.failed.extend(failure(facts, measure, period, &areas, &figures));
            continue;
        }
        for (area, (filled, empty)) in by_area {
            if empty == 0 && filled.len() >= at_least {
                answer.failed.extend(failure(facts, measure, period, &BTreeSet::from([area]), &filled));
            }
        }
    }
    answer
}

fn failure(
    facts: &Facts,
    measure: &Id,
    period: Period,
    areas: &BTreeSet<&Id>,
    figures: &[&Observation],
) -> Option<super::Failure> {
    let first = figures.first()?;
    let name = facts.book.measure_name(measure);
    let names =
        |language, comma: &str| areas.iter().map(|area| facts.book.area_name(area, language)).collect::<Vec<_>>().join(comma);
    let message = Text::new(
        format!(
            "{} {} {}：上期没有数据的 {} 个单元格本期全部有数",
            names(Language::Chinese, "、"),
            period.in_chinese(),
            name.zh,
            figures.len()
        ),
        format!(
            "{} of {}, {}: all {} cells that had no figure in the period before have one now",
            name.en,
            names(Language::English, ", "),
            period.in_english(),
            figures.len()
        ),
    );
    let zeros = figures.iter().filter(|figure| figure.value == Some(0.0)).count();
    let finding = on(Finding::new(Code::SuddenlyComplete, message), facts, first)
        .also(others(facts, figures.iter().copied()))
        .read(first.raw())
        .expected(Text::new(
            format!("逐步补齐；其中 {zeros} 个为 0"),
            format!("gaps that close one by one; {zeros} of these are 0"),
        ));
    Some(super::Failure { finding, doubtful: Vec::new() })
}
