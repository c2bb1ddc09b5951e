//! One list onto one sheet: a row of headings, and below it as many rows as there are records.

use rust_xlsxwriter::{Format, ProtectionOptions, Worksheet, XlsxError};

use super::{
    A4, across,
    looks::{Looks, lines, width},
    validation::{self, Lists},
};
use crate::model::{Language, MayHold, RecordColumn, RecordSheet};

/// The last row and the last column that a sheet has.
const LAST_ROW: u32 = 1_048_575;
const LAST_COLUMN: u16 = 16_383;

pub fn write(
    records: &RecordSheet,
    sheet: &mut Worksheet,
    lists: &mut Lists,
    looks: &Looks,
    language: Language,
) -> Result<(), XlsxError> {
    sheet.set_name(&records.sheet)?;
    let widths: Vec<f64> = records.columns.iter().map(column_width).collect();
    let last = records.columns.len().saturating_sub(1) as u16;
    // Rows can be taken out of a locked sheet only where none of their cells is locked.
    sheet.set_column_range_format(0, LAST_COLUMN, &looks.open)?;
    across(sheet, 0, 0, 0, last, &records.title, &looks.title)?;
    sheet.set_row_height(0, 10.0 + 22.0 * lines(&records.title, widths.iter().sum::<f64>() / 1.6))?;
    let headings = 1;
    let deep = records.columns.iter().zip(&widths).map(|(column, width)| lines(&column.heading, *width)).fold(1.0, f64::max);
    sheet.set_row_height(headings, 8.0 + 14.5 * deep)?;
    for (at, (column, width)) in records.columns.iter().zip(&widths).enumerate() {
        let at = at as u16;
        sheet.set_column_width(at, *width)?;
        sheet.set_column_format(at, look(column, looks))?;
        sheet.write_with_format(headings, at, &column.heading, &looks.heading)?;
        if let Some(validation) = validation::record(column, headings + 1, at, lists, language)? {
            sheet.add_data_validation(headings + 1, at, LAST_ROW, at, &validation)?;
        }
    }
    sheet.set_freeze_panes(headings + 1, 0)?;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_repeat_rows(0, headings)?;
    let may = ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        insert_rows: true,
        delete_rows: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::new()
    };
    sheet.protect_with_options(&may);
    Ok(())
}

fn look<'a>(column: &RecordColumn, looks: &'a Looks) -> &'a Format {
    match column.may_hold {
        MayHold::Number { .. } => &looks.number,
        MayHold::Day => &looks.day,
        MayHold::OneOf(_) => &looks.words,
        // Numbers of schools and pupils keep their zeros in front.
        MayHold::Period(_) | MayHold::Words => &looks.text,
    }
}

fn column_width(column: &RecordColumn) -> f64 {
    let content = match &column.may_hold {
        MayHold::OneOf(choices) => choices.iter().map(|choice| width(choice) + 4.0).fold(8.0, f64::max),
        MayHold::Period(example) => width(example) + 4.0,
        MayHold::Number { .. } => 10.0,
        MayHold::Day => 12.0,
        MayHold::Words => 18.0,
    };
    (width(&column.heading) + 3.0).min(17.0).max(content).min(36.0)
}
