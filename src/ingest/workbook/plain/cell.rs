//! One cell where it lies: its tag, its place and its type.

use memchr::memchr;

use super::{
    Unusual, number,
    place::{COLUMNS, Row, column},
    tag::{attributes, not_a_namespace},
};

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

impl<'a> Start<'a> {
    /// Reads the tag of a cell of this row after `<c`.
    #[inline]
    pub fn read(tag: &'a [u8], row: &Row) -> Result<Start<'a>, Unusual> {
        let start = Start::usual(tag, row).map_or_else(|| Start::unusual(tag, row), Ok)?;
        if start.column < row.next {
            return Err(Unusual("cells out of order"));
        }
        Ok(start)
    }

    /// A tag as nearly all programs write it.
    #[inline]
    fn usual(tag: &'a [u8], row: &Row) -> Option<Start<'a>> {
        let (column, rest) = column(tag.strip_prefix(b" r=\"")?)?;
        let mut rest = row.after(rest)?;
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
    fn unusual(tag: &'a [u8], row: &Row) -> Result<Start<'a>, Unusual> {
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
            Some(place) => row.column_of(place).ok_or(Unusual("a cell in an unusual place"))?,
            None if row.next < COLUMNS => row.next,
            None => return Err(Unusual("very many columns")),
        };
        Ok(Start { column, kind, is_closed, rest })
    }
}

/// The place of a cell's style in the workbook's list, by its tag after `<c`.
pub fn style(tag: &[u8]) -> Result<u32, Unusual> {
    let usual = || {
        let place = tag.strip_prefix(b" r=\"")?;
        let said = place.get(memchr(b'"', place)?..)?.strip_prefix(b"\" s=\"")?;
        number::place(said.get(..memchr(b'"', said)?)?)
    };
    if let Some(style) = usual() {
        return Ok(style);
    }
    let mut style = Some(0);
    attributes(tag, |name, value| {
        if name == b"s" {
            style = number::place(value);
        }
        Ok(())
    })?;
    style.ok_or(Unusual("the number of a style cannot be read"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_says_place_and_type_in_any_order() {
        let row = Row::new(11);
        let start = |tag: &str| {
            let tag = format!("{tag}<v>1</v></c>");
            Start::read(tag.as_bytes(), &row).map(|start| (start.column, start.kind, start.is_closed))
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
    fn a_tag_says_how_its_cell_is_shown() {
        for (tag, said) in [(" r=\"A1\" s=\"12\">", 12), (" r=\"A1\">", 0), (" s='3' r='A1' >", 3), ("/>", 0)] {
            assert_eq!(style(tag.as_bytes()), Ok(said), "{tag}");
        }
        assert!(style(b" r=\"A1\" s=\"-1\">").is_err());
    }

    #[test]
    fn a_cell_left_of_the_last_one_is_refused() {
        let mut row = Row::new(0);
        row.next = 3;
        assert!(Start::read(b" r=\"D1\"><v>1</v></c>", &row).is_ok());
        assert!(Start::read(b" r=\"C1\"><v>1</v></c>", &row).is_err());
        row.next = COLUMNS;
        assert!(Start::read(b"><v>1</v></c>", &row).is_err());
    }
}
