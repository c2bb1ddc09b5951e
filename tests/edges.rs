//! Verdicts and values at their edges: shares of what has no level, milestones of other years, flows that may still fall, strata without
//! figures, and the cells behind all of it.

use crate::{
    two::{Pipeline, said, value, verdict},
    workshop::Ran,
};

const OF_TARGETS: &str = "[[dimensions]]\nid = \"target\"\nname = { zh = \"target\", en = \"target\" }\nof-targets = true\n";
const EVEN_PROFILE: &str = "[profiles.line]\nname = { zh = \"均匀\", en = \"even\" }\nknots = []\n";

/// Numbers of the observations behind a row.
fn behind(ran: &Ran, table: &str, of: &[(&str, &str)]) -> String {
    let rows = ran.published.table(table);
    let is_it = |row: &crate::published::Row| of.iter().all(|(column, text)| &row[*column] == *text);
    let line = rows.iter().position(is_it).expect("a row") + 2;
    said(ran, "lineage", &[("table", table), ("line", &line.to_string())], &["observations"])
}

fn codes(ran: &Ran) -> Vec<String> {
    ran.published.table("findings").iter().map(|row| row["code"].to_string()).collect()
}

#[test]
fn equal_sums_are_not_unequal() {
    let rows = "东区,2023,100,50\n西区,2023,100,50\n";
    let ran = Pipeline::default()
        .measure("m", "")
        .measure("n", "")
        .indicator("x", "total = { of = [\"m\"] }", "")
        .indicator("cv", "variation = { of = \"x\", weighted-by = [\"n\"] }", "")
        .form("f", &["m", "n"], "", rows)
        .run("2024-07-01");
    assert_eq!(value(&ran, "cv", "C", "2023"), "0 A");
}

#[test]
fn a_share_takes_the_place_of_a_level_and_of_nothing_else() {
    let aim = ".between = { from = 100.0, to = 300.0 }";
    let ran = Pipeline::default()
        .measure("m", "")
        .measure("n", "")
        .measure("sh", "by = [\"target\"]")
        .head(&format!("{OF_TARGETS}[task-sheet]\ntarget = \"target\"\nshare = \"sh\"\n"))
        .indicator("x", "total = { of = [\"m\"] }", "")
        .indicator("rate", "ratio = { of = [\"m\"], to = [\"n\"], per = 100 }", "")
        .target("span", "x", aim)
        .target(
            "level",
            "x",
            ".at-least = 150\nalternatives = [{ indicator = \"rate\", aim = { at-least = 40 }, reading = { zh = \"率\", en = \"as a rate\" } }]",
        )
        .form("f", &["m", "n"], "", "东区,2023年,80,200\n西区,2023年,90,200\n")
        .form_by(
            "地区,时期,target",
            "s",
            &["sh"],
            "target = [{ directly = \"left\" }]",
            "东区,2023年,span,30\n东区,2023年,level,85\n西区,2023年,level,65\n",
        )
        .run("2024-01-15");
    let of = |target, area| [("target", target), ("area", area)];
    // 40 % is the level of the rate, whatever the share of the count.
    assert_eq!(
        said(&ran, "targets", &of("level", "E"), &["verdict", "target_value", "other_readings"]),
        "missed 85 as a rate: met"
    );
    assert_eq!(said(&ran, "targets", &of("span", "E"), &["verdict", "target_value"]), "missed 100");
    // The share that was not used is no cell behind the verdict, and is said.
    assert_eq!(behind(&ran, "targets", &of("span", "E")), "1");
    let findings = ran.published.table("findings");
    assert!(
        findings.iter().any(|row| row["code"] == *"shares-differ" && row["message_en"].contains("`span`")),
        "{}",
        ran.complained
    );
}

