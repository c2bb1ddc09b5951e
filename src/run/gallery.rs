//! What the gallery shows: charts by subject, with the areas and the verdicts that each can be found by, and the cells behind them.

use std::{collections::BTreeMap, io};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{
    drawings::Drawing,
    found::{Found, verdicts},
    notices::Sent,
    output::{Artifact, Staging, Written},
    scorecard::by_area,
};
use crate::{
    diag::{Finding, Severity},
    model::{About, Figure, Indicator, IndicatorValue, Text, Verdict},
    publish::{
        gallery::{self, Exhibit, Gallery, Section, Shelf},
        origins, pictures,
        scorecard::Group,
    },
};

/// What stands beside the charts.
pub struct Beside<'a> {
    pub findings: &'a [Finding],
    pub notices: &'a [Sent],
    pub groups: &'a [Group],
    pub office: &'a [(Text, String)],
    pub files: &'a [(Text, String)],
    pub areas: &'a [Text],
    pub whole: usize,
    pub run: &'a str,
}

pub fn page(results: &Found, drawings: &[Drawing], beside: &Beside) -> io::Result<String> {
    let verdicts: Vec<(Verdict, usize)> = verdicts(results.plan, results.summary).into_iter().collect();
    let findings = [Severity::Error, Severity::Warning, Severity::Note]
        .map(|severity| (severity.name(), beside.findings.iter().filter(|finding| finding.severity == severity).count()));
    let section = |group: &Group| Section {
        name: group.heading.clone(),
        anchor: group.anchor.clone(),
        verdicts: group.rows.iter().map(|row| row.verdict).collect(),
    };
    let notices: Vec<(Text, String, usize)> =
        beside.notices.iter().map(|sent| (sent.name.clone(), sent.page.path.clone(), sent.asks)).collect();
    gallery::page(&Gallery {
        title: &results.plan.title,
        run: beside.run,
        as_of: &results.order.as_of.to_string(),
        language: results.order.language,
        sample: results.plan.sample,
        verdicts: &verdicts,
        sections: &beside.groups.iter().map(section).collect::<Vec<_>>(),
        findings: &findings,
        revisions: super::revised::PAGE,
        office: beside.office,
        notices: &notices,
        files: beside.files,
        areas: beside.areas,
        whole: beside.whole,
        shelves: &shelves(results, drawings),
    })
    .map_err(io::Error::other)
}

/// Charts by subject, in the order of the pipeline.
fn shelves<'a>(results: &'a Found, drawings: &'a [Drawing]) -> Vec<Shelf<'a>> {
    let subjects = subjects(results);
    let exhibits: Vec<(&str, Exhibit)> = drawings.par_iter().map(|drawing| exhibit(results, drawing)).collect();
    let mut shelves: Vec<Shelf> = subjects.into_iter().map(|(id, name)| Shelf { id, name, exhibits: Vec::new() }).collect();
    for (subject, exhibit) in exhibits {
        match shelves.iter_mut().find(|shelf| shelf.id == subject) {
            Some(shelf) => shelf.exhibits.push(exhibit),
            None => shelves.push(Shelf { id: subject, name: Text::new("其他", "Other"), exhibits: vec![exhibit] }),
        }
    }
    shelves.retain(|shelf| !shelf.exhibits.is_empty());
    shelves
}

/// What stands for the subject of indicators that have none: files are named by it.
const NO_SUBJECT: &str = "_";

fn subject(indicator: &Indicator) -> &str {
    if indicator.subject.is_empty() { NO_SUBJECT } else { &indicator.subject }
}

/// Subjects with their names: those that the pipeline names, then those that only its indicators speak of.
fn subjects<'a>(results: &'a Found) -> Vec<(&'a str, Text)> {
    let mut subjects: Vec<(&str, Text)> =
        results.plan.subjects.iter().map(|subject| (subject.id.as_str(), subject.name.clone())).collect();
    for indicator in &results.plan.indicators {
        if !subjects.iter().any(|(id, _)| *id == subject(indicator)) {
            let name = match (subject(indicator), results.plan.subjects.is_empty()) {
                (NO_SUBJECT, true) => Text::new("全部指标", "All indicators"),
                (NO_SUBJECT, false) => Text::new("其他", "Other"),
                (id, _) => Text::same(id),
            };
            subjects.push((subject(indicator), name));
        }
    }
    subjects
}

