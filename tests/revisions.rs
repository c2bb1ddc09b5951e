//! What a night says of the night before: values added, withdrawn and revised, and nothing of rows that moved.

use std::{fs, path::Path};

use crate::{
    grid::workbook,
    published::{Row, rows},
    workshop::{HOME, Ran, Workshop, real},
};

fn kinds(ran: &Ran) -> [u64; 3] {
    let said = &ran.published.manifest()["revisions"];
    ["added", "withdrawn", "revised"].map(|kind| said[kind].as_u64().unwrap_or_else(|| panic!("{kind} is not in {said}")))
}

/// The only workbook of a night.
fn alone(shop: &Workshop, name: &str, bytes: impl AsRef<[u8]>) {
    for file in fs::read_dir(shop.path("in")).expect("a folder").flatten() {
        fs::remove_file(file.path()).expect("a file");
    }
    shop.put(name, bytes);
}

/// Rows and columns of a CSV from the last to the first; the heading stays on top.
fn turned(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}');
    let mut records: Vec<csv::StringRecord> =
        csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes()).records().flatten().collect();
    records[1..].reverse();
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in records {
        writer.write_record(record.iter().rev()).expect("a row");
    }
    String::from_utf8(writer.into_inner().expect("bytes")).expect("text")
}

#[test]
fn three_versions_of_one_release_are_three_nights() {
    let Some(folder) = real("england_places") else { return };
    let names = ["07-12_56e6b3b2", "07-12_ef441dbf", "07-13_e830a35f"].map(|name| format!("scorecards_data__2021-{name}.csv"));
    let shop = Workshop::new();
    let pipeline = Path::new(HOME).join("pipelines/england-places");
    let night = || shop.run_pipeline(&pipeline, Path::new("in"), &["--lang", "en", "--as-of", "2026-01-01"]);
    let [first, second, third] = names.clone().map(|name| {
        alone(&shop, &name, fs::read(folder.join(&name)).expect("a published file"));
        let ran = night();
        assert_eq!(ran.code, 0, "{}", ran.complained);
        ran
    });
    assert_eq!(kinds(&first), [0, 0, 0]);
    assert!(first.published.manifest()["revisions"]["since"].is_null());

    // Not one of 1,291 cells that differ as text says another thing.
    assert_eq!(kinds(&second), [0, 0, 0], "{:?}", second.published.table("revisions"));
    assert_eq!(second.published.manifest()["revisions"]["unchanged_as_shown"], 298 + 131);
    let cells = |ran: &Ran| [ran.published.table("observations"), ran.published.table("totals")].concat();
    let (before, after) = (cells(&first), cells(&second));
    let of = |row: &Row| row.cells(&["measure", "area", "period"]);
    assert_eq!(before.iter().map(of).collect::<Vec<_>>(), after.iter().map(of).collect::<Vec<_>>());
    let still_missing =
        before.iter().zip(&after).filter(|(a, b)| a["value"].is_empty() && b["value"].is_empty() && a["raw"] != b["raw"]);
    assert_eq!(still_missing.count(), 862);

    assert_eq!(kinds(&third), [74, 0, 0]);
    let added = third.published.table("revisions");
    assert_eq!(added.len(), 74);
    assert!(
        added.iter().all(|row| row["area"] == *"E92000001" && row["new_file"] == *names[2] && row["old"].is_empty()),
        "{added:?}"
    );
    assert!(third.published.text("revisions.html").contains("England"));

    let text = fs::read_to_string(folder.join(&names[2])).expect("a published file");
    alone(&shop, "turned.csv", turned(&text));
    let turned = night();
    assert_eq!((kinds(&turned), turned.published.table("revisions").len()), ([0, 0, 0], 0));

    // The same between any two runs, by the command for it.
    let run = |ran: &Ran| ran.published.manifest()["run"].as_str().expect("a run").to_string();
    let diff = |before: &str, after: &str, format: &str| {
        let mut command = shop.command();
        command.args([
            "diff",
            before,
            after,
            "--pipeline",
            "england-places",
            "--output",
            "out",
            "--lang",
            "en",
            "--format",
            format,
        ]);
        String::from_utf8(command.output().expect("yardstick starts").stdout).expect("text")
    };
    let from_first = rows(&diff(&run(&first), &run(&third), "csv"));
    assert_eq!(from_first.len(), 74);
    let shown = diff(&run(&first), "latest", "text");
    assert!(shown.starts_with("added 74, withdrawn 0, revised 0"), "{shown}");
    assert!(shown.contains("England (74)"), "{shown}");
    let mut command = shop.command();
    command.args(["diff", "2020-01-01T000000", "--pipeline", "england-places", "--output", "out"]);
    let unknown = shop.wait(command, "england-places");
    assert_eq!(unknown.code, 2);
    assert!(unknown.complained.contains(&format!("现有结果：{}", run(&turned))), "{}", unknown.complained);
}

