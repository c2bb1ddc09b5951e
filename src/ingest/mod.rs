//! Workbooks in, observations out. Reading never fails: a workbook that cannot be read is one finding.

mod again;
mod attached;
mod bands;
mod blank;
mod context;
mod correction;
mod day;
mod derive;
mod elsewhere;
mod folded;
mod form;
mod hidden;
mod known;
mod layout;
mod marks;
mod merge;
mod nearest;
mod number;
mod numeral;
mod pages;
mod part_rows;
mod preview;
mod reader;
pub mod records;
mod signature;
mod source;
mod spelt;
mod split;
mod stray;
mod table;
mod totals_alone;
mod unit;
mod unit_line;
mod unlike;
mod unplaced;
mod unread;
mod value;
mod words;
mod workbook;

use std::{borrow::Cow, cmp::Reverse};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

pub use blank::{Occasion, blank, grain, has_period_rows, record_sheets};
pub use correction::{Action, Correction};
pub use layout::{Attach, Drawn, Layout, Side, TOTALS, Template, TotalRow, Values};
pub use merge::Overlap;
pub use number::Symbol;
pub use pages::pages;
pub use preview::preview;
pub use reader::{lists, row_numbers, serve};
pub use signature::SIGNERS;
pub use source::{Content, OnDisk, Source};
pub use unit::Unit;
pub use words::find_period;
pub use workbook::{Flow, Format, Held, Plain, PlainSheet, READ_WORKBOOKS, Readers, Seen, Sink, Unusual, decode};

use crate::{
    diag::{Accepted, Code, Finding, Place, Severity, TomlPlace},
    model::{Codebook, Dataset, EmptyList, Id, Observation, Text, Unplaced},
};
use folded::Folded;
use nearest::{Misses, no_layout};
use reader::Besides;
use records::{Kept, Near, Recipe};
use unlike::Unlike;
use workbook::Sheet;

/// What a pipeline knows of its workbooks.
pub struct Rules<'a> {
    pub layouts: &'a [Layout],
    pub records: &'a Recipe,
    pub book: &'a Codebook,
    pub overlap: Overlap,
    pub corrections: &'a [Correction],
}

#[derive(Debug, Default)]
pub struct Reading {
    pub dataset: Dataset,
    pub findings: Vec<Finding>,
    /// Exceptions that hold: their cells still say what was accepted.
    pub accepted: Vec<Accepted>,
    /// Workbooks that gave at least one value.
    pub workbooks: usize,
    /// Of each workbook.
    pub lists: Vec<Lists>,
}

/// The sheets of a workbook that are lists: no row of them is shown to anybody.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lists {
    pub sheets: Vec<String>,
    /// Others may hold tables for people.
    others: bool,
}

impl Lists {
    /// Is there nothing else?
    pub fn are_all(&self) -> bool {
        !self.sheets.is_empty() && !self.others
    }

    /// Is a cell of this sheet one of theirs? A file of one sheet need not name it.
    fn hold(&self, sheet: &str) -> bool {
        self.sheets.iter().any(|known| known == sheet) || sheet.is_empty() && self.are_all()
    }
}

/// What one workbook gave.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Given {
    pub observations: Vec<Observation>,
    /// Totals that the office wrote itself.
    pub totals: Vec<Observation>,
    /// Lists without a row.
    pub empty: Vec<EmptyList>,
    /// Figures of rows of forms that do not tell of what they are.
    pub unplaced: Vec<Unplaced>,
    pub findings: Vec<Finding>,
    pub accepted: Vec<Accepted>,
    /// Forms that fitted one of its sheets.
    pub layouts: Vec<Id>,
    /// Tables of these forms that contradict themselves.
    pub unlike: Vec<(Id, Unlike)>,
    pub lists: Lists,
}

impl Given {
    /// What two readings of one workbook gave, together.
    fn and(mut self, other: Given) -> Given {
        self.observations.extend(other.observations);
        self.totals.extend(other.totals);
        self.empty.extend(other.empty);
        self.unplaced.extend(other.unplaced);
        self.findings.extend(other.findings);
        self.accepted.extend(other.accepted);
        self.layouts.extend(other.layouts);
        self.unlike.extend(other.unlike);
        self
    }
}

/// Where what workbooks gave is kept from one night to the next. Reading itself never touches the disk.
pub trait Store: Sync {
    /// What this workbook gave the last time, if nothing that it depends on has changed.
    fn find(&self, source: &Source) -> Option<Given>;
    fn keep(&self, source: &Source, given: &Given);
    /// The columns of its lists, if these are what its layouts would read: new expressions need no new reading.
    fn find_lists(&self, source: &Source) -> Option<Kept>;
    fn keep_lists(&self, source: &Source, kept: &Kept);
    /// Is anything kept at all?
    fn keeps(&self) -> bool;
}

