//! `checks.toml`: rules, each with its reason.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Spanned;
use crate::model::Text;

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ChecksFile {
    #[serde(default)]
    pub checks: BTreeMap<String, Spanned<CheckSpec>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CheckSpec {
    /// The measures it speaks of; all counted ones where it is left out.
    #[serde(default)]
    pub of: Vec<Spanned<String>>,
    pub expect: ExpectSpec,
    pub because: Text,
    pub severity: Option<SeveritySpec>,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SeveritySpec {
    Error,
    Warning,
    Note,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum ExpectSpec {
    /// No smaller and no larger than these.
    #[serde(rename_all = "kebab-case")]
    Between {
        from: f64,
        to: f64,
    },
    Whole,
    /// Never more than this measure, cell beside cell.
    PartOf(Spanned<String>),
    /// The parts make it up exactly.
    #[serde(rename_all = "kebab-case")]
    SumOf {
        parts: Vec<Spanned<String>>,
        within: f64,
    },
    /// Totals that offices wrote equal the sum of what they are totals of, over areas and over breakdowns.
    #[serde(rename_all = "kebab-case")]
    TotalsAgree {
        within: f64,
    },
    /// A reported rate is what its counts give.
    #[serde(rename_all = "kebab-case")]
    Recomputes {
        of: Vec<Spanned<String>>,
        to: Vec<Spanned<String>>,
        per: f64,
        within: f64,
    },
    /// From one period to the next by no more than this, where the earlier value is at least `from`.
    #[serde(rename_all = "kebab-case")]
    ChangeWithin {
        per_cent: f64,
        from: f64,
    },
    /// Every area sends every form for every period.
    #[serde(rename_all = "kebab-case")]
    Complete {
        forms: Vec<Spanned<String>>,
    },
}
