//! Every sheet of a file given cell by cell to whoever takes them, so that a list of a million rows is never held as a whole.

use std::io::{BufReader, Read, Seek};

use super::{
    Sink, archive,
    cells::{Flow, Held, Texts},
    columnar,
    grid::{Cell, Cells},
    lines,
    merged::Filled,
    office, open,
    plain::{Plain, Unusual},
};
use crate::{
    ingest::source::{length, unreadable},
    model::Text,
};

/// A file that is read whole is no larger.
const WHOLE: u64 = 96 << 20;

/// Makes a sink for a sheet by its name.
pub type New<'a, S> = &'a mut dyn FnMut(&str) -> S;

/// Feeds each sheet to a sink of its own, made by its name. The error says why the file cannot be read.
pub fn feed<R: Read + Seek, S: Sink>(mut file: R, new: New<S>) -> Result<Vec<S>, Text> {
    let mut start = [0; 4];
    let is_packed = file.read_exact(&mut start).is_ok() && start == *b"PK\x03\x04";
    file.rewind().map_err(|fault| unreadable(&fault))?;
    if start == *columnar::START {
        return columnar::feed(all(file)?, &Texts::default(), new);
    }
    if is_packed && archive::is_xlsx(&mut file) {
        return packed(file, new);
    }
    // Signs that only a compound file, a picture or the like begins with are no text.
    if !start.iter().any(|byte| byte.is_ascii_control() && !b"\r\n\t".contains(byte))
        && let Some(sink) = lines::feed(&mut file, new)?
    {
        return Ok(vec![sink]);
    }
    file.rewind().map_err(|fault| unreadable(&fault))?;
    let workbook = open(&all(file)?, &[])?;
    Ok(workbook.sheets.into_iter().map(|sheet| given(sheet, new)).collect())
}

fn packed<R: Read + Seek, S: Sink>(mut file: R, new: New<S>) -> Result<Vec<S>, Text> {
    archive::sound_list(&mut file)?;
    let rewind = |file: &mut R| file.rewind().map_err(|fault| unreadable(&fault));
    rewind(&mut file)?;
    let Ok((mut sinks, odd)) = plain(&mut file, new) else {
        rewind(&mut file)?;
        return office::xlsx_lists(BufReader::new(file), new);
    };
    for (at, name) in odd {
        rewind(&mut file)?;
        sinks[at] = office::xlsx_list(BufReader::new(&mut file), &name, new)?;
    }
    Ok(sinks)
}

/// Sinks, and the places and names of sheets that are to be read another way.
type Walked<S> = (Vec<S>, Vec<(usize, String)>);

/// Walks every sheet that is plain.
fn plain<R: Read + Seek, S: Sink>(file: &mut R, new: New<S>) -> Result<Walked<S>, Unusual> {
    let mut workbook = Plain::open(file)?;
    let names: Vec<(String, bool)> = workbook.sheets().iter().map(|sheet| (sheet.name.clone(), sheet.is_hidden)).collect();
    let (mut sinks, mut odd) = (Vec::new(), Vec::new());
    for (at, (name, is_hidden)) in names.into_iter().enumerate() {
        sinks.push(begun(&name, is_hidden, new));
        if whole(&mut workbook, at, &mut sinks[at], || begun(&name, is_hidden, new)).is_err() {
            odd.push((at, name));
        }
    }
    Ok((sinks, odd))
}

/// A sink for a sheet, which knows whether it is hidden.
pub fn begun<S: Sink>(name: &str, is_hidden: bool, new: New<S>) -> S {
    let mut sink = new(name);
    if is_hidden {
        sink.hidden_sheet();
    }
    sink
}

/// One sheet with what lies under its merged areas.
fn whole<R: Read + Seek, S: Sink>(
    workbook: &mut Plain<R>,
    at: usize,
    sink: &mut S,
    new: impl FnOnce() -> S,
) -> Result<(), Unusual> {
    workbook.scan(at, sink)?;
    if let Some(missed) = sink.missed() {
        let mut again = new();
        if let Some(mut filled) = Filled::new(&mut again, &missed, &workbook.merged(at)?) {
            workbook.scan(at, &mut filled)?;
            *sink = again;
        }
    }
    Ok(())
}

/// A file of a format that is read as a whole.
fn all(mut file: impl Read + Seek) -> Result<Vec<u8>, Text> {
    if length(&mut file)? > WHOLE {
        let most = WHOLE >> 20;
        return Err(Text::new(
            format!("文件超过 {most} MB，这种格式不能逐行读取；请另存为 .xlsx"),
            format!("it is larger than {most} MB in a format that is not read row by row: save it as .xlsx"),
        ));
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|fault| unreadable(&fault))?;
    Ok(bytes)
}

/// A sheet that is here already.
fn given<S: Sink>(mut sheet: Cells, new: New<S>) -> S {
    sheet.cells.sort_by_key(|(row, column, _)| (*row, *column));
    let mut sink = begun(&sheet.name, sheet.hidden.sheet, new);
    walk(&sheet, &mut sink);
    if let Some(missed) = sink.missed() {
        let mut again = begun(&sheet.name, sheet.hidden.sheet, new);
        if let Some(mut filled) = Filled::new(&mut again, &missed, &sheet.merged) {
            walk(&sheet, &mut filled);
            return again;
        }
    }
    sink
}

fn walk(sheet: &Cells, sink: &mut impl Sink) {
    let mut wanted = Vec::new();
    let mut look = true;
    for row in sheet.cells.chunk_by(|a, b| a.0 == b.0) {
        if look {
            let widest = sheet.cells.iter().map(|(_, column, _)| *column).max().unwrap_or(0);
            wanted = (0..=widest).map(|column| sink.wants(column) || sink.watches()).collect();
            look = false;
        }
        for (row, column, cell) in row.iter().filter(|(_, column, _)| wanted[*column as usize]) {
            let held = match cell {
                Cell::Empty => continue,
                Cell::Formula(_) => Held::Formula,
                Cell::Number(number) => Held::Number(*number),
                Cell::Text(text) | Cell::Date(text) => Held::Text(text),
                Cell::Bool(truth) => Held::Bool(*truth),
                Cell::Error(error) => Held::Error(error),
            };
            sink.cell(*row, *column, held);
        }
        match sink.end_of_row(row[0].0) {
            Flow::Go => {}
            Flow::Look => look = true,
            Flow::Stop => break,
        }
    }
}
