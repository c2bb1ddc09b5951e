//! Tags of XML where they lie: what stands in a start tag, and how a part opens.

use memchr::{memchr, memmem};

use super::Unusual;

/// The namespaces of cells and texts, as most programs write them and in the strict form of the standard.
pub const NAMESPACES: [&str; 2] =
    ["http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"];

/// Without the spaces it begins with.
#[inline]
pub fn spaces(mut rest: &[u8]) -> &[u8] {
    while let [b' ' | b'\n' | b'\r' | b'\t', tail @ ..] = rest {
        rest = tail;
    }
    rest
}

/// Reads what stands in a start tag after its name. Gives what follows the tag, and whether it closes itself.
pub fn attributes<'a>(
    mut rest: &'a [u8],
    mut each: impl FnMut(&'a [u8], &'a [u8]) -> Result<(), Unusual>,
) -> Result<(&'a [u8], bool), Unusual> {
    loop {
        let after = spaces(rest);
        match after {
            [b'>', tail @ ..] => return Ok((tail, false)),
            [b'/', b'>', tail @ ..] => return Ok((tail, true)),
            _ if after.len() == rest.len() => return Err(Unusual("a tag of another name")),
            _ => {}
        }
        let (name, after) = memchr(b'=', after).and_then(|at| after.split_at_checked(at)).ok_or(FAULT)?;
        let name = name.trim_ascii_end();
        let is_name = !name.is_empty() && name.iter().all(|letter| letter.is_ascii_alphanumeric() || b":_-.".contains(letter));
        let Some((quote @ (b'"' | b'\''), after)) = spaces(after.get(1..).unwrap_or_default()).split_first() else {
            return Err(FAULT);
        };
        let (value, after) = memchr(*quote, after).and_then(|at| after.split_at_checked(at)).ok_or(FAULT)?;
        if !is_name || value.contains(&b'<') {
            return Err(FAULT);
        }
        each(name, value)?;
        rest = after.get(1..).unwrap_or_default();
    }
}

const FAULT: Unusual = Unusual("a tag is not sound");

/// Passes a start tag whose name has been read; gives what follows it, and whether it closes itself.
pub fn pass(rest: &[u8]) -> Result<(&[u8], bool), Unusual> {
    attributes(rest, |name, _| not_a_namespace(name))
}

/// A tag inside that changes its namespace is no longer what its name says.
pub fn not_a_namespace(name: &[u8]) -> Result<(), Unusual> {
    if name.starts_with(b"xmlns") { Err(Unusual("a namespace inside")) } else { Ok(()) }
}

/// Reads how a part opens: its declaration and its first tag, which must have this name. Gives what `attributes` gives.
pub fn open<'a>(part: &'a [u8], name: &[u8]) -> Result<(&'a [u8], bool), Unusual> {
    let mut rest = part.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(part);
    if let Some(declaration) = rest.strip_prefix(b"<?xml") {
        let end = memmem::find(declaration, b"?>").ok_or(FAULT)?;
        let (declaration, after) = declaration.split_at_checked(end).ok_or(FAULT)?;
        is_utf_8(declaration)?;
        rest = after.get(2..).unwrap_or_default();
    }
    let root = spaces(rest).strip_prefix(b"<").and_then(|rest| rest.strip_prefix(name));
    let mut is_ours = false;
    let opened = attributes(root.ok_or(Unusual("a part opens with another tag"))?, |name, value| {
        is_ours |= name == b"xmlns" && NAMESPACES.iter().any(|namespace| namespace.as_bytes() == value);
        Ok(())
    })?;
    if is_ours { Ok(opened) } else { Err(Unusual("another namespace")) }
}

fn is_utf_8(declaration: &[u8]) -> Result<(), Unusual> {
    let Some(at) = memmem::find(declaration, b"encoding") else { return Ok(()) };
    let said = declaration.get(at + 8..).unwrap_or_default().to_ascii_lowercase();
    let said = spaces(&said).strip_prefix(b"=").map(spaces).unwrap_or_default();
    if said.starts_with(b"\"utf-8\"") || said.starts_with(b"'utf-8'") { Ok(()) } else { Err(Unusual("not in UTF-8")) }
}

/// Comments, CDATA, document types and instructions: none of them may stand in what is walked, so a tag that is found is a tag.
pub fn holds_no_markup(piece: &[u8]) -> Result<(), Unusual> {
    let is_inside = |at: usize| at.checked_sub(1).and_then(|before| piece.get(before)) == Some(&b'<');
    if memchr::memchr2_iter(b'!', b'?', piece).any(is_inside) {
        return Err(Unusual("a comment, CDATA or an instruction inside"));
    }
    Ok(())
}
