//! How a list is recognised and counted, as a pipeline describes it: one row per school or per pupil.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use super::answer::Expressions;
use crate::{
    diag::{TomlFile, TomlPlace},
    ingest::layout::Attach,
    model::{Codebook, Id, Text},
};

/// Everything that reading a list depends on, as it is handed to the process that reads.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Recipe {
    pub layouts: Vec<RecordsLayout>,
    pub book: Codebook,
}

impl Recipe {
    /// What the columns of its lists depend on, besides the lists of areas and codes, as bytes.
    pub fn columns(&self) -> Vec<u8> {
        let of_layout = |layout: &RecordsLayout| {
            let expressions = Expressions::of(layout).ok();
            let column = |column: &Column| {
                // Words that no expression looks at are not read.
                let looks_at = expressions.as_ref().is_some_and(|expressions| expressions.look_at(&column.name));
                let is_read = looks_at || column.holds != Holds::Words;
                let Column { name, folded, holds, optional, from, to, unit, .. } = column;
                format!("{:?}", (name, folded, holds, optional, from, to, unit, is_read))
            };
            let columns: Vec<String> = layout.columns.iter().map(column).collect();
            format!("{} {columns:?} {:?} {:?} {:?}", layout.id, layout.area, layout.period, layout.dimensions)
        };
        self.layouts.iter().map(of_layout).collect::<String>().into_bytes()
    }

    /// The files that its findings may name lines of.
    pub fn files(&self) -> Vec<Arc<TomlFile>> {
        self.layouts.iter().map(|layout| layout.place.file.clone()).collect()
    }
}

/// A list: which columns it has, and what is counted or summed over its rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordsLayout {
    pub id: Id,
    pub title: Text,
    /// The areas that send it; every district where this says nothing.
    pub sent_by: Option<Vec<Id>>,
    /// Several workbooks may hold parts of the rows of one area and period.
    pub parts: bool,
    pub columns: Vec<Column>,
    /// The condition without which a row is not counted at all.
    pub only: Option<Condition>,
    /// Where area, period and dimensions are found that no column holds.
    pub area: Vec<Attach>,
    pub period: Vec<Attach>,
    pub dimensions: BTreeMap<Id, Vec<Attach>>,
    pub values: Vec<Counted>,
    pub place: TomlPlace,
}

/// A column: the name that expressions use, and any of the headings it stands below.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    pub name: String,
    /// As they are written; the first is what findings call it.
    pub headings: Vec<String>,
    pub folded: Vec<String>,
    pub holds: Holds,
    pub optional: bool,
    /// Values outside are a fault, and count as missing.
    pub from: Option<f64>,
    pub to: Option<f64>,
    /// That of the measure for which it is summed as it stands.
    pub unit: Option<String>,
    pub place: TomlPlace,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Holds {
    Area,
    Period,
    Dimension(Id),
    Number,
    /// In expressions a date.
    Day,
    Words,
}

/// An SQL condition, with the line it stands in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    pub text: String,
    pub place: TomlPlace,
}

/// One measure of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Counted {
    pub measure: Id,
    /// The dimensions of the measure.
    pub by: Vec<Id>,
    pub what: What,
    pub place: TomlPlace,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum What {
    /// Every row is one.
    Rows,
    /// Rows for which this SQL condition holds.
    Where(String),
    /// The sum of this SQL expression over the rows.
    Sum(String),
}

impl What {
    /// How the value comes about, as trace shows it.
    pub fn how(&self) -> String {
        match self {
            What::Rows => "count".to_string(),
            What::Where(text) => format!("count-where {text}"),
            What::Sum(text) => format!("sum {text}"),
        }
    }
}

impl RecordsLayout {
    pub fn column(&self, holds: &Holds) -> Option<usize> {
        self.columns.iter().position(|column| column.holds == *holds)
    }

    /// The column of a dimension whose members lie within those of another: grades within stages.
    pub fn column_within(&self, outer: &Id, book: &Codebook) -> Option<usize> {
        self.columns.iter().position(|column| {
            let Holds::Dimension(id) = &column.holds else { return false };
            let members = book.dimension(id).into_iter().flat_map(|dimension| &dimension.members);
            members.filter_map(|member| member.within.as_ref()).any(|(within, _)| within == outer)
        })
    }
}
