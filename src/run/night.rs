//! One night: the plan, the lock of the output folder, the stages, and order afterwards.

use std::{
    path::{Path, PathBuf},
    time::SystemTime,
};

use fs_err as fs;
use jiff::Timestamp;
use serde_json::json;

use super::{
    Order, Outcome, Published, Stage, Watch,
    batch::{Ready, batch},
    clock::{Clock, on_the_wall},
    heartbeat, input, leftovers,
    lock::{Asked, Holder, Lock},
    manifest,
    output::{Artifact, Staging},
};
use crate::{
    diag::{self, Code, Finding, Severity},
    model::Text,
    plan::Plan,
};

/// One execution under way.
pub struct Night<'a> {
    pub order: &'a Order,
    pub watch: &'a dyn Watch,
    pub started: Timestamp,
    pub begun: SystemTime,
    pub clock: Clock<'a>,
    pub findings: Vec<Finding>,
    pub notes: Vec<Finding>,
    pipeline: String,
    /// The pipeline's output folder.
    folder: PathBuf,
}

impl<'a> Night<'a> {
    pub fn new(order: &'a Order, watch: &'a dyn Watch) -> Night<'a> {
        let pipeline = name(&order.pipeline);
        Night {
            order,
            watch,
            started: Timestamp::now(),
            begun: SystemTime::now(),
            clock: Clock::new(watch),
            findings: Vec::new(),
            notes: Vec::new(),
            folder: order.output.join(&pipeline),
            pipeline,
        }
    }

    pub fn run(mut self) -> Outcome {
        let mut ready = self.prepare();
        // A slip in a name leaves no folder behind; a pipeline that has run before leaves word of its failure.
        if ready.is_none() && !self.folder.is_dir() {
            return self.outcome(None);
        }
        let Some((lock, has_waited)) = self.lock() else { return self.outcome(None) };
        if has_waited {
            self.findings.clear();
            self.clock.restart();
            ready = self.prepare();
        }
        let published = self.alone(ready);
        let (folder, watch) = (self.folder.clone(), self.watch);
        let mut outcome = self.outcome(published);
        if let Err(fault) = heartbeat::beat(&folder, &outcome.report()) {
            let note = unwritable(&folder, &fault).severity(Severity::Warning);
            watch.note(&note);
            outcome.notes.push(note);
        }
        drop(lock);
        outcome
    }

    /// The plan and the list of workbooks. Nothing is written for them.
    fn prepare(&mut self) -> Option<Ready> {
        self.begun = SystemTime::now();
        self.clock.enter(Stage::Plan, 0);
        let plan = Plan::read(&self.order.pipeline, &mut self.findings)?;
        let workbooks = input::list(&self.order.input, &mut self.findings)?;
        Some(Ready { plan, workbooks })
    }

    /// The lock of the output folder, and whether another run had to be waited for.
    fn lock(&mut self) -> Option<(Lock, bool)> {
        let asked = fs::create_dir_all(&self.folder).and_then(|()| Lock::ask(&self.folder));
        let holder = match asked {
            Ok(Asked::Mine(lock)) => return Some((lock, false)),
            Ok(Asked::Held(holder)) => locked(&self.folder, &holder),
            Err(fault) => {
                self.findings.push(unwritable(&self.order.output, &fault));
                return None;
            }
        };
        if !self.order.upkeep.wait {
            self.findings.push(holder);
            return None;
        }
        self.watch.waiting(&holder);
        match Lock::wait(&self.folder) {
            Ok(lock) => Some((lock, true)),
            Err(fault) => {
                self.findings.push(unwritable(&self.order.output, &fault));
                None
            }
        }
    }

    /// The run proper: nobody else is writing into the pipeline's output folder.
    fn alone(&mut self, ready: Option<Ready>) -> Option<Published> {
        let (folder, pipeline, upkeep) = (self.folder.clone(), self.pipeline.clone(), self.order.upkeep.clone());
        self.tidy(|findings| leftovers::clear(&folder, &pipeline, findings));
        let running = json!({ "pipeline": pipeline, "state": "running", "started": self.started.to_string() });
        self.tidy(|_| heartbeat::beat(&folder, &running));
        let staging = match Staging::open(&folder, |run_id| manifest::unfinished(&pipeline, run_id, self.started)) {
            Ok(staging) => staging,
            Err(fault) => {
                self.findings.push(unwritable(&self.order.output, &fault));
                return None;
            }
        };
        let published = ready.and_then(|ready| batch(self, &ready, &staging));
        match (&published, upkeep.keep) {
            (Some(_), Some(count)) => self.tidy(|findings| leftovers::keep(&folder, &pipeline, count, findings)),
            (Some(_), None) => {}
            (None, _) => self.failed(&staging),
        }
        self.tidy(|findings| leftovers::keep_failed(&folder, &pipeline, upkeep.keep_failed, findings));
        published
    }

    /// Keeps the findings of a run that came to nothing; what it had written goes.
    fn failed(&mut self, staging: &Staging) {
        diag::tidy(&mut self.findings);
        let findings = format!("{:#}\n", json!(self.findings)).into_bytes();
        let artifacts = [Artifact { path: "findings.json".to_string(), bytes: findings }];
        let times = self.clock.times();
        let manifest = manifest::failed(&self.pipeline, staging.run_id(), self.started, &times, &artifacts);
        // A full disk may leave no room even for this; then the word at the terminal is all there is.
        if staging.keep_as_failed(&artifacts, &manifest).is_err() {
            let _ = staging.discard();
        }
    }

    /// Tidying up may fail without harm to any result: it is tried again by the next run.
    fn tidy(&mut self, work: impl FnOnce(&mut Vec<Finding>) -> std::io::Result<()>) {
        let mut notes = Vec::new();
        if let Err(fault) = work(&mut notes) {
            notes.push(unwritable(&self.order.output, &fault).severity(Severity::Warning));
        }
        notes.iter().for_each(|note| self.watch.note(note));
        self.notes.extend(notes);
    }

    fn outcome(mut self, published: Option<Published>) -> Outcome {
        diag::tidy(&mut self.findings);
        let (findings, notes) = (std::mem::take(&mut self.findings), std::mem::take(&mut self.notes));
        Outcome { pipeline: self.pipeline, findings, notes, started: self.started, finished: Timestamp::now(), published }
    }
}

fn locked(folder: &Path, holder: &Holder) -> Finding {
    let since = on_the_wall(&holder.since);
    let message = Text::new(
        format!("{} 正由另一次运行使用：进程 {}（{}），自 {since} 起", folder.display(), holder.process, holder.host),
        format!("another run is using {}: process {} on {}, since {since}", folder.display(), holder.process, holder.host),
    );
    Finding::new(Code::OutputLocked, message).at(diag::Place::file(folder.display().to_string()))
}

pub fn unwritable(output: &Path, fault: &std::io::Error) -> Finding {
    let message =
        Text::new(format!("无法写入 {}：{fault}", output.display()), format!("{} cannot be written: {fault}", output.display()));
    Finding::new(Code::OutputUnwritable, message).at(diag::Place::file(output.display().to_string()))
}

/// The name of a pipeline is that of its folder.
pub fn name(pipeline: &Path) -> String {
    pipeline.file_name().map_or_else(|| pipeline.display().to_string(), |name| name.to_string_lossy().into_owned())
}
