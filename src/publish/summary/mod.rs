//! `summary.xlsx`: the tables of a run as one workbook for an office: cover, contents, notes, one tidy sheet for each table, and
//! charts of its own kind, which a writer can restyle. Numbers are those of the CSV, to the last digit.

mod cover;
mod looks;
mod plots;
mod sheet;
mod words;

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use rustc_hash::FxHashMap;

use super::table::{Column, Table};
use crate::model::{Language, Text, Verdict};
use looks::Looks;

/// What the workbook says besides its tables.
pub struct Cover<'a> {
    pub title: &'a Text,
    pub source: &'a Text,
    pub as_of: Date,
    pub language: Language,
    /// The numbers are made up, and every sheet says so.
    pub sample: bool,
    pub verdicts: &'a [(Verdict, usize)],
    /// Decimals and name by indicator.
    pub indicators: &'a FxHashMap<&'a str, (usize, &'a Text)>,
    /// The code of the whole: its commitments stand on the scorecard.
    pub whole: &'a str,
    /// The pages that there are to link to.
    pub gallery: bool,
    pub scorecard: bool,
}

/// A table and the part of it that a sheet is good for.
pub struct Excerpt<'a> {
    pub table: &'a Table,
    /// Places of the rows taken. None: all.
    pub rows: Option<Vec<usize>>,
    /// Columns that say the same in every row taken.
    pub without: Vec<String>,
    /// What was left out and where it is; empty where nothing was.
    pub left_out: Text,
}

impl Excerpt<'_> {
    /// A table that gives ids of indicators alone is read by their names.
    fn names(&self) -> bool {
        self.table.columns.iter().all(|column| column.name != "indicator_name")
    }

    fn shows(&self, column: &Column, language: Language) -> bool {
        !self.without.contains(&column.name) && words::is_read(&column.name, language)
    }
}

/// Numbers for a chart that Excel draws.
pub struct Plot {
    /// Id of the chart in the gallery.
    pub figure: String,
    /// There is one: the title links to it.
    pub in_gallery: bool,
    pub title: String,
    pub unit: String,
    pub decimals: usize,
    pub kind: PlotKind,
    pub points: Vec<PlotPoint>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PlotKind {
    /// From period to period.
    Line,
    /// From area to area.
    Columns,
}

pub struct PlotPoint {
    pub label: String,
    pub value: Option<f64>,
    /// The level that was to be reached.
    pub target: Option<f64>,
}

/// One of two wordings.
fn say<'a>(language: Language, zh: &'a str, en: &'a str) -> &'a str {
    match language {
        Language::Chinese => zh,
        Language::English => en,
    }
}

pub fn workbook(cover: &Cover, excerpts: &[Excerpt], plots: &[Plot]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The same results are the same bytes on every day.
    let made = ExcelDateTime::from_ymd(cover.as_of.year() as u16, cover.as_of.month() as u8, cover.as_of.day() as u8)?;
    let title = cover.title.in_language(cover.language);
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made).set_title(title));
    let looks = Looks::new();
    cover::cover(workbook.add_worksheet(), cover, &looks)?;
    cover::contents(workbook.add_worksheet(), cover, excerpts, plots, &looks)?;
    cover::notes(workbook.add_worksheet(), cover, excerpts, &looks)?;
    if !plots.is_empty() {
        plots::charts(workbook.add_worksheet(), cover, plots, &looks)?;
        plots::numbers(workbook.add_worksheet(), cover, plots, &looks)?;
    }
    for excerpt in excerpts {
        sheet::write(workbook.add_worksheet(), cover, excerpt, &looks)?;
    }
    workbook.save_to_buffer()
}

/// The name of a table's sheet: its title, in the 31 letters that Excel allows.
fn sheet_name(table: &Table, language: Language) -> String {
    let name = table.title.in_language(language).replace(['[', ']', ':', '*', '?', '/', '\\'], " ");
    name.chars().take(31).collect()
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;

    fn made() -> Vec<u8> {
        let table = Table {
            name: "targets",
            title: Text::new("目标", "Targets"),
            columns: vec![
                Column::text("indicator", "", ""),
                Column::text("verdict", "", ""),
                Column::number("value", "", ""),
                Column::text("said", "", ""),
            ],
            rows: vec![
                vec!["rate".into(), "met".into(), "52.6498892320541".into(), "=1+1".into()],
                vec!["rate".into(), "missed".into(), String::new(), "x".repeat(40_000)],
            ]
            .into_iter()
            .collect(),
        };
        let name = Text::new("近视率", "Myopia rate");
        let cover = Cover {
            title: &Text::new("广州", "Guangzhou"),
            source: &Text::same("s"),
            as_of: jiff::civil::date(2024, 1, 15),
            language: Language::Chinese,
            sample: true,
            verdicts: &[(Verdict::Met, 1)],
            indicators: &FxHashMap::from_iter([("rate", (2, &name))]),
            whole: "1",
            gallery: true,
            scorecard: true,
        };
        let excerpt = Excerpt { table: &table, rows: None, without: Vec::new(), left_out: Text::default() };
        let point = |label: &str, value| PlotPoint { label: label.into(), value, target: Some(1.0) };
        let plot = Plot {
            figure: "rate-line".into(),
            in_gallery: true,
            title: "近视率".into(),
            unit: "%".into(),
            decimals: 2,
            kind: PlotKind::Line,
            points: vec![point("2022", None), point("2023", Some(52.6498892320541))],
        };
        workbook(&cover, &[excerpt], &[plot]).unwrap()
    }

    fn part(bytes: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn numbers_are_whole_texts_are_no_formulas_and_bytes_are_the_same() {
        let bytes = made();
        let sheet = part(&bytes, "xl/worksheets/sheet6.xml");
        assert!(sheet.contains("<v>52.6498892320541</v>") && !sheet.contains("<f>"), "{sheet}");
        let texts = part(&bytes, "xl/sharedStrings.xml");
        assert!(texts.contains("示例数据"));
        assert!(texts.contains(">结论<") && texts.contains(">达成<") && texts.contains(">近视率<"), "{texts}");
        assert!(!texts.contains(">verdict<") && !texts.contains(">met<"), "{texts}");
        assert!(part(&bytes, "xl/charts/chart1.xml").contains("近视率"));
        assert!(bytes == made(), "the same results are the same bytes");
    }
}
