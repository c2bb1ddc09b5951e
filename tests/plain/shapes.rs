//! Rows of one shape, of which one does not quite have it.

use super::{
    book::{TEXTS, book},
    both::{Outcome, compare},
};

/// A row as nearly all are. Its number grows a digit on the way, and its values their length.
fn row(number: u32) -> String {
    format!(
        "<row r=\"{number}\" spans=\"1:4\"><c r=\"A{number}\" s=\"1\" t=\"s\"><v>{}</v></c><c r=\"B{number}\" s=\"12\"><v>{}</v></c>\
         <c r=\"C{number}\"><v>-{}.25</v></c><c r=\"AA{number}\" s=\"3\"/></row>",
        number % 5,
        number * number,
        number % 13
    )
}

/// What one row has otherwise than the others: what stands there, and what stands there instead.
const SLIPS: [(&str, &str); 16] = [
    ("<row r=\"N\"", "<row r=\"9N\""),
    ("<row r=\"N\" spans=\"1:4\">", "<row r=\"N\" spans=\"1:4\" ht=\"15\">"),
    ("<row r=\"N\" spans=\"1:4\">", "<row>"),
    ("<c r=\"BN\" s=\"12\">", "<c r=\"B7\" s=\"12\">"),
    ("<c r=\"BN\" s=\"12\">", "<c r=\"BN\" s=\"13\">"),
    ("<c r=\"BN\" s=\"12\">", "<c r=\"BN\" s=\"12\" t=\"str\">"),
    ("<c r=\"BN\" s=\"12\">", "<c s=\"12\" r=\"BN\">"),
    ("<c r=\"BN\" s=\"12\">", "<c r=\"CN\" s=\"12\">"),
    ("<c r=\"BN\" s=\"12\">", "<c r=\"AAN\" s=\"12\">"),
    ("<c r=\"BN\" s=\"12\">", "<c r=\"AN\" s=\"12\">"),
    ("<c r=\"CN\"><v>-", "<c r=\"CN\"><v>--"),
    ("<c r=\"CN\"><v>-", "<c r=\"CN\"><v>1234567."),
    ("<c r=\"CN\"><v>-", "<c r=\"CN\"><f>A1</f><v>"),
    ("<c r=\"CN\"><v>-", "<c r=\"BBN\"><v>5</v></c><c r=\"CN\"><v>-"),
    ("<c r=\"AAN\" s=\"3\"/>", ""),
    ("<c r=\"AAN\" s=\"3\"/>", "<c r=\"AAN\" s=\"3\"><v>7</v></c><c r=\"ABN\"><v>8</v></c>"),
];

#[test]
fn rows_of_one_shape_are_read_though_their_numbers_grow_a_digit() {
    let rows: String = (1..=1100).map(row).collect();
    assert_eq!(compare(&book(&rows, TEXTS), "alike"), [Outcome::Same(3_300)]);
}

#[test]
fn a_row_that_does_not_quite_have_the_shape_of_the_others_gives_no_wrong_cell() {
    for (said, instead) in SLIPS {
        for odd in [1, 2, 8, 9, 10, 11, 98, 99, 100] {
            let with = |text: &str| text.replace('N', &odd.to_string());
            let slipped = row(odd).replacen(&with(said), &with(instead), 1);
            assert_ne!(slipped, row(odd), "{said}");
            let rows: String = (1..=112).map(|number| if number == odd { slipped.clone() } else { row(number) }).collect();
            let outcome = compare(&book(&rows, TEXTS), &format!("{instead} in row {odd}"));
            assert!(!matches!(outcome[..], [Outcome::Alone(_)]), "{instead} in row {odd}: {outcome:?}");
        }
    }
}

#[test]
fn cells_that_name_the_row_above_are_not_taken_for_this_one() {
    let stale = |number: u32| row(number).replace(&format!("<row r=\"{}\"", number), &format!("<row r=\"{}\"", number + 3));
    let rows: String = (1..=4).map(row).chain([stale(5)]).chain((9..20).map(row)).collect();
    assert_eq!(compare(&book(&rows, TEXTS), "another row"), [Outcome::GivenBack("a cell in an unusual place")]);
}
