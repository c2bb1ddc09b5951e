//! Real workbooks, by calamine: .xlsx and .xlsb cell by cell, .xls and .ods whole. The only place that knows calamine.

use std::io::{Cursor, Read, Seek};

use calamine::{
    Data, DataRef, DataType, Dimensions, ExcelDateTime, ExcelDateTimeType, Ods, Reader, SheetVisible, Xls, Xlsb, Xlsx, XlsxError,
};

use super::{
    archive,
    cells::{Flow, Held, Sink},
    feed::{New, begun},
    grid::{Area, Cell, Cells},
    kind::{Format, protected},
    merged::Filled,
    ods,
    plain::Plain,
};
use crate::model::Text;

/// Cells of one workbook. More than that is no form of an office.
const MOST: usize = 3_000_000;

/// Sheets of these names, which may be long lists, are passed where that can be done unread.
pub fn read(bytes: &[u8], format: Format, without: &[String]) -> Result<Vec<Cells>, Text> {
    match format {
        Format::Xlsx => xlsx(bytes, without),
        Format::Xlsb => xlsb(bytes),
        Format::Ods => {
            archive::sound(bytes)?;
            let mut sheets = whole(Ods::new(Cursor::new(bytes)).map_err(damaged)?, |_, _| Vec::new())?;
            if let Some(content) = archive::content(bytes) {
                ods::add_to(&mut sheets, &content);
                sheets.iter_mut().for_each(|sheet| sheet.tells_percent = true);
            }
            Ok(sheets)
        }
        _ => whole(Xls::new(Cursor::new(bytes)).map_err(damaged)?, |xls, name| {
            xls.merge_cells_by_sheet_name(name).unwrap_or_default()
        }),
    }
}

fn xlsx(bytes: &[u8], without: &[String]) -> Result<Vec<Cells>, Text> {
    archive::sound(bytes)?;
    Plain::open(Cursor::new(bytes)).and_then(|plain| plain.forms(without)).or_else(|_| parsed(bytes, without))
}

/// A workbook of which something is not plain.
pub fn parsed(bytes: &[u8], without: &[String]) -> Result<Vec<Cells>, Text> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let (mut sheets, mut left, mut fault) = (Vec::new(), MOST, None);
    for (name, is_hidden) in names(&workbook).into_iter().filter(|(name, _)| !without.contains(name)) {
        let mut sheet = Cells { name: name.clone(), tells_percent: true, ..Cells::default() };
        sheet.hidden.sheet = is_hidden;
        match xlsx_cells(&mut workbook, &name, &mut sheet, &mut left) {
            Ok(true) => {}
            Ok(false) => return Err(super::grid::too_large()),
            // A sheet of charts holds no cells.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(other) => {
                fault = fault.or(Some(other));
                continue;
            }
        }
        sheet.merged = workbook.merge_cells_by_sheet_name(&name).unwrap_or_default().iter().map(area).collect();
        sheets.push(sheet);
    }
    match fault {
        // Half a workbook would be a silent gap.
        Some(fault) => Err(damaged(fault)),
        None => {
            archive::add_what_xml_says(bytes, &mut sheets);
            Ok(sheets)
        }
    }
}

/// False where the sheet holds more cells than are left.
fn xlsx_cells(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str, sheet: &mut Cells, left: &mut usize) -> Result<bool, XlsxError> {
    let mut reader = workbook.worksheet_cells_reader(name)?;
    let percent: Vec<bool> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().is_some_and(|format| format.format_code.contains('%')))
        .collect();
    while let Some((found, style)) = reader.next_cell_with_style_id()? {
        let cell = convert(found.get_value());
        if cell == Cell::Empty {
            continue;
        }
        let Some(rest) = left.checked_sub(1) else { return Ok(false) };
        *left = rest;
        let (row, column) = found.get_position();
        if matches!(cell, Cell::Number(_)) && percent.get(style).is_some_and(|shows| *shows) {
            sheet.percent.push((row, column));
        }
        sheet.cells.push((row, column, cell));
    }
    Ok(true)
}

