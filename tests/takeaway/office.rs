//! The workbook, the bulletin and what programs read: opened again, and held against the CSV of the same run.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

use calamine::{Data, Reader, Xlsx};

use crate::{
    published::{Published, Row},
    two::{Pipeline, months},
    workshop::{Workshop, run_sample, sample},
};

fn sheets() -> BTreeMap<String, Vec<Vec<Data>>> {
    sheets_of(&sample().published)
}

fn sheets_of(published: &Published) -> BTreeMap<String, Vec<Vec<Data>>> {
    let bytes = published.bytes("summary.xlsx").to_vec();
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let names = workbook.sheet_names();
    let rows = |workbook: &mut Xlsx<_>, name: &str| -> Vec<Vec<Data>> {
        workbook.worksheet_range(name).expect("a sheet").rows().map(<[Data]>::to_vec).collect()
    };
    names.into_iter().map(|name| (name.clone(), rows(&mut workbook, &name))).collect()
}

/// What the CSV has codes or ids for, and the workbook words.
const WORDED: [&str; 9] = ["verdict", "direction", "status", "severity", "state", "answers", "edge", "outlook", "trend"];

/// Every row of a sheet stands in the table, in its order, with the same numbers and the same words but for codes. Its headings are
/// words: the sheet of notes says which column of the CSV each is.
fn agree(sheets: &BTreeMap<String, Vec<Vec<Data>>>, sheet: &str, table: &[Row]) -> (usize, usize) {
    let column = |said: &Data| -> String {
        let of_sheet = sheets["说明"].iter().filter(|note| note[0] == *sheet).map(|note| note[1].to_string());
        let mut named = of_sheet.filter_map(|note| {
            let (heading, name) = note.strip_suffix('）')?.rsplit_once('（')?;
            (*said == heading).then(|| name.to_string())
        });
        named.next().unwrap_or_else(|| panic!("{sheet}: the notes do not say what {said} is"))
    };
    let sheet = &sheets[sheet];
    let heading: Vec<String> = sheet[0].iter().map(column).collect();
    let is_named = heading.iter().all(|name| name != "indicator_name");
    let is_worded = |name: &str| WORDED.contains(&name) || name == "indicator" && is_named;
    let words = |cell: &Data| if matches!(cell, Data::Empty) { String::new() } else { cell.to_string() };
    let keys: Vec<usize> = (0..heading.len())
        .filter(|&at| {
            ["indicator", "target", "area", "period", "form", "code", "message_zh", "file", "cell"]
                .contains(&heading[at].as_str())
                && !is_worded(&heading[at])
        })
        .collect();
    let is_same = |row: &Row, cells: &[Data]| keys.iter().all(|&at| row[heading[at].as_str()] == *words(&cells[at]));
    let mut rest = table.iter();
    let (mut rows, mut numbers) = (0, 0);
    for cells in &sheet[1..] {
        let row = rest.find(|row| is_same(row, cells)).unwrap_or_else(|| panic!("no row of the CSV is {cells:?}"));
        for (name, cell) in heading.iter().zip(cells) {
            match cell {
                Data::Float(number) => {
                    assert_eq!(row.number(name), Some(*number), "{name} of {row:?}");
                    numbers += 1;
                }
                Data::Int(number) => panic!("{name}: {number} is not kept as a number with all its digits"),
                cell if is_worded(name) => assert_eq!(words(cell).is_empty(), row[name.as_str()].is_empty(), "{name}"),
                cell => assert_eq!(row[name.as_str()], *words(cell), "{name} of {row:?}"),
            }
        }
        rows += 1;
    }
    (rows, numbers)
}

#[test]
fn every_number_of_the_workbook_is_that_of_the_csv() {
    let sheets = sheets();
    let mut seen = BTreeMap::new();
    for (sheet, table) in [("目标", "targets"), ("核查结果", "findings"), ("收件情况", "arrivals"), ("报送情况", "completeness")]
    {
        let rows = sample().published.table(table);
        let (count, numbers) = agree(&sheets, sheet, &rows);
        assert_eq!(count, rows.len(), "{table}");
        seen.insert(table, numbers);
    }
    // Of the indicators the totals, breakdowns being left out.
    let totals: Vec<Row> = sample()
        .published
        .table("indicators")
        .into_iter()
        .filter(|row| ["stage", "grade", "sex", "build_type"].iter().all(|column| row[*column] == *"_T"))
        .collect();
    let (rows, numbers) = agree(&sheets, "指标", &totals);
    assert!(rows > 2000 && numbers > rows, "{rows} rows with {numbers} numbers");
    assert!(seen["targets"] > 1000, "{seen:?}");
    // Every figure of a chart is a figure of the tables.
    let drawn: Vec<f64> = sheets["图表数据"][1..]
        .iter()
        .filter_map(|cells| if let Data::Float(value) = cells[2] { Some(value) } else { None })
        .collect();
    assert!(drawn.len() > 300);
    let known: Vec<f64> = totals.iter().filter_map(|row| row.number("value")).collect();
    assert!(drawn.iter().all(|value| known.contains(value)));
    assert!(["封面", "目录", "说明", "图表"].iter().all(|name| sheets.contains_key(*name)));
}

