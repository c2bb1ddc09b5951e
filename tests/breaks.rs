//! Nothing is compared, judged, projected or drawn on across a break, whoever names it.

use crate::{
    two::{Pipeline, said, verdict},
    workshop::Ran,
};

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

#[test]
fn a_break_inside_a_calendar_year_parts_the_years_where_it_lies() {
    let because = |at: &str| format!("breaks = [{{ at = \"{at}\", because = {{ zh = \"新口径\", en = \"new\" }} }}]");
    let column = |ran: &Ran, column: &str| {
        let year = |year: &str| said(ran, "indicators", &[("indicator", "x"), ("area", "C"), ("period", year)], &[column]);
        ["2022", "2023", "2024"].map(year)
    };
    // A stock of September: what a year says is of the school year that began in it.
    let stock: String = ["东区", "西区"]
        .iter()
        .flat_map(|area| {
            [(2021, 10), (2022, 20), (2023, 90), (2024, 95)]
                .map(|(year, value)| format!("{area},{year}-{}学年,{value}\n", year + 1))
        })
        .collect();
    let stock = Pipeline::default()
        .measure("m", "")
        .indicator("x", "total = { of = [\"m\"] }", &format!("over-year = \"last\"\n{}", because("2023/24")))
        .target("t", "x", ".falls-by = { points = 1.0 }")
        .form("f", &["m"], "", &stock)
        .run("2025-01-15");
    assert_eq!(
        (column(&stock, "status"), column(&stock, "change")),
        (["A", "B", "A"].map(String::from), ["20", "", "10"].map(String::from))
    );
    assert_eq!(verdict(&stock, "t", "C"), "cannot_tell");
    // A flow of which half is counted anew is like neither the year before nor the year after.
    let flow: String = ["东区", "西区"]
        .iter()
        .flat_map(|area| {
            [2022, 2023, 2024]
                .into_iter()
                .flat_map(move |year| ["一", "二", "三", "四"].map(|part| format!("{area},{year}年第{part}季度,10\n")))
        })
        .collect();
    let flow = Pipeline::default()
        .measure("m", "")
        .indicator("x", "total = { of = [\"m\"] }", &format!("over-year = \"sum\"\n{}", because("2023-Q3")))
        .form("f", &["m"], "", &flow)
        .run("2025-01-15");
    assert_eq!(column(&flow, "change"), [""; 3].map(String::from));
    let quarter = |period: &str| said(&flow, "indicators", &[("indicator", "x"), ("area", "C"), ("period", period)], &["change"]);
    assert_eq!(["2023-Q2", "2023-Q3", "2023-Q4"].map(quarter), ["0", "", "0"].map(String::from));
}

#[test]
fn a_standardised_rate_breaks_where_its_ratio_does() {
    let rows: String = [2021, 2022, 2023]
        .iter()
        .flat_map(|year| {
            ["东区", "西区"].into_iter().flat_map(move |area| {
                [("小学", 20), ("初中", 40)].map(|(stage, part)| format!("{area},{year}年,{stage},{part},100\n"))
            })
        })
        .collect();
    let ran = Pipeline::default()
        .measure("y", "by = [\"stage\"]")
        .measure("n", "by = [\"stage\"]")
        .indicator(
            "crude",
            "ratio = { of = [\"y\"], to = [\"n\"], per = 100, kind = \"proportion\" }",
            "breaks = [{ at = \"2023\", because = { zh = \"新\", en = \"new\" } }]",
        )
        .indicator("even", "standardised = { of = \"crude\", by = [\"stage\"], standard = { year = 2022 } }", "")
        .target("t", "even", ".falls-by = { points = 1.0 }")
        .form_by("地区,时期,stage", "f", &["y", "n"], "stage = [{ directly = \"left\" }]", &rows)
        .run("2024-01-15");
    let of = |period| [("indicator", "even"), ("area", "C"), ("period", period)];
    assert_eq!(said(&ran, "indicators", &of("2022"), &["status", "change"]), "A 0");
    assert_eq!(said(&ran, "indicators", &of("2023"), &["status", "change"]), "B ");
    assert_eq!(verdict(&ran, "t", "C"), "cannot_tell");
}
