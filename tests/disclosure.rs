//! What is withheld can be read nowhere in the results, and not be worked out from them.

use std::{collections::BTreeMap, fs, path::Path};

use crate::{
    grid::workbook,
    published::Row,
    two::Pipeline,
    workshop::{Ran, Workshop},
};

const DISCLOSURE: &str = r#"
[disclosure]
measures = ["pupils"]
threshold = 5
because = { zh = "少于5人的数不公布", en = "Counts below 5 are not published" }
"#;

/// Three districts by three stages, with every total they can write. Each count is found nowhere else.
fn sent(shop: &Workshop) {
    for (district, counts) in [("荔湾区", [3, 4321, 5077]), ("越秀区", [6143, 7219, 8233]), ("海珠区", [9311, 6427, 7541])]
    {
        let rows: Vec<String> = ["小学", "初中", "普通高中"]
            .iter()
            .zip(counts)
            .map(|(stage, count)| format!("{stage} | {count} | {}", count / 2 + 7))
            .collect();
        let total: i32 = counts.iter().sum();
        let grid = format!("{district}2023年\n学段 | 在校生 | 专任教师\n{}\n合计 | {total} | 1", rows.join("\n"));
        shop.put(&format!("{district}2023年.xlsx"), workbook(&[("表", &grid)]));
    }
}

fn run(shop: &Workshop, disclosure: &str) -> Ran {
    let pipeline = shop.copy_pipeline("stages");
    let file = shop.path(&pipeline).join("pipeline.toml");
    let text = fs::read_to_string(&file).expect("a pipeline");
    fs::write(&file, format!("{text}{disclosure}")).expect("a pipeline");
    shop.run_pipeline(&pipeline, Path::new("in"), &["--as-of", "2024-01-31", "--lang", "zh"])
}

/// The files that show a number, as people or programs would write it.
fn showing(ran: &Ran, number: &str) -> Vec<String> {
    let thousands = format!("{},{}", &number[..1], &number[1..]);
    let files = ran.published.files.iter().filter(|(path, _)| !path.ends_with(".png") && *path != "run.json");
    let shows = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        text.contains(number) || text.contains(&thousands)
    };
    files.filter(|(_, bytes)| shows(bytes)).map(|(path, _)| path.clone()).collect()
}

#[test]
fn a_withheld_count_and_its_partners_stand_in_no_file() {
    let shop = Workshop::new();
    sent(&shop);
    let open = run(&shop, "");
    let telling = ["indicators.csv", "observations.csv", "observations.parquet", "origins/cases.js"];
    assert_eq!(showing(&open, "4321"), telling, "without the rule it is told");
    let shop = Workshop::new();
    sent(&shop);
    let ran = run(&shop, DISCLOSURE);
    assert_eq!(ran.code, 0, "{}", ran.complained);
    let observations = ran.published.table("observations");
    let withheld: Vec<&Row> = observations.iter().filter(|row| row["status"] == *"Q").collect();
    assert_eq!(withheld.len(), 4, "it and three partners, in the corners of a rectangle: {withheld:?}");
    let of = |row: &Row| row.cells(&["area_name", "stage", "value", "raw"]);
    let told: Vec<Vec<String>> = withheld.iter().map(|row| of(row)).collect();
    assert!(told.contains(&["荔湾区", "primary", "", ""].map(str::to_string).to_vec()), "{told:?}");
    assert!(
        told.contains(&["荔湾区", "junior", "", ""].map(str::to_string).to_vec()),
        "its smallest neighbour goes too: {told:?}"
    );
    assert_eq!(showing(&ran, "4321"), [""; 0]);
    let values = ran.published.table("indicators");
    let masked: Vec<&Row> = values.iter().filter(|row| row["status"] == *"Q").collect();
    assert!(!masked.is_empty());
    for row in masked {
        assert!(row["value"].is_empty() && row["note"].contains("少于5人的数不公布"), "{row:?}");
    }
    // Totals of districts are sums of many and stand.
    let whole = values.iter().find(|row| row["indicator"] == *"pupils" && row["area"] == *"440100" && row["stage"] == *"_T");
    assert_eq!(whole.and_then(|row| row.number("value")), Some(54_275.0));
}

/// An equation over the withheld observations: factors by number of the observation.
type Equation = BTreeMap<usize, i128>;