/// A part of a packed file as text.
fn part(file: &str, name: &str) -> String {
    packed(sample().published.bytes(file), name)
}

fn packed(file: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).expect("a packed file");
    let mut text = String::new();
    archive.by_name(name).expect("the part").read_to_string(&mut text).expect("text");
    text
}

#[test]
fn the_workbook_has_charts_of_its_own_colours_for_verdicts_and_a_way_to_the_gallery() {
    assert!(part("summary.xlsx", "xl/charts/chart1.xml").contains("<c:lineChart>"));
    assert!(part("summary.xlsx", "xl/charts/chart2.xml").contains("<c:barChart>"));
    let relations = part("summary.xlsx", "xl/worksheets/_rels/sheet4.xml.rels");
    assert!(relations.contains("index.html"), "{relations}");
    let bytes = sample().published.bytes("summary.xlsx");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a packed file");
    let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let coloured = names.iter().filter(|name| name.starts_with("xl/worksheets/sheet")).filter(|name| {
        let mut text = String::new();
        archive.by_name(name).expect("a part").read_to_string(&mut text).expect("text");
        text.contains("<conditionalFormatting") && text.contains("state=\"frozen\"")
    });
    assert!(coloured.count() >= 1);
}

#[test]
fn the_bulletin_has_the_form_of_official_documents_and_the_numbers_of_the_run() {
    let document = part("brief.docx", "word/document.xml");
    let words = |text: &str| document.contains(text);
    // 37, 35, 28 and 26 mm; lines of 28 points.
    for (edge, twips) in [("top", 2097), ("bottom", 1984), ("left", 1587), ("right", 1474)] {
        assert!(words(&format!("w:{edge}=\"{twips}\"")), "{edge}");
    }
    let styles = part("brief.docx", "word/styles.xml");
    for face in ["方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"] {
        assert!(styles.contains(face), "{face}");
    }
    assert!(styles.contains("w:line=\"560\"") && styles.contains("w:lineRule=\"exact\""));
    let manifest = sample().published.manifest();
    let counts = &manifest["counts"]["verdicts"];
    let met = counts["met"].as_u64().expect("a count");
    assert!(words(&format!("达成{met}项")), "the number of commitments met");
    assert!(words("w:tblHeader") && words("descr=\""));
    assert!(part("brief.docx", "word/header1.xml").contains("示例数据"));
    let footer = part("brief.docx", "word/footer1.xml");
    assert!(footer.contains("— ") && footer.contains("PAGE"));
    // Words run on over the pages; charts stand behind whoever signs, low enough that two of them fill a page.
    let charts = document.split("附图").nth(1).expect("the charts have a heading");
    assert!(words("见图1。") && !document.split("附图").next().is_some_and(|before| before.contains("<w:drawing")));
    let tall: Vec<u32> =
        charts.split("<wp:extent").skip(1).filter_map(|it| it.split("cy=\"").nth(1)?.split('"').next()?.parse().ok()).collect();
    assert!(tall.len() > 2 && tall.iter().all(|tall| *tall <= 84 * 36_000), "{tall:?}");
    // Every chart is a picture of the run, and none is there twice.
    let mut archive = zip::ZipArchive::new(Cursor::new(sample().published.bytes("brief.docx"))).expect("a packed file");
    let media: Vec<String> =
        archive.file_names().map(|name| name.expect("a name").into_owned()).filter(|name| name.ends_with(".png")).collect();
    assert!((3..=12).contains(&media.len()), "{media:?}");
    for name in &media {
        let mut bytes = Vec::new();
        archive.by_name(name).expect("a picture").read_to_end(&mut bytes).expect("bytes");
        let is_it = |(path, other): (&String, &Vec<u8>)| path.starts_with("charts/") && *other == bytes;
        assert!(sample().published.files.iter().any(is_it), "{name} is no chart of the run");
    }
}

