//! What is wrong with cells of a list: said once a column, with places and never with what a pupil's cell holds.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{
    column::Odd,
    doubt::Noted,
    layout::{Column, Holds, RecordsLayout},
};
use crate::{
    diag::{Code, Finding, Place, Severity},
    ingest::{known, unread},
    model::{Area, AreaKind, Codebook, Text, cell_name},
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
    /// Rows that were counted and may be totals, and that were not and may be records.
    pub totals: Noted,
    pub records: Noted,
    /// Records that the spreadsheet does not show.
    pub hidden: Noted,
    /// Rows that have a name, and where their area should stand the name of the whole.
    pub of_whole: Noted,
    /// The sheet itself is hidden.
    pub is_hidden: bool,
    /// A row says that there is none.
    pub says_none: bool,
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

    pub fn has(&self, odd: Odd) -> bool {
        self.of.keys().any(|(known, _)| *known == odd)
    }

    /// `is_lost` says whether rows are in no group where this column does not tell which.
    pub fn findings(
        &self,
        layout: &RecordsLayout,
        book: &Codebook,
        file: &Arc<str>,
        sheet: &str,
        is_lost: impl Fn(usize) -> bool,
    ) -> Vec<Finding> {
        let place = |&(row, column): &(u32, u32)| Place { cell: cell_name(row, column), ..Place::sheet(file.as_ref(), sheet) };
        let said = self.of.iter().filter_map(|((odd, at), fault)| {
            let column = layout.columns.get(*at)?;
            let mut places = fault.places.iter().map(place);
            let is_lost = is_lost(*at);
            let finding = finding(*odd, column, layout, fault, is_lost);
            let finding = advised(finding, *odd, column, fault, book).judged_by(&column.place);
            // What is not counted is no gap that may be filled later.
            let finding =
                if matches!(odd, Odd::Blank | Odd::Formula) && is_lost { finding.severity(Severity::Error) } else { finding };
            let more = fault.cells.saturating_sub(fault.places.len() as u64);
            Some(finding.at(places.next()?).also(places).and_more(more))
        });
        let sheet = || Place::sheet(file.as_ref(), sheet);
        said.chain(self.hidden(layout, place))
            .chain(self.of_whole(layout, place))
            .chain(self.hidden_sheet(layout, sheet))
            .collect()
    }

    fn hidden(&self, layout: &RecordsLayout, place: impl Fn(&(u32, u32)) -> Place) -> Option<Finding> {
        let (rows, title) = (self.hidden.rows, &layout.title);
        let message = Text::new(
            format!("《{}》有 {rows} 行是隐藏的（或被筛选隐去），已计入", title.zh),
            format!("{rows} rows of {} are hidden or filtered away, and were counted", title.en),
        );
        Some(self.hidden.at(Finding::new(Code::HiddenCells, message), place)?.judged_by(&layout.place))
    }

    fn hidden_sheet(&self, layout: &RecordsLayout, place: impl Fn() -> Place) -> Option<Finding> {
        let title = &layout.title;
        let message = Text::new(
            format!("《{}》所在的工作表是隐藏的，各行已计入", title.zh),
            format!("the sheet with {} is hidden, and its rows were counted", title.en),
        );
        self.is_hidden.then(|| Finding::new(Code::HiddenCells, message).judged_by(&layout.place).at(place()))
    }

    fn of_whole(&self, layout: &RecordsLayout, place: impl Fn(&(u32, u32)) -> Place) -> Option<Finding> {
        let (rows, title) = (self.of_whole.rows, &layout.title);
        let message = Text::new(
            format!("《{}》有 {rows} 行有名称，所在地区却写的是全域，当作合计，未计入", title.zh),
            format!(
                "{rows} rows of {} have a name and are of the whole area: they were taken for totals, and not counted",
                title.en
            ),
        );
        let next = Text::new(
            "是一条记录的，写明它所在的区；确是合计的，不用处理。",
            "If it is a record, say which district it is in; leave it if it is a total.",
        );
        Some(self.of_whole.at(Finding::new(Code::RecordDoubtful, message), place)?.next(next).judged_by(&layout.place))
    }
}

