//! `records/*.toml`: a list each, with one row per school or per pupil, and what is counted over its rows.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Spanned;
use crate::{ingest::Attach, model::Text};

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RecordsFile {
    pub form: Option<Spanned<String>>,
    pub title: Text,
    /// Who sends it: codes of areas; every district where it is left out.
    pub sent_by: Option<Vec<Spanned<String>>>,
    /// Several workbooks may hold parts of the rows of one area and period: what they give is added up.
    #[serde(default)]
    pub parts: bool,
    /// The columns, by the names that expressions use.
    #[serde(default)]
    pub columns: BTreeMap<String, Spanned<ColumnSpec>>,
    /// An SQL condition: rows for which it does not hold are not counted at all.
    pub only_where: Option<Spanned<String>>,
    /// `area`, `period` and dimensions that no column holds: `title`, `sheet-name`, `file-name` or `{ is = … }`.
    #[serde(default)]
    pub attach: BTreeMap<Spanned<String>, Vec<Attach>>,
    #[serde(default)]
    pub values: Vec<Spanned<CountSpec>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ColumnSpec {
    /// Any of these headings, as in layouts of forms.
    pub heading: Vec<String>,
    pub holds: HoldsSpec,
    /// It may be absent; its cells are missing then.
    #[serde(default)]
    pub optional: bool,
    /// Numbers outside are a fault, and count as missing.
    pub from: Option<f64>,
    pub to: Option<f64>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum HoldsSpec {
    Area,
    Period,
    /// A member of this dimension; in expressions its code.
    Dimension(Spanned<String>),
    Number,
    /// In expressions a date.
    Day,
    Words,
}

/// One measure of a list. With neither `count-where` nor `sum`, every row is one.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CountSpec {
    pub measure: Spanned<String>,
    /// The rows for which this SQL condition holds are counted.
    pub count_where: Option<Spanned<String>>,
    /// This SQL expression is summed over the rows.
    pub sum: Option<Spanned<String>>,
}