/// Nothing is kept: every workbook is read.
pub struct Forgetful;

impl Store for Forgetful {
    fn find(&self, _: &Source) -> Option<Given> {
        None
    }

    fn keep(&self, _: &Source, _: &Given) {}

    fn find_lists(&self, _: &Source) -> Option<Kept> {
        None
    }

    fn keep_lists(&self, _: &Source, _: &Kept) {}

    fn keeps(&self) -> bool {
        false
    }
}

/// Reads all workbooks, each by whichever layouts fit its sheets, or takes what the store knows of them. `done` is called after each.
pub fn ingest(sources: &[Source], rules: &Rules, readers: &Readers, store: &dyn Store, done: &(dyn Fn() + Sync)) -> Reading {
    let Rules { layouts, book, overlap, .. } = *rules;
    // The largest first, and each to whoever is free: at the end nobody waits for one large workbook.
    let mut largest_first: Vec<usize> = (0..sources.len()).collect();
    largest_first.sort_by_key(|&at| Reverse(sources[at].length()));
    let mut given: Vec<(usize, Given)> = largest_first
        .into_iter()
        .par_bridge()
        .map(|at| {
            let source = &sources[at];
            let given = store.find(source).unwrap_or_else(|| {
                let given = read(source, rules, readers, store).settled();
                store.keep(source, &given);
                given
            });
            done();
            (at, given)
        })
        .collect();
    given.sort_by_key(|(at, _)| *at);
    let given: Vec<Given> = given.into_iter().map(|(_, given)| given).collect();
    let mut reading =
        Reading { workbooks: given.iter().filter(|given| !given.observations.is_empty()).count(), ..Reading::default() };
    let forms = layouts.iter().map(|layout| (&layout.id, &layout.title, &layout.place));
    let lists = rules.records.layouts.iter().map(|list| (&list.id, &list.title, &list.place));
    for (id, title, place) in forms.chain(lists).filter(|(id, ..)| !given.iter().any(|given| given.layouts.contains(*id))) {
        reading.findings.push(unused(id, title, place));
    }
    let unmatched = rules.corrections.iter().filter(|known| !sources.iter().any(|source| known.is_of(&source.path)));
    reading.findings.extend(unmatched.map(correction::unmatched));
    reading.dataset.observations.reserve(given.iter().map(|given| given.observations.len()).sum());
    for given in given {
        reading.dataset.observations.extend(given.observations);
        reading.dataset.totals.extend(given.totals);
        reading.dataset.empty.extend(given.empty);
        reading.dataset.unplaced.extend(given.unplaced);
        reading.findings.extend(given.findings);
        reading.accepted.extend(given.accepted);
        reading.lists.push(given.lists);
    }
    reading.dataset.sort();
    reading.findings.extend(records::join(&mut reading.dataset.observations, rules.records));
    // Written totals are each judged at their own cell.
    reading.findings.extend(merge::merge(&mut reading.dataset, overlap, book));
    derive::derive(&mut reading.dataset.observations, book);
    reading
}

fn read(source: &Source, rules: &Rules, readers: &Readers, store: &dyn Store) -> Given {
    let mut near = None;
    if !rules.records.layouts.is_empty() {
        let besides = |kept: Option<Kept>| Besides { keeps: kept.is_none() && store.keeps(), kept, wanted: None };
        let list = |kept| reader::list(source, rules.records, besides(kept), readers);
        let again = store.find_lists(source).and_then(|kept| list(Some(kept)).ok());
        match again.map_or_else(|| list(None), Ok) {
            Ok(listed) if !listed.given.layouts.is_empty() => {
                if let Some(kept) = &listed.kept {
                    store.keep_lists(source, kept);
                }
                let lists = Lists { sheets: listed.sheets(), others: listed.others };
                let besides = beside_lists(source, &lists, rules, readers);
                return Given { lists, ..listed.given.and(besides) };
            }
            Ok(listed) => near = listed.nearest,
            Err(why) => return unreadable(source, &why),
        }
        if rules.layouts.is_empty() {
            let mut given = Given::default();
            given.findings.push(no_layout(source, None, near.as_ref(), rules));
            return given;
        }
    }
    match source.bytes().and_then(|bytes| readers.open(&bytes)) {
        Ok(sheets) => forms(source, sheets, near.as_ref(), rules),
        Err(why) => unreadable(source, &why),
    }
}

