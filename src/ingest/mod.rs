//! Workbooks in, observations out. Reading never fails: a workbook that cannot be read is one finding.

mod blank;
mod context;
mod day;
mod derive;
mod form;
mod layout;
mod merge;
mod number;
mod pages;
mod preview;
mod table;
mod words;
mod workbook;

use std::sync::Arc;

use rayon::prelude::*;

pub use blank::{Occasion, blank, grain, has_period_rows};
pub use layout::{Attach, Drawn, Layout, Side, Template, TotalRow, Values};
pub use merge::Overlap;
pub use number::{Symbol, Unit};
pub use pages::pages;
pub use preview::preview;
pub use words::find_period;

use crate::{
    diag::{Code, Finding, Place},
    model::{Codebook, Dataset, Id, Observation, Text},
};
use table::{Folded, Miss};

/// A file of the input folder.
pub struct Source {
    /// Path inside the folder, with `/`.
    pub path: Arc<str>,
    pub bytes: Vec<u8>,
}

#[derive(Debug, Default)]
pub struct Reading {
    pub dataset: Dataset,
    pub findings: Vec<Finding>,
    /// Workbooks that gave at least one value.
    pub workbooks: usize,
}

/// What one workbook gave.
#[derive(Debug, Default)]
struct Given {
    observations: Vec<Observation>,
    totals: Vec<Observation>,
    findings: Vec<Finding>,
    layouts: Vec<Id>,
}

/// Reads all workbooks, each by whichever layouts fit its sheets. `done` is called after each.
pub fn ingest(sources: &[Source], layouts: &[Layout], book: &Codebook, overlap: Overlap, done: &(dyn Fn() + Sync)) -> Reading {
    let given: Vec<Given> = sources
        .par_iter()
        .map(|source| {
            let given = read(source, layouts, book);
            done();
            given
        })
        .collect();
    let mut reading =
        Reading { workbooks: given.iter().filter(|given| !given.observations.is_empty()).count(), ..Reading::default() };
    for layout in layouts.iter().filter(|layout| !given.iter().any(|given| given.layouts.contains(&layout.id))) {
        reading.findings.push(unused(layout));
    }
    for given in given {
        reading.dataset.observations.extend(given.observations);
        reading.dataset.totals.extend(given.totals);
        reading.findings.extend(given.findings);
    }
    reading.dataset.sort();
    let (observations, findings) = merge::merge(std::mem::take(&mut reading.dataset.observations), overlap, book);
    // Written totals are each judged at their own cell.
    reading.dataset.observations = observations;
    derive::derive(&mut reading.dataset.observations, book);
    reading.findings.extend(findings);
    reading
}

fn read(source: &Source, layouts: &[Layout], book: &Codebook) -> Given {
    let mut given = Given::default();
    let sheets = match workbook::open(&source.bytes) {
        Ok(sheets) => sheets,
        Err(why) => {
            let message =
                Text::new(format!("{} 无法读取：{}", source.path, why.zh), format!("{} cannot be read: {}", source.path, why.en));
            given.findings.push(Finding::new(Code::WorkbookUnreadable, message).at(Place::file(source.path.as_ref())));
            return given;
        }
    };
    let mut nearest: Option<(Miss, &Layout, String)> = None;
    for sheet in &sheets {
        let folded = Folded::new(sheet);
        for layout in layouts {
            match folded.find(layout, book) {
                Ok(tables) => {
                    let reader = form::Reader { file: &source.path, sheet: &folded, layout, book };
                    for table in &tables {
                        let read = reader.read(table);
                        given.observations.extend(read.observations);
                        given.totals.extend(read.totals);
                        given.findings.extend(read.findings);
                        given.findings.extend(reader.absent_headings(table));
                    }
                    given.layouts.push(layout.id.clone());
                }
                Err(miss) if nearest.as_ref().is_none_or(|(best, ..)| miss.found > best.found) => {
                    nearest = Some((miss, layout, sheet.name.clone()));
                }
                Err(_) => {}
            }
        }
    }
    if given.layouts.is_empty() {
        given.findings.push(no_layout(source, nearest));
    }
    given
}

/// No sheet fits any layout: says which came nearest and what it lacked.
fn no_layout(source: &Source, nearest: Option<(Miss, &Layout, String)>) -> Finding {
    let message =
        Text::new(format!("{} 中没有一张表符合任何版式", source.path), format!("no table in {} fits any layout", source.path));
    let finding = Finding::new(Code::LayoutMissing, message).at(Place::file(source.path.as_ref()));
    let Some((miss, layout, sheet)) = nearest.filter(|(miss, ..)| miss.found > 0) else { return finding };
    let expected = Text::new(
        format!("最接近的是《{}》（工作表“{sheet}”），缺少：{}", layout.title.zh, miss.missing.join("、")),
        format!("nearest is `{}` (sheet `{sheet}`), which lacks: {}", layout.title.en, miss.missing.join(", ")),
    );
    finding.expected(expected).judged_by(&layout.place)
}

fn unused(layout: &Layout) -> Finding {
    let message = Text::new(
        format!("没有任何工作簿含有《{}》（版式 {}）", layout.title.zh, layout.id),
        format!("no workbook holds `{}` (layout {})", layout.title.en, layout.id),
    );
    Finding::new(Code::LayoutUnused, message).judged_by(&layout.place)
}
