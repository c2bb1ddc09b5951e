//! A list that offices are sent is read as it was filled: drawn from its layout, typed into, counted by the batch.

use std::{
    fs,
    io::{Cursor, Read},
    process::Output,
};

use crate::{
    grid::workbook,
    repacked::repacked,
    workshop::{Workshop, small},
};

fn template(shop: &Workshop, more: &[&str]) -> Output {
    let mut command = shop.command();
    command.args(["template", "--period", "2023", "--pipeline"]).arg(small("lists")).args(more);
    command.output().expect("yardstick starts")
}

fn names(shop: &Workshop, folder: &str) -> Vec<String> {
    let files = fs::read_dir(shop.path(folder)).expect("a folder of templates");
    let mut names: Vec<String> = files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The workbook with these rows below the headings of one of its sheets, as a spreadsheet program leaves them.
fn filled(workbook: &[u8], headed: &str, rows: &[&[&str]]) -> Vec<u8> {
    let cell = |row: usize, (at, text): (usize, &&str)| {
        let place = format!("{}{}", (b'A' + at as u8) as char, row + 3);
        match text.parse::<f64>() {
            Ok(number) => format!("<c r=\"{place}\"><v>{number}</v></c>"),
            Err(_) => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
        }
    };
    let row = |(at, cells): (usize, &&[&str])| {
        let cells: String = cells.iter().enumerate().filter(|(_, text)| !text.is_empty()).map(|one| cell(at, one)).collect();
        format!("<row r=\"{}\">{cells}</row>", at + 3)
    };
    let rows: String = rows.iter().enumerate().map(row).collect();
    let mut found = 0;
    let workbook = repacked(workbook, |name, text| {
        if name != headed {
            return text;
        }
        found += 1;
        text.replace("</sheetData>", &format!("{rows}</sheetData>"))
    });
    assert_eq!(found, 1, "one sheet is filled");
    workbook
}

const FIRST_LIST: &str = "xl/worksheets/sheet2.xml";
const SECOND_LIST: &str = "xl/worksheets/sheet3.xml";

#[test]
fn a_list_filled_and_read_back_is_what_was_typed_in_both_languages() {
    for (language, file, district, grade, sexes) in [
        ("zh", "荔湾区2023年统计报表.xlsx", "荔湾区", "七年级", ["男", "女"]),
        ("en", "Liwan 2023 returns.xlsx", "Liwan", "Grade 7", ["Male", "Female"]),
    ] {
        let shop = Workshop::new();
        let output = template(&shop, &["--area", "440103", "--lang", language]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(names(&shop, "templates"), [file]);
        let sent = fs::read(shop.path("templates").join(file)).expect("a workbook");
        let pupils: [&[&str]; 3] = [
            &[district, grade, sexes[0], "4.7", "5.0", "150", "45017", "是"],
            &[district, grade, sexes[1], "5.1", "5.1", "", "", ""],
            &[district, grade, sexes[1], "", "5.0", "151", "45200", "是"],
        ];
        let year = if language == "zh" { "2023年" } else { "2023" };
        let teachers: [&[&str]; 2] = [&[district, year, "专任"], &[district, year, "工勤"]];
        shop.put(file, filled(&filled(&sent, FIRST_LIST, &pupils), SECOND_LIST, &teachers));
        let ran = shop.run("lists", &[]);
        let said: Vec<String> = ran
            .published
            .table("observations")
            .iter()
            .map(|row| row.cells(&["measure", "area", "period", "grade", "sex", "value"]).join(" "))
            .collect();
        for expected in [
            "pupils 440103 2023",
            "screened 440103 2023",
            "myopic 440103 2023",
            "height 440103 2023",
            "teachers 440103 2023 _T _T 1",
        ] {
            assert!(said.iter().any(|line| line.starts_with(expected)), "{expected} of {said:#?}\n{}", ran.shown());
        }
        let sum = |measure: &str| -> f64 {
            let own = ran.published.table("observations");
            own.iter().filter(|row| &row["measure"] == measure).map(|row| row["value"].parse::<f64>().unwrap_or(f64::NAN)).sum()
        };
        assert_eq!([sum("pupils"), sum("screened"), sum("myopic"), sum("height"), sum("teachers")], [3.0, 2.0, 1.0, 301.0, 1.0]);
        let faults: Vec<String> =
            ran.published.table("findings").iter().map(|row| row.cells(&["code", "cell"]).join(" ")).collect();
        assert!(faults.iter().all(|fault| fault.starts_with("rows-unanswered")), "{faults:?}");
    }
}

#[test]
fn a_list_is_asked_for_by_its_code_or_its_title_and_an_unknown_name_is_told_all_of_them() {
    let shop = Workshop::new();
    assert_eq!(template(&shop, &["P2", "--area", "越秀区", "--output", "by-code"]).status.code(), Some(0));
    assert_eq!(names(&shop, "by-code"), ["越秀区2023年P2教师名册.xlsx"]);
    assert_eq!(template(&shop, &["筛查名册", "--output", "by-title"]).status.code(), Some(0));
    let by_title = names(&shop, "by-title");
    assert_eq!(by_title.len(), 11, "one for each district: {by_title:?}");
    assert!(by_title.contains(&"荔湾区2023年P1筛查名册.xlsx".to_string()), "{by_title:?}");
    let unknown = template(&shop, &["P9"]);
    assert_eq!(unknown.status.code(), Some(2));
    let said = String::from_utf8_lossy(&unknown.stderr).into_owned();
    assert!(said.contains("P1、P2"), "{said}");
}

#[test]
fn an_empty_list_gives_no_value_and_the_same_list_is_the_same_bytes() {
    let shop = Workshop::new();
    for folder in ["one", "two"] {
        assert_eq!(template(&shop, &["P1", "--area", "440103", "--output", folder]).status.code(), Some(0));
    }
    let file = "荔湾区2023年P1筛查名册.xlsx";
    let (one, two) = (fs::read(shop.path("one").join(file)).expect("one"), fs::read(shop.path("two").join(file)).expect("two"));
    assert!(one == two);
    shop.put(file, &one);
    assert_eq!(shop.run("lists", &[]).code, 2, "a night without any value publishes nothing");
}

const ROOMS: &str = r#"
[measures.rooms]
name = { zh = "教室", en = "Rooms" }
unit = "间"
"#;

const FORM: &str = r#"form = "K1"
title = { zh = "教室表", en = "Rooms" }
needs = ["rooms"]

[attach]
area = [{ directly = "left" }]
period = ["title"]

[[values]]
measure = "rooms"
heading = ["教室"]
"#;

#[test]
fn a_form_beside_a_list_in_one_workbook_is_read_and_so_is_the_list() {
    let shop = Workshop::new();
    let pipeline = shop.copy_pipeline("lists");
    let file = shop.path(&pipeline).join("measures.toml");
    let measures = fs::read_to_string(&file).expect("measures");
    fs::write(&file, format!("{measures}{ROOMS}")).expect("measures");
    fs::create_dir_all(shop.path(&pipeline).join("layouts")).expect("a folder");
    fs::write(shop.path(&pipeline).join("layouts/k1.toml"), FORM).expect("a layout");
    shop.age(&pipeline);
    let list = "区 | 年级 | 性别 | 右眼视力 | 左眼视力\n荔湾区 | 七年级 | 男 | 4.7 | 5.0\n荔湾区 | 七年级 | 女 | 5.1 | 5.1";
    let form = |rooms: &str| format!("2023年教室表\n区 | 教室\n荔湾区 | {rooms}");
    let notes = "说明 | 见下\n甲 | 乙";
    let put = |rooms: &str| {
        shop.put("荔湾区2023年.xlsx", workbook(&[("名册", list), ("教室", &form(rooms)), ("说明", notes)]));
        shop.age("in");
    };
    put("12");
    for night in ["first", "second"] {
        let ran = shop.run_pipeline(&pipeline, "in".as_ref(), &["--cache", "cache", "--as-of", "2024-01-31"]);
        let observations = ran.published.table("observations");
        let of = |measure: &str| -> Vec<String> {
            observations.iter().filter(|row| row["measure"] == *measure).map(|row| row["value"].to_string()).collect()
        };
        assert_eq!(of("rooms"), ["12"], "{night}: {}", ran.shown());
        assert!(!of("pupils").is_empty(), "{night}: {}", ran.shown());
        let findings = ran.published.table("findings");
        assert!(findings.iter().all(|row| row["code"] != *"layout-missing"), "{night}: notes are no form: {findings:?}");
    }
    put("");
    let ran = shop.run_pipeline(&pipeline, "in".as_ref(), &["--cache", "cache", "--as-of", "2024-01-31"]);
    let findings = ran.published.table("findings");
    assert!(findings.iter().any(|row| row["code"] == *"value-missing" && row["cell"] == *"B3"), "{findings:?}");
    let mut check = shop.command();
    check.args(["check", "in/荔湾区2023年.xlsx", "--pipeline"]).arg(&pipeline);
    let ran = shop.wait(check, "none");
    assert!(ran.said.contains("教室 › B3") && !ran.said.contains("4.7"), "{}", ran.said);
}

#[test]
fn the_instructions_of_a_workbook_of_lists_alone_speak_of_no_totals() {
    let shop = Workshop::new();
    for (language, totals) in [("zh", "合计由公式自动计算"), ("en", "totals are worked out")] {
        assert_eq!(template(&shop, &["P2", "--area", "440104", "--lang", language]).status.code(), Some(0));
        for file in names(&shop, "templates") {
            let bytes = fs::read(shop.path("templates").join(&file)).expect("a workbook");
            let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).expect("an .xlsx");
            let mut words = String::new();
            parts.by_name("xl/sharedStrings.xml").expect("its words").read_to_string(&mut words).expect("text");
            assert!(!words.contains(totals) && words.contains("2023-09-01"), "{file}: {words}");
        }
    }
}
