//! What a cell says, by the kind of its measure: a figure, a day, or words.

use super::{
    day,
    layout::Layout,
    number::{self, Figure, Style, Unit},
    table::Column,
    workbook::{Cell, Sheet},
};
use crate::{
    diag::{Code, Finding},
    model::{Measure, MeasureKind, Status, Text},
};

/// Reads the cell of a row in a column. `in_head` is the unit that the head of the table gives.
pub fn read(sheet: &Sheet, row: u32, column: &Column, measure: &Measure, layout: &Layout, in_head: Option<&str>) -> Figure {
    let cell = sheet.cell(row, column.column);
    match measure.kind {
        MeasureKind::Day => day::read(cell),
        MeasureKind::Words => Figure::None(if cell.is_blank() { Status::NotApplicable } else { Status::Normal }),
        MeasureKind::Count | MeasureKind::ReportedRate => {
            let values = &layout.values[column.values];
            let wanted = Unit::parse(&measure.unit);
            let written = column.unit.as_deref().map(Unit::parse).and_then(|unit| unit.exponent_to(&wanted));
            let in_head = in_head.map(Unit::parse).filter(|unit| unit.is_of(&wanted));
            let written = written.or_else(|| in_head.and_then(|unit| unit.exponent_to(&wanted)));
            let exponent = written.or_else(|| Unit::parse(&values.unit).exponent_to(&wanted)).unwrap_or(0);
            let (fractions, ratio) = (values.fractions, values.ratio);
            let style = Style { wanted: &wanted, exponent, fractions, ratio, symbols: &layout.symbols };
            number::read(cell, sheet.shows_percent(row, column.column), &style)
        }
    }
}

/// A cell that ought to hold a figure and does not.
pub fn unreadable(cell: &Cell, kind: MeasureKind, name: &Text) -> Finding {
    let said = cell.said();
    let (message, expected) = match cell {
        Cell::Formula(_) => (
            Text::new(
                format!("{}：公式“{said}”没有保存结果", name.zh),
                format!("{}: the result of the formula `{said}` is not kept", name.en),
            ),
            Text::new(
                "用 Excel 或 WPS 打开并保存，使结果存入文件",
                "open and save it in Excel or WPS, so that the result is kept",
            ),
        ),
        Cell::Error(_) => (
            Text::new(format!("{}：公式出错（{said}）", name.zh), format!("{}: the formula failed ({said})", name.en)),
            Text::new("改正公式，或填写数字", "a formula that works, or a number"),
        ),
        _ if kind == MeasureKind::Day => (
            Text::new(format!("{}：“{said}”不是日期", name.zh), format!("{}: `{said}` is not a day", name.en)),
            Text::new("一个日期，如 2023年9月1日", "a day, such as 2023-09-01"),
        ),
        _ => (
            Text::new(format!("{}：“{said}”不是数字", name.zh), format!("{}: `{said}` is not a number", name.en)),
            Text::new("一个数字，或表示没有数据的“—”", "a number, or — where there is none"),
        ),
    };
    Finding::new(Code::NumberUnreadable, message).expected(expected)
}
