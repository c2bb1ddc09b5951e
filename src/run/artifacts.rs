//! From results to files: charts, tables, gallery, as bytes.

use std::io;

use jiff::civil::Date;
use rayon::prelude::*;

use serde_json::Value;

use super::{
    Watch, brief,
    drawings::{self, Drawing, draw},
    found::Found,
    gallery, notices,
    output::{Artifact, Staging, Written},
    results, revised, scorecard, summary,
};
use crate::{
    chart::{self, Chapter},
    diag::{Code, Finding},
    model::{Figure, Id, Language, OutputFormat, Revisions, Summary, Text},
    plan::Plan,
    publish::{
        csv::csv,
        datapackage::datapackage,
        font,
        parquet::parquet,
        scorecard::Group,
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

/// What there is of the run before, and who watches this one.
pub struct Before<'a> {
    pub drawings: drawings::Earlier,
    pub run: Option<revised::Earlier>,
    pub watch: &'a dyn Watch,
}

/// What the manifest says of the files of a run.
pub struct Made {
    pub files: Vec<Written>,
    pub revisions: Revisions,
    /// What the next run has to know of each chart to use it again.
    pub records: Vec<Value>,
    /// Charts that were not taken from the run before.
    pub drawn: usize,
}

struct Tabled {
    tables: Vec<Table>,
    files: Vec<Written>,
    workbook: Option<Written>,
    revisions: Revisions,
}

/// Pages that are made beside the charts, and what the gallery says of them.
#[derive(Default)]
struct Pages {
    groups: Vec<Group>,
    notices: Vec<notices::Sent>,
    files: Vec<Written>,
}

impl Found<'_> {
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

    /// Everything but the manifest, written as it is made. Charts, tables and most pages do not wait for each other, and the gallery and
    /// the bulletin for all of them.
    pub fn artifacts(&self, findings: &[Finding], figures: &[Figure], before: &Before, staging: &Staging) -> io::Result<Made> {
        let contents = self.contents(findings);
        let (drawings, (tabled, pages)) = rayon::join(
            || draw(figures, &before.drawings, before.watch, staging),
            || {
                rayon::join(
                    || self.tabled(&contents, figures, before.run.as_ref(), staging),
                    || self.pages(findings, figures, staging),
                )
            },
        );
        let (mut drawings, Tabled { tables, mut files, workbook, revisions }) = (drawings?, tabled?);
        let pages = pages?;
        let (brief, gallery) = rayon::join(
            || brief::brief(self, findings, &drawings)?.map(|brief| staging.write(&brief)).transpose(),
            || self.gallery(findings, &drawings, &tables, &pages, staging),
        );
        files.extend(gallery?);
        files.extend(pages.files);
        if let Some(dataflow) = &self.plan.sdmx {
            let values = Artifact { path: "indicators.sdmx.csv".to_string(), bytes: sdmx(&contents, dataflow)? };
            files.push(staging.write(&values)?);
        }
        files.extend(workbook);
        files.extend(brief?);
        let records = drawings.iter().map(Drawing::record).collect();
        let drawn = drawings.iter().filter(|drawing| !drawing.kept).count();
        files.extend(drawings.iter_mut().flat_map(|drawing| drawing.files.drain(..)));
        Ok(Made { files, revisions, records, drawn })
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
    fn tabled(
        &self,
        contents: &Contents,
        figures: &[Figure],
        earlier: Option<&revised::Earlier>,
        staging: &Staging,
    ) -> io::Result<Tabled> {
        let mut tables = tables::tables(contents);
        // Each with its name where the run before says the same.
        let file = |table: &Table| -> io::Result<(Written, Option<&'static str>)> {
            let artifact = Artifact { path: format!("{}.csv", table.name), bytes: csv(table) };
            let written = staging.write(&artifact)?;
            let is_same = earlier.is_some_and(|earlier| earlier.says(table.name, &written.sha256, &artifact.bytes));
            Ok((written, is_same.then_some(table.name)))
        };
        // The workbook takes longest: it is made beside everything else.
        let (workbook, (files, data)) = rayon::join(
            || self.workbook(&tables, figures, staging),
            || rayon::join(|| tables.par_iter().map(file).collect::<io::Result<Vec<_>>>(), || self.typed(&tables, staging)),
        );
        let (mut files, same): (Vec<Written>, Vec<Option<&str>>) = files?.into_iter().unzip();
        let same: Vec<&str> = same.into_iter().flatten().collect();
        let revisions = revised::revisions(earlier, &tables, &same);
        tables.push(tables::revisions::table(&revisions, self.plan.sample, self.order.language));
        let said = revised::artifacts(&revisions, self.plan, self.order)?;
        files.extend(said.iter().map(|artifact| staging.write(artifact)).collect::<io::Result<Vec<Written>>>()?);
        files.extend(data?);
        let described = self.described(contents.findings, &tables)?;
        files.extend(described.iter().map(|artifact| staging.write(artifact)).collect::<io::Result<Vec<Written>>>()?);
        Ok(Tabled { tables, files, workbook: workbook?, revisions })
    }

    fn workbook(&self, tables: &[Table], figures: &[Figure], staging: &Staging) -> io::Result<Option<Written>> {
        if !self.plan.publishes(OutputFormat::Workbook) {
            return Ok(None);
        }
        staging.write(&summary::workbook(self, tables, figures)?).map(Some)
    }

    /// Tables with types, for programs.
    fn typed(&self, tables: &[Table], staging: &Staging) -> io::Result<Vec<Written>> {
        let typed = tables.par_iter().filter(|table| self.typed_tables().contains(&table.name)).map(|table| {
            let bytes = parquet(table).map_err(io::Error::other)?;
            staging.write(&Artifact { path: format!("{}.parquet", table.name), bytes })
        });
        typed.collect()
    }

    fn typed_tables(&self) -> &'static [&'static str] {
        if self.plan.publishes(OutputFormat::Parquet) { &TYPED } else { &[] }
    }

    /// What each file holds, and all results in one.
    fn described(&self, findings: &[Finding], tables: &[Table]) -> io::Result<[Artifact; 2]> {
        let plan = self.plan;
        let package =
            datapackage(&plan.name, &plan.title, &plan.source, plan.sample, tables, self.typed_tables(), self.order.language);
        let package = Artifact { path: "datapackage.json".to_string(), bytes: format!("{package:#}\n").into_bytes() };
        Ok([package, results::results(self, findings)?])
    }

    /// What the gallery leads to, and what it loads when it is asked for the cells behind a value.
    fn pages(&self, findings: &[Finding], figures: &[Figure], staging: &Staging) -> io::Result<Pages> {
        if !self.plan.publishes(OutputFormat::Gallery) {
            return Ok(Pages::default());
        }
        let charts: Vec<&str> = figures.iter().map(|figure| figure.id.as_str()).collect();
        let groups = scorecard::groups(self, &charts);
        let mut files = Vec::new();
        if !groups.is_empty() {
            let page = scorecard::page(self, &groups, &self.areas(), gallery::whole(self).unwrap_or_default())?;
            files.push(staging.write(&Artifact { path: SCORECARD.to_string(), bytes: page.into_bytes() })?);
        }
        let notices = notices::notices(self, findings)?;
        files.extend(notices.iter().map(|sent| staging.write(&sent.page)).collect::<io::Result<Vec<Written>>>()?);
        files.extend(gallery::origins(self, staging)?);
        Ok(Pages { groups, notices, files })
    }

    /// What people open, with the pictures that it copies from.
    fn gallery(
        &self,
        findings: &[Finding],
        drawings: &[Drawing],
        tables: &[Table],
        Pages { groups, notices, .. }: &Pages,
        staging: &Staging,
    ) -> io::Result<Vec<Written>> {
        if !self.plan.publishes(OutputFormat::Gallery) {
            return Ok(Vec::new());
        }
        let files: Vec<(Text, String)> =
            tables.iter().map(|table| (table.title.clone(), format!("{}.csv", table.name))).collect();
        let mut office = Vec::new();
        if self.plan.publishes(OutputFormat::Workbook) {
            office.push((Text::new("数据汇总（图表可改样式）", "Summary with charts to restyle"), summary::SUMMARY.to_string()));
        }
        if brief::is_due(self) {
            office.push((Text::new("通报草稿", "Draft of the bulletin"), brief::BRIEF.to_string()));
        }
        let beside = gallery::Beside {
            findings,
            notices,
            groups,
            office: &office,
            files: &files,
            areas: &self.areas(),
            whole: gallery::whole(self).unwrap_or_default(),
            run: staging.run_id(),
        };
        let (page, pictures) = rayon::join(
            || {
                let page = gallery::page(self, drawings, &beside)?;
                staging.write(&Artifact { path: PAGE.to_string(), bytes: page.into_bytes() })
            },
            || gallery::pictures(self, drawings, staging),
        );
        Ok(std::iter::once(page?).chain(pictures?).collect())
    }

    fn areas(&self) -> Vec<Text> {
        self.plan.book.areas.iter().map(|area| area.name.clone()).collect()
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
