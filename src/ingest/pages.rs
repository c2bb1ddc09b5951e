//! The sheets of a workbook as they lie before whoever filled them, with the tables that layouts find.

use super::{
    Layout, Source,
    table::Folded,
    workbook::{self, Cell, Sheet},
};
use crate::model::{Codebook, Page, PageCell, PageTable, Text};

/// Every sheet of a workbook that can be read.
pub fn pages(source: &Source, layouts: &[Layout], book: &Codebook) -> Result<Vec<Page>, Text> {
    let sheets = workbook::open(&source.bytes)?;
    Ok(sheets.iter().map(|sheet| page(source, sheet, layouts, book)).collect())
}

fn page(source: &Source, sheet: &Sheet, layouts: &[Layout], book: &Codebook) -> Page {
    let folded = Folded::new(sheet);
    let mut tables: Vec<PageTable> = Vec::new();
    for table in layouts.iter().filter_map(|layout| folded.find(layout, book).ok()).flatten() {
        let figures = table.columns.iter().map(|column| column.column).collect();
        tables.push(PageTable { headings: table.headings, body: table.body, figures });
    }
    let cell = |row: u32, column: u32| {
        let cell = sheet.cell(row, column);
        let number = if let Cell::Number(number) = cell { Some(*number) } else { None };
        PageCell { text: cell.said(), number }
    };
    let rows = (0..sheet.rows).map(|row| (0..sheet.columns).map(|column| cell(row, column)).collect()).collect();
    Page { file: source.path.to_string(), sheet: sheet.name.clone(), rows, merges: sheet.merges(), tables }
}
