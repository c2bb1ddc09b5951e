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
    /// The number as it is written, counted from 1, and a quotation mark.
    written: Beginning<8>,
}

impl Row {
    pub fn new(number: u32) -> Row {
        // The digits from the last to the first, each before those behind it. Rows of more digits than these are refused.
        let (mut written, mut from, mut left) = ([b'"'; 8], 7, number.saturating_add(1));
        while left > 0 && from > 0 {
            from -= 1;
            written[from] = b'0' + (left % 10) as u8;
            left /= 10;
        }
        Row { number, next: 0, written: Beginning::of(&written[from..]).unwrap_or_default() }
    }

    /// What follows the tag of the row, read after `<row`, where it is the tag of another row but for the number; `behind` is what
    /// stands behind that.
    #[inline]
    pub fn opened<'a>(&self, tag: &'a [u8], behind: &Beginning<16>) -> Option<&'a [u8]> {
        behind.after(self.after(tag.strip_prefix(b" r=\"")?)?)
    }

    /// What follows the number of the row and a quotation mark.
    #[inline]
    pub fn after<'a>(&self, text: &'a [u8]) -> Option<&'a [u8]> {
        self.written.after(text)
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
