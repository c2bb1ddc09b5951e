//! `charts.toml`: which kinds of charts are drawn besides those that come by themselves, or instead of them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Spanned;
use crate::model::Kind;

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ChartsFile {
    /// Of every subject and indicator.
    #[serde(default)]
    pub all: ChartsSpec,
    /// Of a subject and its indicators, by its id.
    #[serde(default)]
    pub subjects: BTreeMap<String, Spanned<ChartsSpec>>,
    /// Of one indicator, by its id.
    #[serde(default)]
    pub indicators: BTreeMap<String, Spanned<ChartsSpec>>,
}

#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ChartsSpec {
    /// These kinds and no others; `[]` for none.
    pub only: Option<Vec<Kind>>,
    /// These kinds besides.
    #[serde(default)]
    pub also: Vec<Kind>,
}
