//! A pipeline ready to run: every name looked up, every fault of the pipeline reported at once.

mod audit;
mod brief;
mod charts;
mod checks;
mod corrections;
mod deadlines;
mod disclosure;
mod formulas;
mod indicators;
mod layouts;
mod list;
mod names;
mod records;
mod reported;
mod seeds;
mod targets;
mod templates;

pub use names::nearest;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    chart::{Spot, Wishes},
    check::{Check, Deadline},
    compute::{Disclosure, LedgerColumns, TaskSheet},
    diag::{Code, Finding, Severity},
    ingest::{
        Correction, Layout, Overlap, Rules,
        records::{Recipe, RecordsLayout},
    },
    model::{Codebook, Id, Indicator, Measure, OutputFormat, Profile, Target, Text},
    publish::brief::wording::Wording,
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
    /// Lists: one row per school or per pupil.
    pub records: Recipe,
    pub indicators: Vec<Indicator>,
    pub targets: Vec<Target>,
    pub checks: Vec<Check>,
    pub corrections: Vec<Correction>,
    pub deadlines: Vec<Deadline>,
    /// The dataflow as whose data the indicators are also written in SDMX-CSV.
    pub sdmx: Option<String>,
    /// What is written besides the CSV tables and the charts.
    pub formats: Vec<OutputFormat>,
    /// The words of the bulletin.
    pub brief: Wording,
    /// Which layouts give each measure.
    pub forms: FxHashMap<Id, Vec<Id>>,
    /// Measures that a form may not leave out.
    pub owed: FxHashSet<Id>,
    /// The areas that send each form, where these are not the districts.
    pub senders: FxHashMap<Id, Vec<Id>>,
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
        // Of a pipeline.toml that gives nothing every name in the other files would be unknown.
        if spec.pipeline.is_lost {
            return None;
        }
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

    /// Codes of everything that is sent: forms, then lists.
    pub fn form_codes(&self) -> Vec<Id> {
        records::forms(&self.layouts, &self.records.layouts).cloned().collect()
    }

    pub fn form_title(&self, code: &str) -> Option<&Text> {
        let of_forms = self.layouts.iter().map(|layout| (&layout.id, &layout.title));
        let mut all = of_forms.chain(self.records.layouts.iter().map(|list| (&list.id, &list.title)));
        all.find(|(id, _)| id.as_ref() == code).map(|(_, title)| title)
    }

    pub fn publishes(&self, format: OutputFormat) -> bool {
        self.formats.contains(&format)
    }

    /// What reading the workbooks goes by.
    pub fn rules(&self) -> Rules<'_> {
        let Plan { layouts, records, book, overlap, corrections, .. } = self;
        Rules { layouts, records, book, overlap: *overlap, corrections }
    }
}

fn resolve(spec: &Spec, folder: &Path, findings: &mut Vec<Finding>) -> Plan {
    let file = &spec.pipeline.content;
    let mut book = Codebook { areas: seeds::areas(spec, folder, findings), ..Codebook::default() };
    book.dimensions = seeds::dimensions(spec, folder, findings);
    book.measures = indicators::measures(spec, &book, findings);
    let layouts = layouts::layouts(spec, &book, findings);
    let records = records::records(spec, &book, &layouts, findings);
    let indicators = indicators::indicators(spec, folder, &book, findings);
    let reported = reported::reported(spec, folder, findings);
    let profiles = targets::profiles(spec, findings);
    let targets =
        targets::targets(spec, &targets::Known { indicators: &indicators, profiles: &profiles, reported: &reported }, findings);
    let ledger = targets::ledger(spec, &book, findings);
    let task_sheet = targets::task_sheet(spec, &book, findings);
    let audit = audit::checks(spec, &reported, &targets, findings);
    let known: Vec<Id> = records::forms(&layouts, &records).cloned().collect();
    let of_forms = layouts.iter().map(|layout| (&layout.id, &layout.sent_by));
    let of_lists = records.iter().map(|list| (&list.id, &list.sent_by));
    let senders = of_forms.chain(of_lists).filter_map(|(form, by)| Some((form.clone(), by.clone()?))).collect();
    let checks = checks::checks(spec, &book, &known, findings);
    let disclosure = disclosure::disclosure(spec, &book, &checks, findings);
    let corrections = corrections::corrections(spec, findings);
    let deadlines = deadlines::deadlines(&spec.deadlines, &book, &known, findings);
    let wishes = charts::wishes(spec, &indicators, findings);
    let tiles = charts::tiles(spec, folder, &book.areas, findings);
    let forms = forms(&book, &layouts, &records);
    let owed = owed(&book, &layouts);
    Plan {
        name: spec.name.clone(),
        title: file.title.clone(),
        source: file.source.clone(),
        sample: file.sample,
        overlap: file.overlap,
        subjects: file.subjects.clone(),
        records: Recipe { layouts: records, book: book.clone() },
        book,
        layouts,
        indicators,
        targets,
        checks,
        corrections,
        deadlines,
        sdmx: dataflow(spec, findings),
        formats: file.publish.clone().unwrap_or_else(|| OutputFormat::ALL.to_vec()),
        brief: brief::wording(&spec.brief, findings),
        forms,
        owed,
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

/// The name of a dataflow: agency, colon, id, version in brackets.
fn dataflow(spec: &Spec, findings: &mut Vec<Finding>) -> Option<String> {
    let written = spec.pipeline.content.sdmx.as_ref()?;
    let name = written.as_ref();
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
    let parts = name.strip_suffix(')').and_then(|name| name.split_once(':'));
    let parts = parts.and_then(|(agency, rest)| rest.split_once('(').map(|(id, version)| [agency, id, version]));
    if !parts.is_some_and(|parts| parts.into_iter().all(is_word)) {
        let place = spec.pipeline.place(written);
        let message = Text::new(
            format!("{place}：“{name}”不是数据流名称，应写作 AGENCY:FLOW(1.0)"),
            format!("{place}: `{name}` names no dataflow: write it as AGENCY:FLOW(1.0)"),
        );
        findings.push(Finding::new(Code::TomlShape, message).read(name.as_str()).judged_by(&place));
    }
    Some(name.clone())
}

/// A derived measure comes by the forms of all that it is derived from, down to what is counted.
fn forms(book: &Codebook, layouts: &[Layout], records: &[RecordsLayout]) -> FxHashMap<Id, Vec<Id>> {
    let giving = |measure: &Id| -> Vec<Id> {
        let of_forms = layouts.iter().filter(|layout| layout.values.iter().any(|values| values.measure == *measure));
        let of_lists = records.iter().filter(|list| list.values.iter().any(|counted| counted.measure == *measure));
        of_forms.map(|layout| &layout.id).chain(of_lists.map(|list| &list.id)).cloned().collect()
    };
    let of = |measure: &Measure| -> BTreeSet<Id> { book.roots(measure).into_iter().flat_map(giving).collect() };
    book.measures.iter().map(|measure| (measure.id.clone(), of(measure).into_iter().collect())).collect()
}

/// Measures of which every form that gives them has a column that may not be left out; of derived ones, all that they are derived from.
fn owed(book: &Codebook, layouts: &[Layout]) -> FxHashSet<Id> {
    let is_owed = |id: &&Id| {
        let mut columns = layouts.iter().flat_map(|layout| &layout.values).filter(|values| values.measure == **id).peekable();
        columns.peek().is_some() && columns.all(|values| !values.optional)
    };
    let are_owed = |measure: &&Measure| book.roots(measure).iter().all(is_owed);
    book.measures.iter().filter(are_owed).map(|measure| measure.id.clone()).collect()
}
