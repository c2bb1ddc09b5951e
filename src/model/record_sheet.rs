//! A list as an office is sent it: its headings, and what may stand below each. Plain data, no places of cells.

use super::{Id, Text};

/// One sheet of one list for one office and period: a row for each record, as many as there are.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordSheet {
    pub code: Id,
    pub name: Text,
    pub sheet: String,
    pub title: String,
    pub columns: Vec<RecordColumn>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct RecordColumn {
    pub heading: String,
    pub may_hold: MayHold,
    pub is_optional: bool,
}

/// What the cells of a column may hold.
#[derive(Debug, Clone, PartialEq)]
pub enum MayHold {
    /// One of these names.
    OneOf(Vec<String>),
    /// A period, written like this one.
    Period(String),
    Number {
        from: Option<f64>,
        to: Option<f64>,
    },
    Day,
    Words,
}
