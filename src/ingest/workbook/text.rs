//! Text as offices save it: which encoding it is in, and values parted by commas, tabs or semicolons.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::grid::{Cell, Cells};
use crate::model::Text;

/// Decodes text by its mark, by what it declares of itself, or by what its bytes can be: UTF-8, UTF-16, UTF-32, GB18030.
pub fn decode(bytes: &[u8]) -> Result<String, Text> {
    if let Some(wide) = utf_32(bytes) {
        return wide.ok_or_else(unknown);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return without_faults(encoding, &bytes[mark..]).ok_or_else(unknown);
    }
    if let Some(encoding) = utf_16(bytes) {
        return without_faults(encoding, bytes).ok_or_else(unknown);
    }
    if bytes.contains(&0) {
        return Err(Text::new("内容不是工作簿", "it is not a workbook"));
    }
    let declared = declared(bytes).filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE);
    [UTF_8].into_iter().chain(declared).chain([GB18030]).find_map(|encoding| without_faults(encoding, bytes)).ok_or_else(unknown)
}

/// How a text is encoded, by its beginning, and what that beginning says. None where it is no text that can be read in pieces.
pub fn encoding(head: &[u8]) -> Option<(&'static Encoding, String)> {
    if utf_32(head).is_some() {
        return None;
    }
    let marked = Encoding::for_bom(head).map(|(encoding, _)| encoding);
    // No letter is cut in two: two bytes make one in UTF-16, and elsewhere a line ends with one of its own.
    let pairs = &head[..head.len() - head.len() % 2];
    let lines = head.iter().rposition(|byte| *byte == b'\n').map_or(head, |end| &head[..=end]);
    let is_wide = |encoding: &&'static Encoding| *encoding == UTF_16LE || *encoding == UTF_16BE;
    if let Some(wide) = marked.filter(is_wide).or_else(|| utf_16(pairs)) {
        return Some((wide, wide.decode(pairs).0.into_owned()));
    }
    let candidates = marked.into_iter().chain([UTF_8, GB18030]).filter(|_| !head.contains(&0));
    candidates.into_iter().find_map(|encoding| Some((encoding, without_faults(encoding, lines)?)))
}

/// The sign that parts values, and whether the first line is one of its own that says so, as Excel writes it.
pub fn sign(text: &str) -> (u8, bool) {
    let text = text.trim_start_matches('\u{feff}');
    match text.strip_prefix("sep=").and_then(|rest| rest.split_once('\n')) {
        Some((sign, _)) if sign.trim_end_matches('\r').len() == 1 => (sign.as_bytes()[0], true),
        _ => (sign_of(text), false),
    }
}

fn unknown() -> Text {
    Text::new(
        "文字编码无法识别，请另存为 .xlsx 或“CSV UTF-8”",
        "the encoding of its text is not known: save it as .xlsx or as CSV UTF-8",
    )
}

fn without_faults(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}

/// Text of four bytes a letter, which no library of encodings reads any more. `Some(None)`: it is that, and damaged.
fn utf_32(bytes: &[u8]) -> Option<Option<String>> {
    let (head, _) = bytes.as_chunks::<4>();
    let little = |letter: &[u8; 4]| u32::from_le_bytes(*letter);
    let big = |letter: &[u8; 4]| u32::from_be_bytes(*letter);
    let first: Vec<_> = head.iter().take(64).collect();
    if first.len() < 2 || !bytes.len().is_multiple_of(4) {
        return None;
    }
    let fits = |read: &dyn Fn(&[u8; 4]) -> u32| first.iter().all(|letter| (1..0x0011_0000).contains(&read(letter)));
    let read: &dyn Fn(&[u8; 4]) -> u32 = match (fits(&little), fits(&big)) {
        (true, _) => &little,
        (_, true) => &big,
        _ => return None,
    };
    let text: Option<String> = head.iter().map(|letter| char::from_u32(read(letter))).collect();
    Some(text.map(|text| text.trim_start_matches('\u{feff}').to_string()))
}

/// UTF-16 without its mark: every line break and comma has a zero beside it.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let pairs = &pairs[..pairs.len().min(512)];
    let zeros = |side: usize| pairs.iter().filter(|pair| pair[side] == 0 && pair[1 - side] != 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let is_text = bytes.len().is_multiple_of(2) && pairs.iter().all(|pair| *pair != [0, 0]);
    match (first > second, second > first) {
        (true, _) if is_text && first * 8 > pairs.len() => Some(UTF_16BE),
        (_, true) if is_text && second * 8 > pairs.len() => Some(UTF_16LE),
        _ => None,
    }
}

/// The encoding that a web page or an XML file names at its beginning.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_lowercase();
    let head = head.trim_start();
    if !head.starts_with('<') {
        return None;
    }
    let after = ["charset=", "encoding="].iter().find_map(|word| head.split_once(word))?.1;
    let label: String =
        after.trim_start_matches(['"', '\'']).chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c)).collect();
    Encoding::for_label(label.as_bytes())
}

/// A line that is put behind a text, to see whether its last value ends before it.
pub const END: &str = "\n\u{1}\n";

