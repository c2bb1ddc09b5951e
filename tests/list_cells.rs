//! What cells of a list hold that no grid of a case can say: formulas without their results, and areas merged over thousands of rows.

use std::{fmt::Write, fs, path::Path};

use crate::{
    grid::workbook,
    repacked::repacked,
    workshop::{Ran, Workshop},
};

#[test]
fn a_formula_of_a_list_without_its_result_is_named_and_makes_no_record_by_itself() {
    let grid = "区 | 年级 | 性别 | 右眼视力 | 左眼视力 | 身高\n荔湾区 | 七年级 | 男 | 4.8 | 5.0 | =150+7 → 7777\n\
                荔湾区 | 七年级 | 女 | 4.8 | 5.0 | 150\n |  |  |  |  | =A4+1 → 7777\n";
    let whole = workbook(&[("名册", grid)]);
    let shop = Workshop::new();
    shop.put("2023年.xlsx", repacked(&whole, |_, xml| xml.replace("<v>7777</v>", "")));
    let ran = shop.run("lists", &[]);
    let findings = ran.published.table("findings");
    let unkept: Vec<String> = findings
        .iter()
        .filter(|row| row["code"] == *"number-unreadable")
        .map(|row| row.cells(&["cell", "message_zh", "next_zh"]).join(" "))
        .collect();
    let expected = "F2 《筛查名册》“身高”一栏有 1 个单元格的公式没有保存结果，按未填处理 \
                    用 Excel 或 WPS 打开该工作簿，保存后再报送：结果就存入文件了。";
    assert_eq!(unkept, [expected]);
    let observations = ran.published.table("observations");
    let of = |measure: &str| {
        let row = observations.iter().find(|row| row["measure"] == *measure);
        row.map(|row| row.cells(&["value", "status"]).join(" ")).unwrap_or_default()
    };
    assert_eq!((of("height").as_str(), of("pupils").as_str()), ("150 P", "2 A"));
}

#[test]
fn a_label_merged_over_thousands_of_rows_is_that_of_each_also_where_the_sheet_is_unusual() {
    let mut grid = String::from("区 | 年级 | 性别 | 右眼视力 | 左眼视力\n");
    for row in 0..6000 {
        let district = match row {
            0 => "荔湾区",
            5000 => "越秀区",
            _ => "^",
        };
        let _ = writeln!(grid, "{district} | 七年级 | 男 | 4.8 | 5.0");
    }
    let plain = workbook(&[("名册", &grid)]);
    // A comment between rows is nothing that is walked.
    let unusual = repacked(&plain, |_, xml| xml.replacen("<row ", "<!-- x --><row ", 1));
    for bytes in [plain, unusual] {
        let shop = Workshop::new();
        shop.put("2023年.xlsx", bytes);
        let ran = shop.run("lists", &[]);
        let observations = ran.published.table("observations");
        let pupils = observations.iter().filter(|row| row["measure"] == *"pupils");
        let pupils: Vec<String> = pupils.map(|row| row.cells(&["area", "value", "status"]).join(" ")).collect();
        assert_eq!(pupils, ["440103 5000 A", "440104 1000 A"], "{}", ran.complained);
        assert_eq!(ran.code, 0, "{}", ran.shown());
    }
}

#[test]
fn a_list_in_which_none_stands_for_rows_says_none_also_from_what_was_kept() {
    let shop = Workshop::new();
    let pipeline = shop.copy_pipeline("lists");
    let list = shop.path(&pipeline).join("records/pupils.toml");
    let text = fs::read_to_string(&list).expect("the list");
    let text = text.replace("[attach]", "[attach]\narea = [\"file-name\"]");
    fs::write(&list, &text).expect("the copy");
    shop.age(&pipeline);
    for (name, rows) in [
        // In one cell, in all, behind whose list it is, and as dashes; without a row nobody knows whether it was filled in.
        ("荔湾区2023年.xlsx", "荔湾区 | 七年级 | 男 | 4.7 | 5.0"),
        ("越秀区2023年.xlsx", "无 | | | |"),
        ("海珠区2023年.xlsx", "无 | 无 | 无 | 无 | —"),
        ("天河区2023年.xlsx", "天河区 | 无 | 无 | 无 | 无"),
        ("白云区2023年.xlsx", "— | — | — | — | —"),
        ("黄埔区2023年.xlsx", ""),
    ] {
        let grid = format!("区 | 年级 | 性别 | 右眼视力 | 左眼视力\n{rows}");
        shop.put(name, workbook(&[("名册", &grid)]));
    }
    let of = |ran: &Ran| {
        let indicators = ran.published.table("indicators");
        let pupils = indicators.iter().filter(|row| row["indicator"] == *"pupils" && row["stage"] == *"_T");
        pupils.map(|row| row.cells(&["area_name", "value", "status", "note"]).join(" ")).collect::<Vec<_>>()
    };
    let first = shop.run_pipeline(&pipeline, Path::new("in"), &[]);
    assert_eq!(
        of(&first)[..4],
        [
            "荔湾区 1 A ",
            "越秀区 0 A 清单中没有记录（越秀区2023年.xlsx）",
            "海珠区 0 A 清单中没有记录（海珠区2023年.xlsx）",
            "天河区 0 A 清单中没有记录（天河区2023年.xlsx）",
        ]
    );
    for area in ["白云区", "黄埔区"] {
        let row = format!("{area}  L 清单没有一行，也没有写“无”");
        assert!(of(&first).contains(&row), "{:?}", of(&first));
    }
    let city = of(&first).into_iter().find(|row| row.starts_with("广州市")).expect("the city");
    assert!(city.starts_with("广州市 1 P 缺少白云区、黄埔区"), "{city}");
    assert_eq!(first.code, 0, "{}", first.shown());
    let findings = first.published.table("findings");
    let missing = findings.iter().filter(|row| row["code"] == *"value-missing");
    let missing: Vec<String> = missing.map(|row| row.cells(&["file", "next_zh"]).join(" ")).collect();
    let said = |file: &str| format!("{file} 在表头下逐行填写；如确实没有，在表头下一行写“无”。");
    assert_eq!(missing, [said("白云区2023年.xlsx"), said("黄埔区2023年.xlsx")]);
    // Another expression, for which the columns that were kept are counted again.
    fs::write(&list, text.replace("< 5.0", "< 5.2")).expect("the copy");
    shop.age(&pipeline);
    assert_eq!(of(&shop.run_pipeline(&pipeline, Path::new("in"), &[])), of(&first));
}
