//! Rows that a form had for the period before and does not have now: a category that was deleted is none of which there is nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use rustc_hash::FxHashMap;

use crate::{
    diag::{Code, Finding, Place},
    model::{Codebook, Dataset, Id, Language, Observation, Period, Text},
};

/// What is not there any more of one sheet: of whom, for when, in which dimension.
type Of<'a> = (&'a Arc<str>, &'a Arc<str>, &'a Id, Period, &'a Id);

/// Members of dimensions that an area's form had a figure for, and now has no cell for, though it has one for others.
pub fn left_out(dataset: &Dataset, book: &Codebook) -> Vec<Finding> {
    // One form may have several runs: rows of other forms stand between them.
    let mut given: FxHashMap<(&Id, &Id, &Id, Period), Vec<&Observation>> = FxHashMap::default();
    for run in dataset.runs() {
        let Observation { layout, measure, area, period, .. } = &run[0];
        given.entry((layout, measure, area, *period)).or_default().extend(run);
    }
    let mut left_out: BTreeMap<Of, BTreeSet<&Id>> = BTreeMap::new();
    for (&(layout, measure, area, period), now) in &given {
        let Some(before) = given.get(&(layout, measure, area, period.previous())) else { continue };
        let Some(cell) = now.iter().find_map(|row| row.cell()) else { continue };
        let by = book.measure(measure).map(|measure| measure.by.as_slice()).unwrap_or_default();
        // A list has what there is.
        if book.any_is_open(by) {
            continue;
        }
        for id in by {
            let had = before.iter().filter(|row| row.value.is_some_and(|value| value != 0.0) && row.cell().is_some());
            let has: BTreeSet<&Id> = now.iter().filter_map(|row| row.breakdown.get(id)).collect();
            let lost = had.filter_map(|row| row.breakdown.get(id)).filter(|member| !has.contains(member));
            let lost: BTreeSet<&Id> = lost.collect();
            if !has.is_empty() && !lost.is_empty() {
                let of = (&cell.file, &cell.sheet, area, period, id);
                left_out.entry(of).or_default().extend(lost);
            }
        }
    }
    left_out
        .into_iter()
        .map(|((file, sheet, area, period, id), members)| {
            let name = |language| book.area_name(area, language);
            let dimension = book.dimension(id);
            let list = |language: Language, comma: &str| {
                let known = dimension.into_iter().flat_map(|dimension| &dimension.members);
                let named = known.filter(|member| members.contains(&member.code));
                named.map(|member| member.name.in_language(language).to_string()).collect::<Vec<_>>().join(comma)
            };
            let before = period.previous();
            let message = Text::new(
                format!(
                    "{}{}没有“{}”的数据，而{}有",
                    name(Language::Chinese),
                    period.in_chinese(),
                    list(Language::Chinese, "、"),
                    before.in_chinese()
                ),
                format!(
                    "{} has nothing on {} for {}, and had for {}",
                    name(Language::English),
                    list(Language::English, ", "),
                    period.in_english(),
                    before.in_english()
                ),
            );
            Finding::new(Code::RowsLeftOut, message).at(Place::sheet(file.as_ref(), sheet.as_ref()))
        })
        .collect()
}
