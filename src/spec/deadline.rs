//! `deadlines.toml`: by which day which form has to come, and for whom another day was agreed.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Spanned;
use crate::model::Text;

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DeadlinesFile {
    #[serde(default)]
    pub deadlines: BTreeMap<String, Spanned<DeadlineSpec>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DeadlineSpec {
    /// Codes of forms; every form unless given.
    #[serde(default)]
    pub forms: Vec<Spanned<String>>,
    /// Codes of areas with a day of their own, which outranks the one for all; everybody unless given.
    #[serde(default)]
    pub areas: Vec<Spanned<String>>,
    /// The period that the forms are for, such as `2023`.
    pub period: Spanned<String>,
    /// The last day, such as `2024-01-10`.
    pub due: Spanned<String>,
    /// Days before the due date from which an area is reminded; 7 unless given.
    pub remind_before: Option<u32>,
    /// Where the day was set: the notice, the agreement.
    pub because: Text,
}
