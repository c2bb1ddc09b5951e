//! A table as data: named, described columns and rows of text, before it is CSV or anything else.

mod rows;

use std::fmt::Write;

use crate::model::Text;
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

/// A number as it is stored: the shortest text that reads back as itself.
pub fn number(value: Option<f64>) -> String {
    let mut text = String::new();
    if let Some(value) = value {
        push_number(&mut text, value);
    }
    text
}

/// The same behind what a text says already. Most numbers are counts, and most others have their point among few digits: those
/// need not go the long way that the standard library takes for all of them.
pub fn push_number(text: &mut String, value: f64) {
    let whole = value as i64;
    if whole as f64 == value && whole != 0 && whole.unsigned_abs() < 1 << 53 {
        let _ = write!(text, "{whole}");
        return;
    }
    let mut digits = zmij::Buffer::new();
    match digits.format(value) {
        // Powers of ten, zeros and what is no number.
        short if short.contains(['e', 'N', 'i']) || value == 0.0 => {
            let _ = write!(text, "{value}");
        }
        short => text.push_str(short.strip_suffix(".0").unwrap_or(short)),
    }
}

/// A number that may be very small, as p-values are: 2.4e-11 rather than ten zeros.
pub fn small(value: Option<f64>) -> String {
    value.map_or_else(
        String::new,
        |value| if value != 0.0 && value.abs() < 1e-6 { format!("{value:e}") } else { number(Some(value)) },
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn odd_numbers_are_written_as_they_always_were() {
        let small = [0.0, -0.0, 5e-324, 1e-7, 0.1 + 0.2, -1.5, 1e15, 1e16, 1e21, f64::MAX, f64::NAN, f64::INFINITY];
        for value in small.into_iter().flat_map(|value| [value, -value, value + 1.0, 9_007_199_254_740_992.0 + value]) {
            assert_eq!(number(Some(value)), value.to_string());
        }
    }

    proptest! {
        #[test]
        fn numbers_are_written_as_the_standard_library_writes_them(value in any::<f64>(), count in any::<i32>(), part in 1..1000) {
            for value in [value, f64::from(count), f64::from(count) / f64::from(part), f64::from(part) / f64::from(count)] {
                prop_assert_eq!(number(Some(value)), value.to_string());
            }
        }
    }
}
