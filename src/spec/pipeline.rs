//! `pipeline.toml`: what the pipeline is, where its areas and code lists are, how its workbooks overlap.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Spanned;
use crate::{ingest::Overlap, model::Text};

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
    #[serde(default)]
    pub overlap: Overlap,
    /// In the order of the breakdown columns.
    #[serde(default)]
    pub dimensions: Vec<DimensionSpec>,
    /// Subjects in the order of the gallery.
    #[serde(default)]
    pub subjects: Vec<SubjectSpec>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DimensionSpec {
    pub id: Spanned<String>,
    pub name: Text,
    /// Its code list, relative to this file. Without one the dimension is open: its members are what the data say.
    pub list: Option<Spanned<String>>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SubjectSpec {
    pub id: String,
    pub name: Text,
}
