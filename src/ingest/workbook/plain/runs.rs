//! What `<si>` and `<is>` hold: one text, or runs in several fonts that are one text, and how to pronounce it, which is no text.

use memchr::{memchr, memmem};

use super::{
    super::raised::raised,
    CUT_OFF, Unusual,
    letters::{Kind, Letters},
    tag::{attributes, pass, spaces},
};

#[derive(Default)]
pub struct Runs {
    letters: Letters,
    said: String,
}

impl Runs {
    /// The text up to the closing tag, and what follows that.
    pub fn read<'s, 'a: 's>(&'s mut self, mut rest: &'a [u8], closing: &[u8]) -> Result<(&'s str, &'a [u8]), Unusual> {
        if let Some(run) = run(rest)?
            && let Some(after) = run.rest.strip_prefix(closing)
        {
            return Ok((self.letters.read(run.raw, run.kind)?, after));
        }
        self.said.clear();
        let mut is_raised = false;
        loop {
            rest = spaces(rest);
            if let Some(after) = rest.strip_prefix(closing) {
                return Ok((&self.said, after));
            }
            rest = match run(rest)? {
                Some(run) => {
                    let said = self.letters.read(run.raw, run.kind)?;
                    // Where it stands alone it is read as it is anywhere else.
                    if is_raised && said.bytes().all(|letter| letter.is_ascii_digit()) && ends_with_digit(&self.said) {
                        self.said.push_str(&raised(said));
                    } else {
                        self.said.push_str(said);
                    }
                    run.rest
                }
                None => {
                    let after = other(rest, closing)?;
                    // What has been passed is the font of one run, or where one begins or ends.
                    is_raised = rest.starts_with(b"<rPr") && is_raising(&rest[..rest.len() - after.len()]);
                    after
                }
            };
        }
    }
}

fn ends_with_digit(text: &str) -> bool {
    text.ends_with(|letter| matches!(letter, '0'..='9' | '０'..='９'))
}

/// Does a font raise its letters, as those of a footnote are?
fn is_raising(font: &[u8]) -> bool {
    memmem::find(font, b"<vertAlign").is_some() && memmem::find(font, b"superscript").is_some()
}

/// What a `<t>` holds, and what follows it.
struct Run<'a> {
    raw: &'a [u8],
    kind: Kind,
    rest: &'a [u8],
}

/// None where another tag stands.
fn run(rest: &[u8]) -> Result<Option<Run<'_>>, Unusual> {
    let Some(tag) = rest.strip_prefix(b"<t") else { return Ok(None) };
    let (kind, after) = if let Some(after) = tag.strip_prefix(b">") {
        (Kind::Trimmed, after)
    } else if let Some(after) = tag.strip_prefix(b" xml:space=\"preserve\">") {
        (Kind::Kept, after)
    } else {
        let mut kind = Kind::Trimmed;
        let (after, is_closed) = attributes(tag, |name, value| {
            if name == b"xml:space" && value == b"preserve" {
                kind = Kind::Kept;
            }
            Ok(())
        })?;
        if is_closed {
            return Ok(Some(Run { raw: b"", kind, rest: after }));
        }
        (kind, after)
    };
    let (raw, after) = memchr(b'<', after).and_then(|at| after.split_at_checked(at)).ok_or(CUT_OFF)?;
    let rest = after.strip_prefix(b"</t>").ok_or(Unusual("a tag inside a text"))?;
    Ok(Some(Run { raw, kind, rest }))
}

/// Passes what is no text: where runs begin and end, their fonts, and how they are pronounced.
fn other<'a>(rest: &'a [u8], closing: &[u8]) -> Result<&'a [u8], Unusual> {
    for mark in [&b"<r>"[..], b"</r>", b"<rPr/>"] {
        if let Some(after) = rest.strip_prefix(mark) {
            return Ok(after);
        }
    }
    // The first two hold no texts, the last one holds those that are not meant.
    for (name, end, may_hold_texts) in
        [(&b"<rPr"[..], &b"</rPr>"[..], false), (b"<phoneticPr", b"</phoneticPr>", false), (b"<rPh", b"</rPh>", true)]
    {
        let Some(tag) = rest.strip_prefix(name) else { continue };
        let (inside, is_closed) = pass(tag)?;
        if is_closed {
            return Ok(inside);
        }
        let (inside, after) = memmem::find(inside, end).and_then(|at| inside.split_at_checked(at)).ok_or(CUT_OFF)?;
        let holds = |what: &[u8]| memmem::find(inside, what).is_some();
        // A tag that does not end would take the next one with it.
        let tags_end = inside.split(|letter| *letter == b'<').skip(1).all(|tag| tag.contains(&b'>'));
        let is_sound = if may_hold_texts { is_one_text(inside) } else { !holds(b"<t") };
        if !tags_end || holds(closing) || holds(name) || !is_sound {
            return Err(Unusual("a font or a reading that does not end"));
        }
        return Ok(after.strip_prefix(end).unwrap_or_default());
    }
    Err(Unusual("another tag beside a text"))
}

/// A reading is one text, and nothing that might be taken for one.
fn is_one_text(inside: &[u8]) -> bool {
    let tag = inside
        .trim_ascii()
        .strip_prefix(b"<t")
        .filter(|tag| tag.starts_with(b">") || tag.starts_with(b" ") || tag.starts_with(b"/"));
    let Some(Ok((text, is_closed))) = tag.map(pass) else { return false };
    let end = memmem::find(text, b"<").unwrap_or(text.len());
    if is_closed { text.is_empty() } else { &text[end..] == b"</t>" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(inside: &str) -> Result<String, Unusual> {
        let (mut runs, xml) = (Runs::default(), format!("{inside}</si>!"));
        let (text, rest) = runs.read(xml.as_bytes(), b"</si>")?;
        assert_eq!(rest, b"!");
        Ok(text.to_string())
    }

    #[test]
    fn runs_are_one_text_and_readings_are_none() {
        for (inside, text) in [
            ("", ""),
            ("<t/>", ""),
            ("<t>荔湾区</t>", "荔湾区"),
            ("<t> a </t>", "a"),
            ("<t xml:space=\"preserve\"> a </t>", " a "),
            ("<t xml:space='preserve' > a </t>", " a "),
            ("<t xml:space=\"default\"> a </t>", "a"),
            ("<r><t>a</t></r>\n<r><rPr><b/><sz val=\"9\"/></rPr><t xml:space=\"preserve\"> b</t></r>", "a b"),
            ("<r><t>12</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>1</t></r><r><t>3</t></r>", "12¹3"),
            ("<t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh><phoneticPr fontId=\"1\"/>", "東京"),
        ] {
            assert_eq!(read(inside).as_deref(), Ok(text), "{inside}");
        }
        for inside in [
            "<b/>",
            "text",
            "<t>a<b/></t>",
            "<t",
            "<r x=\"1\"><t>a</t></r>",
            "<rPr>",
            "<rPr></si><si></rPr>",
            "<rPr><t>a</t></rPr>",
            "<t>a</t><rPh><t>b</t<</rPh><t>c</t>",
            "<t>a</t><rPh><t>b</a|/t><*si><si/><si><t>b</t><#><t>c</t></rPh>",
            "<t>a</t><rPh><r><t>b</t></r></rPh>",
        ] {
            assert!(read(inside).is_err(), "{inside}");
        }
    }
}
