//! Nothing is compared, judged, projected or drawn on across a break, whoever names it.

use crate::two::{Pipeline, said, verdict};

/// A rate that rises from year to year, with this mark at its figures of 2021.
fn rising(mark: &str, more: &str) -> Pipeline {
    let rows = [(2019, 2000), (2020, 2100), (2021, 4200), (2022, 4300), (2023, 4400)].map(|(year, part)| {
        let mark = if year == 2021 { mark } else { "" };
        format!("东区,{year},{part}{mark},10000\n西区,{year},{part}{mark},10000\n")
    });
    Pipeline::default()
        .measure("part", "")
        .measure("whole", "")
        .indicator("rate", "ratio = { of = [\"part\"], to = [\"whole\"], per = 100, kind = \"proportion\" }", more)
        .form("y", &["part", "whole"], "", &rows.concat())
}

#[test]
fn a_target_is_not_judged_across_a_break_of_its_series() {
    let because = "breaks = [{ at = \"2023\", because = { zh = \"新标准\", en = \"new standard\" } }]";
    let pipeline = |more: &str, mark: &str| {
        Pipeline::default()
            .measure("part", "")
            .measure("whole", "")
            .indicator("rate", "ratio = { of = [\"part\"], to = [\"whole\"], per = 100 }", more)
            .target("falls", "rate", ".falls-by = { points = 0.5 }")
            .form(
                "y",
                &["part", "whole"],
                "",
                &format!("东区,2022,530,1000\n西区,2022,530,1000\n东区,2023,510{mark},1000\n西区,2023,510,1000\n"),
            )
            .run("2024-07-01")
    };
    assert_eq!(verdict(&pipeline("", ""), "falls", "C"), "met");
    for ran in [pipeline(because, ""), pipeline("", "b")] {
        assert_eq!(verdict(&ran, "falls", "C"), "cannot_tell");
        let of = [("indicator", "rate"), ("area", "C"), ("period", "2023")];
        assert_eq!(said(&ran, "indicators", &of, &["status", "change"]), "B ");
    }
}

#[test]
fn neither_trend_nor_outlook_nor_line_goes_across_a_break_whoever_names_it() {
    let because = "breaks = [{ at = \"2021\", because = { zh = \"新标准\", en = \"new standard\" } }]";
    let of = [("indicator", "rate"), ("area", "C"), ("period", "2023")];
    let found = |mark: &str, more: &str| {
        let ran = rising(mark, more).target_of("2025", "most", "rate", ".at-most = 50").run("2024-07-01");
        let outlook = said(&ran, "targets", &[("target", "most"), ("area", "C")], &["outlook"]);
        let is_drawn = ran.published.text("charts/rate-line.svg").contains("Counted another way from 2021 on");
        (said(&ran, "indicators", &of, &["trend"]), outlook, is_drawn)
    };
    assert_eq!(found("", ""), ("rising".to_string(), "wrong_way".to_string(), false));
    for (mark, more) in [("b", ""), ("", because)] {
        assert_eq!(found(mark, more), (String::new(), String::new(), true), "{mark}{more}");
    }
}

#[test]
fn a_target_is_not_called_easy_by_a_figure_from_before_a_break() {
    let reported =
        "id,name_zh,name_en,part,section,paragraph,value,unit,comparator,period,scope,target\nr,率,rate,1,1,1,20.0,%,,2020,,\n";
    let is_easy = |mark: &str| {
        let pipeline = rising(mark, "").head("reported = \"reported.csv\"\n").list("reported.csv", reported);
        let ran = pipeline.target_of("2021", "most", "rate", ".at-most = 45\nbaseline = \"r\"").run("2024-07-01");
        ran.published.table("findings").iter().any(|row| row["code"] == *"target-easy")
    };
    assert_eq!([is_easy(""), is_easy("b")], [true, false]);
}