/// What the runs of a document say.
fn texts(document: &str) -> Vec<&str> {
    let texts = document.split("<w:t").filter(|text| text.starts_with(['>', ' ']));
    texts.filter_map(|text| text.split_once('>')?.1.split('<').next()).collect()
}

/// East has come to five of the hundreds that the profile asks for by June.
#[test]
fn the_bulletin_does_not_call_what_is_behind_its_profile_not_yet_due() {
    let profile = "[profiles.line]\nname = { zh = \"直线\", en = \"Line\" }\nknots = []\n";
    let ran = Pipeline::default()
        .publish("bulletin")
        .head(profile)
        .measure("o", "")
        .indicator("n", "total = { of = [\"o\"] }", "over-year = \"sum\"")
        .target("f", "n", " = { flow = { at-least = 500, profile = \"line\" } }")
        .form("f", &["o"], "", &(months(2023, 5, "东区", 1) + &months(2023, 5, "西区", 100)))
        .run("2023-06-28");
    let document = packed(ran.published.bytes("brief.docx"), "word/document.xml");
    let texts = texts(&document);
    let table = texts.iter().rposition(|text| text.contains("Table 2")).expect("the second table");
    let rows: Vec<&[&str]> = texts[table + 1..].chunks_exact(7).take(3).collect();
    assert_eq!(rows[0][5..], ["Behind", "Not yet due"]);
    assert_eq!(rows[1], ["East", "1", "0", "0", "0", "1", "0"]);
    assert_eq!(rows[2], ["West", "1", "1", "0", "0", "0", "0"]);
    assert!(texts.iter().any(|text| text.contains("0 of 1 commitment are met, 1 behind.")), "{texts:?}");
}

#[test]
fn the_tables_of_the_bulletin_add_up_and_their_levels_say_what_they_ask_for() {
    let document = part("brief.docx", "word/document.xml");
    let texts = texts(&document);
    let last = texts.iter().rposition(|text| text.contains("附表2")).expect("the second table");
    let rows: Vec<&[&str]> = texts[last + 1..].chunks_exact(7).skip(1).take(11).collect();
    assert_eq!(rows.len(), 11, "a row for each district");
    for row in rows {
        let numbers: Vec<u32> = row[1..].iter().map(|number| number.parse().expect("a number")).collect();
        assert_eq!(numbers[0], numbers[1..].iter().sum::<u32>(), "{row:?}");
    }
    // A level without its sign would make the verdict look wrong.
    let scorecard = sample().published.text("scorecard.html");
    for (in_bulletin, on_scorecard) in [("≥100.00%", "≥100.00%"), ("99.999%", "99.999%"), ("10±2所", "10±2")] {
        assert!(texts.contains(&in_bulletin), "{in_bulletin}");
        assert!(scorecard.contains(&format!(">{on_scorecard}<")), "{on_scorecard}");
    }
    assert!(sample().published.text("findings/440103.html").contains(">≥100.00%<"));
}

#[test]
fn another_run_gives_the_same_bytes() {
    let again = run_sample(&["--as-of", "2024-01-31"]).published;
    for file in ["summary.xlsx", "brief.docx", "results.json", "indicators.parquet", "origins/vision.js", "scorecard.html"] {
        assert!(again.bytes(file) == sample().published.bytes(file), "{file}");
    }
}

#[test]
fn results_for_dashboards_say_what_the_tables_say() {
    let results: serde_json::Value = serde_json::from_str(sample().published.text("results.json")).expect("JSON");
    let totals = sample().published.table("indicators");
    let mut seen = 0;
    for indicator in results["indicators"].as_array().expect("a list") {
        let id = indicator["id"].as_str().expect("an id");
        let of_indicator: BTreeMap<(String, String), Option<f64>> = totals
            .iter()
            .filter(|row| {
                row["indicator"] == *id && ["stage", "grade", "sex", "build_type"].iter().all(|column| row[*column] == *"_T")
            })
            .map(|row| ((row["area"].to_string(), row["period"].to_string()), row.number("value")))
            .collect();
        let values = indicator["values"].as_array().expect("a list");
        assert_eq!(values.len(), of_indicator.len(), "{id}");
        for value in values {
            let key =
                (value["area"].as_str().expect("a code").to_string(), value["period"].as_str().expect("a period").to_string());
            // This reader of JSON is exact but for the last digit.
            let digits = |value: Option<f64>| value.map(|value| format!("{value:.13e}"));
            assert_eq!(digits(value["value"].as_f64()), digits(of_indicator[&key]), "{id} {key:?}");
            seen += 1;
        }
    }
    assert!(seen > 3000, "{seen}");
    let judged: usize = results["targets"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|target| target["judged"].as_array().expect("a list").len())
        .sum();
    assert_eq!(judged, sample().published.table("targets").len());
    let package: serde_json::Value = serde_json::from_str(sample().published.text("datapackage.json")).expect("JSON");
    for resource in package["resources"].as_array().expect("a list") {
        let path = resource["path"].as_str().expect("a path");
        assert!(sample().published.files.contains_key(path), "{path} is listed and not there");
    }
}

