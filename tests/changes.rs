//! A small bureau whose numbers were worked out by hand: changes, breaks, trends, parts of a change, standardised rates, splits.

use std::{fs, path::Path};

use crate::{
    published::Row,
    workshop::{Ran, Workshop},
};

/// Year; of A and of B: screened and myopic in grade 1, screened and myopic in grade 2. From 2019 on pupils grow older in A alone.
const YEARS: [(u16, [u32; 4], [u32; 4]); 5] = [
    (2019, [1000, 200, 1000, 400], [1000, 200, 1000, 400]),
    (2020, [900, 180, 1100, 440], [1000, 200, 1000, 400]),
    (2021, [800, 160, 1200, 480], [1000, 200, 1000, 400]),
    (2022, [700, 140, 1300, 520], [1000, 150, 1000, 300]),
    (2023, [600, 120, 1400, 560], [1000, 100, 1000, 300]),
];

fn bureau(shop: &Workshop, changed: &[(&str, &str)]) -> Ran {
    let folder = shop.copy_pipeline("eyes");
    let indicators = shop.path(&folder).join("indicators.toml");
    let mut text = fs::read_to_string(&indicators).expect("a copy");
    for (from, to) in changed {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    fs::write(&indicators, text).expect("a copy");
    let mut eyes = "区,年份,年级,筛查,近视\n".to_string();
    for (year, of_a, of_b) in YEARS {
        for (area, [first, myopic_first, second, myopic_second]) in [("甲区", of_a), ("乙区", of_b)] {
            eyes += &format!("{area},{year},一年级,{first},{myopic_first}\n{area},{year},二年级,{second},{myopic_second}\n");
        }
    }
    shop.put("eyes.csv", eyes);
    // Two nine-year schools: 100 primary and 100 junior pupils; and 210 and 0, so that all books are the primary pupils'.
    shop.put("books.csv", "区,年份,学校,图书\n甲区,2023,一中,2100\n乙区,2023,二中,1000\n");
    shop.put("pupils.csv", "区,年份,学校,学段,学生\n甲区,2023,一中,小学,100\n甲区,2023,一中,初中,100\n乙区,2023,二中,小学,50\n乙区,2023,二中,初中,50\n");
    shop.run_pipeline(&folder, Path::new("in"), &["--lang", "en", "--as-of", "2024-01-31"])
}

fn find<'a>(rows: &'a [Row], wanted: &[(&str, &str)]) -> &'a Row {
    let is_it = |row: &&Row| wanted.iter().all(|(column, value)| row[*column] == **value);
    rows.iter().find(is_it).unwrap_or_else(|| panic!("no row {wanted:?}"))
}

fn near(row: &Row, column: &str, expected: f64) {
    let found = row.number(column);
    assert!(found.is_some_and(|found| (found - expected).abs() < 1e-9), "{column} is {found:?}, not {expected}: {row:?}");
}

#[test]
fn older_pupils_raise_the_crude_rate_and_not_the_standardised_one() {
    let ran = bureau(&Workshop::new(), &[]);
    assert_eq!(ran.code, 0, "{}", ran.complained);
    let values = ran.published.table("indicators");
    let value = |indicator, area, period| find(&values, &[("indicator", indicator), ("area", area), ("period", period)]);
    // A: 200 + 400 of 2000, then 160 + 480 of 2000.
    near(value("rate", "A", "2019"), "value", 30.0);
    near(value("rate", "A", "2021"), "value", 32.0);
    near(value("standardised", "A", "2021"), "value", 30.0);
    near(value("weighted", "A", "2021"), "value", (3.0 * 20.0 + 40.0) / 4.0);
    assert!(value("standardised", "A", "2021")["note"].contains("crude 32.0"));
    assert_eq!(&value("standardised", "A", "2021")["interval"], "standardised");

    let parts = ran.published.table("decomposition");
    let all = |by, period| find(&parts, &[("by", by), ("part", "_T"), ("period", period), ("compared_with", "2019")]);
    // By grade all of it is composition: 2200 of 4000 in the second grade in place of 2000, 5 % of a difference of 20 points.
    near(find(&parts, &[("by", "grade"), ("part", "_T"), ("period", "2020")]), "within", 0.0);
    near(all("grade", "2021"), "composition", 1.0);
    near(all("grade", "2021"), "within", 0.0);
    // By area all of it is within A, which is half of the city.
    near(all("area", "2021"), "composition", 0.0);
    near(find(&parts, &[("by", "area"), ("part", "A"), ("period", "2021"), ("compared_with", "2019")]), "within", 1.0);
    for row in parts.iter().filter(|row| row["part"] == *"_T") {
        let change = find(
            &ran.published.table("changes"),
            &[
                ("indicator", &row["indicator"]),
                ("area", "W"),
                ("period", &row["period"]),
                ("compared_with", &row["compared_with"]),
            ],
        )
        .number("difference");
        near(row, "contribution", change.expect("a difference"));
    }
}

