//! Plain sheets are read as calamine reads them, cell by cell, or not at all.

mod files;

use std::{
    io::Cursor,
    panic::{self, AssertUnwindSafe},
    sync::Arc,
};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use yardstick::ingest::{Flow, Held, Plain, Sink, Texts, Unusual};

/// What a cell holds, so that two readings can be held against each other bit for bit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// The bits of the number.
    Number(u64),
    Text(String),
    Bool(bool),
    Error(String),
}

pub type Cells = Vec<(u32, u32, Cell)>;

/// Takes the cells of some columns.
struct Taker<'a> {
    wants: &'a dyn Fn(u32) -> bool,
    texts: Arc<Texts>,
    cells: Cells,
    rows: Vec<u32>,
}

impl Sink for Taker<'_> {
    fn wants(&self, column: u32) -> bool {
        (self.wants)(column)
    }

    fn cell(&mut self, row: u32, column: u32, held: Held<'_>) {
        let cell = match held {
            Held::Number(number) => Cell::Number(number.to_bits()),
            Held::Text(text) => Cell::Text(text.to_string()),
            Held::Shared(place) => Cell::Text(self.texts.get(place).expect("a text").to_string()),
            Held::Bool(truth) => Cell::Bool(truth),
            Held::Error(error) => Cell::Error(error.to_string()),
        };
        self.cells.push((row, column, cell));
    }

    fn end_of_row(&mut self, row: u32) -> Flow {
        self.rows.push(row);
        Flow::Go
    }
}

/// The cells of some columns of a sheet.
pub fn scan(plain: &mut Plain<Cursor<&[u8]>>, sheet: usize, wants: &dyn Fn(u32) -> bool) -> Result<Cells, Unusual> {
    let mut taker = Taker { wants, texts: plain.texts()?, cells: Vec::new(), rows: Vec::new() };
    plain.scan(sheet, &mut taker)?;
    let places: Vec<_> = taker.cells.iter().map(|(row, column, _)| (*row, *column)).collect();
    assert!(places.is_sorted_by(|one, two| one < two), "cells come row by row, from left to right");
    assert!(taker.rows.is_sorted_by(|one, two| one < two), "rows only grow");
    assert!(places.iter().all(|(row, _)| taker.rows.binary_search(row).is_ok()), "every row ends");
    Ok(taker.cells)
}

/// The cells of a sheet as calamine reads it.
fn by_calamine(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Cells, String> {
    let mut reader = workbook.worksheet_cells_reader(name).map_err(|fault| fault.to_string())?;
    let mut cells = Vec::new();
    while let Some(cell) = reader.next_cell().map_err(|fault| fault.to_string())? {
        let (row, column) = cell.get_position();
        let cell = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::Int(number) => Cell::Number((*number as f64).to_bits()),
            DataRef::Float(number) => Cell::Number(number.to_bits()),
            // A day is a number here; who takes it knows which column is a day.
            DataRef::DateTime(day) => Cell::Number(day.as_f64().to_bits()),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::Text(text.clone()),
            DataRef::SharedString(text) => Cell::Text((*text).to_string()),
            DataRef::Bool(truth) => Cell::Bool(*truth),
            DataRef::Error(error) => Cell::Error(error.to_string()),
        };
        cells.push((row, column, cell));
    }
    Ok(cells)
}

/// Holds what the scanner gives of a workbook against what calamine gives: how many cells of each sheet are the same, or why the
/// scanner gave the sheet back. `Err` where it gave back the workbook.
pub fn compare(bytes: &[u8], file: &str) -> Result<Vec<Result<usize, Unusual>>, Unusual> {
    let mut plain = Plain::open(Cursor::new(bytes))?;
    let sheets = plain.sheets().to_vec();
    let read: Vec<_> = (0..sheets.len()).map(|sheet| scan(&mut plain, sheet, &|_| true)).collect();
    // What the scanner gave back is no concern of its, and calamine may hang on it.
    if read.iter().any(Result::is_ok) {
        let mut workbook = panic::catch_unwind(|| Xlsx::new(Cursor::new(bytes)))
            .unwrap_or_else(|_| panic!("{file}: calamine panics where the scanner reads"))
            .unwrap_or_else(|fault| panic!("{file}: {fault}, where the scanner reads"));
        let known = workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        let known: Vec<_> = known.map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect();
        let named: Vec<_> = sheets.iter().map(|sheet| (sheet.name.clone(), sheet.is_hidden)).collect();
        assert_eq!(named, known, "{file}");
        for (sheet, cells) in sheets.iter().zip(&read) {
            let Ok(cells) = cells else { continue };
            let theirs = panic::catch_unwind(AssertUnwindSafe(|| by_calamine(&mut workbook, &sheet.name)));
            let theirs = theirs.unwrap_or_else(|_| Err("a panic".to_string()));
            let theirs = theirs.unwrap_or_else(|fault| panic!("{file} › {}: {fault}, where the scanner reads", sheet.name));
            let first = cells.iter().zip(&theirs).find(|(ours, theirs)| ours != theirs);
            assert!(first.is_none(), "{file} › {}: {first:?}", sheet.name);
            assert_eq!(cells.len(), theirs.len(), "{file} › {}", sheet.name);
        }
    }
    Ok(read.into_iter().map(|cells| cells.map(|cells| cells.len())).collect())
}
