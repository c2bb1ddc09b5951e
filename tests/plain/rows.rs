//! Rows of any shape that XML allows.

use proptest::{collection::vec, prelude::*, sample::select};

/// Rows as no single program writes them: places said or not, in any order of attributes, with spaces where XML allows them.
pub fn rows() -> impl Strategy<Value = String> {
    let row =
        (0..3_u32, any::<bool>(), select(vec!["", " spans=\"1:9\"", " ht='15.5' x:y = \"a>b\" "]), vec(cell(), 0..8), space());
    vec((row, space()), 0..8).prop_map(|rows| {
        let (mut next, mut xml) = (1, String::new());
        for ((gap, says, more, cells, inside), between) in rows {
            let row = if says { next + gap } else { next };
            let place = if says { format!(" r=\"{row}\"") } else { String::new() };
            next = row + 1;
            if cells.is_empty() && gap == 1 {
                xml += &format!("<row{place}{more}/>{between}");
                continue;
            }
            let (mut column, mut inner) = (0, String::new());
            for (gap, says, tag) in &cells {
                column += if *says { *gap } else { 0 };
                let place = if *says { format!("r=\"{}{row}\"", letters(column)) } else { "x='1'".to_string() };
                inner += &tag.replace("PLACE", &place);
                inner += inside;
                column += 1;
            }
            xml += &format!("<row{place}{more}>{inside}{inner}</row>{between}");
        }
        xml
    })
}

/// How far right of the last one, whether it says its place, and its XML with `PLACE` where that stands.
fn cell() -> impl Strategy<Value = (u32, bool, String)> {
    let tag = (inside(), 0..4_u8, select(vec!["", "s=\"3\"", "s='0' cm=\"1\""])).prop_map(|((kind, inside), order, style)| {
        let kind = if kind.is_empty() { String::new() } else { format!("t=\"{kind}\"") };
        let said = match order {
            0 => format!("{style} PLACE  {kind}"),
            1 => format!("{kind}\n{style} PLACE "),
            _ => [" PLACE", style, &kind].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" "),
        };
        let said = said.trim_start();
        if inside.is_empty() { format!("<c {said}/>") } else { format!("<c {said}>{inside}</c>") }
    });
    (prop_oneof![Just(0), 0..4_u32, Just(40)], any::<bool>(), tag)
}

/// A type and what a cell of it holds.
fn inside() -> impl Strategy<Value = (&'static str, String)> {
    let formula = select(vec!["", "<f>A1&amp;\"x\"</f>", "<f t=\"shared\" si=\"0\"/>", "\n<f ca='1'>SUM(A1:B2)</f>\n"]);
    let number = prop_oneof![
        any::<f64>()
            .prop_filter("a cell holds no other numbers", |number| number.is_finite())
            .prop_map(|number| number.to_string()),
        any::<i32>().prop_map(|number| number.to_string()),
        "-?[0-9]{1,18}(\\.[0-9]{1,3})?(E[+-]?[0-9]{1,2})?",
    ];
    prop_oneof![
        4 => (select(vec!["", "n"]), formula.clone(), number).prop_map(|(kind, formula, number)| (kind, format!("{formula}<v>{number}</v>"))),
        2 => (0..5_u32).prop_map(|place| ("s", format!("<v>{place}</v>"))),
        2 => (text(), select(vec!["<t>", "<t xml:space=\"preserve\">", "<t xml:space='preserve' >"]))
            .prop_map(|(text, tag)| ("inlineStr", format!("<is>{tag}{text}</t></is>"))),
        1 => (text(), text()).prop_map(|(one, two)| ("inlineStr", format!("<is><r><t>{one}</t></r> <r><t>{two}</t></r><phoneticPr/></is>"))),
        2 => (formula, text()).prop_map(|(formula, text)| ("str", format!("{formula}<v>{text}</v>"))),
        1 => text().prop_map(|text| ("d", format!("<v>{text}</v>"))),
        1 => select(vec!["0", "1", "true"]).prop_map(|truth| ("b", format!("<v>{truth}</v>"))),
        1 => select(vec!["#N/A", "#DIV/0!", "#REF!"]).prop_map(|error| ("e", format!("<f>1/0</f><v>{error}</v>"))),
        1 => select(vec!["", "s", "str", "b"]).prop_map(|kind| (kind, String::new())),
        1 => select(vec!["", "s", "str", "n", "b", "d"]).prop_map(|kind| (kind, "<v></v>".to_string())),
        1 => select(vec!["", "s", "str"]).prop_map(|kind| (kind, " <v/>".to_string())),
    ]
}

fn text() -> impl Strategy<Value = String> {
    let parts = vec![
        "荔湾",
        "a",
        " ",
        "&amp;",
        "&lt;b&gt;",
        "&#10;",
        "&#x4E2D;",
        "_x000D_",
        "_x",
        "_",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "é",
        "😀",
        "]]",
        "'",
        "\"",
        "42",
    ];
    vec(select(parts), 0..6).prop_map(|parts| parts.concat())
}

fn space() -> impl Strategy<Value = &'static str> {
    select(vec!["", "", "", "\n", "\r\n\t "])
}

fn letters(column: u32) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    if column < 26 { last.to_string() } else { letters(column / 26 - 1) + &last.to_string() }
}
