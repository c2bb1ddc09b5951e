//! Cells and sheets: first as their reader gives them, then as a grid in which a far-away cell costs nothing.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, HashSet},
};

use serde::{Deserialize, Serialize};

use crate::{
    ingest::marks::without_marks,
    model::{Text, cell_name, stored},
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Cell {
    Empty,
    Number(f64),
    Text(String),
    /// A date or a time, as it reads.
    Date(String),
    Bool(bool),
    Error(String),
    /// A formula whose result is not kept in the file.
    Formula(String),
}

impl Cell {
    /// What the cell says, as raw text.
    pub fn said(&self) -> Cow<'_, str> {
        match self {
            Cell::Number(number) => Cow::Owned(stored(*number)),
            other => Cow::Borrowed(other.words()),
        }
    }

    /// What a cell that holds no number says as a label: without footnote marks at its end.
    pub fn label(&self) -> &str {
        without_marks(self.words().trim())
    }

    fn words(&self) -> &str {
        match self {
            Cell::Empty | Cell::Number(_) => "",
            Cell::Text(text) | Cell::Date(text) | Cell::Error(text) | Cell::Formula(text) => text,
            Cell::Bool(true) => "TRUE",
            Cell::Bool(false) => "FALSE",
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

/// A rectangle of cells by its first and last row and column, from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    pub rows: (u32, u32),
    pub columns: (u32, u32),
}

/// What the spreadsheet does not show: the figures there may be meant or forgotten.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hidden {
    pub sheet: bool,
    /// First and last of each hidden run, from zero.
    pub rows: Vec<(u32, u32)>,
    pub columns: Vec<(u32, u32)>,
}

/// A sheet as its reader gives it: the cells that say something, in any order and wherever they are.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Cells {
    pub name: String,
    pub cells: Vec<(u32, u32, Cell)>,
    /// Numbers that the spreadsheet shows as per cents.
    pub percent: Vec<(u32, u32)>,
    /// The reader knows of every number whether it is shown as a per cent. Of .xls and .xlsb calamine does not say.
    pub tells_percent: bool,
    pub merged: Vec<Area>,
    pub hidden: Hidden,
}

/// Of a longer run of blank rows or columns only so many are kept; no layout looks across more.
const BLANK_RUN: usize = 32;
/// Places of one sheet's grid. More than that is no form of an office.
const PLACES: usize = 2_000_000;

/// One sheet: its cells from A1 on, and for cells inside a merged area the cell that speaks for it.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    pub name: String,
    pub rows: u32,
    pub columns: u32,
    pub hidden: Hidden,
    cells: Vec<Cell>,
    /// For every cell the one that speaks for it, mostly itself; empty where no area is merged.
    speakers: Vec<u32>,
    percent: HashSet<(u32, u32)>,
    tells_percent: bool,
    /// The number in the spreadsheet of each row and column of the grid.
    row_numbers: Vec<u32>,
    column_numbers: Vec<u32>,
    /// Rows are the spreadsheet's columns.
    turned: bool,
    /// What the file says in cells that a correction has changed.
    corrected: HashMap<(u32, u32), Cell>,
}

impl Sheet {
    /// The cell itself; a cell hidden under a merged area is empty.
    pub fn cell(&self, row: u32, column: u32) -> &Cell {
        if row >= self.rows || column >= self.columns { &Cell::Empty } else { self.own(self.index(row, column)) }
    }

    fn own(&self, index: usize) -> &Cell {
        if self.speaker(index) == index { &self.cells[index] } else { &Cell::Empty }
    }

    fn speaker(&self, index: usize) -> usize {
        self.speakers.get(index).map_or(index, |speaker| *speaker as usize)
    }

    /// The cell, or the one that speaks for it where it lies in a merged area: how headings are read.
    pub fn filled(&self, row: u32, column: u32) -> &Cell {
        if row >= self.rows || column >= self.columns {
            return &Cell::Empty;
        }
        self.own(self.speaker(self.index(row, column)))
    }

