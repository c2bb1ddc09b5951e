//! Cell text to value: what an office wrote, as a number in the unit it is wanted in, or the reason why there is none.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::workbook::Cell;
use crate::model::{Status, fold};

/// What a mark such as `—` or `#` stands for in a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Symbol {
    Zero,
    /// There is no such thing here.
    NotApplicable,
    /// There is a value, and the office has not given it.
    Missing,
}

/// A unit with its scale: 万人 is ten thousand 人.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    exponent: i32,
    base: String,
}

impl Unit {
    pub fn parse(text: &str) -> Unit {
        let folded = fold(text);
        for (word, exponent) in [("亿", 8), ("百万", 6), ("万", 4), ("千", 3)] {
            if let Some(base) = folded.strip_prefix(word) {
                return Unit { exponent, base: base.to_string() };
            }
        }
        Unit { exponent: 0, base: folded }
    }

    /// The power of ten that turns a figure in this unit into one in `wanted`; none if they measure different things.
    pub fn exponent_to(&self, wanted: &Unit) -> Option<i32> {
        (self.base == wanted.base || self.base.is_empty()).then_some(self.exponent - wanted.exponent)
    }
}

/// How the figures of one column are written.
#[derive(Debug, Clone)]
pub struct Style<'a> {
    /// The unit the measure is kept in.
    pub wanted: &'a Unit,
    /// Power of ten that the heading or the head of the table adds: 4 under `计划新增学位(万个)`.
    pub exponent: i32,
    /// A bare number of at most 1 in a per cent column is a fraction.
    pub fractions: bool,
    pub symbols: &'a BTreeMap<String, Symbol>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figure {
    Value(f64),
    None(Status),
    /// Neither a number nor a known mark.
    Unreadable,
}

/// Reads a cell. `percent_format` says that the spreadsheet shows the number as a per cent.
pub fn read(cell: &Cell, percent_format: bool, style: &Style) -> Figure {
    let per_cent = style.wanted.base == "%";
    match cell {
        Cell::Empty => Figure::None(Status::Missing),
        Cell::Number(number) if per_cent && (percent_format || style.fractions && number.abs() <= 1.0) => {
            Figure::Value(shift(*number, 2))
        }
        Cell::Number(number) if number.is_finite() => Figure::Value(shift(*number, style.exponent)),
        Cell::Text(text) => read_text(text, style),
        Cell::Number(_) | Cell::Date(_) | Cell::Bool(_) | Cell::Error(_) => Figure::Unreadable,
    }
}

fn read_text(text: &str, style: &Style) -> Figure {
    let folded = fold(text);
    if let Some(symbol) = style.symbols.get(folded.as_str()) {
        return match symbol {
            Symbol::Zero => Figure::Value(0.0),
            Symbol::NotApplicable => Figure::None(Status::NotApplicable),
            Symbol::Missing => Figure::None(Status::Missing),
        };
    }
    match folded.as_str() {
        "" => return Figure::None(Status::Missing),
        "无" => return Figure::Value(0.0),
        "-" | "--" | "—" | "——" | "–" | "/" | "\\" => return Figure::None(Status::NotApplicable),
        _ => {}
    }
    let end = folded.find(|c: char| !(c.is_ascii_digit() || ".,+-".contains(c))).unwrap_or(folded.len());
    let (digits, unit) = folded.split_at(end);
    let Some(number) = plain(digits) else { return Figure::Unreadable };
    if unit.is_empty() {
        let exponent = if style.wanted.base == "%" && style.fractions && number.abs() <= 1.0 { 2 } else { style.exponent };
        return Figure::Value(shift(number, exponent));
    }
    // A unit in the cell itself outranks the heading's.
    match Unit::parse(unit).exponent_to(style.wanted) {
        Some(exponent) => Figure::Value(shift(number, exponent)),
        None => Figure::Unreadable,
    }
}

/// Digits with an optional sign, decimal point and thousands separators in their right places.
fn plain(digits: &str) -> Option<f64> {
    let (whole, _) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.contains(',') {
        let mut groups = whole.trim_start_matches(['+', '-']).split(',');
        let first = groups.next()?;
        if first.is_empty() || first.len() > 3 || groups.any(|group| group.len() != 3) {
            return None;
        }
    }
    let bare = digits.replace(',', "");
    if !bare.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    bare.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Moves the decimal point exactly: 1.2345 万 is 12345, not 12344.999999999998.
pub fn shift(number: f64, exponent: i32) -> f64 {
    if exponent == 0 {
        return number;
    }
    format!("{number}e{exponent}").parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str, unit: &str, exponent: i32) -> Figure {
        let wanted = Unit::parse(unit);
        let symbols = BTreeMap::from([("#".to_string(), Symbol::Missing)]);
        read(&Cell::Text(text.into()), false, &Style { wanted: &wanted, exponent, fractions: true, symbols: &symbols })
    }

    #[test]
    fn numbers_as_offices_write_them() {
        for (written, value) in [
            ("1234", 1234.0),
            ("１２３４", 1234.0),
            ("12,345", 12345.0),
            (" 1 234 ", 1234.0),
            ("-5", -5.0),
            ("1.5", 1.5),
            ("1234人", 1234.0),
            ("1.2345万", 12345.0),
            ("3万人", 30000.0),
            ("1,234,567", 1234567.0),
            ("无", 0.0),
        ] {
            assert_eq!(text(written, "人", 0), Figure::Value(value), "{written}");
        }
        assert_eq!(text("0.1234", "个", 4), Figure::Value(1234.0));
        assert_eq!(text("12", "万元", 0), Figure::Value(12.0));
        assert_eq!(text("1.2亿元", "万元", 0), Figure::Value(12000.0));
    }

    #[test]
    fn per_cents_as_text_as_number_and_as_fraction() {
        assert_eq!(text("55.82%", "%", 0), Figure::Value(55.82));
        assert_eq!(text("５５．８２％", "%", 0), Figure::Value(55.82));
        assert_eq!(text("0.5582", "%", 0), Figure::Value(55.82));
        assert_eq!(text("55.82", "%", 0), Figure::Value(55.82));
        let (wanted, symbols) = (Unit::parse("%"), BTreeMap::new());
        let style = Style { wanted: &wanted, exponent: 0, fractions: false, symbols: &symbols };
        assert_eq!(read(&Cell::Number(0.5582), true, &style), Figure::Value(55.82));
        assert_eq!(read(&Cell::Number(0.5582), false, &style), Figure::Value(0.5582));
    }

    #[test]
    fn marks_are_never_zero_unless_they_say_so() {
        for dash in ["-", "—", "－", "/", "——"] {
            assert_eq!(text(dash, "人", 0), Figure::None(Status::NotApplicable), "{dash}");
        }
        assert_eq!(text("", "人", 0), Figure::None(Status::Missing));
        assert_eq!(text("#", "人", 0), Figure::None(Status::Missing));
        for nonsense in ["约三千", "12,34", "1.2.3", "abc", "12个", "#REF!", ",", "."] {
            assert_eq!(text(nonsense, "人", 0), Figure::Unreadable, "{nonsense}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_number_in_ten_thousands_reads_back_as_itself(number in 0u32..100_000_000) {
            let in_wan = format!("{}.{:04}万", number / 10_000, number % 10_000);
            assert_eq!(text(&in_wan, "人", 0), Figure::Value(f64::from(number)));
        }
    }
}
