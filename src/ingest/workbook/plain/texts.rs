//! The list of texts that cells refer to by place.

use std::{
    io::{Cursor, Read},
    str::from_utf8,
};

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
/// Room that is taken at once: a list that grows bit by bit is copied each time.
const ROOM: u64 = 8 << 20;
/// A list that takes more than this as it is packed is not held so beside its texts, but read at once.
const HELD: u64 = 32 << 20;

/// The list as far as it has been read: a short one to its end, a long one as far as cells have referred to it, because most texts of
/// a list of pupils are their numbers, which nobody asks for.
#[derive(Default)]
pub struct SharedTexts {
    read: Texts,
    /// What follows; none at the end of the list, or where it cannot be read.
    rest: Option<Rest<Cursor<Vec<u8>>>>,
}

struct Rest<P> {
    pieces: Pieces<P>,
    runs: Runs,
    is_open: bool,
}

impl SharedTexts {
    pub fn of(part: Unpacked<impl Read>) -> Result<SharedTexts, Unusual> {
        if part.size() > LARGEST {
            return Err(Unusual("the list of texts is very large"));
        }
        let mut read = Texts::with_room(part.size().min(ROOM) as usize);
        if part.packed() > HELD {
            let mut rest = Rest::of(part);
            while rest.piece(&mut read)? {}
            return Ok(SharedTexts { read, rest: None });
        }
        let mut texts = SharedTexts { read, rest: Some(Rest::of(part.taken()?)) };
        texts.go_on()?;
        // What has been unpacked is read too.
        while texts.rest.as_ref().is_some_and(|rest| rest.pieces.is_unpacked()) {
            texts.go_on()?;
        }
        Ok(texts)
    }

    /// The texts that have been read.
    #[inline(always)]
    pub fn read(&self) -> &Texts {
        &self.read
    }

    /// Has the text at this place been read?
    #[inline(always)]
    pub fn has(&self, place: u32) -> bool {
        (place as usize) < self.read.len()
    }

    /// Reads on until there is a text at this place.
    pub fn reach(&mut self, place: u32) -> Result<(), Unusual> {
        while !self.has(place) {
            self.go_on()?;
        }
        Ok(())
    }

    /// Reads the next piece.
    fn go_on(&mut self) -> Result<(), Unusual> {
        let mut rest = self.rest.take().ok_or(Unusual("a cell refers to a text that is not there"))?;
        if rest.piece(&mut self.read)? {
            self.rest = Some(rest);
        }
        Ok(())
    }
}

impl<P: Read> Rest<P> {
    fn of(part: Unpacked<P>) -> Rest<P> {
        Rest { pieces: Pieces::new(part, b"<si"), runs: Runs::default(), is_open: false }
    }

    /// Adds the texts of the next piece. False at the end of the list.
    fn piece(&mut self, texts: &mut Texts) -> Result<bool, Unusual> {
        let mut rest = self.pieces.next()?.ok_or(CUT_OFF)?;
        if !self.is_open {
            let (after, is_closed) = open(rest, b"sst")?;
            if is_closed {
                return Ok(false);
            }
            (rest, self.is_open) = (after, true);
        }
        holds_no_markup(rest)?;
        let piece = Piece::of(rest);
        while !rest.is_empty() {
            if let Some((text, after)) = piece.text(rest) {
                add(texts, text)?;
                rest = after;
            } else if let Some(inside) = rest.strip_prefix(b"<si>") {
                let (text, after) = self.runs.read(inside, b"</si>")?;
                add(texts, text)?;
                rest = spaces(after);
            } else if let Some(after) = rest.strip_prefix(b"<si/>") {
                add(texts, "")?;
                rest = spaces(after);
            } else if rest.starts_with(b"</sst>") {
                self.pieces.finish()?;
                return Ok(false);
            } else if let after = spaces(rest)
                && after.len() < rest.len()
            {
                rest = after;
            } else {
                return Err(Unusual("another tag in the list of texts"));
            }
        }
        Ok(true)
    }
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
