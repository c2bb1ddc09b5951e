//! From results to files: charts, tables, gallery, as bytes.

use std::io;

use jiff::civil::Date;
use rayon::prelude::*;

use serde_json::Value;

use super::{
    Order, Watch, brief,
    drawings::{self, Drawing, draw},
    gallery, notices,
    output::Artifact,
    results, revised, scorecard, summary,
};
use crate::{
    chart::{self, Chapter},
    diag::{Code, Finding},
    model::{Arrival, Completeness, Dataset, Figure, Id, Language, Reminder, Revisions, Summary, Text},
    plan::Plan,
    publish::{
        csv::csv,
        datapackage::datapackage,
        font,
        parquet::parquet,
        sdmx::sdmx,
        table::Table,
        tables::{self, Contents},
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

/// What there is of the run before, and who watches this one.
pub struct Before<'a> {
    pub drawings: drawings::Earlier,
    pub run: Option<revised::Earlier>,
    pub watch: &'a dyn Watch,
}

/// The files of a run, and what its manifest says of them.
pub struct Made {
    pub artifacts: Vec<Artifact>,
    pub revisions: Revisions,
    /// What the next run has to know of each chart to use it again.
    pub records: Vec<Value>,
    /// Charts that were not taken from the run before.
    pub drawn: usize,
}

struct Tabled {
    tables: Vec<Table>,
    artifacts: Vec<Artifact>,
    workbook: Artifact,
    revisions: Revisions,
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

    /// Everything but the manifest. Charts and tables do not wait for each other, and the gallery and the bulletin for both.
    pub fn artifacts(&self, findings: &[Finding], figures: &[Figure], before: &Before, run_id: &str) -> io::Result<Made> {
        let contents = self.contents(findings);
        let (drawings, tabled) = rayon::join(
            || draw(figures, &before.drawings, before.watch),
            || self.tabled(&contents, figures, before.run.as_ref()),
        );
        let (drawings, Tabled { tables, mut artifacts, workbook, revisions }) = (drawings?, tabled?);
        let (brief, pages) = rayon::join(
            || brief::brief(self, findings, &drawings),
            || self.pages(findings, &drawings, &tables, brief::is_due(self), run_id),
        );
        artifacts.extend(pages?);
        if let Some(dataflow) = &self.plan.sdmx {
            artifacts.push(Artifact { path: "indicators.sdmx.csv".to_string(), bytes: sdmx(&contents, dataflow)? });
        }
        artifacts.push(workbook);
        artifacts.extend(brief?);
        let records = drawings.iter().map(Drawing::record).collect();
        let drawn = drawings.iter().filter(|drawing| !drawing.kept).count();
        for drawing in drawings {
            let (svg, png) = (drawing.svg_path(), drawing.png_path());
            artifacts.push(Artifact { path: svg, bytes: drawing.picture.svg.into_bytes() });
            artifacts.push(Artifact { path: png, bytes: drawing.png });
        }
        Ok(Made { artifacts, revisions, records, drawn })
    }

    fn contents<'a>(&'a self, findings: &'a [Finding]) -> Contents<'a> {
        Contents {
            dataset: self.dataset,
            summary: self.summary,
            findings,
            completeness: self.completeness,
            arrivals: self.arrivals,
            reminders: self.reminders,
            indicators: &self.plan.indicators,
            targets: &self.plan.targets,
            book: &self.plan.book,
            language: self.order.language,
            sample: self.plan.sample,
        }
    }

    /// The tables, and the files that are made of them.
    fn tabled(&self, contents: &Contents, figures: &[Figure], earlier: Option<&revised::Earlier>) -> io::Result<Tabled> {
        let mut tables = tables::tables(contents);
        let file = |table: &Table| Ok(Artifact { path: format!("{}.csv", table.name), bytes: csv(table)? });
        // The workbook takes longest: it is made beside everything else.
        let (workbook, (files, data)) = rayon::join(
            || summary::workbook(self, &tables, figures),
            || rayon::join(|| tables.par_iter().map(file).collect::<io::Result<Vec<Artifact>>>(), || self.typed(&tables)),
        );
        let mut artifacts = files?;
        let revisions = revised::revisions(earlier, &tables, &artifacts);
        artifacts.extend(revised::artifacts(&revisions, self.plan, self.order)?);
        tables.push(tables::revisions::table(&revisions, self.plan.sample, self.order.language));
        artifacts.extend(data?);
        artifacts.extend(self.described(contents.findings, &tables)?);
        Ok(Tabled { tables, artifacts, workbook: workbook?, revisions })
    }

    /// Tables with types, for programs.
    fn typed(&self, tables: &[Table]) -> io::Result<Vec<Artifact>> {
        let typed = tables.par_iter().filter(|table| TYPED.contains(&table.name)).map(|table| {
            Ok(Artifact { path: format!("{}.parquet", table.name), bytes: parquet(table).map_err(io::Error::other)? })
        });
        typed.collect()
    }

    /// What each file holds, and all results in one.
    fn described(&self, findings: &[Finding], tables: &[Table]) -> io::Result<[Artifact; 2]> {
        let plan = self.plan;
        let package = datapackage(&plan.name, &plan.title, &plan.source, plan.sample, tables, &TYPED, self.order.language);
        let package = Artifact { path: "datapackage.json".to_string(), bytes: format!("{package:#}\n").into_bytes() };
        Ok([package, results::results(self, findings)?])
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
        artifacts.extend(gallery::pictures(self, drawings));
        Ok(artifacts)
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
