//! What the columns of a list that were kept give the next night: what the workbook itself would.

use std::{fs, path::Path};

use crate::{
    grid::workbook,
    workshop::{Ran, Workshop},
};

fn values(ran: &Ran) -> Vec<String> {
    let observations = ran.published.table("observations");
    observations.iter().map(|row| row.cells(&["measure", "area", "stage", "sex", "value", "status", "rows"]).join(" ")).collect()
}

/// One night; and the next with another expression, by what was kept and by the workbook.
fn nights(grid: &str, sexes: Option<&str>) -> [Ran; 3] {
    let shop = Workshop::new();
    let pipeline = shop.copy_pipeline("lists");
    if let Some(sexes) = sexes {
        fs::write(shop.path("sexes.csv"), sexes).expect("a list");
        let main = shop.path(&pipeline).join("pipeline.toml");
        let text = fs::read_to_string(&main).expect("the pipeline");
        let lines = text.lines().map(|line| if line.ends_with("sex.csv\"") { "list = \"../../sexes.csv\"" } else { line });
        fs::write(main, lines.collect::<Vec<_>>().join("\n")).expect("the copy");
    }
    shop.age(".");
    shop.put("2023年.xlsx", workbook(&[("名册", grid)]));
    let night = |more: &[&str]| shop.run_pipeline(&pipeline, Path::new("in"), more);
    let first = night(&[]);
    let list = shop.path(&pipeline).join("records/pupils.toml");
    let text = fs::read_to_string(&list).expect("the list");
    fs::write(&list, text.replace("least(right, left) < 5.0", "least(right, left) < 5.2")).expect("the copy");
    shop.age(&pipeline);
    [first, night(&[]), night(&["--cold"])]
}

fn are_one(kept: &Ran, cold: &Ran) {
    assert_eq!(values(kept), values(cold));
    assert_eq!(kept.published.table("findings"), cold.published.table("findings"));
}

#[test]
fn a_row_of_which_nothing_could_be_read_is_a_record_also_from_what_was_kept() {
    let rows = [
        "学校 | 区 | 年级 | 性别 | 右眼视力 | 左眼视力 | 身高",
        "一中 | 荔湾区 | 七年级 | 男 | 5.1 | 5.0 | 150",
        "二中 | 荔湾区 | 幼师 | 女童 | 待定 | — | 待定",
        "三中 | 越秀区 | | | 待定 | 待定 |",
        "四中 | 北村 | 幼师 | 女童 | 待定 | 待定 | 待定",
        "五中 | | | | — | 待定 | —",
    ];
    let [first, kept, cold] = nights(&rows.join("\n"), None);
    assert_ne!(values(&first), values(&kept));
    are_one(&kept, &cold);
    let found = values(&kept);
    assert!(found.contains(&"pupils 440103 junior _T 1 P 1".to_string()), "{found:?}");
}

#[test]
fn members_of_whom_only_the_code_is_known_are_the_same_from_what_was_kept() {
    let sexes = "code,name_zh,name_en,aliases,within\n1,,Boys,男,\n2,女,Girls,,\n";
    let grid = "区 | 年级 | 性别 | 右眼视力 | 左眼视力\n荔湾区 | 七年级 | 男 | 5.1 | 5.0\n荔湾区 | 七年级 | 女 | 4.7 | 5.0";
    let [first, kept, cold] = nights(grid, Some(sexes));
    assert_ne!(values(&first), values(&kept));
    are_one(&kept, &cold);
    let found = values(&kept);
    assert!(found.contains(&"myopic 440103 _T 1 1 A 1".to_string()), "{found:?}");
}
