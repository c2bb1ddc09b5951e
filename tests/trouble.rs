//! Bad input: each kind has one clear finding that names the file, and the other workbooks still publish.

mod pipeline;
mod rights;

use std::{fs, path::Path};

use crate::{
    grid::workbook,
    published::Row,
    workshop::{Ran, Workshop},
};

/// A good form of one office.
pub fn form(office: &str, year: u16, pupils: u32) -> Vec<u8> {
    let total = pupils + 900;
    let grid = format!(
        "师生情况表\n填报单位：{office} | | 统计年份：{year}\n学段 | 在校生 | 专任教师\n小学 | {pupils} | 60\n初中 | 900 | 75\n合计 | {total} | 135"
    );
    workbook(&[("表1", &grid)])
}

/// A workshop in which one office has sent a good form.
fn one_good() -> Workshop {
    let shop = Workshop::new();
    shop.put("越秀区2023年.xlsx", form("越秀区教育局", 2023, 1000));
    shop
}

/// The codes of the findings shown at the terminal, each with how grave it is.
fn shown(ran: &Ran) -> Vec<String> {
    let graves = ["错误[", "警告[", "提示[", "error[", "warning[", "note["];
    let is_title = |line: &&str| graves.iter().any(|grave| line.starts_with(grave));
    let code = |line: &str| line.split_once(']').map_or(String::new(), |(head, _)| head.replace('[', " "));
    ran.complained.lines().filter(is_title).map(code).collect()
}

/// The one finding there is, grave or not.
fn only(ran: &Ran) -> Row {
    let findings = ran.published.table("findings");
    assert_eq!(findings.len(), 1, "{findings:#?}");
    let finding = findings.into_iter().next().expect("one");
    for column in ["message_zh", "message_en", "next_zh", "next_en"] {
        assert!(!finding[column].is_empty(), "{column} of {finding:?}");
    }
    finding
}

/// 越秀区's form was published, whatever befell the others.
fn yuexiu_is_published(ran: &Ran) {
    let rows = ran.published.table("indicators");
    let pupils = rows.iter().find(|row| row["indicator"] == *"pupils" && row["area"] == *"440104" && row["stage"] == *"_T");
    assert_eq!(pupils.and_then(|row| row.number("value")), Some(1900.0), "{}", ran.complained);
}

/// The batch could not run: one finding in both languages, exit code 2, nothing written.
fn cannot_run(shop: &Workshop, input: &str, code: &str) -> Ran {
    let small = crate::workshop::small("stages");
    let english = shop.run_pipeline(&small, Path::new(input), &["--lang", "en"]);
    assert_eq!((shown(&english), english.code), (vec![format!("error {code}")], 2), "{}", english.complained);
    let chinese = shop.run_pipeline(&small, Path::new(input), &[]);
    assert_eq!((shown(&chinese), chinese.code), (vec![format!("错误 {code}")], 2), "{}", chinese.complained);
    assert!(chinese.complained.contains(input) && english.complained.contains(input), "the folder is not named");
    assert!(!shop.path("out").exists() || fs::read_dir(shop.path("out")).expect("out").next().is_none(), "something was written");
    chinese
}

/// One damaged file beside a good one: exit code 1, one error at the file, the good one published.
fn damaged(name: &str, bytes: &[u8]) -> Ran {
    let shop = one_good();
    shop.put(name, bytes);
    let ran = shop.run("stages", &[]);
    let finding = only(&ran);
    assert_eq!(finding.cells(&["code", "severity", "file"]), ["workbook-unreadable", "error", name]);
    assert!(finding["message_zh"].contains(name) && finding["message_en"].contains(name), "{finding:?}");
    assert_eq!(ran.code, 1);
    yuexiu_is_published(&ran);
    ran
}

pub fn snapshot(name: &str, ran: &Ran) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path(Path::new(crate::workshop::HOME).join("tests/snapshots"));
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name.replace(' ', "-"), ran.shown()));
}

#[test]
fn an_empty_folder() {
    snapshot("empty folder", &cannot_run(&Workshop::new(), "in", "input-empty"));
}

#[test]
fn a_folder_that_is_not_there() {
    snapshot("missing folder", &cannot_run(&Workshop::new(), "nowhere", "input-missing"));
}

