//! The rows of a sheet, piece after piece.

use std::io::Read;

use memchr::memmem::{self, Finder};

use super::{
    super::cells::{Flow, Sink},
    CUT_OFF, Unusual,
    beginning::Beginning,
    cell::Kind,
    number,
    pieces::Pieces,
    place::{ROWS, Row, is_place},
    shape::Shapes,
    tag::{attributes, holds_no_markup, not_a_namespace, open, pass, spaces},
    texts::SharedTexts,
    unpack::Unpacked,
    value::Values,
    wanted::Wanted,
};

/// More than so many bytes behind the rows are not looked through for merged areas.
const MOST_BESIDE: usize = 16 << 20;

/// Gives the cells of a sheet.
pub fn scan(part: Unpacked<impl Read>, texts: &mut SharedTexts, sink: &mut impl Sink) -> Result<(), Unusual> {
    let mut pieces = Pieces::new(part, b"<row");
    let mut walk = Walk::new(Wanted::by(sink), sink, texts);
    let mut is_open = false;
    while let Some(piece) = pieces.next()? {
        let (rows, is_closed) = if is_open { (piece, false) } else { rows(piece)? };
        is_open = true;
        match if is_closed { Went::Over } else { walk.rows(rows)? } {
            Went::On => {}
            Went::Over => return pieces.finish(),
            Went::Stopped => return Ok(()),
        }
    }
    Err(CUT_OFF)
}

/// What stands behind the rows of a sheet. A row is not looked at.
pub fn beside(part: Unpacked<impl Read>) -> Result<Vec<u8>, Unusual> {
    let end = b"</sheetData>";
    let mut pieces = Pieces::new(part, b"<row");
    let mut beside: Option<Vec<u8>> = None;
    while let Some(piece) = pieces.next()? {
        match &mut beside {
            Some(beside) if beside.len() + piece.len() > MOST_BESIDE => return Err(Unusual("very much behind the rows")),
            Some(beside) => beside.extend_from_slice(piece),
            None => beside = memmem::find(piece, end).and_then(|at| piece.get(at + end.len()..)).map(<[u8]>::to_vec),
        }
    }
    Ok(beside.unwrap_or_default())
}

/// What follows `<sheetData>`, and whether it closes itself.
pub fn rows(part: &[u8]) -> Result<(&[u8], bool), Unusual> {
    let (head, _) = open(part, b"worksheet")?;
    let at = memmem::find(head, b"<sheetData").ok_or(Unusual("a sheet without cells"))?;
    let (before, tag) = head.split_at_checked(at).ok_or(CUT_OFF)?;
    holds_no_markup(before)?;
    tags_are_whole(before)?;
    extent(before)?;
    pass(tag.get(b"<sheetData".len()..).unwrap_or_default())
}

/// A quotation mark that is never closed takes what follows its tag with it, rows included.
fn tags_are_whole(head: &[u8]) -> Result<(), Unusual> {
    let tags = head.split(|letter| *letter == b'<').filter_map(|tag| tag.split(|letter| *letter == b'>').next());
    let is_whole = |tag: &[u8]| tag.iter().filter(|letter| **letter == b'"').count().is_multiple_of(2);
    if tags.into_iter().all(is_whole) { Ok(()) } else { Err(Unusual("a quotation mark that is not closed")) }
}

/// Where a sheet says how far it reaches, it says so soundly: calamine reads no cell of it otherwise.
fn extent(head: &[u8]) -> Result<(), Unusual> {
    let name = b"<dimension";
    let Some(tag) = memmem::find(head, name).and_then(|at| head.get(at + name.len()..)) else { return Ok(()) };
    let mut is_sound = false;
    attributes(tag, |name, value| {
        is_sound |= name == b"ref"
            && value.split(|letter| *letter == b':').all(is_place)
            && value.iter().filter(|letter| **letter == b':').count() < 2;
        Ok(())
    })?;
    if is_sound { Ok(()) } else { Err(Unusual("an extent that cannot be read")) }
}

#[derive(PartialEq, Eq)]
pub enum Went {
    On,
    Over,
    Stopped,
}

pub struct Walk<'s, S> {
    sink: &'s mut S,
    wanted: Wanted,
    values: Values<'s>,
    /// The row after the last one.
    next: u32,
    /// What stands in the tag of a row behind its number.
    behind: Beginning,
    shapes: Shapes,
    cell_tag: Finder<'static>,
    end_of_cell: Finder<'static>,
    row: Finder<'static>,
}

