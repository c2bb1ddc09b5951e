//! Real releases: the golden figures to the digits printed, no area that is none, no mean of ratios, the newest release wins.

use std::{
    path::{Path, PathBuf},
    sync::OnceLock,
};

use crate::{
    grid::workbook,
    published::Row,
    workshop::{HOME, Ran, Workshop, real},
};

fn pipeline() -> PathBuf {
    Path::new(HOME).join("pipelines/scotland-ptr")
}

/// The five published releases, run once.
fn releases() -> Option<&'static Ran> {
    static RAN: OnceLock<Option<Ran>> = OnceLock::new();
    RAN.get_or_init(|| {
        let folder = real("scotland_ptr")?;
        Some(Workshop::new().run_pipeline(&pipeline(), &folder, &["--as-of", "2024-01-31", "--lang", "en"]))
    })
    .as_ref()
}

const NATION: &str = "S92000003";

/// Year; teachers; pupils per teacher; its variation; its change on last year; authorities that fell and rose.
const GOLDEN: [(&str, &str, &str, &str, &str, &str, &str); 5] = [
    ("2018", "51012.11", "13.5668", "0.0540", "-0.0621", "18", "14"),
    ("2019", "51326.82", "13.5761", "0.0501", "0.0092", "15", "17"),
    ("2020", "52554.84", "13.3390", "0.0504", "-0.2371", "25", "7"),
    ("2021", "53460.94", "13.1602", "0.0528", "-0.1788", "25", "7"),
    ("2022", "53336.53", "13.2123", "0.0518", "0.0521", "12", "20"),
];

/// What the unweighted mean of the 32 ratios would be, and what no one may publish.
const PLAIN_MEANS: [&str; 5] = ["13.2614", "13.2939", "13.0635", "12.8716", "12.9433"];

#[test]
fn the_golden_figures_come_out_to_the_digits_printed() {
    let Some(ran) = releases() else { return };
    assert_eq!(ran.code, 0, "{}", ran.complained);
    let rows = ran.published.table("indicators");
    let nation = |indicator: &str, year: &str| -> &Row {
        let is_it = |row: &&Row| row["indicator"] == *indicator && row["area"] == *NATION && row["period"] == *year;
        rows.iter().find(is_it).unwrap_or_else(|| panic!("no {indicator} of {year}"))
    };
    let digits = |row: &Row, column: &str, decimals: usize| {
        row.number(column).map_or_else(|| "none".to_string(), |number| format!("{number:.decimals$}"))
    };
    for (year, teachers, ratio, variation, change, fell, rose) in GOLDEN {
        let of_ratio = nation("pupil_teacher_ratio", year);
        let found = [
            digits(nation("teachers", year), "value", 2),
            digits(of_ratio, "value", 4),
            digits(nation("pupil_teacher_ratio_variation", year), "value", 4),
            digits(of_ratio, "change", 4),
            digits(nation("authorities_fell", year), "value", 0),
            digits(nation("authorities_rose", year), "value", 0),
        ];
        assert_eq!(found, [teachers, ratio, variation, change, fell, rose], "{year}");
    }
}

#[test]
fn inequality_and_the_parts_of_a_change_agree_with_sums_of_this_files_own() {
    let Some(ran) = releases() else { return };
    let rows = ran.published.table("indicators");
    let of = |indicator: &str, area: &str, year: &str| -> f64 {
        let is_it = |row: &&Row| row["indicator"] == *indicator && row["area"] == *area && row["period"] == *year;
        rows.iter().find(is_it).and_then(|row| row.number("value")).unwrap_or_else(|| panic!("no {indicator} of {area} {year}"))
    };
    for (year, ..) in GOLDEN {
        let areas = rows.iter().filter(|row| row["indicator"] == *"pupil_teacher_ratio" && row["period"] == *year);
        let areas: Vec<&str> = areas.map(|row| &row["area"]).filter(|area| *area != NATION).collect();
        let units: Vec<(f64, f64)> =
            areas.iter().map(|area| (of("pupils", area, year), of("pupil_teacher_ratio", area, year))).collect();
        assert_eq!(units.len(), 32);
        let weight: f64 = units.iter().map(|unit| unit.0).sum();
        let mean = units.iter().map(|unit| unit.0 * unit.1).sum::<f64>() / weight;
        let pairs: f64 = units.iter().flat_map(|a| units.iter().map(move |b| a.0 * b.0 * (a.1 - b.1).abs())).sum();
        let gini = pairs / (2.0 * weight * weight * mean);
        assert!((of("pupil_teacher_ratio_gini", NATION, year) - gini).abs() < 1e-12, "{year}");
        let theil: f64 = units.iter().map(|unit| unit.0 / weight * (unit.1 / mean) * (unit.1 / mean).ln()).sum();
        assert!((of("pupil_teacher_ratio_theil", NATION, year) - theil).abs() < 1e-12, "{year}");
        let extremes =
            units.iter().map(|unit| unit.1).fold((f64::MAX, 0.0_f64), |(low, high), ratio| (low.min(ratio), high.max(ratio)));
        assert!((of("pupil_teacher_ratio_extremes", NATION, year) - extremes.1 / extremes.0).abs() < 1e-12, "{year}");
    }
    // Shares of teachers, ratios of pupils to them: what the 32 contribute is the change, to the digits that are printed.
    let parts = ran.published.table("decomposition");
    for (year, .., change, _, _) in GOLDEN {
        let before = (year.parse::<u16>().expect("a year") - 1).to_string();
        let own = parts.iter().filter(|row| row["period"] == *year && row["compared_with"] == *before && row["part"] != *"_T");
        let contributions: Vec<f64> = own.filter_map(|row| row.number("contribution")).collect();
        assert_eq!(contributions.len(), 32, "{year}");
        assert_eq!(format!("{:.4}", contributions.iter().sum::<f64>()), change, "{year}");
    }
}

