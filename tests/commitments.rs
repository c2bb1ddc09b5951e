//! The verdicts where a growth rate would mislead: each with the words a careful reader expects, from a workbook of a few cells.

use std::sync::OnceLock;

use crate::{
    grid::workbook,
    published::Row,
    workshop::{Ran, Workshop},
};

const FIGURES: &str = "
2022年数据表 | <
区 | 参测 | 优良 | 有效 | 近视 | 学校数 | 配备学校 | 在园 | 公办在园 | 案例
东区 | — | — | 1000 | 540 | 400 | 390 | 100 | 60 | 0
西区 | — | — | 1000 | 512 | 600 | 590 | — | — | 0";

const THIS_YEAR: &str = "
2023年数据表 | <
区 | 参测 | 优良 | 有效 | 近视 | 学校数 | 配备学校 | 在园 | 公办在园 | 案例
东区 | 500 | 280 | 1000 | 540 | 400 | 399 | 100 | 56 | 5
西区 | 500 | 250 | 1000 | 506 | 600 | 600 | 100 | 55 | 6";

const PLACES: &str = "
学位表 | < | < | < | <
区 | 2023年第一季度 | 2023年第二季度 | 2023年第三季度 | 2023年第四季度
^ | 新增学位 | 新增学位 | 新增学位 | 新增学位
东区 | 10000 | 10000 | {third} | 0
西区 | 5000 | 10000 | 0 | 0";

const LEDGER: &str = "
2023年里程碑台账 | <
目标 | 牵头处室 | 文号 | 启动日期 | 计划日期 | 完成日期 | 佐证
方案印发 | 办公室 | 穗教〔2023〕8号 | '2023.2.1 | '2023.6.30 | '2023年5月8日 | 印发件
meeting | 人事处 | | '2023.3.1 | '2023.9.30 | | 
平台上线 | 信息中心 | | '2023.10.8 | '2023.12.31 | | 
课题立项 | 教研院 | | '2023.1.5 | '2023.12.31 | '2023.6.1 | ";

const SHARES: &str = "
2023年任务书 | <
区 | 目标 | 分解数
东区 | places | 40000
西区 | 新增学位6万个 | 15000";

fn judged(third_quarter: u32, as_of: &str) -> Ran {
    run_on(THIS_YEAR, third_quarter, as_of)
}

fn run_on(this_year: &str, third_quarter: u32, as_of: &str) -> Ran {
    let shop = Workshop::new();
    let places = PLACES.replace("{third}", &third_quarter.to_string());
    shop.put(
        "数据.xlsx",
        workbook(&[("上年", FIGURES), ("本年", this_year), ("学位", &places), ("台账", LEDGER), ("任务书", SHARES)]),
    );
    let ran = shop.run("commitments", &["--as-of", as_of]);
    assert!(!ran.published.is_empty(), "{}", ran.shown());
    ran
}

fn at_year_end() -> &'static Ran {
    static AT_YEAR_END: OnceLock<Ran> = OnceLock::new();
    AT_YEAR_END.get_or_init(|| judged(20000, "2024-01-15"))
}

fn row(ran: &Ran, target: &str, area: &str) -> Row {
    let rows = ran.published.table("targets");
    rows.into_iter()
        .find(|row| row["target"] == *target && row["area"] == *area)
        .unwrap_or_else(|| panic!("no row of {target} in {area}:\n{}", ran.shown()))
}

fn verdict(ran: &Ran, target: &str) -> String {
    row(ran, target, "C")["verdict"].to_string()
}

#[test]
fn places_by_mid_year_are_on_pace_since_they_open_in_september() {
    let mid_year = judged(0, "2023-06-30");
    let places = row(&mid_year, "places", "C");
    assert_eq!(places.cells(&["verdict", "value", "target_value"]), ["on_pace", "35000", "60000"]);
    assert_eq!(places.cells(&["expected_share", "direction"]), ["0", "cannot_tell"], "{places:?}");
    assert!((places.number("reached_share").unwrap() - 35.0 / 60.0).abs() < 1e-12);
    assert!(places["note"].contains("截至2023年第二季度"), "{places:?}");
}

