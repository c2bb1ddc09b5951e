//! One counted value: which measure, where, when, of what breakdown, with its status and the cell it came from.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{Breakdown, Id, Period, Text};

/// SDMX observation status (CL_OBS_STATUS), one letter; in the order in which SDMX ranks them: B O M L H Q J S D K W I F E P N U V G A.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// B: the first value after a break of its series; not compared with those before.
    Break,
    /// O: missing; the cell is there and says nothing.
    Missing,
    /// M: missing because it does not exist; the office wrote a dash.
    NotApplicable,
    /// L: missing; the value exists but was not collected: no workbook gave it.
    NotCollected,
    /// Q: missing; the value exists and is not shown, so that nobody is recognised by it.
    Suppressed,
    /// I: imputed by whoever gave it, where no answer came.
    Imputed,
    /// E: estimated by whoever gave it.
    Estimated,
    /// P: provisional; made from what has arrived, while a part that belongs to it has not.
    Provisional,
    /// U: a value of low reliability; a check of severity error failed on it or on something it is made of.
    LowReliability,
    /// A: a normal value.
    Normal,
}

impl Status {
    pub const ALL: [Status; 10] = [
        Status::Break,
        Status::Missing,
        Status::NotApplicable,
        Status::NotCollected,
        Status::Suppressed,
        Status::Imputed,
        Status::Estimated,
        Status::Provisional,
        Status::LowReliability,
        Status::Normal,
    ];

    pub fn letter(self) -> &'static str {
        match self {
            Status::Break => "B",
            Status::Normal => "A",
            Status::LowReliability => "U",
            Status::Provisional => "P",
            Status::Missing => "O",
            Status::NotApplicable => "M",
            Status::NotCollected => "L",
            Status::Suppressed => "Q",
            Status::Estimated => "E",
            Status::Imputed => "I",
        }
    }

    /// The words for people.
    pub fn name(self) -> Text {
        match self {
            Status::Break => Text::new("口径变更", "break"),
            Status::Normal => Text::new("正常", "normal"),
            Status::LowReliability => Text::new("存疑", "low reliability"),
            Status::Provisional => Text::new("暂定", "provisional"),
            Status::Missing => Text::new("未填", "missing"),
            Status::NotApplicable => Text::new("不适用", "not applicable"),
            Status::NotCollected => Text::new("未报送", "not sent"),
            Status::Suppressed => Text::new("不公布", "withheld"),
            Status::Estimated => Text::new("估计", "estimated"),
            Status::Imputed => Text::new("推算", "imputed"),
        }
    }

    /// There is a value, and it is not here. (A value that does not exist is known not to.)
    pub fn is_unknown(self) -> bool {
        matches!(self, Status::Missing | Status::NotCollected | Status::Suppressed)
    }

    /// The letter of what has no value: one that says why, and none that says how sure a value is.
    pub fn without_value(self) -> Status {
        match self {
            Status::Missing | Status::NotApplicable | Status::NotCollected | Status::Suppressed => self,
            _ => Status::Missing,
        }
    }

    /// The one that is kept when values are rolled up: that which SDMX ranks first.
    pub fn worse(self, other: Status) -> Status {
        self.min(other)
    }
}

/// A cell of a workbook, as a person would find it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CellRef {
    /// Path inside the input folder, with `/`.
    pub file: Arc<str>,
    pub sheet: Arc<str>,
    pub row: u32,
    pub column: u32,
}

impl CellRef {
    /// The A1 name of the cell.
    pub fn name(&self) -> String {
        cell_name(self.row, self.column)
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} › {} › {}", self.file, self.sheet, self.name())
    }
}

/// A1 name of a zero-based row and column.
pub fn cell_name(row: u32, column: u32) -> String {
    let mut name = String::with_capacity(8);
    push_letters(&mut name, column);
    name.push_str(itoa::Buffer::new().format(row + 1));
    name
}

fn push_letters(name: &mut String, column: u32) {
    if column >= 26 {
        push_letters(name, column / 26 - 1);
    }
    name.push(char::from(b'A' + (column % 26) as u8));
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Provenance {
    /// Read from a cell that said `raw`.
    Cell { at: CellRef, raw: String },
    /// Counted over rows of lists.
    Rows { how: String, of: Vec<RowSet> },
    /// Computed from other observations (their places in the dataset).
    Derived { how: String, from: Vec<u32> },
}

/// Rows of one sheet that were counted or added. Which they are, only the sheet itself says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowSet {
    pub file: Arc<str>,
    pub sheet: Arc<str>,
    /// None where the figure is withheld: the number of rows would tell it.
    pub rows: Option<u64>,
}

/// One value. A missing value is an observation too: its status says why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    pub measure: Id,
    pub area: Id,
    pub period: Period,
    pub breakdown: Breakdown,
    pub value: Option<f64>,
    pub status: Status,
    pub provenance: Provenance,
    /// The layout that read it, for completeness by form.
    pub layout: Id,
}

impl Observation {
    /// What the value is of. Two observations with one key are duplicates or releases of one figure.
    pub fn key(&self) -> (&Id, &Id, Period, &Breakdown) {
        (&self.measure, &self.area, self.period, &self.breakdown)
    }

    pub fn cell(&self) -> Option<&CellRef> {
        match &self.provenance {
            Provenance::Cell { at, .. } => Some(at),
            Provenance::Rows { .. } | Provenance::Derived { .. } => None,
        }
    }

    /// What it is as a part of something: of what does not exist there is nothing. None where nobody knows.
    pub fn known(&self) -> Option<f64> {
        self.value.or((self.status == Status::NotApplicable).then_some(0.0))
    }

    /// The sheets it was read from, each by file and name: none where it was derived.
    pub fn sheets(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<str>)> {
        let (cell, rows) = match &self.provenance {
            Provenance::Cell { at, .. } => (Some((&at.file, &at.sheet)), &[][..]),
            Provenance::Rows { of, .. } => (None, of.as_slice()),
            Provenance::Derived { .. } => (None, &[][..]),
        };
        cell.into_iter().chain(rows.iter().map(|rows| (&rows.file, &rows.sheet)))
    }

    /// The files of these, sheet by sheet.
    pub fn files(&self) -> impl Iterator<Item = &Arc<str>> {
        self.sheets().map(|(file, _)| file)
    }

    pub fn raw(&self) -> &str {
        match &self.provenance {
            Provenance::Cell { raw, .. } => raw,
            Provenance::Rows { how, .. } | Provenance::Derived { how, .. } => how,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        for (column, name) in [(0, "A1"), (25, "Z1"), (26, "AA1"), (701, "ZZ1"), (702, "AAA1"), (16383, "XFD1")] {
            assert_eq!(cell_name(0, column), name);
        }
    }

    #[test]
    fn rolled_up_status_follows_the_standard() {
        assert_eq!(Status::Normal.worse(Status::LowReliability), Status::LowReliability);
        assert_eq!(Status::LowReliability.worse(Status::Provisional), Status::Provisional);
        assert_eq!(Status::Missing.worse(Status::NotApplicable), Status::Missing);
        assert_eq!(Status::Suppressed.worse(Status::Provisional), Status::Suppressed);
        assert_eq!(Status::Estimated.worse(Status::Imputed), Status::Imputed);
        assert_eq!(Status::Break.worse(Status::Missing), Status::Break);
        assert_eq!(Status::LowReliability.worse(Status::Break), Status::Break);
    }
}
