//! `layouts/*.toml`: one form each.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::{
    ingest::{Attach, Symbol},
    model::Text,
};

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LayoutFile {
    pub form: Option<Spanned<String>>,
    pub title: Text,
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
}

#[derive(Debug, Deserialize)]
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
