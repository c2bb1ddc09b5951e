//! What expressions of a list answer: of a row that has no answer, and where a condition holds for no row.

use std::{fs, path::Path};

use crate::{
    grid::workbook,
    workshop::{Ran, Workshop},
};

/// The list of pupils with some of its lines changed.
fn run(changes: &[(&str, &str)], grid: &str) -> Ran {
    let shop = Workshop::new();
    let pipeline = shop.copy_pipeline("lists");
    let list = shop.path(&pipeline).join("records/pupils.toml");
    let mut text = fs::read_to_string(&list).expect("the list");
    for (line, other) in changes {
        assert!(text.contains(line), "{line}");
        text = text.replacen(line, other, 1);
    }
    fs::write(&list, text).expect("the copy");
    shop.put("2023年.xlsx", workbook(&[("名册", grid)]));
    shop.run_pipeline(&pipeline, Path::new("in"), &[])
}

fn of(ran: &Ran, measure: &str) -> Vec<String> {
    let observations = ran.published.table("observations");
    let own = observations.iter().filter(|row| row["measure"] == *measure);
    own.map(|row| row.cells(&["area", "value", "status", "rows"]).join(" ")).collect()
}

fn said(ran: &Ran, code: &str) -> Vec<String> {
    let findings = ran.published.table("findings");
    findings.iter().filter(|row| row["code"] == *code).map(|row| row.cells(&["message_zh", "next_zh"]).join(" ")).collect()
}

const HEADINGS: &str = "区 | 年级 | 性别 | 右眼视力 | 左眼视力 | 身高 | 戴镜";

#[test]
fn what_is_divided_by_0_has_no_answer_and_is_neither_counted_nor_added() {
    let grid = format!(
        "{HEADINGS}\n荔湾区 | 七年级 | 男 | 5.0 | 5.0 | 150 | 否\n荔湾区 | 七年级 | 男 | 5.0 | 4.0 | 150 | 否\n\
         荔湾区 | 七年级 | 男 | 5.0 | 5.0 | 0 | 否\n越秀区 | 七年级 | 女 | 4.0 | 3.0 | 0 | 否"
    );
    let changes = [
        ("sum = \"height\"", "sum = \"height / (right - left)\""),
        ("count-where = \"right is not null and left is not null\"", "count-where = \"height / (right - left) > 100\""),
    ];
    let ran = run(&changes, &grid);
    assert_eq!(of(&ran, "height"), ["440103 150 P 1", "440104 0 A 1"]);
    assert_eq!(of(&ran, "screened"), ["440103 1 P 1", "440104 0 A 0"]);
    assert_eq!(said(&ran, "rows-unanswered").iter().filter(|line| line.contains("有 2 行因缺项无法判断")).count(), 2);
}

#[test]
fn a_set_of_words_is_a_condition_on_one_row() {
    let grid = format!(
        "{HEADINGS}\n荔湾区 | 七年级 | 男 | 5.0 | 5.0 | 150 | 是\n荔湾区 | 七年级 | 男 | 5.0 | 4.0 | 150 | 镜片\n\
         荔湾区 | 七年级 | 女 | 5.0 | 5.0 | 151 | 否"
    );
    let changes = [("sum = \"height\"", "count-where = \"glasses in ('是', '镜片') and sex in ('1') and right not in (4.0)\"")];
    assert_eq!(of(&run(&changes, &grid), "height"), ["440103 2 A 2"]);
}

#[test]
fn where_only_where_holds_for_no_row_the_values_are_0_and_that_is_said() {
    let only = [("[columns]", "only-where = \"glasses = '是'\"\n\n[columns]")];
    let one = "荔湾区 | 七年级 | 男 | 5.0 | 5.0 | 150 | 否\n荔湾区 | | 女 | 5.0 | 5.0 | 151 | 否";
    let ran = run(&only, &format!("{HEADINGS}\n{one}\n越秀区 | 七年级 | 女 | 5.0 | 5.0 | 152 | 是"));
    assert_eq!(of(&ran, "height"), ["440103 0 A 0", "440104 152 A 1"]);
    assert_eq!(of(&ran, "pupils"), ["440103 0 A 0", "440104 1 A 1"]);
    assert!(said(&ran, "rows-unanswered").iter().all(|line| !line.contains("统计范围")), "{}", ran.shown());

    let ran = run(&only, &format!("{HEADINGS}\n{one}"));
    assert_eq!(of(&ran, "height"), ["440103 0 A 0"]);
    let found = said(&ran, "rows-unanswered");
    assert!(found.iter().any(|line| line.contains("有 2 行，但没有一行属于统计范围")), "{found:?}");
    assert!(said(&ran, "value-missing").iter().all(|line| !line.contains("没有一行数据")), "{}", ran.shown());
}
