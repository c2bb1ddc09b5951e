//! Cell text to value: what an office wrote, as a number in the unit it is wanted in, or the reason why there is none.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    marks::{without_notes, without_symbols},
    numeral,
    unit::Unit,
    workbook::Cell,
};
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
    /// There is a value, and nobody has counted it.
    NotCollected,
    /// There is a value, and it is not shown, so that nobody is recognised by it.
    Suppressed,
    /// Beside a number: it may still change.
    Provisional,
    /// Beside a number: it is an estimate.
    Estimated,
    /// Beside a number: it stands in for an answer that did not come.
    Imputed,
    /// Beside a number: the series breaks here.
    Break,
    /// Beside a number: it has a footnote.
    Note,
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
    /// 1:18, 18:1 and 0.055 are all 18.
    pub ratio: bool,
    pub symbols: &'a BTreeMap<String, Symbol>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figure {
    /// A value, normal or provisional.
    Value(f64, Status),
    None(Status),
    /// Neither a number nor a known mark.
    Unreadable,
    /// 0.5582 under a heading in per cent, in a file that does not tell how it is shown: 55.82 % or 0.5582 %.
    Doubtful,
}

/// Reads a cell. `percent_format` says whether the spreadsheet shows the number as a per cent, where it tells.
pub fn read(cell: &Cell, percent_format: Option<bool>, style: &Style) -> Figure {
    match cell {
        Cell::Empty => Figure::None(Status::Missing),
        Cell::Number(number) => read_number(*number, percent_format, style),
        Cell::Text(text) => read_text(text, style),
        // A spreadsheet takes 1:18 for a time.
        Cell::Date(text) if style.ratio => ratio(&fold(text)).map_or(Figure::Unreadable, normal),
        Cell::Date(_) | Cell::Bool(_) | Cell::Error(_) | Cell::Formula(_) => Figure::Unreadable,
    }
}

fn normal(value: f64) -> Figure {
    Figure::Value(value, Status::Normal)
}

fn read_number(number: f64, percent_format: Option<bool>, style: &Style) -> Figure {
    if !number.is_finite() {
        return Figure::Unreadable;
    }
    if !style.symbols.is_empty()
        && let Some(figure) = style.symbols.get(&number.to_string()).and_then(|symbol| alone(*symbol))
    {
        return figure;
    }
    if style.ratio {
        return normal(to_one(number));
    }
    let is_small = number.abs() <= 1.0;
    if style.wanted.base == "%" && (percent_format == Some(true) || style.fractions && is_small) {
        return normal(shift(number, 2 - style.wanted.exponent));
    }
    if style.wanted.base == "%" && percent_format.is_none() && is_small && number != 0.0 {
        return Figure::Doubtful;
    }
    normal(shift(number, style.exponent))
}

/// What a mark says that stands by itself.
fn alone(symbol: Symbol) -> Option<Figure> {
    match symbol {
        Symbol::Zero => Some(normal(0.0)),
        Symbol::NotApplicable => Some(Figure::None(Status::NotApplicable)),
        Symbol::Missing => Some(Figure::None(Status::Missing)),
        Symbol::NotCollected => Some(Figure::None(Status::NotCollected)),
        Symbol::Suppressed => Some(Figure::None(Status::Suppressed)),
        Symbol::Provisional | Symbol::Estimated | Symbol::Imputed | Symbol::Break | Symbol::Note => None,
    }
}

fn read_text(text: &str, style: &Style) -> Figure {
    let whole = fold(text);
    if let Some(figure) = style.symbols.get(whole.as_str()).and_then(|symbol| alone(*symbol)) {
        return figure;
    }
    match whole.as_str() {
        "" | "..." | "......" | ".." | "不详" => return Figure::None(Status::Missing),
        "无" => return normal(0.0),
        "-" | "--" | "—" | "——" | "–" | "/" | "\\" => return Figure::None(Status::NotApplicable),
        _ => {}
    }
    let Some(bare) = without_notes(text).filter(|bare| !stand_apart(bare)) else { return Figure::Unreadable };
    let (folded, status) = without_symbols(fold(bare), style.symbols);
    match value(&folded, style) {
        Some(value) => Figure::Value(value, status),
        None => Figure::Unreadable,
    }
}

/// The number that a folded text without marks says, in the wanted unit.
fn value(folded: &str, style: &Style) -> Option<f64> {
    if style.ratio && folded.contains([':', '∶', '比']) {
        return ratio(folded);
    }
    let end = folded.find(|c: char| !(c.is_ascii_digit() || ".,+-".contains(c))).unwrap_or(folded.len());
    let (number, unit) = match folded.split_at(end) {
        ("", letters) => {
            let end = letters.find(|c: char| !numeral::is_numeral(c)).unwrap_or(letters.len());
            (numeral::parse(&letters[..end])?, &letters[end..])
        }
        (digits, unit) => (plain(digits)?, unit),
    };
    if style.ratio {
        return unit.is_empty().then(|| to_one(number));
    }
    if unit.is_empty() {
        let is_fraction = style.wanted.base == "%" && style.fractions && number.abs() <= 1.0;
        return Some(shift(number, if is_fraction { 2 - style.wanted.exponent } else { style.exponent }));
    }
    // A unit in the cell itself outranks the heading's.
    Unit::parse(unit).exponent_to(style.wanted).map(|exponent| shift(number, exponent))
}

/// Two numbers beside each other, 120 35: blanks part thousands, or all digits from each other, and nothing else.
fn stand_apart(text: &str) -> bool {
    let is_digit = |letter: &char| matches!(letter, '0'..='9' | '０'..='９');
    let parts: Vec<&str> = text.split_whitespace().collect();
    let is_apart = |pair: &[&str]| {
        let (before, behind) = (pair[0].chars().rev().take_while(is_digit).count(), pair[1].chars().take_while(is_digit).count());
        before > 0 && behind > 0 && (before > 3 || behind != 3)
    };
    parts.windows(2).any(is_apart) && !parts.iter().all(|part| part.chars().count() == 1)
}

/// Digits with an optional sign, decimal point and thousands separators in their right places.
fn plain(digits: &str) -> Option<f64> {
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    // 1.234,56 is written the other way round, and stands for a thousand times as much.
    if part.contains(',') {
        return None;
    }
    if whole.contains(',') {
        let mut groups = whole.trim_start_matches(['+', '-']).split(',');
        let first = groups.next()?;
        // 0,125 is an eighth, written with a comma.
        if first.is_empty() || first.len() > 3 || first.starts_with('0') || groups.any(|group| group.len() != 3) {
            return None;
        }
    }
    let bare = digits.replace(',', "");
    if !bare.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    bare.parse().ok().filter(|number: &f64| number.is_finite())
}

/// `1:18`, `18:1`, `2比36`: the larger over the smaller.
fn ratio(folded: &str) -> Option<f64> {
    let (one, other) = folded.split_once([':', '∶', '比'])?;
    let (one, other) = (plain(one)?, plain(other)?);
    let (least, most) = (one.min(other), one.max(other));
    (least > 0.0).then(|| most / least)
}

/// 0.055 teachers to a pupil are 18 pupils to a teacher.
fn to_one(number: f64) -> f64 {
    if number > 0.0 && number < 1.0 { 1.0 / number } else { number }
}

/// Moves the decimal point exactly: 1.2345 万 is 12345, not 12344.999999999998.
pub fn shift(number: f64, exponent: i32) -> f64 {
    if exponent == 0 {
        return number;
    }
    format!("{number}e{exponent}").parse().unwrap_or(number)
}

#[cfg(test)]
mod tests;
