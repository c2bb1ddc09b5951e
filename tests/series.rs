//! What is lacking or not over yet is not judged and not compared as if it were whole.

use crate::two::{Pipeline, months, said, value, verdict};

#[test]
fn a_figure_that_comes_by_two_forms_lacks_whoever_has_not_sent_one_of_them() {
    let ran = Pipeline::default()
        .measure("pupils", "by = [\"stage\"]")
        .indicator("junior", "total = { of = [{ measure = \"pupils\", only = { stage = [\"junior\"] } }] }", "")
        .indicator(
            "share",
            "ratio = { of = [{ measure = \"pupils\", only = { stage = [\"junior\"] } }], to = [\"pupils\"], per = 100 }",
            "",
        )
        .form("p", &["pupils"], "stage = [{ is = \"primary\" }]", "东区,2023,1000\n西区,2023,2000\n")
        .form("j", &["pupils"], "stage = [{ is = \"junior\" }]", "东区,2023,500\n")
        .run("2024-07-01");
    assert_eq!(value(&ran, "junior", "C", "2023"), "500 P");
    assert_eq!(value(&ran, "junior", "W", "2023"), " L");
    assert!(value(&ran, "share", "C", "2023").starts_with("33.33"), "West's pupils are of primary schools alone");
}

#[test]
fn a_product_lacks_whoever_has_not_sent_one_of_its_factors_in_whatever_order() {
    let ran = Pipeline::default()
        .measure("staff", "")
        .measure("published", "kind = \"reported-rate\"")
        .measure("one", "product = [\"staff\", \"published\"]")
        .measure("other", "product = [\"published\", \"staff\"]")
        .indicator("ratio_one", "ratio = { of = [\"one\"], to = [\"staff\"], per = 1 }", "")
        .indicator("ratio_other", "ratio = { of = [\"other\"], to = [\"staff\"], per = 1 }", "")
        .form("s", &["staff"], "", "东区,2023,100\n西区,2023,100\n")
        .form("g", &["published"], "", "东区,2023,18\n")
        .run("2024-07-01");
    assert_eq!(value(&ran, "ratio_one", "C", "2023"), "18 P");
    assert_eq!(value(&ran, "ratio_other", "C", "2023"), "18 P");
}

#[test]
fn a_year_that_is_not_over_has_not_stayed_below_anything() {
    let rows = ["东区", "西区"].map(|area| months(2022, 12, area, 10) + &months(2023, 6, area, 10)).concat();
    let pipeline = || {
        Pipeline::default()
            .measure("cases", "")
            .indicator("cases", "total = { of = [\"cases\"] }", "over-year = \"sum\"")
            .target("falls", "cases", " = \"falls\"")
            .target("ten", "cases", ".falls-by = { per-cent = 10 }")
            .target("most", "cases", ".at-most = 300")
            .target("least", "cases", ".at-least = 100")
            .form("m", &["cases"], "", &rows)
    };
    let ran = pipeline().run("2023-07-01");
    assert_eq!(
        ["falls", "ten", "most", "least"].map(|target| verdict(&ran, target, "C")),
        ["not_due", "not_due", "not_due", "met"]
    );
    let over = pipeline().run("2024-07-01");
    assert_eq!(
        ["most", "least"].map(|target| verdict(&over, target, "C")),
        ["cannot_tell", "met"],
        "half of the months never came"
    );
}

fn places(more: &str) -> Pipeline {
    Pipeline::default()
        .head(more)
        .measure("places", "by = [\"project\", \"stage\"]")
        .measure("opened", "by = [\"project\", \"stage\"]\nkind = \"day\"")
        .indicator("places", "total = { of = [{ measure = \"places\", from-day = \"opened\" }] }", "by = [[\"stage\"]]")
}

const OF_PROJECTS: &str = "project = [{ column = [\"项目\"] }]\nstage = [{ column = [\"学段\"] }]";

