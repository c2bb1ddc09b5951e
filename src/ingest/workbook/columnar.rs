//! Parquet as a list: the names of its columns are the headings, its rows follow, some ten thousand in memory at a time.

use std::{io::Cursor, sync::Arc};

use polars::prelude::{AnyValue, Column, DataFrame, DataType, PolarsResult};
use polars_io::{
    SerReader,
    parquet::read::{ParallelStrategy, ParquetReader},
};

use super::{
    cells::{Flow, Held, Sink, Texts},
    feed::New,
};
use crate::model::{Text, day::EPOCH};

/// First bytes of the format.
pub const START: &[u8; 4] = b"PAR1";
/// The column that says which row of another file each row was. No heading is written so.
pub const ROW: &str = "\u{1}row";
/// The name of a column begins so whose numbers are places in a list of texts.
pub const PLACES: char = '\u{2}';
/// Rows at a time.
const STEP: usize = 1 << 15;

/// `texts` are those that columns of places refer to.
pub fn feed<S: Sink>(bytes: Vec<u8>, texts: &Texts, new: New<S>) -> Result<Vec<S>, Text> {
    let mut sink = new("Parquet");
    match rows(&Arc::new(bytes), texts, &mut sink) {
        Ok(()) => Ok(vec![sink]),
        Err(fault) => Err(Text::new("Parquet 文件不完整或已损坏", format!("it is incomplete or damaged Parquet ({fault})"))),
    }
}

fn reader(bytes: &Arc<Vec<u8>>) -> ParquetReader<Cursor<Bytes>> {
    ParquetReader::new(Cursor::new(Bytes(bytes.clone()))).read_parallel(ParallelStrategy::None)
}

/// The file's bytes, shared by the readers of its parts.
#[derive(Clone)]
struct Bytes(Arc<Vec<u8>>);

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

fn rows(bytes: &Arc<Vec<u8>>, texts: &Texts, sink: &mut impl Sink) -> PolarsResult<()> {
    let mut whole = reader(bytes);
    let names: Vec<String> = whole.schema()?.iter_names().map(ToString::to_string).collect();
    let height = whole.num_rows()?;
    for (column, name) in (0..).zip(&names).filter(|(_, name)| *name != ROW) {
        sink.cell(0, column, Held::Text(name.strip_prefix(PLACES).unwrap_or(name)));
    }
    if sink.end_of_row(0) == Flow::Stop {
        return Ok(());
    }
    let wanted: Vec<u32> =
        (0..).zip(&names).filter(|(column, name)| *name != ROW && sink.wants(*column)).map(|(column, _)| column).collect();
    let is_read = |(column, name): &(u32, &String)| *name == ROW || wanted.contains(column);
    let read: Vec<String> = (0..).zip(&names).filter(is_read).map(|(_, name)| name.clone()).collect();
    for from in (0..height).step_by(STEP) {
        let part = reader(bytes).with_columns(Some(read.clone())).with_slice(Some((from, STEP))).finish()?;
        if part_of(&part, from, (&names, texts), &wanted, sink)? == Flow::Stop {
            break;
        }
    }
    Ok(())
}

fn part_of(
    part: &DataFrame,
    from: usize,
    (names, texts): (&[String], &Texts),
    wanted: &[u32],
    sink: &mut impl Sink,
) -> PolarsResult<Flow> {
    let numbers = part.column(ROW).ok().map(|column| column.u32().cloned()).transpose()?;
    let columns: Vec<(u32, Column)> =
        wanted.iter().map(|&place| Ok((place, plain(part.column(&names[place as usize])?)?))).collect::<PolarsResult<_>>()?;
    for at in 0..part.height() {
        let own = u32::try_from(from + at + 1).unwrap_or(u32::MAX);
        let row = numbers.as_ref().map_or(Some(own), |numbers| numbers.get(at)).unwrap_or(own);
        for (place, column) in &columns {
            match column.get(at)? {
                AnyValue::UInt32(text) => sink.cell(row, *place, Held::Shared(text, texts)),
                AnyValue::Float64(number) => sink.cell(row, *place, Held::Number(number)),
                AnyValue::String(text) => sink.cell(row, *place, Held::Text(text)),
                AnyValue::Boolean(truth) => sink.cell(row, *place, Held::Bool(truth)),
                _ => {}
            }
        }
        if sink.end_of_row(row) == Flow::Stop {
            return Ok(Flow::Stop);
        }
    }
    Ok(Flow::Go)
}

/// Numbers as doubles, days as spreadsheets number them, all else as text.
fn plain(column: &Column) -> PolarsResult<Column> {
    match column.dtype() {
        DataType::Boolean | DataType::String | DataType::Float64 => Ok(column.clone()),
        DataType::UInt32 if column.name().starts_with(PLACES) => Ok(column.clone()),
        DataType::Date => Ok(column.cast(&DataType::Int32)?.cast(&DataType::Float64)? + EPOCH),
        kind if kind.is_primitive_numeric() => column.cast(&DataType::Float64),
        _ => column.cast(&DataType::String),
    }
}
