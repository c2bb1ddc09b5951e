//! `corrections.toml`: what is read in place of what a cell says, and findings that are no fault.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Spanned;
use crate::model::Text;

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CorrectionsFile {
    #[serde(default)]
    pub corrections: BTreeMap<Spanned<String>, CorrectionSpec>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CorrectionSpec {
    pub cell: CellSpec,
    /// What the cell says; the correction ends when it says something else.
    pub was: String,
    pub action: ActionSpec,
    pub because: Text,
    pub state: StateSpec,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CellSpec {
    pub file: String,
    #[serde(default)]
    pub sheet: String,
    pub cell: Spanned<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum ActionSpec {
    Replace(String),
    LeaveOut,
    /// The code of a finding.
    Accept(Spanned<String>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StateSpec {
    /// Somebody thinks so; nothing is done yet.
    Proposed,
    /// The office agreed.
    InForce,
    /// It was wrong, or the office has sent a corrected workbook.
    Withdrawn,
}
