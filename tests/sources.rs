//! Published tables of four offices, each read by a layout without a line of Rust: every figure is the one in its cell.

use std::{collections::BTreeMap, io::Cursor, path::Path};

use calamine::{Data, Reader, Xlsx};

use crate::workshop::{HOME, Ran, Workshop, real};

/// A pipeline on some of the files of a folder of published tables; a loud word where they are not here.
fn read(pipeline: &str, folder: &str, files: &[&str]) -> Option<Ran> {
    let folder = real(folder)?;
    let shop = Workshop::new();
    for file in files {
        shop.put(file, std::fs::read(folder.join(file)).expect("a published file"));
    }
    let pipeline = Path::new(HOME).join("pipelines").join(pipeline);
    Some(shop.run_pipeline(&pipeline, Path::new("in"), &["--lang", "en", "--as-of", "2026-01-01"]))
}

/// The number that a workbook itself holds in each of its cells, read without layouts.
fn numbers(folder: &str, file: &str, sheet: &str) -> Option<BTreeMap<String, f64>> {
    let bytes = std::fs::read(real(folder)?.join(file)).expect("a published file");
    let mut book: Xlsx<_> = calamine::Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let range = book.worksheet_range(sheet).expect("a sheet");
    let (top, left) = range.start().expect("cells");
    let cells = range.used_cells().filter_map(|(row, column, data)| {
        let name = yardstick::model::cell_name(row as u32 + top, column as u32 + left);
        if let Data::Float(number) = data { Some((name, *number)) } else { None }
    });
    Some(cells.collect())
}

/// Every value read from one sheet is the number in its cell.
fn same_as_in_the_file(ran: &Ran, file: &str, cells: &BTreeMap<String, f64>) -> usize {
    let mut seen = 0;
    for row in ran.published.table("observations").iter().filter(|row| row["file"] == *file) {
        if let Some(value) = row.number("value") {
            let cell = cells.get(&row["cell"]).copied().unwrap_or_else(|| panic!("no number in {row:?}"));
            // Under a heading in per cent the workbook holds fractions.
            let said = if row["unit"] == *"%" { hundredfold(cell) } else { cell };
            assert_eq!(value, said, "{row:?}");
            seen += 1;
        }
    }
    seen
}

/// The decimal point two places to the right, in the number as it is written.
fn hundredfold(number: f64) -> f64 {
    format!("{number}e2").parse().expect("a number")
}

fn value(ran: &Ran, indicator: &str, area: &str, period: &str) -> f64 {
    let rows = ran.published.table("indicators");
    let is_it = |row: &&crate::published::Row| {
        row["indicator"] == *indicator
            && row["area"] == *area
            && row["period"] == *period
            && row.0.get("type").is_none_or(|of| of == "_T")
    };
    rows.iter().find(is_it).and_then(|row| row.number("value")).unwrap_or_else(|| panic!("no {indicator} of {area} {period}"))
}

#[test]
fn the_scorecard_of_places_is_read_by_its_layout() {
    let Some(ran) = read("england-places", "england_places", &["scorecard_2019.xlsx"]) else { return };
    // Below the authorities the workbook holds 74 figures of England that name nobody; the last of its later versions adds them.
    assert_eq!(ran.code, 1, "{}", ran.complained);
    let findings = ran.published.table("findings");
    let errors: Vec<_> =
        findings.iter().filter(|row| row["severity"] == *"error").map(|row| row.cells(&["code", "cell"])).collect();
    assert_eq!(errors, [["area-unknown", "A153"].map(str::to_string)]);
    let Some(cells) = numbers("england_places", "scorecard_2019.xlsx", "Data") else { return };
    assert_eq!(same_as_in_the_file(&ran, "scorecard_2019.xlsx", &cells), 15_891);
    let column = |letter: &str| -> f64 {
        let is_authority =
            |name: &str| name.strip_prefix(letter).and_then(|row| row.parse().ok()).is_some_and(|row: u32| row > 2);
        cells.iter().filter(|(name, _)| is_authority(name)).map(|(_, number)| number).sum()
    };
    assert_eq!(value(&ran, "places_created", "E92000001", "2019"), column("F") + column("G"));
    assert_eq!(value(&ran, "places_created", "E92000001", "2019"), 1_047_007.0);
    assert_eq!(value(&ran, "places_needed", "E92000001", "2019"), column("H") + column("I"));
}