/// What the tables say of the withheld pupils: every sum of an indicator, less what is shown of it.
fn equations(ran: &Ran) -> Vec<Equation> {
    let observations = ran.published.table("observations");
    let lineage = ran.published.table("lineage");
    let lines: BTreeMap<(String, String), String> = lineage
        .iter()
        .map(|row| ((row["table"].to_string(), row["line"].to_string()), row["observations"].to_string()))
        .collect();
    let values = ran.published.table("indicators");
    let said = values.iter().enumerate().filter(|(_, row)| !row["numerator"].is_empty());
    said.map(|(place, _)| {
        let runs = &lines[&("indicators".to_string(), (place + 2).to_string())];
        let numbers = runs.split_whitespace().flat_map(|run| {
            let (start, end) = run.split_once('-').unwrap_or((run, run));
            start.parse::<usize>().expect("a number")..=end.parse().expect("a number")
        });
        let hidden = numbers
            .filter(|number| observations[number - 1]["measure"] == *"pupils" && observations[number - 1]["status"] == *"Q");
        hidden.map(|number| (number, 1)).collect()
    })
    .collect()
}

/// Elimination without fractions: each pair of rows is cross-multiplied and divided by what all factors share.
fn told(mut rows: Vec<Equation>) -> Vec<usize> {
    let mut basis: Vec<Equation> = Vec::new();
    while let Some(row) = rows.pop() {
        let Some((&lead, &first)) = row.first_key_value() else { continue };
        let without = |other: &Equation| {
            let Some(&own) = other.get(&lead) else { return other.clone() };
            let keys = other.keys().chain(row.keys());
            let factor = |key: &usize| other.get(key).unwrap_or(&0) * first - row.get(key).unwrap_or(&0) * own;
            let mut rest: Equation = keys.map(|key| (*key, factor(key))).filter(|(_, factor)| *factor != 0).collect();
            let shared = rest.values().fold(0, |shared, factor| greatest(shared, factor.abs()));
            rest.values_mut().for_each(|factor| *factor /= shared.max(1));
            rest
        };
        rows = rows.iter().map(without).collect();
        basis = basis.iter().map(without).collect();
        basis.push(row);
    }
    basis.iter().filter(|row| row.len() == 1).filter_map(|row| row.keys().next().copied()).collect()
}

fn greatest(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { greatest(b, a % b) }
}

#[test]
fn whoever_solves_the_published_sums_finds_no_withheld_count() {
    let shop = Workshop::new();
    sent(&shop);
    let ran = run(&shop, DISCLOSURE);
    let equations = equations(&ran);
    assert!(equations.iter().filter(|equation| !equation.is_empty()).count() >= 4, "the attacker has something to go by");
    assert_eq!(told(equations.clone()), [0; 0]);
    // The attacker is no fool: with one more count the rest is found.
    let known = equations.iter().flat_map(|equation| equation.keys()).next().copied().expect("a withheld count");
    assert!(told(equations.into_iter().chain([Equation::from([(known, 1)])]).collect()).len() > 1);
}

#[test]
fn a_finding_on_a_withheld_cell_tells_the_cell_alone() {
    let shop = Workshop::new();
    sent(&shop);
    let grid = "荔湾区2023年\n学段 | 在校生 | 专任教师\n小学 | 3 | 9\n初中 | 4321 | 40\n合计 | 4399 | 1";
    shop.put("荔湾区2023年.xlsx", workbook(&[("表", grid)]));
    let ran = run(&shop, DISCLOSURE);
    let findings = ran.published.table("findings");
    let finding = findings.iter().find(|row| row["code"] == *"sum-differs").expect("the written total is wrong");
    assert_eq!(finding.cells(&["cell", "read", "expected_zh"]), ["B5", "", ""]);
    assert!(finding["message_zh"].contains("不公布"), "{finding:?}");
    assert!(!ran.complained.contains("4399") && showing(&ran, "4399").is_empty());
}

#[test]
fn what_is_found_of_another_measure_of_the_same_list_is_told() {
    let shop = Workshop::new();
    let rows = "荔湾区 | 七年级 | 男 | 4.7 | 5.0 | 2023-10-15 | 是\n荔湾区 | 七年级 | 女 | 5.1 | 5.0 |  | 是";
    let grid = format!("区 | 年级 | 性别 | 右眼视力 | 左眼视力 | 检查日期 | 戴镜\n{rows}");
    shop.put("2023年.xlsx", workbook(&[("名册", &grid)]));
    let pipeline = shop.copy_pipeline("lists");
    let file = shop.path(&pipeline).join("pipeline.toml");
    let text = fs::read_to_string(&file).expect("a pipeline");
    let told = |measure: &str| {
        fs::write(&file, format!("{text}{}", DISCLOSURE.replace("pupils", measure))).expect("a pipeline");
        let ran = shop.run_pipeline(&pipeline, Path::new("in"), &["--as-of", "2024-01-31", "--lang", "zh"]);
        let findings = ran.published.table("findings");
        let unanswered = findings.iter().filter(|row| row["code"] == *"rows-unanswered");
        unanswered.map(|row| row["message_zh"].contains("不公布")).collect::<Vec<bool>>()
    };
    // What the heights lack is said of two rows, what the late ones lack of one.
    assert_eq!([told("pupils"), told("late")], [[false, false], [false, true]]);
}