/// Lists of an .xlsx, sheet after sheet, cell after cell: texts are held once, numbers not at all.
pub fn xlsx_lists<R: Read + Seek, S: Sink>(file: R, new: New<S>) -> Result<Vec<S>, Text> {
    let mut workbook: Xlsx<R> = Xlsx::new(file).map_err(damaged)?;
    let mut sinks = Vec::new();
    for (name, is_hidden) in names(&workbook) {
        let mut sink = begun(&name, is_hidden, new);
        match whole_list(&mut workbook, (&name, is_hidden), &mut sink, new) {
            Ok(()) => sinks.push(sink),
            Err(XlsxError::NotAWorksheet(_)) => {}
            Err(fault) => return Err(damaged(fault)),
        }
    }
    Ok(sinks)
}

/// One sheet of them.
pub fn xlsx_list<R: Read + Seek, S: Sink>(file: R, name: &str, new: New<S>) -> Result<S, Text> {
    let mut workbook: Xlsx<R> = Xlsx::new(file).map_err(damaged)?;
    let is_hidden = names(&workbook).iter().any(|(known, is_hidden)| known == name && *is_hidden);
    let mut sink = begun(name, is_hidden, new);
    whole_list(&mut workbook, (name, is_hidden), &mut sink, new).map_err(damaged)?;
    Ok(sink)
}

/// A list with what lies under its merged areas.
fn whole_list<R: Read + Seek, S: Sink>(
    workbook: &mut Xlsx<R>,
    (name, is_hidden): (&str, bool),
    sink: &mut S,
    new: New<S>,
) -> Result<(), XlsxError> {
    list(workbook, name, sink)?;
    if let Some(missed) = sink.missed() {
        let merged: Vec<Area> = workbook.merge_cells_by_sheet_name(name).unwrap_or_default().iter().map(area).collect();
        let mut again = begun(name, is_hidden, new);
        if let Some(mut filled) = Filled::new(&mut again, &missed, &merged) {
            list(workbook, name, &mut filled)?;
            *sink = again;
        }
    }
    Ok(())
}

fn list<R: Read + Seek>(workbook: &mut Xlsx<R>, name: &str, sink: &mut impl Sink) -> Result<(), XlsxError> {
    let mut reader = workbook.worksheet_cells_reader(name)?;
    let mut now = None;
    while let Some(cell) = reader.next_cell()? {
        let (row, column) = cell.get_position();
        if let Some(before) = now.replace(row).filter(|before| *before != row)
            && sink.end_of_row(before) == Flow::Stop
        {
            return Ok(());
        }
        if !sink.wants(column) && !sink.watches() {
            continue;
        }
        let text;
        let held = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::Int(number) => Held::Number(*number as f64),
            DataRef::Float(number) => Held::Number(*number),
            DataRef::DateTime(date) => Held::Number(serial(date)),
            DataRef::SharedString(text) => Held::Text(text),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Held::Text(text),
            DataRef::Bool(truth) => Held::Bool(*truth),
            DataRef::Error(error) => {
                text = error.to_string();
                Held::Error(&text)
            }
        };
        sink.cell(row, column, held);
    }
    if let Some(row) = now {
        sink.end_of_row(row);
    }
    Ok(())
}

