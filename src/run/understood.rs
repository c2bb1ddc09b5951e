//! What sheets were understood as: which form or list, of whom and for when, and how many values came of it. Whoever sends a workbook
//! sees at a glance whether it was taken for another district's or for last year's.

use std::collections::{BTreeMap, BTreeSet};

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

/// File, sheet and form.
type Of<'a> = (&'a str, &'a str, &'a Id);
/// So many values, and of whom and when they are.
type Seen<'a> = (usize, Vec<(&'a Id, Period)>);

/// By file, sheet and form.
pub fn understood(dataset: &Dataset, plan: &Plan) -> Vec<Understood> {
    let mut tables: BTreeMap<Of, Seen> = BTreeMap::new();
    for seen in &dataset.observations {
        let mut sheets: Vec<(&str, &str)> = seen.sheets().map(|(file, sheet)| (file.as_ref(), sheet.as_ref())).collect();
        sheets.dedup();
        for (file, sheet) in sheets {
            let (values, of) = tables.entry((file, sheet, &seen.layout)).or_default();
            *values += 1;
            of.push((&seen.area, seen.period));
        }
    }
    for list in &dataset.empty {
        tables.entry((list.file.as_ref(), "", &list.layout)).or_default().1.push((&list.area, list.period));
    }
    let table = |((file, sheet, layout), (values, of)): (Of, Seen)| {
        let named = |area: &Area| of.iter().any(|(code, _)| **code == area.code).then(|| area.name.clone());
        Understood {
            file: file.to_string(),
            sheet: sheet.to_string(),
            title: plan.form_title(layout).cloned().unwrap_or_default(),
            areas: plan.book.areas.iter().filter_map(named).collect(),
            periods: of.iter().map(|(_, period)| *period).collect::<BTreeSet<_>>().into_iter().collect(),
            values,
        }
    };
    tables.into_iter().map(table).collect()
}
