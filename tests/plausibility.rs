//! Figures that are possible and unlikely: each rule finds what it is for, with both cells, and says nothing of too few figures.

use std::{fs, path::Path};

use crate::{
    grid::workbook,
    published::Row,
    workshop::{Ran, Workshop},
};

const DISTRICTS: [&str; 11] =
    ["荔湾区", "越秀区", "海珠区", "天河区", "白云区", "黄埔区", "番禺区", "花都区", "南沙区", "从化区", "增城区"];
const STAGES: [&str; 5] = ["幼儿园", "小学", "初中", "普通高中", "中职"];

/// What a district writes of a stage: pupils, teachers, attendances.
type Line = [String; 3];

/// Figures in which nothing is odd: pupils grow by 3 % or so, a teacher to fourteen or fifteen, attendances at twice the teachers.
fn usual(district: usize, stage: usize, year: i32) -> Line {
    let pupils = 1_013 * (district + 3) * (stage + 2) + 37 * district * district;
    let pupils = if year == 2022 { pupils } else { pupils + pupils * (27 + (district * 7 + stage * 5) % 9) / 1_000 };
    let teachers = pupils / (14 + (district + stage) % 2) + 1;
    [pupils, teachers, teachers * 2 + 11 + district].map(|count| count.to_string())
}

/// Two years of some districts, with some lines changed, under one more rule.
fn run(districts: usize, rule: &str, change: impl Fn(usize, usize, i32, &mut Line)) -> Ran {
    let shop = Workshop::new();
    for (place, district) in DISTRICTS.iter().enumerate().take(districts) {
        for year in [2022, 2023] {
            let lines: Vec<String> = STAGES
                .iter()
                .enumerate()
                .map(|(stage, name)| {
                    let mut line = usual(place, stage, year);
                    change(place, stage, year, &mut line);
                    format!("{name} | {}", line.join(" | "))
                })
                .collect();
            let grid = format!("{district}{year}年\n学段 | 在校生 | 专任教师 | 培训人次\n{}", lines.join("\n"));
            shop.put(&format!("{year}/{district}.xlsx"), workbook(&[("表", &grid)]));
        }
    }
    let pipeline = shop.copy_pipeline("stages");
    let checks = shop.path(&pipeline).join("checks.toml");
    let text = fs::read_to_string(&checks).expect("checks");
    let because = "because = { zh = \"案例\", en = \"a case\" }";
    fs::write(&checks, format!("{text}\n[checks.unlikely]\n{rule}\n{because}\n")).expect("checks");
    shop.run_pipeline(&pipeline, Path::new("in"), &["--as-of", "2024-01-31", "--lang", "en"])
}

fn found(ran: &Ran, code: &str) -> Vec<Row> {
    assert_eq!(ran.code, 0, "{}", ran.complained);
    ran.published.table("findings").into_iter().filter(|row| row["code"] == *code).collect()
}

/// One finding, on this cell, with this one beside it.
fn alone(ran: &Ran, code: &str, file: &str, cell: &str, beside: &str) {
    let found = found(ran, code);
    let [finding] = &found[..] else { panic!("one finding of {code}: {found:?}\n{}", ran.complained) };
    assert_eq!(finding.cells(&["severity", "file", "cell"]), ["warning", file, cell]);
    assert!(finding["also"].contains(beside), "{finding:?}");
}

/// Did the rule say that it had nothing to judge?
fn is_unanswered(ran: &Ran) -> bool {
    found(ran, "rule-unmatched").iter().any(|row| row["message_en"].contains("unlikely"))
}

fn nothing(ran: &Ran, code: &str) {
    assert_eq!(found(ran, code).len(), 0, "{}", ran.complained);
    assert!(!is_unanswered(ran), "{}", ran.complained);
}

fn unanswered(ran: &Ran, code: &str) {
    assert_eq!(found(ran, code).len(), 0, "{}", ran.complained);
    assert!(is_unanswered(ran), "too few figures, and the rule says that it judged nothing");
}

/// The line of a district and stage in 2023 is another.
fn in_2023(district: usize, stages: std::ops::Range<usize>, edit: impl Fn(&mut Line)) -> impl Fn(usize, usize, i32, &mut Line) {
    move |at, stage, year, line| {
        if at == district && year == 2023 && stages.contains(&stage) {
            edit(line);
        }
    }
}

#[test]
fn a_change_out_of_line_with_those_of_the_other_areas() {
    let rule = "of = [\"pupils\"]\nexpect.hidiroglou-berthelot = { u = 0.5, a = 0.05, c = 20 }";
    let tenfold = |line: &mut Line| line[0] += "0";
    let ran = run(11, rule, in_2023(4, 2..3, tenfold));
    alone(&ran, "change-outlier", "2023/白云区.xlsx", "B5", "2022/白云区.xlsx › 表 › B5");
    nothing(&run(11, rule, |_, _, _, _| {}), "change-outlier");
    unanswered(&run(7, rule, in_2023(4, 2..3, tenfold)), "change-outlier");
}

