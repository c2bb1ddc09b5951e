//! Sheets written by hand: what is plain, what is not, and whatever XML allows.

use std::io::Cursor;

use proptest::prelude::*;
use yardstick::ingest::{Flow, Held, Plain, Sink};
use zip::CompressionMethod;

use super::{
    book::{MAIN, TEXTS, book, pack, parts, parts_of},
    both::{Cell, Cells, Outcome, compare, scan},
    rows::rows,
};

fn cells(book: &[u8]) -> Cells {
    let mut plain = Plain::open(Cursor::new(book)).expect("a plain workbook");
    scan(&mut plain, 0, &|_| true).expect("a plain sheet")
}

fn outcome(rows: &str) -> Outcome {
    compare(&book(rows, TEXTS), rows).remove(0)
}

#[test]
fn every_kind_of_cell_is_read() {
    let rows = "<row r=\"1\"><c r=\"A1\"><v>-1.50</v></c><c r=\"B1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"b\"><v>1</v></c>\
        <c r=\"D1\" t=\"e\"><v>#N/A</v></c><c r=\"E1\" t=\"str\"><f>A1</f><v>a&amp;b</v></c>\
        <c r=\"AA1\" t=\"inlineStr\"><is><t> x </t></is></c><c t=\"d\"><v>2023-10-08</v></c></row>\
        <row><c><v>1E3</v></c><c s=\"1\"/></row><row r=\"9\"/><row r=\"12\"><c r=\"B12\"><f>1+1</f><v>2</v></c></row>";
    let text = |said: &str| Cell::Text(said.to_string());
    let number = |number: f64| Cell::Number(number.to_bits());
    assert_eq!(
        cells(&book(rows, TEXTS)),
        [
            (0, 0, number(-1.5)),
            (0, 1, text("荔湾区")),
            (0, 2, Cell::Bool(true)),
            (0, 3, Cell::Error("#N/A".to_string())),
            (0, 4, text("a&b")),
            (0, 26, text("x")),
            (0, 27, text("2023-10-08")),
            (1, 0, number(1000.0)),
            (11, 1, number(2.0)),
        ]
    );
    assert_eq!(outcome(rows), Outcome::Same(9));
}

#[test]
fn the_texts_of_a_workbook_are_those_that_calamine_reads() {
    let row = (0..5).map(|place| format!("<c t=\"s\"><v>{place}</v></c>")).collect::<String>();
    let read = cells(&book(&format!("<row>{row}</row>"), TEXTS));
    let said: Vec<_> = read.into_iter().map(|(.., cell)| cell).collect();
    assert_eq!(said, ["荔湾区", " a ", "", "one two", "\r&"].map(|text| Cell::Text(text.to_string())));
    assert_eq!(outcome(&format!("<row>{row}</row>")), Outcome::Same(5));
}

