//! `results.json`: the results of a run for dashboards, in one file that a page can load whole. Its schema comes from these types.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Text;

/// The results of one run. Fields are a contract that only grows.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Results<'a> {
    /// The version of this shape. It changes only where a field's meaning does.
    pub version: u32,
    /// The name of the pipeline.
    pub pipeline: &'a str,
    pub title: &'a Text,
    /// Document and publisher of the figures.
    pub source: &'a Text,
    /// The day on which targets are judged, as 2024-01-15.
    pub as_of: String,
    /// The figures are made up for demonstration.
    pub sample: bool,
    /// How many commitments of the whole have which verdict, by the words of targets.csv.
    pub verdicts: Vec<VerdictCount>,
    /// How many findings there are of each severity: error, warning, note.
    pub findings: Vec<FindingCount>,
    /// Areas in their conventional order.
    pub areas: Vec<AreaName<'a>>,
    /// Subjects in the order of the gallery.
    pub subjects: Vec<SubjectName<'a>>,
    pub indicators: Vec<IndicatorResult<'a>>,
    pub targets: Vec<TargetResult<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct VerdictCount {
    pub verdict: &'static str,
    pub name: Text,
    pub count: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct FindingCount {
    pub severity: &'static str,
    pub count: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct AreaName<'a> {
    /// Code, as in the tables.
    pub id: &'a str,
    pub name: &'a Text,
    /// `whole`, `district`, or `other` for a row beside the districts.
    pub kind: &'static str,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct SubjectName<'a> {
    pub id: &'a str,
    pub name: &'a Text,
}

/// An indicator with its totals; breakdowns are in indicators.csv.
#[derive(Debug, Serialize, JsonSchema)]
pub struct IndicatorResult<'a> {
    pub id: &'a str,
    pub name: &'a Text,
    pub definition: &'a Text,
    pub subject: &'a str,
    pub unit: &'a Text,
    /// Digits behind the point when it is printed; values here are not rounded.
    pub decimals: usize,
    /// Which way is good: `higher`, `lower`, `neither`.
    pub better: &'static str,
    pub values: Vec<Value<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Value<'a> {
    pub area: &'a str,
    /// 2023, 2023/24, 2023-S1, 2023-Q1 or 2023-01.
    pub period: String,
    /// Null where there is none; never zero instead.
    pub value: Option<f64>,
    /// SDMX observation status, one letter.
    pub status: &'static str,
    /// Difference from the period before; null where there is none to compare with.
    pub change: Option<f64>,
}

/// The verdicts on one commitment.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TargetResult<'a> {
    pub id: &'a str,
    pub name: &'a Text,
    /// The indicator it is judged by; null for milestones and what no figure decides.
    pub indicator: Option<&'a str>,
    /// Section of the document; empty where it is not said.
    pub section: &'a str,
    pub period: String,
    pub judged: Vec<Judged<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Judged<'a> {
    pub area: &'a str,
    /// As in targets.csv: met, on_pace, behind, not_due, missed, aspiration, cannot_tell, done, due, not_started, overdue.
    pub verdict: &'static str,
    /// As in targets.csv: improving, worsening, unchanged, cannot_tell, not_applicable.
    pub direction: &'static str,
    pub value: Option<f64>,
    /// The level to be reached under the reading taken.
    pub target_value: Option<f64>,
    /// Value less level.
    pub gap: Option<f64>,
    /// What is missing, or what else is to be known.
    pub note: &'a Text,
}

/// The file: one line, since nobody reads it but programs.
pub fn json(results: &Results) -> serde_json::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec(results)?;
    bytes.push(b'\n');
    Ok(bytes)
}
