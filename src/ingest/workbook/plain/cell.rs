//! One cell where it lies: its tag, its place and its type.

use super::{
    Unusual, number,
    tag::{attributes, not_a_namespace},
};

/// A sheet of an office program has no more rows and columns than these.
pub const ROWS: u32 = 1_048_576;
pub const COLUMNS: u32 = 16_384;

/// How a cell says what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Number,
    Shared,
    Inline,
    /// The text that a formula gave.
    Formula,
    Bool,
    Error,
    /// A day as text.
    Day,
}

/// A cell whose tag has been read.
#[derive(Debug, PartialEq)]
pub struct Start<'a> {
    pub column: u32,
    pub kind: Kind,
    /// It closes itself, so it holds nothing.
    pub is_closed: bool,
    /// What follows the tag.
    pub rest: &'a [u8],
}

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

    /// Reads the tag of a cell after `<c`.
    #[inline]
    pub fn start<'a>(&self, tag: &'a [u8]) -> Result<Start<'a>, Unusual> {
        let start = self.usual(tag).map_or_else(|| self.unusual(tag), Ok)?;
        if start.column < self.next {
            return Err(Unusual("cells out of order"));
        }
        Ok(start)
    }

    /// A tag as nearly all programs write it.
    #[inline]
    fn usual<'a>(&self, tag: &'a [u8]) -> Option<Start<'a>> {
        let (column, rest) = column(tag.strip_prefix(b" r=\"")?)?;
        let written = u64::from_le_bytes(*rest.first_chunk()?);
        if written & self.mask != self.written {
            return None;
        }
        let mut rest = rest.get(self.length..)?;
        if let Some(mut style) = rest.strip_prefix(b" s=\"") {
            while let [b'0'..=b'9', tail @ ..] = style {
                style = tail;
            }
            rest = style.strip_prefix(b"\"")?;
        }
        let mut kind = Kind::Number;
        if let Some(said) = rest.strip_prefix(b" t=\"") {
            (kind, rest) = match said {
                [b's', b'"', rest @ ..] => (Kind::Shared, rest),
                [b'n', b'"', rest @ ..] => (Kind::Number, rest),
                [b's', b't', b'r', b'"', rest @ ..] => (Kind::Formula, rest),
                [b'i', b'n', b'l', b'i', b'n', b'e', b'S', b't', b'r', b'"', rest @ ..] => (Kind::Inline, rest),
                _ => return None,
            };
        }
        match rest {
            [b'>', rest @ ..] => Some(Start { column, kind, is_closed: false, rest }),
            [b'/', b'>', rest @ ..] => Some(Start { column, kind, is_closed: true, rest }),
            _ => None,
        }
    }

    /// Any other tag.
    #[inline(never)]
    fn unusual<'a>(&self, tag: &'a [u8]) -> Result<Start<'a>, Unusual> {
        let (mut place, mut style, mut said) = (None, None, None);
        let twice = |before: Option<&[u8]>| before.map_or(Ok(()), |_| Err(Unusual("a tag says something twice")));
        let (rest, is_closed) = attributes(tag, |name, value| match name {
            b"r" => twice(place.replace(value)),
            b"s" => twice(style.replace(value)),
            b"t" => twice(said.replace(value)),
            _ => not_a_namespace(name),
        })?;
        let kind = match said {
            None | Some(b"n") => Kind::Number,
            Some(b"s") => Kind::Shared,
            Some(b"inlineStr") => Kind::Inline,
            Some(b"str") => Kind::Formula,
            Some(b"b") => Kind::Bool,
            Some(b"e") => Kind::Error,
            Some(b"d") => Kind::Day,
            Some(_) => return Err(Unusual("a cell of another type")),
        };
        let column = match place {
            Some(place) => self.column_of(place).ok_or(Unusual("a cell in an unusual place"))?,
            None if self.next < COLUMNS => self.next,
            None => return Err(Unusual("very many columns")),
        };
        Ok(Start { column, kind, is_closed, rest })
    }

    fn column_of(&self, place: &[u8]) -> Option<u32> {
        let (column, row) = column(place)?;
        (number::place(row) == Some(self.number + 1) && row.first() != Some(&b'0')).then_some(column)
    }
}

/// The column that letters name, from 0, and what follows them.
#[inline]
fn column(text: &[u8]) -> Option<(u32, &[u8])> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_says_place_and_type_in_any_order() {
        let row = Row::new(11);
        let start = |tag: &str| {
            let tag = format!("{tag}<v>1</v></c>");
            row.start(tag.as_bytes()).map(|start| (start.column, start.kind, start.is_closed))
        };
        for (tag, said) in [
            (" r=\"A12\">", (0, Kind::Number, false)),
            (" r=\"AB12\" s=\"3\" t=\"s\">", (27, Kind::Shared, false)),
            (" r=\"XFD12\" t=\"inlineStr\">", (16_383, Kind::Inline, false)),
            (" t='str' r='C12' cm=\"1\" >", (2, Kind::Formula, false)),
            ("\n\tt = \"b\"\tr = \"C12\"/>", (2, Kind::Bool, true)),
            (" s=\"1\"/>", (0, Kind::Number, true)),
            (">", (0, Kind::Number, false)),
            (" r=\"B12\" t=\"e\">", (1, Kind::Error, false)),
            (" r=\"B12\" t=\"d\">", (1, Kind::Day, false)),
        ] {
            assert_eq!(start(tag), Ok(said), "{tag}");
        }
        for tag in [
            " r=\"A1\">",
            " r=\"A121\">",
            " r=\"12\">",
            " r=\"a12\">",
            " r=\"XFE12\">",
            " r=\"ZZZZZZZZZZ12\">",
            " r=\"A012\">",
            " t=\"z\">",
            " r=\"A12\" r=\"B12\">",
            " r=A12>",
            " r>",
            "x>",
            " r=\"A12\"t=\"s\">",
            " r=\"A12\" xmlns=\"x\">",
            " a=\"<\">",
            "",
        ] {
            assert!(start(tag).is_err(), "{tag}");
        }
    }

    #[test]
    fn a_cell_left_of_the_last_one_is_refused() {
        let row = Row { next: 3, ..Row::new(0) };
        assert!(row.start(b" r=\"D1\"><v>1</v></c>").is_ok());
        assert!(row.start(b" r=\"C1\"><v>1</v></c>").is_err());
        let last = Row { next: COLUMNS, ..Row::new(0) };
        assert!(last.start(b"><v>1</v></c>").is_err());
    }
}
