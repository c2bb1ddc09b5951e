//! A pipeline's TOML as it is written, every name knowing its place. Names are not looked up here.

mod audit;
mod brief;
mod chart;
mod check;
mod correction;
mod deadline;
mod indicator;
mod layout;
mod pipeline;
mod records;
mod settings;
mod spanned;
mod target;
mod toml_file;

use std::path::{Path, PathBuf};

pub use audit::{AuditExpect, AuditFile, AuditSpec, PairsSpec};
pub use brief::{BriefFile, BriefSection};
pub use chart::{ChartsFile, ChartsSpec};
pub use check::{CheckSpec, ChecksFile, ExpectSpec, SeveritySpec};
pub use correction::{ActionSpec, CellSpec, CorrectionSpec, CorrectionsFile, StateSpec};
pub use deadline::{DeadlineSpec, DeadlinesFile};
pub use indicator::{
    AgainstSpec, BreakSpec, FormulaSpec, IndicatorSpec, IndicatorsFile, MeasureSpec, MeasuresFile, SplitSpec, StandardSpec,
    TermSpec,
};
pub use layout::{LayoutFile, ValuesSpec};
pub use pipeline::{DimensionSpec, DisclosureSpec, LedgerSpec, PipelineFile, ProfileSpec, SubjectSpec, TaskSheetSpec};
pub use records::{ColumnSpec, CountSpec, HoldsSpec, RecordsFile};
pub use settings::{Setting, SettingsFile};
pub use spanned::Spanned;
pub use target::{ReadingSpec, TargetSpec, TargetsFile};
pub use toml_file::Parsed;

use serde::de::DeserializeOwned;

use crate::diag::{Code, Finding, Place, TomlFile};
use crate::model::Text;

/// All files of a pipeline's folder. A file with faults is still here, without what was faulty.
#[derive(Debug)]
pub struct Spec {
    pub name: String,
    pub pipeline: Parsed<PipelineFile>,
    /// `measures.toml`, then `measures/*.toml` in the order of their names; the other kinds likewise.
    pub measures: Vec<Parsed<MeasuresFile>>,
    pub indicators: Vec<Parsed<IndicatorsFile>>,
    /// The catalogue that `pipeline.toml` points to, then the pipeline's own.
    pub targets: Vec<Parsed<TargetsFile>>,
    pub checks: Vec<Parsed<ChecksFile>>,
    pub corrections: Parsed<CorrectionsFile>,
    pub deadlines: Parsed<DeadlinesFile>,
    pub brief: Parsed<BriefFile>,
    pub charts: Parsed<ChartsFile>,
    pub layouts: Vec<Parsed<LayoutFile>>,
    /// Lists: one row per school or per pupil.
    pub records: Vec<Parsed<RecordsFile>>,
    /// The checks of a document's arithmetic that `pipeline.toml` points to.
    pub audit: Vec<Parsed<AuditFile>>,
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
            let finding = Finding::new(Code::PipelineMissing, message).at(Place::file(folder.display().to_string()));
            let there = beside(folder);
            let listed = Text::new(format!("{} 之一", there.join("、")), format!("one of {}", there.join(", ")));
            findings.push(if there.is_empty() { finding } else { finding.expected(listed) });
            return None;
        }
        let pipeline: Parsed<PipelineFile> = Parsed::read(&folder.join("pipeline.toml"), findings);
        let catalogue = pipeline.content.targets.as_ref().map(|path| folder.join(path.as_ref()));
        let mut targets = catalogue.map_or_else(Vec::new, |catalogue| in_folder(&catalogue, findings));
        targets.extend(of_kind(folder, "targets", findings));
        let audit = pipeline.content.audit.as_ref().map(|path| folder.join(path.as_ref()));
        Some(Spec {
            audit: audit.map_or_else(Vec::new, |audit| in_folder(&audit, findings)),
            measures: of_kind(folder, "measures", findings),
            indicators: of_kind(folder, "indicators", findings),
            targets,
            checks: of_kind(folder, "checks", findings),
            corrections: Parsed::read(&folder.join("corrections.toml"), findings),
            deadlines: Parsed::read(&folder.join("deadlines.toml"), findings),
            brief: Parsed::read(&folder.join("brief.toml"), findings),
            charts: Parsed::read(&folder.join("charts.toml"), findings),
            layouts: in_folder(&folder.join("layouts"), findings),
            records: in_folder(&folder.join("records"), findings),
            pipeline,
            name,
        })
    }

    /// Does a file with faults hold a table of this name, which may be the one that was refused?
    pub fn tried_to_define(&self, name: &str) -> bool {
        let table = format!(".{name}]");
        let tried = |file: &TomlFile, faulty: bool| faulty && file.text.contains(&table);
        tried(&self.pipeline.file, self.pipeline.faulty)
            || self.measures.iter().any(|file| tried(&file.file, file.faulty))
            || self.indicators.iter().any(|file| tried(&file.file, file.faulty))
    }
}

/// The pipelines in the folder where one was looked for.
fn beside(folder: &Path) -> Vec<String> {
    let entries = folder.parent().map(fs_err::read_dir).into_iter().flatten().flatten().flatten();
    let is_pipeline = |path: &PathBuf| path.join("pipeline.toml").is_file();
    let pipelines = entries.map(|entry| entry.path()).filter(is_pipeline);
    let mut names: Vec<String> = pipelines.filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect();
    names.sort();
    names
}

/// The files of one kind: `<kind>.toml`, and those of the folder `<kind>/` where one would be too long.
fn of_kind<T: DeserializeOwned + Default>(folder: &Path, kind: &str, findings: &mut Vec<Finding>) -> Vec<Parsed<T>> {
    let mut files = vec![Parsed::read(&folder.join(format!("{kind}.toml")), findings)];
    files.extend(in_folder(&folder.join(kind), findings));
    files
}

/// All TOML files of a folder, in the order of their names.
fn in_folder<T: DeserializeOwned + Default>(folder: &Path, findings: &mut Vec<Finding>) -> Vec<Parsed<T>> {
    let entries = fs_err::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut paths: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect();
    paths.sort();
    paths.iter().map(|path| Parsed::read(path, findings)).collect()
}
