//! `layouts/*.toml`: one form each.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Spanned;
use crate::{
    ingest::{Attach, Symbol, TotalRow},
    model::{Grain, Text},
};

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LayoutFile {
    pub form: Option<Spanned<String>>,
    pub title: Text,
    /// Who sends it: codes of areas; every district where it is left out.
    pub sent_by: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    pub says: Vec<String>,
    #[serde(default)]
    pub needs: Vec<Spanned<String>>,
    #[serde(default)]
    pub stops_at: Vec<String>,
    #[serde(default)]
    pub skips: Vec<String>,
    pub totals: Option<Vec<String>>,
    #[serde(default)]
    pub symbols: BTreeMap<String, Symbol>,
    #[serde(default)]
    pub transposed: bool,
    /// `area`, `period` and dimensions, each with where it is found.
    #[serde(default)]
    pub attach: BTreeMap<Spanned<String>, Vec<Attach>>,
    #[serde(default)]
    pub values: Vec<Spanned<ValuesSpec>>,
    #[serde(default)]
    pub template: TemplateSpec,
}

/// `[template]`: what the workbook that offices fill has beyond what is read from it.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TemplateSpec {
    /// Columns from the left: `area`, `period`, dimensions, measures; other words are columns that nobody reads.
    #[serde(default)]
    pub columns: Vec<Spanned<String>>,
    /// Other headings than the first of the measure's.
    #[serde(default)]
    pub headings: BTreeMap<Spanned<String>, String>,
    /// The members that have rows or columns.
    #[serde(default)]
    pub members: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    pub lines: Option<usize>,
    #[serde(default)]
    pub total: TotalRow,
    pub every: Option<Grain>,
    #[serde(default)]
    pub notes: Vec<Text>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ValuesSpec {
    pub measure: Spanned<String>,
    #[serde(default)]
    pub heading: Vec<String>,
    pub unit: Option<String>,
    #[serde(default)]
    pub fractions: bool,
    #[serde(default)]
    pub ratio: bool,
    #[serde(default)]
    pub optional: bool,
}