#[test]
fn a_file_where_a_folder_should_be() {
    let shop = one_good();
    snapshot("file instead of folder", &cannot_run(&shop, "in/越秀区2023年.xlsx", "input-missing"));
}

#[test]
fn a_folder_named_like_a_workbook_is_a_folder() {
    let shop = one_good();
    shop.put("荔湾区2023年.xlsx/荔湾区2023年.xlsx", form("荔湾区教育局", 2023, 1200));
    let ran = shop.run("stages", &[]);
    assert_eq!((ran.code, ran.published.table("findings").len()), (0, 0), "{}", ran.complained);
    let files: Vec<_> = ran.published.table("observations").iter().map(|row| row["file"].to_string()).collect();
    assert!(files.contains(&"荔湾区2023年.xlsx/荔湾区2023年.xlsx".to_string()), "{files:?}");
    yuexiu_is_published(&ran);
}

#[test]
fn a_text_file_named_xlsx() {
    snapshot("text named xlsx", &damaged("荔湾区2023年.xlsx", "各区报表另行报送。\n此件不含数据。\n".as_bytes()));
}

#[test]
fn a_file_of_no_bytes() {
    snapshot("no bytes", &damaged("荔湾区2023年.xlsx", b""));
}

#[test]
fn a_truncated_workbook() {
    let whole = form("荔湾区教育局", 2023, 1200);
    snapshot("truncated", &damaged("荔湾区2023年.xlsx", &whole[..whole.len() / 2]));
}

#[test]
fn a_workbook_cut_anywhere_is_one_finding_and_never_more() {
    let whole = form("荔湾区教育局", 2023, 1200);
    let shop = one_good();
    let parts = 24;
    for part in 1..parts {
        shop.put(&format!("荔湾区{part:02}.xlsx"), &whole[..whole.len() * part / parts]);
    }
    let ran = shop.run("stages", &[]);
    assert_eq!(ran.code, 1);
    yuexiu_is_published(&ran);
    let findings = ran.published.table("findings");
    let mut files: Vec<_> = findings.iter().map(|finding| finding["file"].to_string()).collect();
    files.sort();
    files.dedup();
    assert_eq!((files.len(), findings.len()), (parts - 1, parts - 1), "{findings:#?}");
}

#[test]
fn a_workbook_that_no_layout_fits() {
    let shop = one_good();
    let other = "荔湾区2023年学校情况表\n学段 | 在校生 | 学校数\n小学 | 1200 | 3\n初中 | 900 | 2";
    shop.put("荔湾区2023年.xlsx", workbook(&[("情况", other)]));
    let ran = shop.run("stages", &[]);
    let finding = only(&ran);
    assert_eq!(finding.cells(&["code", "severity", "file"]), ["layout-missing", "error", "荔湾区2023年.xlsx"]);
    for (column, words) in
        [("expected_zh", ["师生情况表", "专任", "情况"]), ("expected_en", ["Pupils and teachers", "专任", "情况"])]
    {
        assert!(words.iter().all(|word| finding[column].contains(word)), "{}", &finding[column]);
        assert!(!finding[column].contains("在校生"), "在校生 is there: {}", &finding[column]);
    }
    assert_eq!(ran.code, 1);
    yuexiu_is_published(&ran);
    snapshot("no layout fits", &ran);
}

#[test]
fn a_district_nobody_knows() {
    let shop = one_good();
    shop.put("报表.xlsx", form("黄圃区教育局", 2023, 1200));
    let ran = shop.run("stages", &[]);
    let finding = only(&ran);
    assert_eq!(
        finding.cells(&["code", "severity", "file", "sheet", "cell"]),
        ["area-unknown", "error", "报表.xlsx", "表1", "A2"]
    );
    assert!(finding["read"].contains("黄圃区") && finding["expected_zh"].contains("黄埔区"), "{finding:?}");
    assert!(finding["expected_en"].contains("Huangpu"), "{finding:?}");
    assert_eq!(ran.code, 1);
    yuexiu_is_published(&ran);
    assert!(ran.published.table("observations").iter().all(|row| row["area"] == *"440104"), "its figures went somewhere else");
    snapshot("unknown district", &ran);
}