#[test]
fn a_wording_that_cannot_be_filled_is_a_fault_of_the_pipeline_with_its_line() {
    let shop = Workshop::new();
    shop.put("f.xlsx", b"");
    let pipeline = shop.copy_pipeline("commitments");
    std::fs::write(shop.path(&pipeline).join("brief.toml"), "title = { zh = \"{{ totl }}\", en = \"x\" }\n").expect("a file");
    let ran = shop.run_pipeline(&pipeline, std::path::Path::new("in"), &["--lang", "en"]);
    assert_eq!(ran.code, 2);
    assert!(ran.complained.contains("toml-shape") && ran.complained.contains("brief.toml:1"), "{}", ran.complained);
}

#[test]
fn the_address_of_the_gallery_is_printed() {
    let shop = Workshop::new();
    let output = shop.command().args(["open", "--print", "--lang", "en"]).output().expect("yardstick starts");
    assert_eq!(output.status.code(), Some(2), "nothing has run");
    let folder = shop.path("output/guangzhou-2023/latest");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("index.html"), "x").expect("a page");
    let output = shop.command().args(["open", "--print"]).output().expect("yardstick starts");
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(said.starts_with("file:///") && said.ends_with("/output/guangzhou-2023/latest/index.html\n"), "{said}");
}

#[test]
fn indicators_are_written_in_sdmx_csv_where_the_pipeline_asks_for_it() {
    let shop = Workshop::new();
    assert!(shop.command().args(["new", "books"]).status().expect("yardstick starts").success());
    let file = shop.path("pipelines/books/pipeline.toml");
    let text = std::fs::read_to_string(&file).expect("a pipeline");
    let ask = |dataflow: &str| {
        std::fs::write(&file, format!("sdmx = \"{dataflow}\"\n{text}")).expect("a pipeline");
        shop.run_pipeline(std::path::Path::new("pipelines/books"), std::path::Path::new("input/books"), &["--cold"])
    };
    assert_eq!(ask("books").code, 2, "this names no dataflow");
    let ran = ask("GZEDU:BOOKS(1.0)");
    let written = crate::published::rows(ran.published.text("indicators.sdmx.csv"));
    let table = ran.published.table("indicators");
    assert!(!table.is_empty() && written.len() == table.len(), "{}", ran.complained);
    for (line, row) in written.iter().zip(&table) {
        assert_eq!(line.number("OBS_VALUE"), row.number("value"));
        assert_eq!(line.cells(&["INDICATOR", "REF_AREA", "OBS_STATUS"]), row.cells(&["indicator", "area", "status"]));
        assert_eq!(line.cells(&["STRUCTURE", "STRUCTURE_ID"]), ["dataflow", "GZEDU:BOOKS(1.0)"]);
    }
}

#[test]
fn what_was_promised_for_a_part_of_a_year_is_in_the_workbook_too_and_gaps_have_their_place() {
    let rows = [2019, 2020, 2022, 2023].map(|year| format!("东区,{year}-{0}学年,90\n西区,{year}-{0}学年,90\n", year + 1));
    let ran = Pipeline::default()
        .publish("workbook")
        .measure("m", "")
        .indicator("x", "total = { of = [\"m\"] }", "over-year = \"last\"")
        .target_of("2023/24", "of_school", "x", ".at-least = 100")
        .target("of_calendar", "x", ".at-least = 100")
        .form("f", &["m"], "", &rows.concat())
        .run("2024-10-15");
    let sheets = sheets_of(&ran.published);
    let has = |text: &str| sheets.values().flatten().flatten().any(|cell| *cell == *text);
    assert!(has("of_school") && has("of_calendar"), "{:?}", sheets.keys());
    // 2021 has no value, and its place among the others all the same.
    let points = sheets.values().flatten().filter(|row| row.iter().any(|cell| *cell == *"2021"));
    assert!(points.filter(|row| row.contains(&Data::Empty)).count() > 0, "{sheets:?}");
}
