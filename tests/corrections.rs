//! Corrections as data: applied while their cell says what it said, and said aloud when it does not; what persons wrote is dropped.

use std::{fs, path::Path};

use crate::{
    grid::workbook,
    workshop::{Ran, Workshop},
};

const GRID: &str = "荔湾区2023年师生情况表\n学段 | 在校生 | 专任教师\n小学 | 12000 | 60\n初中 | 900 | 75";

fn correction(cell: &str, was: &str, action: &str, state: &str) -> String {
    format!(
        "[corrections.one]\ncell = {{ file = \"荔湾区2023年.xlsx\", sheet = \"表\", cell = \"{cell}\" }}\nwas = \"{was}\"\n{action}\n\
         because = {{ zh = \"区教育局来电更正\", en = \"corrected by telephone\" }}\nstate = \"{state}\"\n"
    )
}

/// The table read by the layout of school stages, with one correction.
fn corrected(correction: &str) -> Ran {
    corrected_in(GRID, correction)
}

fn corrected_in(grid: &str, correction: &str) -> Ran {
    let shop = Workshop::new();
    let pipeline = shop.copy_pipeline("stages");
    fs::write(shop.path(&pipeline).join("corrections.toml"), correction).expect("a file of the pipeline");
    shop.put("2023/荔湾区2023年.xlsx", workbook(&[("表", grid)]));
    shop.run_pipeline(&pipeline, Path::new("in"), &[])
}

fn primary(ran: &Ran) -> Vec<String> {
    let rows = ran.published.table("observations");
    let is_it = |row: &&crate::published::Row| row["cell"] == *"B3";
    rows.iter().filter(is_it).map(|row| row.cells(&["value", "status", "raw"]).join(" ")).collect()
}

fn said(ran: &Ran) -> Vec<String> {
    let findings = ran.published.table("findings");
    let of_corrections = findings.iter().filter(|row| row["code"].starts_with("correction"));
    of_corrections.map(|row| row.cells(&["severity", "code", "cell"]).join(" ")).collect()
}

#[test]
fn a_correction_is_applied_and_the_cells_own_text_is_kept() {
    let ran = corrected(&correction("B3", "12000", "action.replace = \"1200\"", "in-force"));
    assert_eq!(primary(&ran), ["1200 A 12000"], "{}", ran.complained);
    assert_eq!(said(&ran), ["note correction-applied B3"]);
    let left_out = corrected(&correction("B3", "12000", "action = \"leave-out\"", "in-force"));
    assert_eq!(primary(&left_out), [" O 12000"]);
}

#[test]
fn a_correction_ends_when_its_cell_says_something_else() {
    for (cell, was) in [("B3", "13000"), ("Z99", "12000")] {
        let ran = corrected(&correction(cell, was, "action.replace = \"1200\"", "in-force"));
        assert_eq!(primary(&ran), ["12000 A 12000"]);
        assert_eq!(said(&ran), [format!("warning correction-stale {cell}")], "{}", ran.complained);
    }
    let elsewhere = correction("B3", "12000", "action.replace = \"1200\"", "in-force").replace("荔湾区2023年", "越秀区2023年");
    assert_eq!(said(&corrected(&elsewhere)), ["warning correction-stale B3"]);
}

#[test]
fn a_correction_of_a_cell_of_a_list_says_that_it_cannot_be_made() {
    let list = "区 | 年级 | 性别 | 右眼视力 | 左眼视力\n荔湾区 | 七年级 | 男 | 4.8 | 5.0";
    let of_list = correction("D2", "4.8", "action.replace = \"5.0\"", "in-force");
    let elsewhere = of_list.replace("corrections.one", "corrections.two").replace("sheet = \"表\"", "sheet = \"附表\"");
    let shop = Workshop::new();
    let pipeline = shop.copy_pipeline("lists");
    fs::write(shop.path(&pipeline).join("corrections.toml"), format!("{of_list}{elsewhere}")).expect("a file of the pipeline");
    shop.put("荔湾区2023年.xlsx", workbook(&[("表", list)]));
    let ran = shop.run_pipeline(&pipeline, Path::new("in"), &[]);
    assert_eq!(said(&ran), ["warning correction-stale D2"; 2], "{}", ran.complained);
    assert_eq!(ran.complained.matches("清单不能逐格更正").count(), 1, "{}", ran.complained);
}