#[test]
fn the_same_district_twice_alike() {
    let shop = one_good();
    shop.put("越秀区2023年 副本.xlsx", form("越秀区教育局", 2023, 1000));
    let ran = shop.run("stages", &[]);
    let finding = only(&ran);
    assert_eq!(finding.cells(&["code", "severity"]), ["duplicate", "warning"]);
    for message in ["message_zh", "message_en"] {
        assert!(
            finding[message].contains("越秀区2023年 副本.xlsx") && finding[message].contains("越秀区2023年.xlsx"),
            "{finding:?}"
        );
    }
    assert_eq!(ran.code, 0);
    yuexiu_is_published(&ran);
    snapshot("twice alike", &ran);
}

#[test]
fn the_same_district_twice_unlike() {
    let shop = one_good();
    shop.put("荔湾区2023年-1.xlsx", form("荔湾区教育局", 2023, 1200));
    shop.put("荔湾区2023年-2.xlsx", form("荔湾区教育局", 2023, 1250));
    let ran = shop.run("stages", &[]);
    let finding = only(&ran);
    assert_eq!(finding.cells(&["code", "severity"]), ["duplicate", "error"]);
    for message in ["message_zh", "message_en"] {
        assert!(
            finding[message].contains("荔湾区2023年-1.xlsx") && finding[message].contains("荔湾区2023年-2.xlsx"),
            "{finding:?}"
        );
    }
    assert_eq!(ran.code, 1);
    yuexiu_is_published(&ran);
    let rows = ran.published.table("observations");
    let primary: Vec<_> =
        rows.iter().filter(|row| row["area"] == *"440103" && row["measure"] == *"pupils" && row["stage"] == *"primary").collect();
    let [primary] = primary[..] else { panic!("a figure is kept once: {primary:#?}") };
    assert_eq!(primary["status"], *"U", "nobody can say which of two unequal figures is right");
    snapshot("twice unlike", &ran);
}

#[test]
fn lock_files_and_what_file_managers_leave_are_not_there() {
    let shop = one_good();
    for name in ["~$越秀区2023年.xlsx", ".DS_Store", "Thumbs.db", ".~lock.越秀区2023年.xlsx#", "子目录/~$lock.xlsx"] {
        shop.put(name, b"\x05user");
    }
    let ran = shop.run("stages", &[]);
    assert_eq!((ran.code, ran.published.table("findings").len()), (0, 0), "{}", ran.complained);
    yuexiu_is_published(&ran);
}

#[test]
fn other_files_are_named_and_left_alone() {
    let shop = one_good();
    shop.put("关于报送的通知.docx", b"PK");
    let ran = shop.run("stages", &[]);
    assert_eq!(only(&ran).cells(&["code", "severity", "file"]), ["file-ignored", "note", "关于报送的通知.docx"]);
    assert_eq!(ran.code, 0);
    yuexiu_is_published(&ran);
}

#[test]
fn a_year_missing_in_the_middle() {
    let shop = Workshop::new();
    let areas =
        ["荔湾区", "越秀区", "海珠区", "天河区", "白云区", "黄埔区", "番禺区", "花都区", "南沙区", "从化区", "增城区", "市属"];
    for (year, pupils) in [(2021, 1000), (2023, 2500)] {
        let rows: Vec<String> = areas.iter().map(|area| format!("{area} | 30 | {pupils} | 20 | 800")).collect();
        let grid =
            format!("{year}年全市规模汇总表\n区 | 小学 | < | 初中 | <\n^ | 班数 | 在校生 | 班数 | 在校生\n{}", rows.join("\n"));
        shop.put(&format!("汇总{year}.xlsx"), workbook(&[("汇总", &grid)]));
    }
    let pipeline = shop.copy_pipeline("areas");
    let checks = shop.path(&pipeline).join("checks.toml");
    let rules = r#"
[checks.every_form_has_come]
expect.complete = { forms = ["K02"] }
because = { zh = "每个区每年报送", en = "Every area sends it every year" }

[checks.sizes_move_slowly]
of = ["pupils"]
expect.change-within = { per-cent = 40, from = 500 }
because = { zh = "规模变化不大", en = "Sizes move slowly" }
severity = "note"
"#;
    fs::write(&checks, fs::read_to_string(&checks).expect("checks") + rules).expect("checks");
    let ran = shop.run_pipeline(&pipeline, Path::new("in"), &[]);
    let findings = ran.published.table("findings");
    let gaps: Vec<_> = findings.iter().filter(|finding| finding["code"] == *"period-gap").collect();
    let [gap] = gaps[..] else { panic!("one gap: {findings:#?}") };
    assert!(["K02", "2022"].iter().all(|word| gap["message_zh"].contains(word) && gap["message_en"].contains(word)), "{gap:?}");
    assert!(findings.iter().all(|finding| ["period-gap", "rule-unmatched"].contains(&&finding["code"])), "{findings:#?}");
    assert_eq!(ran.code, 0);

    let rows = ran.published.table("indicators");
    assert_eq!(rows.iter().filter(|row| row["period"] == *"2023").count(), 13);
    for row in &rows {
        assert_eq!(row.cells(&["previous", "change", "change_unit", "relative_change"]), ["", "", "", ""], "{row:?}");
        assert_eq!(row["note"].contains("2022"), row["period"] == *"2023", "{row:?}");
    }
    snapshot("gap in the years", &ran);
}