#[test]
fn a_rule_about_an_unknown_measure_is_a_fault_with_its_line() {
    let shop = Workshop::new();
    sent(&shop);
    let ran = run(&shop, &DISCLOSURE.replace("\"pupils\"", "\"pupil\""));
    assert_eq!(ran.code, 2);
    assert!(ran.complained.contains("pupil") && ran.complained.contains("pipeline.toml"), "{}", ran.complained);
}

/// Two districts, of which one has a small count in its first grade; and rates by a standard population.
fn rates(alpha: [i32; 2], disclosure: &str) -> Ran {
    let shop = Workshop::new();
    let rows = [("甲区", alpha), ("乙区", [60, 52])].map(|(area, [first, second])| {
        format!("{area} | 2023 | 一年级 | 100 | {first}\n{area} | 2023 | 二年级 | 100 | {second}")
    });
    shop.put("a.xlsx", workbook(&[("表", &format!("区 | 年份 | 年级 | 筛查 | 近视\n{}", rows.join("\n")))]));
    let pipeline = shop.copy_pipeline("eyes");
    let file = shop.path(&pipeline).join("pipeline.toml");
    let text = fs::read_to_string(&file).expect("a pipeline");
    fs::write(&file, format!("{text}{disclosure}")).expect("a pipeline");
    shop.run_pipeline(&pipeline, Path::new("in"), &["--as-of", "2024-01-31", "--lang", "en"])
}

#[test]
fn a_standardised_rate_is_the_right_one_or_withheld() {
    let disclosure = DISCLOSURE.replace("pupils", "myopic");
    let of = |ran: &Ran| -> Vec<String> {
        let values = ran.published.table("indicators");
        let number = |row: &Row| row.number("value").map(|value| format!("{value:.3}")).unwrap_or_default();
        let rows = values.iter().filter(|row| row["indicator"] == *"weighted");
        rows.map(|row| format!("{} {} {}", &row["area"], number(row), &row["status"])).collect()
    };
    // 3 of 100 and 50 of 100, the first grade weighing three times as much.
    assert_eq!(of(&rates([3, 50], "")), ["A 14.750 A", "B 58.000 A", "W 36.375 A"]);
    // With the city's crude rate and Beta's grades its standardised rate gives Alpha's as well.
    let withheld = rates([3, 50], &disclosure);
    assert_eq!(of(&withheld), ["A  Q", "B 58.000 A", "W  Q"], "{}", withheld.complained);
    let is_told = |row: &Row| row["indicator"] == *"weighted" && row["status"] == *"Q" && row["note"].contains("crude");
    assert!(!withheld.published.table("indicators").iter().any(is_told), "its note is the reason alone");
    assert_eq!(of(&rates([30, 50], &disclosure)), of(&rates([30, 50], "")), "where nothing is small all is said");
}

/// A flow by the days of its projects, some of which are small.
#[test]
fn no_course_of_a_year_counts_what_is_withheld_as_none() {
    let of = |first: i32| {
        let rule = "[disclosure]\nmeasures = [\"o\"]\nthreshold = 5\nbecause = { zh = \"少\", en = \"small\" }\n";
        let profile = "[profiles.line]\nname = { zh = \"直线\", en = \"Line\" }\nknots = []\n";
        let east = format!("东区,2023年,a,{first},2023-03-01\n东区,2023年,b,50,2023-04-01\n东区,2023年,c,12,2023-05-01\n");
        let ran = Pipeline::default()
            .head(&format!("{profile}{rule}"))
            .measure("o", "by = [\"project\"]")
            .measure("d", "kind = \"day\"\nby = [\"project\"]")
            .indicator("n", "total = { of = [{ measure = \"o\", from-day = \"d\" }] }", "")
            .target("f", "n", " = { flow = { at-least = 300, profile = \"line\" } }")
            .form_by(
                "地区,时期,project",
                "f",
                &["o", "d"],
                "project = [{ column = [\"project\"] }]",
                &format!("{east}西区,2023年,d,60,2023-02-01\n西区,2023年,e,70,2023-06-01\n"),
            )
            .run("2023-10-02");
        assert_eq!(ran.code, 0, "{}", ran.complained);
        let chart = ran.published.files.get("charts/n-pace.svg").map(|svg| String::from_utf8_lossy(svg).into_owned());
        (crate::two::value(&ran, "n", "C", "2023"), chart)
    };
    let (value, chart) = of(20);
    assert_eq!(value, "212 A");
    assert!(chart.expect("all of it is known").contains("212.00 people by 2023-10-02"));
    let (value, chart) = of(3);
    assert_eq!(value, "195 A", "a total of many stands");
    assert_eq!(chart, None, "its course would end at 180");
}