#[test]
fn changes_are_told_with_their_size_interval_and_tests() {
    let ran = bureau(&Workshop::new(), &[]);
    let changes = ran.published.table("changes");
    let of = |indicator, area, period, with| {
        find(&changes, &[("indicator", indicator), ("area", area), ("period", period), ("compared_with", with)])
    };
    let fell = of("rate", "B", "2023", "2022");
    near(fell, "difference", -2.5);
    // 400 and 450 of 2000: h, Newcombe and pooled z by statsmodels.
    near(fell, "effect_size", -0.061_136_870_924_540_9);
    near(fell, "p_value", 0.053_289_176_420_391_7);
    assert_eq!((&fell["method"], &fell["unit"]), ("newcombe", "percentage points"));
    near(fell, "lower", -5.032_508_969_458_391);
    near(fell, "upper", 0.035_941_512_256_790_9);
    // Two districts: of q = p·2/rank the larger p keeps its own.
    let rose = of("rate", "A", "2023", "2022");
    let (p, other) = (fell.number("p_value").expect("p"), rose.number("p_value").expect("p"));
    near(rose, "q_value", p.max(other));
    near(fell, "q_value", (2.0 * p).min(p.max(other)));
    // Of the whole, the test over the districts.
    assert_eq!(&of("rate", "W", "2023", "2019")["clusters"], "2");
    assert!(of("rate", "W", "2023", "2019")["q_value"].is_empty() && fell["clusters"].is_empty());
    // One step back is the base as well, and stands once.
    assert_eq!(
        changes.iter().filter(|row| row["indicator"] == *"rate" && row["area"] == *"W" && row["period"] == *"2020").count(),
        1
    );
}

#[test]
fn events_have_an_interval_of_their_own_and_quotients_have_none() {
    let ran = bureau(&Workshop::new(), &[]);
    let (values, changes) = (ran.published.table("indicators"), ran.published.table("changes"));
    let of = |indicator| find(&values, &[("indicator", indicator), ("area", "B"), ("period", "2023")]);
    assert_eq!((&of("rate")["interval"], &of("events")["interval"], &of("books_per_pupil")["interval"]), ("wilson", "byar", ""));
    // Byar's limits of 400 events among 2000.
    near(of("events"), "lower", 180.877_720_839_619_4);
    near(of("events"), "upper", 220.593_658_460_557);
    let change = find(&changes, &[("indicator", "events"), ("area", "B"), ("period", "2023")]);
    assert_eq!(change.cells(&["method", "effect_size", "unit"]), ["square_and_add", "", "per 1000"]);
    assert!(change.number("p_value").is_some_and(|p| p > 0.05 && p < 0.1), "{change:?}");
    // 99.8 % limits of a district of this size at the city's 27 %.
    let (lower, upper) = (of("rate").number("control_lower"), of("rate").number("control_upper"));
    assert!(lower.is_some_and(|lower| lower > 23.0 && lower < 27.0) && upper.is_some_and(|upper| upper > 27.0 && upper < 31.0));
    assert!(of("events")["control_lower"].is_empty());
}

#[test]
fn nothing_is_compared_across_a_break() {
    let ran = bureau(&Workshop::new(), &[]);
    let (values, changes) = (ran.published.table("indicators"), ran.published.table("changes"));
    let at = |period| find(&values, &[("indicator", "broken_rate"), ("area", "W"), ("period", period)]);
    assert_eq!((&at("2022")["status"], &at("2022")["change"]), ("B", ""));
    assert!(at("2022")["note"].contains("breaks at 2022") && at("2022")["note"].contains("a new chart"));
    assert_eq!(&at("2021")["status"], "A");
    assert!(!at("2021")["change"].is_empty() && !at("2023")["change"].is_empty());
    let since = find(&changes, &[("indicator", "broken_rate"), ("area", "W"), ("period", "2023"), ("compared_with", "2019")]);
    assert!(since["difference"].is_empty() && since["note"].contains("breaks at 2022"), "{since:?}");
    // Five years in a row are a trend, but not across a break.
    assert!(at("2023")["trend"].is_empty());
    let unbroken = find(&values, &[("indicator", "rate"), ("area", "B"), ("period", "2023")]);
    assert_eq!(&unbroken["trend"], "falling");
    assert!(find(&values, &[("indicator", "rate"), ("area", "B"), ("period", "2022")])["trend"].is_empty());
}

