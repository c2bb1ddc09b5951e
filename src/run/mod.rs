//! Running a pipeline: what is ordered, what is shown meanwhile, what comes of it. The only room that reads the input folder
//! and writes to the output folder.

mod artifacts;
mod batch;
mod brief;
mod clock;
pub mod desk;
mod digest;
mod disk;
mod doctor;
mod drawings;
pub mod extra;
mod found;
mod gallery;
mod grounds;
mod heartbeat;
mod input;
mod inspect;
mod kept;
mod leftovers;
mod lock;
mod manifest;
pub mod named;
mod night;
mod notices;
mod output;
mod owners;
mod pages;
mod receive;
mod register;
mod results;
pub mod revised;
pub mod rows;
pub mod scaffold;
mod scorecard;
mod state;
mod store;
mod summary;
pub mod template;
mod unchanged;
pub mod understood;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use jiff::{Timestamp, civil::Date};
use serde_json::{Map, Value, json};

use crate::{
    diag::{Finding, Severity},
    ingest::{self, Readers},
    model::{Language, Text, Verdict},
    plan::Plan,
};
pub use clock::on_the_wall;
pub use doctor::{Examined, examine};
pub use input::name_of;
pub use inspect::{Inspected, inspect};
pub use leftovers::runs;
pub use lock::Holder;
use night::Night;
pub use output::latest;
pub use state::{State, states};

/// One execution of one pipeline.
pub struct Order {
    /// The pipeline's folder.
    pub pipeline: PathBuf,
    pub input: PathBuf,
    pub output: PathBuf,
    pub as_of: Date,
    pub language: Language,
    /// Where workbooks are read: in this process, or in processes of their own.
    pub readers: Readers,
    pub upkeep: Upkeep,
}

impl Order {
    /// The name of its pipeline.
    pub fn name(&self) -> String {
        night::name(&self.pipeline)
    }
}

/// What is kept from night to night, and what is done when another run is in the way.
#[derive(Debug, Clone)]
pub struct Upkeep {
    /// Where what workbooks gave is kept. Without it everything is read and drawn anew.
    pub cache: Option<PathBuf>,
    /// How many published runs stay; all of them where it is none.
    pub keep: Option<usize>,
    /// How many runs stay that failed or were cut short.
    pub keep_failed: usize,
    /// Wait for a run that is under way, instead of giving up.
    pub wait: bool,
}

impl Default for Upkeep {
    fn default() -> Upkeep {
        Upkeep { cache: None, keep: None, keep_failed: 3, wait: false }
    }
}

/// What the person at the terminal is shown while it runs.
pub trait Watch: Sync {
    fn stage(&self, stage: Stage, steps: usize);
    fn step(&self);
    /// Something about the machine or the folders, not about the data.
    fn note(&self, _: &Finding) {}
    /// Another run is under way and is waited for.
    fn waiting(&self, _: &Finding) {}
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Plan,
    Receive,
    Ingest,
    Check,
    Compute,
    Chart,
    Publish,
}

impl Stage {
    pub fn word(self) -> &'static str {
        match self {
            Stage::Plan => "plan",
            Stage::Receive => "receive",
            Stage::Ingest => "ingest",
            Stage::Check => "check",
            Stage::Compute => "compute",
            Stage::Chart => "chart",
            Stage::Publish => "publish",
        }
    }

    pub fn name(self) -> Text {
        match self {
            Stage::Plan => Text::new("读取流水线", "reading the pipeline"),
            Stage::Receive => Text::new("收取文件", "receiving files"),
            Stage::Ingest => Text::new("读取工作簿", "reading workbooks"),
            Stage::Check => Text::new("核查", "checking"),
            Stage::Compute => Text::new("计算", "computing"),
            Stage::Chart => Text::new("绘图", "drawing charts"),
            Stage::Publish => Text::new("写出结果", "writing results"),
        }
    }
}

/// How it ended.
#[derive(Debug)]
pub struct Outcome {
    pub pipeline: String,
    pub findings: Vec<Finding>,
    /// What is to be known of the machine and the folders.
    pub notes: Vec<Finding>,
    pub started: Timestamp,
    pub finished: Timestamp,
    /// None where the batch could not run at all.
    pub published: Option<Published>,
}

#[derive(Debug)]
pub struct Published {
    pub folder: PathBuf,
    pub files: usize,
    pub workbooks: usize,
    pub values: usize,
    pub figures: usize,
    /// Verdicts for the whole, not for every district.
    pub verdicts: BTreeMap<Verdict, usize>,
    /// Forms that are overdue on the as-of date.
    pub late: usize,
    /// The run whose files were taken again, because nothing has changed since.
    pub same_as: Option<String>,
    /// Values added, withdrawn and revised since the run before.
    pub revisions: [usize; 3],
    pub sample: bool,
}

impl Outcome {
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// 0 clean, 1 findings of severity error, 2 the batch could not run.
    pub fn exit_code(&self) -> u8 {
        match self.published {
            None => 2,
            Some(_) => u8::from(self.count(Severity::Error) > 0),
        }
    }

    /// How it ended, for machines: in `heartbeat.json`, in the log, and for whoever is to be told.
    pub fn report(&self) -> Value {
        let exit_code = self.exit_code();
        let outcome = match exit_code {
            0 => "clean",
            1 => "errors",
            _ => "failed",
        };
        let mut report = json!({
            "pipeline": self.pipeline,
            "state": if self.published.is_some() { "published" } else { "failed" },
            "outcome": outcome,
            "exit_code": exit_code,
            "started": self.started.to_string(),
            "finished": self.finished.to_string(),
            "findings": { "error": self.count(Severity::Error), "warning": self.count(Severity::Warning), "note": self.count(Severity::Note) },
        });
        match &self.published {
            Some(published) => {
                let verdict = |(verdict, count): (&Verdict, &usize)| (verdict.word().to_string(), json!(count));
                report["run"] = json!(published.folder.file_name().map(|name| name.to_string_lossy()));
                report["folder"] = json!(published.folder.to_string_lossy());
                report["workbooks"] = json!(published.workbooks);
                report["same_as"] = json!(published.same_as);
                report["late"] = json!(published.late);
                let [added, withdrawn, revised] = published.revisions;
                report["revisions"] = json!({ "added": added, "withdrawn": withdrawn, "revised": revised });
                report["verdicts"] = json!(published.verdicts.iter().map(verdict).collect::<Map<String, Value>>());
            }
            // What stopped it, in a sentence: there may be no other place to look it up.
            None => report["why"] = json!(self.findings.first().map(|finding| &finding.message)),
        }
        report
    }
}

/// Runs a pipeline once. Whatever happens, `latest` is the old result or the new one, and whole.
pub fn run(order: &Order, watch: &dyn Watch) -> Outcome {
    Night::new(order, watch).run()
}

/// Writes files that are asked for by name into a folder.
pub fn write_files(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Vec<Finding>> {
    let written = fs_err::create_dir_all(folder)
        .and_then(|()| files.iter().try_for_each(|(name, bytes)| output::replace(&folder.join(name), bytes)));
    written.map_err(|fault| vec![night::unwritable(folder, &fault)])
}

/// Reads a plan and the workbooks of a folder, for looking at them without running the batch.
pub fn read_only(pipeline: &Path, files: &[PathBuf]) -> Result<(Plan, Vec<ingest::Source>), Vec<Finding>> {
    let mut findings = Vec::new();
    let plan = Plan::read(pipeline, &mut findings);
    let sources = files.iter().filter_map(|file| receive::source(file, &file.display().to_string(), &mut findings)).collect();
    plan.map(|plan| (plan, sources)).ok_or(findings)
}
