//! The stages in order, from a plan and a list of workbooks to a published folder.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::civil::Date;
use rayon::prelude::*;

use super::{
    Published, Stage,
    artifacts::{self, Made},
    drawings::Earlier,
    found::{Found, verdicts},
    grounds::Grounds,
    input::Listed,
    latest,
    manifest::{self, Manifest},
    night::{Night, unwritable},
    output::{Artifact, Staging, Written},
    pages,
    receive::{Received, receive},
    register, revised,
    store::{Cache, Said},
    unchanged::{Before, RestsOn},
};
use crate::{
    check::{self, completeness},
    compute::{self, Questions},
    diag::{self, Code, Finding},
    ingest::{self, Forgetful, Reading, Store},
    model::{ArrivalState, RevisionKind, Senders, Text},
    plan::Plan,
};

/// Faults that may be over by the next night without anything having changed.
const UNLUCKY: [Code; 3] = [Code::WorkbookUnreadable, Code::InputUnreadable, Code::WorkbookChanging];

/// What a run needs before it takes hold of the output folder.
pub struct Ready {
    pub plan: Plan,
    pub workbooks: Vec<Listed>,
}

/// What has come, and what it rests on.
struct Tonight<'a> {
    plan: &'a Plan,
    received: Received,
    /// The day on which each workbook came.
    days: BTreeMap<Arc<str>, Date>,
    /// The pipeline's folder in the cache. None on a cold run, and where what the plan was made of has only just been changed.
    kept: Option<(PathBuf, Grounds)>,
}

/// None where there is nothing to publish; the findings say why.
pub fn batch(night: &mut Night, ready: &Ready, staging: &Staging) -> Option<Published> {
    night.clock.enter_quietly(Stage::Receive);
    let order = night.order;
    let plan = &ready.plan;
    // Files that are only hashed, and taken again if nothing has changed, are no reason for large ones.
    pages::are_large(false);
    let received = receive(&ready.workbooks, &mut night.findings);
    if received.sources.is_empty() {
        return None;
    }
    let days = register::days(&order.input, &received.stamps, &mut night.findings);
    let grounds = |cache: &PathBuf| Some((cache.join(&plan.name), Grounds::of(&order.pipeline, plan, night.begun)?));
    let kept = order.upkeep.cache.as_ref().and_then(grounds);
    let tonight = Tonight { plan, received, days, kept };
    let rests_on = tonight
        .kept
        .as_ref()
        .map(|(folder, grounds)| RestsOn::of(order, folder, grounds, &tonight.received.stamps, &tonight.days, &night.findings));
    let last = latest(&order.output, &plan.name);
    let before = rests_on
        .as_ref()
        .zip(tonight.kept.as_ref())
        .and_then(|(rests_on, (_, grounds))| rests_on.before(&last, &plan.name, staging.run_id(), grounds));
    let published = match before {
        Some(before) => again(night, &tonight, before, staging),
        None => anew(night, &tonight, rests_on.as_ref(), staging)?,
    };
    match published {
        Ok(published) => Some(published),
        Err(fault) => {
            night.findings.push(unwritable(&order.output, &fault));
            None
        }
    }
}

/// The files of the run before, under tonight's name.
fn again(night: &mut Night, tonight: &Tonight, mut before: Before, staging: &Staging) -> io::Result<Published> {
    night.clock.enter(Stage::Publish, 0);
    night.findings.clone_from(&before.findings);
    // What that run revised is not revised tonight.
    for fresh in revised::artifacts(&before.revisions(), tonight.plan, night.order)? {
        if let Some(artifact) = before.artifacts.iter_mut().find(|artifact| artifact.path == fresh.path) {
            before.remade.push(fresh.path);
            artifact.bytes = fresh.bytes;
        }
    }
    let is_remade = |artifact: &&Artifact| before.remade.contains(&artifact.path);
    let (remade, same): (Vec<&Artifact>, Vec<&Artifact>) = before.artifacts.iter().partition(is_remade);
    same.into_par_iter().try_for_each(|artifact| staging.put(artifact))?;
    let remade = remade.into_iter().map(|artifact| staging.write(artifact)).collect::<io::Result<Vec<Written>>>()?;
    let (stamps, times) = (&tonight.received.stamps, night.clock.times());
    let manifest = manifest::again(&before, &remade, stamps, &night.notes, staging.run_id(), night.started, &times);
    Ok(Published {
        folder: staging.publish(&manifest)?,
        files: before.artifacts.len() + 1,
        workbooks: before.count("workbooks_read"),
        values: before.count("observations"),
        figures: before.count("figures"),
        verdicts: before.verdicts(),
        late: before.count("late"),
        same_as: before.manifest["run"].as_str().map(str::to_string),
        revisions: [0; 3],
        sample: tonight.plan.sample,
    })
}