#[test]
fn the_rates_of_health_are_kept_as_they_were_given() {
    let Some(ran) = read("england-health", "england_health", &["excess_weight_year6.csv"]) else { return };
    assert_eq!(ran.code, 0, "{}", ran.complained);
    let text = std::fs::read_to_string(real("england_health").expect("here").join("excess_weight_year6.csv")).expect("text");
    let records: Vec<csv::StringRecord> = csv::Reader::from_reader(text.as_bytes()).records().flatten().collect();
    let rows = ran.published.table("observations");
    let mut year_6: BTreeMap<(String, String), f64> = BTreeMap::new();
    for row in rows.iter() {
        let line: usize = row["cell"][1..].parse().expect("a row");
        let said = &records[line - 2][4];
        assert_eq!(row.number("value"), said.parse().ok(), "{row:?}");
        assert_eq!(&row["status"], if said == "-" { "O" } else { "A" });
        if let (Some(value), "year_6", true) = (row.number("value"), &row["class"], row["area"].len() == 3) {
            year_6.insert((row["period"].to_string(), row["area"].to_string()), value);
        }
    }
    assert_eq!(rows.len(), 3380);
    assert!(year_6.keys().all(|(period, _)| period != "2021"), "nobody was measured in 2021");
    // How many authorities fell by half a point, counted by hand from the published table.
    for (year, before, fell) in [("2024", "2023", 90), ("2025", "2024", 46)] {
        let of = |year: &str, area: &str| year_6.get(&(year.to_string(), area.to_string()));
        let areas: Vec<&String> = year_6.keys().filter(|(period, _)| period == year).map(|(_, area)| area).collect();
        assert_eq!(areas.len(), 151);
        let falls = |area: &&&String| of(before, area).zip(of(year, area)).is_some_and(|(then, now)| then - now >= 0.5 - 1e-9);
        assert_eq!(areas.iter().filter(falls).count(), fell, "{year}");
        assert_eq!(value(&ran, "authorities_fell_half_a_point", "E92000001", year), fell as f64, "{year}");
    }
    // Nothing is computed over the missing year: neither of it nor from it.
    let missing = |row: &&crate::published::Row| ["2021", "2022"].contains(&&row["period"]);
    let values = ran.published.table("indicators");
    assert!(values.iter().filter(missing).count() > 150);
    for row in values.iter().filter(missing) {
        let is_rate = row["indicator"] == *"excess_weight_year_6" && row["period"] == *"2022" || row["value"].is_empty();
        assert!(is_rate && row["change"].is_empty(), "{row:?}");
    }
    assert!(values.iter().all(|row| row["area"] != *"E92000001" || row["indicator"] == *"authorities_fell_half_a_point"));
}

#[test]
fn the_official_example_of_disparity_comes_out_of_a_run() {
    let Some(folder) = real("china_facts") else { return };
    let shop = Workshop::new();
    shop.put("2017.tsv", std::fs::read(folder.join("cv_official_worked_example.tsv")).expect("a published example"));
    let ran = shop.run("balance", &["--lang", "en", "--as-of", "2018-01-01"]);
    assert_eq!(ran.code, 0, "{}", ran.complained);
    let values = ran.published.table("indicators");
    let of = |id: &str| values.iter().find(|row| row["indicator"] == *id).expect("a value");
    assert_eq!(format!("{:.3}", of("books_per_pupil").number("value").expect("books")), "6.334");
    assert_eq!(format!("{:.4}", of("variation").number("value").expect("a variation")), "0.5153");
    assert!(of("variation")["note"].contains("above 0.50"), "{values:?}");
}

#[test]
fn every_school_of_scotland_is_a_row_and_the_nation_is_their_sum() {
    let files = ["school_level_summary_2021.xlsx", "school_level_summary_2022.xlsx"];
    let Some(ran) = read("scotland-schools", "scotland_schools", &files) else { return };
    assert_eq!(ran.code, 0, "{}", ran.complained);
    for (file, year, pupils) in [(files[0], "2021", 703_554.0), (files[1], "2022", 704_698.0)] {
        let Some(cells) = numbers("scotland_schools", file, &format!("{year} School Level Statistics")) else { return };
        assert!(same_as_in_the_file(&ran, file, &cells) > 4800);
        assert_eq!(value(&ran, "pupils", "S92000003", year), pupils);
    }
    let rows = ran.published.table("observations");
    let schools = rows.iter().filter(|row| row["period"] == *"2022" && row["measure"] == *"pupils").count();
    assert!((2400..2470).contains(&schools), "{schools} schools");
}

