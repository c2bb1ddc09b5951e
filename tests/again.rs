//! Rows of a form with a row for every project that count other rows again.

use crate::two::Pipeline;

fn projects(rows: &str) -> (Vec<String>, Vec<String>) {
    let rows: String = rows.lines().map(|row| format!("东区,2023,{row}\n")).collect();
    let ran = Pipeline::default()
        .measure("places", "by = [\"project\"]")
        .indicator("all", "total = { of = [\"places\"] }", "")
        .form_by("地区,时期,项目", "P1", &["places"], "project = [{ column = [\"项目\"] }]", &rows)
        .run("2024-06-30");
    let read = ran.published.table("observations").iter().map(|row| row.cells(&["project", "value"]).join(" ")).collect();
    let findings = ran.published.table("findings");
    let doubtful = findings.iter().filter(|row| row["code"] == *"total-doubtful");
    (read, doubtful.map(|row| row["read"].to_string()).collect())
}

#[test]
fn sums_of_some_projects_and_parts_of_one_are_no_projects() {
    let (read, doubtful) = projects(
        "甲校新建,100\n乙校新建,50\n新建小计,150\n丙校扩建,30\n扩建小计,30\n本页合计,180\n丁校扩建（一期）,20\n其中：宿舍,5\n合计4个,200",
    );
    assert_eq!(read, ["丁校扩建(一期) 20", "丙校扩建 30", "乙校新建 50", "甲校新建 100"]);
    assert!(doubtful.is_empty(), "{doubtful:?}");
}

#[test]
fn what_only_ends_like_a_sum_and_is_none_is_counted_and_said() {
    let (read, doubtful) = projects("甲校新建,100\n乙校新建,50\n旧楼总计,70");
    assert_eq!(read, ["乙校新建 50", "旧楼总计 70", "甲校新建 100"]);
    assert_eq!(doubtful, ["旧楼总计"]);
}