#[test]
fn a_milestone_is_done_by_whichever_ledger_came_last() {
    let ledger = "[ledger]\ntarget = \"target\"\nstarted = \"ls\"\nplanned = \"lp\"\ncompleted = \"lc\"\ndocument = \"ld\"\nevidence = \"le\"\noffice = \"lo\"\n";
    let mut pipeline = Pipeline::default().measure("m", "").indicator("x", "total = { of = [\"m\"] }", "");
    for (kind, ids) in [("day", ["ls", "lp", "lc"]), ("words", ["ld", "le", "lo"])] {
        for id in ids {
            pipeline = pipeline.measure(id, &format!("kind = \"{kind}\"\nby = [\"target\"]"));
        }
    }
    let rows = "东区,2023年10月,sy,2023-09-10,2024-06-30,,,,办\n东区,2024年3月,sy,2023-09-10,2024-06-30,2024-03-05,文1,证,办\n\
                东区,2023年10月,late,2023-09-10,2023-12-30,,,,办\n东区,2024年3月,late,2023-09-10,2023-12-30,2024-01-05,文2,证,办\n\
                东区,2023年6月,quarter,2023-02-10,2023-12-30,,,,办\n东区,2023年第四季度,quarter,2023-02-10,2023-12-30,2023-12-05,文3,证,办\n\
                西区,2023年第四季度,quarter,,,,,,\n";
    let ran = pipeline
        .head(&format!("{OF_TARGETS}{ledger}"))
        .milestone("2023/24", "sy")
        .milestone("2023", "late")
        .milestone("2023", "quarter")
        .form("f", &["m"], "", "东区,2023年,80\n西区,2023年,90\n")
        .form_by("地区,时期,target", "g", &["ls", "lp", "lc", "ld", "le", "lo"], "target = [{ directly = \"left\" }]", rows)
        .run("2024-09-15");
    for target in ["sy", "late", "quarter"] {
        assert_eq!(verdict(&ran, target, "C"), "done", "{target}");
    }
}

#[test]
fn a_flow_from_which_something_is_taken_is_not_met_before_its_year_is_over() {
    let ran = |as_of: &str| {
        Pipeline::default()
            .measure("o", "")
            .measure("c", "")
            .head(EVEN_PROFILE)
            .indicator("net", "total = { of = [\"o\", { measure = \"c\", minus = true }] }", "over-year = \"sum\"")
            .indicator("opened", "total = { of = [\"o\"] }", "over-year = \"sum\"")
            .target("net", "net", ".flow = { at-least = 100, profile = \"line\" }")
            .target("opened", "opened", ".flow = { at-least = 100, profile = \"line\" }")
            .form("f", &["o", "c"], "", "东区,2023年1月,60,0\n西区,2023年1月,60,0\n")
            .run(as_of)
    };
    let in_february = ran("2023-02-10");
    assert_eq!(
        (verdict(&in_february, "net", "C"), verdict(&in_february, "opened", "C")),
        ("on_pace".to_string(), "met".to_string())
    );
}

#[test]
fn a_target_below_last_years_value_is_called_easy_while_its_year_goes_on() {
    let months = |area: &str| -> String {
        let month = |year: i32, last: i32| (1..=last).map(move |month| (year, month));
        month(2022, 12).chain(month(2023, 4)).map(|(year, month)| format!("{area},{year}年{month}月,20\n")).collect()
    };
    let ran = Pipeline::default()
        .measure("o", "")
        .head(EVEN_PROFILE)
        .indicator("opened", "total = { of = [\"o\"] }", "over-year = \"sum\"")
        .target("opened", "opened", ".flow = { at-least = 100, profile = \"line\" }")
        .form("f", &["o"], "", &(months("东区") + &months("西区")))
        .run("2023-05-02");
    assert!(codes(&ran).contains(&"target-easy".to_string()), "{:?}", codes(&ran));
}

