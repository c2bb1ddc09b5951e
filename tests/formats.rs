//! The same table in every format an office sends reads as the same figures; what is no workbook is refused with a sentence.

use encoding_rs::GB18030;
use rust_xlsxwriter::{Format, Workbook};

use crate::{
    published::Row,
    repacked::repacked,
    workshop::{Ran, Workshop},
};

const ROWS: [[&str; 3]; 4] =
    [["2023年各区情况表", "", ""], ["区", "在校生", "经费（万元）"], ["荔湾区", "１，２００", "3.5"], ["越秀区", "1300", "—"]];

fn parted(sign: &str) -> String {
    ROWS.iter().map(|row| row.join(sign) + "\r\n").collect()
}

fn wide(text: &str) -> Vec<u8> {
    [&b"\xFF\xFE"[..], &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()].concat()
}

fn html(charset: &str) -> String {
    let row = |cells: &[&str; 3]| cells.iter().map(|cell| format!("<td>{cell}")).collect::<String>();
    let rows: String = ROWS.iter().map(|cells| format!("<tr>{}", row(cells))).collect();
    format!(
        "<html><head><meta http-equiv=Content-Type content='text/html; charset={charset}'></head><table>{rows}</table></html>"
    )
}

fn spreadsheet_ml() -> String {
    let cell = |text: &&str| format!("<Cell><Data ss:Type=\"String\">{text}</Data></Cell>");
    let rows: String = ROWS.iter().map(|row| format!("<Row>{}</Row>", row.iter().map(cell).collect::<String>())).collect();
    format!(
        "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
         xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"表\"><Table>{rows}</Table></Worksheet></Workbook>"
    )
}

fn xlsx() -> Vec<u8> {
    crate::grid::workbook(&[("表", &ROWS.map(|row| row.join(" | ")).join("\n"))])
}

/// One file read by the layout of a row a district.
fn read(name: &str, bytes: &[u8]) -> Ran {
    let shop = Workshop::new();
    shop.put(name, bytes);
    shop.run("rows", &[])
}

fn figures(ran: &Ran) -> Vec<String> {
    let line = |row: &Row| row.cells(&["measure", "area", "period", "value", "status", "cell", "raw"]).join(" ");
    ran.published.table("observations").iter().map(line).collect()
}

#[test]
fn one_table_in_every_format_reads_as_the_same_figures() {
    let golden = figures(&read("报表.xlsx", &xlsx()));
    assert_eq!(
        golden,
        [
            "pupils 440103 2023 1200 A B3 １，２００",
            "pupils 440104 2023 1300 A B4 1300",
            "spending 440103 2023 3.5 A C3 3.5",
            "spending 440104 2023  M C4 —",
        ]
    );
    let gb = |text: &str| GB18030.encode(text).0.into_owned();
    let files: [(&str, Vec<u8>); 12] = [
        ("报表.csv", parted(",").replace("１，２００", "\"１，２００\"").into_bytes()),
        ("报表-bom.csv", format!("\u{feff}{}", parted(",")).into_bytes()),
        ("报表-gbk.csv", gb(&parted(","))),
        ("报表-gbk.xls", gb(&parted("\t"))),
        ("报表.txt", wide(&parted("\t"))),
        ("报表-semicolon.csv", parted(";").into_bytes()),
        ("报表-html.xls", gb(&html("gb2312"))),
        ("报表.html", html("utf-8").into_bytes()),
        ("报表-xml.xls", spreadsheet_ml().into_bytes()),
        ("报表.xml", spreadsheet_ml().into_bytes()),
        ("报表-xlsx.xls", xlsx()),
        ("报表-xlsx.csv", xlsx()),
    ];
    for (name, bytes) in files {
        let ran = read(name, &bytes);
        assert_eq!(figures(&ran), golden, "{name}\n{}", ran.complained);
        assert_eq!(ran.code, 0, "{name}\n{}", ran.complained);
    }
}

