//! Small lists beside the cells, such as merged areas, formats and hidden columns: one tag that holds many of one name.

use memchr::{memchr, memmem};

use super::{
    CUT_OFF, Unusual,
    tag::{attributes, spaces},
};

const ODD: Unusual = Unusual("an odd list of small things");

/// What the one tag of this name holds; none where nothing is called so.
pub fn only<'a>(part: &'a [u8], name: &str) -> Result<Option<&'a [u8]>, Unusual> {
    let mut named = memmem::find_iter(part, name);
    let Some((before, tag)) = named.next().and_then(|first| part.split_at_checked(first)) else { return Ok(None) };
    let before = before.strip_suffix(b"<").ok_or(ODD)?;
    // A tag before it that is not sound would hold it as a text.
    each(before, b"", [], |[]| Ok(()))?;
    let (inside, is_closed) = attributes(tag.get(name.len()..).unwrap_or_default(), |_, _| Ok(()))?;
    if named.count() != usize::from(!is_closed) {
        return Err(ODD);
    }
    if is_closed {
        return Ok(Some(b""));
    }
    memmem::find(inside, format!("</{name}>").as_bytes()).and_then(|end| inside.get(..end)).map(Some).ok_or(ODD)
}

/// Calls with what every tag of this name in a list says under some names.
pub fn each<'a, const N: usize>(
    list: &'a [u8],
    wanted: &[u8],
    asked: [&[u8]; N],
    mut then: impl FnMut([Option<&'a [u8]>; N]) -> Result<(), Unusual>,
) -> Result<(), Unusual> {
    let (mut rest, mut open) = (spaces(list), 0_usize);
    while !rest.is_empty() {
        let tag = rest.strip_prefix(b"<").ok_or(ODD)?;
        if let Some(closing) = tag.strip_prefix(b"/") {
            let end = memchr(b'>', closing).ok_or(CUT_OFF)?;
            let (name, after) = closing.split_at_checked(end).ok_or(CUT_OFF)?;
            if !name.trim_ascii_end().iter().all(is_of_name) {
                return Err(ODD);
            }
            open = open.checked_sub(1).ok_or(ODD)?;
            rest = spaces(after.get(1..).unwrap_or_default());
            continue;
        }
        let (name, after) = tag.split_at_checked(tag.iter().take_while(|letter| is_of_name(letter)).count()).ok_or(CUT_OFF)?;
        let mut said = [None; N];
        let (after, is_closed) = attributes(after, |name, value| {
            let place = asked.iter().position(|asked| *asked == name).and_then(|at| said.get_mut(at));
            if place.is_some_and(|place| place.replace(value).is_some()) { Err(ODD) } else { Ok(()) }
        })?;
        open += usize::from(!is_closed);
        rest = spaces(after);
        if name == wanted {
            then(said)?;
        } else if name.ends_with(wanted) && name.contains(&b':') && !wanted.is_empty() {
            return Err(ODD);
        }
    }
    if open == 0 { Ok(()) } else { Err(CUT_OFF) }
}

fn is_of_name(letter: &u8) -> bool {
    letter.is_ascii_alphanumeric() || b":_-.".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_stands_once_or_is_odd() {
        assert_eq!(only(b"<a/><cols x='1'><col/></cols>", "cols"), Ok(Some(&b"<col/>"[..])));
        assert_eq!(only(b"<a/><cols /><b/>", "cols"), Ok(Some(&b""[..])));
        assert_eq!(only(b"<a/>", "cols"), Ok(None));
        for odd in [
            "<cols>",
            "</cols>",
            "<x:cols></x:cols>",
            "<cols/><cols/>",
            "<cols></cols x>",
            "<cols/></cols>",
            "<cols><cols></cols>",
        ] {
            assert!(only(odd.as_bytes(), "cols").is_err(), "{odd}");
        }
    }

    #[test]
    fn every_tag_of_a_name_is_asked() {
        let said = |list: &str| {
            let mut said = Vec::new();
            each(list.as_bytes(), b"col", [b"min", b"max"], |[min, max]| {
                said.push((min.map(<[u8]>::to_vec), max.map(<[u8]>::to_vec)));
                Ok(())
            })
            .map(|()| said)
        };
        let one = |text: &str| Some(text.as_bytes().to_vec());
        assert_eq!(said("<col max='2' min='1'/> <cols><col ></col></cols>"), Ok(vec![(one("1"), one("2")), (None, None)]));
        for odd in ["<x:col/>", "<col min='1' min='2'/>", "<col min=1/>", "<col", "<col>", "</col>", "a<col/>"] {
            assert!(said(odd).is_err(), "{odd}");
        }
    }
}