fn xlsb(bytes: &[u8]) -> Result<Vec<Cells>, Text> {
    archive::sound(bytes)?;
    let mut workbook: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut sheets = Vec::new();
    let mut left = MOST;
    for (name, is_hidden) in names(&workbook) {
        let mut sheet = Cells { name: name.clone(), ..Cells::default() };
        sheet.hidden.sheet = is_hidden;
        let mut reader = workbook.worksheet_cells_reader(&name).map_err(damaged)?;
        while let Some(found) = reader.next_cell().map_err(damaged)? {
            let cell = convert(found.get_value());
            if cell == Cell::Empty {
                continue;
            }
            left = left.checked_sub(1).ok_or_else(super::grid::too_large)?;
            let (row, column) = found.get_position();
            sheet.cells.push((row, column, cell));
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// A format that calamine reads whole.
fn whole<'a, R>(mut workbook: R, merges: impl Fn(&R, &str) -> Vec<Dimensions>) -> Result<Vec<Cells>, Text>
where
    R: Reader<Cursor<&'a [u8]>>,
    R::Error: std::fmt::Display,
{
    let mut sheets = Vec::new();
    for (name, is_hidden) in names(&workbook) {
        let range = workbook.worksheet_range(&name).map_err(damaged)?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut sheet = Cells { name: name.clone(), ..Cells::default() };
        sheet.hidden.sheet = is_hidden;
        sheet.merged = merges(&workbook, &name).iter().map(area).collect();
        let place =
            |(row, column, data): (usize, usize, &Data)| (row as u32 + first_row, column as u32 + first_column, convert(data));
        sheet.cells = range.used_cells().map(place).collect();
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// Sheets that hold cells, and whether they are hidden.
fn names<F: Read + Seek, R: Reader<F>>(workbook: &R) -> Vec<(String, bool)> {
    let sheets = workbook.sheets_metadata().iter();
    let cells = sheets.filter(|sheet| !matches!(sheet.typ, calamine::SheetType::ChartSheet | calamine::SheetType::Vba));
    cells.map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect()
}

fn area(merged: &Dimensions) -> Area {
    Area { rows: (merged.start.0, merged.end.0), columns: (merged.start.1, merged.end.1) }
}

fn convert<D: DataType + AsCell>(data: &D) -> Cell {
    data.as_cell()
}

/// The two shapes in which calamine gives what a cell holds.
trait AsCell {
    fn as_cell(&self) -> Cell;
}

impl AsCell for Data {
    fn as_cell(&self) -> Cell {
        match self {
            Data::Empty => Cell::Empty,
            Data::Int(number) => Cell::Number(*number as f64),
            Data::Float(number) => Cell::Number(*number),
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Cell::Text(text.clone()),
            Data::Bool(truth) => Cell::Bool(*truth),
            Data::DateTime(date) => dated(date),
            Data::Error(error) => Cell::Error(error.to_string()),
        }
    }
}

impl AsCell for DataRef<'_> {
    fn as_cell(&self) -> Cell {
        match self {
            DataRef::SharedString(text) => Cell::Text((*text).to_string()),
            other => Data::from(other.clone()).as_cell(),
        }
    }
}

/// So many days lie between 1900 and 1904, from which workbooks of old Macintoshes count.
const FROM_1904: f64 = 1462.0;

/// A year column formatted as a date comes as a day of 1905; nobody speaks of that year.
fn is_year(serial: f64) -> bool {
    (1950.0..2100.0).contains(&serial) && serial.fract() == 0.0
}

/// The number of a day, counted as everywhere else.
fn serial(date: &ExcelDateTime) -> f64 {
    let serial = date.as_f64();
    let own = date.to_ymd_hms_milli();
    let since_1900 = ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, false).to_ymd_hms_milli();
    if own == since_1900 || is_year(serial) { serial } else { serial + FROM_1904 }
}

fn dated(date: &ExcelDateTime) -> Cell {
    let serial = date.as_f64();
    if is_year(serial) {
        return Cell::Number(serial);
    }
    let (year, month, day, hour, minute, ..) = date.to_ymd_hms_milli();
    if (0.0..1.0).contains(&serial) {
        return Cell::Date(format!("{hour}:{minute:02}"));
    }
    Cell::Date(format!("{year:04}-{month:02}-{day:02}"))
}

/// A number that is shown as a day or a time.
pub fn day(serial: f64) -> Cell {
    dated(&ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, false))
}

/// Why calamine did not read a file.
fn damaged(fault: impl std::fmt::Display) -> Text {
    let said = fault.to_string();
    if said.contains("password protected") {
        return protected();
    }
    if said.contains("Codepage") || said.contains("BIFF") {
        return Text::new(
            "文件是旧格式或有密码，编码无法识别，请去掉密码并另存为 .xlsx",
            format!("it is in an old format or has a password: take that off and save it as .xlsx ({said})"),
        );
    }
    Text::new("文件不完整或已损坏", format!("it is incomplete or damaged ({said})"))
}
