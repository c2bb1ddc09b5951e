//! A list's conditions and summands, worked out for some ten thousand rows at a time.

use polars::prelude::{Column, DataFrame, DataType, Expr, IntoLazy, PolarsResult};
use polars_arrow::array::BooleanArray;

use super::{
    column::Typed,
    expression::read,
    layout::{Counted, RecordsLayout, What},
};
use crate::model::Text;

/// The expressions of a layout, parsed.
pub struct Expressions {
    only: Option<Expr>,
    /// One a value; none counts every row.
    values: Vec<Option<Expr>>,
    /// The columns that they look at.
    columns: Vec<String>,
}

/// What they give, row by row. None: there is no answer, because what it rests on is missing.
pub struct Answers {
    pub only: Option<BooleanArray>,
    /// One a value.
    pub values: Vec<Answer>,
}

pub enum Answer {
    EveryRow,
    Condition(BooleanArray),
    Number(Vec<Option<f64>>),
}

/// What one row adds to a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Adds {
    This(f64),
    Nothing,
    Unknown,
}

impl Answer {
    pub fn of(&self, row: usize) -> Adds {
        match self {
            Answer::EveryRow => Adds::This(1.0),
            Answer::Condition(rows) => match rows.get(row) {
                Some(true) => Adds::This(1.0),
                Some(false) => Adds::Nothing,
                None => Adds::Unknown,
            },
            // The root of a number below 0 is none.
            Answer::Number(rows) => {
                rows.get(row).copied().flatten().filter(|number| number.is_finite()).map_or(Adds::Unknown, Adds::This)
            }
        }
    }
}

impl Expressions {
    pub fn of(layout: &RecordsLayout) -> Result<Expressions, Text> {
        let value = |counted: &Counted| match &counted.what {
            What::Rows => Ok(None),
            What::Where(text) | What::Sum(text) => read(text).map(Some),
        };
        let only = layout.only.as_ref().map(|only| read(&only.text)).transpose()?;
        let values: Vec<Option<Expr>> = layout.values.iter().map(value).collect::<Result<_, _>>()?;
        let names = values.iter().flatten().chain(&only).flat_map(|expression| expression.clone().meta().root_names());
        let mut columns: Vec<String> = names.map(|name| name.to_string()).collect();
        columns.sort();
        columns.dedup();
        Ok(Expressions { only, values, columns })
    }

    pub fn look_at(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }

    /// Works them out for the rows that the columns hold.
    pub fn answers(&self, columns: &[Typed], height: usize) -> PolarsResult<Answers> {
        let framed = columns.iter().filter(|typed| self.look_at(&typed.column.name)).map(Typed::framed).collect();
        let all = || self.only.iter().chain(self.values.iter().flatten());
        let named: Vec<Expr> = all().enumerate().map(|(place, expression)| expression.clone().alias(name(place))).collect();
        let frame = DataFrame::new(height, framed)?;
        let frame = if named.is_empty() { frame } else { frame.lazy().with_columns(named).without_optimizations().collect()? };
        let mut places = 0..;
        let mut next = || frame.column(&name(places.next().unwrap_or_default()));
        let only = match self.only {
            Some(_) => Some(condition(next()?)?),
            None => None,
        };
        let mut values = Vec::with_capacity(self.values.len());
        for expression in &self.values {
            values.push(match expression {
                None => Answer::EveryRow,
                Some(_) => {
                    let column = next()?;
                    match column.dtype() {
                        DataType::Boolean => Answer::Condition(condition(column)?),
                        _ => Answer::Number(column.cast(&DataType::Float64)?.f64()?.iter().collect()),
                    }
                }
            });
        }
        Ok(Answers { only, values })
    }
}

/// The rows as bits in one piece, which are looked at where they lie.
fn condition(column: &Column) -> PolarsResult<BooleanArray> {
    Ok(column.bool()?.rechunk().downcast_as_array().clone())
}

/// No heading begins so.
fn name(place: usize) -> String {
    format!("\u{1}{place}")
}
