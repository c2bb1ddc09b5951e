//! A list's typed columns as Parquet, so that the next night scans columns and not XML: new expressions need no new reading.
//!
//! Only records are kept, with the columns that the layout names; words that no expression looks at are not. Labels are places in a list
//! of names, as in a workbook.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

use polars::prelude::{BooleanChunked, Column, DataFrame, NamedFrom, PolarsResult, Series};
use polars_io::parquet::write::{BatchedWriter, ParquetCompression, ParquetWriter, StatisticsOptions};
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use super::{column::Typed, fault::Faults};
use crate::{
    ingest::{context::Whole, workbook::ROW},
    model::Id,
};

/// The lists of one workbook.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    pub lists: Vec<KeptList>,
    /// The Parquet file of each.
    pub parts: Vec<ByteBuf>,
    /// Some sheet may hold a table, and no list.
    pub others: bool,
}

/// One list without its rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptList {
    pub layout: Id,
    pub sheet: String,
    pub whole: Whole,
    pub faults: Faults,
    /// What the places that rows hold stand for.
    pub names: Vec<String>,
}

/// Writes rows as they are counted.
#[derive(Default)]
pub struct Keeper {
    writer: Option<BatchedWriter<Memory>>,
    written: Memory,
    failed: bool,
}

/// Where polars writes to; it does not give its writer back.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<u8>>>);

impl Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Keeper {
    /// What cannot be kept is read again the next night.
    pub fn add(&mut self, columns: &[&Typed], rows: &[(u32, bool)]) {
        self.failed = self.failed || self.write(columns, rows).is_err();
    }

    fn write(&mut self, columns: &[&Typed], rows: &[(u32, bool)]) -> PolarsResult<()> {
        let numbers: Vec<u32> = rows.iter().map(|(row, _)| *row).collect();
        let mut framed: Vec<Column> = vec![Series::new(ROW.into(), numbers).into()];
        framed.extend(columns.iter().enumerate().map(|(at, typed)| typed.kept(at, columns.len())));
        let mut frame = DataFrame::new(rows.len(), framed)?;
        if rows.iter().any(|(_, is_record)| !is_record) {
            let is_record: BooleanChunked = rows.iter().map(|(_, is)| Some(*is)).collect();
            frame = frame.filter(&is_record)?;
        }
        let writer = match &mut self.writer {
            Some(writer) => writer,
            none => {
                // Nobody asks for a part of the rows, so nobody needs to know what lies in each.
                let writer = ParquetWriter::new(self.written.clone()).with_statistics(StatisticsOptions::empty());
                let writer = writer.with_compression(ParquetCompression::Lz4Raw);
                none.insert(writer.set_parallel(false).batched(frame.schema())?)
            }
        };
        writer.write_batch(&frame)
    }

    /// The file; none where something went wrong.
    pub fn end(self) -> Option<ByteBuf> {
        self.writer.filter(|_| !self.failed)?.finish().ok()?;
        Some(ByteBuf::from(std::mem::take(&mut *self.written.0.lock().unwrap_or_else(PoisonError::into_inner))))
    }
}

/// What the places that these columns are kept with stand for: the first names of all of them, then the second ones.
pub fn names(columns: &[&Typed]) -> Vec<String> {
    let of_columns: Vec<Vec<String>> = columns.iter().map(|typed| typed.codes()).collect();
    let most = of_columns.iter().map(Vec::len).max().unwrap_or(0);
    (0..most).flat_map(|at| of_columns.iter().map(move |names| names.get(at).cloned().unwrap_or_default())).collect()
}
