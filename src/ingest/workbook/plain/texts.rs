//! The list of texts that cells refer to by place.

use std::io::Read;

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
        while !rest.is_empty() {
            if let Some(inside) = rest.strip_prefix(b"<si>") {
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

fn add(texts: &mut Texts, text: &str) -> Result<(), Unusual> {
    if texts.len() >= MOST {
        return Err(Unusual("very many texts"));
    }
    texts.push(text).ok_or(Unusual("the list of texts is very large"))
}
