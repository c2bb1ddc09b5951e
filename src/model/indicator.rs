//! What is counted (`Measure`) and what is said (`Indicator`).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Id, Text};

/// What the figures of a measure are. Only counts add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MeasureKind {
    #[default]
    Count,
    /// A rate that an office reports beside its counts: only ever compared.
    ReportedRate,
    /// A day of the ledger, kept as its number in spreadsheets: 45291 is 2023-12-31.
    Day,
    /// What a cell of the ledger says: a document number, evidence. There is no value, only the cell's text.
    Words,
}

/// Something that is counted, or written beside what is counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    pub id: Id,
    pub name: Text,
    pub unit: String,
    /// The dimensions its leaf values carry. A value that lacks one of them is a total.
    pub by: Vec<Id>,
    pub kind: MeasureKind,
    /// The product it is derived from, where no office counts it: `pupils = teachers × pupil_teacher_ratio`.
    pub product: Option<Vec<Id>>,
}

impl Measure {
    pub fn is_additive(&self) -> bool {
        self.kind == MeasureKind::Count
    }
}

/// A measure, or the part of it in which each named dimension has one of the given members.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    pub measure: Id,
    pub only: BTreeMap<Id, Vec<Id>>,
    /// Taken away instead of added: closures from openings.
    pub minus: bool,
    /// Counted from the day that this measure gives for the same figure: places from the day they were put into use.
    pub from_day: Option<Id>,
}

/// How an indicator is made of measures.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// A sum.
    Total { of: Vec<Term> },
    /// A ratio of sums.
    Ratio { of: Vec<Term>, to: Vec<Term>, per: f64 },
    /// 差异系数 of another indicator over the districts, weighted by a sum.
    Variation { of: Id, weighted_by: Vec<Term> },
    /// How many districts moved one way since the previous period.
    DistrictsThat { moved: Way, of: Id },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    Fell,
    Rose,
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Better {
    Higher,
    Lower,
    /// Neither way is good in itself.
    Neither,
}

/// How the figure of a year comes from those of its months, quarters or terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OverYear {
    /// A stock: the last one.
    Last,
    /// A flow: all together.
    Sum,
}

/// Something the report says: a total or a ratio of sums.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    pub id: Id,
    pub name: Text,
    pub definition: Text,
    pub subject: Id,
    pub unit: Text,
    pub decimals: usize,
    pub better: Better,
    pub formula: Formula,
    /// The breakdowns in which it is also said, besides the total.
    pub by: Vec<Vec<Id>>,
    /// None: it is said for the periods that were reported, and for no other.
    pub over_year: Option<OverYear>,
}

impl Indicator {
    /// Differences of per cents are percentage points; of anything else they are in its own unit.
    pub fn change_unit(&self) -> Text {
        if self.unit.en == "%" { Text::new("百分点", "percentage points") } else { self.unit.clone() }
    }
}
