//! What is counted (`Measure`), what is said (`Indicator`) and what was promised (`Target`).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Id, Period, Text};

/// Something that is counted. Counts add up; a reported rate does not and is only ever compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    pub id: Id,
    pub name: Text,
    pub unit: String,
    /// The dimensions its leaf values carry. A value that lacks one of them is a total.
    pub by: Vec<Id>,
    pub additive: bool,
    /// The product it is derived from, where no office counts it: `pupils = teachers × pupil_teacher_ratio`.
    pub product: Option<Vec<Id>>,
}

/// A measure, or the part of it in which each named dimension has one of the given members.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    pub measure: Id,
    pub only: BTreeMap<Id, Vec<Id>>,
    /// Taken away instead of added: closures from openings.
    pub minus: bool,
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
}

impl Indicator {
    /// Differences of per cents are percentage points; of anything else they are in its own unit.
    pub fn change_unit(&self) -> Text {
        if self.unit.en == "%" { Text::new("百分点", "percentage points") } else { self.unit.clone() }
    }
}

/// How far something is to move.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Amount {
    Points(f64),
    PerCent(f64),
}

/// When a commitment counts as met.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Aim {
    AtLeast(f64),
    AtMost(f64),
    Between {
        from: f64,
        to: f64,
    },
    /// 左右: inside a band that is ours, and printed.
    About {
        value: f64,
        band: f64,
    },
    FallsBy(Amount),
    RisesBy(Amount),
    /// Every unit is reached, compared as counts: 999 of 1,000 is not all.
    All,
    /// 只增不减: equality is enough.
    NotBelowPrevious,
    /// Direction only.
    Rises,
    Falls,
    /// Decided by the ledger of documents and dates, not by a number.
    Milestone {
        needs: Text,
    },
    /// No figure can decide it; says why.
    Undecidable {
        because: Text,
    },
}

/// One way to read a commitment: which figure, and when it counts as met.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub words: Text,
    pub indicator: Option<Id>,
    pub aim: Aim,
}

/// Where a commitment stands in the document.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    pub document: String,
    pub part: String,
    pub section: String,
    pub paragraph: u32,
}

impl Citation {
    pub fn words(&self) -> Text {
        Text::new(
            format!("{} {}，{}，第{}段", self.document, self.part, self.section, self.paragraph),
            format!("{}, {}, {}, paragraph {}", self.document, self.part, self.section, self.paragraph),
        )
    }
}

/// One commitment of the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    pub id: Id,
    pub name: Text,
    pub period: Period,
    /// The reading taken, then the others.
    pub readings: Vec<Reading>,
    pub citation: Option<Citation>,
    /// 努力实现: striven for, and so never called missed.
    pub aspiration: bool,
    /// Judged for every district as well as for the whole.
    pub every_area: bool,
    pub note: Text,
}

impl Target {
    pub fn taken(&self) -> &Reading {
        &self.readings[0]
    }
}
