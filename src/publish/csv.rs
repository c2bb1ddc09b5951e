//! Tables as CSV: UTF-8 with a byte order mark, so that Excel and WPS open Chinese text right.

use memchr::{memchr, memchr_iter, memchr3};

use super::table::{Kind, Row, Table};

const BREAK: &[u8] = b"\r\n";

pub fn csv(table: &Table) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(table.rows.bytes() + (table.rows.len() + 1) * BREAK.len() + 1024);
    bytes.extend_from_slice("\u{feff}".as_bytes());
    // The heading is ours and stays as it is, whatever it begins with.
    line(&mut bytes, table.columns.iter().map(|column| (column.name.as_str(), Kind::Number)));
    let is_text = |place: &usize| table.columns[*place].kind == Kind::String;
    let texts: Vec<usize> = (0..table.columns.len()).filter(is_text).collect();
    for row in table.rows.iter() {
        if is_line(row, table.columns.len(), &texts) {
            bytes.extend_from_slice(row.text().as_bytes());
            bytes.extend_from_slice(BREAK);
        } else {
            line(&mut bytes, row.iter().zip(table.columns.iter().map(|column| column.kind)));
        }
    }
    bytes
}

/// Is nothing in a row to be quoted or shielded, as in most? Then it stands as it will in the file.
fn is_line(row: Row, columns: usize, texts: &[usize]) -> bool {
    let text = row.text().as_bytes();
    memchr3(b'"', b'\n', b'\r', text).is_none()
        && memchr_iter(b',', text).count() + 1 == columns
        && !texts.iter().any(|place| begins_formula(row.first(*place)))
}

fn line<'a>(bytes: &mut Vec<u8>, cells: impl Iterator<Item = (&'a str, Kind)>) {
    for (place, (cell, kind)) in cells.enumerate() {
        if place > 0 {
            bytes.push(b',');
        }
        let is_quoted = has_marks(cell);
        if is_quoted {
            bytes.push(b'"');
        }
        if kind == Kind::String && is_formula(cell) {
            bytes.extend_from_slice(SHIELD.as_bytes());
        }
        if is_quoted {
            bytes.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
            bytes.push(b'"');
        } else {
            bytes.extend_from_slice(cell.as_bytes());
        }
    }
    bytes.extend_from_slice(BREAK);
}

/// Signs that would end a cell if it stood without quotation marks.
fn has_marks(text: &str) -> bool {
    memchr3(b'"', b',', b'\n', text.as_bytes()).is_some() || memchr(b'\r', text.as_bytes()).is_some()
}

/// Would a spreadsheet run this text as a formula?
fn is_formula(text: &str) -> bool {
    text.bytes().next().is_some_and(begins_formula)
}

fn begins_formula(first: u8) -> bool {
    matches!(first, b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r')
}

/// What such a text gets before it.
const SHIELD: &str = "'";

/// The text of a cell of such a table as it was before.
pub fn plain(cell: &str) -> &str {
    cell.strip_prefix(SHIELD).filter(|text| is_formula(text)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::Text, publish::table::Column};

    #[test]
    fn text_cannot_run_as_a_formula_and_numbers_stay_numbers() {
        let table = Table {
            name: "t",
            title: Text::default(),
            columns: vec![Column::text("said", "", ""), Column::number("value", "", "")],
            rows: vec![vec!["=HYPERLINK(\"x\")".into(), "-5".into()], vec!["荔湾, \"区\"".into(), String::new()]]
                .into_iter()
                .collect(),
        };
        let text = String::from_utf8(csv(&table)).unwrap();
        assert_eq!((plain("'=A1"), plain("-5"), plain("'s")), ("=A1", "-5", "'s"));
        assert_eq!(text, "\u{feff}said,value\r\n\"'=HYPERLINK(\"\"x\"\")\",-5\r\n\"荔湾, \"\"区\"\"\",\r\n");
    }

    #[test]
    fn what_is_written_is_what_the_usual_writer_writes() {
        let said = ["", "a", "=1", "-", "'", "\"", ",", "区,", "a\nb", "\r", "\t1", "@\"x\"", "a b", "#"];
        let columns = vec![Column::text("said", "", ""), Column::number("a,\"b\"", "", ""), Column::text("again", "", "")];
        let rows = said.iter().flat_map(|one| said.map(|other| vec![one.to_string(), "-7".to_string(), other.to_string()]));
        let table = Table { name: "t", title: Text::default(), columns, rows: rows.collect() };
        let mut usual = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
        usual.write_record(table.columns.iter().map(|column| &column.name)).unwrap();
        let shielded = |cell: &str| if is_formula(cell) { format!("'{cell}") } else { cell.to_string() };
        for row in table.rows.iter() {
            usual.write_record([shielded(&row[0]), row[1].to_string(), shielded(&row[2])]).unwrap();
        }
        assert_eq!(String::from_utf8(csv(&table)), String::from_utf8(usual.into_inner().unwrap()));
    }
}
