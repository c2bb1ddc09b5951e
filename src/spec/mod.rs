//! A pipeline's TOML as it is written, every name knowing its place. Names are not looked up here.

mod check;
mod correction;
mod indicator;
mod layout;
mod pipeline;
mod target;
mod toml_file;

use std::path::Path;

pub use check::{CheckSpec, ChecksFile, ExpectSpec, SeveritySpec};
pub use correction::{ActionSpec, CellSpec, CorrectionSpec, CorrectionsFile, StateSpec};
pub use indicator::{FormulaSpec, IndicatorSpec, IndicatorsFile, MeasureSpec, MeasuresFile, TermSpec};
pub use layout::{LayoutFile, ValuesSpec};
pub use pipeline::{DimensionSpec, PipelineFile, SubjectSpec};
pub use target::{ReadingSpec, TargetSpec, TargetsFile};
pub use toml_file::Parsed;

use crate::diag::{Code, Finding, Place};
use crate::model::Text;

/// All files of a pipeline's folder. A file with faults is still here, without what was faulty.
#[derive(Debug)]
pub struct Spec {
    pub name: String,
    pub pipeline: Parsed<PipelineFile>,
    pub measures: Parsed<MeasuresFile>,
    pub indicators: Parsed<IndicatorsFile>,
    pub targets: Parsed<TargetsFile>,
    pub checks: Parsed<ChecksFile>,
    pub corrections: Parsed<CorrectionsFile>,
    /// In the order of their file names.
    pub layouts: Vec<Parsed<LayoutFile>>,
}

impl Spec {
    /// Reads a pipeline's folder. Every fault of shape in any of its files is reported; none where the folder is no pipeline.
    pub fn read(folder: &Path, findings: &mut Vec<Finding>) -> Option<Spec> {
        let name = folder.file_name()?.to_string_lossy().into_owned();
        if !folder.join("pipeline.toml").is_file() {
            let message = Text::new(
                format!("没有名为“{name}”的流水线：{} 中没有 pipeline.toml", folder.display()),
                format!("there is no pipeline `{name}`: {} holds no pipeline.toml", folder.display()),
            );
            findings.push(Finding::new(Code::PipelineMissing, message).at(Place::file(folder.display().to_string())));
            return None;
        }
        let mut layouts: Vec<_> = fs_err::read_dir(folder.join("layouts"))
            .map(|entries| {
                entries
                    .flatten()
                    .map(|entry| entry.path())
                    .filter(|path| path.extension().is_some_and(|end| end == "toml"))
                    .collect()
            })
            .unwrap_or_default();
        layouts.sort();
        Some(Spec {
            pipeline: Parsed::read(&folder.join("pipeline.toml"), findings),
            measures: Parsed::read(&folder.join("measures.toml"), findings),
            indicators: Parsed::read(&folder.join("indicators.toml"), findings),
            targets: Parsed::read(&folder.join("targets.toml"), findings),
            checks: Parsed::read(&folder.join("checks.toml"), findings),
            corrections: Parsed::read(&folder.join("corrections.toml"), findings),
            layouts: layouts.iter().map(|path| Parsed::read(path, findings)).collect(),
            name,
        })
    }

    /// Does a file with faults hold a table of this name, which may be the one that was refused?
    pub fn tried_to_define(&self, name: &str) -> bool {
        let files = [
            (&self.measures.file, self.measures.faulty),
            (&self.indicators.file, self.indicators.faulty),
            (&self.pipeline.file, self.pipeline.faulty),
        ];
        files.iter().any(|(file, faulty)| *faulty && file.text.contains(&format!(".{name}]")))
    }
}