fn finding(odd: Odd, column: &Column, layout: &RecordsLayout, fault: &Fault, is_lost: bool) -> Finding {
    let (title, cells) = (&layout.title, fault.cells);
    let heading = column.headings.first().map_or(column.name.as_str(), String::as_str);
    let of = |zh: String, en: String| {
        Text::new(format!("《{}》“{heading}”一栏{zh}", title.zh), format!("column `{heading}` of {}: {en}", title.en))
    };
    let (so_zh, so_en) =
        if is_lost { ("这些行未计入", "were not counted") } else { ("按未填处理", "count as missing") };
    let message = match (odd, &column.holds) {
        (Odd::Unreadable, Holds::Day) => {
            of(format!("有 {cells} 个单元格不是日期，按未填处理"), format!("{cells} cells hold no day and count as missing"))
        }
        (Odd::Unreadable, _) => {
            of(format!("有 {cells} 个单元格不是数字，按未填处理"), format!("{cells} cells hold no number and count as missing"))
        }
        (Odd::Truth, _) => of(
            format!("有 {cells} 个单元格是 TRUE 或 FALSE，不是数字，按未填处理"),
            format!("{cells} cells hold TRUE or FALSE and no number, and count as missing"),
        ),
        (Odd::Formula, _) => of(
            format!("有 {cells} 个单元格的公式没有保存结果，{so_zh}"),
            format!("the result of the formula is not kept in {cells} cells, which {so_en}"),
        ),
        (Odd::OutOfBounds, _) => of(
            format!("有 {cells} 个单元格超出范围，按未填处理"),
            format!("{cells} cells are out of bounds and count as missing"),
        ),
        (Odd::Unknown, _) => {
            of(format!("有 {cells} 行的名称无法识别，{so_zh}"), format!("{cells} rows have a name that is not known and {so_en}"))
        }
        (Odd::Blank, _) => of(format!("有 {cells} 行未填，{so_zh}"), format!("{cells} rows are blank there and {so_en}")),
        (Odd::Typo, _) => {
            of("有写法有误的区名，已按更正后的读入".into(), "misspelt names were read as what they stand for".into())
        }
        (Odd::Twice, _) => of("有两栏同名，取左边一栏".into(), "two columns have this heading; the left one was taken".into()),
    };
    let code = match (odd, &column.holds) {
        (Odd::Formula, Holds::Area | Holds::Period | Holds::Dimension(_)) => Code::ValueMissing,
        (Odd::Unreadable | Odd::Truth | Odd::Formula, _) => Code::NumberUnreadable,
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
    Finding::new(code, message).read(common.join("、"))
}

/// With what would be right in such a column, and what to do.
fn advised(finding: Finding, odd: Odd, column: &Column, fault: &Fault, book: &Codebook) -> Finding {
    let bounds = match (column.from, column.to) {
        (Some(from), Some(to)) => Text::new(format!("{from} 至 {to}"), format!("{from} to {to}")),
        (Some(from), None) => Text::new(format!("不小于 {from}"), format!("at least {from}")),
        (None, Some(to)) => Text::new(format!("不大于 {to}"), format!("at most {to}")),
        (None, None) => Text::default(),
    };
    // What most rows say is what is most often meant for another.
    let written = fault.labels.iter().rev().max_by_key(|(_, rows)| **rows).map_or("", |(label, _)| label.as_str());
    let is_part = |area: &&Area| area.kind != AreaKind::Whole;
    let known = || match &column.holds {
        Holds::Area => known::names(book.areas.iter().filter(is_part).map(|area| &area.name), written),
        Holds::Dimension(id) => book.dimension(id).map(|dimension| known::members(dimension, written)).unwrap_or_default(),
        Holds::Period => Text::new("年份或时期，如 2023年", "a year or another period, such as 2023"),
        Holds::Number | Holds::Day | Holds::Words => Text::default(),
    };
    match (odd, &column.holds) {
        (Odd::OutOfBounds, _) => finding.expected(bounds),
        (Odd::Unreadable, Holds::Day) => unread::say_a_day(finding),
        (Odd::Formula, _) => finding.next(Text::new(
            "用 Excel 或 WPS 打开该工作簿，保存后再报送：结果就存入文件了。",
            "Open the workbook in Excel or WPS and save it before it is sent: then it keeps the results.",
        )),
        (Odd::Unknown, Holds::Period) => {
            finding.expected(known()).next(Text::new("在这些单元格写明年份。", "Write the year into these cells."))
        }
        (Odd::Unknown, _) => finding.expected(known()),
        (Odd::Blank, _) => finding.expected(known()).next(Text::new(
            "逐行补填这些单元格。只在第一行写了名称、下面各行留空的，单元格合并了才算各行都已写明。",
            "Fill these cells, row by row: a name that stands in the first row alone is that of the rows below only where the cells are merged.",
        )),
        (Odd::Unreadable | Odd::Truth | Odd::Typo | Odd::Twice, _) => finding,
    }
}

pub fn cannot_be_counted(fault: &Text, file: &Arc<str>, sheet: &str) -> Finding {
    let message = Text::new(format!("该表无法计数：{}", fault.zh), format!("the list cannot be counted: {}", fault.en));
    Finding::new(Code::ComputeFailed, message).at(Place::sheet(file.as_ref(), sheet))
}