#[test]
fn that_a_met_target_fell_is_to_be_said_only_where_it_fell() {
    let next = |now: i32| {
        let ran = Pipeline::default()
            .measure("o", "")
            .indicator("opened", "total = { of = [\"o\"] }", "")
            .target("opened", "opened", ".at-least = 85")
            .form("f", &["o"], "", &format!("东区,2022年,60\n西区,2022年,40\n东区,2023年,60\n西区,2023年,{now}\n"))
            .run("2024-01-31");
        said(&ran, "findings", &[("code", "target-easy")], &["next_zh"])
    };
    let fell = "在报告中同时说明“达标”与“比2022年下降”。";
    let rest = "在报告中同时说明：此前已经达到过比目标更好的水平。";
    assert_eq!([next(30), next(40), next(50), next(20)], [fell, rest, rest, rest], "it fell, stayed, rose, and was missed");
}

#[test]
fn a_target_of_a_year_to_come_says_its_level_and_how_far_the_latest_value_is_from_it() {
    let ran = Pipeline::default()
        .measure("o", "")
        .indicator("opened", "total = { of = [\"o\"] }", "")
        .target_of("2026", "least", "opened", ".at-least = 130")
        .target_of("2026", "most", "opened", ".at-most = 100")
        .target_of("2026", "same", "opened", ".at-least = 110")
        .target_of("2026", "rises", "opened", ".rises-by = { points = 5 }")
        .form("f", &["o"], "", "东区,2022年,60\n西区,2022年,40\n东区,2023年,60\n西区,2023年,50\n")
        .run("2024-01-31");
    let of = |target: &str| {
        let columns = ["verdict", "value", "target_value", "gap", "note"];
        said(&ran, "targets", &[("target", target), ("area", "C")], &columns)
    };
    for (target, level, how_far) in [
        ("least", 130, "20.00 people below the level of 130.00 people"),
        ("most", 100, "10.00 people above the level of 100.00 people"),
        ("same", 110, "at the level of 110.00 people"),
    ] {
        let expected = format!("not_due  {level}  2026 has not begun; 110.00 people in 2023, {how_far}");
        assert_eq!(of(target), expected);
    }
    assert_eq!(
        of("rises"),
        "not_due    2026 has not begun",
        "by how much it has to rise is counted from a year that is not over"
    );
}

#[test]
fn a_stratum_without_figures_is_not_empty() {
    let rows = "东区,2022年,小学,20,100\n东区,2022年,初中,60,100\n西区,2022年,小学,20,100\n西区,2022年,初中,60,100\n\
                东区,2023年,小学,20,100\n东区,2023年,初中,,100\n西区,2023年,小学,20,100\n西区,2023年,初中,60,100\n";
    let ran = Pipeline::default()
        .measure("y", "by = [\"stage\"]")
        .measure("n", "by = [\"stage\"]")
        .indicator("crude", "ratio = { of = [\"y\"], to = [\"n\"], per = 100, kind = \"proportion\" }", "")
        .indicator("even", "standardised = { of = \"crude\", by = [\"stage\"], standard = { year = 2022 } }", "")
        .target("t", "even", ".falls-by = { points = 1.0 }")
        .form_by("地区,时期,stage", "f", &["y", "n"], "stage = [{ directly = \"left\" }]", rows)
        .run("2024-01-15");
    let east =
        said(&ran, "indicators", &[("indicator", "even"), ("area", "E"), ("period", "2023")], &["status", "change", "note"]);
    assert!(east.starts_with("P  ") && east.contains("50.00 % of the standard have no figures"), "{east}");
    assert!(!east.contains("are empty here"), "{east}");
    assert_eq!(verdict(&ran, "t", "E"), "cannot_tell");
}

