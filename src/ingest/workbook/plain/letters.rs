//! Text as it stands between two tags, with what XML and office programs write in place of letters.

use std::str::from_utf8;

use memchr::memmem;

use super::Unusual;

/// Reads texts; most lie in the part as they are, the others are written out here.
#[derive(Default)]
pub struct Letters {
    resolved: String,
    unescaped: String,
}

/// What is done to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// As it is written.
    Whole,
    /// Letters written as `_x000D_` are put back.
    Kept,
    /// The same, and spaces at its ends are left out.
    Trimmed,
}

impl Letters {
    pub fn read<'a>(&'a mut self, raw: &'a [u8], kind: Kind) -> Result<&'a str, Unusual> {
        let mut text = from_utf8(raw).map_err(|_| Unusual("text that is not in UTF-8"))?;
        if memchr::memchr2(b'&', b'\r', raw).is_some() {
            resolve(text, &mut self.resolved)?;
            text = &self.resolved;
        }
        if kind == Kind::Trimmed {
            text = text.trim_matches([' ', '\t', '\r', '\n']);
        }
        if kind != Kind::Whole && memmem::find(text.as_bytes(), b"_x").is_some() {
            unescape(text, &mut self.unescaped)?;
            text = &self.unescaped;
        }
        Ok(text)
    }
}

/// Puts letters in place of what stands for them in XML, and one line break in place of two letters.
fn resolve(text: &str, into: &mut String) -> Result<(), Unusual> {
    into.clear();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(['&', '\r']) {
        into.push_str(before);
        if rest.as_bytes().get(before.len()) == Some(&b'\r') {
            into.push('\n');
            rest = after.strip_prefix('\n').unwrap_or(after);
            continue;
        }
        let (name, after) = after.split_once(';').ok_or(UNKNOWN)?;
        into.push(letter(name).ok_or(UNKNOWN)?);
        rest = after;
    }
    into.push_str(rest);
    Ok(())
}

const UNKNOWN: Unusual = Unusual("an entity that is not known");

fn letter(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |digits| (digits, 16));
            let is_number = digits.chars().all(|digit| digit.is_digit(radix));
            let code = u32::from_str_radix(digits, radix).ok().filter(|code| is_number && *code > 0)?;
            char::from_u32(code)
        }
    }
}

/// Puts letters in place of `_xHHHH_`, which office programs write for letters that XML cannot hold.
fn unescape(text: &str, into: &mut String) -> Result<(), Unusual> {
    into.clear();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('_') {
        into.push_str(before);
        match escaped(after) {
            Some(code) => {
                into.push(char::from_u32(code).ok_or(Unusual("half a letter"))?);
                rest = after.get(6..).unwrap_or_default();
            }
            None => {
                into.push('_');
                rest = after;
            }
        }
    }
    into.push_str(rest);
    Ok(())
}

fn escaped(after: &str) -> Option<u32> {
    let digits = after.strip_prefix('x')?.get(..4).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
    (after.as_bytes().get(5) == Some(&b'_')).then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str, kind: Kind) -> Result<String, Unusual> {
        Letters::default().read(raw.as_bytes(), kind).map(str::to_string)
    }

    #[test]
    fn letters_written_otherwise_are_put_back() {
        for (raw, text) in [
            ("荔湾区", "荔湾区"),
            ("a&amp;b &lt;&gt;&quot;&apos;", "a&b <>\"'"),
            ("&#33618;&#x6E7E;", "荒湾"),
            ("one\r\ntwo\rthree", "one\ntwo\nthree"),
            ("_x000D__x005F_x000D_", "\r_x000D_"),
            ("_x_ _xZZZZ_ _x00 __x0041_", "_x_ _xZZZZ_ _x00 _A"),
            ("_x004", "_x004"),
        ] {
            assert_eq!(read(raw, Kind::Kept).as_deref(), Ok(text), "{raw}");
        }
        assert_eq!(read("_x0041_&amp;", Kind::Whole).as_deref(), Ok("_x0041_&"));
    }

    #[test]
    fn spaces_at_the_ends_go_unless_they_are_kept() {
        assert_eq!(read(" \n a b\u{a0}\t", Kind::Trimmed).as_deref(), Ok("a b\u{a0}"));
        assert_eq!(read(" a ", Kind::Kept).as_deref(), Ok(" a "));
        assert_eq!(read("&#10;_x0020_", Kind::Trimmed).as_deref(), Ok(" "));
    }

    #[test]
    fn what_is_not_known_is_not_guessed() {
        for raw in ["&nbsp;", "&amp", "&#0;", "&#xD800;", "&#+65;", "&#;", "_xD83D__xDCF7_"] {
            assert!(read(raw, Kind::Kept).is_err(), "{raw}");
        }
        assert!(Letters::default().read(b"\xC4\xE3", Kind::Kept).is_err());
    }
}
