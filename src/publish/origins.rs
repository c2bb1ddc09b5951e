//! `origins/<subject>.js`: the cells behind every value of a subject's indicators, for the drawer of the gallery. A script and
//! not JSON, because a page from a disk may load scripts that stand beside it and nothing else.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use serde::Serialize;

use super::tables::runs;
use crate::model::{Codebook, Dataset, Indicator, IndicatorValue, Observation, Provenance, RowSet};

/// The script of one subject: `values` are those of its indicators, in the order of the summary.
pub fn script(
    subject: &str,
    indicators: &[&Indicator],
    values: &[&IndicatorValue],
    dataset: &Dataset,
    book: &Codebook,
) -> serde_json::Result<String> {
    let places: HashMap<&str, usize> = book.areas.iter().enumerate().map(|(place, area)| (area.code.as_ref(), place)).collect();
    let mut parts = Names::default();
    // The whole is the first of the parts.
    parts.place_of([String::new(), String::new()]);
    let mut said: Vec<(&str, Said)> = indicators.iter().map(|indicator| (indicator.id.as_ref(), Said::new(indicator))).collect();
    let index: HashMap<&str, usize> = indicators.iter().enumerate().map(|(at, indicator)| (indicator.id.as_ref(), at)).collect();
    for value in values {
        let Some(&at) = index.get(value.indicator.as_ref()) else { continue };
        let part = book.breakdown_name(&value.breakdown);
        said[at].1.values.push((
            places.get(value.area.as_ref()).copied().unwrap_or_default(),
            value.period.to_string(),
            parts.place_of([part.zh, part.en]),
            value.value,
            value.status.letter(),
            value.numerator,
            value.denominator,
            runs(&value.from),
        ));
    }
    let mut wanted: BTreeSet<u32> = values.iter().flat_map(|value| &value.from).copied().collect();
    for place in wanted.clone() {
        if let Provenance::Derived { from, .. } = &dataset.observations[place as usize].provenance {
            wanted.extend(from);
        }
    }
    let (mut files, mut sheets, mut measures) = (Names::default(), Names::default(), Names::default());
    let mut groups: Vec<Group> = Vec::new();
    for place in wanted {
        let observation = &dataset.observations[place as usize];
        // Rows of several sheets: all of them are named.
        let all = observation.sheets();
        let joined = |part: fn(&(&Arc<str>, &Arc<str>)) -> String| all.iter().map(part).collect::<Vec<_>>().join("; ");
        let (file, sheet) = match all[..] {
            [] => (0, 0),
            _ => (files.place_of(joined(|(file, _)| file.to_string())), sheets.place_of(joined(|(_, sheet)| sheet.to_string()))),
        };
        let name = book.measure_name(&observation.measure);
        let measure = measures.place_of([name.zh, name.en]);
        let area = places.get(observation.area.as_ref()).copied().unwrap_or_default();
        let period = observation.period.to_string();
        match groups.last_mut() {
            Some(group) if group.goes_on(place + 1, measure, area, &period, file, sheet) => group.6.push(cell(observation)),
            _ => groups.push(Group(place + 1, measure, area, period, file, sheet, vec![cell(observation)])),
        }
    }
    let origins = Origins {
        indicators: said,
        parts: parts.list,
        files: files.list,
        sheets: sheets.list,
        measures: measures.list,
        observations: groups,
    };
    Ok(format!("yardstick.origins({},{});\n", serde_json::to_string(subject)?, serde_json::to_string(&origins)?))
}

#[derive(Serialize)]
struct Origins<'a> {
    indicators: Vec<(&'a str, Said<'a>)>,
    parts: Vec<[String; 2]>,
    files: Vec<String>,
    sheets: Vec<String>,
    measures: Vec<[String; 2]>,
    observations: Vec<Group>,
}

/// Area, period, part, value, status, numerator, denominator, numbers of observations.
type Value = (usize, String, usize, Option<f64>, &'static str, Option<f64>, Option<f64>, String);

#[derive(Serialize)]
struct Said<'a> {
    name: [&'a str; 2],
    unit: [&'a str; 2],
    values: Vec<Value>,
}

impl<'a> Said<'a> {
    fn new(indicator: &'a Indicator) -> Said<'a> {
        let both = |text: &'a crate::model::Text| [text.zh.as_str(), text.en.as_str()];
        Said { name: both(&indicator.name), unit: both(&indicator.unit), values: Vec::new() }
    }
}

/// Observations that follow each other: number of the first, measure, area, period, file, sheet, and their cells.
#[derive(Serialize)]
struct Group(u32, usize, usize, String, usize, usize, Vec<String>);

impl Group {
    fn goes_on(&self, number: u32, measure: usize, area: usize, period: &str, file: usize, sheet: usize) -> bool {
        self.0 + self.6.len() as u32 == number
            && (self.1, self.2, self.4, self.5) == (measure, area, file, sheet)
            && self.3 == period
    }
}

/// Instead of a cell: how many rows.
fn rows_in_words(of: &[RowSet]) -> String {
    let rows: Vec<String> = of.iter().map(|set| set.rows.map_or_else(|| "…".to_string(), |rows| rows.to_string())).collect();
    format!("{} 行 rows", rows.join(" + "))
}

/// Cell, what it says, and the value where it reads otherwise; of a derived one no cell, how it is derived, and from which.
fn cell(observation: &Observation) -> String {
    let value = observation.value.map_or_else(|| observation.status.letter().to_string(), |value| value.to_string());
    let raw = observation.raw();
    let raw = raw.replace(['\t', '\n', '\r'], " ");
    match &observation.provenance {
        Provenance::Derived { from, .. } => format!("\t{raw}\t{value}\t{}", runs(from)),
        Provenance::Rows { of, .. } => format!("{}\t{raw}\t{value}", rows_in_words(of)),
        Provenance::Cell { at, .. } if raw == value => format!("{}\t{raw}", at.name()),
        Provenance::Cell { at, .. } => format!("{}\t{raw}\t{value}", at.name()),
    }
}

/// Names that are written once and spoken of by their places.
#[derive(Default)]
struct Names<N> {
    list: Vec<N>,
    places: HashMap<N, usize>,
}

impl<N: Clone + Eq + std::hash::Hash> Names<N> {
    fn place_of(&mut self, name: N) -> usize {
        let next = self.list.len();
        let place = *self.places.entry(name.clone()).or_insert(next);
        if place == next {
            self.list.push(name);
        }
        place
    }
}