    /// The text at a place, merged areas filled, without footnote marks at its end.
    pub fn label(&self, row: u32, column: u32) -> Cow<'_, str> {
        match self.filled(row, column) {
            Cell::Number(number) => Cow::Owned(stored(*number)),
            cell => Cow::Borrowed(cell.label()),
        }
    }

    /// What the file says at a place, whatever a correction has made of it.
    pub fn raw(&self, row: u32, column: u32) -> Cow<'_, str> {
        self.corrected.get(&(row, column)).unwrap_or_else(|| self.cell(row, column)).said()
    }

    pub fn has_numbers(&self) -> bool {
        self.cells.iter().any(|cell| matches!(cell, Cell::Number(_)))
    }

    /// Does the spreadsheet show this number as a per cent? None where the format does not tell.
    pub fn shows_percent(&self, row: u32, column: u32) -> Option<bool> {
        self.tells_percent.then(|| self.percent.contains(&(row, column)))
    }

    /// The merged areas by the spreadsheet's numbers: first row and column, last row and column, from the top.
    pub fn merges(&self) -> Vec<(u32, u32, u32, u32)> {
        let mut areas: BTreeMap<(u32, u32), (u32, u32)> = BTreeMap::new();
        let at = |index: usize| (index as u32 / self.columns, index as u32 % self.columns);
        for (part, speaker) in self.speakers.iter().enumerate().filter(|(part, speaker)| *part != **speaker as usize) {
            let ((row, column), start) = (at(part), at(*speaker as usize));
            let end = areas.entry(start).or_insert(start);
            *end = (end.0.max(row), end.1.max(column));
        }
        let placed = |((top, left), (bottom, right))| {
            let ((top, left), (bottom, right)) = (self.place(top, left), self.place(bottom, right));
            (top, left, bottom, right)
        };
        areas.into_iter().map(placed).collect()
    }

    pub fn is_merged_part(&self, row: u32, column: u32) -> bool {
        row < self.rows && column < self.columns && {
            let index = self.index(row, column);
            self.speaker(index) != index
        }
    }

    /// Row and column in the spreadsheet, from zero, of a place of the grid.
    pub fn place(&self, row: u32, column: u32) -> (u32, u32) {
        let number = |numbers: &[u32], at: u32| numbers.get(at as usize).copied().unwrap_or(at);
        let place = (number(&self.row_numbers, row), number(&self.column_numbers, column));
        if self.turned { (place.1, place.0) } else { place }
    }

    /// The A1 name of a place of the grid.
    pub fn name_of(&self, row: u32, column: u32) -> String {
        let (row, column) = self.place(row, column);
        cell_name(row, column)
    }

    /// Puts another cell at an A1 name, keeping what was there. False where the grid has no such place.
    pub fn correct(&mut self, name: &str, cell: Cell) -> bool {
        let Some((row, column)) = self.find(name) else { return false };
        let index = self.index(row, column);
        let was = std::mem::replace(&mut self.cells[index], cell);
        self.corrected.entry((row, column)).or_insert(was);
        true
    }

    /// The place of the grid with an A1 name.
    pub fn find(&self, name: &str) -> Option<(u32, u32)> {
        let (row, column) = place_of(name)?;
        let (row, column) = if self.turned { (column, row) } else { (row, column) };
        let row = self.row_numbers.binary_search(&row).ok()?;
        let column = self.column_numbers.binary_search(&column).ok()?;
        Some((row as u32, column as u32))
    }

    /// The cells of these rows and columns that say something and that the spreadsheet does not show.
    pub fn hidden_cells(&self, rows: impl Iterator<Item = u32>, columns: &[u32]) -> Vec<(u32, u32)> {
        let is_in = |runs: &[(u32, u32)], at: u32| runs.iter().any(|&(first, last)| (first..=last).contains(&at));
        if self.hidden.rows.is_empty() && self.hidden.columns.is_empty() {
            return Vec::new();
        }
        let is_hidden = |&(row, column): &(u32, u32)| {
            let (at_row, at_column) = self.place(row, column);
            is_in(&self.hidden.rows, at_row) || is_in(&self.hidden.columns, at_column)
        };
        rows.flat_map(|row| columns.iter().map(move |&column| (row, column)))
            .filter(|place| is_hidden(place) && !self.cell(place.0, place.1).is_blank())
            .collect()
    }

    /// The sheet with rows for columns. Its cells keep their names.
    pub fn transposed(&self) -> Sheet {
        let turn = |(row, column): (u32, u32)| (column, row);
        let places = (0..self.columns).flat_map(|column| (0..self.rows).map(move |row| (row, column)));
        let turned = |index: u32| index % self.columns * self.rows + index / self.columns;
        let speakers = places.clone().filter_map(|(row, column)| self.speakers.get(self.index(row, column)));
        Sheet {
            name: self.name.clone(),
            rows: self.columns,
            columns: self.rows,
            hidden: self.hidden.clone(),
            speakers: speakers.map(|speaker| turned(*speaker)).collect(),
            cells: places.map(|(row, column)| self.cells[self.index(row, column)].clone()).collect(),
            percent: self.percent.iter().copied().map(turn).collect(),
            tells_percent: self.tells_percent,
            row_numbers: self.column_numbers.clone(),
            column_numbers: self.row_numbers.clone(),
            turned: !self.turned,
            corrected: self.corrected.iter().map(|(place, cell)| (turn(*place), cell.clone())).collect(),
        }
    }

    fn index(&self, row: u32, column: u32) -> usize {
        row as usize * self.columns as usize + column as usize
    }
}

impl TryFrom<Cells> for Sheet {
    type Error = Text;

