//! From results to files: charts, tables, gallery, as bytes.

use std::io;

use rayon::prelude::*;

use super::{Order, brief, drawings::Drawing, gallery, notices, output::Artifact, results, scorecard, summary};
use crate::{
    chart::{self, Chapter},
    diag::{Code, Finding},
    model::{Arrival, Completeness, Dataset, Figure, Reminder, Summary, Text},
    plan::Plan,
    publish::{
        csv::csv,
        datapackage::datapackage,
        font,
        parquet::parquet,
        sdmx::sdmx,
        table::Table,
        tables::{Contents, tables},
    },
};

/// The gallery.
const PAGE: &str = "index.html";
/// Tables that are also there with types.
const TYPED: [&str; 3] = ["indicators", "targets", "observations"];
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

    /// Everything but the manifest.
    pub fn artifacts(&self, findings: &[Finding], drawings: Vec<Drawing>, run_id: &str) -> io::Result<Vec<Artifact>> {
        let plan = self.plan;
        let contents = Contents {
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
        };
        let tables = tables(&contents);
        // The workbook takes longest: it is made beside everything else.
        let figures: Vec<&Figure> = drawings.iter().map(|drawing| &drawing.figure).collect();
        let (office, data) = rayon::join(
            || Ok::<_, io::Error>((summary::workbook(self, &tables, &figures)?, brief::brief(self, findings, &drawings)?)),
            || self.data(findings, &tables),
        );
        let ((workbook, brief), mut artifacts) = (office?, data?);
        artifacts.extend(self.pages(findings, &drawings, &tables, brief.is_some(), run_id)?);
        if let Some(dataflow) = &plan.sdmx {
            artifacts.push(Artifact { path: "indicators.sdmx.csv".to_string(), bytes: sdmx(&contents, dataflow)? });
        }
        artifacts.push(workbook);
        artifacts.extend(brief);
        for drawing in drawings {
            let (svg, png) = (drawing.svg_path(), drawing.png_path());
            artifacts.push(Artifact { path: svg, bytes: drawing.picture.svg.into_bytes() });
            artifacts.push(Artifact { path: png, bytes: drawing.png });
        }
        Ok(artifacts)
    }

    /// What programs read: tables as CSV and Parquet, all results in one file, and what each of these holds.
    fn data(&self, findings: &[Finding], tables: &[Table]) -> io::Result<Vec<Artifact>> {
        let plan = self.plan;
        let file = |table: &Table| Ok(Artifact { path: format!("{}.csv", table.name), bytes: csv(table)? });
        let mut artifacts: Vec<Artifact> = tables.par_iter().map(file).collect::<io::Result<_>>()?;
        let is_typed = |table: &&Table| TYPED.contains(&table.name);
        let typed = tables.par_iter().filter(is_typed).map(|table| {
            Ok(Artifact { path: format!("{}.parquet", table.name), bytes: parquet(table).map_err(io::Error::other)? })
        });
        artifacts.extend(typed.collect::<io::Result<Vec<_>>>()?);
        let package = datapackage(&plan.name, &plan.title, &plan.source, plan.sample, tables, &TYPED, self.order.language);
        artifacts.push(Artifact { path: "datapackage.json".to_string(), bytes: format!("{package:#}\n").into_bytes() });
        artifacts.push(results::results(self, findings)?);
        Ok(artifacts)
    }

    /// What people open: the gallery with what it leads to.
    fn pages(
        &self,
        findings: &[Finding],
        drawings: &[Drawing],
        tables: &[Table],
        has_brief: bool,
        run_id: &str,
    ) -> io::Result<Vec<Artifact>> {
        let files: Vec<(Text, String)> =
            tables.iter().map(|table| (table.title.clone(), format!("{}.csv", table.name))).collect();
        let areas: Vec<Text> = self.plan.book.areas.iter().map(|area| area.name.clone()).collect();
        let whole = gallery::whole(self).unwrap_or_default();
        let charts: Vec<&str> = drawings.iter().map(|drawing| drawing.figure.id.as_str()).collect();
        let groups = scorecard::groups(self, &charts);
        let notices = notices::notices(self, findings)?;
        let mut office =
            vec![(Text::new("数据汇总（图表可改样式）", "Summary with charts to restyle"), summary::SUMMARY.to_string())];
        if has_brief {
            office.push((Text::new("通报草稿", "Draft of the bulletin"), brief::BRIEF.to_string()));
        }
        let beside = gallery::Beside {
            findings,
            notices: &notices,
            groups: &groups,
            office: &office,
            files: &files,
            areas: &areas,
            whole,
            run: run_id,
        };
        let page = gallery::page(self, drawings, &beside)?;
        let mut artifacts = vec![Artifact { path: PAGE.to_string(), bytes: page.into_bytes() }];
        if !groups.is_empty() {
            let page = scorecard::page(self, &groups, &areas, whole)?;
            artifacts.push(Artifact { path: SCORECARD.to_string(), bytes: page.into_bytes() });
        }
        artifacts.extend(notices.into_iter().map(|sent| sent.page));
        artifacts.extend(gallery::origins(self)?);
        Ok(artifacts)
    }
}
