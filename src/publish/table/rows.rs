//! The rows of a table: the text of all cells in one string, so that a million of them ask for memory a few times.

use std::{
    fmt::{Display, Write},
    ops::Index,
};

use super::small;
use crate::model::push_number;

/// Cells are written one after the other, as many a row as there are columns, and a comma behind each: so nearly all rows stand here as they
/// stand in a CSV file.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    width: usize,
    text: String,
    /// Where each cell begins, and where one more would.
    bounds: Vec<usize>,
}

/// The cells of one row.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    text: &'a str,
    bounds: &'a [usize],
}

/// Bytes of a cell with its comma, most being codes and numbers.
const USUAL: usize = 7;

impl Rows {
    /// No rows yet, of so many columns.
    pub fn new(width: usize) -> Rows {
        Rows { width, text: String::new(), bounds: vec![0] }
    }

    /// No rows yet, and room for so many with cells of usual length.
    pub fn with_room(width: usize, rows: usize) -> Rows {
        let mut all = Rows::new(width);
        all.bounds.reserve_exact(width * rows);
        all.text.reserve(width * rows * USUAL);
        all
    }

    /// The next cell.
    pub fn text(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.end();
    }

    /// The next cell, in its own words.
    pub fn say(&mut self, cell: impl Display) {
        // A string takes everything.
        let _ = write!(self.text, "{cell}");
        self.end();
    }

    /// How many, or the number of something.
    pub fn count(&mut self, cell: usize) {
        self.text(itoa::Buffer::new().format(cell));
    }

    /// A number as it is stored; nothing where there is none.
    pub fn number(&mut self, cell: Option<f64>) {
        if let Some(value) = cell {
            push_number(&mut self.text, value);
        }
        self.end();
    }

    fn end(&mut self) {
        self.text.push(',');
        self.bounds.push(self.text.len());
    }

    /// A number that may be very small.
    pub fn small(&mut self, cell: Option<f64>) {
        self.text(&small(cell));
    }

    pub fn len(&self) -> usize {
        (self.bounds.len() - 1).checked_div(self.width).unwrap_or(0)
    }

    /// About as long as its file.
    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn row(&self, place: usize) -> Row<'_> {
        let start = place * self.width;
        Row { text: &self.text, bounds: &self.bounds[start..=start + self.width] }
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        (0..self.len()).map(|place| self.row(place))
    }
}

impl<'a> Row<'a> {
    pub fn get(self, place: usize) -> &'a str {
        &self.text[self.bounds[place]..self.bounds[place + 1] - 1]
    }

    /// What a cell begins with; one that says nothing, with the comma behind it.
    pub fn first(self, place: usize) -> u8 {
        self.text.as_bytes()[self.bounds[place]]
    }

    /// All cells, with commas between them.
    pub fn text(self) -> &'a str {
        match self.bounds {
            [start, .., end] => &self.text[*start..end - 1],
            _ => "",
        }
    }

    pub fn iter(self) -> impl Iterator<Item = &'a str> {
        self.bounds.windows(2).map(|bounds| &self.text[bounds[0]..bounds[1] - 1])
    }
}

impl Index<usize> for Row<'_> {
    type Output = str;

    fn index(&self, place: usize) -> &str {
        self.get(place)
    }
}

/// For tables that are not long.
impl FromIterator<Vec<String>> for Rows {
    fn from_iter<T: IntoIterator<Item = Vec<String>>>(rows: T) -> Rows {
        let mut rows = rows.into_iter().peekable();
        let mut all = Rows::with_room(rows.peek().map_or(0, Vec::len), rows.size_hint().0);
        rows.for_each(|row| row.iter().for_each(|cell| all.text(cell)));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::{super::number, *};

    #[test]
    fn cells_come_back_row_by_row() {
        let mut rows = Rows::new(4);
        for value in [Some(-0.5), None] {
            rows.text("荔湾区");
            rows.text("");
            rows.say(7);
            rows.number(value);
        }
        let read: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().collect()).collect();
        assert_eq!(read, [["荔湾区", "", "7", "-0.5"], ["荔湾区", "", "7", ""]]);
        assert_eq!((rows.len(), &rows.row(1)[0]), (2, "荔湾区"));
        assert_eq!(rows.iter().map(|row| row.iter().map(str::to_string).collect()).collect::<Rows>(), rows);
    }

    #[test]
    fn numbers_are_those_of_other_tables() {
        let mut rows = Rows::new(1);
        for value in [Some(1e21), Some(2.4e-11), Some(0.1 + 0.2), Some(0.0), None] {
            rows.number(value);
            assert_eq!(&rows.row(rows.len() - 1)[0], number(value));
        }
    }

    #[test]
    fn a_table_may_have_no_rows() {
        assert!(Rows::new(3).is_empty() && Vec::<Vec<String>>::new().into_iter().collect::<Rows>().is_empty());
    }
}