/// The subject that a figure stands under, and the one indicator that it is of.
fn of<'a>(results: &'a Found, figure: &'a Figure) -> (&'a str, Option<&'a Indicator>) {
    match &figure.about {
        About::Subject(id) => (id, None),
        About::Indicator(id) => {
            let indicator = results.plan.indicator(id);
            (indicator.map_or(NO_SUBJECT, subject), indicator)
        }
    }
}

fn exhibit<'a>(results: &'a Found, drawing: &'a Drawing) -> (&'a str, Exhibit<'a>) {
    let figure = drawing.figure;
    let (subject, indicator) = of(results, figure);
    let targets = results.plan.targets.iter().filter(|target| {
        let judges = target.taken().indicator.as_ref();
        match indicator {
            Some(indicator) => judges == Some(&indicator.id),
            None => judges.and_then(|id| results.plan.indicator(id)).is_some_and(|judges| judges.subject.as_ref() == subject),
        }
    });
    let exhibit = Exhibit {
        figure,
        picture: &drawing.picture,
        png: drawing.png_path(),
        indicator: indicator.map(|indicator| (indicator.id.as_ref(), &indicator.name)),
        areas: areas_in(results, figure),
        judged: targets.map(|target| by_area(results, target)).collect(),
    };
    (subject, exhibit)
}

/// The places of the areas whose names stand in the numbers of a figure; where none does, it is about the whole.
fn areas_in(results: &Found, figure: &Figure) -> Vec<usize> {
    let language = results.order.language;
    let labels: Vec<&str> =
        figure.table.columns.iter().chain(figure.table.rows.iter().filter_map(|row| row.first())).map(String::as_str).collect();
    let is_there = |name: &str| labels.contains(&name);
    let areas = results.plan.book.areas.iter().enumerate();
    let found: Vec<usize> = areas.filter(|(_, area)| is_there(area.name.in_language(language))).map(|(place, _)| place).collect();
    if found.is_empty() { whole(results).into_iter().collect() } else { found }
}

/// The place of the whole among the areas.
pub fn whole(results: &Found) -> Option<usize> {
    let whole = results.plan.book.areas.whole()?;
    Some(results.plan.book.areas.order(&whole.code))
}

/// The scripts with the cells behind the values, one for each subject.
pub fn origins(results: &Found, staging: &Staging) -> io::Result<Vec<Written>> {
    let mut by_indicator: FxHashMap<&str, Vec<&IndicatorValue>> = FxHashMap::default();
    for value in &results.summary.values {
        by_indicator.entry(&value.indicator).or_default().push(value);
    }
    let of_subject = |(id, _): (&str, Text)| {
        let indicators: Vec<&Indicator> = results.plan.indicators.iter().filter(|indicator| subject(indicator) == id).collect();
        let values = indicators.iter().filter_map(|indicator| by_indicator.get(indicator.id.as_ref()));
        let values: Vec<&IndicatorValue> = values.flatten().copied().collect();
        if values.is_empty() {
            return None;
        }
        let script = origins::script(id, &indicators, &values, results.dataset, &results.plan.book);
        let write = |script: String| staging.write(&Artifact { path: format!("origins/{id}.js"), bytes: script.into_bytes() });
        Some(script.map_err(io::Error::other).and_then(write))
    };
    subjects(results).into_par_iter().filter_map(of_subject).collect()
}

/// The scripts with the pictures, one for each subject.
pub fn pictures(results: &Found, drawings: &[Drawing], staging: &Staging) -> io::Result<Vec<Written>> {
    let mut by_subject: BTreeMap<&str, Vec<&Drawing>> = BTreeMap::new();
    for drawing in drawings {
        by_subject.entry(of(results, drawing.figure).0).or_default().push(drawing);
    }
    let of_subject = |(subject, drawings): (&str, Vec<&Drawing>)| {
        let pictures = drawings.iter().map(|drawing| (drawing.figure.id.as_str(), drawing.png.as_slice()));
        staging.write(&Artifact { path: format!("pictures/{subject}.js"), bytes: pictures::script(subject, pictures) })
    };
    by_subject.into_par_iter().map(of_subject).collect()
}
