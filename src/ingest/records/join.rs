//! Lists in several sheets of a workbook, or in several workbooks that say they are parts, give one figure together.

use std::collections::BTreeMap;

use super::layout::{Recipe, RecordsLayout};
use crate::{
    diag::{Code, Finding, Place, Severity},
    model::{Observation, Provenance, RowSet, Text},
};

/// Adds up what parts of one list give of the same figure, and says which of them may be copies. Observations are sorted by figure, then
/// by sheet.
pub fn join(observations: &mut Vec<Observation>, recipe: &Recipe) -> Vec<Finding> {
    let may_be_parts = |layout: &str| recipe.layouts.iter().any(|list| list.id.as_ref() == layout && list.parts);
    let copies: Vec<Finding> = recipe.layouts.iter().flat_map(|list| copies(observations, list)).collect();
    observations.dedup_by(|next, first| {
        // Of forms there is nothing to add up, which is seen sooner than whether two keys are the same.
        if !matches!((&next.provenance, &first.provenance), (Provenance::Rows { .. }, Provenance::Rows { .. }))
            || next.key() != first.key()
            || next.layout != first.layout
        {
            return false;
        }
        let (Provenance::Rows { of: more, .. }, Provenance::Rows { of, .. }) = (&next.provenance, &mut first.provenance) else {
            return false;
        };
        let is_one_file = more.iter().chain(of.iter()).all(|rows| rows.file == more[0].file);
        if !is_one_file && !may_be_parts(&next.layout) {
            return false;
        }
        of.extend(more.iter().cloned());
        first.value = match (first.value, next.value) {
            (Some(a), Some(b)) => Some(a + b),
            (one, other) => one.or(other),
        };
        // A part that could not answer leaves the whole provisional.
        first.status = match first.value {
            Some(_) if next.status != first.status => crate::model::Status::Provisional,
            _ => first.status,
        };
        true
    });
    copies
}

/// So many rows give the same sums twice by no accident.
const FEW: u64 = 2;

/// Parts of a list that give the same for everything are the same rows twice, as far as anybody can see from here.
fn copies(observations: &[Observation], list: &RecordsLayout) -> Vec<Finding> {
    let mut parts: BTreeMap<(&str, &str), Vec<_>> = BTreeMap::new();
    for observation in observations.iter().filter(|observation| observation.layout == list.id) {
        if let Provenance::Rows { of, .. } = &observation.provenance
            && let [RowSet { file, sheet, rows }] = of.as_slice()
        {
            let said = (observation.key(), observation.value.map(f64::to_bits), *rows);
            parts.entry((file.as_ref(), sheet.as_ref())).or_default().push(said);
        }
    }
    let mut known: Vec<((&str, &str), Vec<_>)> = Vec::new();
    let mut found = Vec::new();
    for ((file, sheet), said) in parts {
        let is_copy = |((other, _), own): &&((&str, &str), Vec<_>)| (list.parts || *other == file) && *own == said;
        let has_rows = said.iter().filter_map(|(_, _, rows)| *rows).max().is_some_and(|rows| rows >= FEW);
        match known.iter().find(is_copy).filter(|_| has_rows) {
            None => known.push(((file, sheet), said)),
            Some(&((other, of), _)) => {
                let title = &list.title;
                let message = Text::new(
                    format!("《{}》的两部分结果完全相同，可能是同一份清单的副本；两者已相加", title.zh),
                    format!("two parts of {} give the same for everything and may be copies; they were added up", title.en),
                );
                let next = Text::new(
                    "是副本的，只保留一份；各是一部分的，不用处理。",
                    "Keep one of them if they are copies; leave them if each is a part.",
                );
                let finding = Finding::new(Code::Duplicate, message).severity(Severity::Warning).next(next);
                found.push(finding.judged_by(&list.place).at(Place::sheet(file, sheet)).also([Place::sheet(other, of)]));
            }
        }
    }
    found
}
