//! Workbooks as a library writes them: everything a cell can hold.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format, Formula, Workbook};
use yardstick::ingest::Plain;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{
    book::{TEXTS, parts},
    both::{Outcome, compare},
};

#[test]
fn whatever_a_library_writes_is_plain_and_the_same() {
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = book.add_worksheet();
    let mut written = 0;
    let numbers = [0.0, -0.0, 1.0, -12.5, 0.1 + 0.2, 1e-300, 1.797e308, 5e-324, 123_456_789_012_345_680.0, 0.558_2, 1.0 / 3.0];
    for (column, number) in (0..).zip(numbers) {
        sheet.write_number(3, column, number).expect("a cell");
        sheet.write_number_with_format(5, column, 45_000.5, &day).expect("a cell");
        written += 2;
    }
    let texts = ["荔湾区", " spaces ", "a\nb", "\u{1}\r", "_x000D_", "<&>\"'", "😀", "\u{a0}", "=1+1", &"长".repeat(9_000), "x"];
    for (column, text) in (0..).zip(texts) {
        sheet.write_string(8, column, text).expect("a cell");
        sheet.write_formula(9, column, Formula::new("=A1").set_result(text)).expect("a cell");
        written += 2;
    }
    for (column, result) in (0..).zip(["12.25", "#N/A", "#DIV/0!", "-3", "text"]) {
        sheet.write_formula(10, column, Formula::new("=SUM(A1:A3)").set_result(result)).expect("a cell");
        written += 1;
    }
    sheet.write_boolean(1_048_575, 16_383, true).expect("a cell");
    sheet.write_boolean(1_048_575, 0, false).expect("a cell");
    sheet.write_blank(20, 3, &day).expect("a cell");
    sheet.merge_range(30, 0, 31, 4, "merged", &day).expect("cells");
    sheet.set_row_height(40, 30).expect("a row");
    written += 3;
    book.add_worksheet().set_name("空").expect("a name");
    let hidden = book.add_worksheet().set_name("a & b <c>").expect("a name").set_hidden(true);
    hidden.write_string(0, 0, "hidden").expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    assert_eq!(compare(&bytes, "made"), [Outcome::Same(written), Outcome::Same(0), Outcome::Same(1)]);
    let plain = Plain::open(Cursor::new(bytes)).expect("a workbook");
    let named: Vec<_> = plain.sheets().iter().map(|sheet| (sheet.name.as_str(), sheet.is_hidden)).collect();
    assert_eq!(named, [("Sheet1", false), ("空", false), ("a & b <c>", true)]);
}

/// The same parts in an archive by another writer.
fn packed<W: Write + std::io::Seek>(mut archive: ZipWriter<W>, options: SimpleFileOptions) -> W {
    for (name, part) in parts("<row><c t=\"s\"><v>0</v></c><c><v>1</v></c></row>", TEXTS) {
        archive.start_file(name.replace('/', "\\"), options).expect("a part");
        archive.write_all(part.as_bytes()).expect("a part");
    }
    archive.finish().expect("an archive")
}

#[test]
fn archives_made_for_large_parts_or_without_going_back_are_plain_too() {
    let large = packed(ZipWriter::new(Cursor::new(Vec::new())), SimpleFileOptions::default().large_file(true)).into_inner();
    assert_eq!(compare(&large, "zip64"), [Outcome::Same(2)]);
    let streamed = packed(ZipWriter::new_stream(Vec::new()), SimpleFileOptions::default()).into_inner();
    assert_eq!(compare(&streamed, "streamed"), [Outcome::Same(2)]);
}
