//! The tags of a row as the row before had them: nearly all rows are of one shape, so a tag is compared and not read.

use super::{
    Unusual,
    beginning::Beginning,
    cell::{Kind, Start, style},
    place::{Row, column},
    short::{Short, is_length},
};

/// The tags that cells had last, column by column, counted on to the row that comes next.
#[derive(Default)]
pub struct Shapes {
    /// In the order of their columns.
    known: Vec<Shape>,
    /// The one that the next cell is likely to have.
    next: usize,
}

impl Shapes {
    /// The next cell is the first one of a row.
    pub fn begin(&mut self) {
        self.next = 0;
    }

    /// Reads the tag of the next cell, from `<c` on.
    #[inline(always)]
    pub fn read<'a>(&mut self, cell: &'a [u8], row: &Row) -> Result<Start<'a>, Unusual> {
        if let Some(shape) = self.known.get_mut(self.next)
            && let Some(rest) = shape.tag.after(cell)
            && shape.row == row.number
            && shape.column >= row.next
        {
            self.next += 1;
            shape.count_on();
            return Ok(Start { column: shape.column, kind: shape.kind, is_closed: shape.is_closed, rest });
        }
        self.learn(cell, row)
    }

    /// Reads a tag of another shape, which the next row may have too.
    #[inline(never)]
    fn learn<'a>(&mut self, cell: &'a [u8], row: &Row) -> Result<Start<'a>, Unusual> {
        let start = Start::read(cell.get(2..).unwrap_or_default(), row)?;
        self.next = self.known.partition_point(|shape| shape.column < start.column);
        let mut known = self.known.get_mut(self.next).filter(|shape| shape.column == start.column);
        if !known.as_mut().is_some_and(|known| start.is_closed && known.outlives_blank(row)) {
            match (Shape::of(cell, &start, row), known) {
                (Some(shape), Some(known)) => *known = shape,
                (Some(shape), None) => self.known.insert(self.next, shape),
                (None, _) => return Ok(start),
            }
        }
        self.next += 1;
        Ok(start)
    }

    /// The style of the cell that was read last, by its tag from `<c` on.
    pub fn style(&mut self, cell: &[u8], start: &Start) -> Result<u32, Unusual> {
        let last = self.next.checked_sub(1).and_then(|last| self.known.get_mut(last));
        // A blank may have another tag than its shape.
        let shape = last.filter(|shape| shape.column == start.column && !start.is_closed);
        let read = || style(cell.get(2..).unwrap_or_default());
        let Some(shape) = shape else { return read() };
        match shape.style {
            Some(style) => Ok(style),
            None => Ok(*shape.style.insert(read()?)),
        }
    }

    /// What follows the value and the end of the cell that was read last, where the value is short and nothing else is in the cell.
    #[inline]
    pub fn pass<'a>(&mut self, inside: &'a [u8]) -> Option<&'a [u8]> {
        let value = inside.strip_prefix(b"<v>")?;
        let shape = self.known.get_mut(self.next.checked_sub(1)?)?;
        if !is_length(value, shape.length) {
            shape.length = Short::read(value)?.0.length();
        }
        value.get(shape.length..)?.strip_prefix(b"</v></c>")
    }
}

/// The tag of a cell, such as `<c r="AB12" s="3" t="s">`.
struct Shape {
    /// The row that it is of.
    row: u32,
    column: u32,
    kind: Kind,
    is_closed: bool,
    tag: Beginning,
    /// Where the first and the last digit of the row are in it.
    digits: (usize, usize),
    /// How long the value was, where it was passed.
    length: usize,
    /// The last row in which its cell was blank instead.
    blank: Option<u32>,
    /// Where somebody has asked for it.
    style: Option<u32>,
}

impl Shape {
    /// For the row below. None where the tag is too long, or not of this form.
    fn of(cell: &[u8], start: &Start, row: &Row) -> Option<Shape> {
        let (_, number) = column(cell.strip_prefix(b"<c r=\"")?)?;
        let behind = row.after(number)?;
        let digits = (cell.len() - number.len(), (cell.len() - behind.len()).checked_sub(2)?);
        let tag = Beginning::of(cell.get(..cell.len().checked_sub(start.rest.len())?)?)?;
        let Start { column, kind, is_closed, .. } = *start;
        let mut shape = Shape { row: row.number, column, kind, is_closed, tag, digits, length: 0, blank: None, style: None };
        shape.count_on();
        Some(shape)
    }

    /// Is a blank cell in this row alone among others that are none? Then the row below is likely to have this shape again.
    fn outlives_blank(&mut self, row: &Row) -> bool {
        let is_alone = !self.is_closed && self.row == row.number && self.blank.is_none_or(|blank| blank + 1 < row.number);
        self.blank = Some(row.number);
        if is_alone {
            self.count_on();
        }
        is_alone
    }

    /// Makes it that of the row below, unless that has more digits.
    #[inline]
    fn count_on(&mut self) {
        self.row += u32::from(self.tag.count_on(self.digits));
    }
}
