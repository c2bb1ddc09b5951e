//! What small charts compare: values of which nothing is lacking, counted the same way, and no others.

use super::*;
use crate::model::Break;

/// Three districts from 2019 on.
fn districts(values: [&[Option<f64>]; 3]) -> Bureau {
    let bureau = bureau("人").only(Kind::Multiples);
    ["A", "B", "C"].into_iter().zip(values).fold(bureau, |bureau, (area, values)| bureau.say(area, None, values))
}

fn drawn(bureau: &Bureau) -> Figure {
    let [figure] = bureau.figures().try_into().expect("one figure");
    figure
}

/// Of the areas, the places before which their lines are broken.
fn breaks(figure: &Figure) -> Vec<Vec<usize>> {
    let Marks::Multiples(multiples) = &figure.marks else { panic!("small charts") };
    multiples.panels.iter().map(|series| series.breaks.clone()).collect()
}

fn whole(values: [f64; 4]) -> Vec<Option<f64>> {
    values.into_iter().map(Some).collect()
}

#[test]
fn nothing_is_compared_across_a_change_of_the_way_of_counting() {
    let values = whole([20.0, 21.0, 90.0, 80.0]);
    let mut bureau = districts([&values, &values, &values]);
    let because = Text::new("统计范围扩大", "more are counted");
    bureau.indicator.breaks.push(Break { at: Period::Year(2021), because });
    let figure = drawn(&bureau);
    assert_eq!(figure.title, "近视率2021年至2022年：3个区全部减少");
    assert_eq!(figure.notes, ["自2021年起口径改变，前后不可比：统计范围扩大"], "it is said once");
    assert_eq!(breaks(&figure), [[2], [2], [2]]);
    assert!(figure.alt.contains("荔湾区 90（2021）→80，"), "{}", figure.alt);
    let mut gone = districts([&values, &values, &values[..2]]);
    gone.indicator.breaks.clone_from(&bureau.indicator.breaks);
    assert!(drawn(&gone).alt.contains("从化区 20→21（2020）"), "{}", drawn(&gone).alt);
    bureau.indicator.breaks[0].at = Period::Year(2022);
    assert_eq!(drawn(&bureau).title, "近视率2019年至2021年：3个区全部增加", "one year is no span");
}

#[test]
fn an_area_whose_source_marks_a_break_is_not_compared_and_is_named() {
    let values = whole([20.0, 21.0, 30.0, 40.0]);
    let mut bureau = districts([&values, &values, &values]);
    let marked = |row: &&mut IndicatorValue| row.area.as_ref() == "B" && row.period == Period::Year(2021);
    bureau.summary.values.iter_mut().find(marked).expect("a value").status = Status::Break;
    let figure = drawn(&bureau);
    assert_eq!(figure.title, "近视率2019年至2022年：3个区中2个增加，1个不可比");
    assert_eq!(figure.notes, ["越秀区：自2021年起口径改变（状态 B），前后不可比。"]);
    assert_eq!(breaks(&figure), [vec![], vec![2], vec![]]);
    assert_eq!(drawn(&bureau.english()).title, "Myopia rate from 2019 to 2022: up in 2 of 3 areas, not to be compared in 1");
}

#[test]
fn a_year_that_is_not_over_is_not_compared_with_one_that_is() {
    let values = whole([20.0, 21.0, 30.0, 10.0]);
    let mut bureau = districts([&values, &values, &values]);
    for row in bureau.summary.values.iter_mut().filter(|row| row.period == Period::Year(2022)) {
        (row.so_far, row.note) = (true, Text::same("截至4月"));
    }
    assert_eq!(drawn(&bureau).title, "近视率2019年至2021年：3个区全部增加");
    for row in bureau.summary.values.iter_mut() {
        row.so_far = row.period > Period::Year(2019);
    }
    assert_eq!(drawn(&bureau).title, "近视率2019年至2022年，分地区", "nothing is said where nothing can be compared");
}

#[test]
fn the_years_of_the_title_are_those_that_most_areas_have_and_gaps_are_said() {
    let all = whole([20.0, 21.0, 30.0, 40.0]);
    let bureau = districts([&all, &all, &[None, Some(50.0), None, Some(40.0)]]);
    let figure = drawn(&bureau);
    assert_eq!(figure.title, "近视率2019年至2022年：3个区中2个增加，1个不可比");
    assert_eq!(figure.notes, ["从化区：2019年、2021年无数据，该处不画线。"]);
    let late: &[Option<f64>] = &[None, Some(50.0), Some(45.0), Some(40.0)];
    let figure = drawn(&districts([late, &all, late]));
    assert_eq!(figure.title, "近视率2020年至2022年：3个区中1个增加，2个减少");
    assert_eq!(figure.notes, ["荔湾区、从化区：2019年无数据，该处不画线。"]);
}

#[test]
fn a_member_whose_source_marks_a_break_is_the_one_that_is_broken() {
    let values = whole([20.0, 21.0, 30.0, 40.0]);
    let mut bureau = bureau("%").say(WHOLE, Some("1"), &values).say(WHOLE, Some("2"), &values).only(Kind::Members);
    bureau.summary.values[2].status = Status::Break;
    let figure = drawn(&bureau);
    assert_eq!(figure.notes, ["小学：自2021年起口径改变（状态 B），前后不可比。"]);
    let Marks::Line(lines) = &figure.marks else { panic!("lines") };
    assert_eq!(lines.series.iter().map(|series| series.breaks.as_slice()).collect::<Vec<_>>(), [[2].as_slice(), &[]]);
}