#[test]
fn places_that_count_from_a_day_on_are_not_compared_before_the_year_is_over() {
    let rows = "东区,2022,甲,小学,500,2022-09-01\n西区,2022,乙,小学,500,2022-09-01\n东区,2023,丙,小学,600,2023-09-01\n西区,2023,丁,小学,700,2023-09-01\n";
    let pipeline = || {
        let profile =
            "[profiles.line]\nname = { zh = \"直线\", en = \"Line\" }\nknots = [{ month = 6, day = 30, share = 0.5 }]\n";
        places(profile).target("flow", "places", ".flow = { at-least = 1000, profile = \"line\" }").form_by(
            "地区,时期,项目,学段",
            "l",
            &["places", "opened"],
            OF_PROJECTS,
            rows,
        )
    };
    let of = [("indicator", "places"), ("area", "C"), ("period", "2023"), ("stage", "_T")];
    let early = pipeline().run("2023-03-01");
    assert_eq!(said(&early, "indicators", &of, &["value", "change"]), "0 ", "{}", early.shown());
    let drawn = early.published.text("charts/places-pace.svg");
    assert!(
        drawn.contains("0 people by 2023-03-01") && !drawn.contains("1,300"),
        "places that are not open yet are drawn: {drawn}"
    );
    let late = pipeline().run("2024-03-01");
    assert_eq!(said(&late, "indicators", &of, &["value", "change"]), "1300 300");
}

#[test]
fn a_sum_of_none_is_not_withheld_for_the_small_counts_of_others() {
    let disclosure = "[disclosure]\nmeasures = [\"places\"]\nthreshold = 5\nbecause = { zh = \"少于5\", en = \"below 5\" }\n";
    let rows = "东区,2023,甲,小学,3,2023-09-01\n西区,2023,乙,小学,700,2023-09-01\n西区,2023,丙,初中,200,2023-09-01\n西区,2023,丁,初中,300,2023-09-01\n西区,2023,戊,小学,300,2023-09-01\n";
    let ran = places(disclosure).form_by("地区,时期,项目,学段", "l", &["places", "opened"], OF_PROJECTS, rows).run("2024-07-01");
    let of = |area, stage| {
        said(&ran, "indicators", &[("indicator", "places"), ("area", area), ("stage", stage)], &["value", "status"])
    };
    assert_eq!([of("E", "junior"), of("E", "primary")], ["0 A", " Q"]);
}

#[test]
fn a_verdict_knows_its_interval_by_whatever_name_the_year_before_is_asked_for() {
    let pipeline = |change: &str| {
        Pipeline::default()
            .measure("part", "")
            .measure("whole", "")
            .indicator("rate", "ratio = { of = [\"part\"], to = [\"whole\"], per = 100, kind = \"proportion\" }", change)
            .target("falls", "rate", " = \"falls\"")
            .form("y", &["part", "whole"], "", "东区,2022,531,1000\n西区,2022,540,1000\n东区,2023,520,1000\n西区,2023,510,1000\n")
            .run("2024-07-01")
    };
    for change in ["", "change = [\"previous\"]", "change = [\"year-before\"]"] {
        let ran = pipeline(change);
        assert_eq!(
            said(&ran, "targets", &[("target", "falls"), ("area", "C")], &["verdict", "edge"]),
            "met interval",
            "{change}"
        );
    }
}

#[test]
fn a_year_is_made_of_months_or_of_quarters_and_never_of_both() {
    let quarters: String = ["一", "二", "三", "四"].iter().map(|at| format!("东区,2022年第{at}季度,30\n")).collect();
    let rows = months(2022, 12, "东区", 10) + &quarters + &months(2022, 12, "西区", 10);
    let ran = Pipeline::default()
        .measure("flow", "")
        .indicator("flow", "total = { of = [\"flow\"] }", "over-year = \"sum\"")
        .form("f", &["flow"], "", &rows)
        .run("2024-07-01");
    assert_eq!(value(&ran, "flow", "E", "2022"), "120 A");
}

#[test]
fn the_months_of_one_office_make_its_year_though_another_has_written_the_year_itself() {
    let ran = Pipeline::default()
        .measure("flow", "")
        .indicator("flow", "total = { of = [\"flow\"] }", "over-year = \"sum\"")
        .form("f", &["flow"], "", &(months(2022, 12, "东区", 10) + "西区,2022,130\n"))
        .run("2024-07-01");
    assert_eq!([value(&ran, "flow", "E", "2022"), value(&ran, "flow", "W", "2022")], ["120 A", "130 A"]);
    assert_eq!(value(&ran, "flow", "C", "2022"), "250 A");
}

#[test]
fn an_office_that_changes_from_months_to_quarters_loses_no_half_of_its_year() {
    let rows = months(2022, 6, "东区", 10) + "东区,2022年第三季度,30\n东区,2022年第四季度,30\n" + &months(2022, 12, "西区", 10);
    let ran = Pipeline::default()
        .measure("flow", "")
        .indicator("flow", "total = { of = [\"flow\"] }", "over-year = \"sum\"")
        .form("f", &["flow"], "", &rows)
        .run("2024-07-01");
    assert_eq!([value(&ran, "flow", "E", "2022"), value(&ran, "flow", "C", "2022")], ["120 A", "240 A"]);
}

