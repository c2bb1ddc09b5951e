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
    /// No area's change since the period before is out of line with the others' (Hidiroglou–Berthelot).
    HidiroglouBerthelot {
        /// How much the size of an area weighs: 0 not at all, 1 fully.
        u: f64,
        /// The least width of the middle half, as a part of the median.
        a: f64,
        /// How many widths from the median are allowed.
        c: f64,
    },
    /// No district's share in another measure is far from those of the others in the same period (median and MAD).
    RobustZ {
        to: Spanned<String>,
        limit: f64,
        /// Percentage points from the median below which nothing is said, however alike the others are.
        #[serde(default)]
        points: f64,
    },
    /// No more figures than chance allows end in 0 or 5, among those from `from` on.
    #[serde(rename_all = "kebab-case")]
    LastDigitsSpread {
        from: f64,
        chi_squared: f64,
    },
    /// A column of so many figures is not that of the period before.
    #[serde(rename_all = "kebab-case")]
    NotCopied {
        at_least: usize,
    },
    /// No two areas have one column of so many figures.
    #[serde(rename_all = "kebab-case")]
    ColumnsDiffer {
        at_least: usize,
    },
    /// Not taken for this measure, of which it is a part.
    NotMistakenFor(Spanned<String>),
    /// Not in the column of its denominator.
    NotSwappedWith(Spanned<String>),
    /// So many cells without a figure do not all have one in the next period.
    #[serde(rename_all = "kebab-case")]
    CompletesGradually {
        at_least: usize,
    },
    /// What is counted by records adds up, in each area, to this measure that is published beside it, each record being rounded
    /// by no more than `each-within`.
    #[serde(rename_all = "kebab-case")]
    RollsUpTo {
        measure: Spanned<String>,
        each_within: f64,
    },
    /// Every area sends every form for every period.
    #[serde(rename_all = "kebab-case")]
    Complete {
        forms: Vec<Spanned<String>>,
    },
}
