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

use rayon::prelude::*;

use super::table::{Column, Rows, Table};
use crate::{
    diag::Finding,
    model::{
        Arrival, Breakdown, Codebook, Completeness, Dataset, Dimension, Indicator, IndicatorValue, Language, Reminder, Summary,
        TOTAL, Target, Text,
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

/// Every table but that of revisions, in the order in which they are listed.
const TABLES: [fn(&Contents) -> Table; 11] = [
    indicators::table,
    targets::table,
    findings::table,
    observations::table,
    observations::totals,
    lineage::table,
    completeness::table,
    arrivals::table,
    reminders::table,
    changes::table,
    decomposition::table,
];

pub fn tables(contents: &Contents) -> Vec<Table> {
    TABLES.par_iter().map(|table| table(contents)).collect()
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

    /// The cells below these columns; `dimensions` are the breakdown columns.
    fn say_value(&self, value: &IndicatorValue, dimensions: &[&Dimension], rows: &mut Rows) {
        rows.text(&value.indicator);
        rows.text(&value.area);
        rows.text(self.area_name(&value.area));
        rows.say(value.period);
        say_members(&value.breakdown, dimensions, rows);
    }

    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.id.as_ref() == id)
    }

    fn area_name<'a>(&'a self, code: &'a str) -> &'a str {
        self.book.areas.get(code).map_or(code, |area| area.name.in_language(self.language))
    }

    fn words<'a>(&self, text: &'a Text) -> &'a str {
        text.in_language(self.language)
    }

    /// What marks a row as made up.
    fn sample_mark(&self) -> &'static str {
        if self.sample { sample_words(self.language) } else { "" }
    }
}

fn sample_words(language: Language) -> &'static str {
    match language {
        Language::Chinese => "示例数据",
        Language::English => "sample data",
    }
}

fn say_members(breakdown: &Breakdown, dimensions: &[&Dimension], rows: &mut Rows) {
    // A value has few members, and a pipeline many dimensions.
    let mut members = vec![TOTAL; dimensions.len()];
    for (id, member) in breakdown.iter() {
        if let Some(place) = dimensions.iter().position(|dimension| dimension.id == *id) {
            members[place] = member;
        }
    }
    members.into_iter().for_each(|member| rows.text(member));
}