#[test]
fn a_city_of_which_one_district_reports_by_months_and_one_by_quarters_has_both() {
    let quarters: String = ["一", "二", "三", "四"].iter().map(|at| format!("西区,2022年第{at}季度,30\n")).collect();
    let pipeline = |west: &str| {
        Pipeline::default()
            .measure("flow", "")
            .indicator("flow", "total = { of = [\"flow\"] }", "over-year = \"sum\"")
            .form("f", &["flow"], "", &(months(2022, 12, "东区", 10) + west))
            .run("2024-07-01")
    };
    assert_eq!(value(&pipeline(&quarters), "flow", "C", "2022"), "240 A");
    assert_eq!(value(&pipeline("西区,2022年第一季度,30\n"), "flow", "C", "2022"), "150 P", "three quarters of West are missing");
}

#[test]
fn a_stock_of_december_is_later_than_that_of_september() {
    let ran = Pipeline::default()
        .measure("pupils", "")
        .indicator("pupils", "total = { of = [\"pupils\"] }", "over-year = \"last\"")
        .form("f", &["pupils"], "", "东区,2023/24,100\n西区,2023/24,100\n东区,2023年12月,200\n西区,2023年12月,200\n")
        .run("2024-07-01");
    assert_eq!(value(&ran, "pupils", "C", "2023"), "400 A");
}

#[test]
fn forms_that_give_the_same_figure_stand_for_each_other() {
    let ran = Pipeline::default()
        .measure("pupils", "")
        .indicator("pupils", "total = { of = [\"pupils\"] }", "")
        .form("old", &["pupils"], "", "东区,2023,100\n")
        .form("new", &["pupils"], "", "西区,2023,100\n")
        .run("2024-07-01");
    assert_eq!([value(&ran, "pupils", "C", "2023"), value(&ran, "pupils", "E", "2023")], ["200 A", "100 A"]);
}

#[test]
fn a_blank_beside_a_figure_of_a_period_to_come_is_still_a_blank() {
    let ran = Pipeline::default()
        .measure("part", "")
        .measure("whole", "")
        .indicator("rate", "ratio = { of = [\"part\"], to = [\"whole\"], per = 100 }", "")
        .form("m", &["part", "whole"], "", "东区,2023年6月,5,10\n西区,2023年6月,,20\n东区,2023年7月,,\n西区,2023年7月,,\n")
        .run("2023-03-31");
    assert_eq!(value(&ran, "rate", "C", "2023-06"), "50 P");
    assert_eq!(ran.published.table("observations").iter().filter(|row| row["period"] == *"2023-07").count(), 0);
}

#[test]
fn an_inequality_that_lacks_a_district_is_not_compared_whatever_its_letter() {
    let ran = Pipeline::default()
        .measure("part", "")
        .measure("whole", "")
        .indicator("rate", "ratio = { of = [\"part\"], to = [\"whole\"], per = 100 }", "")
        .indicator("spread", "variation = { of = \"rate\", weighted-by = [\"whole\"] }", "")
        .target("most", "spread", ".at-most = 9\nwhole-only = true")
        .form("y", &["part", "whole"], "", "东区,2022,50,100\n西区,2022,60,100\n东区,2023,50e,100\n西区,2023,,100\n")
        .run("2024-07-01");
    let of = [("indicator", "spread"), ("period", "2023")];
    assert_eq!(said(&ran, "indicators", &of, &["status", "change"]), "E ");
    assert_eq!(verdict(&ran, "most", "C"), "cannot_tell");
}

#[test]
fn a_product_of_a_missing_factor_is_missing_whatever_mark_the_other_bears() {
    let ran = Pipeline::default()
        .measure("staff", "")
        .measure("published", "kind = \"reported-rate\"")
        .measure("made", "product = [\"staff\", \"published\"]")
        .indicator("ratio", "ratio = { of = [\"made\"], to = [\"staff\"], per = 1 }", "")
        .form("s", &["staff", "published"], "", "东区,2023,100,18\n西区,2023,100b,\n")
        .run("2024-07-01");
    let made = said(&ran, "observations", &[("measure", "made"), ("area", "W")], &["value", "status"]);
    assert_eq!(made, " O");
    assert!(value(&ran, "ratio", "C", "2023").starts_with("18 "), "West is left out on both sides");
}

