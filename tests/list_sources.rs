//! Lists as they come: text that goes on otherwise than it begins, sheets that are hidden or there twice, days of old Macintoshes.

use std::{fmt::Write, fs, path::Path};

use encoding_rs::GB18030;
use rust_xlsxwriter::{Format, FormatScript, Workbook, Worksheet};

use crate::{
    grid::workbook,
    repacked::repacked,
    workshop::{Ran, Workshop},
};

fn of(ran: &Ran, measure: &str) -> Vec<String> {
    let observations = ran.published.table("observations");
    let own = observations.iter().filter(|row| row["measure"] == *measure);
    own.map(|row| row.cells(&["area", "value", "status"]).join(" ")).collect()
}

fn said(ran: &Ran, code: &str) -> Vec<String> {
    let findings = ran.published.table("findings");
    findings.iter().filter(|row| row["code"] == *code).map(|row| row.cells(&["sheet", "cell", "message_zh"]).join(" ")).collect()
}

fn read(name: &str, bytes: impl AsRef<[u8]>) -> Ran {
    let shop = Workshop::new();
    shop.put(name, bytes);
    shop.run("lists", &[])
}

const LINES: &str = "区,年级,性别,右眼视力,左眼视力,身高\n荔湾区,七年级,男,5.1,5.0,150\n越秀区,七年级,女,5.1,5.0,151\n";

#[test]
fn a_quotation_mark_that_is_never_closed_is_an_error_with_its_line() {
    for text in
        [LINES.replace("\n越秀区", "\n\"越秀区"), LINES.replace("\n荔湾区", "\n\"荔湾区"), LINES.replace(",151\n", ",\"151")]
    {
        let shop = Workshop::new();
        shop.put("2023年.csv", &text);
        shop.put("2022年.csv", LINES);
        let ran = shop.run("lists", &[]);
        let found = said(&ran, "workbook-unreadable");
        let line = if text.contains("\"荔湾区") { 2 } else { 3 };
        assert!(found.iter().any(|line_| line_.contains(&format!("第 {line} 行有一个双引号没有配对"))), "{text}{found:?}");
    }
    let ran = read("2023年.csv", LINES.replace("七年级", "\"七年级\"").trim_end());
    assert_eq!(of(&ran, "height"), ["440103 150 A", "440104 151 A"]);
}

#[test]
fn a_text_that_shows_only_late_how_it_is_encoded_is_read_as_that() {
    let shop = Workshop::new();
    let pipeline = shop.copy_pipeline("lists");
    let list = shop.path(&pipeline).join("records/pupils.toml");
    let text = fs::read_to_string(&list).expect("the list");
    let english =
        [("区\", \"所在区", "District"), ("年级", "Grade"), ("性别", "Sex"), ("右眼视力", "Right"), ("左眼视力", "Left")];
    let text = english.iter().fold(text, |text, (zh, en)| text.replace(zh, en));
    fs::write(&list, text.replace("[\"title\", \"file-name\"]", "[{ is = \"2023\" }]")).expect("the copy");
    let mut lines = String::from("District,Grade,Sex,Right,Left\n");
    for row in 0..14_000 {
        let _ = writeln!(lines, "440103,七年级,{},5.0,5.0", if row % 2 == 0 { "Male" } else { "Female" });
    }
    let lines = lines.replace("七年级", "Grade 7") + "越秀区,七年级,女,5.1,5.0\n";
    assert!(lines.len() > 1 << 18);
    for (name, bytes) in [("a.csv", GB18030.encode(&lines).0.into_owned()), ("a.csv", lines.into_bytes())] {
        shop.put(name, bytes);
        let ran = shop.run_pipeline(&pipeline, Path::new("in"), &[]);
        let pupils = of(&ran, "pupils");
        assert!(pupils.contains(&"440104 1 A".to_string()), "{pupils:?} {}", ran.complained);
    }
}

fn sheet(grid: &str) -> Worksheet {
    let mut sheet = Worksheet::new();
    for (row, line) in (0..).zip(grid.lines()) {
        for (column, text) in (0..).zip(line.split(',')) {
            match text.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).expect("a cell"),
                Err(_) => sheet.write_string(row, column, text).expect("a cell"),
            };
        }
    }
    sheet
}

#[test]
fn a_list_in_a_hidden_sheet_is_said_and_so_are_two_sheets_that_say_the_same() {
    let lines = format!("{LINES}荔湾区,七年级,男,5.1,5.0,153\n");
    for is_hidden in [true, false] {
        let mut book = Workbook::new();
        let (mut first, mut second) = (sheet(&lines), sheet(&lines));
        first.set_name("名册").expect("a name");
        second.set_name("名册副本").expect("a name").set_hidden(is_hidden);
        book.push_worksheet(first);
        book.push_worksheet(second);
        let ran = read("2023年.xlsx", book.save_to_buffer().expect("a workbook"));
        assert_eq!(said(&ran, "duplicate"), ["名册副本  《筛查名册》的两部分结果完全相同，可能是同一份清单的副本；两者已相加"]);
        let hidden = ["名册副本  《筛查名册》所在的工作表是隐藏的，各行已计入".to_string()];
        assert_eq!(said(&ran, "hidden-cells"), hidden[..usize::from(is_hidden)]);
    }
    let other = lines.replace("153", "154").replace(',', " | ");
    let ran = read("2023年.xlsx", workbook(&[("一", &lines.replace(',', " | ")), ("二", &other)]));
    assert!(said(&ran, "duplicate").is_empty() && said(&ran, "hidden-cells").is_empty(), "{}", ran.shown());
}

#[test]
fn days_of_a_workbook_that_counts_from_1904_are_those_that_it_shows() {
    let mut book = Workbook::new();
    let mut list = sheet("区,年级,性别,右眼视力,左眼视力,检查日期,戴镜\n荔湾区,七年级,男,5.1,5.0,,是");
    // 2023-10-01, and shown as a day.
    list.write_number_with_format(1, 5, 45200.0 - 1462.0, &Format::new().set_num_format("yyyy-mm-dd")).expect("a cell");
    book.push_worksheet(list);
    let bytes = book.save_to_buffer().expect("a workbook");
    let old = repacked(&bytes, |_, xml| xml.replace("<workbookPr ", "<workbookPr date1904=\"1\" "));
    assert_eq!(of(&read("2023年.xlsx", old), "late"), ["440103 1 A"]);
    assert_eq!(of(&read("2023年.xlsx", bytes), "late"), ["440103 0 A"]);
}

#[test]
fn a_raised_digit_is_none_of_the_number_before_it() {
    let page = "<html><table><tr><td>区<td>年级<td>性别<td>右眼视力<td>左眼视力<td>身高</tr>\
                <tr><td>荔湾区<td>七年级<td>男<td>5.1<td>5.0<td>150<sup>1</sup></tr>\
                <tr><td>荔湾区<td>七年级<td>男<td>5.1<td>5.0<td>1<font style='vertical-align: super'>2</font></tr></table></html>";
    assert_eq!(of(&read("2023年.xls", page), "height"), ["440103 151 A"]);
    let mut book = Workbook::new();
    let mut list = sheet("区,年级,性别,右眼视力,左眼视力,身高\n荔湾区,七年级,男,5.1,5.0,");
    let (plain, raised) = (Format::new(), Format::new().set_font_script(FormatScript::Superscript));
    list.write_rich_string(1, 5, &[(&plain, "150"), (&raised, "2")]).expect("a cell");
    book.push_worksheet(list);
    assert_eq!(of(&read("2023年.xlsx", book.save_to_buffer().expect("a workbook")), "height"), ["440103 150 A"]);
}