fn form(primary: u32, junior: u32) -> Vec<u8> {
    workbook(&[("表", &format!("荔湾区2023年\n学段 | 在校生 | 专任教师\n小学 | {primary} | 60\n初中 | {junior} | 50"))])
}

#[test]
fn a_revised_value_names_its_district_its_size_and_the_workbook_that_caused_it() {
    let shop = Workshop::new();
    let night = || shop.run("stages", &["--as-of", "2024-01-31", "--lang", "zh"]);
    alone(&shop, "荔湾区2023年.xlsx", form(1200, 700));
    assert_eq!(kinds(&night()), [0, 0, 0]);
    alone(&shop, "荔湾区2023年（更正）.xlsx", form(1210, 1700));
    let ran = night();
    let cells: Vec<Vec<String>> = ran
        .published
        .table("revisions")
        .iter()
        .filter(|row| row["table"] == *"observations")
        .map(|row| row.cells(&["kind", "tier", "id", "area_name", "breakdown", "old", "new", "new_file", "new_cell"]))
        .collect();
    let cell = |tier: &str, stage: &str, old: &str, new: &str, cell: &str| {
        ["revised", tier, "pupils", "荔湾区", &format!("stage={stage}"), old, new, "荔湾区2023年（更正）.xlsx", cell]
            .map(str::to_string)
            .to_vec()
    };
    assert_eq!(cells, [cell("large", "junior", "700", "1700", "B4"), cell("slight", "primary", "1200", "1210", "B3")]);
    let indicators = ran.published.table("revisions").iter().filter(|row| row["table"] == *"indicators").count();
    assert!(indicators >= 6, "what is made of them is revised too: {indicators}");
    let page = ran.published.text("revisions.html");
    assert!(page.contains("荔湾区2023年（更正）.xlsx (2)"), "{page}");
    assert!(ran.said.contains("修订"), "{}", ran.said);

    // A night without a change has no revisions, though it takes the files of the night before.
    let same = night();
    assert!(!same.published.manifest()["same_as"].is_null());
    assert_eq!((kinds(&same), same.published.table("revisions").len()), ([0, 0, 0], 0));
    assert!(same.published.text("revisions.html").contains("没有变动"));
    assert!(!same.said.contains("修订"), "{}", same.said);

    // Rows and columns in another order, and another heading: nothing.
    let turned = "荔湾区2023年\n学段 | 专任教师 | 在校生\n初中 | 50 | 1700\n小学 | 60 | 1210";
    alone(&shop, "荔湾区2023年.xlsx", workbook(&[("另一表", turned)]));
    assert_eq!(kinds(&night()), [0, 0, 0]);

    let less = "荔湾区2023年\n学段 | 专任教师 | 在校生\n小学 | 60 | ";
    alone(&shop, "荔湾区2023年.xlsx", workbook(&[("另一表", less)]));
    let ran = night();
    let gone = ran.published.table("revisions");
    let gone: Vec<&Row> = gone.iter().filter(|row| row["table"] == *"observations").collect();
    assert_eq!(gone.len(), 3, "{gone:?}");
    assert!(gone.iter().all(|row| row["kind"] == *"withdrawn" && row["new"].is_empty()));
}

#[test]
fn a_result_that_somebody_changed_is_not_compared_with() {
    let shop = Workshop::new();
    let night = || shop.run("stages", &["--as-of", "2024-01-31"]);
    alone(&shop, "荔湾区2023年.xlsx", form(1200, 700));
    night();
    let table = shop.path("out/stages/latest/observations.csv");
    fs::write(&table, fs::read_to_string(&table).expect("a table").replace("1200", "1300")).expect("a table");
    let ran = night();
    assert!(ran.published.manifest()["revisions"]["since"].is_null());
    assert!(ran.published.text("revisions.html").contains("没有可比的上次结果"));
}
