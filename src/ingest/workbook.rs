//! A workbook as grids of cells, whatever format it is in. The only place that knows calamine.

use std::{
    cell::Cell as Flag,
    collections::{BTreeMap, HashMap, HashSet},
    io::Cursor,
    panic,
    sync::Once,
};

use calamine::{Data, DataType, Dimensions, Reader, Sheets, Xls, Xlsb, Xlsx};

use crate::model::Text;

#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Empty,
    Number(f64),
    Text(String),
    /// A date, as it reads.
    Date(String),
    Bool(bool),
    Error(String),
}

impl Cell {
    /// What the cell says, as raw text.
    pub fn said(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Number(number) => number.to_string(),
            Cell::Text(text) | Cell::Date(text) | Cell::Error(text) => text.clone(),
            Cell::Bool(truth) => if *truth { "TRUE" } else { "FALSE" }.to_string(),
        }
    }

    pub fn is_blank(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

/// One sheet: its cells from A1 on, and for cells inside a merged area the place of the cell that speaks for it.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    pub name: String,
    pub rows: u32,
    pub columns: u32,
    cells: Vec<Cell>,
    merged: HashMap<(u32, u32), (u32, u32)>,
    percent: HashSet<(u32, u32)>,
}

impl Sheet {
    /// The cell itself; a cell hidden under a merged area is empty.
    pub fn cell(&self, row: u32, column: u32) -> &Cell {
        if row >= self.rows || column >= self.columns || self.merged.contains_key(&(row, column)) {
            return &Cell::Empty;
        }
        &self.cells[(row * self.columns + column) as usize]
    }

    /// The cell, or the one that speaks for it where it lies in a merged area: how headings are read.
    pub fn filled(&self, row: u32, column: u32) -> &Cell {
        let (row, column) = self.merged.get(&(row, column)).copied().unwrap_or((row, column));
        self.cell(row, column)
    }

    /// The text at a place, merged areas filled.
    pub fn label(&self, row: u32, column: u32) -> String {
        self.filled(row, column).said().trim().to_string()
    }

    /// Does the spreadsheet show this number as a per cent?
    pub fn shows_percent(&self, row: u32, column: u32) -> bool {
        self.percent.contains(&(row, column))
    }

    pub fn is_merged_part(&self, row: u32, column: u32) -> bool {
        self.merged.contains_key(&(row, column))
    }

    /// The merged areas: first row and column, last row and column, from the top.
    pub fn merges(&self) -> Vec<(u32, u32, u32, u32)> {
        let mut areas: BTreeMap<(u32, u32), (u32, u32)> = BTreeMap::new();
        for (&(row, column), &start) in &self.merged {
            let end = areas.entry(start).or_insert(start);
            *end = (end.0.max(row), end.1.max(column));
        }
        areas.into_iter().map(|((top, left), (bottom, right))| (top, left, bottom, right)).collect()
    }

    fn new(name: String, range: &calamine::Range<Data>, merges: &[Dimensions]) -> Sheet {
        let Some((last_row, last_column)) = range.end() else {
            return Sheet { name, ..Sheet::default() };
        };
        let (rows, columns) = (last_row + 1, last_column + 1);
        let mut cells = vec![Cell::Empty; rows as usize * columns as usize];
        let (first_row, first_column) = range.start().unwrap_or_default();
        for (row, column, data) in range.used_cells() {
            let place = (row as u32 + first_row) * columns + column as u32 + first_column;
            cells[place as usize] = convert(data);
        }
        let mut merged = HashMap::new();
        for area in merges {
            for row in area.start.0..=area.end.0.min(last_row) {
                for column in area.start.1..=area.end.1.min(last_column) {
                    if (row, column) != area.start {
                        merged.insert((row, column), area.start);
                    }
                }
            }
        }
        Sheet { name, rows, columns, cells, merged, percent: HashSet::new() }
    }
}

fn convert(data: &Data) -> Cell {
    match data {
        Data::Empty => Cell::Empty,
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Float(number) => Cell::Number(*number),
        Data::String(text) => Cell::Text(text.clone()),
        Data::Bool(truth) => Cell::Bool(*truth),
        // A year column formatted as a date comes as a day of 1905; no form speaks of that year.
        Data::DateTime(date) if (1950.0..2100.0).contains(&date.as_f64()) && date.as_f64().fract() == 0.0 => {
            Cell::Number(date.as_f64())
        }
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            Cell::Date(format!("{year:04}-{month:02}-{day:02}"))
        }
        Data::DateTimeIso(text) | Data::DurationIso(text) => Cell::Text(text.clone()),
        Data::Error(error) => Cell::Error(error.to_string()),
    }
}

