//! Lists, with one row per school or per pupil: counted while they are read, so that no row of them is kept or leaves the
//! process that reads.

mod answer;
mod column;
mod expression;
mod fault;
mod head;
mod join;
mod layout;
mod rows;
mod tally;

use std::{
    io::{Read, Seek},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

pub use expression::{Fault, Gives, parse};
pub use head::Near;
pub use join::join;
pub use layout::{Column, Condition, Counted, Holds, Recipe, RecordsLayout, What};
pub use tally::Wanted;

use super::{Given, workbook::feed};
use crate::model::Text;
use rows::Rows;

/// What a file gave, read as lists.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Listed {
    /// Its layouts are empty where no list stands in it.
    pub given: Given,
    /// The row numbers that were asked for.
    pub rows: Vec<u32>,
    /// Where no list fits: what came nearest.
    pub nearest: Option<Near>,
}

/// Reads every sheet of a file that holds a list.
pub fn read<R: Read + Seek>(file: R, name: &Arc<str>, recipe: &Recipe, wanted: Option<&Wanted>) -> Result<Listed, Text> {
    let sheets = feed(file, &mut |sheet| Rows::new(recipe, name, sheet, wanted))?;
    let mut listed = Listed::default();
    for sheet in sheets {
        let near = sheet.end(&mut listed.given, &mut listed.rows);
        listed.nearest = listed.nearest.into_iter().chain(near).max_by_key(|near| near.found);
    }
    Ok(listed)
}
