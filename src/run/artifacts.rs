//! From results to files: charts, tables, gallery, as bytes.

use std::io;

use rayon::prelude::*;

use super::{Order, Watch, output::Artifact, scorecard};
use crate::{
    chart::{self, Chapter},
    diag::{Code, Finding, Severity},
    model::{Completeness, Dataset, Figure, Summary, Text, Verdict},
    plan::Plan,
    publish::{
        csv::csv,
        datapackage::datapackage,
        font,
        gallery::{self, Exhibit, Gallery},
        png::png,
        svg::{Picture, svg},
        tables::{Contents, tables},
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
}

/// A chart drawn: as text, and as dots.
pub struct Drawing {
    figure: Figure,
    picture: Picture,
    png: Vec<u8>,
}

impl Results<'_> {
    pub fn figures(&self, findings: &mut Vec<Finding>) -> Vec<Figure> {
        let names = |dimension: &str, member: &str| {
            let Some(dimension) = self.plan.book.dimension(dimension) else { return Text::same(member) };
            if member.is_empty() { dimension.name.clone() } else { dimension.name_of(member) }
        };
        let figures = chart::figures(&Chapter {
            summary: self.summary,
            indicators: &self.plan.indicators,
            targets: &self.plan.targets,
            areas: &self.plan.book.areas,
            names: &names,
            language: self.order.language,
            sample: self.plan.sample,
            source: &self.plan.source,
            as_of: self.order.as_of,
        });
        let lacking = font::lacking(figures.iter().flat_map(Figure::words));
        if !lacking.is_empty() {
            let letters: String = lacking.into_iter().collect();
            let message = Text::new(format!("内置字库缺字：{letters}"), format!("the embedded font lacks: {letters}"));
            findings.push(Finding::new(Code::GlyphMissing, message).read(letters));
        }
        figures
    }

    pub fn artifacts(
        &self,
        findings: &[Finding],
        figures: &[Figure],
        run_id: &str,
        watch: &dyn Watch,
    ) -> io::Result<Vec<Artifact>> {
        let plan = self.plan;
        let tables = tables(&Contents {
            dataset: self.dataset,
            summary: self.summary,
            findings,
            completeness: self.completeness,
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
        let package = datapackage(&plan.name, &plan.title, &plan.source, plan.sample, &tables, self.order.language);
        artifacts.push(Artifact { path: "datapackage.json".to_string(), bytes: format!("{package:#}\n").into_bytes() });

        let drawings = draw(figures, watch)?;
        let files: Vec<(String, String)> = tables
            .iter()
            .map(|table| (table.title.in_language(self.order.language).to_string(), format!("{}.csv", table.name)))
            .collect();
        let page = self.gallery(findings, &drawings, &files, run_id)?;
        artifacts.push(Artifact { path: "index.html".to_string(), bytes: page.into_bytes() });
        if !self.summary.progress.is_empty() {
            let page = scorecard::page(self, figures)?;
            artifacts.push(Artifact { path: SCORECARD.to_string(), bytes: page.into_bytes() });
        }
        for Drawing { figure, picture, png } in drawings {
            artifacts.push(Artifact { path: format!("charts/{}.svg", figure.id), bytes: picture.svg.into_bytes() });
            artifacts.push(Artifact { path: format!("charts/{}.png", figure.id), bytes: png });
        }
        Ok(artifacts)
    }

    fn gallery(
        &self,
        findings: &[Finding],
        drawings: &[Drawing],
        files: &[(String, String)],
        run_id: &str,
    ) -> io::Result<String> {
        let language = self.order.language;
        let verdicts: Vec<(Verdict, usize)> = super::verdicts(self.plan, self.summary).into_iter().collect();
        let found = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| {
            let count = findings.iter().filter(|finding| finding.severity == severity).count();
            (severity.name().in_language(language).to_string(), count)
        });
        let exhibits: Vec<Exhibit> = drawings
            .iter()
            .map(|drawing| Exhibit {
                figure: &drawing.figure,
                picture: &drawing.picture,
                png: format!("charts/{}.png", drawing.figure.id),
                svg: format!("charts/{}.svg", drawing.figure.id),
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
            findings: &found,
            files,
            exhibits: &exhibits,
        })
        .map_err(io::Error::other)
    }
}

/// Every figure on its own; the order stays.
fn draw(figures: &[Figure], watch: &dyn Watch) -> io::Result<Vec<Drawing>> {
    figures
        .par_iter()
        .map(|figure| {
            let picture = svg(figure);
            let png = png(&picture.svg).map_err(io::Error::other)?;
            watch.step();
            Ok(Drawing { figure: figure.clone(), picture, png })
        })
        .collect()
}