#[test]
fn each_unusual_thing_in_a_sheet_gives_it_back() {
    let cell = |cell: &str| format!("<row r=\"1\">{cell}</row>");
    for (rows, why) in [
        (cell("<c t=\"str\"><v>&unknown;</v></c>"), "an entity that is not known"),
        (cell("<c t=\"s\"><v>5</v></c>"), "a cell refers to a text that is not there"),
        (cell("<c t=\"s\"><v>x</v></c>"), "a cell refers to a text that is not there"),
        (cell("<c><v>12x</v></c>"), "a number that cannot be read"),
        (cell("<c><v> 12</v></c>"), "a number that cannot be read"),
        (cell("<c><v>1e999</v></c>"), "a number that cannot be read"),
        (cell("<c t=\"n\"><v>NaN</v></c>"), "a number that cannot be read"),
        (cell("<c t=\"b\"><v>2</v></c>"), "neither true nor false"),
        (cell("<c t=\"e\"><v>#OUCH!</v></c>"), "an error of another name"),
        (cell("<c t=\"x\"><v>1</v></c>"), "a cell of another type"),
        (cell("<c t=\"inlineStr\"><v>1</v></c>"), "a text in two places"),
        (cell("<c><is><t>a</t></is></c>"), "another tag in a cell"),
        (cell("<c><v>1</v><f>A1</f></c>"), "another tag in a cell"),
        (cell("<c><v>1</v><v>2</v></c>"), "another tag in a cell"),
        (cell("<c><v>1<b/></v></c>"), "a tag inside a value"),
        (cell("<c><extLst/></c>"), "another tag in a cell"),
        (cell("<c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c>"), "cells out of order"),
        (cell("<c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>1</v></c>"), "cells out of order"),
        (cell("<c r=\"A2\"><v>1</v></c>"), "a cell in an unusual place"),
        (cell("<c r=\"XFE1\"><v>1</v></c>"), "a cell in an unusual place"),
        (cell("<c r=\"A1\" r=\"B1\"><v>1</v></c>"), "a tag says something twice"),
        (cell("<x:c r=\"A1\"><x:v>1</x:v></x:c>"), "something between cells"),
        (cell("<c xmlns=\"other\"><v>1</v></c>"), "a namespace inside"),
        (cell("words"), "something between cells"),
        (cell("<col/>"), "a tag of another name"),
        (cell("<!-- a comment --><c><v>1</v></c>"), "a comment, CDATA or an instruction inside"),
        (cell("<c t=\"str\"><v><![CDATA[<c>]]></v></c>"), "a comment, CDATA or an instruction inside"),
        ("<?go?>".to_string(), "a comment, CDATA or an instruction inside"),
        ("<row r=\"2\"/><row r=\"1\"/>".to_string(), "rows out of order"),
        ("<row r=\"2\"/><row r=\"2\"/>".to_string(), "rows out of order"),
        ("<row r=\"0\"/>".to_string(), "the number of a row cannot be read"),
        ("<row r=\"1048577\"/>".to_string(), "very many rows"),
        ("<row r=\"1\" r=\"1\"/>".to_string(), "a tag says something twice"),
        ("<x:row/>".to_string(), "something between rows"),
        ("<c><v>1</v></c>".to_string(), "something between rows"),
        ("<row r=\"1\"><c><v>1</v></c>".to_string(), "something between cells"),
        ("<row r=\"1\"><c><v>1".to_string(), "a tag inside a value"),
        ("<row r=\"1".to_string(), "a tag is not sound"),
    ] {
        let found = outcome(&rows);
        assert_eq!(found, Outcome::GivenBack(why), "{rows}");
    }
}

