//! Tables as Parquet, for programs that would otherwise parse the CSV: the same columns, with types.

use polars::prelude::{Column as FrameColumn, DataFrame, NamedFrom, PolarsResult, Series};
use polars_io::parquet::write::{ParquetCompression, ParquetWriter};

use super::table::{Kind, Table};

/// Numbers are doubles, whole numbers 64 bits wide, all else text; what is empty in the CSV is null.
pub fn parquet(table: &Table) -> PolarsResult<Vec<u8>> {
    let columns = table.columns.iter().enumerate().map(|(place, column)| {
        let cells = table.rows.iter().map(|row| row.get(place));
        let name = column.name.as_str().into();
        let series = match column.kind {
            Kind::String => Series::new(name, cells.map(|cell| (!cell.is_empty()).then_some(cell)).collect::<Vec<_>>()),
            Kind::Number => Series::new(name, cells.map(|cell| cell.parse::<f64>().ok()).collect::<Vec<_>>()),
            Kind::Integer => Series::new(name, cells.map(|cell| cell.parse::<i64>().ok()).collect::<Vec<_>>()),
        };
        FrameColumn::from(series)
    });
    let mut frame = DataFrame::new(table.rows.len(), columns.collect())?;
    let mut bytes = Vec::new();
    // Tables are written side by side already.
    ParquetWriter::new(&mut bytes).with_compression(ParquetCompression::Snappy).set_parallel(false).finish(&mut frame)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::Text, publish::table::Column};

    #[test]
    fn types_are_kept_and_nothing_is_null_that_says_something() {
        use polars_io::{SerReader, parquet::read::ParquetReader};
        let table = Table {
            name: "t",
            title: Text::default(),
            columns: vec![Column::text("said", "", ""), Column::number("value", "", ""), Column::integer("days", "", "")],
            rows: vec![
                vec!["荔湾区".into(), "52.6498892320541".into(), "-3".into()],
                vec![String::new(), String::new(), String::new()],
            ]
            .into_iter()
            .collect(),
        };
        let bytes = parquet(&table).unwrap();
        assert!(bytes == parquet(&table).unwrap(), "the same table is the same bytes");
        let frame = ParquetReader::new(std::io::Cursor::new(bytes)).finish().unwrap();
        assert_eq!(frame.column("value").unwrap().f64().unwrap().to_vec(), [Some(52.6498892320541), None]);
        assert_eq!(frame.column("days").unwrap().i64().unwrap().to_vec(), [Some(-3), None]);
        assert_eq!(frame.column("said").unwrap().str().unwrap().get(0), Some("荔湾区"));
        assert_eq!(frame.column("said").unwrap().null_count(), 1);
    }
}
