//! A list's typed columns as Parquet, so that the next night scans columns and not XML: new expressions need no new reading.
//!
//! Only records are kept, with the columns that the layout names; words that no expression looks at are not.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

use polars::prelude::{BooleanChunked, Column, DataFrame, NamedFrom, PolarsResult, Series};
use polars_io::parquet::write::{BatchedWriter, ParquetCompression, ParquetWriter};
use serde::{Deserialize, Serialize};

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
    pub parts: Vec<Vec<u8>>,
}

/// One list without its rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptList {
    pub layout: Id,
    pub sheet: String,
    pub whole: Whole,
    pub faults: Faults,
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
    pub fn add<'a>(&mut self, columns: impl Iterator<Item = &'a Typed<'a>>, rows: &[(u32, bool)]) {
        self.failed = self.failed || self.write(columns, rows).is_err();
    }

    fn write<'a>(&mut self, columns: impl Iterator<Item = &'a Typed<'a>>, rows: &[(u32, bool)]) -> PolarsResult<()> {
        let numbers: Vec<u32> = rows.iter().map(|(row, _)| *row).collect();
        let mut framed: Vec<Column> = vec![Series::new(ROW.into(), numbers).into()];
        framed.extend(columns.map(Typed::kept));
        let is_record: BooleanChunked = rows.iter().map(|(_, is)| Some(*is)).collect();
        let frame = DataFrame::new(rows.len(), framed)?.filter(&is_record)?;
        let writer = match &mut self.writer {
            Some(writer) => writer,
            none => {
                let writer = ParquetWriter::new(self.written.clone()).with_compression(ParquetCompression::Lz4Raw);
                none.insert(writer.set_parallel(false).batched(frame.schema())?)
            }
        };
        writer.write_batch(&frame)
    }

    /// The file; none where something went wrong.
    pub fn end(self) -> Option<Vec<u8>> {
        self.writer.filter(|_| !self.failed)?.finish().ok()?;
        Some(std::mem::take(&mut *self.written.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}