#[test]
fn a_share_far_from_that_of_the_other_districts() {
    let rule = "of = [\"teachers\"]\nexpect.robust-z = { to = \"pupils\", limit = 3.5, points = 10 }";
    let many = |line: &mut Line| line[1] = (line[0].parse::<usize>().expect("a count") / 4).to_string();
    alone(&run(11, rule, in_2023(2, 0..5, many)), "peer-outlier", "2023/海珠区.xlsx", "C5", "2023/海珠区.xlsx › 表 › B5");
    nothing(&run(11, rule, |_, _, _, _| {}), "peer-outlier");
    unanswered(&run(6, rule, in_2023(2, 0..5, many)), "peer-outlier");
}

#[test]
fn last_years_column_sent_again() {
    let rule = "of = [\"pupils\"]\nexpect.not-copied = { at-least = 5 }";
    let copy = |district: usize, stage: usize, year: i32, line: &mut Line| {
        if district == 1 && year == 2023 {
            line[0] = usual(district, stage, 2022)[0].clone();
        }
    };
    alone(&run(3, rule, copy), "column-copied", "2023/越秀区.xlsx", "B5", "2022/越秀区.xlsx › 表 › B5");
    nothing(&run(3, rule, |_, _, _, _| {}), "column-copied");
    unanswered(&run(3, &rule.replace('5', "6"), copy), "column-copied");
}

#[test]
fn two_districts_with_one_column() {
    let rule = "of = [\"pupils\"]\nexpect.columns-differ = { at-least = 5 }";
    let copy = |district: usize, stage: usize, year: i32, line: &mut Line| {
        if district == 2 && year == 2023 {
            line[0] = usual(0, stage, year)[0].clone();
        }
    };
    alone(&run(3, rule, copy), "columns-identical", "2023/荔湾区.xlsx", "B5", "2023/海珠区.xlsx › 表 › B5");
    nothing(&run(3, rule, |_, _, _, _| {}), "columns-identical");
}

#[test]
fn numerator_and_denominator_in_each_others_column() {
    let rule = "of = [\"teachers\"]\nexpect.not-swapped-with = \"pupils\"";
    let swap = in_2023(5, 0..5, |line| line.swap(0, 1));
    alone(&run(11, rule, swap), "measures-swapped", "2023/黄埔区.xlsx", "C5", "2023/黄埔区.xlsx › 表 › B5");
    nothing(&run(11, rule, |_, _, _, _| {}), "measures-swapped");
    unanswered(&run(5, rule, in_2023(4, 0..5, |line| line.swap(0, 1))), "measures-swapped");
}

#[test]
fn a_part_taken_for_its_whole() {
    let rule = "of = [\"teachers\"]\nexpect.not-mistaken-for = \"attendances\"";
    let swap = in_2023(0, 0..5, |line| line.swap(1, 2));
    alone(&run(2, rule, swap), "measures-mixed-up", "2023/荔湾区.xlsx", "C5", "2023/荔湾区.xlsx › 表 › D5");
    nothing(&run(2, rule, |_, _, _, _| {}), "measures-mixed-up");
}

#[test]
fn what_had_no_figure_has_one_everywhere_at_once() {
    let rule = "of = [\"attendances\"]\nexpect.completes-gradually = { at-least = 6 }";
    let dashes = |only_some: bool| {
        move |district: usize, stage: usize, year: i32, line: &mut Line| {
            let was_none = district < 2 && stage < 4;
            if was_none && (year == 2022 || only_some && stage == 0) {
                line[2] = "—".to_string();
            }
        }
    };
    let ran = run(3, rule, dashes(false));
    let found_all = found(&ran, "suddenly-complete");
    let [finding] = &found_all[..] else { panic!("one finding for both districts: {found_all:?}") };
    assert!(finding["message_en"].contains("all 8 cells") && finding["message_en"].contains("Liwan, Yuexiu"), "{finding:?}");
    nothing(&run(3, rule, dashes(true)), "suddenly-complete");
    unanswered(&run(3, rule, |_, _, _, _| {}), "suddenly-complete");
}

#[test]
fn a_dash_among_its_parts_does_not_keep_a_sum_or_a_rate_from_being_checked() {
    let sums = |_: usize, stage: usize, year: i32, line: &mut Line| {
        let [pupils, teachers] = [&line[0], &line[1]].map(|count| count.parse::<usize>().expect("a count"));
        line[2] = (pupils + teachers).to_string();
        if stage == 1 && year == 2023 {
            line[1] = "—".to_string();
        }
    };
    let rule = "of = [\"attendances\"]\nseverity = \"warning\"\n";
    let ran = run(1, &format!("{rule}expect.sum-of = {{ parts = [\"pupils\", \"teachers\"], within = 0 }}"), sums);
    alone(&ran, "sum-differs", "2023/荔湾区.xlsx", "D4", "2023/荔湾区.xlsx › 表 › C4");
    let rates = in_2023(0, 1..2, |line| (line[1], line[2]) = ("—".to_string(), "90".to_string()));
    let expect = "expect.recomputes = { of = [\"teachers\"], to = [\"pupils\"], per = 100, within = 80 }";
    let only_low = |district: usize, stage: usize, year: i32, line: &mut Line| {
        line[2] = "7".to_string();
        rates(district, stage, year, line);
    };
    let ran = run(1, &format!("{rule}{expect}"), only_low);
    alone(&ran, "rate-differs", "2023/荔湾区.xlsx", "D4", "2023/荔湾区.xlsx › 表 › C4");
}
