//! Text whose lines are the rows of a list, decoded and parted while it is read.

use std::io::{self, BufReader, Read, Seek};

use encoding_rs::{Encoding, GB18030, UTF_8};
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::{
    cells::{Flow, Held, Sink},
    feed::New,
    kind::Format,
    text,
};
use crate::{ingest::source::unreadable, model::Text};

/// So much is looked at to see how the text is encoded and parted.
const BEGINNING: u64 = 1 << 18;

/// None where the text is no list of lines: a web page, a letter.
pub fn feed<R: Read + Seek, S: Sink>(file: &mut R, new: New<S>) -> Result<Option<S>, Text> {
    let mut head = Vec::new();
    file.by_ref().take(BEGINNING).read_to_end(&mut head).and_then(|_| file.rewind()).map_err(|fault| unreadable(&fault))?;
    let Some((encoding, beginning)) = text::encoding(&head) else { return Ok(None) };
    if super::kind::of_text(&beginning)? != Format::Text {
        return Ok(None);
    }
    let (sign, mut is_sign_line) = text::sign(&beginning);
    let encoding = if is_open(encoding, &head) && !is_utf_8(file)? { GB18030 } else { encoding };
    let decoded = DecodeReaderBytesBuilder::new()
        .encoding(Some(encoding))
        .bom_override(true)
        .build(BufReader::new(file))
        .chain(text::END.as_bytes());
    let mut lines = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(sign).from_reader(decoded);
    let mut sink = new("CSV");
    let mut record = csv::StringRecord::new();
    let (mut row, mut line) = (0_u32, lines.position().line());
    let mut wanted: Option<Vec<bool>> = None;
    loop {
        match lines.read_record(&mut record) {
            Ok(true) if text::is_end(&record) => return Ok(Some(sink)),
            Ok(true) => text::closed(&record)?,
            Ok(false) => return Ok(Some(sink)),
            Err(fault) => {
                let at = lines.position().line();
                return Err(Text::new(format!("第 {at} 行已损坏（{fault}）"), format!("line {at} is damaged ({fault})")));
            }
        }
        // Lines without any value are rows too, and the crate passes over them.
        let own = 1 + record.iter().map(|value| value.matches('\n').count() as u64).sum::<u64>();
        let passed = (lines.position().line() - line).saturating_sub(own);
        line = lines.position().line();
        row = row.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX));
        if std::mem::take(&mut is_sign_line) {
            continue;
        }
        let is_wanted = |column: u32| wanted.as_ref().is_none_or(|wanted| wanted.get(column as usize).is_some_and(|is| *is));
        for (column, value) in (0..).zip(record.iter()).filter(|(column, value)| !value.is_empty() && is_wanted(*column)) {
            sink.cell(row, column, Held::Text(value));
        }
        match sink.end_of_row(row) {
            Flow::Go => {}
            Flow::Look => {
                // A line may be shorter than others.
                let widest = record.len().max(wanted.as_ref().map_or(0, Vec::len));
                let is_asked = |column| sink.wants(column) || sink.watches();
                wanted = Some((0..=u32::try_from(widest).unwrap_or(0)).map(is_asked).collect());
            }
            Flow::Stop => return Ok(Some(sink)),
        }
        row = row.saturating_add(1);
    }
}

/// A long text whose beginning has no letter but those of ASCII does not show there how it is encoded.
fn is_open(encoding: &'static Encoding, head: &[u8]) -> bool {
    encoding == UTF_8 && head.len() as u64 == BEGINNING && head.is_ascii()
}

/// Is all of it UTF-8? Read to its end, and given back at its beginning.
fn is_utf_8<R: Read + Seek>(file: &mut R) -> Result<bool, Text> {
    let (mut piece, mut held) = (vec![0; 1 << 16], 0);
    let is_utf_8 = loop {
        let read = match file.read(&mut piece[held..]) {
            Ok(read) => read,
            Err(fault) if fault.kind() == io::ErrorKind::Interrupted => continue,
            Err(fault) => return Err(unreadable(&fault)),
        };
        let there = held + read;
        match std::str::from_utf8(&piece[..there]) {
            Ok(_) => held = 0,
            // The last letter is not here as a whole.
            Err(cut) if cut.error_len().is_none() && read > 0 => {
                piece.copy_within(cut.valid_up_to()..there, 0);
                held = there - cut.valid_up_to();
            }
            Err(_) => break false,
        }
        if read == 0 {
            break true;
        }
    };
    file.rewind().map_err(|fault| unreadable(&fault))?;
    Ok(is_utf_8)
}