#[test]
fn what_is_no_workbook_is_refused_with_a_sentence_that_says_what_it_is() {
    let encrypted: Vec<u8> =
        [0xD0, 0xCF, 0x11, 0xE0].into_iter().chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for (bytes, zh, en) in [
        (b"\x89PNG\r\n\x1a\n".to_vec(), "图片", "a picture"),
        (b"%PDF-1.7".to_vec(), "PDF", "a PDF file"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00".to_vec(), "Excel 4", "Excel 4"),
        (b"ID;PWXL;N;E\r\n".to_vec(), "SYLK", "SYLK"),
        (b"\x1f\x8b\x08\x00".to_vec(), "gzip", "gzip"),
        (encrypted, "密码", "password"),
        (Vec::new(), "空的", "empty"),
    ] {
        let shop = Workshop::new();
        shop.put("荔湾区2023年.xlsx", xlsx());
        shop.put("越秀区2023年.xls", &bytes);
        let ran = shop.run("rows", &[]);
        let findings = ran.published.table("findings");
        let [finding] = &findings[..] else { panic!("one finding: {findings:?}") };
        assert_eq!(finding.cells(&["code", "file"]), ["workbook-unreadable", "越秀区2023年.xls"]);
        assert!(finding["message_zh"].contains(zh) && finding["message_en"].contains(en), "{finding:?}");
        let helps = ["另存为", "原来的", "解压"];
        assert!(helps.iter().any(|help| finding["next_zh"].contains(help)), "{finding:?}");
        assert_eq!((ran.code, figures(&ran).len()), (1, 4));
    }
}

/// A sheet of districts with whatever is done to it.
fn made(change: impl Fn(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("表").expect("a name");
    for (row, [area, pupils, _]) in ROWS.iter().enumerate() {
        sheet.write_string(row as u32, 0, *area).expect("a cell");
        match pupils.replace('，', "").parse::<f64>() {
            Ok(number) => sheet.write_number(row as u32, 1, number).expect("a cell"),
            Err(_) => sheet.write_string(row as u32, 1, *pupils).expect("a cell"),
        };
    }
    change(&mut book);
    book.save_to_buffer().expect("a workbook")
}

fn findings(ran: &Ran) -> Vec<String> {
    ran.published
        .table("findings")
        .iter()
        .map(|row| row.cells(&["severity", "code", "sheet", "cell"]).join(" ").trim().to_string())
        .collect()
}

#[test]
fn what_the_spreadsheet_hides_is_read_and_reported() {
    let hidden_row = made(|book| {
        book.worksheet_from_index(0).expect("a sheet").set_row_hidden(3).expect("a row");
    });
    let hidden_column = made(|book| {
        book.worksheet_from_index(0).expect("a sheet").set_column_hidden(1).expect("a column");
    });
    let hidden_sheet = made(|book| {
        book.worksheet_from_index(0).expect("a sheet").set_hidden(true);
        book.add_worksheet().set_name("说明").expect("a name").set_active(true).write_string(0, 0, "无").expect("a cell");
    });
    for (bytes, place) in [(hidden_row, "表 B4"), (hidden_column, "表 B3"), (hidden_sheet, "表")] {
        let ran = read("报表.xlsx", &bytes);
        assert_eq!(findings(&ran), [format!("warning hidden-cells {place}")], "{}", ran.complained);
        assert_eq!(figures(&ran).len(), 2);
    }
}

#[test]
fn what_is_hidden_and_was_not_read_is_not_said_to_have_been() {
    let bytes = made(|book| {
        let sheet = book.worksheet_from_index(0).expect("a sheet");
        sheet.write_string(3, 0, "无此学段").expect("a cell").set_row_hidden(3).expect("a row");
    });
    let ran = read("报表.xlsx", &bytes);
    let all = ran.published.table("findings");
    let hidden = all.iter().find(|row| row["code"] == *"hidden-cells").unwrap_or_else(|| panic!("{}", ran.shown()));
    assert_eq!(hidden.cells(&["cell", "message_zh"]), ["B4", "隐藏的行或列中有 1 个数值，未读入"]);
    assert!(!hidden["next_zh"].contains("已读入") && !hidden["next_en"].contains("were read"), "{hidden:?}");
}

#[test]
fn a_cell_in_the_last_corner_costs_nothing() {
    let corner = made(|book| {
        book.worksheet_from_index(0).expect("a sheet").write_string(1_048_575, 16_383, "x").expect("a cell");
    });
    let ran = read("报表.xlsx", &corner);
    assert_eq!((ran.code, figures(&ran).len()), (0, 2), "{}", ran.complained);
}

#[test]
fn a_formula_without_its_result_is_named_and_is_no_zero() {
    let whole = made(|book| {
        let sheet = book.worksheet_from_index(0).expect("a sheet");
        sheet.write_formula(3, 1, rust_xlsxwriter::Formula::new("=B3*2").set_result("2400")).expect("a formula");
    });
    assert_eq!(read("报表.xlsx", &whole).code, 0);
    let ran = read("报表.xlsx", &rewritten(&whole, "<v>2400</v>", ""));
    let all = ran.published.table("findings");
    let [finding] = &all[..] else { panic!("one finding: {all:?}") };
    assert_eq!(finding.cells(&["code", "cell", "read"]), ["number-unreadable", "B4", "'=B3*2"]);
    assert!(finding["expected_zh"].contains("保存"), "{finding:?}");
}

/// The workbook with other words in the XML of its first sheet.
fn rewritten(workbook: &[u8], from: &str, to: &str) -> Vec<u8> {
    repacked(workbook, |name, text| {
        if name != "xl/worksheets/sheet1.xml" {
            return text;
        }
        assert!(text.contains(from), "{text}");
        text.replace(from, to)
    })
}

#[test]
fn dates_of_1904_and_years_that_are_formatted_are_the_years_they_show() {
    let year = made(|book| {
        let sheet = book.worksheet_from_index(0).expect("a sheet");
        sheet.write_number_with_format(0, 0, 2022.0, &Format::new().set_num_format("0\"年各区情况\"")).expect("a year");
    });
    assert!(figures(&read("报表.xlsx", &year)).iter().all(|line| line.contains(" 2022 ")));
}
