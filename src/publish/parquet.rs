//! Tables as Parquet, for programs that would otherwise parse the CSV: the same columns, with types.
//!
//! A column of texts is handed to the writer as it stands in the file: every text once, and for each row which it is. Through a
//! data frame each cell would be copied first, and then be looked up all the same.

use std::ops::Range;

use polars::prelude::{PlHashMap, PolarsError, PolarsResult, polars_bail};
use polars_arrow::{
    array::{Array, DictionaryArray, PrimitiveArray, Utf8ViewArray},
    datatypes::{ArrowDataType, ArrowSchema, Field, IntegerType},
};
use polars_parquet::{
    parquet::error::ParquetError,
    write::{
        CompressedPage, CompressionOptions, Compressor, DynIter, DynStreamingIterator, Encoding, FallibleStreamingIterator,
        FileWriter, ParquetType, StatisticsOptions, Version, WriteOptions, array_to_pages, to_nested,
    },
};

use super::table::{Kind, Table};

/// Rows that are packed at once.
const GROUP: usize = 1 << 18;
const OPTIONS: WriteOptions = WriteOptions {
    statistics: StatisticsOptions {
        min_value: true,
        max_value: true,
        null_count: true,
        distinct_count: false,
        binary_statistics_truncate_length: None,
    },
    version: Version::V1,
    compression: CompressionOptions::Snappy,
    data_page_size: None,
};

/// Numbers are doubles, whole numbers 64 bits wide, all else text; what is empty in the CSV is null.
pub fn parquet(table: &Table) -> PolarsResult<Vec<u8>> {
    let field = |(name, kind): (&str, Kind)| Field::new(name.into(), stored(kind), true);
    let schema: ArrowSchema = table.columns.iter().map(|column| field((&column.name, column.kind))).collect();
    let mut bytes = Vec::new();
    let mut writer = FileWriter::try_new(&mut bytes, schema, OPTIONS)?;
    let fields = writer.parquet_schema().fields().to_vec();
    for start in (0..table.rows.len()).step_by(GROUP) {
        let rows = start..table.rows.len().min(start + GROUP);
        let count = rows.len() as u64;
        let pages: Vec<_> = columns(table, rows)?.into_iter().zip(&fields).map(|(column, field)| pages(column, field)).collect();
        writer.write(count, DynIter::new(pages.into_iter()))?;
    }
    writer.end(None)?;
    drop(writer);
    Ok(bytes)
}

fn stored(kind: Kind) -> ArrowDataType {
    match kind {
        Kind::String => ArrowDataType::Utf8View,
        Kind::Number => ArrowDataType::Float64,
        Kind::Integer => ArrowDataType::Int64,
    }
}

/// The cells of a column, and how they are written.
type Packed = (Box<dyn Array>, Encoding);

/// What a column is in the file. polars' own way from columns to pages keeps eight megabytes of zeros as soon as one is empty.
fn pages(
    (cells, encoding): Packed,
    field: &ParquetType,
) -> PolarsResult<DynStreamingIterator<'static, CompressedPage, PolarsError>> {
    let ParquetType::PrimitiveType(stored) = field else { polars_bail!(InvalidOperation: "a table has no columns of columns") };
    let nested = to_nested(&*cells, field)?.concat();
    let pages = array_to_pages(&*cells, stored.clone(), &nested, OPTIONS, encoding)?;
    let pages = pages.map(|page| page.map_err(|fault| ParquetError::FeatureNotSupported(fault.to_string())));
    let packed = Compressor::new(pages, OPTIONS.compression, Vec::new());
    Ok(DynStreamingIterator::new(packed.map_err(PolarsError::from)))
}

/// Row by row, as the cells stand in memory.
fn columns(table: &Table, rows: Range<usize>) -> PolarsResult<Vec<Packed>> {
    let mut columns: Vec<Cells> = table.columns.iter().map(|column| Cells::new(column.kind, rows.len())).collect();
    for place in rows {
        for (column, cell) in columns.iter_mut().zip(table.rows.row(place).iter()) {
            column.push(cell);
        }
    }
    columns.into_iter().map(Cells::packed).collect()
}

enum Cells<'a> {
    Texts(Texts<'a>),
    Numbers(Vec<Option<f64>>),
    Integers(Vec<Option<i64>>),
}

