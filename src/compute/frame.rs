//! The dataset as data frames, and the grouping of their rows: the only place where observations are sorted into sums.

use std::collections::HashMap;

use polars::prelude::*;
use rayon::prelude::*;

use crate::model::{Codebook, Dataset, Id, Term};

/// Column names that are not dimensions.
pub const OBSERVATION: &str = "observation";
pub const AREA: &str = "area";
pub const PERIOD: &str = "period";

/// A frame for each measure. A term asks for one measure, so it need not look at the rows of a hundred others.
pub struct Frames<'a> {
    of_measure: HashMap<&'a Id, LazyFrame>,
}

impl<'a> Frames<'a> {
    pub fn new(dataset: &'a Dataset, book: &Codebook) -> PolarsResult<Frames<'a>> {
        let mut places: HashMap<&Id, Vec<u32>> = HashMap::new();
        for (place, observation) in dataset.observations.iter().enumerate() {
            places.entry(&observation.measure).or_default().push(place as u32);
        }
        let frame = |(measure, rows): (&'a Id, Vec<u32>)| Ok((measure, frame(dataset, book, rows)?.lazy()));
        Ok(Frames { of_measure: places.into_par_iter().map(frame).collect::<PolarsResult<_>>()? })
    }
}

/// One row per observation: its place in the dataset, and what it is of.
fn frame(dataset: &Dataset, book: &Codebook, rows: Vec<u32>) -> PolarsResult<DataFrame> {
    let text = |name: &str, of: &dyn Fn(&crate::model::Observation) -> Option<String>| {
        let values: Vec<Option<String>> = rows.iter().map(|&row| of(&dataset.observations[row as usize])).collect();
        Column::new(name.into(), values)
    };
    let mut columns = vec![
        text(AREA, &|observation| Some(observation.area.to_string())),
        text(PERIOD, &|observation| Some(observation.period.to_string())),
    ];
    for dimension in &book.dimensions {
        columns.push(text(&dimension.id, &|observation| observation.breakdown.get(&dimension.id).map(ToString::to_string)));
    }
    let height = rows.len();
    columns.push(Column::new(OBSERVATION.into(), rows));
    DataFrame::new(height, columns)
}

/// The places of a term's observations, by the members of the key columns. Rows keep their order inside a group.
pub fn groups(frames: &Frames, term: &Term, keys: &[&str]) -> PolarsResult<Vec<(Vec<String>, Vec<u32>)>> {
    let Some(frame) = frames.of_measure.get(&term.measure) else { return Ok(Vec::new()) };
    let mut wanted = lit(true);
    for (dimension, members) in &term.only {
        let any = members.iter().map(|member| col(dimension.to_string()).eq(lit(member.to_string()))).reduce(Expr::or);
        wanted = wanted.and(any.unwrap_or(lit(false)));
    }
    // A row without a member of a key dimension says nothing of that breakdown.
    let has_keys = keys.iter().map(|key| col(*key).is_not_null()).fold(wanted, Expr::and);
    let by: Vec<Expr> = keys.iter().map(|key| col(*key)).collect();
    let grouped = frame.clone().filter(has_keys).group_by_stable(by).agg([col(OBSERVATION)]).collect()?;
    let places = grouped.column(OBSERVATION)?.list()?.clone();
    let key_columns: Vec<&StringChunked> = keys.iter().map(|key| grouped.column(key)?.str()).collect::<PolarsResult<_>>()?;
    let mut found = Vec::with_capacity(grouped.height());
    for row in 0..grouped.height() {
        let members = key_columns.iter().map(|column| column.get(row).unwrap_or_default().to_string()).collect();
        let rows =
            places.get_as_series(row).map(|series| series.u32().map(|rows| rows.into_no_null_iter().collect())).transpose()?;
        found.push((members, rows.unwrap_or_default()));
    }
    Ok(found)
}
