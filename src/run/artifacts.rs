//! From results to files: charts, tables, gallery, as bytes.

use std::io;

use jiff::civil::Date;
use rayon::prelude::*;

use super::{Order, batch::verdicts, drawings::Drawing, output::Artifact, revised, scorecard};
use crate::{
    chart::{self, Chapter},
    diag::{Code, Finding, Severity},
    model::{Arrival, Completeness, Dataset, Figure, Id, Language, Reminder, Revisions, Summary, Text, Verdict},
    plan::Plan,
    publish::{
        csv::csv,
        datapackage::datapackage,
        font,
        gallery::{self, Exhibit, Gallery},
        tables::{self, Contents},
    },
};

/// The page of all commitments.
const SCORECARD: &str = "scorecard.html";

pub struct Results<'a> {
    pub order: &'a Order,
    pub plan: &'a Plan,
    pub dataset: &'a Dataset,
    pub summary: &'a Summary,
    pub completeness: &'a [Completeness],
    pub arrivals: &'a [Arrival],
    pub reminders: &'a [Reminder],
}

impl Results<'_> {
    pub fn figures(&self, findings: &mut Vec<Finding>) -> Vec<Figure> {
        let figures = charted(self.plan, self.summary, self.order.language, self.order.as_of, chart::figures);
        let lacking = font::lacking(figures.iter().flat_map(Figure::words));
        if !lacking.is_empty() {
            let letters: String = lacking.into_iter().collect();
            let message = Text::new(format!("内置字库缺字：{letters}"), format!("the embedded font lacks: {letters}"));
            findings.push(Finding::new(Code::GlyphMissing, message).read(letters));
        }
        figures
    }

    /// Everything but the manifest.
    pub fn artifacts(
        &self,
        findings: &[Finding],
        drawings: Vec<Drawing>,
        run_id: &str,
        earlier: Option<&revised::Earlier>,
    ) -> io::Result<(Vec<Artifact>, Revisions)> {
        let plan = self.plan;
        let mut tables = tables::tables(&Contents {
            dataset: self.dataset,
            summary: self.summary,
            findings,
            completeness: self.completeness,
            arrivals: self.arrivals,
            reminders: self.reminders,
            indicators: &plan.indicators,
            targets: &plan.targets,
            book: &plan.book,
            language: self.order.language,
            sample: plan.sample,
        });
        let mut artifacts: Vec<Artifact> = tables
            .par_iter()
            .map(|table| Ok(Artifact { path: format!("{}.csv", table.name), bytes: csv(table)? }))
            .collect::<io::Result<_>>()?;
        let revisions = revised::revisions(earlier, &tables, &artifacts);
        artifacts.extend(revised::artifacts(&revisions, plan, self.order)?);
        tables.push(tables::revisions::table(&revisions, plan.sample, self.order.language));
        let package = datapackage(&plan.name, &plan.title, &plan.source, plan.sample, &tables, self.order.language);
        artifacts.push(Artifact { path: "datapackage.json".to_string(), bytes: format!("{package:#}\n").into_bytes() });

        let files: Vec<(String, String)> = tables
            .iter()
            .map(|table| (table.title.in_language(self.order.language).to_string(), format!("{}.csv", table.name)))
            .collect();
        let page = self.gallery(findings, &drawings, &files, run_id)?;
        artifacts.push(Artifact { path: "index.html".to_string(), bytes: page.into_bytes() });
        if !self.summary.progress.is_empty() {
            let charts: Vec<&str> = drawings.iter().map(|drawing| drawing.figure.id.as_str()).collect();
            let page = scorecard::page(self, &charts)?;
            artifacts.push(Artifact { path: SCORECARD.to_string(), bytes: page.into_bytes() });
        }
        for drawing in drawings {
            let (svg, png) = (drawing.svg_path(), drawing.png_path());
            artifacts.push(Artifact { path: svg, bytes: drawing.picture.svg.into_bytes() });
            artifacts.push(Artifact { path: png, bytes: drawing.png });
        }
        Ok((artifacts, revisions))
    }

    fn gallery(
        &self,
        findings: &[Finding],
        drawings: &[Drawing],
        files: &[(String, String)],
        run_id: &str,
    ) -> io::Result<String> {
        let language = self.order.language;
        let verdicts: Vec<(Verdict, usize)> = verdicts(self.plan, self.summary).into_iter().collect();
        let found = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| {
            let count = findings.iter().filter(|finding| finding.severity == severity).count();
            (severity.name().in_language(language).to_string(), count)
        });
        let exhibits: Vec<Exhibit> = drawings
            .iter()
            .map(|drawing| Exhibit {
                figure: &drawing.figure,
                picture: &drawing.picture,
                png: drawing.png_path(),
                svg: drawing.svg_path(),
                csv: "indicators.csv".to_string(),
            })
            .collect();
        gallery::page(&Gallery {
            title: self.plan.title.in_language(language),
            run: run_id,
            language,
            sample: self.plan.sample,
            verdicts: &verdicts,
            scorecard: (!self.summary.progress.is_empty()).then_some(SCORECARD),
            revisions: revised::PAGE,
            findings: &found,
            files,
            exhibits: &exhibits,
        })
        .map_err(io::Error::other)
    }
}

/// What is made from all that charts are made from.
pub fn charted<T>(plan: &Plan, summary: &Summary, language: Language, as_of: Date, make: impl FnOnce(&Chapter) -> T) -> T {
    let names = |dimension: &str, member: &str| {
        let Some(dimension) = plan.book.dimension(dimension) else { return Text::same(member) };
        if member.is_empty() { dimension.name.clone() } else { dimension.name_of(member) }
    };
    let subjects: Vec<(Id, Text)> =
        plan.subjects.iter().map(|subject| (Id::from(subject.id.as_str()), subject.name.clone())).collect();
    make(&Chapter {
        summary,
        indicators: &plan.indicators,
        targets: &plan.targets,
        areas: &plan.book.areas,
        subjects: &subjects,
        profiles: &plan.profiles,
        tiles: &plan.tiles,
        wishes: &plan.wishes,
        names: &names,
        language,
        sample: plan.sample,
        source: &plan.source,
        as_of,
    })
}