/// Reads every sheet of a workbook. The bytes say what it is; the name's ending does not.
pub fn open(bytes: &[u8]) -> Result<Vec<Sheet>, Text> {
    if let Some(refusal) = refused(bytes) {
        return Err(refusal);
    }
    // calamine panics on a handful of damaged files; such a file is one finding like any other that cannot be read.
    match quietly(|| sheets(bytes)) {
        Ok(Ok(sheets)) => Ok(sheets),
        Ok(Err(fault)) => Err(Text::new("文件不完整或已损坏", format!("it is incomplete or damaged ({fault})"))),
        Err(_) => Err(Text::new("文件内部结构已损坏", "its inner structure is damaged")),
    }
}

thread_local! {
    static READING: Flag<bool> = const { Flag::new(false) };
}

/// Runs a reader that may panic, without its panic being printed.
fn quietly<T>(read: impl FnOnce() -> T + panic::UnwindSafe) -> std::thread::Result<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let loud = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !READING.get() {
                loud(panic);
            }
        }));
    });
    READING.set(true);
    let read = panic::catch_unwind(read);
    READING.set(false);
    read
}

/// What the first bytes rule out.
fn refused(bytes: &[u8]) -> Option<Text> {
    if bytes.is_empty() {
        return Some(Text::new("文件是空的（0 字节）", "it is empty (0 bytes)"));
    }
    let is_zip = bytes.starts_with(b"PK");
    let is_compound = bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]);
    if is_zip || is_compound {
        return None;
    }
    let head = &bytes[..bytes.len().min(1024)];
    let is_text = !head.contains(&0);
    Some(if is_text {
        Text::new("内容是文本，不是 Excel 工作簿", "it holds text, not an Excel workbook, whatever its name says")
    } else {
        Text::new("内容不是 Excel 工作簿", "it is not an Excel workbook")
    })
}

fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, calamine::Error> {
    let mut workbook = if bytes.starts_with(b"PK") {
        match Xlsx::new(Cursor::new(bytes)) {
            Ok(xlsx) => Sheets::Xlsx(xlsx),
            Err(fault) => match (Xlsb::new(Cursor::new(bytes)), calamine::Ods::new(Cursor::new(bytes))) {
                (Ok(xlsb), _) => Sheets::Xlsb(xlsb),
                (_, Ok(ods)) => Sheets::Ods(ods),
                _ => return Err(fault.into()),
            },
        }
    } else {
        Sheets::Xls(Xls::new(Cursor::new(bytes))?)
    };
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        let range = workbook.worksheet_range(&name)?;
        let merges = match &mut workbook {
            Sheets::Xlsx(xlsx) => xlsx.merge_cells_by_sheet_name(&name)?,
            Sheets::Xls(xls) => xls.merge_cells_by_sheet_name(&name)?,
            Sheets::Xlsb(_) | Sheets::Ods(_) => Vec::new(),
        };
        let mut sheet = Sheet::new(name.clone(), &range, &merges);
        // Only numbers between -1 and 1 can be per cents in disguise; most sheets have none and need no second look.
        let has_fraction = range
            .used_cells()
            .any(|(_, _, data)| matches!(data.as_f64(), Some(n) if n != 0.0 && n.abs() <= 1.0 && n.fract() != 0.0));
        if has_fraction && let Sheets::Xlsx(xlsx) = &mut workbook {
            let styles = xlsx.worksheet_style(&name)?;
            sheet.percent = percent_cells(&styles, &sheet);
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn percent_cells(styles: &calamine::StyleRange, sheet: &Sheet) -> HashSet<(u32, u32)> {
    let shows_percent = |place: &(u32, u32)| {
        styles.get(*place).and_then(|style| style.number_format.as_ref()).is_some_and(|format| format.format_code.contains('%'))
    };
    (0..sheet.rows).flat_map(|row| (0..sheet.columns).map(move |column| (row, column))).filter(shows_percent).collect()
}
