//! A workbook as grids of cells, whatever format it is in. Its bytes say what it is; its name does not.

mod archive;
mod cells;
mod child;
mod columnar;
mod feed;
mod grid;
mod guard;
mod html;
mod kind;
mod lines;
mod merged;
mod ods;
mod office;
mod personal;
mod plain;
mod raised;
mod spreadsheetml;
mod text;

use std::{cell::Cell as Flag, panic, sync::Once};

use serde::{Deserialize, Serialize};

use crate::model::Text;
pub use cells::{Flow, Held, Missed, Sink, Texts};
pub use child::{Readers, Seen, VERB as READ_WORKBOOKS, headed, serve};
pub use columnar::{PLACES, ROW, feed as feed_columns};
pub use feed::feed;
pub use grid::{Cell, Cells, Sheet};
pub use kind::{Format, advice};
pub use personal::cleared;
pub use plain::{Plain, PlainSheet, Unusual};
pub use text::decode;

use kind::Container;

/// A workbook as its reader gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Workbook {
    pub format: Format,
    sheets: Vec<Cells>,
}

impl Workbook {
    pub fn counts(&self) -> (usize, usize) {
        (self.sheets.len(), self.sheets.iter().map(|sheet| sheet.cells.len()).sum())
    }

    /// Its sheets as grids; why not where one of them is too large.
    pub fn sheets(self) -> Result<Vec<Sheet>, Text> {
        self.sheets.into_iter().map(Sheet::try_from).collect()
    }
}

/// Reads every sheet of a workbook in this process but those of these names, without what it says of persons.
pub fn open(bytes: &[u8], without: &[String]) -> Result<Workbook, Text> {
    // calamine panics on a handful of damaged files; such a file is one finding like any other that cannot be read.
    let read = quietly(|| read(bytes, without))
        .unwrap_or_else(|_| Err(Text::new("文件内部结构已损坏", "its inner structure is damaged")));
    read.map(|mut workbook| {
        workbook.sheets.retain(|sheet| !without.contains(&sheet.name));
        workbook.sheets.iter_mut().for_each(personal::drop_from);
        workbook
    })
}

fn read(bytes: &[u8], without: &[String]) -> Result<Workbook, Text> {
    let (format, sheets) = match kind::container(bytes)? {
        Container::Zip(format) => (format, office::read(bytes, format, without)?),
        Container::Compound => (Format::Xls, office::read(bytes, Format::Xls, without)?),
        Container::Text => {
            let text = text::decode(bytes)?;
            let format = kind::of_text(&text)?;
            let sheets = match format {
                Format::SpreadsheetMl => spreadsheetml::read(&text)?,
                Format::Html => html::read(&text)?,
                _ => vec![text::parted(&text)?],
            };
            (format, sheets)
        }
    };
    Ok(Workbook { format, sheets })
}

thread_local! {
    static READING: Flag<bool> = const { Flag::new(false) };
}

/// Runs a reader that may panic, without its panic being printed.
pub fn quietly<T>(read: impl FnOnce() -> T) -> std::thread::Result<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let loud = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !READING.get() {
                loud(panic);
            }
        }));
    });
    READING.set(true);
    let read = panic::catch_unwind(panic::AssertUnwindSafe(read));
    READING.set(false);
    read
}
