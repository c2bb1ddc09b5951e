//! What sheets were understood as: which form or list, of whom and for when, and how many values came of it. Whoever sends a workbook
//! sees at a glance whether it was taken for another district's or for last year's.

use std::collections::BTreeMap;

use crate::{
    model::{Area, Dataset, Id, Period, Text},
    plan::Plan,
};

/// One table of one sheet, with all that it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understood {
    pub file: String,
    /// Empty for a list without a row, of which only the file is known.
    pub sheet: String,
    pub title: Text,
    /// In the order of the list of areas.
    pub areas: Vec<Text>,
    pub periods: Vec<Period>,
    pub values: usize,
}

/// By file, sheet and form.
pub fn understood(dataset: &Dataset, plan: &Plan) -> Vec<Understood> {
    type Of<'a> = (&'a str, &'a str, &'a Id);
    let mut tables: BTreeMap<Of, Vec<(&Id, Period)>> = BTreeMap::new();
    for seen in &dataset.observations {
        let mut sheets: Vec<(&str, &str)> = seen.sheets().map(|(file, sheet)| (file.as_ref(), sheet.as_ref())).collect();
        sheets.dedup();
        for (file, sheet) in sheets {
            tables.entry((file, sheet, &seen.layout)).or_default().push((&seen.area, seen.period));
        }
    }
    let empty = dataset.empty.iter().map(|list| ((list.file.as_ref(), "", &list.layout), (&list.area, list.period)));
    let empty: BTreeMap<Of, Vec<(&Id, Period)>> = empty.fold(BTreeMap::new(), |mut all, (of, one)| {
        all.entry(of).or_insert_with(Vec::new).push(one);
        all
    });
    let full = tables.into_iter().map(|(of, seen)| (of, seen.len(), seen));
    let all = full.chain(empty.into_iter().map(|(of, seen)| (of, 0, seen)));
    let mut all: Vec<Understood> = all
        .map(|((file, sheet, layout), values, seen)| {
            let named = |area: &Area| seen.iter().any(|(code, _)| **code == area.code).then(|| area.name.clone());
            let mut periods: Vec<Period> = seen.iter().map(|(_, period)| *period).collect();
            periods.sort();
            periods.dedup();
            Understood {
                file: file.to_string(),
                sheet: sheet.to_string(),
                title: title(layout, plan),
                areas: plan.book.areas.iter().filter_map(named).collect(),
                periods,
                values,
            }
        })
        .collect();
    all.sort_by(|a, b| (&a.file, &a.sheet, &a.title.zh).cmp(&(&b.file, &b.sheet, &b.title.zh)));
    all
}

fn title(layout: &Id, plan: &Plan) -> Text {
    let forms = plan.layouts.iter().map(|form| (&form.id, &form.title));
    let lists = plan.records.layouts.iter().map(|list| (&list.id, &list.title));
    forms.chain(lists).find(|(id, _)| *id == layout).map_or_else(|| Text::same(layout.as_ref()), |(_, title)| title.clone())
}
