//! The published files: columns in their agreed order, described, safe to open, marked as a sample, with a manifest.

use std::{collections::BTreeMap, fs, path::Path};

use sha2::{Digest, Sha256};

use crate::{
    grid::workbook,
    published::Published,
    workshop::{HOME, Workshop, run_sample, sample, small},
};

/// The columns that are a contract; more may follow, none may come between.
const CONTRACT: [(&str, &str); 4] = [
    ("indicators", "indicator,area,area_name,period,stage,grade,sex,build_type,value,unit,status,previous,change,change_unit"),
    ("targets", "target,area,area_name,period,verdict,direction,value,target_value,unit,gap,reading,note"),
    ("findings", "code,severity,file,sheet,cell,message_zh,message_en"),
    ("completeness", "form,area,area_name,period"),
];

const TABLES: [&str; 6] = ["indicators", "targets", "findings", "observations", "lineage", "completeness"];

fn heading(published: &Published, table: &str) -> Vec<String> {
    let text = published.text(&format!("{table}.csv")).trim_start_matches('\u{feff}');
    text.lines().next().expect("a heading").split(',').map(str::to_string).collect()
}

#[test]
fn columns_stand_in_their_agreed_order() {
    for (table, columns) in CONTRACT {
        let heading = heading(&sample().published, table);
        let agreed: Vec<&str> = columns.split(',').collect();
        assert_eq!(heading[..agreed.len().min(heading.len())], agreed, "{table}.csv");
    }
}

#[test]
fn a_table_opens_right_in_excel_and_wps() {
    for table in TABLES {
        let bytes = sample().published.bytes(&format!("{table}.csv"));
        assert!(bytes.starts_with(b"\xef\xbb\xbf"), "{table}.csv has no byte order mark");
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        assert!(text.ends_with("\r\n") && text.matches('\u{feff}').count() == 1, "{table}.csv");
        assert!(!sample().published.table(table).is_empty(), "{table}.csv is empty");
    }
}

/// By table: its columns with their kinds, as `datapackage.json` has them.
fn described(published: &Published) -> BTreeMap<String, Vec<(String, String)>> {
    let package: serde_json::Value = serde_json::from_str(published.text("datapackage.json")).expect("JSON");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_string();
    let tables = package["resources"].as_array().expect("resources").iter().filter(|resource| resource["format"] == "csv");
    let resources = tables.map(|resource| {
        assert!(!text(&resource["title"]).is_empty());
        assert_eq!(text(&resource["encoding"]), "utf-8");
        let fields = resource["schema"]["fields"].as_array().expect("fields").iter().map(|field| {
            assert!(!text(&field["description"]).trim().is_empty(), "{field} is not described");
            (text(&field["name"]), text(&field["type"]))
        });
        (text(&resource["path"]), fields.collect())
    });
    resources.collect()
}

#[test]
fn every_column_is_described_and_nothing_else_is() {
    let described = described(&sample().published);
    let csvs: Vec<&String> = sample().published.files.keys().filter(|path| path.ends_with(".csv")).collect();
    assert_eq!(described.keys().collect::<Vec<_>>(), csvs, "tables and their descriptions");
    for (path, fields) in described {
        let names: Vec<String> = fields.into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, heading(&sample().published, path.trim_end_matches(".csv")), "{path}");
    }
}

/// Numbers are numbers, and no text begins as a formula does.
fn is_safe_to_open(published: &Published) {
    for (path, fields) in described(published) {
        for row in published.table(path.trim_end_matches(".csv")) {
            for (column, kind) in &fields {
                let cell = &row[column.as_str()];
                match kind.as_str() {
                    "string" => assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{path} {column}: {cell}"),
                    "number" => {
                        assert!(cell.is_empty() || cell.parse::<f64>().is_ok_and(f64::is_finite), "{path} {column}: {cell}")
                    }
                    "integer" => assert!(cell.is_empty() || cell.parse::<i64>().is_ok(), "{path} {column}: {cell}"),
                    other => panic!("{path} {column} is of kind {other}"),
                }
            }
        }
    }
}

#[test]
fn text_that_looks_like_a_formula_reaches_no_spreadsheet_as_one() {
    is_safe_to_open(&sample().published);

    let shop = Workshop::new();
    let formula = "=HYPERLINK(\"http://example.org\",\"x\")";
    let grid = format!(
        "公办学位建设进度表\n填报单位：荔湾区 | | 统计年份：2023\n项目编号 | 学校（校区） | 学段 | 建设类型 | 计划新增学位（个） | 实际新增学位（个） | 其中：已投入使用（个） | 同期撤并减少学位（个） | 备注\n'{formula} | '@某校 | 小学 | 新建 | 100 | 100 | 90 | — | '+1+1\n'-2+3 | '=1 | 小学 | 扩建 | '=2+5 | 100 | -5 | — | '=cmd\n'@SUM(A1) | 某校 | 初中 | '=新建 | 100 | 100 | 90 | —"
    );
    shop.put("=荔湾区2023年.xlsx", workbook(&[("=S01", &grid)]));
    let ran = shop.run_pipeline(&Path::new(HOME).join("pipelines/guangzhou-2023"), Path::new("in"), &[]);
    is_safe_to_open(&ran.published);
    let observations = ran.published.table("observations");
    let project = |text: &str| observations.iter().any(|row| row["project"] == *text);
    assert!(project(&format!("'{formula}")) && project("'-2+3"), "the project numbers are not there");
    assert!(
        observations.iter().any(|row| row["value"] == *"-5" && row["file"] == *"'=荔湾区2023年.xlsx"),
        "a negative number is a number"
    );
    let findings = ran.published.table("findings");
    assert!(findings.iter().any(|row| row["code"] == *"number-unreadable" && row["read"] == *"'=2+5"), "{findings:#?}");
    let page = ran.published.text("index.html");
    assert!(!page.contains("<script>alert"), "{page}");
}