/// All the stages.
fn anew(night: &mut Night, tonight: &Tonight, rests_on: Option<&RestsOn>, staging: &Staging) -> Option<io::Result<Published>> {
    let Night { order, watch, started, clock, findings, notes, .. } = night;
    let Tonight { plan, received, days, kept } = tonight;
    clock.enter(Stage::Ingest, received.sources.len());
    // Rows of lists go through little memory, and so do the dots of pictures.
    pages::are_large(plan.records.layouts.is_empty());
    let cache = kept.as_ref().map(|(folder, grounds)| Cache::open(folder.clone(), grounds, &received.stamps));
    let store: &dyn Store = cache.as_ref().map_or(&Forgetful, |cache| cache);
    let Reading { mut dataset, findings: read, accepted, workbooks, .. } =
        ingest::ingest(&received.sources, &plan.rules(), &order.readers, store, &|| watch.step());
    order.readers.rest();
    dataset.forget_to_come(order.as_of);
    findings.extend(read);
    let parsed = match cache.map(Cache::close) {
        Some(Said { notes: said, read }) => {
            said.iter().for_each(|note| watch.note(note));
            notes.extend(said);
            read
        }
        None => received.sources.len(),
    };
    if dataset.observations.is_empty() {
        findings.push(nothing_read(&order.input));
        return None;
    }

    clock.enter(Stage::Check, 0);
    let senders = Senders::new(&plan.form_codes(), &plan.senders, &dataset, &plan.book).on(order.as_of);
    findings.extend(check::check(&mut dataset, &plan.checks, &senders, &plan.book, &accepted));
    let completeness = completeness(&dataset, &plan.form_codes(), &senders);
    let arrivals = check::arrivals(&completeness, &plan.deadlines, days, &senders, &plan.book, order.as_of);
    let reminders = check::reminders(&arrivals, &plan.book, order.as_of);
    let late = arrivals.iter().filter(|arrival| arrival.state == ArrivalState::Overdue).count();

    clock.enter(Stage::Compute, 0);
    let (summary, remarks, withheld) = match compute::compute(&mut dataset, &questions(plan, &senders, order.as_of)) {
        Ok(computed) => computed,
        Err(fault) => {
            findings.push(compute_failed(fault));
            return None;
        }
    };
    findings.extend(remarks);
    let stale = diag::accept(findings, &accepted);
    findings.extend(stale);
    findings.iter_mut().for_each(|finding| finding.withhold(&withheld));

    clock.enter(Stage::Chart, 0);
    let found = Found {
        order,
        plan,
        dataset: &dataset,
        summary: &summary,
        completeness: &completeness,
        arrivals: &arrivals,
        reminders: &reminders,
    };
    let figures = found.figures(findings);
    diag::tidy(findings);

    clock.enter(Stage::Publish, figures.len());
    if !figures.is_empty() {
        pages::are_large(false);
    }
    let last = latest(&order.output, &plan.name);
    let before = artifacts::Before {
        drawings: order.upkeep.cache.as_ref().map_or_else(Earlier::default, |_| Earlier::of(&last, &plan.name)),
        run: revised::Earlier::of(&last, &plan.name),
        watch: *watch,
    };
    // Why a file could not be read may be a matter of this night: such a night is not taken again.
    let rests_on = rests_on.filter(|_| !findings.iter().any(|finding| UNLUCKY.contains(&finding.code)));
    let published = || -> io::Result<Published> {
        let Made { files, revisions, records, drawn } = found.artifacts(findings, &figures, &before, staging)?;
        let manifest = manifest::manifest(&Manifest {
            order,
            plan,
            stamps: &received.stamps,
            made_of: rests_on.map(|rests_on| rests_on.made_of.as_str()),
            findings,
            notes,
            summary: &summary,
            workbooks,
            workbooks_parsed: parsed,
            observations: dataset.observations.len(),
            late,
            drawings: &records,
            drawings_drawn: drawn,
            run_id: staging.run_id(),
            started: *started,
            times: &clock.times(),
            files: &files,
            revisions: &revisions,
        });
        let folder = staging.publish(&manifest)?;
        if let Some(rests_on) = rests_on {
            rests_on.keep(findings);
        }
        Ok(Published {
            folder,
            files: files.len() + 1,
            workbooks,
            values: dataset.observations.len(),
            figures: records.len(),
            verdicts: verdicts(plan, &summary),
            late,
            same_as: None,
            revisions: RevisionKind::ALL.map(|kind| revisions.count(kind)),
            sample: plan.sample,
        })
    };
    let published = published();
    // Nobody need wait until all this is taken apart.
    rayon::spawn(move || drop((dataset, summary, figures)));
    Some(published)
}

pub fn compute_failed(fault: impl std::fmt::Display) -> Finding {
    Finding::new(Code::ComputeFailed, Text::new(format!("计算失败：{fault}"), format!("computing failed: {fault}")))
}

/// What a plan asks of the data.
pub fn questions<'a>(plan: &'a Plan, senders: &'a Senders, as_of: Date) -> Questions<'a> {
    Questions {
        indicators: &plan.indicators,
        targets: &plan.targets,
        book: &plan.book,
        forms: &plan.forms,
        owed: &plan.owed,
        senders,
        profiles: &plan.profiles,
        ledger: plan.ledger.as_ref(),
        task_sheet: plan.task_sheet.as_ref(),
        disclosure: plan.disclosure.as_ref(),
        as_of,
    }
}

fn nothing_read(input: &Path) -> Finding {
    let message =
        Text::new(format!("{} 中没有读到任何数值", input.display()), format!("no value could be read from {}", input.display()));
    Finding::new(Code::NothingRead, message).at(diag::Place::file(input.display().to_string()))
}
