//! The tags of a row as the row before had them: nearly all rows are of one shape, so a tag is compared and not read.

use super::{
    Unusual,
    beginning::Beginning,
    cell::{Kind, Start},
    place::{Row, column},
};

/// The tags of the last row, in their order.
#[derive(Default)]
pub struct Shapes(Vec<Option<Shape>>);

impl Shapes {
    /// Reads the tag of a cell, by its place in the row: the cell begins with `<c`.
    #[inline]
    pub fn read<'a>(&mut self, place: usize, cell: &'a [u8], row: &Row) -> Result<Start<'a>, Unusual> {
        match self.0.get(place).and_then(Option::as_ref).and_then(|shape| shape.start(cell, row)) {
            Some(start) => Ok(start),
            None => self.learn(place, cell, row),
        }
    }

    /// Reads a tag of another shape, which the next row may have too.
    #[inline(never)]
    fn learn<'a>(&mut self, place: usize, cell: &'a [u8], row: &Row) -> Result<Start<'a>, Unusual> {
        let start = Start::read(cell.get(2..).unwrap_or_default(), row)?;
        let shape = Shape::of(cell, &start, row);
        match self.0.get_mut(place) {
            Some(known) => *known = shape,
            None => self.0.push(shape),
        }
        Ok(start)
    }
}

/// A tag but for the number of its row.
struct Shape {
    /// Up to the number, such as `<c r="AB`, and behind it, such as ` s="3" t="s">`.
    before: Beginning<8>,
    behind: Beginning<16>,
    column: u32,
    kind: Kind,
    is_closed: bool,
}

impl Shape {
    /// None where the tag is longer than that.
    fn of(cell: &[u8], start: &Start, row: &Row) -> Option<Shape> {
        let (_, number) = column(cell.strip_prefix(b"<c r=\"")?)?;
        let behind = row.after(number)?;
        Some(Shape {
            before: Beginning::of(cell.get(..cell.len() - number.len())?)?,
            behind: Beginning::of(behind.get(..behind.len().checked_sub(start.rest.len())?)?)?,
            column: start.column,
            kind: start.kind,
            is_closed: start.is_closed,
        })
    }

    #[inline]
    fn start<'a>(&self, cell: &'a [u8], row: &Row) -> Option<Start<'a>> {
        if self.column < row.next {
            return None;
        }
        let rest = self.behind.after(row.after(self.before.after(cell)?)?)?;
        Some(Start { column: self.column, kind: self.kind, is_closed: self.is_closed, rest })
    }
}