impl<'a> Cells<'a> {
    fn new(kind: Kind, rows: usize) -> Cells<'a> {
        match kind {
            Kind::String => Cells::Texts(Texts { places: Vec::with_capacity(rows), ..Texts::default() }),
            Kind::Number => Cells::Numbers(Vec::with_capacity(rows)),
            Kind::Integer => Cells::Integers(Vec::with_capacity(rows)),
        }
    }

    fn push(&mut self, cell: &'a str) {
        match self {
            Cells::Texts(texts) => texts.push(cell),
            Cells::Numbers(numbers) => numbers.push(cell.parse().ok()),
            Cells::Integers(integers) => integers.push(cell.parse().ok()),
        }
    }

    fn packed(self) -> PolarsResult<Packed> {
        let packed: Box<dyn Array> = match self {
            Cells::Texts(texts) if texts.repeat() => texts.by_place()?,
            Cells::Texts(texts) => return Ok((texts.one_by_one(), Encoding::Plain)),
            Cells::Numbers(numbers) => PrimitiveArray::from(numbers).boxed(),
            Cells::Integers(integers) => PrimitiveArray::from(integers).boxed(),
        };
        Ok((packed, Encoding::RleDictionary))
    }
}

/// Texts that are named once and spoken of by their places; nothing is null.
#[derive(Default)]
struct Texts<'a> {
    named: Vec<&'a str>,
    known: PlHashMap<&'a str, u32>,
    places: Vec<Option<u32>>,
}

impl<'a> Texts<'a> {
    fn push(&mut self, cell: &'a str) {
        // Most cells say what the one above them says.
        let above = self.places.last().copied().flatten().filter(|place| self.named[*place as usize] == cell);
        let place = match above {
            _ if cell.is_empty() => None,
            Some(place) => Some(place),
            None => Some(*self.known.entry(cell).or_insert_with(|| {
                self.named.push(cell);
                self.named.len() as u32 - 1
            })),
        };
        self.places.push(place);
    }

    /// Naming them first makes the file smaller.
    fn repeat(&self) -> bool {
        self.named.len() * 4 <= self.places.len() * 3 || self.places.len() <= 128
    }

    fn by_place(self) -> PolarsResult<Box<dyn Array>> {
        let named = Utf8ViewArray::from_slice_values(&self.named).boxed();
        let stored = ArrowDataType::Dictionary(IntegerType::UInt32, Box::new(ArrowDataType::Utf8View), false);
        Ok(DictionaryArray::try_new(stored, PrimitiveArray::<u32>::from(self.places), named)?.boxed())
    }

    fn one_by_one(self) -> Box<dyn Array> {
        let texts: Vec<Option<&str>> = self.places.iter().map(|place| place.map(|place| self.named[place as usize])).collect();
        Utf8ViewArray::from_slice(texts).boxed()
    }
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
    #[test]
    fn texts_that_repeat_and_texts_that_do_not_are_read_back_alike() {
        use polars_io::{SerReader, parquet::read::ParquetReader};
        let column = |name: &str| Column::text(name, "", "");
        let row = |place: usize| {
            vec![["幼儿园", "", "小学"][place % 3].to_string(), format!("第 {place} 行，{}", "长".repeat(place % 7))]
        };
        let written: Vec<Vec<String>> = (0..500).map(row).collect();
        let rows = written.iter().cloned().collect();
        let table = Table { name: "t", title: Text::default(), columns: vec![column("stage"), column("note")], rows };
        let frame = ParquetReader::new(std::io::Cursor::new(parquet(&table).unwrap())).finish().unwrap();
        for (place, name) in ["stage", "note"].into_iter().enumerate() {
            let read = frame.column(name).unwrap().str().unwrap().iter().map(Option::unwrap_or_default).collect::<Vec<_>>();
            assert_eq!(read, written.iter().map(|row| row[place].as_str()).collect::<Vec<_>>());
        }
        assert_eq!(frame.column("stage").unwrap().null_count(), 167);
    }

    #[test]
    fn a_table_without_rows_has_columns() {
        use polars_io::{SerReader, parquet::read::ParquetReader};
        let columns = vec![Column::text("said", "", ""), Column::integer("days", "", "")];
        let table = Table { name: "t", title: Text::default(), columns, rows: Vec::<Vec<String>>::new().into_iter().collect() };
        let frame = ParquetReader::new(std::io::Cursor::new(parquet(&table).unwrap())).finish().unwrap();
        assert_eq!(frame.shape(), (0, 2));
    }
}
