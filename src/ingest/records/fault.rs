//! What is wrong with cells of a list: said once a column, with places and never with what a pupil's cell holds.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{
    column::Odd,
    layout::{Column, Holds, RecordsLayout},
};
use crate::{
    diag::{Code, Finding, Place},
    model::{Text, cell_name},
};

/// Places that a finding names.
const PLACES: usize = 20;
/// A label that stands in so many rows is no person's: it may be shown.
const COMMON: u64 = 3;
/// Different labels that are kept.
const LABELS: usize = 200;

/// Faults of one table, by kind and column of the layout.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Faults {
    of: BTreeMap<(Odd, usize), Fault>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Fault {
    cells: u64,
    places: Vec<(u32, u32)>,
    labels: BTreeMap<String, u64>,
}

/// One cell that has something wrong.
#[derive(Debug)]
pub struct Cell {
    pub odd: Odd,
    /// The column of the layout.
    pub column: usize,
    pub at: (u32, u32),
    /// What it says, where that is a label.
    pub label: Option<String>,
}

impl Faults {
    pub fn add(&mut self, cell: Cell) {
        let fault = self.of.entry((cell.odd, cell.column)).or_default();
        fault.cells += 1;
        if fault.places.len() < PLACES {
            fault.places.push(cell.at);
        }
        if let Some(label) = cell.label
            && (fault.labels.len() < LABELS || fault.labels.contains_key(&label))
        {
            *fault.labels.entry(label).or_default() += 1;
        }
    }

    pub fn findings(&self, layout: &RecordsLayout, file: &Arc<str>, sheet: &str) -> Vec<Finding> {
        let place = |&(row, column): &(u32, u32)| Place { cell: cell_name(row, column), ..Place::sheet(file.as_ref(), sheet) };
        let said = self.of.iter().filter_map(|((odd, column), fault)| {
            let column = layout.columns.get(*column)?;
            let mut places = fault.places.iter().map(place);
            let finding = finding(*odd, column, layout, fault).judged_by(&column.place);
            let more = fault.cells.saturating_sub(fault.places.len() as u64);
            Some(finding.at(places.next()?).also(places).and_more(more))
        });
        said.collect()
    }
}

fn finding(odd: Odd, column: &Column, layout: &RecordsLayout, fault: &Fault) -> Finding {
    let (title, cells) = (&layout.title, fault.cells);
    let heading = column.headings.first().map_or(column.name.as_str(), String::as_str);
    let of = |zh: String, en: String| {
        Text::new(format!("《{}》“{heading}”一栏{zh}", title.zh), format!("column `{heading}` of {}: {en}", title.en))
    };
    let message = match (odd, &column.holds) {
        (Odd::Unreadable, Holds::Day) => {
            of(format!("有 {cells} 个单元格不是日期，按未填处理"), format!("{cells} cells hold no day and count as missing"))
        }
        (Odd::Unreadable, _) => {
            of(format!("有 {cells} 个单元格不是数字，按未填处理"), format!("{cells} cells hold no number and count as missing"))
        }
        (Odd::OutOfBounds, _) => of(
            format!("有 {cells} 个单元格超出范围，按未填处理"),
            format!("{cells} cells are out of bounds and count as missing"),
        ),
        (Odd::Unknown, _) => of(
            format!("有 {cells} 行的名称无法识别，这些行未计入"),
            format!("{cells} rows have a name that is not known and were not counted"),
        ),
        (Odd::Blank, _) => {
            of(format!("有 {cells} 行未填，这些行未计入"), format!("{cells} rows are blank there and were not counted"))
        }
        (Odd::Typo, _) => {
            of("有写法有误的区名，已按更正后的读入".into(), "misspelt names were read as what they stand for".into())
        }
        (Odd::Twice, _) => of("有两栏同名，取左边一栏".into(), "two columns have this heading; the left one was taken".into()),
    };
    let code = match (odd, &column.holds) {
        (Odd::Unreadable, _) => Code::NumberUnreadable,
        (Odd::OutOfBounds, _) => Code::OutOfBounds,
        (Odd::Unknown, Holds::Area) => Code::AreaUnknown,
        (Odd::Unknown, Holds::Period) => Code::PeriodMissing,
        (Odd::Unknown, _) => Code::LabelUnknown,
        (Odd::Blank, _) => Code::ValueMissing,
        (Odd::Typo, _) => Code::AreaTypo,
        (Odd::Twice, _) => Code::HeadingTwice,
    };
    let common: Vec<&str> =
        fault.labels.iter().filter(|(_, rows)| **rows >= COMMON).map(|(label, _)| label.as_str()).take(PLACES).collect();
    let finding = Finding::new(code, message).read(common.join("、"));
    match (column.from, column.to, odd) {
        (Some(from), Some(to), Odd::OutOfBounds) => {
            finding.expected(Text::new(format!("{from} 至 {to}"), format!("{from} to {to}")))
        }
        (Some(from), None, Odd::OutOfBounds) => finding.expected(Text::new(format!("不小于 {from}"), format!("at least {from}"))),
        (None, Some(to), Odd::OutOfBounds) => finding.expected(Text::new(format!("不大于 {to}"), format!("at most {to}"))),
        _ => finding,
    }
}
