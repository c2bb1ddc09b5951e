//! One workbook read by the scanner and by calamine, the one held against the other.

use std::{
    io::Cursor,
    panic::{self, AssertUnwindSafe},
};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use yardstick::ingest::{Flow, Held, Plain, Sink, Unusual};

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
            Held::Shared(place, texts) => Cell::Text(texts.get(place).expect("a text").to_string()),
            Held::Bool(truth) => Cell::Bool(truth),
            Held::Error(error) => Cell::Error(error.to_string()),
            // calamine gives no such cell.
            Held::Formula => return,
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
    let mut taker = Taker { wants, cells: Vec::new(), rows: Vec::new() };
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

/// What became of a sheet.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Both give the same cells, so many.
    Same(usize),
    /// The scanner gave it back, and why.
    GivenBack(&'static str),
    /// The scanner reads it and calamine does not, and why not.
    Alone(String),
}

/// Holds what the scanner gives of each sheet of a workbook against what calamine gives, and panics where they differ.
pub fn compare(bytes: &[u8], file: &str) -> Vec<Outcome> {
    let mut plain = match Plain::open(Cursor::new(bytes)) {
        Ok(plain) => plain,
        Err(unusual) => return vec![Outcome::GivenBack(unusual.0)],
    };
    let sheets = plain.sheets().to_vec();
    let read: Vec<_> = (0..sheets.len()).map(|sheet| scan(&mut plain, sheet, &|_| true)).collect();
    // What the scanner gave back is no concern of its, and calamine may hang on it.
    if read.iter().all(Result::is_err) {
        return read.into_iter().filter_map(Result::err).map(|unusual| Outcome::GivenBack(unusual.0)).collect();
    }
    let opened = panic::catch_unwind(|| Xlsx::new(Cursor::new(bytes)).map_err(|fault| fault.to_string()));
    let mut workbook = match opened.unwrap_or_else(|_| Err("a panic".to_string())) {
        Ok(workbook) => workbook,
        Err(fault) => return vec![Outcome::Alone(fault)],
    };
    let known = workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let known: Vec<_> = known.map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect();
    let named: Vec<_> = sheets.iter().map(|sheet| (sheet.name.clone(), sheet.is_hidden)).collect();
    assert_eq!(named, known, "{file}");
    let mut outcome = |name: &str, read: Result<Cells, Unusual>| {
        let cells = match read {
            Ok(cells) => cells,
            Err(unusual) => return Outcome::GivenBack(unusual.0),
        };
        let theirs = panic::catch_unwind(AssertUnwindSafe(|| by_calamine(&mut workbook, name)));
        let theirs = match theirs.unwrap_or_else(|_| Err("a panic".to_string())) {
            Ok(theirs) => theirs,
            Err(fault) => return Outcome::Alone(fault),
        };
        let first = cells.iter().zip(&theirs).find(|(ours, theirs)| ours != theirs);
        assert!(first.is_none(), "{file} › {name}: {first:?}");
        assert_eq!(cells.len(), theirs.len(), "{file} › {name}");
        Outcome::Same(cells.len())
    };
    sheets.iter().zip(read).map(|(sheet, read)| outcome(&sheet.name, read)).collect()
}
