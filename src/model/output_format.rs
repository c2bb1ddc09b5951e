//! What a run can write besides its CSV tables and charts, by the words that `pipeline.toml` uses.

use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OutputFormat {
    /// `index.html` with the pages it leads to.
    Gallery,
    /// `summary.xlsx`.
    Workbook,
    /// `brief.docx`, where anything was promised.
    Bulletin,
    /// The tables with types.
    Parquet,
}

impl OutputFormat {
    pub const ALL: [OutputFormat; 4] =
        [OutputFormat::Gallery, OutputFormat::Workbook, OutputFormat::Bulletin, OutputFormat::Parquet];
}
