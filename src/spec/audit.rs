//! The audit of a document's arithmetic: what its last printed digits are, and the checks over its figures.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::model::{Outcome, Text};

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AuditFile {
    /// What the last printed digit of a figure counts, where its value does not show it: 14.5万 is kept as 145000, to 1000.
    #[serde(default)]
    pub printed_to: BTreeMap<String, Spanned<f64>>,
    /// Days of the document itself, as `2023-04-28`.
    #[serde(default)]
    pub days: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    pub checks: BTreeMap<String, Spanned<AuditSpec>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AuditSpec {
    pub name: Text,
    /// Formulas over ids of reported figures and of targets.
    #[serde(default)]
    pub computes: Vec<Spanned<String>>,
    /// Pairs of whole numbers with a printed growth between them.
    pub pairs: Option<PairsSpec>,
    #[serde(default)]
    pub unit: Text,
    #[serde(default)]
    pub decimals: usize,
    pub expect: Option<AuditExpect>,
    /// What it is worth where nothing is expected; derived unless given.
    pub standing: Option<Outcome>,
    /// What it is where it does not hold; inconsistent unless given.
    pub otherwise: Option<Outcome>,
    /// Why it is known not to add up.
    #[serde(default)]
    pub acknowledged: Text,
    #[serde(default)]
    pub note: Text,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum AuditExpect {
    Equals(Spanned<String>),
    AtLeast(f64),
    AtMost(f64),
    WholeNumber,
    Lists {
        /// A number, or the figure that announces it.
        announced: Spanned<String>,
        names: Vec<String>,
        /// It ends with 等 (and others).
        #[serde(default)]
        open: bool,
    },
    OneName(Vec<String>),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PairsSpec {
    pub growth: Spanned<String>,
    pub at_least: Spanned<String>,
    pub below: u32,
}