/// The schools of each authority against the table that the teacher census publishes for the authorities.
#[test]
fn the_schools_of_scotland_roll_up_to_their_authorities() {
    let (Some(schools), Some(census)) = (real("scotland_schools"), real("scotland_ptr")) else { return };
    let shop = Workshop::new();
    for file in ["school_level_summary_2021.xlsx", "school_level_summary_2022.xlsx"] {
        shop.put(file, std::fs::read(schools.join(file)).expect("a published file"));
    }
    let file = "teacher_census_supplementary_2022.xlsx";
    shop.put(file, std::fs::read(census.join(file)).expect("a published file"));
    let ran = shop.run_pipeline(&Path::new(HOME).join("pipelines/scotland-schools"), Path::new("in"), &["--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.complained);
    let values = ran.published.table("indicators");
    let of = |indicator: &str, year: &str| -> Vec<f64> {
        let rows = values.iter().filter(|row| row["indicator"] == *indicator && row["period"] == *year && row["type"] == *"_T");
        rows.filter_map(|row| row.number("value")).collect()
    };
    for year in ["2021", "2022"] {
        // Pupils agree to the last one, in all authorities and the nation.
        let pupils = of("pupils_at_schools", year);
        assert_eq!(pupils.len(), 33, "{year}");
        assert!(pupils.iter().all(|share| (share - 100.0).abs() < 1e-6), "{year}: {pupils:?}");
        // Teachers who belong to no one school are in the authorities' table alone.
        let teachers = of("teachers_at_schools", year);
        assert_eq!(teachers.len(), 33, "{year}");
        assert!(teachers.iter().all(|share| (93.0..100.01).contains(share)), "{year}: {teachers:?}");
    }
    let findings = ran.published.table("findings");
    let differ: Vec<_> = findings.iter().filter(|row| row["code"] == *"sum-differs").collect();
    // Two years of 32 authorities, less South Lanarkshire, whose schools have all its teachers, and Argyll and Bute in 2022.
    assert!(differ.iter().all(|row| row["severity"] == *"note" && row["message_en"].contains("Teachers")), "{differ:?}");
    assert_eq!(differ.len(), 61, "{:?}", differ.iter().map(|row| &row["message_en"]).collect::<Vec<_>>());
    let aberdeen = differ.iter().find(|row| row["message_en"].contains("Aberdeen City, 2021"));
    assert!(
        aberdeen.is_some_and(|row| row["message_en"].contains("1744.8") && row["message_en"].contains("-53.5")),
        "{aberdeen:?}"
    );
}

#[test]
fn jiangmen_recomputes_and_its_exception_is_accepted_with_its_reason() {
    let Some(ran) = read("jiangmen-2024", "china_facts", &["jiangmen_2024_25_basic_education.tsv"]) else { return };
    assert_eq!(ran.code, 0, "{}", ran.complained);
    let findings = ran.published.table("findings");
    let [finding] = &findings[..] else { panic!("one finding: {findings:?}") };
    assert_eq!(finding.cells(&["severity", "code", "cell"]), ["note", "part-exceeds-whole", "F3"]);
    assert!(finding["because_zh"].contains("脚注1"), "{finding:?}");
    assert_eq!(value_of_stage(&ran, "pupil_teacher_ratio", "primary"), "19.57");
    assert_eq!(value_of_stage(&ran, "pupil_teacher_ratio", "_T"), "16.20");
    // Without the exception the rule stands.
    let shop = Workshop::new();
    let folder = real("china_facts").expect("here");
    shop.put("jiangmen_2024_25_basic_education.tsv", {
        let text = std::fs::read_to_string(folder.join("jiangmen_2024_25_basic_education.tsv")).expect("text");
        text.replace("\t18955\t", "\t18956\t")
    });
    let pipeline = Path::new(HOME).join("pipelines/jiangmen-2024");
    let changed = shop.run_pipeline(&pipeline, Path::new("in"), &["--lang", "en"]);
    let codes: Vec<String> =
        changed.published.table("findings").iter().map(|row| row.cells(&["severity", "code"]).join(" ")).collect();
    for code in ["warning correction-stale", "error part-exceeds-whole", "error sum-differs"] {
        assert!(codes.iter().any(|found| found == code), "{code} is not in {codes:?}");
    }
    assert_eq!(changed.code, 1);
}

fn value_of_stage(ran: &Ran, indicator: &str, stage: &str) -> String {
    let rows = ran.published.table("indicators");
    let row = rows.iter().find(|row| row["indicator"] == *indicator && row["stage"] == *stage).expect("a row");
    format!("{:.2}", row.number("value").expect("a value"))
}
