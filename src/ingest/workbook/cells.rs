//! Cells as they come out of a file, one after the other, and who takes them. Nothing is kept of a sheet as a whole.

/// What a cell holds, borrowed from where it was read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Held<'a> {
    Number(f64),
    Text(&'a str),
    /// A place in the workbook's list of texts, and the text.
    Shared(u32, &'a str),
    Bool(bool),
    Error(&'a str),
}

/// What to do after a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    Go,
    /// Other columns are wanted from here on: ask again.
    Look,
    Stop,
}

/// Takes cells row after row. Rows and columns count from 0.
pub trait Sink {
    /// Is this column wanted in the rows to come? Asked before the first row, and after every row that ended in `Flow::Look`.
    fn wants(&self, column: u32) -> bool;
    fn cell(&mut self, row: u32, column: u32, held: Held<'_>);
    /// Called for rows that stand in the file.
    fn end_of_row(&mut self, row: u32) -> Flow;
}
