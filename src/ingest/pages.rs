//! The sheets of a workbook as they lie before whoever filled them, with the tables that layouts find.

use std::borrow::Cow;

use super::{
    Layout, Readers, Source,
    folded::Folded,
    table::Table,
    workbook::{Cell, Sheet},
};
use crate::model::{Codebook, Page, PageCell, PageTable, Text};

/// What of a sheet is laid out. A cell further away is named by its finding, and not drawn.
const ROWS: u32 = 20_000;
const COLUMNS: u32 = 500;

/// Every sheet of a workbook that can be read, but those of these names.
pub fn pages(
    source: &Source,
    without: &[String],
    layouts: &[Layout],
    book: &Codebook,
    readers: &Readers,
) -> Result<Vec<Page>, Text> {
    let sheets = readers.open_without(without, &source.bytes()?)?;
    Ok(sheets.iter().map(|sheet| page(source, sheet, layouts, book)).collect())
}

fn page(source: &Source, sheet: &Sheet, layouts: &[Layout], book: &Codebook) -> Page {
    let folded = Folded::new(Cow::Borrowed(sheet));
    // A sheet on its side has no headings above its figures to be drawn.
    let upright = layouts.iter().filter(|layout| !layout.transposed);
    let tables = upright.filter_map(|layout| folded.find(layout, book).ok()).flatten().map(|table| placed(sheet, &table));
    let end = sheet.place(sheet.rows.saturating_sub(1), sheet.columns.saturating_sub(1));
    let (height, width) = ((end.0 + 1).min(ROWS), (end.1 + 1).min(COLUMNS));
    let mut rows = vec![vec![PageCell::default(); width as usize]; if sheet.rows == 0 { 0 } else { height as usize }];
    for (row, column) in (0..sheet.rows).flat_map(|row| (0..sheet.columns).map(move |column| (row, column))) {
        let cell = sheet.cell(row, column);
        let place = sheet.place(row, column);
        if let Some(drawn) = rows.get_mut(place.0 as usize).and_then(|cells| cells.get_mut(place.1 as usize)) {
            let number = if let Cell::Number(number) = cell { Some(*number) } else { None };
            *drawn = PageCell { text: cell.said().into_owned(), number };
        }
    }
    Page {
        file: source.path.to_string(),
        sheet: sheet.name.clone(),
        rows,
        merges: sheet.merges().into_iter().filter(|(.., bottom, right)| *bottom < height && *right < width).collect(),
        tables: tables.collect(),
    }
}

/// A table by the rows and columns of the spreadsheet.
fn placed(sheet: &Sheet, table: &Table) -> PageTable {
    let row = |row: u32| sheet.place(row, 0).0;
    PageTable {
        headings: row(*table.headings.start())..=row(*table.headings.end()),
        body: row(table.body.start)..row(table.body.end.saturating_sub(1)) + 1,
        figures: table.columns.iter().map(|column| sheet.place(0, column.column).1).collect(),
    }
}