#[test]
fn thirty_two_authorities_and_the_nation_are_all_the_areas() {
    let Some(ran) = releases() else { return };
    for table in ["indicators", "targets", "observations", "completeness"] {
        let mut areas: Vec<String> = ran.published.table(table).iter().map(|row| row["area"].to_string()).collect();
        areas.sort();
        areas.dedup();
        assert!(areas.iter().all(|area| area == NATION || area.starts_with("S12")), "{table}: {areas:?}");
        assert_eq!(areas.iter().filter(|area| *area != NATION).count(), 32, "{table}");
    }
    for (path, bytes) in ran.published.files.iter().filter(|(path, _)| !path.ends_with(".png")) {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        assert!(!text.contains("grant aided") && !text.contains("grant-aided"), "{path} speaks of `Grant aided`");
    }
}

#[test]
fn the_plain_mean_of_ratios_is_in_no_table() {
    let Some(ran) = releases() else { return };
    let mut numbers = 0;
    for table in ["indicators", "targets", "observations"] {
        for row in ran.published.table(table) {
            for column in
                ["value", "previous", "target_value", "numerator", "denominator"].iter().filter(|c| row.0.contains_key(**c))
            {
                let Some(number) = row.number(column) else { continue };
                numbers += 1;
                let shown = format!("{number:.4}");
                assert!(!PLAIN_MEANS.contains(&shown.as_str()), "{table}: {row:?} holds the plain mean {shown}");
            }
        }
    }
    assert!(numbers > 2000, "only {numbers} numbers were looked at");
}

#[test]
fn what_releases_repeat_is_taken_from_the_newest_and_is_no_duplicate() {
    let Some(ran) = releases() else { return };
    // The five releases repeat hundreds of figures and, in these two tables, revise none of them.
    let findings = ran.published.table("findings");
    let repeated: Vec<_> = findings.iter().filter(|finding| ["revision", "duplicate"].contains(&&finding["code"])).collect();
    assert!(repeated.is_empty(), "{repeated:#?}");
    let mut years = 0;
    for row in ran.published.table("observations").iter().filter(|row| !row["file"].is_empty()) {
        // Each release holds its own year and at least the five before it.
        let newest = match row["period"].parse::<u16>().expect("a year") {
            2012 => "2018",
            2013 | 2014 => "2020",
            2015 => "2021",
            _ => "2022",
        };
        years += usize::from(row["period"] == *"2016");
        assert!(row["file"].contains(newest), "{row:?}");
    }
    assert_eq!(years, 64);
}

/// A release as the publisher lays it out: two sheets, years across, authorities down, a row that is no authority, notes below.
fn release(years: [u16; 2], fife: [&str; 2], moray: [&str; 2]) -> Vec<u8> {
    let sheet = |title: &str, [f1, f2]: [&str; 2], [m1, m2]: [&str; 2], last: &str| {
        format!(
            "{title} by local authority, all sectors\n | {} | {}\nFife | {f1} | {f2}\nMoray | {m1} | {m2}\nGrant aided | 140 | 141\n{last}\n(1) Includes centrally employed.",
            years[0], years[1]
        )
    };
    let teachers = sheet("Teachers in schools", fife, moray, "");
    let ratios = sheet("Pupil teacher ratios", ["14", "14"], ["13", "13"], "");
    workbook(&[("3.1", &teachers), ("3.3", &ratios)])
}

#[test]
fn the_newest_release_wins_and_the_difference_is_a_revision() {
    let shop = Workshop::new();
    shop.put("release_2020.xlsx", release([2019, 2020], ["3000", "3100"], ["900", "910"]));
    shop.put("release_2021.xlsx", release([2020, 2021], ["3150", "3200"], ["910", "920"]));
    let ran = shop.run_pipeline(&pipeline(), Path::new("in"), &["--lang", "en", "--as-of", "2023-01-01"]);
    assert_eq!(ran.code, 0, "{}", ran.complained);

    let rows = ran.published.table("observations");
    let teachers: Vec<_> = rows
        .iter()
        .filter(|row| row["measure"] == *"teachers")
        .map(|row| row.cells(&["area_name", "period", "value", "file"]).join(" "))
        .collect();
    assert_eq!(
        teachers,
        [
            "Moray 2019 900 release_2020.xlsx",
            "Moray 2020 910 release_2021.xlsx",
            "Moray 2021 920 release_2021.xlsx",
            "Fife 2019 3000 release_2020.xlsx",
            "Fife 2020 3150 release_2021.xlsx",
            "Fife 2021 3200 release_2021.xlsx",
        ]
    );
    let findings = ran.published.table("findings");
    let revisions: Vec<_> = findings.iter().filter(|finding| finding["code"] == *"revision").collect();
    let [revision] = revisions[..] else { panic!("one pair of releases, one revision: {revisions:#?}") };
    for language in ["message_zh", "message_en"] {
        for word in ["release_2020.xlsx", "release_2021.xlsx", "3100", "3150"] {
            assert!(revision[language].contains(word), "{word} is not in {}", &revision[language]);
        }
    }
    assert_eq!((&revision["file"], &revision["sheet"], &revision["cell"]), ("release_2021.xlsx", "3.1", "B3"));
}