    /// Lays the cells out. The grid ends with the last cell that says something, and long blank runs are folded.
    fn try_from(read: Cells) -> Result<Sheet, Text> {
        let row_numbers = kept(read.cells.iter().map(|(row, ..)| *row));
        let column_numbers = kept(read.cells.iter().map(|(_, column, _)| *column));
        let places = row_numbers.len().saturating_mul(column_numbers.len());
        if places > PLACES {
            return Err(too_large());
        }
        // Where no blank run has been folded, a number is its own place.
        let at = |numbers: &[u32], number: u32| match numbers.get(number as usize) {
            Some(own) if *own == number => Some(number),
            _ => numbers.binary_search(&number).ok().map(|place| place as u32),
        };
        let mut sheet = Sheet {
            name: read.name,
            rows: row_numbers.len() as u32,
            columns: column_numbers.len() as u32,
            hidden: read.hidden,
            tells_percent: read.tells_percent,
            cells: vec![Cell::Empty; places],
            ..Sheet::default()
        };
        for (row, column, cell) in read.cells {
            if let (Some(row), Some(column)) = (at(&row_numbers, row), at(&column_numbers, column)) {
                let index = sheet.index(row, column);
                sheet.cells[index] = cell;
            }
        }
        let percent = read.percent.iter().filter_map(|&(row, column)| at(&row_numbers, row).zip(at(&column_numbers, column)));
        sheet.percent = percent.collect();
        if !read.merged.is_empty() {
            sheet.speakers = (0..places as u32).collect();
        }
        for area in read.merged {
            let span = |numbers: &[u32], (first, last): (u32, u32)| {
                numbers.partition_point(|&number| number < first) as u32..numbers.partition_point(|&number| number <= last) as u32
            };
            let (rows, columns) = (span(&row_numbers, area.rows), span(&column_numbers, area.columns));
            let first = sheet.index(rows.start, columns.start);
            let parts = rows.flat_map(|row| columns.clone().map(move |column| (row, column)));
            for (row, column) in parts {
                let part = sheet.index(row, column);
                if part == first {
                    continue;
                }
                // Areas of one sheet never overlap; a file in which they do could take very long.
                if std::mem::replace(&mut sheet.speakers[part], first as u32) != part as u32 {
                    break;
                }
            }
        }
        sheet.row_numbers = row_numbers;
        sheet.column_numbers = column_numbers;
        Ok(sheet)
    }
}

/// Row and column of an A1 name, from zero.
pub fn place_of(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let letter = |column: u32, c: char| c.is_ascii_uppercase().then(|| column * 26 + c as u32 - 'A' as u32 + 1);
    let column = name[..digits].chars().take(4).try_fold(0, letter)?.checked_sub(1)?;
    Some((name[digits..].parse::<u32>().ok()?.checked_sub(1)?, column))
}

pub fn too_large() -> Text {
    Text::new(
        "工作表过大或单元格过于分散，不像一张报表",
        "a sheet is too large, or its cells too scattered, to be an office's form",
    )
}

/// The rows (or columns) a grid keeps: all from the first to the last that is used, but no more than a few of a blank run.
fn kept(used: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut used: Vec<u32> = used.collect();
    used.sort_unstable();
    used.dedup();
    let mut kept = Vec::with_capacity(used.len());
    let mut next = 0;
    for number in used {
        let blanks = (number - next) as usize;
        kept.extend(next..next + blanks.min(BLANK_RUN) as u32);
        kept.push(number);
        next = number.saturating_add(1);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(cells: &[(u32, u32, &str)], merged: Vec<Area>) -> Sheet {
        let cells = cells.iter().map(|&(row, column, text)| (row, column, Cell::Text(text.into()))).collect();
        Sheet::try_from(Cells { cells, merged, ..Cells::default() }).unwrap()
    }

    #[test]
    fn a_cell_in_the_last_corner_costs_nothing_and_keeps_its_name() {
        let sheet = sheet(&[(0, 0, "a"), (1_048_575, 16_383, "z")], Vec::new());
        assert!(sheet.rows < 100 && sheet.columns < 100);
        assert_eq!(sheet.name_of(sheet.rows - 1, sheet.columns - 1), "XFD1048576");
        assert_eq!(sheet.find("XFD1048576"), Some((sheet.rows - 1, sheet.columns - 1)));
        assert_eq!(sheet.cell(sheet.rows - 1, sheet.columns - 1).said(), "z");
        assert_eq!(sheet.cell(0, 0).said(), "a");
    }

    #[test]
    fn cells_all_over_the_place_are_refused() {
        let cells = (0..3000).map(|at| (at * 300, at * 5, Cell::Number(1.0))).collect();
        assert!(Sheet::try_from(Cells { cells, ..Cells::default() }).is_err());
    }

    #[test]
    fn merged_areas_end_with_the_grid() {
        let whole = Area { rows: (0, 1_048_575), columns: (0, 16_383) };
        let sheet = sheet(&[(0, 0, "title"), (2, 1, "under")], vec![whole; 1000]);
        assert_eq!(sheet.label(2, 1), "title");
        assert!(sheet.cell(2, 1).is_blank());
    }

    #[test]
    fn a_turned_sheet_names_its_cells_as_before() {
        let turned = sheet(&[(0, 0, "a"), (0, 1, "b"), (1, 0, "c")], Vec::new()).transposed();
        assert_eq!((turned.label(1, 0).into_owned(), turned.name_of(1, 0)), ("b".to_string(), "B1".to_string()));
        assert_eq!(turned.find("A2"), Some((0, 1)));
    }
}
