//! `pipeline.toml`: what the pipeline is, where its areas and code lists are, how its workbooks overlap.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Spanned;
use crate::{
    ingest::Overlap,
    model::{Knot, OutputFormat, Text},
};

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PipelineFile {
    pub title: Text,
    /// Who publishes the figures, and in what: the source line under every chart.
    pub source: Text,
    /// The workbooks are made up: every output says so.
    #[serde(default)]
    pub sample: bool,
    /// The list of areas, relative to this file.
    pub areas: Option<Spanned<String>>,
    /// A folder of targets shared with other pipelines, relative to this file.
    pub targets: Option<Spanned<String>>,
    /// Figures that a document has reported, for targets to start from; relative to this file.
    pub reported: Option<Spanned<String>>,
    /// A folder of checks of that document's arithmetic; relative to this file.
    pub audit: Option<Spanned<String>>,
    /// Also write `indicators.sdmx.csv`, as data of this dataflow: `AGENCY:FLOW(1.0)`.
    pub sdmx: Option<Spanned<String>>,
    /// What is written besides the CSV tables and the charts; all of it unless this is given.
    pub publish: Option<Vec<OutputFormat>>,
    #[serde(default)]
    pub overlap: Overlap,
    /// Where each area stands on a map made of tiles, relative to this file.
    pub tiles: Option<Spanned<String>>,
    /// In the order of the breakdown columns.
    #[serde(default)]
    pub dimensions: Vec<DimensionSpec>,
    /// Subjects in the order of the gallery.
    #[serde(default)]
    pub subjects: Vec<SubjectSpec>,
    /// How a year's flow is spread over the year, by name.
    #[serde(default)]
    pub profiles: BTreeMap<String, Spanned<ProfileSpec>>,
    pub ledger: Option<LedgerSpec>,
    pub task_sheet: Option<TaskSheetSpec>,
    pub disclosure: Option<DisclosureSpec>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DimensionSpec {
    pub id: Spanned<String>,
    pub name: Text,
    /// Its code list, relative to this file. Without one the dimension is open: its members are what the data say.
    pub list: Option<Spanned<String>>,
    /// Its members are the targets, found by their ids and names: what a ledger or a task sheet speaks of.
    #[serde(default)]
    pub of_targets: bool,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SubjectSpec {
    pub id: String,
    pub name: Text,
}

/// Shares of the year's flow that are there by the end of some days; straight lines between them.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ProfileSpec {
    pub name: Text,
    pub knots: Vec<Knot>,
}

/// Which measures, by which dimension, make up the ledger of milestones.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LedgerSpec {
    /// The open dimension whose members are ids of targets.
    pub target: Spanned<String>,
    pub started: Spanned<String>,
    pub planned: Spanned<String>,
    pub completed: Spanned<String>,
    pub document: Spanned<String>,
    pub evidence: Spanned<String>,
    pub office: Spanned<String>,
}

/// Which measure, by which dimension, gives a district its share of a target.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TaskSheetSpec {
    pub target: Spanned<String>,
    pub share: Spanned<String>,
}

/// Which small counts are withheld, with whatever else would give them back.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosureSpec {
    /// The counts that are looked at.
    pub measures: Vec<Spanned<String>>,
    /// Counts above 0 and below this are withheld.
    #[serde(default = "five")]
    pub threshold: f64,
    /// Sums of which a few parts make up too much are withheld.
    pub dominance: Option<DominanceSpec>,
    /// Reported rates that are withheld where a count of the same area, period and members is.
    #[serde(default)]
    pub beside: Vec<Spanned<String>>,
    pub because: Text,
}

/// The `largest` parts may not make up more than this `share` of a sum.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DominanceSpec {
    pub largest: u32,
    /// Above 0, at most 1.
    pub share: f64,
}

fn five() -> f64 {
    5.0
}