#[test]
fn targets_say_where_the_years_lead_and_how_near_the_edge_is() {
    let ran = bureau(&Workshop::new(), &[]);
    let targets = ran.published.table("targets");
    let of = |target, area| find(&targets, &[("target", target), ("area", area)]);
    // B: 30, 30, 30, 22.5, 20: it is there, and stays so.
    let beta = of("below_20", "B");
    assert_eq!(beta.cells(&["verdict", "outlook"]), ["not_due", "reached"]);
    near(beta, "yearly_change", -2.5);
    near(beta, "projected", 7.5);
    // A: 30, 31, 32, 33, 34, away from it.
    let alpha = of("below_20", "A");
    assert_eq!(&alpha["outlook"], "wrong_way");
    near(alpha, "required_yearly_change", -14.0 / 5.0);
    // The city: 27 in 2023, from 27.75.
    let edge = of("at_edge", "W");
    assert_eq!(edge.cells(&["verdict", "edge"]), ["met", "interval"]);
    near(edge, "next_if_change_goes_on", 26.25);
    assert_eq!(of("at_edge", "A").cells(&["verdict", "edge", "reached_in"]), ["missed", "stable", ""]);
}

#[test]
fn what_a_school_has_is_split_among_its_stages_and_schools_are_compared() {
    let ran = bureau(&Workshop::new(), &[]);
    let (values, rows) = (ran.published.table("indicators"), ran.published.table("observations"));
    let junior = find(&rows, &[("measure", "books_by_stage"), ("area", "A"), ("stage", "junior")]);
    near(junior, "value", 1100.0);
    assert!(!junior["derived_from"].is_empty());
    // 11 books a junior pupil in A, 1000 × 1.1 / 2.1 / 50 in B; 100 and 50 pupils.
    let (a, b) = (11.0_f64, 1000.0_f64 * 1.1 / 2.1 / 50.0);
    let mean = (100.0 * a + 50.0 * b) / 150.0;
    let variation = ((2.0 / 3.0) * (a - mean).powi(2) + (1.0 / 3.0) * (b - mean).powi(2)).sqrt() / mean;
    near(find(&values, &[("indicator", "books_variation"), ("area", "W")]), "value", variation);
    near(find(&values, &[("indicator", "books_variation"), ("area", "A")]), "value", 0.0);
    // Districts of 2000 pupils each, at 34 and 20 %: 7 / 27.
    let of_districts = find(&values, &[("indicator", "variation"), ("area", "W"), ("period", "2023")]);
    near(of_districts, "value", 7.0 / 27.0);
    near(of_districts, "line", 0.2);
    assert!(of_districts["note"].contains("above 0.20 (some rule)"), "{of_districts:?}");
    near(find(&values, &[("indicator", "composite"), ("area", "W")]), "value", (7.0 / 27.0 + variation) / 2.0);
}

#[test]
fn rows_of_changes_and_parts_lead_back_to_their_cells() {
    let shop = Workshop::new();
    let ran = bureau(&shop, &[]);
    let trace = |table: &str, wanted: &[(&str, &str)]| {
        let rows = ran.published.table(table);
        let row = find(&rows, wanted);
        let line = rows.iter().position(|other| other == row).expect("its place") + 2;
        let mut command = shop.command();
        command.args([
            "trace",
            &format!("{table}.csv:{line}"),
            "--pipeline",
            "pipelines/eyes",
            "--output",
            "out",
            "--lang",
            "en",
        ]);
        shop.wait(command, "eyes").said
    };
    let said = trace("changes", &[("indicator", "rate"), ("area", "A"), ("period", "2023"), ("compared_with", "2019")]);
    assert!(said.contains("from 8 cells"), "{said}");
    for value in ["“600”", "“120”", "“1000”", "“200”", "“400”"] {
        assert!(said.contains(value), "{said}");
    }
    let said = trace("decomposition", &[("by", "grade"), ("part", "1"), ("period", "2023"), ("compared_with", "2022")]);
    assert!(said.contains("from 8 cells") && said.contains("“700”") && !said.contains("“1400”"), "{said}");
}

#[test]
fn contradictions_of_formulas_are_told_all_at_once() {
    let ran = bureau(
        &Workshop::new(),
        &[
            (r#"["variation", "books_variation"]"#, r#"["rate"]"#),
            (
                r#"{ of = "rate", by = ["grade"], standard = { year = 2019 } }"#,
                r#"{ of = "variation", by = ["grade"], standard = { year = 2019 } }"#,
            ),
            ("{ since = \"2019\" }]\nbreaks", "{ since = \"19\" }]\nbreaks"),
        ],
    );
    assert_eq!(ran.code, 2);
    let said = format!("{}{}", ran.complained, ran.said);
    for word in ["nothing else is ever averaged", "can standardise a ratio", "`19` is not a period"] {
        assert!(said.contains(word), "{word} is not in {said}");
    }
}