#[test]
fn the_same_places_in_october_are_behind_and_at_the_end_of_the_year_missed() {
    assert_eq!(verdict(&judged(0, "2023-10-31"), "places"), "behind");
    assert_eq!(verdict(&judged(0, "2023-12-31"), "places"), "missed");
    assert_eq!(verdict(&judged(25000, "2023-10-31"), "places"), "met");
}

#[test]
fn a_flow_with_a_quarter_missing_is_not_judged_by_what_is_there() {
    let shop = Workshop::new();
    let places =
        "学位表 | < | <\n区 | 2023年第一季度 | 2023年第三季度\n^ | 新增学位 | 新增学位\n东区 | 10000 | 20000\n西区 | 0 | 0";
    shop.put("数据.xlsx", workbook(&[("本年", THIS_YEAR), ("学位", places)]));
    let ran = shop.run("commitments", &["--as-of", "2024-01-15"]);
    let places = row(&ran, "places", "C");
    assert_eq!(places["verdict"], *"cannot_tell");
    assert!(places["note"].contains("缺2023年第二季度、2023年第四季度"), "{places:?}");
}

#[test]
fn fitness_above_a_floor_that_lies_below_the_last_actual_is_met_and_called_easy() {
    let fitness = row(at_year_end(), "fitness", "C");
    assert_eq!(fitness.cells(&["verdict", "value", "baseline", "baseline_period"]), ["met", "53", "59.21", "2021"]);
    // 2022 was not tested: there is nothing to say of the way it moves, and nothing is computed over the gap.
    assert_eq!(fitness.cells(&["direction", "previous", "change"]), ["cannot_tell", "", ""]);
    let findings = at_year_end().published.table("findings");
    let easy: Vec<&Row> = findings.iter().filter(|row| row["code"] == *"target-easy").collect();
    assert!(easy.iter().any(|row| row["message_zh"].contains("体质优良率") && row["message_zh"].contains("59.21")), "{easy:?}");
}

#[test]
fn myopia_down_by_three_tenths_meets_one_reading_and_not_the_other() {
    let myopia = row(at_year_end(), "myopia", "C");
    assert_eq!(myopia.cells(&["verdict", "direction", "value", "previous"]), ["missed", "improving", "52.3", "52.6"]);
    assert_eq!(myopia["other_readings"], *"相对0.5%：达成");
    assert!(myopia["note"].contains("各种读法的结论不同"));
}

#[test]
fn nine_hundred_and_ninety_nine_of_a_thousand_are_not_all() {
    let coverage = row(at_year_end(), "coverage", "C");
    assert_eq!(coverage.cells(&["verdict", "value", "target_value"]), ["missed", "99.9", "100"]);
    assert!(coverage["note"].contains("1000 个中的 999 个"), "{coverage:?}");
    assert_eq!(row(at_year_end(), "coverage", "W")["verdict"], *"met");
}

#[test]
fn ten_per_cent_of_nothing_says_nothing() {
    let cases = row(at_year_end(), "cases", "C");
    assert_eq!(cases.cells(&["verdict", "value", "previous"]), ["cannot_tell", "11", "0"]);
    assert!(cases["note"].contains("上期为零"), "{cases:?}");
    let about = row(at_year_end(), "about", "C");
    assert_eq!(about["verdict"], *"met");
    assert!(about["note"].contains("8 至 12"), "the band is printed: {about:?}");
}

#[test]
fn what_no_workbook_says_of_last_year_the_reported_figure_does() {
    // The west sent dashes for 2022: the city's share of 2022 is the east's alone, and that is what it is compared with.
    let share = row(at_year_end(), "public_share", "C");
    assert_eq!(share.cells(&["verdict", "value", "target_value"]), ["missed", "55.5", "60"]);
    let shop = Workshop::new();
    shop.put("数据.xlsx", workbook(&[("本年", THIS_YEAR)]));
    let ran = shop.run("commitments", &["--as-of", "2024-01-15"]);
    let share = row(&ran, "public_share", "C");
    assert_eq!(share.cells(&["verdict", "value", "target_value"]), ["missed", "55.5", "55.82"]);
    assert!(share["note"].contains("上期取报告数字"), "{share:?}");
    assert_eq!(row(&ran, "public_share", "W")["verdict"], *"cannot_tell", "the report says nothing of districts");
}