#[test]
fn noise_of_binary_fractions_is_no_rise() {
    let ran = Pipeline::default()
        .measure("money", "")
        .indicator("money", "total = { of = [\"money\"] }", "")
        .target("rises", "money", " = \"rises\"")
        .form("y", &["money"], "", "东区,2022,0.3\n西区,2022,0\n东区,2023,0.1\n西区,2023,0.2\n")
        .run("2024-07-01");
    assert_eq!(verdict(&ran, "rises", "C"), "missed");
    let of = [("indicator", "money"), ("area", "C"), ("period", "2023")];
    assert_eq!(said(&ran, "indicators", &of, &["change"]), "0");
}

#[test]
fn the_first_month_of_a_series_lacks_no_month_before_it() {
    let ran = Pipeline::default()
        .measure("cases", "")
        .indicator("cases", "total = { of = [\"cases\"] }", "over-year = \"sum\"")
        .form("m", &["cases"], "", &(months(2022, 12, "东区", 10) + &months(2022, 12, "西区", 10)))
        .run("2024-07-01");
    let of = [("indicator", "cases"), ("area", "C"), ("period", "2022-01")];
    assert_eq!(said(&ran, "indicators", &of, &["note"]), "");
}

#[test]
fn a_form_that_has_come_without_a_column_gives_no_figure_and_no_verdict() {
    let mut pipeline = Pipeline::default()
        .measure("screened", "")
        .measure("myopic", "")
        .indicator("rate", "ratio = { of = [\"myopic\"], to = [\"screened\"], per = 100 }", "")
        .indicator("myopic", "total = { of = [\"myopic\"] }", "")
        .target("most", "myopic", ".at-most = 40")
        .form("F", &["screened", "myopic"], "", "东区,2023,100,30\n");
    pipeline.sent.push(("W".to_string(), "F表\n地区,时期,screened,近视的\n西区,2023,100,30\n".to_string()));
    let ran = pipeline.run("2024-07-01");
    assert_eq!(value(&ran, "rate", "C", "2023"), "30 P", "West's pupils are left out on both sides");
    assert_eq!(value(&ran, "rate", "W", "2023"), " L");
    assert_eq!(value(&ran, "myopic", "C", "2023"), "30 P");
    assert_eq!(verdict(&ran, "most", "C"), "cannot_tell");
}

#[test]
fn only_a_sum_of_which_nothing_is_taken_away_is_met_before_all_of_it_has_come() {
    let ran = Pipeline::default()
        .measure("opened", "")
        .measure("closed", "")
        .indicator("opened", "total = { of = [\"opened\", \"closed\"] }", "")
        .indicator("net", "total = { of = [\"opened\", { measure = \"closed\", minus = true }] }", "")
        .indicator("rate", "ratio = { of = [\"closed\"], to = [\"opened\"], per = 100 }", "")
        .indicator("gini", "inequality = { index = \"gini\", of = \"rate\" }", "")
        .target("sum", "opened", ".at-least = 100")
        .target("difference", "net", ".at-least = 100")
        .target("index", "gini", ".at-least = 0\nwhole-only = true")
        .form("y", &["opened", "closed"], "", "东区,2023,200,10\n西区,2023,100,\n")
        .run("2024-07-01");
    assert_eq!(["sum", "difference", "index"].map(|target| verdict(&ran, target, "C")), ["met", "cannot_tell", "cannot_tell"]);
}

#[test]
fn the_year_of_a_city_says_what_is_lacking_and_of_whom() {
    let ran = Pipeline::default()
        .measure("flow", "")
        .indicator("flow", "total = { of = [\"flow\"] }", "over-year = \"sum\"")
        .form("f", &["flow"], "", &(months(2022, 9, "东区", 10) + "西区,2022年第一季度,30\n西区,2022年第二季度,30\n"))
        .run("2024-07-01");
    let note = said(&ran, "indicators", &[("indicator", "flow"), ("area", "C"), ("period", "2022")], &["note"]);
    assert_eq!(note, "East: without October 2022 to December 2022; West: without Q3 2022, Q4 2022");
}