/// What forms in other sheets of a workbook of lists give. A sheet that is like none of them is a note beside a list.
fn beside_lists(source: &Source, lists: &Lists, rules: &Rules, readers: &Readers) -> Given {
    let corrections = rules.corrections.iter().filter(|known| known.in_force && known.is_of(&source.path)).cloned();
    let (of_lists, others): (Vec<Correction>, Vec<Correction>) = corrections.partition(|known| lists.hold(&known.sheet));
    let sheets = match lists.others && !rules.layouts.is_empty() {
        true => source.bytes().and_then(|bytes| readers.open_without(&lists.sheets, &bytes)),
        false => Ok(Vec::new()),
    };
    match sheets {
        Ok(sheets) => {
            let mut given = forms(source, sheets, None, &Rules { corrections: &others, ..*rules });
            given.findings.extend(of_lists.iter().map(|known| correction::of_list(known, source)));
            if given.layouts.is_empty() {
                given.findings.retain(|finding| finding.code != Code::LayoutMissing || finding.expected != Text::default());
            }
            given
        }
        Err(why) => {
            let message = Text::new(
                format!("{} 中清单以外的工作表未能读取：{}", source.path, why.zh),
                format!("the sheets beside the lists of {} cannot be read: {}", source.path, why.en),
            );
            let next = Text::new("把清单与其他表分成两个工作簿。", "Send the list and the other sheets as two workbooks.");
            let finding = Finding::new(Code::LayoutMissing, message).severity(Severity::Warning).next(next);
            Given { findings: vec![finding.at(Place::file(source.path.as_ref()))], ..Given::default() }
        }
    }
}

fn unreadable(source: &Source, why: &Text) -> Given {
    let message =
        Text::new(format!("{} 无法读取：{}", source.path, why.zh), format!("{} cannot be read: {}", source.path, why.en));
    let finding = Finding::new(Code::WorkbookUnreadable, message).at(Place::file(source.path.as_ref()));
    let advice = source.bytes().ok().and_then(|bytes| workbook::advice(&bytes));
    let finding = advice.into_iter().fold(finding, Finding::next);
    Given { findings: vec![finding], ..Given::default() }
}

/// Reads the tables for people in a workbook's sheets. `near` is the list that came nearest, if it was to be one.
fn forms(source: &Source, mut sheets: Vec<Sheet>, near: Option<&Near>, rules: &Rules) -> Given {
    let Rules { layouts, book, .. } = *rules;
    let mut given = Given::default();
    for known in rules.corrections.iter().filter(|known| known.is_of(&source.path)) {
        correction::apply(known, source, &mut sheets, &mut given.accepted, &mut given.findings);
    }
    let mut misses = Misses::default();
    let mut read: Vec<&Sheet> = Vec::new();
    for sheet in &sheets {
        let views = Views::new(sheet, layouts);
        for layout in layouts {
            let folded = views.of(layout);
            match folded.find(layout, book) {
                Ok(tables) => {
                    let reader = form::Reader { file: &source.path, sheet: folded, layout, book };
                    let before = (given.observations.len(), given.totals.len());
                    for table in &tables {
                        reader.read(table, &mut given);
                        given.findings.extend(reader.absent_headings(table));
                    }
                    let seen = given.observations[before.0..].iter().chain(&given.totals[before.1..]);
                    let hidden = reader.hidden(&tables, seen);
                    given.findings.extend(hidden);
                    given.layouts.push(layout.id.clone());
                    read.push(sheet);
                }
                // Nobody asks where one sheet of several belongs, unless it nearly fits.
                Err(miss) if !given.layouts.is_empty() && !miss.is_near() => {}
                Err(miss) => misses.push(miss, layout, sheet),
            }
        }
    }
    match given.layouts.is_empty() {
        true => given.findings.push(no_layout(source, misses.nearest().as_ref(), near, rules)),
        false => given.findings.extend(misses.beside(&given.layouts, &read, source)),
    }
    given
}

/// A sheet as it lies and, for layouts that ask for it, turned on its side.
struct Views<'a> {
    upright: Folded<'a>,
    turned: Option<Folded<'a>>,
}

impl<'a> Views<'a> {
    fn new(sheet: &'a Sheet, layouts: &[Layout]) -> Self {
        let turned = layouts.iter().any(|layout| layout.transposed).then(|| Folded::new(Cow::Owned(sheet.transposed())));
        Views { upright: Folded::new(Cow::Borrowed(sheet)), turned }
    }

    fn of(&self, layout: &Layout) -> &Folded<'a> {
        self.turned.as_ref().filter(|_| layout.transposed).unwrap_or(&self.upright)
    }
}

fn unused(id: &Id, title: &Text, place: &TomlPlace) -> Finding {
    let message = Text::new(
        format!("没有任何工作簿含有《{}》（版式 {id}）", title.zh),
        format!("no workbook holds `{}` (layout {id})", title.en),
    );
    Finding::new(Code::LayoutUnused, message).judged_by(place)
}
