//! What a pipeline asks for besides its tables and charts is written, and nothing else.

use std::{
    collections::BTreeSet,
    fs,
    io::{Cursor, Read},
    path::Path,
};

use crate::{
    grid::workbook,
    workshop::{Ran, Workshop},
};

const FIGURES: &str = "
2023年数据表 | <
区 | 参测 | 优良 | 有效 | 近视 | 学校数 | 配备学校 | 在园 | 公办在园 | 案例
东区 | 500 | 280 | 1000 | 540 | 400 | 399 | 100 | 56 | 5
西区 | 500 | 250 | 1000 | 506 | 600 | 600 | 100 | 55 | 6";

/// A shop whose pipeline says this of what it publishes.
fn shop(publish: &str) -> Workshop {
    let shop = Workshop::new();
    shop.put("数据.xlsx", workbook(&[("本年", FIGURES)]));
    let file = shop.path(shop.copy_pipeline("commitments")).join("pipeline.toml");
    let text = fs::read_to_string(&file).expect("a pipeline");
    fs::write(&file, format!("{publish}\n{text}")).expect("a pipeline");
    shop.age("pipelines");
    shop
}

fn run(shop: &Workshop) -> Ran {
    shop.run_pipeline(Path::new("pipelines/commitments"), Path::new("in"), &["--as-of", "2024-01-31", "--lang", "zh"])
}

/// The kinds of files that were written besides CSV: by ending, pages and scripts together.
fn kinds(ran: &Ran) -> BTreeSet<&str> {
    let kind = |path: &String| match path.rsplit('.').next()? {
        "html" | "js" => Some("gallery"),
        "xlsx" => Some("workbook"),
        "docx" => Some("bulletin"),
        "parquet" => Some("parquet"),
        "svg" | "png" => Some("charts"),
        _ => None,
    };
    ran.published.files.keys().filter_map(kind).collect()
}

/// All parts of the workbook, one after the other.
fn workbook_parts(ran: &Ran) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(ran.published.bytes("summary.xlsx"))).expect("a packed file");
    let mut text = String::new();
    for at in 0..archive.len() {
        archive.by_index(at).expect("a part").read_to_string(&mut text).expect("text");
    }
    text
}

#[test]
fn a_workbook_links_to_pages_that_are_there() {
    let pages = ["index.html", "scorecard.html"];
    let (all, alone) = (workbook_parts(&run(&shop(""))), workbook_parts(&run(&shop("publish = [\"workbook\"]"))));
    for page in pages {
        assert!(all.contains(page) && !alone.contains(page), "{page}");
    }
}

#[test]
fn what_is_named_is_written_and_no_other_format() {
    let all = run(&shop(""));
    assert_eq!(kinds(&all), ["bulletin", "charts", "gallery", "parquet", "workbook"].into());
    for (publish, expected) in [
        ("publish = []", &["charts"][..]),
        ("publish = [\"gallery\"]", &["charts", "gallery"]),
        ("publish = [\"workbook\", \"parquet\"]", &["charts", "parquet", "workbook"]),
        ("publish = [\"bulletin\"]", &["bulletin", "charts"]),
    ] {
        let some = run(&shop(publish));
        assert_eq!(kinds(&some), expected.iter().copied().collect(), "{publish}");
        // The tables are there whatever else is, and the same to the letter.
        for (path, bytes) in all.published.files.iter().filter(|(path, _)| path.ends_with(".csv")) {
            assert!(some.published.bytes(path) == bytes, "{publish}: {path}");
        }
        let package: serde_json::Value = serde_json::from_str(some.published.text("datapackage.json")).expect("JSON");
        let named = package["resources"].as_array().expect("a list").iter().filter_map(|entry| entry["path"].as_str());
        named.for_each(|path| assert!(some.published.files.contains_key(path), "{publish}: {path} is described and not there"));
        let links = some.published.files.get("index.html").map(|page| String::from_utf8_lossy(page).into_owned());
        let links = links.unwrap_or_default();
        assert!(!links.contains("href=\"summary.xlsx\"") && !links.contains("href=\"brief.docx\""), "{publish}");
    }
}

#[test]
fn without_a_gallery_the_terminal_names_what_is_there() {
    let shop = shop("publish = []");
    let ran = run(&shop);
    assert!(!ran.said.contains(".html"), "{}", ran.said);
    // A night on which nothing has changed is taken again as it was.
    let again = run(&shop);
    assert!(again.said.contains("没有变化") && !again.said.contains(".html"), "{}", again.said);
    assert_eq!(kinds(&again), kinds(&ran));
    // What was revised is named by its table.
    shop.put("数据.xlsx", workbook(&[("本年", &FIGURES.replace("540", "541"))]));
    let revised = run(&shop);
    assert!(revised.said.contains("修订") && revised.said.contains("见 revisions.csv"), "{}", revised.said);

    let opened =
        shop.command().args(["open", "commitments", "--output", "out", "--print", "--lang", "zh"]).output().expect("it starts");
    let complained = String::from_utf8_lossy(&opened.stderr);
    assert_eq!(opened.status.code(), Some(2));
    assert!(complained.contains("publish") && !complained.contains("还没有结果"), "{complained}");
}

#[test]
fn a_format_that_there_is_not_is_named_with_its_line() {
    let ran = run(&shop("publish = [\"gallery\", \"pdf\"]"));
    assert_eq!(ran.code, 2, "{}", ran.shown());
    let said = ran.shown();
    for words in ["pdf", "pipeline.toml", "workbook", "bulletin", "parquet"] {
        assert!(said.contains(words), "{words}: {said}");
    }
}
