//! A pipeline's TOML as it is written, every name knowing its place. Names are not looked up here.

mod audit;
mod brief;
mod chart;
mod check;
mod correction;
mod deadline;
mod fault;
mod indicator;
mod layout;
mod pipeline;
mod records;
mod settings;
mod spanned;
mod syntax;
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

use crate::diag::{Code, Finding, Place, TomlFile, TomlPlace};
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
        let mut faults = Vec::new();
        let pipeline: Parsed<PipelineFile> = Parsed::read(&folder.join("pipeline.toml"), &mut faults);
        let mut pointed = |key: &str, path: &Option<Spanned<String>>| {
            let path = path.as_ref()?;
            let pointed = folder.join(path.as_ref());
            if !pointed.is_dir() {
                faults.push(no_folder(key, &pointed, &pipeline.place(path)));
            }
            Some(pointed)
        };
        let catalogue = pointed("targets", &pipeline.content.targets);
        let audited = pointed("audit", &pipeline.content.audit);
        nobody_reads(folder, &[&catalogue, &audited], findings);
        findings.extend(faults);
        let mut targets = catalogue.map_or_else(Vec::new, |catalogue| in_folder(&catalogue, findings));
        targets.extend(of_kind(folder, "targets", findings));
        Some(Spec {
            audit: audited.map_or_else(Vec::new, |audit| in_folder(&audit, findings)),
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
        let tried = |file: &TomlFile, faulty: bool, word: &str| faulty && file.text.contains(word);
        // Dimensions and subjects have no table of their own name, and forms are named in a line of their files.
        let quoted = format!("\"{name}\"");
        [&table, &quoted].into_iter().any(|word| tried(&self.pipeline.file, self.pipeline.faulty, word))
            || self.measures.iter().any(|file| tried(&file.file, file.faulty, &table))
            || self.indicators.iter().any(|file| tried(&file.file, file.faulty, &table))
            || self.targets.iter().any(|file| tried(&file.file, file.faulty, &table))
            || self.layouts.iter().any(|file| file.faulty && names_form(&file.file, &quoted))
            || self.records.iter().any(|file| file.faulty && (names_form(&file.file, &quoted) || has_key(&file.file, name)))
    }
}

fn names_form(file: &TomlFile, quoted: &str) -> bool {
    file.text.lines().any(|line| line.trim_start().starts_with("form") && line.contains(quoted))
}

/// Does a line of the file begin with this name and what it is?
fn has_key(file: &TomlFile, name: &str) -> bool {
    let behind = |line: &str| line.trim_start().strip_prefix(name).map(|rest| rest.trim_start().starts_with(['=', '.']));
    file.text.lines().any(|line| behind(line).unwrap_or_default())
}

/// All names that it would define are unknown for that reason alone.
fn no_folder(key: &str, path: &Path, place: &TomlPlace) -> Finding {
    let shown = path.display();
    let message = Text::new(
        format!("{place}：{key} 所指的文件夹 {shown} 不存在"),
        format!("{place}: the folder {shown}, to which `{key}` points, is not there"),
    );
    let next = Text::new("改正路径；从流水线所在的文件夹算起。", "Correct the path; it begins at the folder of the pipeline.");
    Finding::new(Code::SeedUnreadable, message).judged_by(place).next(next)
}

/// The files of a pipeline's folder that are read, and the folders beside them.
const FILES: [&str; 9] = [
    "pipeline.toml",
    "measures.toml",
    "indicators.toml",
    "targets.toml",
    "checks.toml",
    "corrections.toml",
    "deadlines.toml",
    "brief.toml",
    "charts.toml",
];
const FOLDERS: [&str; 6] = ["layouts", "records", "measures", "indicators", "targets", "checks"];
/// The settings of the program may lie anywhere.
const SETTINGS: &str = "yardstick.toml";

/// A file that is not read, because its name is another, says nothing and looks as if it did. `named`: what `pipeline.toml` points to.
fn nobody_reads(folder: &Path, named: &[&Option<PathBuf>], findings: &mut Vec<Finding>) {
    let is_toml = |path: &Path| path.extension().is_some_and(|end| end.eq_ignore_ascii_case("toml"));
    let entries = |folder: &Path| {
        let entries = fs_err::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let mut paths: Vec<PathBuf> = entries.collect();
        paths.sort();
        paths
    };
    for path in entries(folder) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let (is_folder, known) = (path.is_dir(), if path.is_dir() { &FOLDERS[..] } else { &FILES[..] });
        let holds_toml = if is_folder { entries(&path).iter().any(|path| is_toml(path)) } else { is_toml(&path) };
        let is_named = named.iter().copied().flatten().any(|named| named.starts_with(&path));
        if is_named || !holds_toml || name.starts_with('.') || name == SETTINGS || known.contains(&name.as_str()) {
            continue;
        }
        let near = known.iter().map(|known| (strsim::damerau_levenshtein(&name.to_lowercase(), known), *known)).min();
        let near = near.filter(|(edits, _)| *edits <= 3).map(|(_, known)| known);
        // A folder of another name may hold another pipeline.
        if is_folder && near.is_none() {
            continue;
        }
        let (zh, en) = if is_folder { ("文件夹", "folder") } else { ("文件", "file") };
        let message = Text::new(
            format!("流水线文件夹中的{zh} {name} 不会被读取：没有这个名称的{zh}"),
            format!("nobody reads the {en} {name}: a pipeline has none of this name"),
        );
        let expected = near.map(|near| Text::new(format!("是否为“{near}”？"), format!("did you mean `{near}`?")));
        let place = Place::file(path.display().to_string());
        findings.push(Finding::new(Code::FileUnknown, message).at(place).read(name).expected(expected.unwrap_or_default()));
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
