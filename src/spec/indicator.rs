//! `measures.toml` and `indicators.toml`: what is counted and what is said.

use std::{collections::BTreeMap, fmt};

use schemars::JsonSchema;
use serde::{Deserialize, de};

use super::Spanned;
use crate::model::{Better, Index, Line, MeasureKind, OverYear, RatioKind, Text, Way};

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MeasuresFile {
    #[serde(default)]
    pub measures: BTreeMap<String, Spanned<MeasureSpec>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MeasureSpec {
    pub name: Text,
    pub unit: String,
    #[serde(default)]
    pub by: Vec<Spanned<String>>,
    #[serde(default)]
    pub kind: MeasureKind,
    /// Derived as the product of these, where no office counts it.
    pub product: Option<Vec<Spanned<String>>>,
    /// Split from a figure that is given for all members of a dimension together.
    pub split: Option<SplitSpec>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SplitSpec {
    /// The figure that is given together.
    pub of: Spanned<String>,
    /// The units (pupils) that it is split by, given for each member.
    pub by: Spanned<String>,
    /// The dimension.
    pub over: Spanned<String>,
    /// The weight of a unit of each member: 1, 1.1 and 1.32.
    pub weights: BTreeMap<String, f64>,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct IndicatorsFile {
    #[serde(default)]
    pub indicators: BTreeMap<String, Spanned<IndicatorSpec>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct IndicatorSpec {
    pub name: Text,
    #[serde(default)]
    pub definition: Text,
    pub subject: Option<Spanned<String>>,
    pub unit: Text,
    #[serde(default)]
    pub decimals: usize,
    pub better: Better,
    pub is: FormulaSpec,
    #[serde(default)]
    pub by: Vec<Vec<Spanned<String>>>,
    pub over_year: Option<OverYear>,
    /// With which periods its values are compared; with the one before unless given.
    pub change: Option<Vec<AgainstSpec>>,
    /// Where the way of counting changed: nothing is compared across it.
    #[serde(default)]
    pub breaks: Vec<BreakSpec>,
    /// The parts by which a change of the whole is taken apart: `"area"`, or dimensions.
    #[serde(default)]
    pub decompose: Vec<Vec<Spanned<String>>>,
    /// A line that a rule outside the targets draws.
    pub line: Option<Line>,
    /// The dimension whose members are what varies when a change is tested; else the districts.
    pub clusters: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum AgainstSpec {
    /// The period before, at the same grain.
    Previous,
    /// The same part of the year before.
    YearBefore,
    /// A period that stays.
    Since(Spanned<String>),
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BreakSpec {
    /// The first period that is counted the new way.
    pub at: Spanned<String>,
    pub because: Text,
}

/// The population whose shares a standardised ratio takes.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum StandardSpec {
    /// The denominators of the whole in this year.
    Year(i16),
    /// A list of weights, relative to `pipeline.toml`: a column for each dimension, and `weight`.
    List(Spanned<String>),
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum FormulaSpec {
    #[serde(rename_all = "kebab-case")]
    Total {
        of: Vec<TermSpec>,
    },
    #[serde(rename_all = "kebab-case")]
    Ratio {
        of: Vec<TermSpec>,
        to: Vec<TermSpec>,
        per: f64,
        /// Whether the numerator is part of the denominator, counts events, or neither.
        #[serde(default)]
        kind: RatioKind,
    },
    /// A rate that offices report, area by area.
    #[serde(rename_all = "kebab-case")]
    Reported {
        rate: TermSpec,
    },
    #[serde(rename_all = "kebab-case")]
    Variation {
        of: Spanned<String>,
        weighted_by: Vec<TermSpec>,
        /// Over the members of this dimension inside each area; else over the districts.
        across: Option<Spanned<String>>,
    },
    #[serde(rename_all = "kebab-case")]
    Inequality {
        index: Index,
        of: Spanned<String>,
        /// The denominators of the ratio unless given.
        #[serde(default)]
        weighted_by: Vec<TermSpec>,
        /// The indicator by which districts are ranked, for the slope and relative index.
        ranked_by: Option<Spanned<String>>,
        across: Option<Spanned<String>>,
    },
    /// The plain mean of variations.
    Composite {
        of: Vec<Spanned<String>>,
    },
    Standardised {
        of: Spanned<String>,
        by: Vec<Spanned<String>>,
        standard: StandardSpec,
    },
    #[serde(rename_all = "kebab-case")]
    DistrictsThat {
        moved: Way,
        of: Spanned<String>,
        /// Only those that moved by at least so much.
        #[serde(default)]
        at_least: f64,
    },
}

/// `"enrolled"`, or `{ measure = "bachelor", only = { stage = ["primary", "junior"] } }`, or with `minus = true` taken away.
#[derive(Debug, JsonSchema)]
#[schemars(with = "EitherTerm")]
pub struct TermSpec {
    pub measure: Spanned<String>,
    pub only: BTreeMap<String, Vec<Spanned<String>>>,
    pub minus: bool,
    pub from_day: Option<Spanned<String>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct LongTerm {
    measure: Spanned<String>,
    #[serde(default)]
    only: BTreeMap<String, Vec<Spanned<String>>>,
    #[serde(default)]
    minus: bool,
    from_day: Option<Spanned<String>>,
}

/// The two ways in which a term may be written, for the schema.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its shape is used")]
enum EitherTerm {
    /// A measure.
    Short(String),
    Long(LongTerm),
}

impl<'de> Deserialize<'de> for TermSpec {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = (Option<String>, Option<LongTerm>);

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a measure, or { measure = \"…\", only = { … } }")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Self::Value, E> {
                Ok((Some(name.to_string()), None))
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                LongTerm::deserialize(de::value::MapAccessDeserializer::new(map)).map(|term| (None, Some(term)))
            }
        }
        struct Term((Option<String>, Option<LongTerm>));
        impl<'de> Deserialize<'de> for Term {
            fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(Visitor).map(Term)
            }
        }
        let spanned = toml::Spanned::<Term>::deserialize(deserializer)?;
        let span = spanned.span();
        Ok(match spanned.into_inner().0 {
            (_, Some(long)) => TermSpec { measure: long.measure, only: long.only, minus: long.minus, from_day: long.from_day },
            (name, None) => TermSpec {
                measure: Spanned::new(span, name.unwrap_or_default()),
                only: BTreeMap::new(),
                minus: false,
                from_day: None,
            },
        })
    }
}
