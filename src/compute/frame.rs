//! The dataset as a data frame, and the grouping of its rows: the only place where observations are sorted into sums.

use polars::prelude::*;

use crate::model::{Codebook, Dataset, Term};

/// Column names that are not dimensions.
pub const OBSERVATION: &str = "observation";
pub const MEASURE: &str = "measure";
pub const AREA: &str = "area";
pub const PERIOD: &str = "period";

/// One row per observation: its place in the dataset, and what it is of.
pub fn frame(dataset: &Dataset, book: &Codebook) -> PolarsResult<DataFrame> {
    let observations = &dataset.observations;
    let text = |name: &str, of: &dyn Fn(&crate::model::Observation) -> Option<String>| {
        Column::new(name.into(), observations.iter().map(of).collect::<Vec<_>>())
    };
    let mut columns = vec![
        Column::new(OBSERVATION.into(), (0..observations.len() as u32).collect::<Vec<_>>()),
        text(MEASURE, &|observation| Some(observation.measure.to_string())),
        text(AREA, &|observation| Some(observation.area.to_string())),
        text(PERIOD, &|observation| Some(observation.period.to_string())),
    ];
    for dimension in &book.dimensions {
        columns.push(text(&dimension.id, &|observation| observation.breakdown.get(&dimension.id).map(ToString::to_string)));
    }
    DataFrame::new(observations.len(), columns)
}

/// The places of a term's observations, by the members of the key columns. Rows keep their order inside a group.
pub fn groups(frame: &LazyFrame, term: &Term, keys: &[&str]) -> PolarsResult<Vec<(Vec<String>, Vec<u32>)>> {
    let mut wanted = col(MEASURE).eq(lit(term.measure.to_string()));
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
