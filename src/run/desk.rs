//! The checks of the batch on single workbooks, at the desk of whoever filled them: no other districts, no targets.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::understood::{Understood, understood};
use crate::{
    check::{self, Expect},
    diag::{self, Code, Finding, Place, Severity},
    ingest::{self, Forgetful, Readers, Reading, Source},
    model::{Language, Page, Senders, Text},
    plan::Plan,
    publish::annotated,
};

pub struct DeskOrder {
    pub pipeline: PathBuf,
    pub files: Vec<PathBuf>,
    /// Write a copy of each workbook with what was found in its cells.
    pub annotate: bool,
    /// Where these copies go; beside the workbooks where it is left out.
    pub output: Option<PathBuf>,
    /// Periods that are not due on this day are not asked for.
    pub as_of: Date,
    pub language: Language,
    /// Where workbooks are read: in this process, or in processes of their own.
    pub readers: Readers,
}

/// What was found, with the sheets to show it in.
#[derive(Debug, Default)]
pub struct Desk {
    pub findings: Vec<Finding>,
    pub pages: Vec<Page>,
    pub values: usize,
    /// What its sheets were taken for.
    pub understood: Vec<Understood>,
    /// Rules that had something to look at.
    pub rules: usize,
    pub annotated: Vec<PathBuf>,
}

impl Desk {
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// 0: it can be sent; 1: something is to be corrected; 2: nothing was checked at all.
    pub fn exit_code(&self) -> u8 {
        match (self.is_looked_at(), self.count(Severity::Error)) {
            (false, _) => 2,
            (true, 0) => 0,
            (true, _) => 1,
        }
    }

    /// Has any rule had something to look at, or is all that has come a list without a row?
    pub fn is_looked_at(&self) -> bool {
        self.rules > 0 || self.values == 0 && !self.understood.is_empty()
    }
}

/// Reads and checks the workbooks together. The error is why nothing could be looked at.
pub fn check_files(order: &DeskOrder) -> Result<Desk, Vec<Finding>> {
    let mut findings = Vec::new();
    let Some(plan) = Plan::read(&order.pipeline, &mut findings) else { return Err(findings) };
    let mut desk = Desk { findings, ..Desk::default() };
    let files: Vec<PathBuf> = order.files.iter().flat_map(|path| workbooks(path, &mut desk.findings)).collect();
    let sources: Vec<(PathBuf, Source)> = files.iter().filter_map(|path| source(path, &files, &mut desk.findings)).collect();
    let (paths, sources): (Vec<PathBuf>, Vec<Source>) = sources.into_iter().unzip();
    look(&plan, &sources, order, &mut desk);
    desk.findings = std::mem::take(&mut desk.findings).into_iter().map(diag::at_the_desk).collect();
    diag::tidy(&mut desk.findings);
    if !desk.is_looked_at() {
        // Behind why: what follows from it comes last.
        let has_cause = desk.count(Severity::Error) > 0;
        desk.findings.push(nothing_checked(has_cause));
    }
    if order.annotate {
        annotate(&paths, &sources, order, &mut desk);
    }
    Ok(desk)
}

fn nothing_checked(has_cause: bool) -> Finding {
    let message =
        Text::new("没有任何数值可供核对：等于没有检查", "nothing could be checked: this says nothing about the workbook");
    let finding = Finding::new(Code::NothingChecked, message);
    match has_cause {
        true => finding.next(Text::new("先处理上面的问题，再核对一次。", "Mend what is said above, then check again.")),
        false => finding,
    }
}

/// A file, or all workbooks of a folder.
fn workbooks(path: &Path, findings: &mut Vec<Finding>) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_path_buf()];
    }
    super::input::list(path, findings).into_iter().flatten().map(|listed| listed.path).collect()
}

