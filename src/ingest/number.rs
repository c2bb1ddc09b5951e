//! Cell text to value: what an office wrote, as a number in the unit it is wanted in, or the reason why there is none.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    marks::{without_notes, without_symbols},
    numeral,
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

/// A unit with its scale: 万人 is ten thousand 人, ‰ a tenth of %.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    exponent: i32,
    base: String,
}

impl Unit {
    pub fn parse(text: &str) -> Unit {
        let folded = fold(text);
        match folded.as_str() {
            "‰" | "千分点" | "permille" => return Unit { exponent: -1, base: "%".to_string() },
            "百分点" | "个百分点" | "percentagepoints" | "pp" => return Unit { exponent: 0, base: "%".to_string() },
            _ => {}
        }
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

    /// Is this clearly a unit of what `wanted` measures: the same, or a scale alone?
    pub fn is_of(&self, wanted: &Unit) -> bool {
        if self.base.is_empty() { self.exponent != 0 } else { self.base == wanted.base }
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
    let Some(bare) = without_notes(text) else { return Figure::Unreadable };
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
mod tests {
    use super::*;

    fn text_as(text: &str, unit: &str, exponent: i32, ratio: bool) -> Figure {
        let wanted = Unit::parse(unit);
        let symbols = BTreeMap::from([
            ("#", Symbol::Missing),
            ("p", Symbol::Provisional),
            ("r", Symbol::Note),
            ("z", Symbol::NotCollected),
        ])
        .into_iter()
        .map(|(mark, symbol)| (mark.to_string(), symbol))
        .collect();
        read(
            &Cell::Text(text.into()),
            Some(false),
            &Style { wanted: &wanted, exponent, fractions: true, ratio, symbols: &symbols },
        )
    }

    fn text(written: &str, unit: &str, exponent: i32) -> Figure {
        text_as(written, unit, exponent, false)
    }

    #[test]
    fn numbers_as_offices_write_them() {
        for (written, value) in [
            ("1234", 1234.0),
            ("１２３４", 1234.0),
            ("12,345", 12345.0),
            ("１２，３４５", 12345.0),
            (" 1 234 ", 1234.0),
            ("-5", -5.0),
            ("1.5", 1.5),
            ("1234人", 1234.0),
            ("1.2345万", 12345.0),
            ("3万人", 30000.0),
            ("1,234,567", 1234567.0),
            ("无", 0.0),
            ("一百二十三", 123.0),
            ("三千人", 3000.0),
            ("二十万", 200_000.0),
        ] {
            assert_eq!(text(written, "人", 0), normal(value), "{written}");
        }
        assert_eq!(text("0.1234", "个", 4), normal(1234.0));
        assert_eq!(text("12", "万元", 0), normal(12.0));
        assert_eq!(text("1.2亿元", "万元", 0), normal(12000.0));
        assert_eq!(text("3m²", "m2", 0), normal(3.0));
    }

    #[test]
    fn per_cents_as_text_as_number_and_as_fraction() {
        for written in ["55.82%", "５５．８２％", "0.5582", "55.82", "558.2‰", "55.82个百分点"] {
            assert_eq!(text(written, "%", 0), normal(55.82), "{written}");
        }
        assert_eq!(text("55.82%", "‰", 0), normal(558.2));
        let (wanted, symbols) = (Unit::parse("%"), BTreeMap::new());
        let style = Style { wanted: &wanted, exponent: 0, fractions: false, ratio: false, symbols: &symbols };
        assert_eq!(read(&Cell::Number(0.5582), Some(true), &style), normal(55.82));
        assert_eq!(read(&Cell::Number(0.5582), Some(false), &style), normal(0.5582));
        assert_eq!(read(&Cell::Number(0.5582), None, &style), Figure::Doubtful);
        assert_eq!(read(&Cell::Number(55.82), None, &style), normal(55.82));
    }

    #[test]
    fn footnote_marks_are_no_digits() {
        for written in ["1234*", "1234¹", "1234①", "1234(1)", "1234［注2］", "1234 ※", "1234**", "r1234", "1234r"] {
            assert_eq!(text(written, "人", 0), normal(1234.0), "{written}");
        }
        assert_eq!(text("1234p", "人", 0), Figure::Value(1234.0, Status::Provisional));
        for doubtful in ["①1234", "①", "¹", "12¹34", "*", "1234(567)", "12\n34", "(1)"] {
            assert_eq!(text(doubtful, "人", 0), Figure::Unreadable, "{doubtful}");
        }
    }

    #[test]
    fn ratios_are_so_many_to_one_however_they_are_written() {
        for written in ["1:18", "18:1", "1：18", "18", "2比36", "1∶18"] {
            assert_eq!(text_as(written, "", 0, true), normal(18.0), "{written}");
        }
        let (wanted, symbols) = (Unit::parse(""), BTreeMap::new());
        let style = Style { wanted: &wanted, exponent: 0, fractions: false, ratio: true, symbols: &symbols };
        assert_eq!(read(&Cell::Number(0.0625), Some(false), &style), normal(16.0));
        assert_eq!(read(&Cell::Date("1:18".into()), Some(false), &style), normal(18.0));
        assert_eq!(text_as("1:0", "", 0, true), Figure::Unreadable);
        assert_eq!(text("1:18", "人", 0), Figure::Unreadable);
    }

    #[test]
    fn marks_are_never_zero_unless_they_say_so() {
        for dash in ["-", "—", "－", "/", "——"] {
            assert_eq!(text(dash, "人", 0), Figure::None(Status::NotApplicable), "{dash}");
        }
        for blank in ["", "  ", "#", "…", "……", "..", "不详"] {
            assert_eq!(text(blank, "人", 0), Figure::None(Status::Missing), "{blank}");
        }
        assert_eq!(text("z", "人", 0), Figure::None(Status::NotCollected));
        for nonsense in ["约三千", "12,34", "1.2.3", "abc", "12个", "#REF!", "#N/A", ",", ".", "p", "2023-10-08", "½", "***"]
        {
            assert_eq!(text(nonsense, "人", 0), Figure::Unreadable, "{nonsense}");
        }
        let (wanted, symbols) = (Unit::parse("人"), BTreeMap::from([("999".to_string(), Symbol::Missing)]));
        let style = Style { wanted: &wanted, exponent: 0, fractions: false, ratio: false, symbols: &symbols };
        assert_eq!(read(&Cell::Number(999.0), Some(false), &style), Figure::None(Status::Missing));
        for cell in
            [Cell::Error("#DIV/0!".into()), Cell::Formula("=A1".into()), Cell::Bool(true), Cell::Date("2023-10-08".into())]
        {
            assert_eq!(read(&cell, Some(false), &style), Figure::Unreadable);
        }
    }

    /// A whole number as offices write it, in one of several ways.
    fn written(number: u32, way: usize) -> String {
        let plain = number.to_string();
        let wide: String = plain.chars().filter_map(|digit| char::from_u32(digit as u32 - 0x30 + 0xFF10)).collect();
        let grouped: String = plain
            .char_indices()
            .flat_map(|(at, digit)| (at > 0 && (plain.len() - at).is_multiple_of(3)).then_some(',').into_iter().chain([digit]))
            .collect();
        match way {
            0 => plain,
            1 => wide,
            2 => grouped,
            3 => grouped.replace(',', "，"),
            4 => grouped.replace(',', " "),
            5 => format!("{}.{:04}万", number / 10_000, number % 10_000),
            6 => format!("{}.{:08}亿人", number / 100_000_000, number % 100_000_000),
            7 => format!("{plain}人"),
            8 => format!(" {wide}\u{3000}"),
            9 => format!("{plain}①"),
            10 => format!("{grouped}（注1）"),
            _ => format!("{plain}.0"),
        }
    }

    proptest::proptest! {
        #[test]
        fn a_number_reads_back_as_itself_in_whatever_way_it_is_written(number in 0u32..u32::MAX, way in 0usize..12) {
            assert_eq!(text(&written(number, way), "人", 0), normal(f64::from(number)), "{}", written(number, way));
        }

        #[test]
        fn a_per_cent_reads_back_as_itself(hundredths in 0u32..=10_000, way in 0usize..4) {
            let (whole, part) = (hundredths / 100, hundredths % 100);
            let written = match way {
                0 => format!("{whole}.{part:02}%"),
                1 => format!("{whole}.{part:02}％"),
                2 => format!("{}.{}‰", hundredths / 10, hundredths % 10),
                _ => format!("0.{hundredths:04}").replace("0.10000", "1.0000"),
            };
            assert_eq!(text(&written, "%", 0), normal(f64::from(hundredths) / 100.0), "{written}");
        }

        #[test]
        fn no_text_breaks_it(written in "\\PC{0,20}") {
            for ratio in [false, true] {
                let _ = text_as(&written, "%", 4, ratio);
            }
        }
    }
}
