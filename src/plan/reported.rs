//! Figures that a document has reported: a list of facts with their place in it, from which targets take their baselines.

use std::path::Path;

use serde::Deserialize;

use super::list::List;
use crate::{
    diag::Finding,
    model::{Id, Text},
    spec::Spec,
};

/// One reported figure. The value is as printed; where it is a word or a grade there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Reported {
    pub id: Id,
    pub name: Text,
    pub value: Option<f64>,
    /// How many decimals were printed.
    pub decimals: usize,
    pub period: String,
}

const COLUMNS: [&str; 12] =
    ["id", "name_zh", "name_en", "part", "section", "paragraph", "value", "unit", "comparator", "period", "scope", "target"];

#[derive(Deserialize)]
struct Row {
    id: String,
    name_zh: String,
    name_en: String,
    #[serde(rename = "part")]
    _part: String,
    #[serde(rename = "section")]
    _section: String,
    #[serde(rename = "paragraph")]
    _paragraph: u32,
    value: String,
    #[serde(rename = "unit")]
    _unit: String,
    #[serde(rename = "comparator")]
    _comparator: String,
    period: String,
    #[serde(rename = "scope")]
    _scope: String,
    #[serde(rename = "target")]
    _target: String,
}

pub fn reported(spec: &Spec, folder: &Path, findings: &mut Vec<Finding>) -> Vec<Reported> {
    let Some(path) = &spec.pipeline.content.reported else { return Vec::new() };
    let rows: Vec<(u64, Row)> = List::new(&folder.join(path.as_ref()), &spec.pipeline.place(path)).rows(&COLUMNS, findings);
    rows.into_iter()
        .map(|(_, row)| Reported {
            id: Id::from(row.id),
            name: Text::new(row.name_zh, row.name_en),
            value: row.value.parse().ok(),
            decimals: row.value.split_once('.').map_or(0, |(_, decimals)| decimals.len()),
            period: row.period,
        })
        .collect()
}