/// Reads the workbooks and answers every rule that can be answered from them alone.
fn look(plan: &Plan, sources: &[Source], order: &DeskOrder, desk: &mut Desk) {
    let Reading { mut dataset, findings, accepted, lists, .. } =
        ingest::ingest(sources, &plan.rules(), &order.readers, &Forgetful, &|| {});
    // Of a list no row is shown, not even at the desk: what is said of it names cells.
    for (source, lists) in sources.iter().zip(&lists).filter(|(_, lists)| !lists.are_all()) {
        let pages = ingest::pages(source, &lists.sheets, &plan.layouts, &plan.book, &order.readers);
        desk.pages.extend(pages.unwrap_or_default());
    }
    dataset.forget_to_come(order.as_of);
    // A form that is not here is no fault of this workbook, nor is a correction of another one.
    let is_here = |finding: &Finding| sources.iter().any(|source| *source.path == *finding.place.file);
    let is_of_others = |finding: &Finding| match finding.code {
        Code::LayoutUnused => true,
        Code::CorrectionStale => !is_here(finding),
        _ => false,
    };
    desk.findings.extend(findings.into_iter().filter(|finding| !is_of_others(finding)));
    desk.values = dataset.observations.len();
    desk.understood = understood(&dataset, plan);
    // Sheet by sheet as they lie in the workbook: 10月 stands behind 9月.
    let lies = |table: &Understood| {
        let at = desk.pages.iter().position(|page| page.file == table.file && page.sheet == table.sheet);
        let of = sources.iter().position(|source| *source.path == *table.file);
        let list = of.and_then(|of| lists[of].sheets.iter().position(|sheet| *sheet == table.sheet));
        (of, at, list)
    };
    desk.understood.sort_by_key(lies);
    if dataset.observations.is_empty() {
        return;
    }
    let of_others = |check: &check::Check| matches!(check.expect, Expect::Complete { .. });
    let checks: Vec<check::Check> = plan.checks.iter().filter(|check| !of_others(check)).cloned().collect();
    let answered = check::check(&mut dataset, &checks, &Senders::default(), &plan.book, &accepted);
    let (unmatched, found): (Vec<_>, Vec<_>) = answered.into_iter().partition(|finding| finding.code == Code::RuleUnmatched);
    desk.rules = checks.len() - unmatched.len();
    desk.findings.extend(found);
    // What is accepted and not found may be found in the batch, by last year's workbooks.
    let _ = diag::accept(&mut desk.findings, &accepted);
}

/// One workbook's bytes, by the name of its file; by its path where two have one name.
fn source(path: &Path, files: &[PathBuf], findings: &mut Vec<Finding>) -> Option<(PathBuf, Source)> {
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let own = name(path);
    if own.ends_with(ENDING) {
        let message =
            Text::new(format!("{own} 是本程序写出的批注，未核对"), format!("{own} is an annotated copy and was not checked"));
        findings.push(Finding::new(Code::FileIgnored, message).at(Place::file(own)));
        return None;
    }
    let is_twice = files.iter().filter(|other| name(other) == own).count() > 1;
    let shown = if is_twice { path.display().to_string() } else { own };
    Some((path.to_path_buf(), super::receive::source(path, &shown, findings)?))
}

/// What the names of annotated copies end with.
const ENDING: &str = ".批注.xlsx";

fn annotate(paths: &[PathBuf], sources: &[Source], order: &DeskOrder, desk: &mut Desk) {
    for (path, source) in paths.iter().zip(sources) {
        let file = source.path.as_ref();
        let pages: Vec<Page> = desk.pages.iter().filter(|page| page.file == file).cloned().collect();
        let of_file = |finding: &&Finding| finding.place.file.is_empty() || finding.place.file == file;
        let findings: Vec<&Finding> = desk.findings.iter().filter(of_file).collect();
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = order.output.clone().or_else(|| path.parent().map(Path::to_path_buf)).unwrap_or_default();
        let place = folder.join(format!("{stem}{ENDING}"));
        let written = annotated::workbook(&pages, &findings, order.language)
            .map_err(|fault| fault.to_string())
            .and_then(|bytes| super::template::put(&place, &bytes).map_err(|fault| fault.to_string()));
        match written {
            Ok(()) => desk.annotated.push(place),
            Err(fault) => {
                let shown = place.display();
                let message = Text::new(format!("无法写出 {shown}：{fault}"), format!("{shown} cannot be written: {fault}"));
                desk.findings.push(Finding::new(Code::OutputUnwritable, message).at(Place::file(shown.to_string())));
            }
        }
    }
}
