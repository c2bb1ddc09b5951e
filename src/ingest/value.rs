//! What a cell says, by the kind of its measure: a figure, a day, or words.

use super::{
    day,
    layout::{Layout, Values},
    number::{self, Figure, Style},
    table::Column,
    unit::Unit,
    workbook::Sheet,
};
use crate::model::{Codebook, Measure, MeasureKind, Status};

/// A column of a table with all that is the same for its cells.
pub struct Figures<'a> {
    pub column: &'a Column,
    pub values: &'a Values,
    pub measure: &'a Measure,
    /// Whatever a row says, a value here is of the same area, period and members as the value in the column before.
    pub as_before: bool,
    layout: &'a Layout,
    /// The unit the measure is kept in.
    wanted: Unit,
    /// The power of ten from the unit of its cells to that.
    exponent: i32,
    /// The unit that its heading, or the head of the table, gives, where that measures something else: its figures are not what they are
    /// taken for.
    pub foreign: Option<String>,
}

impl<'a> Figures<'a> {
    /// `in_head` are the units that the head of the table gives. None where nobody knows the measure.
    pub fn of(column: &'a Column, layout: &'a Layout, book: &'a Codebook, in_head: &[String]) -> Option<Figures<'a>> {
        let values = layout.values.get(column.values)?;
        let measure = book.measure(&values.measure)?;
        let wanted = Unit::parse(&measure.unit);
        let own = column.unit.as_deref().map(Unit::parse);
        let is_figure = matches!(measure.kind, MeasureKind::Count | MeasureKind::ReportedRate);
        // Of several, one that it can be.
        let fits = in_head.iter().map(|unit| Unit::parse(unit)).find(|unit| unit.is_of(&wanted));
        let foreign = match (&own, &fits) {
            (Some(own), _) => column.unit.as_ref().filter(|_| own.is_foreign_to(&wanted)),
            (None, Some(_)) => None,
            (None, None) => in_head.iter().find(|unit| Unit::parse(unit).rivals(&wanted)),
        };
        let foreign = foreign.filter(|_| is_figure).cloned();
        let written = own.and_then(|unit| unit.exponent_loosely_to(&wanted));
        let written = written.or_else(|| fits.and_then(|unit| unit.exponent_to(&wanted)));
        let exponent = written.or_else(|| Unit::parse(&values.unit).exponent_to(&wanted)).unwrap_or(0);
        Some(Figures { column, values, measure, as_before: false, layout, wanted, exponent, foreign })
    }

    /// The columns of one table, from the left.
    pub fn beside(mut columns: Vec<Figures<'a>>) -> Vec<Figures<'a>> {
        let of = |figures: &Figures<'a>| {
            let Figures { column, measure, .. } = *figures;
            (column.area.as_ref(), column.period, &column.members, &measure.by)
        };
        for at in 1..columns.len() {
            columns[at].as_before = of(&columns[at - 1]) == of(&columns[at]);
        }
        columns
    }

    /// Reads the cell of a row.
    pub fn read(&self, sheet: &Sheet, row: u32) -> Figure {
        let column = self.column.column;
        let cell = sheet.cell(row, column);
        match self.measure.kind {
            MeasureKind::Day => day::read(cell),
            MeasureKind::Words => Figure::None(if cell.is_blank() { Status::NotApplicable } else { Status::Normal }),
            MeasureKind::Count | MeasureKind::ReportedRate => {
                let style = Style {
                    wanted: &self.wanted,
                    exponent: self.exponent,
                    fractions: self.values.fractions,
                    ratio: self.values.ratio,
                    symbols: &self.layout.symbols,
                };
                number::read(cell, sheet.shows_percent(row, column), &style)
            }
        }
    }
}
