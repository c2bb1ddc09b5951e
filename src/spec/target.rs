//! `targets.toml`: the commitments, each with the reading taken and the others that its words allow.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Spanned;
use crate::model::{Aim, Answers, Citation, Text};

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TargetsFile {
    #[serde(default)]
    pub targets: BTreeMap<String, Spanned<TargetSpec>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TargetSpec {
    pub name: Text,
    pub period: Spanned<String>,
    pub indicator: Option<Spanned<String>>,
    pub aim: Aim,
    pub reading: Text,
    #[serde(default)]
    pub alternatives: Vec<ReadingSpec>,
    pub citation: Option<Citation>,
    #[serde(default)]
    pub aspiration: bool,
    /// Judged for the whole alone: the commitment gives districts no share.
    #[serde(default)]
    pub whole_only: bool,
    /// What is counted or measured, where no indicator says so.
    #[serde(default)]
    pub unit: Text,
    /// Who answers for it.
    pub answers: Option<Answers>,
    /// Id of the reported figure that it starts from.
    pub baseline: Option<Spanned<String>>,
    #[serde(default)]
    pub note: Text,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReadingSpec {
    /// The target's own indicator unless said otherwise.
    pub indicator: Option<Spanned<String>>,
    pub aim: Aim,
    pub reading: Text,
}
