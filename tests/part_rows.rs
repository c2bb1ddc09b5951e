//! Rows that name a part of the year alone, below a title that names the year.

use std::{fs, path::Path};

use crate::{
    grid::workbook,
    workshop::{Ran, Workshop},
};

/// A table of districts whose layout finds periods in rows, or else in the title.
fn months(grid: &str) -> Ran {
    let shop = Workshop::new();
    let pipeline = shop.copy_pipeline("rows");
    let layout = shop.path(&pipeline).join("layouts/k04.toml");
    let text = fs::read_to_string(&layout).expect("a layout");
    let in_rows = text.replace("period = [\"title\"", "period = [{ directly = \"left\" }, \"title\"");
    assert_ne!(in_rows, text);
    fs::write(layout, in_rows).expect("a layout");
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
