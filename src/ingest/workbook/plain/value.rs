//! What a cell holds, from the end of its tag on.

use memchr::memchr;

use super::{
    super::cells::{Held, Sink},
    CUT_OFF, Unusual,
    cell::{Kind, Start},
    letters::{self, Letters},
    number,
    runs::Runs,
    short::Short,
    tag::{pass, spaces},
    texts::SharedTexts,
};

/// Reads what cells hold, and gives it on.
pub struct Values<'t> {
    texts: &'t mut SharedTexts,
    runs: Runs,
    letters: Letters,
}

impl Values<'_> {
    pub fn new(texts: &mut SharedTexts) -> Values<'_> {
        Values { texts, runs: Runs::default(), letters: Letters::default() }
    }

    /// Gives what a cell holds to the sink; returns what follows the cell.
    #[inline]
    pub fn give<'a>(&mut self, row: u32, start: &Start<'a>, sink: &mut impl Sink) -> Result<&'a [u8], Unusual> {
        match start.kind {
            Kind::Number => {
                if let Some(inside) = start.rest.strip_prefix(b"<v>")
                    && let Some((number, after)) = number(inside)
                    && let Some(after) = after.strip_prefix(b"</v></c>")
                {
                    sink.cell(row, start.column, Held::Number(number));
                    return Ok(after);
                }
            }
            Kind::Shared => {
                if let Some(inside) = start.rest.strip_prefix(b"<v>")
                    && let Some((place, after)) = place(inside)
                    && let Some(after) = after.strip_prefix(b"</v></c>")
                    && self.texts.has(place)
                {
                    sink.cell(row, start.column, Held::Shared(place, self.texts.read()));
                    return Ok(after);
                }
            }
            Kind::Inline => {
                if let Some(inside) = start.rest.strip_prefix(b"<is>") {
                    let (text, after) = self.runs.read(inside, b"</is>")?;
                    sink.cell(row, start.column, Held::Text(text));
                    return spaces(after).strip_prefix(b"</c>").ok_or(Unusual("another tag in a cell"));
                }
            }
            _ => {}
        }
        self.long(row, start, sink)
    }

    /// A cell with a formula, with spaces, or of a rare type.
    #[inline(never)]
    fn long<'a>(&mut self, row: u32, start: &Start<'a>, sink: &mut impl Sink) -> Result<&'a [u8], Unusual> {
        let mut rest = spaces(start.rest);
        let has_formula = rest.starts_with(b"<f");
        if let Some(tag) = rest.strip_prefix(b"<f") {
            rest = spaces(filled(tag, b"</f>")?.1);
        }
        let mut value = None;
        if let Some(tag) = rest.strip_prefix(b"<v") {
            let (raw, after) = filled(tag, b"</v>")?;
            (value, rest) = (Some(raw), spaces(after));
        }
        let rest = rest.strip_prefix(b"</c>").ok_or(Unusual("another tag in a cell"))?;
        let is_text = matches!(start.kind, Kind::Formula | Kind::Day);
        match value.filter(|raw| is_text || !raw.is_empty()) {
            Some(raw) => {
                let held = held(start.kind, raw, self.texts, &mut self.letters)?;
                sink.cell(row, start.column, held);
            }
            None if has_formula => sink.cell(row, start.column, Held::Formula),
            None => {}
        }
        Ok(rest)
    }
}

/// A number up to the next tag, and the text from there.
#[inline(always)]
fn number(text: &[u8]) -> Option<(f64, &[u8])> {
    if let Some((short, after)) = Short::read(text)
        && let Some(number) = short.number()
    {
        return Some((number, after));
    }
    number::leading(text)
}

/// The place of a text up to the next tag, and the text from there.
#[inline(always)]
fn place(text: &[u8]) -> Option<(u32, &[u8])> {
    if let Some((short, after)) = Short::read(text)
        && let Some(place) = short.whole()
    {
        return Some((place, after));
    }
    number::leading_place(text)
}

/// What a tag holds after its name, up to its end, and what follows that.
fn filled<'a>(tag: &'a [u8], closing: &[u8]) -> Result<(&'a [u8], &'a [u8]), Unusual> {
    let (inside, is_closed) = pass(tag)?;
    if is_closed {
        return Ok((b"", inside));
    }
    let (raw, after) = memchr(b'<', inside).and_then(|at| inside.split_at_checked(at)).ok_or(CUT_OFF)?;
    Ok((raw, after.strip_prefix(closing).ok_or(Unusual("a tag inside a value"))?))
}

fn held<'a>(kind: Kind, raw: &'a [u8], texts: &'a mut SharedTexts, letters: &'a mut Letters) -> Result<Held<'a>, Unusual> {
    match kind {
        Kind::Number => number::of(raw).map(Held::Number).ok_or(Unusual("a number that cannot be read")),
        Kind::Shared => {
            let place = number::place(raw).ok_or(Unusual("a cell refers to a text that is not there"))?;
            texts.reach(place)?;
            Ok(Held::Shared(place, texts.read()))
        }
        Kind::Formula => letters.read(raw, letters::Kind::Kept).map(Held::Text),
        Kind::Day => letters.read(raw, letters::Kind::Whole).map(Held::Text),
        Kind::Bool => match raw {
            b"0" | b"false" => Ok(Held::Bool(false)),
            b"1" | b"true" => Ok(Held::Bool(true)),
            _ => Err(Unusual("neither true nor false")),
        },
        Kind::Error => {
            let known = ERRORS.iter().find(|known| known.as_bytes() == raw);
            known.map(|known| Held::Error(known)).ok_or(Unusual("an error of another name"))
        }
        Kind::Inline => Err(Unusual("a text in two places")),
    }
}

const ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];
