//! Lists, with one row per school or per pupil: counted while they are read, so that no row of them is kept or leaves the
//! process that reads.

mod answer;
mod column;
mod doubt;
mod expression;
mod fault;
mod figure;
mod gave;
mod head;
mod join;
mod kept;
mod layout;
mod name;
mod rows;
mod tally;
mod total;

use std::{
    io::{Read, Seek},
    sync::Arc,
};

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

pub use expression::{Fault, Gives, prove};
pub use head::Near;
pub use join::join;
pub use kept::{Kept, KeptList};
pub use layout::{Column, Condition, Counted, Holds, Recipe, RecordsLayout, What};
pub use tally::Wanted;
pub use total::{Says, says};

use super::{
    Given,
    workbook::{Texts, feed, feed_columns},
};
use crate::{
    diag::Place,
    model::{Id, Text},
};
use doubt::Doubts;
use fault::Faults;
use rows::Rows;

/// What all sheets of one file are read by.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    pub recipe: &'a Recipe,
    pub file: &'a Arc<str>,
    pub wanted: Option<&'a Wanted>,
    pub keeps: bool,
}

/// What a file gave, read as lists.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Listed {
    /// Its layouts are empty where no list stands in it.
    pub given: Given,
    /// The row numbers that were asked for, sheet by sheet.
    pub rows: Vec<Numbers>,
    /// Where no list fits: what came nearest.
    pub nearest: Option<Near>,
    /// How its lists were seen.
    pub seen: Vec<SeenList>,
    /// Some sheet may hold a table, and no list.
    pub others: bool,
    /// Its columns, for the next night.
    pub kept: Option<Kept>,
    /// Rows that were counted and may be totals, and that were not and may be records.
    #[serde(skip)]
    totals: Doubts,
    #[serde(skip)]
    records: Doubts,
}

/// A list as its layout sees it, for whoever writes or mends one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenList {
    pub layout: Id,
    pub sheet: String,
    /// The row of headings, from 0.
    pub headings: u32,
    /// The sheet's column of each column of the layout.
    pub columns: Vec<Option<u32>>,
    /// Rows that were counted.
    pub records: u64,
}

/// Rows of one sheet, as a spreadsheet numbers them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbers {
    pub sheet: String,
    pub rows: Vec<u32>,
}

impl Listed {
    /// The names of the sheets in which its lists stand.
    pub fn sheets(&self) -> Vec<String> {
        self.seen.iter().map(|seen| seen.sheet.clone()).collect()
    }

    fn doubt(&mut self, layout: &RecordsLayout, faults: &Faults, sheet: &Place) {
        self.totals.add(layout, &faults.totals, sheet);
        self.records.add(layout, &faults.records, sheet);
    }

    /// What is said once of a file, whatever sheets it is about.
    fn end(mut self) -> Listed {
        let (totals, records) = (std::mem::take(&mut self.totals), std::mem::take(&mut self.records));
        self.given.findings.extend(totals.may_be_totals().into_iter().chain(records.may_be_records()));
        self
    }

    /// One list that cannot be kept, and none of the file is.
    fn keep(&mut self, list: KeptList, part: Option<ByteBuf>) {
        match (part, &mut self.kept) {
            (Some(part), Some(kept)) => {
                kept.lists.push(list);
                kept.parts.push(part);
            }
            _ => self.kept = None,
        }
    }
}

/// Reads every sheet of a file that holds a list.
pub fn read<R: Read + Seek>(file: R, reading: Reading) -> Result<Listed, Text> {
    let sheets = feed(file, &mut |sheet| Rows::new(reading, sheet))?;
    let mut listed = Listed { kept: reading.keeps.then(Kept::default), ..Listed::default() };
    sheets.into_iter().for_each(|sheet| sheet.end(&mut listed));
    if let Some(kept) = &mut listed.kept {
        kept.others = listed.others;
    }
    Ok(listed.end())
}

/// Reads what was kept of a file's lists. None where it is damaged.
pub fn again(kept: Kept, reading: Reading) -> Option<Listed> {
    let mut listed = Listed { others: kept.others, ..Listed::default() };
    for (list, part) in kept.lists.iter().zip(kept.parts) {
        let mut names = Texts::default();
        list.names.iter().try_for_each(|name| names.push(name))?;
        let sheets = feed_columns(part.into_vec(), &names, &mut |_| Rows::known(reading, list)).ok()?;
        sheets.into_iter().for_each(|sheet| sheet.end(&mut listed));
    }
    (listed.given.layouts.len() == kept.lists.len()).then(|| listed.end())
}
