//! The dataset as data frames, and the grouping of their rows: the only place where observations are sorted into sums.

use std::collections::BTreeMap;

use polars::prelude::*;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::model::{Codebook, Dataset, Dimension, Id, Period, Term};

/// Column names that are not dimensions.
pub const OBSERVATION: &str = "observation";
pub const AREA: &str = "area";
pub const PERIOD: &str = "period";

/// A frame for each measure. A term asks for one measure, so it need not look at the rows of a hundred others.
pub struct Frames<'a> {
    of_measure: FxHashMap<&'a Id, DataFrame>,
}

impl<'a> Frames<'a> {
    pub fn new(dataset: &'a Dataset, book: &Codebook) -> PolarsResult<Frames<'a>> {
        let mut places: FxHashMap<&Id, Vec<u32>> = FxHashMap::default();
        for (rows, run) in dataset.placed_runs() {
            places.entry(&run[0].measure).or_default().extend(rows);
        }
        let frame = |(measure, rows): (&'a Id, Vec<u32>)| Ok((measure, frame(dataset, book, rows)?));
        Ok(Frames { of_measure: places.into_par_iter().map(frame).collect::<PolarsResult<_>>()? })
    }
}

/// One row per observation: its place in the dataset, and what it is of.
fn frame(dataset: &Dataset, book: &Codebook, rows: Vec<u32>) -> PolarsResult<DataFrame> {
    let observations = || rows.iter().map(|&row| &dataset.observations[row as usize]);
    let (mut periods, mut said): (BTreeMap<Period, String>, Vec<&Id>) = Default::default();
    for observation in observations() {
        periods.entry(observation.period).or_insert_with(|| observation.period.to_string());
        for dimension in observation.breakdown.keys() {
            if !said.contains(&dimension) {
                said.push(dimension);
            }
        }
    }
    let height = rows.len();
    let text = |name: &str, values: Vec<Option<&str>>| Column::new(name.into(), values);
    let mut columns = vec![
        text(AREA, observations().map(|observation| Some(observation.area.as_ref())).collect()),
        text(PERIOD, observations().map(|observation| periods.get(&observation.period).map(String::as_str)).collect()),
    ];
    for Dimension { id, .. } in &book.dimensions {
        columns.push(if said.contains(&id) {
            text(id, observations().map(|observation| observation.breakdown.get(id).map(AsRef::as_ref)).collect())
        } else {
            // A measure is broken down by few of them.
            Column::full_null(id.as_ref().into(), height, &DataType::String)
        });
    }
    columns.push(Column::new(OBSERVATION.into(), rows));
    DataFrame::new(height, columns)
}

/// The places of a term's observations, by the members of the key columns. Rows keep their order inside a group.
pub fn groups(frames: &Frames, term: &Term, keys: &[&str]) -> PolarsResult<Vec<(Vec<String>, Vec<u32>)>> {
    let Some(frame) = frames.of_measure.get(&term.measure) else { return Ok(Vec::new()) };
    // A row without a member of a key dimension says nothing of that breakdown.
    let mut wanted = BooleanChunked::full(PlSmallStr::EMPTY, true, frame.height());
    for key in keys {
        wanted = wanted & frame.column(key)?.is_not_null();
    }
    for (dimension, members) in &term.only {
        let said = frame.column(dimension)?.str()?;
        let any = members.iter().map(|member| said.equal(member.as_ref())).reduce(|any, member| any | member);
        wanted = wanted & any.unwrap_or_else(|| BooleanChunked::full(PlSmallStr::EMPTY, false, frame.height()));
    }
    // Indicators are summed side by side already: each in the thread it is in.
    let rows = frame.select(keys.iter().copied().chain([OBSERVATION]))?.filter_seq(&wanted)?;
    let by = keys.iter().map(|key| rows.column(key).cloned()).collect::<PolarsResult<Vec<_>>>()?;
    let grouped = rows.group_by_with_series(by.clone(), false, true)?;
    let key_columns = by.iter().map(|key| key.str()).collect::<PolarsResult<Vec<_>>>()?;
    let places: Vec<u32> = rows.column(OBSERVATION)?.u32()?.into_no_null_iter().collect();
    let found = grouped.get_groups().iter().map(|group| {
        let first = group.first() as usize;
        let members = key_columns.iter().map(|column| column.get(first).unwrap_or_default().to_string()).collect();
        let rows = match group {
            GroupsIndicator::Idx((_, rows)) => rows.iter().map(|&row| places[row as usize]).collect(),
            GroupsIndicator::Slice([start, length]) => places[start as usize..(start + length) as usize].to_vec(),
        };
        (members, rows)
    });
    Ok(found.collect())
}
