//! The figure that a cell of a list gives: a number or a day as offices write them, or what is wrong with it.

use std::collections::BTreeMap;

use super::{
    column::{Odd, said},
    layout::{Column, Holds},
};
use crate::{
    ingest::{
        day,
        number::{self, Figure, Style, Symbol},
        unit::Unit,
        workbook::{Cell, Held},
    },
    model::fold,
};

/// The number or day of a cell; NaN where there is none.
pub fn figure(column: &Column, held: Held<'_>) -> (f64, Option<Odd>) {
    let value = match (&column.holds, held) {
        (Holds::Number, Held::Number(number)) if number.is_finite() => number,
        _ => match odd_figure(column, held) {
            Figure::Value(value, _) => value,
            Figure::None(_) => return (f64::NAN, None),
            Figure::Unreadable | Figure::Doubtful => {
                // In text truth values are words.
                let is_truth = said(held).is_some_and(|said| ["TRUE", "FALSE"].contains(&said.trim()));
                let odd = if is_truth && column.holds == Holds::Number { Odd::Truth } else { Odd::Unreadable };
                return (f64::NAN, Some(odd));
            }
        },
    };
    let is_inside = column.from.is_none_or(|from| value >= from) && column.to.is_none_or(|to| value <= to);
    if is_inside { (value, None) } else { (f64::NAN, Some(Odd::OutOfBounds)) }
}

/// What is no plain number: the office's ways of writing one, as in forms.
fn odd_figure(column: &Column, held: Held<'_>) -> Figure {
    let cell = match held {
        Held::Number(number) => Cell::Number(number),
        Held::Text(_) | Held::Shared(..) => Cell::Text(held.text().unwrap_or_default().to_string()),
        Held::Bool(_) | Held::Error(_) | Held::Formula => return Figure::Unreadable,
    };
    if column.holds == Holds::Day {
        return day::read(&cell);
    }
    let symbols: BTreeMap<String, Symbol> = BTreeMap::new();
    let read = |wanted: &Unit| {
        number::read(&cell, None, &Style { wanted, exponent: 0, fractions: false, ratio: false, symbols: &symbols })
    };
    let wanted = Unit::parse(column.unit.as_deref().unwrap_or_default());
    match (read(&wanted), &cell) {
        (Figure::Unreadable, Cell::Text(text)) if column.unit.is_none() || wanted.counts() => {
            counted_in(text, &wanted).map_or(Figure::Unreadable, |unit| read(&unit))
        }
        (figure, _) => figure,
    }
}

/// The word of counting behind a number, 座 in 19座, as the unit that is wanted: of what is counted, one is often written for another.
fn counted_in(text: &str, wanted: &Unit) -> Option<Unit> {
    let folded = fold(text);
    let unit = folded.trim_start_matches(|letter: char| letter.is_ascii_digit() || ",.".contains(letter));
    let unit = Some(Unit::parse(unit)).filter(|written| unit.len() < folded.len() && written.counts())?;
    Some(Unit { exponent: wanted.exponent, ..unit })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diag::{TomlFile, TomlPlace};

    #[test]
    fn a_number_may_have_its_unit_or_a_word_of_counting_behind_it() {
        let read = |unit: Option<&str>, text: &str| {
            let place = TomlPlace { file: Arc::new(TomlFile { path: String::new(), text: String::new() }), span: 0..0 };
            let column = Column {
                name: "seats".into(),
                headings: Vec::new(),
                folded: Vec::new(),
                holds: Holds::Number,
                optional: false,
                from: None,
                to: None,
                unit: unit.map(str::to_string),
                place,
            };
            let (value, odd) = figure(&column, Held::Text(text));
            odd.is_none().then_some(value)
        };
        for (unit, text, value) in [
            (None, "19座", Some(19.0)),
            (None, " ４５ 人", Some(45.0)),
            (None, "1,200册", Some(1200.0)),
            (None, "1.2万人", Some(12_000.0)),
            (Some("个"), "19座", Some(19.0)),
            (Some("人"), "19名", Some(19.0)),
            (Some("万人"), "1200名", Some(0.12)),
            (Some("万元"), "5000元", Some(0.5)),
            (Some("万元"), "3万", Some(3.0)),
            (Some("万元"), "3", Some(3.0)),
            (Some("元"), "19座", None),
            (None, "3米", None),
            (None, "约19座", None),
            (None, "19座左右", None),
            (None, "座", None),
            (None, "3座2", None),
        ] {
            assert_eq!(read(unit, text), value, "{unit:?} {text}");
        }
    }
}
