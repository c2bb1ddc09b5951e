//! The tables of a run: one file each, names of columns a contract that only grows at its end.

mod arrivals;
mod changes;
mod completeness;
mod decomposition;
mod findings;
mod indicators;
mod lineage;
mod observations;
mod reminders;
pub mod revisions;
mod targets;

pub use lineage::runs;

use super::table::{Column, Table};
use crate::{
    diag::Finding,
    model::{
        Arrival, Breakdown, Codebook, Completeness, Dataset, Dimension, Indicator, IndicatorValue, Language, Reminder, Summary,
        TOTAL, Target,
    },
};

/// What tables are made of.
pub struct Contents<'a> {
    pub dataset: &'a Dataset,
    pub summary: &'a Summary,
    pub findings: &'a [Finding],
    pub completeness: &'a [Completeness],
    pub arrivals: &'a [Arrival],
    pub reminders: &'a [Reminder],
    pub indicators: &'a [Indicator],
    pub targets: &'a [Target],
    pub book: &'a Codebook,
    pub language: Language,
    pub sample: bool,
}

pub fn tables(contents: &Contents) -> Vec<Table> {
    vec![
        indicators::table(contents),
        targets::table(contents),
        findings::table(contents),
        observations::table(contents),
        observations::totals(contents),
        lineage::table(contents),
        completeness::table(contents),
        arrivals::table(contents),
        reminders::table(contents),
        changes::table(contents),
        decomposition::table(contents),
    ]
}

impl Contents<'_> {
    /// Dimensions that some indicator is broken down by: the breakdown columns.
    pub fn breakdown_dimensions(&self) -> impl Iterator<Item = &Dimension> {
        let is_said = |dimension: &&Dimension| {
            self.indicators.iter().any(|indicator| indicator.by.iter().any(|by| by.contains(&dimension.id)))
        };
        self.book.dimensions.iter().filter(is_said)
    }

    fn breakdown_columns<'a>(dimensions: impl Iterator<Item = &'a Dimension>) -> Vec<Column> {
        let column = |dimension: &Dimension| {
            let (zh, en) = (
                format!("{}代码；{TOTAL} 为合计", dimension.name.zh),
                format!("{} code; {TOTAL} is the total", dimension.name.en),
            );
            Column::text(&dimension.id, &zh, &en)
        };
        dimensions.map(column).collect()
    }

    /// What a value is of, in the columns that rows about values begin with.
    fn columns_of_a_value(&self) -> Vec<Column> {
        let mut columns = vec![
            Column::text("indicator", "指标标识", "Id of the indicator"),
            Column::text("area", "地区代码", "Code of the area"),
            Column::text("area_name", "地区名称", "Name of the area"),
            Column::text("period", "时期", "Period"),
        ];
        columns.extend(Contents::breakdown_columns(self.breakdown_dimensions()));
        columns
    }

    /// The cells below these columns.
    fn cells_of_a_value(&self, value: &IndicatorValue) -> Vec<String> {
        let mut cells =
            vec![value.indicator.to_string(), value.area.to_string(), self.area_name(&value.area), value.period.to_string()];
        cells.extend(members(&value.breakdown, self.breakdown_dimensions()));
        cells
    }

    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.id.as_ref() == id)
    }

    fn area_name(&self, code: &str) -> String {
        self.book.area_name(code, self.language)
    }

    /// What marks a row as made up.
    fn sample_mark(&self) -> String {
        if self.sample { sample_words(self.language) } else { "" }.to_string()
    }
}

fn sample_words(language: Language) -> &'static str {
    match language {
        Language::Chinese => "示例数据",
        Language::English => "sample data",
    }
}

fn members<'a>(breakdown: &'a Breakdown, dimensions: impl Iterator<Item = &'a Dimension>) -> Vec<String> {
    dimensions.map(|dimension| breakdown.get(&dimension.id).map_or(TOTAL, |code| code.as_ref()).to_string()).collect()
}