/// Is it that line?
pub fn is_end(record: &csv::StringRecord) -> bool {
    record.len() == 1 && record.get(0) == Some(END.trim_matches('\n'))
}

/// A value that began with a quotation mark and never ended has taken all the lines behind it, and they would be lost.
pub fn closed(record: &csv::StringRecord) -> Result<(), Text> {
    if !record.iter().next_back().is_some_and(|value| value.ends_with(END)) {
        return Ok(());
    }
    let line = record.position().map_or(1, csv::Position::line);
    Err(Text::new(
        format!("第 {line} 行有一个双引号没有配对，其后各行无法分开；请补上或删去这个引号"),
        format!(
            "a quotation mark in line {line} is never closed, so the lines behind it cannot be told apart: close it or delete it"
        ),
    ))
}

/// The signs that may part values, in the order in which they are believed.
const SIGNS: [u8; 4] = [b'\t', b',', b';', b'|'];

/// Values parted by whichever sign parts the first lines most evenly.
pub fn parted(text: &str) -> Result<Cells, Text> {
    let (sign, is_sign_line) = sign(text);
    let text = text.split_once('\n').filter(|_| is_sign_line).map_or(text, |(_, rest)| rest);
    let mut sheet = Cells { name: "CSV".to_string(), ..Cells::default() };
    let whole = [text, END].concat();
    let mut reader = reader(&whole, sign);
    let mut record = csv::StringRecord::new();
    let mut row = 0_u32;
    // What is no record any more is damaged from there on; of text that is UTF-8 there is none.
    while let before = reader.position().line()
        && reader.read_record(&mut record).unwrap_or(false)
        && !is_end(&record)
    {
        closed(&record)?;
        // Lines without any value are rows too, and the crate passes over them.
        let own = 1 + record.iter().map(|value| value.matches('\n').count() as u64).sum::<u64>();
        let passed = (reader.position().line() - before).saturating_sub(own);
        row = row.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX));
        let said = record.iter().enumerate().filter(|(_, value)| !value.is_empty());
        sheet.cells.extend(said.map(|(column, value)| (row, column as u32, Cell::Text(value.to_string()))));
        row = row.saturating_add(1);
    }
    // Words below each other are a letter, and no table.
    if sheet.cells.iter().all(|(_, column, _)| *column == 0) {
        return Err(Text::new("内容是文本，不是工作簿", "it holds text and no columns, whatever its name says"));
    }
    Ok(sheet)
}

fn reader(text: &str, sign: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(sign).from_reader(text.as_bytes())
}

/// The sign by which most of the first lines have the same number of values, and more than one.
fn sign_of(text: &str) -> u8 {
    let evenness = |sign: u8| {
        let counts: Vec<usize> = reader(text, sign).records().take(40).flatten().map(|record| record.len()).collect();
        let parted: Vec<usize> = counts.into_iter().filter(|count| *count > 1).collect();
        let most = parted.iter().map(|count| parted.iter().filter(|other| *other == count).count()).max();
        (most.unwrap_or(0), parted.len())
    };
    SIGNS.into_iter().rev().max_by_key(|sign| evenness(*sign)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, u32, String)> {
        parted(text).unwrap().cells.into_iter().map(|(row, column, cell)| (row, column, cell.said().into_owned())).collect()
    }

    #[test]
    fn every_encoding_of_offices_reads_as_the_same_text() {
        let text = "区,在校生\n荔湾区,12\n越秀区,34\n";
        let wide = |big: bool| -> Vec<u8> {
            text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        let wider: Vec<u8> = text.chars().flat_map(|letter| (letter as u32).to_le_bytes()).collect();
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            marked(b"\xEF\xBB\xBF", text.as_bytes()),
            GB18030.encode(text).0.into_owned(),
            wide(false),
            wide(true),
            marked(b"\xFF\xFE", &wide(false)),
            marked(b"\xFE\xFF", &wide(true)),
            marked(b"\xFF\xFE\x00\x00", &wider),
            wider,
        ] {
            assert_eq!(decode(&bytes).unwrap(), text, "{bytes:?}");
        }
        assert!(decode(&[0xFF, 0x41, 0xFF, 0x80, 0xFF]).is_err());
        assert!(decode(&[0, 0, 0, 0, 1, 2, 0]).is_err());
    }

    #[test]
    fn the_sign_that_parts_values_is_seen() {
        for sign in [",", "\t", ";", "|"] {
            let text = format!("区{sign}人数\n荔湾区{sign}\"1,234\"\n");
            assert_eq!(rows(&text)[3], (1, 1, "1,234".to_string()), "{sign}");
        }
        assert_eq!(rows("sep=;\na;1,5\n"), [(0, 0, "a".to_string()), (0, 1, "1,5".to_string())]);
    }

    #[test]
    fn empty_lines_and_breaks_inside_values_keep_the_rows_in_place() {
        let read = rows("题目\n\n区,人数\n\"荔湾\n区\",3\n\n越秀区,4\n");
        let at = |text: &str| read.iter().find(|(.., said)| said == text).map(|(row, column, _)| (*row, *column));
        assert_eq!(at("区"), Some((2, 0)));
        assert_eq!(at("3"), Some((3, 1)));
        assert_eq!(at("4"), Some((5, 1)));
    }
}
