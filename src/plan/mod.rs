//! A pipeline ready to run: every name looked up, every fault of the pipeline reported at once.

mod audit;
mod charts;
mod checks;
mod corrections;
mod deadlines;
mod disclosure;
mod formulas;
mod indicators;
mod layouts;
mod names;
mod reported;
mod seeds;
mod targets;
mod templates;

pub use names::nearest;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use crate::{
    chart::{Spot, Wishes},
    check::{Check, Deadline},
    compute::{Disclosure, LedgerColumns, TaskSheet},
    diag::{Code, Finding, Severity},
    ingest::{Correction, Layout, Overlap},
    model::{Codebook, Id, Indicator, Profile, Target, Text},
    spec::{Spec, SubjectSpec},
};

#[derive(Debug)]
pub struct Plan {
    pub name: String,
    pub title: Text,
    pub source: Text,
    pub sample: bool,
    pub overlap: Overlap,
    pub subjects: Vec<SubjectSpec>,
    pub book: Codebook,
    pub layouts: Vec<Layout>,
    pub indicators: Vec<Indicator>,
    pub targets: Vec<Target>,
    pub checks: Vec<Check>,
    pub corrections: Vec<Correction>,
    pub deadlines: Vec<Deadline>,
    /// Which layouts give each measure.
    pub forms: HashMap<Id, Vec<Id>>,
    /// The areas that send each form, where these are not the districts.
    pub senders: HashMap<Id, Vec<Id>>,
    pub profiles: Vec<Profile>,
    pub ledger: Option<LedgerColumns>,
    pub task_sheet: Option<TaskSheet>,
    pub disclosure: Option<Disclosure>,
    /// Which charts are drawn, and where areas stand on a map of tiles.
    pub wishes: Wishes,
    pub tiles: Vec<Spot>,
    /// The audit of the document that the targets come from.
    pub audit: Vec<crate::audit::Check>,
    /// Files outside the pipeline's folder that it was made of: areas and code lists.
    pub lists: Vec<PathBuf>,
}

impl Plan {
    /// Reads and resolves a pipeline's folder. None where a fault of the pipeline leaves nothing to run.
    pub fn read(folder: &Path, findings: &mut Vec<Finding>) -> Option<Plan> {
        let spec = Spec::read(folder, findings)?;
        let plan = resolve(&spec, folder, findings);
        // A name that a faulty entry was to define is unknown for that reason alone: one fault, one finding.
        findings.retain(|finding| finding.code != Code::NameUnknown || !spec.tried_to_define(&finding.read));
        let sound = findings.iter().all(|finding| finding.severity != Severity::Error);
        sound.then_some(plan)
    }

    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.id.as_ref() == id)
    }

    pub fn layout(&self, id: &str) -> Option<&Layout> {
        self.layouts.iter().find(|layout| layout.id.as_ref() == id)
    }
}

fn resolve(spec: &Spec, folder: &Path, findings: &mut Vec<Finding>) -> Plan {
    let file = &spec.pipeline.content;
    let mut book = Codebook { areas: seeds::areas(spec, folder, findings), ..Codebook::default() };
    book.dimensions = seeds::dimensions(spec, folder, findings);
    book.measures = indicators::measures(spec, &book, findings);
    let layouts = layouts::layouts(spec, &book, findings);
    let indicators = indicators::indicators(spec, folder, &book, findings);
    let reported = reported::reported(spec, folder, findings);
    let profiles = targets::profiles(spec, findings);
    let targets =
        targets::targets(spec, &targets::Known { indicators: &indicators, profiles: &profiles, reported: &reported }, findings);
    let ledger = targets::ledger(spec, &book, findings);
    let task_sheet = targets::task_sheet(spec, &book, findings);
    let audit = audit::checks(spec, &reported, &targets, findings);
    let senders = layouts.iter().filter_map(|layout| Some((layout.id.clone(), layout.sent_by.clone()?))).collect();
    let checks = checks::checks(spec, &book, &layouts, findings);
    let disclosure = disclosure::disclosure(spec, &book, &checks, findings);
    let corrections = corrections::corrections(spec, findings);
    let deadlines = deadlines::deadlines(&spec.deadlines, &book, &layouts, findings);
    let wishes = charts::wishes(spec, &indicators, findings);
    let tiles = charts::tiles(spec, folder, &book.areas, findings);
    let forms = forms(&book, &layouts);
    Plan {
        name: spec.name.clone(),
        title: file.title.clone(),
        source: file.source.clone(),
        sample: file.sample,
        overlap: file.overlap,
        subjects: file.subjects.clone(),
        book,
        layouts,
        indicators,
        targets,
        checks,
        corrections,
        deadlines,
        forms,
        senders,
        profiles,
        ledger,
        task_sheet,
        disclosure,
        wishes,
        tiles,
        audit,
        lists: seeds::lists(spec, folder),
    }
}

/// A derived measure comes by the forms of its factors.
fn forms(book: &Codebook, layouts: &[Layout]) -> HashMap<Id, Vec<Id>> {
    let giving = |measure: &Id| -> Vec<Id> {
        let gives = |layout: &&Layout| layout.values.iter().any(|values| values.measure == *measure);
        layouts.iter().filter(gives).map(|layout| layout.id.clone()).collect()
    };
    let of = |measure: &crate::model::Measure| match (&measure.product, &measure.split) {
        // The derived row keeps the form of its first factor, or of what it is split from.
        (Some(factors), _) => factors.first().map(giving).unwrap_or_default(),
        (None, Some(split)) => giving(&split.of),
        (None, None) => giving(&measure.id),
    };
    book.measures.iter().map(|measure| (measure.id.clone(), of(measure))).collect()
}