#[test]
fn behind_a_move_stand_both_of_its_values() {
    let ran = Pipeline::default()
        .measure("m", "")
        .measure("n", "")
        .indicator("x", "total = { of = [\"m\"] }", "")
        .indicator("rate", "ratio = { of = [\"m\"], to = [\"n\"], per = 100 }", "")
        .indicator("fell", "districts-that = { moved = \"fell\", of = \"x\" }", "")
        .target("falls", "x", ".falls-by = { points = 10.0 }")
        .target("most", "x", ".at-most = 500")
        .form("f", &["m", "n"], "", "东区,2022年,100,200\n西区,2022年,100,200\n东区,2023年,80,200\n西区,2023年,,200\n")
        .run("2024-01-15");
    // Observations 1 to 4 are of m: of the east 2022 and 2023, then of the west.
    assert_eq!(behind(&ran, "targets", &[("target", "falls"), ("area", "E")]), "1-2");
    assert_eq!(behind(&ran, "targets", &[("target", "most"), ("area", "E")]), "2");
    assert_eq!(behind(&ran, "indicators", &[("indicator", "fell"), ("area", "C"), ("period", "2023")]), "1-4");
    // A cell that says nothing is what there is to look at.
    let west = behind(&ran, "indicators", &[("indicator", "rate"), ("area", "W"), ("period", "2023")]);
    assert!(west.starts_with('4'), "{west}");
}

#[test]
fn a_row_that_came_by_another_form_is_not_left_out() {
    let rows = |years: &[i32], stages: &[(&str, i32)]| -> String {
        let mut rows = String::new();
        for area in ["东区", "西区"] {
            for year in years {
                stages.iter().for_each(|(stage, value)| rows.push_str(&format!("{area},{year}年,{stage},{value}\n")));
            }
        }
        rows
    };
    // Primary schools by another form stand between junior and senior ones in the order of codes.
    let pipeline = |stages: &[(&str, i32)]| {
        let labels = "地区,时期,stage";
        Pipeline::default()
            .measure("m", "by = [\"stage\"]")
            .indicator("x", "total = { of = [\"m\"] }", "")
            .list(
                "stages.csv",
                "code,name_zh,name_en,aliases,within\nprimary,小学,Primary,,\njunior,初中,Junior,,\nsenior,高中,Senior,,\n",
            )
            .form_by(
                labels,
                "a",
                &["m"],
                "stage = [{ directly = \"left\" }]",
                &(rows(&[2022], &[("初中", 10), ("高中", 20)]) + &rows(&[2023], stages)),
            )
            .form_by(labels, "b", &["m"], "stage = [{ directly = \"left\" }]", &rows(&[2023], &[("小学", 30)]))
            .run("2024-01-15")
    };
    assert!(!codes(&pipeline(&[("初中", 10), ("高中", 20)])).contains(&"rows-left-out".to_string()));
    assert!(codes(&pipeline(&[("高中", 20)])).contains(&"rows-left-out".to_string()));
}

#[test]
fn what_could_never_be_met_is_no_aim() {
    for (aim, says) in [
        (".between = { from = 300.0, to = 100.0 }", "exchange"),
        (".about = { value = 170.0, band = -1.0 }", "band"),
        (".falls-by = { points = -5.0 }", "negative step"),
    ] {
        let ran = Pipeline::default()
            .measure("m", "")
            .indicator("x", "total = { of = [\"m\"] }", "")
            .target("t", "x", aim)
            .form("f", &["m"], "", "东区,2023年,80\n西区,2023年,90\n")
            .run("2024-01-15");
        assert!(
            ran.code == 2 && ran.complained.contains(says) && ran.complained.contains("targets.toml"),
            "{aim}: {}",
            ran.complained
        );
    }
}

#[test]
fn a_change_of_just_its_limit_is_within_it_and_one_above_is_said_to_be() {
    let ran = Pipeline::default()
        .measure("m", "")
        .indicator("x", "total = { of = [\"m\"] }", "")
        .list("checks.toml", "[checks.c]\nof = [\"m\"]\nexpect.change-within = { per-cent = 14, from = 1 }\nbecause = { zh = \"原因\", en = \"why\" }\n")
        .form("f", &["m"], "", "东区,2022年,100\n东区,2023年,114\n西区,2022年,1000\n西区,2023年,1142\n")
        .run("2024-10-15");
    let findings = ran.published.table("findings");
    let changes: Vec<&str> =
        findings.iter().filter(|row| row["code"] == *"change-suspicious").map(|row| &row["message_en"]).collect();
    assert_eq!(changes, ["m of West, 2023 went from 1000 to 1142, by +14.2 %, more than ±14 %"]);
}
