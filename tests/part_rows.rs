//! Rows that name a part of the year alone, below a title that names the year.

use std::{fs, path::Path};

use crate::{
    grid::workbook,
    workshop::{Ran, Workshop},
};

/// A table of districts whose layout finds periods in rows, or else in the title.
fn months(grid: &str) -> Ran {
    periods(grid, "[{ directly = \"left\" }, \"title\"")
}

/// The same, with these places of periods, the name of the file behind them.
fn periods(grid: &str, places: &str) -> Ran {
    let shop = Workshop::new();
    let pipeline = shop.copy_pipeline("rows");
    let layout = shop.path(&pipeline).join("layouts/k04.toml");
    let text = fs::read_to_string(&layout).expect("a layout");
    let in_rows = text.replace("period = [\"title\"", &format!("period = {places}"));
    assert_ne!(in_rows, text);
    fs::write(layout, in_rows).expect("a layout");
    let rule = "[checks.totals]\nof = [\"pupils\"]\nexpect.totals-agree = { within = 1 }\n";
    let because = "because = { zh = \"合计等于各项之和\", en = \"A total is the sum of its parts\" }\n";
    fs::write(shop.path(&pipeline).join("checks.toml"), format!("{rule}{because}")).expect("a rule");
    shop.put("报表.xlsx", workbook(&[("表", grid)]));
    shop.run_pipeline(&pipeline, Path::new("in"), &[])
}

fn read(ran: &Ran) -> Vec<String> {
    ran.published.table("observations").iter().map(|row| row.cells(&["area", "period", "value", "status"]).join(" ")).collect()
}

#[test]
fn months_below_a_title_with_the_year_are_the_months_of_that_year() {
    let ran = months(
        "2023年各区情况表\n区 | 月份 | 在校生\n荔湾区 | 1月 | 10\n荔湾区 | 二月份 | 20\n越秀区 | 1月 | 30\n越秀区 | 12月 | 40",
    );
    assert_eq!(read(&ran), ["440103 2023-01 10 A", "440103 2023-02 20 A", "440104 2023-01 30 A", "440104 2023-12 40 A"]);
    let ran = months("2022-2023学年各区情况表\n区 | 月份 | 在校生\n荔湾区 | 9月 | 10\n荔湾区 | 10月 | 20\n荔湾区 | 1月 | 30");
    assert_eq!(read(&ran), ["440103 2022-09 10 A", "440103 2022-10 20 A", "440103 2023-01 30 A"]);
    let ran = months("2023年各区情况表\n区 | 季度 | 在校生\n荔湾区 | 第一季度 | 10\n荔湾区 | 4-6月 | 20");
    assert_eq!(read(&ran), ["440103 2023-Q1 10 A", "440103 2023-Q2 20 A"]);
}

#[test]
fn one_month_among_remarks_is_a_remark() {
    let ran = months("2023年各区情况表\n区 | 备注 | 在校生\n荔湾区 | 9月 | 10\n越秀区 | 9月 | 20\n海珠区 | 新办 | 30");
    assert_eq!(read(&ran), ["440103 2023 10 A", "440104 2023 20 A", "440105 2023 30 A"]);
}

#[test]
fn a_total_of_the_parts_is_no_value_of_the_year_and_is_compared_with_them() {
    let rows = "区 | 季度 | 在校生\n荔湾区 | 第一季度 | 10\n荔湾区 | 第二季度 | 20\n荔湾区 | 合计 | 130\n越秀区 | 第一季度 | 40\n越秀区 | 合计 | 40";
    // The year in the title, or in every row.
    let in_rows = rows.replace("第一季度", "2023年第一季度").replace("第二季度", "2023年第二季度");
    for grid in [format!("2023年各区情况表\n{rows}"), format!("各区情况表\n{in_rows}")] {
        let ran = months(&grid);
        assert_eq!(read(&ran), ["440103 2023-Q1 10 A", "440103 2023-Q2 20 A", "440104 2023-Q1 40 A"], "{grid}");
        let totals = ran.published.table("totals");
        let totals: Vec<String> = totals.iter().map(|row| row.cells(&["area", "period", "value"]).join(" ")).collect();
        assert_eq!(totals, ["440103 2023 130", "440104 2023 40"], "{grid}");
        let findings = ran.published.table("findings");
        let differs: Vec<String> = findings
            .iter()
            .filter(|row| row["code"] == *"sum-differs")
            .map(|row| row.cells(&["read", "expected_zh"]).join(" "))
            .collect();
        assert_eq!(differs, ["130 30"], "{grid}");
    }
}

#[test]
fn a_year_in_a_title_that_the_layout_does_not_read_is_for_the_writer_of_the_pipeline() {
    let complained = |title: &str| {
        periods(&format!("{title}\n区 | 季度 | 在校生\n荔湾区 | 第一季度 | 10"), "[{ directly = \"left\" }").complained
    };
    let said = complained("2023年各区情况表");
    assert!(said.contains("标题写的是2023年") && said.contains("加上 \"title\""), "{said}");
    let said = complained("各区情况表");
    assert!(said.contains("在标题、表头或文件名中写明年份"), "where no place names one, the office is to write it: {said}");
}
