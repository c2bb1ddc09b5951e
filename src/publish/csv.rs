//! Tables as CSV: UTF-8 with a byte order mark, so that Excel and WPS open Chinese text right.

use std::{borrow::Cow, io};

use super::table::{Kind, Table};

pub fn csv(table: &Table) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(table.rows.bytes());
    bytes.extend_from_slice("\u{feff}".as_bytes());
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    writer.write_record(table.columns.iter().map(|column| column.name.as_str()))?;
    for row in table.rows.iter() {
        for (cell, column) in row.iter().zip(&table.columns) {
            match column.kind {
                Kind::String => writer.write_field(&*harmless(cell))?,
                Kind::Number | Kind::Integer => writer.write_field(cell)?,
            }
        }
        // The row ends here.
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()?;
    drop(writer);
    Ok(bytes)
}

const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A text that a spreadsheet would run as a formula gets an apostrophe before it.
fn harmless(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(FORMULA) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
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
            rows: vec![vec!["=HYPERLINK(\"x\")".into(), "-5".into()], vec!["荔湾, \"区\"".into(), String::new()]]
                .into_iter()
                .collect(),
        };
        let text = String::from_utf8(csv(&table).unwrap()).unwrap();
        assert_eq!((plain("'=A1"), plain("-5"), plain("'s")), ("=A1", "-5", "'s"));
        assert_eq!(text, "\u{feff}said,value\r\n\"'=HYPERLINK(\"\"x\"\")\",-5\r\n\"荔湾, \"\"区\"\"\",\r\n");
    }
}