#[test]
fn a_warning_of_any_stage_can_be_accepted_and_an_error_of_reading_cannot() {
    let severities = |ran: &Ran| {
        let findings = ran.published.table("findings");
        let of_cell = findings.iter().filter(|row| row["cell"] == *"B4");
        of_cell.map(|row| row.cells(&["severity", "code", "because_zh"]).join(" ")).collect::<Vec<_>>()
    };
    let blank = GRID.replace("900", "");
    let accept = correction("B4", "", "action.accept = \"value-missing\"", "in-force");
    assert_eq!(severities(&corrected_in(&blank, &accept)), ["note value-missing 区教育局来电更正"]);
    // Of two blanks one is not accepted.
    assert_eq!(severities(&corrected_in(&blank.replace("75", ""), &accept)), ["warning value-missing "]);
    // Of a cell that has its value nothing is to be accepted.
    let accept = correction("B4", "900", "action.accept = \"value-missing\"", "in-force");
    let ran = corrected(&accept);
    assert_eq!(severities(&ran), ["warning correction-stale 区教育局来电更正"]);
    assert!(ran.complained.contains("没有出现"), "{}", ran.complained);
    let accept = correction("B4", "九百左右", "action.accept = \"number-unreadable\"", "in-force");
    let ran = corrected_in(&GRID.replace("900", "九百左右"), &accept);
    assert_eq!(severities(&ran), ["error number-unreadable ", "warning correction-stale 区教育局来电更正"]);
    assert!(ran.complained.contains("leave-out"), "{}", ran.complained);
}

#[test]
fn what_is_only_proposed_or_withdrawn_does_nothing() {
    for state in ["proposed", "withdrawn"] {
        let ran = corrected(&correction("B3", "12000", "action.replace = \"1200\"", state));
        assert_eq!((primary(&ran), said(&ran)), (vec!["12000 A 12000".to_string()], Vec::new()));
    }
}

#[test]
fn a_correction_of_no_cell_or_no_code_stops_the_pipeline() {
    for (cell, action) in [("third", "action.replace = \"1200\""), ("B3", "action.accept = \"no-such-code\"")] {
        let ran = corrected(&correction(cell, "12000", action, "in-force"));
        assert_eq!(ran.code, 2, "{}", ran.complained);
        assert!(ran.complained.contains("corrections.toml"), "{}", ran.complained);
    }
}

#[test]
fn names_and_numbers_of_persons_are_in_no_output_and_no_message() {
    let grid = "荔湾区2023年师生情况表\n填报单位：荔湾区教育局  填表人：张三丰  电话：020-81234567\n学段 | 在校生 | 专任教师\n\
                小学 | 13800138001人员 | 60\n联系人 | 李四光 |\n初中 | 900 | 李四光13800138002\n审核人：王五 身份证44010619900307123X | |";
    let shop = Workshop::new();
    shop.put("荔湾区2023年.xlsx", workbook(&[("表", grid)]));
    let ran = shop.run("stages", &[]);
    let preview =
        shop.command().args(["preview", "in/荔湾区2023年.xlsx", "--pipeline"]).arg(crate::workshop::small("stages")).output();
    let preview = preview.expect("yardstick starts");
    let mut texts = vec![ran.complained.clone(), ran.said.clone()];
    texts.extend([preview.stdout, preview.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()));
    texts.extend(ran.published.files.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()));
    assert!(texts.len() > 8 && texts.iter().any(|text| text.contains("number-unreadable")), "{}", ran.complained);
    for text in texts {
        for personal in ["张三丰", "李四光", "王五", "81234567", "13800138001", "13800138002", "44010619900307123"] {
            assert!(!text.contains(personal), "{personal} stands in\n{text}");
        }
    }
}

#[test]
fn every_code_is_explained_in_both_languages_and_findings_come_as_json() {
    let explain = |words: &[&str]| {
        let output = Workshop::new().command().arg("explain").args(words).output().expect("yardstick starts");
        (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
    };
    let (code, all) = explain(&[]);
    let words: Vec<&str> = all.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(code == Some(0) && words.len() > 35, "{all}");
    for word in &words {
        assert!(explain(&[word]).1.contains("原因："), "{word}");
    }
    assert!(explain(&["area-unknown", "--lang", "en"]).1.contains("cause: "));
    assert_eq!(explain(&["no-such-word"]).0, Some(2));

    let shop = Workshop::new();
    shop.put("荔湾区2023年.xlsx", workbook(&[("表", &GRID.replace("900", "九百多"))]));
    let ran = shop.run("stages", &["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.said).expect("one JSON object");
    let finding = &json["findings"][0];
    assert_eq!((&json["exit_code"], &finding["code"]), (&1.into(), &"number-unreadable".into()));
    assert_eq!((&finding["place"]["cell"], &finding["read"]), (&"B4".into(), &"九百多".into()));
    assert!(finding["message"]["zh"].is_string() && finding["next"]["en"].is_string(), "{finding}");
}
