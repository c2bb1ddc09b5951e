//! `origins/<subject>.js`: the cells behind every value of a subject's indicators, for the drawer of the gallery. A script and
//! not JSON, because a page from a disk may load scripts that stand beside it and nothing else.

use std::{
    borrow::{Borrow, Cow},
    collections::{BTreeMap, BTreeSet},
    hash::Hash,
};

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::tables::runs;
use crate::model::{
    Breakdown, Codebook, Dataset, Indicator, IndicatorValue, Observation, Period, Provenance, RowSet, push_number,
};

/// The script of one subject: `values` are those of its indicators, in the order of the summary.
pub fn script(
    subject: &str,
    indicators: &[&Indicator],
    values: &[&IndicatorValue],
    dataset: &Dataset,
    book: &Codebook,
) -> serde_json::Result<String> {
    let places: FxHashMap<&str, usize> = book.areas.iter().enumerate().map(|(place, area)| (area.code.as_ref(), place)).collect();
    let mut parts = Names::default();
    // The whole is the first of the parts.
    parts.place_of(&[String::new(), String::new()]);
    let mut part_of: FxHashMap<&Breakdown, usize> = FxHashMap::default();
    let mut said: Vec<(&str, Said)> = indicators.iter().map(|indicator| (indicator.id.as_ref(), Said::new(indicator))).collect();
    let index: FxHashMap<&str, usize> =
        indicators.iter().enumerate().map(|(at, indicator)| (indicator.id.as_ref(), at)).collect();
    let mut periods: BTreeSet<Period> = values.iter().map(|value| value.period).collect();
    for value in values {
        let Some(&at) = index.get(value.indicator.as_ref()) else { continue };
        let part = *part_of.entry(&value.breakdown).or_insert_with(|| {
            let part = book.breakdown_name(&value.breakdown);
            parts.place_of(&[part.zh, part.en])
        });
        said[at].1.values.push((
            places.get(value.area.as_ref()).copied().unwrap_or_default(),
            value.period.to_string(),
            part,
            value.value,
            value.status.letter(),
            value.numerator,
            value.denominator,
            runs(&value.from),
        ));
    }
    let (mut files, mut sheets, mut measures) = (Names::default(), Names::default(), Names::default());
    let mut measure_of: FxHashMap<&str, usize> = FxHashMap::default();
    let mut groups: Vec<Group> = Vec::new();
    for place in wanted(values, dataset) {
        let observation = &dataset.observations[place as usize];
        let (file, sheet) = match sheets_of(observation) {
            Some((file, sheet)) => (files.place_of(&*file), sheets.place_of(&*sheet)),
            None => (0, 0),
        };
        let measure = *measure_of.entry(&observation.measure).or_insert_with(|| {
            let name = book.measure_name(&observation.measure);
            measures.place_of(&[name.zh, name.en])
        });
        let area = places.get(observation.area.as_ref()).copied().unwrap_or_default();
        let of = Of { measure, area, period: observation.period, file, sheet };
        match groups.last_mut() {
            Some(group) if group.of == of && group.first + group.cells.len() as u32 == place + 1 => {
                group.cells.push(cell(observation));
            }
            _ => {
                periods.insert(observation.period);
                groups.push(Group { first: place + 1, of, cells: vec![cell(observation)] });
            }
        }
    }
    let origins = Origins {
        indicators: said,
        parts: parts.list,
        periods: periods.into_iter().map(|period| (period.to_string(), [period.in_chinese(), period.in_english()])).collect(),
        files: files.list,
        sheets: sheets.list,
        measures: measures.list,
        observations: groups.into_iter().map(Group::listed).collect(),
    };
    Ok(format!("yardstick.origins({},{});\n", serde_json::to_string(subject)?, serde_json::to_string(&origins)?))
}

