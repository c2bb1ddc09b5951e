//! The stages in order. The only room that reads the input folder and writes to the output folder.

mod artifacts;
pub mod desk;
mod input;
mod manifest;
mod output;
pub mod scaffold;
mod scorecard;
pub mod template;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use jiff::civil::Date;

use crate::{
    check::{self, completeness},
    compute::{self, Questions},
    diag::{self, Code, Finding, Severity},
    ingest::{self, Reading},
    model::{Id, Language, Senders, Text, Verdict},
    plan::Plan,
};
use manifest::Manifest;
pub use output::latest;

/// One execution of one pipeline.
pub struct Order {
    /// The pipeline's folder.
    pub pipeline: PathBuf,
    pub input: PathBuf,
    pub output: PathBuf,
    pub as_of: Date,
    pub language: Language,
}

/// What the person at the terminal is shown while it runs.
pub trait Watch: Sync {
    fn stage(&self, stage: Stage, steps: usize);
    fn step(&self);
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Plan,
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
}

pub fn run(order: &Order, watch: &dyn Watch) -> Outcome {
    let mut findings = Vec::new();
    let published = batch(order, watch, &mut findings);
    diag::tidy(&mut findings);
    Outcome { pipeline: name(&order.pipeline), findings, published }
}

fn batch(order: &Order, watch: &dyn Watch, findings: &mut Vec<Finding>) -> Option<Published> {
    let mut clock = Clock::new(watch);
    clock.enter(Stage::Plan, 0);
    let plan = Plan::read(&order.pipeline, findings)?;
    let sources = input::sources(&order.input, findings)?;

    clock.enter(Stage::Ingest, sources.len());
    let Reading { mut dataset, findings: read, workbooks } =
        ingest::ingest(&sources, &plan.layouts, &plan.book, plan.overlap, &|| watch.step());
    findings.extend(read);
    if dataset.observations.is_empty() {
        findings.push(nothing_read(&order.input));
        return None;
    }

    clock.enter(Stage::Check, 0);
    let senders = Senders::new(&forms(&plan), &plan.senders, &dataset, &plan.book);
    findings.extend(check::check(&mut dataset, &plan.checks, &senders, &plan.book));
    let completeness = completeness(&dataset, &forms(&plan), &senders);

    clock.enter(Stage::Compute, 0);
    let questions = Questions {
        indicators: &plan.indicators,
        targets: &plan.targets,
        book: &plan.book,
        forms: &plan.forms,
        senders: &senders,
        profiles: &plan.profiles,
        ledger: plan.ledger.as_ref(),
        task_sheet: plan.task_sheet.as_ref(),
        as_of: order.as_of,
    };
    let (summary, notes) = match compute::compute(&dataset, &questions) {
        Ok(computed) => computed,
        Err(fault) => {
            findings.push(Finding::new(
                Code::ComputeFailed,
                Text::new(format!("计算失败：{fault}"), format!("computing failed: {fault}")),
            ));
            return None;
        }
    };
    findings.extend(notes);

    clock.enter(Stage::Chart, 0);
    let results = artifacts::Results { order, plan: &plan, dataset: &dataset, summary: &summary, completeness: &completeness };
    let figures = results.figures(findings);
    diag::tidy(findings);

    clock.enter(Stage::Publish, figures.len());
    let run = output::Staging::open(&order.output, &plan.name).and_then(|staging| {
        let mut artifacts = results.artifacts(findings, &figures, staging.run_id(), watch)?;
        artifacts.push(manifest::manifest(&Manifest {
            order,
            plan: &plan,
            sources: &sources,
            findings,
            summary: &summary,
            workbooks,
            observations: dataset.observations.len(),
            figures: figures.len(),
            run_id: staging.run_id(),
            times: &clock.times(),
        }));
        staging.publish(&artifacts).map(|folder| (folder, artifacts.len()))
    });
    match run {
        Ok((folder, files)) => Some(Published {
            folder,
            files,
            workbooks,
            values: dataset.observations.len(),
            figures: figures.len(),
            verdicts: verdicts(&plan, &summary),
            sample: plan.sample,
        }),
        Err(fault) => {
            findings.push(unwritable(&order.output, &fault));
            None
        }
    }
}

fn forms(plan: &Plan) -> Vec<Id> {
    plan.layouts.iter().map(|layout| layout.id.clone()).collect()
}

fn verdicts(plan: &Plan, summary: &crate::model::Summary) -> BTreeMap<Verdict, usize> {
    let whole = plan.book.areas.whole().map(|area| area.code.clone());
    let mut counts = BTreeMap::new();
    for progress in summary.progress.iter().filter(|progress| Some(&progress.area) == whole.as_ref()) {
        *counts.entry(progress.verdict).or_default() += 1;
    }
    counts
}

fn nothing_read(input: &Path) -> Finding {
    let message =
        Text::new(format!("{} 中没有读到任何数值", input.display()), format!("no value could be read from {}", input.display()));
    Finding::new(Code::NothingRead, message).at(diag::Place::file(input.display().to_string()))
}

fn unwritable(output: &Path, fault: &std::io::Error) -> Finding {
    let message =
        Text::new(format!("无法写入 {}：{fault}", output.display()), format!("{} cannot be written: {fault}", output.display()));
    Finding::new(Code::OutputUnwritable, message).at(diag::Place::file(output.display().to_string()))
}

fn name(pipeline: &Path) -> String {
    pipeline.file_name().map_or_else(|| pipeline.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// How long each stage takes.
struct Clock<'a> {
    watch: &'a dyn Watch,
    entered: Vec<(Stage, Instant)>,
}

impl<'a> Clock<'a> {
    fn new(watch: &'a dyn Watch) -> Self {
        Clock { watch, entered: Vec::new() }
    }

    fn enter(&mut self, stage: Stage, steps: usize) {
        self.watch.stage(stage, steps);
        self.entered.push((stage, Instant::now()));
    }

    fn times(&self) -> Vec<(Stage, Duration)> {
        let ends = self.entered.iter().skip(1).map(|(_, instant)| *instant).chain([Instant::now()]);
        self.entered.iter().zip(ends).map(|((stage, start), end)| (*stage, end - *start)).collect()
    }
}

/// Reads a plan and the workbooks of a folder, for looking at them without running the batch.
pub fn read_only(pipeline: &Path, files: &[PathBuf]) -> Result<(Plan, Vec<ingest::Source>), Vec<Finding>> {
    let mut findings = Vec::new();
    let plan = Plan::read(pipeline, &mut findings);
    let sources = files.iter().filter_map(|file| input::source(file, &file.display().to_string(), &mut findings)).collect();
    plan.map(|plan| (plan, sources)).ok_or(findings)
}