#[test]
fn each_unusual_thing_around_a_sheet_gives_it_back() {
    let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";
    let with = |part: &str, from: &str, to: &str| {
        let mut parts = parts(rows, "");
        let (_, text) = parts.iter_mut().find(|(name, _)| name.ends_with(part)).expect("the part");
        assert!(text.contains(from), "{part} holds no {from}");
        *text = text.replacen(from, to, 1);
        compare(&pack(&parts, CompressionMethod::Deflated), part).remove(0)
    };
    let doctype = "<!DOCTYPE w [<!ENTITY a \"b\">]><w";
    let document = "/officeDocument\"";
    for (part, from, to, why) in [
        ("sheet1.xml", MAIN, "urn:other", "another namespace"),
        ("sheet1.xml", "<worksheet xmlns=", "<x:worksheet xmlns:x=", "a part opens with another tag"),
        ("sheet1.xml", "UTF-8", "GB18030", "not in UTF-8"),
        ("sheet1.xml", "<w", doctype, "a part opens with another tag"),
        ("sheet1.xml", "<sheetData>", "<!-- <sheetData> --><sheetData>", "a comment, CDATA or an instruction inside"),
        ("sheet1.xml", "<sheetData>", "<dimension ref=\"A:B\"/><sheetData>", "an extent that cannot be read"),
        ("sheet1.xml", "sheetData>", "sheet>", "a sheet without cells"),
        ("sheet1.xml", "</sheetData></worksheet>", "", "a part is cut off"),
        ("workbook.xml", "<sheets>", "<workbookPr date1904=\"1\"/><sheets>", "days count from 1904"),
        ("workbook.xml", MAIN, "urn:other", "a workbook in another namespace"),
        ("workbook.xml", "<w", doctype, "the XML of a small part is not sound"),
        ("workbook.xml", "name=\"S\"", "", "a sheet without a name"),
        ("workbook.xml", "</sheets>", "<sheet name=\"S\" r:id=\"r1\"/></sheets>", "two sheets of one name"),
        ("workbook.xml", "</workbook>", "", "the XML of a small part is not sound"),
        ("workbook.xml.rels", "sheet1.xml", "sheet2.xml", "the part of a sheet is missing"),
        ("workbook.xml.rels", "sharedStrings.xml", "texts.xml", "texts in another part"),
        ("workbook.xml.rels", "Id=\"r2\"", "Id=\"r1\"", "two relations of one name"),
        ("workbook.xml.rels", "/worksheet\"", "/xlMacrosheet\"", "a sheet of another kind"),
        ("_rels/.rels", document, "/other\"", "no workbook in the archive, or several"),
        ("sharedStrings.xml", "</sst>", "<si><x/></si></sst>", "another tag beside a text"),
        ("sharedStrings.xml", "</sst>", "<extLst/></sst>", "another tag in the list of texts"),
        ("sharedStrings.xml", "</sst>", "<si><t>a", "a part is cut off"),
    ] {
        assert_eq!(with(part, from, to), Outcome::GivenBack(why), "{part}: {to}");
    }
    assert_eq!(with("sheet1.xml", MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"), Outcome::Same(1));
    assert_eq!(with("sheet1.xml", "<?xml", "\u{feff}<?xml"), Outcome::Same(1));
    assert_eq!(with("sheet1.xml", "<sheetData>", "<dimension ref=\"A1:B2\"/><cols/><sheetData>"), Outcome::Same(1));
    let stored = pack(&parts(rows, ""), CompressionMethod::Stored);
    assert_eq!(compare(&stored, "stored"), [Outcome::Same(1)]);
    let empty = pack(&parts_of("<sheetData/>", ""), CompressionMethod::Deflated);
    assert_eq!(compare(&empty, "empty"), [Outcome::Same(0)]);
}

#[test]
fn rows_are_whole_wherever_a_piece_ends() {
    let long = "长".repeat(3000);
    for step in [1, 7, 60] {
        let row = |row: usize| {
            let cells =
                (0..step).map(|at| format!("<c t=\"inlineStr\"><is><t>{long}{row}/{at}</t></is></c><c><v>{row}.{at}</v></c>"));
            format!("<row r=\"{}\">{}</row><row r=\"{}\"/>", 2 * row + 1, cells.collect::<String>(), 2 * row + 2)
        };
        let rows: String = (0..400 / step).map(row).collect();
        assert!(rows.len() > 3_000_000);
        assert_eq!(outcome(&rows), Outcome::Same(2 * step * (400 / step)));
    }
    let closed: String = (1..200_000).map(|row| format!("<row r=\"{row}\"/>")).collect();
    assert_eq!(outcome(&closed), Outcome::Same(0));
    let breaks =
        format!("<sheetData><row><c><v>1</v></c></row></sheetData><rowBreaks>{}</rowBreaks>", "<brk id=\"1\"/>".repeat(90_000));
    assert_eq!(compare(&pack(&parts_of(&breaks, ""), CompressionMethod::Deflated), "breaks"), [Outcome::Same(1)]);
}

/// Looks at the heading, then wants one column; stops after some rows.
struct Choosy {
    column: Option<u32>,
    taken: Vec<(u32, u32)>,
}

impl Sink for Choosy {
    fn wants(&self, column: u32) -> bool {
        self.column.is_none_or(|wanted| wanted == column)
    }

    fn cell(&mut self, row: u32, column: u32, held: Held<'_>) {
        self.taken.push((row, column));
        if held == Held::Text("wanted") {
            self.column = Some(column);
        }
    }

    fn end_of_row(&mut self, row: u32) -> Flow {
        match row {
            0 => Flow::Look,
            3 => Flow::Stop,
            _ => Flow::Go,
        }
    }
}

#[test]
fn a_sink_looks_again_and_stops_the_scan() {
    let heading = "<row><c t=\"inlineStr\"><is><t>other</t></is></c><c t=\"inlineStr\"><is><t>wanted</t></is></c></row>";
    let rows = heading.to_string() + &"<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row>".repeat(9) + "not XML any more <";
    let mut sink = Choosy { column: None, taken: Vec::new() };
    Plain::open(Cursor::new(book(&rows, ""))).expect("a workbook").scan(0, &mut sink).expect("it stopped before the end");
    assert_eq!(sink.taken, [(0, 0), (0, 1), (1, 1), (2, 1), (3, 1)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn any_rows_are_read_as_calamine_reads_them(rows in rows()) {
        let outcome = outcome(&rows);
        prop_assert!(matches!(outcome, Outcome::Same(_)), "{outcome:?}: {rows}");
    }

    #[test]
    fn wanted_columns_alone_are_what_is_left_of_all(rows in rows(), mask in any::<u64>()) {
        let book = book(&rows, TEXTS);
        let wants = |column: u32| mask >> (column % 64) & 1 == 1;
        let mut plain = Plain::open(Cursor::new(&book[..])).expect("a workbook");
        let mut all = scan(&mut plain, 0, &|_| true).expect("a plain sheet");
        all.retain(|(_, column, _)| wants(*column));
        prop_assert_eq!(scan(&mut plain, 0, &wants).expect("a plain sheet"), all);
    }
}