#[test]
fn all_kinds_at_once_each_have_their_finding() {
    let shop = one_good();
    shop.put("一.xlsx", "不是工作簿".as_bytes());
    shop.put("二.xlsx", b"");
    shop.put("三.xlsx", form("黄圃区教育局", 2023, 1200));
    shop.put("四.xlsx", workbook(&[("空", "通知")]));
    shop.put("五.txt", b"");
    let ran = shop.run("stages", &[]);
    let found: Vec<_> = ran.published.table("findings").iter().map(|row| row.cells(&["file", "code"]).join(" ")).collect();
    for expected in [
        "一.xlsx workbook-unreadable",
        "二.xlsx workbook-unreadable",
        "三.xlsx area-unknown",
        "四.xlsx layout-missing",
        "五.txt file-ignored",
    ] {
        assert_eq!(found.iter().filter(|one| *one == expected).count(), 1, "{expected}: {found:?}");
    }
    assert_eq!((found.len(), ran.code), (5, 1), "{found:?}");
    yuexiu_is_published(&ran);
}

#[test]
fn a_form_that_nobody_sends_and_a_rule_that_checks_nothing_are_said() {
    let shop = one_good();
    let pipeline = shop.copy_pipeline("stages");
    fs::write(
        shop.path(&pipeline).join("layouts/k09.toml"),
        "form = \"K09\"\ntitle = { zh = \"培训表\", en = \"Training\" }\nneeds = [\"attendances\"]\n\n[attach]\narea = [\"file-name\"]\nperiod = [\"file-name\"]\nstage = [{ directly = \"left\" }]\n\n[[values]]\nmeasure = \"attendances\"\nheading = [\"人次\"]\n",
    )
    .expect("a layout");
    let checks = shop.path(&pipeline).join("checks.toml");
    let rule = "\n[checks.attendances_are_whole]\nof = [\"attendances\"]\nexpect = \"whole\"\nbecause = { zh = \"人次为整数\", en = \"Whole\" }\n";
    fs::write(&checks, fs::read_to_string(&checks).expect("checks") + rule).expect("checks");
    let ran = shop.run_pipeline(&pipeline, Path::new("in"), &[]);
    let mut found: Vec<_> =
        ran.published.table("findings").iter().map(|row| row.cells(&["severity", "code", "rule"]).join(" ")).collect();
    found.sort();
    assert_eq!(
        found,
        ["warning layout-unused pipelines/stages/layouts/k09.toml:1", "warning rule-unmatched pipelines/stages/checks.toml:10",]
    );
    assert_eq!(ran.code, 0);
}

/// Each error is to be seen to; warnings of one kind are counted after the first few.
#[test]
fn every_error_is_shown_at_the_terminal() {
    let shop = one_good();
    for name in ["甲区", "乙区", "丙区", "丁区", "戊区"] {
        shop.put(&format!("{name}2023年.xlsx"), form(&format!("{name}教育局"), 2023, 900));
    }
    let ran = shop.run("stages", &["--as-of", "2024-01-31"]);
    assert_eq!(ran.code, 1, "{}", ran.shown());
    assert_eq!(ran.complained.matches("错误[area-unknown]").count(), 5, "{}", ran.complained);
}

#[test]
fn whoever_names_a_pipeline_that_is_not_there_is_told_which_are() {
    let shop = one_good();
    shop.copy_pipeline("stages");
    let ran = shop.run_pipeline(Path::new("stage"), Path::new("in"), &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.complained.contains("应为：stages 之一"), "{}", ran.complained);
}