/// The observations that values are made of, and those that these are derived from, in their order.
fn wanted(values: &[&IndicatorValue], dataset: &Dataset) -> Vec<u32> {
    let mut is_wanted = vec![false; dataset.observations.len()];
    let mut want = |places: &[u32]| {
        places.iter().filter(|place| !std::mem::replace(&mut is_wanted[**place as usize], true)).copied().collect::<Vec<u32>>()
    };
    let mut wanted: Vec<u32> = values.iter().flat_map(|value| want(&value.from)).collect();
    for at in 0..wanted.len() {
        if let Provenance::Derived { from, .. } = &dataset.observations[wanted[at] as usize].provenance {
            wanted.extend(want(from));
        }
    }
    wanted.sort_unstable();
    wanted
}

/// File and sheet; of rows of several sheets all of them.
fn sheets_of(observation: &Observation) -> Option<(Cow<'_, str>, Cow<'_, str>)> {
    let joined = |of: &[RowSet], part: fn(&RowSet) -> &str| of.iter().map(part).collect::<Vec<_>>().join("; ");
    match &observation.provenance {
        Provenance::Cell { at, .. } => Some((at.file.as_ref().into(), at.sheet.as_ref().into())),
        Provenance::Rows { of, .. } if of.is_empty() => None,
        Provenance::Rows { of, .. } => Some((joined(of, |rows| &rows.file).into(), joined(of, |rows| &rows.sheet).into())),
        Provenance::Derived { .. } => None,
    }
}

#[derive(Serialize)]
struct Origins<'a> {
    indicators: Vec<(&'a str, Said<'a>)>,
    parts: Vec<[String; 2]>,
    /// What each is called.
    periods: BTreeMap<String, [String; 2]>,
    files: Vec<String>,
    sheets: Vec<String>,
    measures: Vec<[String; 2]>,
    observations: Vec<Listed>,
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

/// Observations of the same that follow each other.
struct Group {
    /// Number of the first.
    first: u32,
    of: Of,
    cells: Vec<String>,
}

#[derive(PartialEq)]
struct Of {
    measure: usize,
    area: usize,
    period: Period,
    file: usize,
    sheet: usize,
}

/// Number of the first, measure, area, period, file, sheet, and the cells.
type Listed = (u32, usize, usize, String, usize, usize, Vec<String>);

impl Group {
    fn listed(self) -> Listed {
        let Of { measure, area, period, file, sheet } = self.of;
        (self.first, measure, area, period.to_string(), file, sheet, self.cells)
    }
}

/// Instead of a cell: how many rows.
fn rows_in_words(of: &[RowSet]) -> String {
    let rows: Vec<String> = of.iter().map(|set| set.rows.map_or_else(|| "…".to_string(), |rows| rows.to_string())).collect();
    format!("{} 行 rows", rows.join(" + "))
}

/// Cell, what it says, and the value where it reads otherwise; of a derived one no cell, how it is derived, and from which.
fn cell(observation: &Observation) -> String {
    const BREAKS: [char; 3] = ['\t', '\n', '\r'];
    let mut said = match &observation.provenance {
        Provenance::Cell { at, .. } => at.name(),
        Provenance::Rows { of, .. } => rows_in_words(of),
        Provenance::Derived { .. } => String::new(),
    };
    said.push('\t');
    let raw = said.len();
    said.extend(observation.raw().split(BREAKS).enumerate().flat_map(|(place, part)| [if place > 0 { " " } else { "" }, part]));
    let value = said.len();
    match observation.value {
        Some(value) => push_number(&mut said, value),
        None => said.push_str(observation.status.letter()),
    }
    if observation.cell().is_some() && said[raw..value] == said[value..] {
        said.truncate(value);
    } else {
        said.insert(value, '\t');
    }
    if let Provenance::Derived { from, .. } = &observation.provenance {
        said.push('\t');
        said.push_str(&runs(from));
    }
    said
}

/// Names that are written once and spoken of by their places.
#[derive(Default)]
struct Names<N> {
    list: Vec<N>,
    places: FxHashMap<N, usize>,
}

impl<N: Clone + Eq + Hash> Names<N> {
    fn place_of<Q: ToOwned<Owned = N> + Eq + Hash + ?Sized>(&mut self, name: &Q) -> usize
    where
        N: Borrow<Q>,
    {
        if let Some(&place) = self.places.get(name) {
            return place;
        }
        let place = self.list.len();
        self.list.push(name.to_owned());
        self.places.insert(name.to_owned(), place);
        place
    }
}
