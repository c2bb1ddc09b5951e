//! A sheet as it lies before whoever filled it: what its cells say, and where in it tables were found.

use std::ops::{Range, RangeInclusive};

use super::cell_name;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    pub file: String,
    pub sheet: String,
    /// Rows from the first, all of one length. A cell hidden in a merged area says nothing.
    pub rows: Vec<Vec<PageCell>>,
    /// First row and column, last row and column.
    pub merges: Vec<(u32, u32, u32, u32)>,
    pub tables: Vec<PageTable>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct PageCell {
    pub text: String,
    /// The cell holds a number, not words that look like one.
    pub number: Option<f64>,
}

/// A table that a layout found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageTable {
    pub headings: RangeInclusive<u32>,
    pub body: Range<u32>,
    /// Columns of figures.
    pub figures: Vec<u32>,
}

impl Page {
    pub fn columns(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }

    /// What stands at a place; in a merged area what speaks for it.
    pub fn said(&self, row: u32, column: u32) -> &str {
        let inside = |(top, left, bottom, right): &&(u32, u32, u32, u32)| {
            (*top..=*bottom).contains(&row) && (*left..=*right).contains(&column)
        };
        let (row, column) = self.merges.iter().find(inside).map_or((row, column), |(top, left, ..)| (*top, *left));
        self.rows.get(row as usize).and_then(|cells| cells.get(column as usize)).map_or("", |cell| cell.text.as_str())
    }

    /// The table whose body or headings hold this row.
    pub fn table_at(&self, row: u32) -> Option<&PageTable> {
        self.tables.iter().find(|table| table.headings.contains(&row) || table.body.contains(&row))
    }
}

/// The zero-based row and column of an A1 name.
pub fn cell_place(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, number) = name.split_at(digits);
    let column = letters.bytes().try_fold(0u32, |column, letter| {
        letter.is_ascii_uppercase().then(|| column.saturating_mul(26).saturating_add(u32::from(letter - b'A') + 1))
    })?;
    let row: u32 = number.parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

/// The letters of a column.
pub fn column_name(column: u32) -> String {
    cell_name(0, column).trim_end_matches('1').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_back_to_its_cell() {
        for place in [(0, 0), (9, 25), (99, 26), (6, 701), (1048575, 16383)] {
            assert_eq!(cell_place(&cell_name(place.0, place.1)), Some(place));
        }
        for nonsense in ["", "A", "7", "A0", "a1", "A1B"] {
            assert_eq!(cell_place(nonsense), None, "{nonsense}");
        }
        assert_eq!(column_name(27), "AB");
    }
}