#[test]
fn sample_data_say_so_everywhere() {
    let published = &sample().published;
    for table in TABLES {
        for row in published.table(table) {
            assert_eq!(row["sample"], *"示例数据", "{table}.csv: {row:?}");
        }
    }
    let svgs: Vec<_> = published.files.keys().filter(|path| path.ends_with(".svg")).collect();
    let pngs: Vec<_> =
        published.files.keys().filter(|path| path.ends_with(".png")).map(|path| path.replace(".png", ".svg")).collect();
    assert!(svgs.len() > 20 && svgs.iter().all(|path| pngs.contains(path)), "every chart is there as SVG and as PNG");
    for path in svgs {
        assert!(published.text(path).contains("示例数据"), "{path} does not say that it is a sample");
    }
    assert!(published.text("index.html").contains("示例数据"));
    assert_eq!(published.manifest()["sample"], true);
    let package: serde_json::Value = serde_json::from_str(published.text("datapackage.json")).expect("JSON");
    assert_eq!(package["sample"], true);
    assert!(sample().said.contains("示例数据"), "the closing summary says so too");
}

#[test]
fn real_data_say_nothing_of_a_sample() {
    let shop = Workshop::new();
    shop.put(
        "荔湾区2023年.xlsx",
        workbook(&[("表", "荔湾区2023年\n学段 | 在校生 | 专任教师\n小学 | 1200 | 60\n合计 | 1200 | 60")]),
    );
    let ran = shop.run_pipeline(&small("stages"), Path::new("in"), &[]);
    assert_eq!(ran.code, 0, "{}", ran.complained);
    for (path, bytes) in ran.published.files.iter().filter(|(path, _)| !path.ends_with(".png") && *path != "datapackage.json") {
        assert!(!String::from_utf8_lossy(bytes).contains("示例数据"), "{path} takes real data for a sample");
    }
}

#[test]
fn in_english_the_results_speak_english() {
    let english = run_sample(&["--as-of", "2024-01-31", "--lang", "en"]);
    for row in english.published.table("indicators").iter().chain(&english.published.table("targets")) {
        assert_eq!(row["sample"], *"sample data", "{row:?}");
        assert!(row["area_name"].is_ascii(), "{row:?}");
    }
    let numbers = |published: &Published| -> Vec<Vec<String>> {
        let table = published.table("indicators");
        table
            .iter()
            .map(|row| row.cells(&["indicator", "area", "period", "stage", "grade", "sex", "value", "status", "change"]))
            .collect()
    };
    assert_eq!(numbers(&english.published), numbers(&sample().published), "a language changes no number");
    let page = english.published.text("index.html");
    assert!(page.contains("sample data") || page.contains("Sample data"));
}

#[test]
fn the_gallery_needs_nothing_but_its_folder() {
    let page = sample().published.text("index.html");
    for far in ["src=\"http", "href=\"http", "url(http", "<link", "@import"] {
        assert!(!page.contains(far), "index.html fetches something: {far}");
    }
    let mut linked = 0;
    for part in page.split("href=\"").skip(1).chain(page.split("src=\"").skip(1)) {
        let target = part.split('"').next().expect("an attribute ends").replace("&#x2f;", "/").replace("&amp;", "&");
        if target.starts_with('#') || target.starts_with("data:") {
            continue;
        }
        linked += 1;
        // What stands behind the name of a page is for its script.
        let target = target.split(['?', '#']).next().expect("a name").to_string();
        assert!(sample().published.files.contains_key(&target), "index.html links to {target}, which is not there");
    }
    assert!(linked > 40, "only {linked} links");
}

#[test]
fn the_manifest_says_what_ran_on_what() {
    let manifest = sample().published.manifest();
    assert_eq!(manifest["yardstick"], env!("CARGO_PKG_VERSION"));
    assert_eq!((&manifest["pipeline"], &manifest["as_of"]), (&"guangzhou-2023".into(), &"2024-01-31".into()));
    assert_eq!((&manifest["outcome"], &manifest["exit_code"]), (&"clean".into(), &0.into()));
    assert!(manifest["run"].as_str().is_some_and(|run| !run.is_empty()));
    let counts = &manifest["counts"];
    assert_eq!((&counts["workbooks_found"], &counts["workbooks_read"]), (&97.into(), &97.into()));
    assert_eq!(counts["observations"], sample().published.table("observations").len());
    assert_eq!(counts["indicator_values"], sample().published.table("indicators").len());
    assert_eq!(counts["figures"], sample().published.files.keys().filter(|path| path.ends_with(".png")).count());
    let findings = sample().published.table("findings");
    for severity in ["error", "warning", "note"] {
        assert_eq!(counts["findings"][severity], findings.iter().filter(|row| row["severity"] == *severity).count());
    }
    let city: Vec<_> = sample().published.table("targets").into_iter().filter(|row| row["area"] == *"440100").collect();
    for verdict in ["met", "missed", "not_due", "aspiration", "cannot_tell"] {
        assert_eq!(counts["verdicts"][verdict], city.iter().filter(|row| row["verdict"] == *verdict).count(), "{verdict}");
    }
    for stage in ["plan", "ingest", "check", "compute", "chart", "publish"] {
        assert!(manifest["milliseconds"][stage].is_u64(), "{stage} has no time");
    }
    let input = manifest["input"].as_array().expect("the input");
    assert_eq!(input.len(), 97);
    for file in input {
        let path = Path::new(HOME).join("input/guangzhou-2023").join(file["path"].as_str().expect("a path"));
        let bytes = fs::read(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!((&file["bytes"], &file["sha256"]), (&bytes.len().into(), &hash.into()));
    }
}
