//! A table as data: named, described columns and rows of text, before it is CSV or anything else.

mod rows;

use crate::model::{Text, stored};
pub use rows::{Row, Rows};

/// What a column holds, in the words of Frictionless Table Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    String,
    Number,
    Integer,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub name: String,
    pub kind: Kind,
    pub description: Text,
}

impl Column {
    pub fn text(name: &str, zh: &str, en: &str) -> Column {
        Column { name: name.to_string(), kind: Kind::String, description: Text::new(zh, en) }
    }

    pub fn number(name: &str, zh: &str, en: &str) -> Column {
        Column { kind: Kind::Number, ..Column::text(name, zh, en) }
    }

    pub fn integer(name: &str, zh: &str, en: &str) -> Column {
        Column { kind: Kind::Integer, ..Column::text(name, zh, en) }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub name: &'static str,
    pub title: Text,
    pub columns: Vec<Column>,
    pub rows: Rows,
}

/// A number as it is stored.
pub fn number(value: Option<f64>) -> String {
    value.map_or_else(String::new, stored)
}

/// A number that may be very small, as p-values are: 2.4e-11 rather than ten zeros.
pub fn small(value: Option<f64>) -> String {
    value.map_or_else(
        String::new,
        |value| if value != 0.0 && value.abs() < 1e-6 { format!("{value:e}") } else { number(Some(value)) },
    )
}
