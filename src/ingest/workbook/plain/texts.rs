//! The list of texts that cells refer to by place.

use std::{io::Read, str::from_utf8};

use memchr::{memchr, memchr3};

use super::{
    super::cells::Texts,
    CUT_OFF, Unusual,
    pieces::Pieces,
    runs::Runs,
    tag::{holds_no_markup, open, spaces},
    unpack::Unpacked,
};

/// How large the part may be, in bytes, and how many texts it may hold: names and numbers of two million pupils are a tenth of it.
const LARGEST: u64 = 1 << 30;
const MOST: usize = 16_000_000;

pub fn read<R: Read>(part: Unpacked<'_, R>) -> Result<Texts, Unusual> {
    if part.size() > LARGEST {
        return Err(Unusual("the list of texts is very large"));
    }
    let (mut pieces, mut runs, mut texts) = (Pieces::new(part, b"<si"), Runs::default(), Texts::default());
    let mut is_open = false;
    while let Some(piece) = pieces.next()? {
        let mut rest = piece;
        if !is_open {
            let (after, is_closed) = open(piece, b"sst")?;
            if is_closed {
                return Ok(texts);
            }
            (rest, is_open) = (after, true);
        }
        holds_no_markup(rest)?;
        let piece = Piece::of(rest);
        while !rest.is_empty() {
            if let Some((text, after)) = piece.text(rest) {
                add(&mut texts, text)?;
                rest = after;
            } else if let Some(inside) = rest.strip_prefix(b"<si>") {
                let (text, after) = runs.read(inside, b"</si>")?;
                add(&mut texts, text)?;
                rest = spaces(after);
            } else if let Some(after) = rest.strip_prefix(b"<si/>") {
                add(&mut texts, "")?;
                rest = spaces(after);
            } else if rest.starts_with(b"</sst>") {
                pieces.finish()?;
                texts.shrink();
                return Ok(texts);
            } else if let after = spaces(rest)
                && after.len() < rest.len()
            {
                rest = after;
            } else {
                return Err(Unusual("another tag in the list of texts"));
            }
        }
    }
    Err(CUT_OFF)
}

/// Texts of which nothing is to be made out: they stand there as they are.
struct Piece<'a> {
    /// Empty where a letter may be written in another way, or one of them is not in UTF-8.
    said: &'a str,
}

impl<'a> Piece<'a> {
    fn of(piece: &'a [u8]) -> Piece<'a> {
        let is_as_written = memchr3(b'&', b'_', b'\r', piece).is_none();
        Piece { said: from_utf8(piece).ok().filter(|_| is_as_written).unwrap_or_default() }
    }

    /// The text at the beginning of this rest of the piece, and what follows it.
    #[inline]
    fn text(&self, rest: &'a [u8]) -> Option<(&'a str, &'a [u8])> {
        let inside = rest.strip_prefix(b"<si><t>")?;
        let from = self.said.len().checked_sub(inside.len())?;
        let (text, after) = inside.split_at_checked(memchr(b'<', inside)?)?;
        let (b'!'..) = text.first()? else { return None };
        let (b'!'..) = text.last()? else { return None };
        Some((self.said.get(from..from + text.len())?, after.strip_prefix(b"</t></si>")?))
    }
}

fn add(texts: &mut Texts, text: &str) -> Result<(), Unusual> {
    if texts.len() >= MOST {
        return Err(Unusual("very many texts"));
    }
    texts.push(text).ok_or(Unusual("the list of texts is very large"))
}
