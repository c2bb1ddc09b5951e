//! What a cell says, by the kind of its measure: a figure, a day, or words.

use super::{
    day,
    layout::Layout,
    number::{self, Figure, Style, Unit},
    table::Column,
    workbook::Sheet,
};
use crate::model::{Measure, MeasureKind, Status};

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