impl<'s, S: Sink> Walk<'s, S> {
    pub fn new(wanted: Wanted, sink: &'s mut S, texts: &'s mut SharedTexts) -> Walk<'s, S> {
        Walk {
            wanted,
            sink,
            values: Values::new(texts),
            next: 0,
            behind: Beginning::of(b">").unwrap_or_default(),
            shapes: Shapes::default(),
            cell_tag: Finder::new("<c"),
            end_of_cell: Finder::new("</c>"),
            row: Finder::new("row"),
        }
    }

    /// Whole rows, and perhaps the end of the sheet after them.
    pub fn rows(&mut self, piece: &[u8]) -> Result<Went, Unusual> {
        holds_no_markup(piece)?;
        let mut rest = spaces(piece);
        while !rest.is_empty() {
            let Some(tag) = rest.strip_prefix(b"<row") else {
                return if rest.starts_with(b"</sheetData>") { Ok(Went::Over) } else { Err(Unusual("something between rows")) };
            };
            let (row, after) = self.row(tag)?;
            rest = spaces(after);
            match self.sink.end_of_row(row) {
                Flow::Go => {}
                Flow::Look => self.wanted = Wanted::by(self.sink),
                Flow::Stop => return Ok(Went::Stopped),
            }
        }
        Ok(Went::On)
    }

    /// Its number, from 0, and what follows it.
    fn row<'a>(&mut self, tag: &'a [u8]) -> Result<(u32, &'a [u8]), Unusual> {
        let expected = Row::new(self.next);
        let (row, cells, is_closed) = match expected.opened(tag, &self.behind) {
            Some(cells) => (expected, cells, false),
            None => self.other_row(tag)?,
        };
        let number = row.number;
        if number < self.next {
            return Err(Unusual("rows out of order"));
        }
        if number >= ROWS {
            return Err(Unusual("very many rows"));
        }
        self.next = number + 1;
        Ok((number, if is_closed { cells } else { self.cells(row, cells)? }))
    }

    /// A row after a gap, or with any other tag; what follows the tag, and whether it closes itself.
    fn other_row<'a>(&mut self, tag: &'a [u8]) -> Result<(Row, &'a [u8], bool), Unusual> {
        let (mut number, mut is_hidden) = (None, false);
        let (cells, is_closed) = attributes(tag, |name, value| match name {
            b"r" if number.is_none() => {
                number = Some(row_number(value).ok_or(Unusual("the number of a row cannot be read"))?);
                Ok(())
            }
            b"r" => Err(Unusual("a tag says something twice")),
            b"hidden" => {
                is_hidden = says_yes(value);
                Ok(())
            }
            _ => not_a_namespace(name),
        })?;
        let row = Row::new(number.unwrap_or(self.next));
        let behind = || row.after(tag.strip_prefix(b" r=\"")?).and_then(|rest| rest.get(..rest.len().checked_sub(cells.len())?));
        if is_hidden {
            self.sink.hidden(row.number);
        } else if let Some(behind) = behind().filter(|_| !is_closed).and_then(Beginning::of) {
            self.behind = behind;
        }
        Ok((row, cells, is_closed))
    }

    fn cells<'a>(&mut self, mut row: Row, mut rest: &'a [u8]) -> Result<&'a [u8], Unusual> {
        self.shapes.begin();
        loop {
            if rest.starts_with(b"<c") {
                let start = self.shapes.read(rest, &row)?;
                row.next = start.column + 1;
                if S::LOOKS && start.kind == Kind::Number {
                    self.sink.styled(self.shapes.style(rest, &start)?);
                }
                rest = if start.is_closed {
                    start.rest
                } else if self.wanted.has(start.column)
                    || self.wanted.is_watching && matches!(start.kind, Kind::Shared | Kind::Inline)
                {
                    self.values.give(row.number, &start, self.sink)?
                } else if row.next >= self.wanted.end {
                    return self.rest_of_row(start.rest);
                } else {
                    match self.shapes.pass(start.rest) {
                        Some(after) => after,
                        None => passed(start.rest, &self.end_of_cell, &self.cell_tag)?,
                    }
                };
            } else if let Some(after) = rest.strip_prefix(b"</row>") {
                return Ok(after);
            } else {
                let after = spaces(rest);
                if after.len() == rest.len() {
                    return Err(Unusual("something between cells"));
                }
                rest = after;
            }
        }
    }

    /// What follows the end of a row, before which no other may begin. Both are found by the word that they share.
    fn rest_of_row<'a>(&self, mut rest: &'a [u8]) -> Result<&'a [u8], Unusual> {
        while let Some((before, after)) = self.row.find(rest).and_then(|at| rest.split_at_checked(at)) {
            match after.strip_prefix(b"row>").filter(|_| before.ends_with(b"</")) {
                Some(after) => return Ok(after),
                None if before.ends_with(b"<") => return Err(Unusual("a row that does not end")),
                None => rest = after.get(1..).unwrap_or_default(),
            }
        }
        Err(CUT_OFF)
    }
}

/// What follows the end of a cell, before which no other may begin.
fn passed<'a>(rest: &'a [u8], end: &Finder, begin: &Finder) -> Result<&'a [u8], Unusual> {
    let (inside, after) = end.find(rest).and_then(|at| rest.split_at_checked(at)).ok_or(CUT_OFF)?;
    if begin.find(inside).is_some() {
        return Err(Unusual("a cell that does not end"));
    }
    Ok(after.get(end.needle().len()..).unwrap_or_default())
}

/// Is what an attribute says a yes?
pub fn says_yes(value: &[u8]) -> bool {
    value == b"1" || value == b"true"
}

/// The number of a row as it is written, from 0.
fn row_number(written: &[u8]) -> Option<u32> {
    number::place(written)?.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_mark_that_is_not_closed_gives_the_sheet_back() {
        let sheet = |tag: &str| {
            let space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
            format!("<worksheet xmlns=\"{space}\"><sheetViews>{tag}</sheetViews><sheetData><row/></sheetData></worksheet>")
        };
        assert!(rows(sheet("<sheetView view=\"a\"/>").as_bytes()).is_ok());
        assert!(rows(sheet("<sheetView view=\"a\"2\"/>").as_bytes()).is_err());
    }
}
