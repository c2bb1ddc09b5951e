//! `pictures/<subject>.js`: the pictures of a subject as a script, from which the gallery copies one. A page from a disk may show
//! a picture that stands beside it and not read it; a script that stands there it may load.
//!
//! The bytes stand in the script as they are. Read in the encoding `x-user-defined`, which gives every byte a letter of its own
//! whose last eight bits are that byte, they are the words of a string; base64 would be a third more to write every night.

/// The script of one subject: pictures by the id of their figure.
pub fn script<'a>(subject: &str, pictures: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut script = format!("yardstick.pictures({},{{", quoted(subject)).into_bytes();
    for (id, png) in pictures {
        script.extend_from_slice(format!("{}:\"", quoted(id)).as_bytes());
        set(&mut script, png);
        script.extend_from_slice(b"\",\n");
    }
    script.extend_from_slice(b"});\n");
    script
}

/// Bytes as they may stand between quotation marks.
fn set(script: &mut Vec<u8>, mut bytes: &[u8]) {
    script.reserve(bytes.len() + bytes.len() / 32);
    while let Some(place) = bytes.iter().position(|&byte| ESCAPED[usize::from(byte)]) {
        script.extend_from_slice(&bytes[..place]);
        script.extend_from_slice(escape(bytes[place]).unwrap_or_default());
        bytes = &bytes[place + 1..];
    }
    script.extend_from_slice(bytes);
}

/// Which bytes are: most are looked up here and copied together.
static ESCAPED: [bool; 256] = {
    let mut escaped = [false; 256];
    let mut byte = 0;
    while byte < escaped.len() {
        escaped[byte] = escape(byte as u8).is_some();
        byte += 1;
    }
    escaped
};

/// What would end a string or its line.
const fn escape(byte: u8) -> Option<&'static [u8]> {
    match byte {
        b'"' => Some(b"\\\""),
        b'\\' => Some(b"\\\\"),
        b'\n' => Some(b"\\n"),
        b'\r' => Some(b"\\r"),
        _ => None,
    }
}

/// A name in letters that are the same in every encoding.
fn quoted(name: &str) -> String {
    let mut quoted = String::from("\"");
    for unit in name.encode_utf16() {
        match u8::try_from(unit) {
            Ok(byte) if byte == b'-' || byte == b'_' || byte.is_ascii_alphanumeric() => quoted.push(char::from(byte)),
            _ => quoted.push_str(&format!("\\u{unit:04x}")),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes between the quotation marks, as a browser reads them.
    fn read(set: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut rest = set.iter();
        while let Some(&byte) = rest.next() {
            bytes.push(match byte {
                b'\\' => match rest.next().expect("no string ends in the middle of an escape") {
                    b'n' => b'\n',
                    b'r' => b'\r',
                    other => *other,
                },
                plain => plain,
            });
        }
        bytes
    }

    #[test]
    fn every_byte_comes_back_and_none_ends_the_string() {
        let bytes: Vec<u8> = (0..=255).chain((0..=255).rev()).chain(*b"\\\"\\n").collect();
        let mut written = Vec::new();
        set(&mut written, &bytes);
        assert_eq!(read(&written), bytes);
        assert!(!written.contains(&b'\n') && !written.contains(&b'\r'));
        assert_eq!(written.len(), bytes.len() + 2 * 4 + 3);
    }

    #[test]
    fn names_stand_in_letters_of_every_encoding() {
        let script = script("视力", [("rate-line", b"\x89PNG".as_slice()), ("a\"b", b"".as_slice())]);
        assert_eq!(script, b"yardstick.pictures(\"\\u89c6\\u529b\",{\"rate-line\":\"\x89PNG\",\n\"a\\u0022b\":\"\",\n});\n");
    }
}