#[test]
fn what_is_striven_for_is_never_missed() {
    assert_eq!(verdict(at_year_end(), "striven"), "aspiration");
    assert_eq!(verdict(&judged(0, "2023-06-30"), "striven"), "not_due");
}

#[test]
fn milestones_are_where_the_ledger_puts_them_on_the_day() {
    let june = judged(0, "2023-06-30");
    let words = |ran: &Ran| ["plan", "meeting", "platform", "study", "unwritten"].map(|target| verdict(ran, target));
    assert_eq!(words(&june), ["done", "due", "not_started", "done", "cannot_tell"]);
    assert_eq!(words(at_year_end()), ["done", "overdue", "overdue", "done", "cannot_tell"]);
    let plan = row(&june, "plan", "C");
    assert_eq!(
        plan.cells(&["document", "planned", "completed", "evidence", "office", "direction"]),
        ["穗教〔2023〕8号", "2023-06-30", "2023-05-08", "印发件", "办公室", "not_applicable"]
    );
    assert!(row(&june, "unwritten", "C")["note"].contains("台账中没有"));
    let findings = june.published.table("findings");
    let unproven: Vec<&Row> = findings.iter().filter(|row| row["code"] == *"milestone-unproven").collect();
    assert_eq!(unproven.len(), 1, "{findings:?}");
    assert!(unproven[0]["message_zh"].contains("课题立项") && !unproven[0]["cell"].is_empty());
}

#[test]
fn a_milestone_traces_to_the_cells_of_the_ledger() {
    let lineage = at_year_end().published.table("lineage");
    let rows = at_year_end().published.table("targets");
    let line = rows.iter().position(|row| row["target"] == *"plan").unwrap() + 2;
    let of = lineage.iter().find(|row| row["table"] == *"targets" && row["line"] == line.to_string()).unwrap();
    assert_eq!(of["observations"].split(' ').count(), 6, "{of:?}");
}

#[test]
fn districts_are_judged_by_their_shares_and_shares_that_do_not_add_up_are_found() {
    let (east, west) = (row(at_year_end(), "places", "E"), row(at_year_end(), "places", "W"));
    assert_eq!(east.cells(&["verdict", "value", "target_value"]), ["met", "40000", "40000"]);
    assert_eq!(west.cells(&["verdict", "value", "target_value"]), ["met", "15000", "15000"]);
    assert_eq!(row(at_year_end(), "places", "C").cells(&["verdict", "target_value"]), ["missed", "60000"]);
    let findings = at_year_end().published.table("findings");
    let shares: Vec<&Row> = findings.iter().filter(|row| row["code"] == *"shares-differ").collect();
    assert_eq!(shares.len(), 1);
    assert!(shares[0]["message_zh"].contains("55,000") && shares[0]["message_zh"].contains("60,000"), "{shares:?}");
}

#[test]
fn one_cell_changed_changes_exactly_the_rows_that_depend_on_it() {
    let cell = "东区 | 500 | 280 | 1000 | 540";
    let changed = run_on(&THIS_YEAR.replace(cell, "东区 | 500 | 280 | 1000 | 523"), 20000, "2024-01-15");
    let different = |table: &str, columns: &[&str]| -> Vec<String> {
        let (before, after) = (at_year_end().published.table(table), changed.published.table(table));
        assert_eq!(before.len(), after.len());
        let pairs = before.iter().zip(&after).filter(|(before, after)| before != after);
        pairs.map(|(before, _)| before.cells(columns).join(" ")).collect()
    };
    assert_eq!(different("observations", &["measure", "area", "period"]), ["myopic E 2023"]);
    assert_eq!(different("indicators", &["indicator", "area", "period"]), ["myopia E 2023", "myopia C 2023"]);
    assert_eq!(different("targets", &["target", "area"]), ["myopia E", "myopia C"]);
    assert!(different("lineage", &["table", "line"]).is_empty());
    assert_eq!(verdict(&changed, "myopia"), "met");
}
