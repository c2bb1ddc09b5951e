//! Tables as CSV: UTF-8 with a byte order mark, so that Excel and WPS open Chinese text right.

use std::io;

use super::table::{Kind, Table};

pub fn csv(table: &Table) -> io::Result<Vec<u8>> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    writer.write_record(table.columns.iter().map(|column| column.name.as_str()))?;
    for row in &table.rows {
        writer.write_record(row.iter().zip(&table.columns).map(|(cell, column)| match column.kind {
            Kind::String => harmless(cell),
            Kind::Number | Kind::Integer => cell.clone(),
        }))?;
    }
    writer.flush()?;
    drop(writer);
    Ok(bytes)
}

const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A text that a spreadsheet would run as a formula gets an apostrophe before it.
fn harmless(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_string() }
}

/// The text of a cell of such a table as it was before.
pub fn plain(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| text.starts_with(FORMULA)).unwrap_or(cell)
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
            rows: vec![vec!["=HYPERLINK(\"x\")".into(), "-5".into()], vec!["荔湾, \"区\"".into(), String::new()]],
        };
        let text = String::from_utf8(csv(&table).unwrap()).unwrap();
        assert_eq!((plain("'=A1"), plain("-5"), plain("'s")), ("=A1", "-5", "'s"));
        assert_eq!(text, "\u{feff}said,value\r\n\"'=HYPERLINK(\"\"x\"\")\",-5\r\n\"荔湾, \"\"区\"\"\",\r\n");
    }
}