#[test]
fn the_course_of_a_year_is_made_of_the_parts_that_make_up_the_year() {
    let profile = "[profiles.line]\nname = { zh = \"直线\", en = \"Line\" }\nknots = [{ month = 6, day = 30, share = 0.5 }]\n";
    let drawn = |rows: &str| {
        let ran = Pipeline::default()
            .head(profile)
            .measure("flow", "")
            .indicator("flow", "total = { of = [\"flow\"] }", "over-year = \"sum\"")
            .target("much", "flow", ".flow = { at-least = 1000, profile = \"line\" }")
            .form("f", &["flow"], "", rows)
            .run("2023-06-30");
        let of = [("indicator", "flow"), ("area", "C"), ("period", "2023")];
        let year = said(&ran, "indicators", &of, &["value"]);
        assert!(
            ran.published.text("charts/flow-pace.svg").contains(&format!("{year}.00 people by 2023-06-30")),
            "{year}: {rows}"
        );
        year
    };
    let by_months = |area: &str| months(2023, 3, area, 10);
    let by_quarter = |area: &str| format!("{area},2023年第一季度,30\n");
    let both = |area: &str| by_months(area) + &by_quarter(area);
    assert_eq!(drawn(&(both("东区") + &both("西区"))), "60", "no day is added twice");
    assert_eq!(drawn(&(by_months("东区") + &by_quarter("西区"))), "60", "March and the first quarter end on one day");
}

#[test]
fn a_flow_of_a_school_year_has_no_profile_and_is_refused_with_its_line() {
    let profile = "[profiles.line]\nname = { zh = \"直线\", en = \"Line\" }\nknots = [{ month = 6, day = 30, share = 0.5 }]\n";
    let ran = places(profile)
        .target_of("2023/24", "flow", "places", ".flow = { at-least = 1000, profile = \"line\" }")
        .form_by("地区,时期,项目,学段", "l", &["places", "opened"], OF_PROJECTS, "")
        .run("2024-03-01");
    assert_eq!(ran.code, 2);
    assert!(ran.complained.contains("targets.toml:3") && ran.complained.contains("not of 2023/24"), "{}", ran.complained);
}

#[test]
fn a_count_of_districts_is_as_sure_as_the_districts_are() {
    let pipeline = |mark: &str| {
        Pipeline::default()
            .measure("part", "")
            .measure("whole", "")
            .indicator("rate", "ratio = { of = [\"part\"], to = [\"whole\"], per = 100 }", "")
            .indicator("fell", "districts-that = { moved = \"fell\", of = \"rate\", at-least = 0 }", "")
            .form(
                "y",
                &["part", "whole"],
                "",
                &format!("东区,2022,50,100\n西区,2022,60,100\n东区,2023,40{mark},100\n西区,2023,70,100\n"),
            )
            .run("2024-07-01")
    };
    assert_eq!(["", "e"].map(|mark| value(&pipeline(mark), "fell", "C", "2023")), ["1 A", "1 E"]);
}

#[test]
fn a_month_in_which_nothing_was_found_is_no_gap_in_the_rate_of_the_year() {
    let months: String =
        (1..=12).map(|month| format!("东区,2023年{month}月,{0},{0}\n", if month == 12 { 0 } else { 10 })).collect();
    let ran = Pipeline::default()
        .measure("mended", "")
        .measure("found", "")
        .indicator("rate", "ratio = { of = [\"mended\"], to = [\"found\"], per = 100 }", "over-year = \"sum\"")
        .form("m", &["mended", "found"], "", &(months.clone() + &months.replace("东区", "西区")))
        .run("2024-07-01");
    assert_eq!(value(&ran, "rate", "E", "2023"), "100 A");
    assert_eq!(value(&ran, "rate", "C", "2023"), "100 A");
    let of = [("indicator", "rate"), ("area", "C"), ("period", "2023")];
    assert_eq!(said(&ran, "indicators", &of, &["note"]), "");
}

#[test]
fn a_category_that_was_there_last_year_and_has_no_row_now_is_named() {
    let rows =
        "东区,2022,小学,100\n东区,2022,初中,50\n东区,2023,小学,110\n西区,2022,小学,100\n西区,2022,初中,0\n西区,2023,小学,90\n";
    let ran = Pipeline::default()
        .measure("pupils", "by = [\"stage\"]")
        .indicator("pupils", "total = { of = [\"pupils\"] }", "")
        .form_by("地区,时期,学段", "p", &["pupils"], "stage = [{ directly = \"left\" }]", rows)
        .run("2024-07-01");
    let said = ran.published.table("findings");
    let left_out: Vec<_> = said.iter().filter(|row| row["code"] == *"rows-left-out").collect();
    assert_eq!(left_out.len(), 1, "West had none to leave out: {}", ran.shown());
    assert!(left_out[0]["message_en"].contains("East has nothing on Junior for 2023"), "{}", ran.shown());
}
