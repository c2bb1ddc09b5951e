//! Where rows and cells stand, as their tags say it.

use super::{beginning::Beginning, number};

/// A sheet of an office program has no more rows and columns than these.
pub const ROWS: u32 = 1_048_576;
pub const COLUMNS: u32 = 16_384;

/// A row as its cells must name it.
#[derive(Debug)]
pub struct Row {
    pub number: u32,
    /// The column after the last cell.
    pub next: u32,
    /// The number as it is written, counted from 1, and a quotation mark, as the lowest bytes of a word; the others are 0.
    written: u64,
    /// How many bytes these are, and a word in which all their bits are set.
    length: usize,
    mask: u64,
}

impl Row {
    pub fn new(number: u32) -> Row {
        // The digits from the last to the first, each pushing on those behind it.
        let (mut written, mut length, mut left) = (u64::from(b'"'), 1, number.saturating_add(1));
        while left > 0 && length < 8 {
            written = (written << 8) | (u64::from(b'0') + u64::from(left % 10));
            (left, length) = (left / 10, length + 1);
        }
        let mask = u64::MAX >> (64 - 8 * length);
        Row { number, next: 0, written, length, mask }
    }

    /// What follows the tag of the row, read after `<row`, where it is the tag of another row but for the number; `behind` is what
    /// stands behind that.
    #[inline]
    pub fn opened<'a>(&self, tag: &'a [u8], behind: &Beginning) -> Option<&'a [u8]> {
        behind.after(self.after(tag.strip_prefix(b" r=\"")?)?)
    }

    /// What follows the number of the row and a quotation mark.
    #[inline]
    pub fn after<'a>(&self, text: &'a [u8]) -> Option<&'a [u8]> {
        let written = u64::from_le_bytes(*text.first_chunk()?);
        if written & self.mask == self.written { text.get(self.length..) } else { None }
    }

    /// The column of a place in this row.
    pub fn column_of(&self, place: &[u8]) -> Option<u32> {
        let (column, row) = column(place)?;
        (number::place(row) == Some(self.number + 1) && row.first() != Some(&b'0')).then_some(column)
    }
}

/// The column that letters name, from 0, and what follows them.
#[inline]
pub fn column(text: &[u8]) -> Option<(u32, &[u8])> {
    let (mut column, mut rest) = (0_u32, text);
    while let [letter @ b'A'..=b'Z', tail @ ..] = rest {
        column = column * 26 + u32::from(letter - b'A') + 1;
        if column > COLUMNS {
            return None;
        }
        rest = tail;
    }
    Some((column.checked_sub(1)?, rest))
}

/// Is this a place such as `AB12`?
pub fn is_place(said: &[u8]) -> bool {
    column(said).and_then(|(_, row)| number::place(row)).is_some_and(|row| row > 0)
}
