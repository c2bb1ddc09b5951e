//! A pipeline with faults: all of them at once, each with its line, and the last result stands as it was.

use std::{collections::BTreeMap, fs, path::Path};

use super::{one_good, shown, snapshot};
use crate::workshop::{Ran, Workshop};

/// Every result below `out`: files with their bytes, links with where they point. Word of a failure is no result.
fn standing(shop: &Workshop) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(shop.path("out"))
        .into_iter()
        .map(|entry| entry.expect("an entry of the output folder"))
        .filter(|entry| !entry.file_type().is_dir() && entry.file_name() != "heartbeat.json")
        .filter(|entry| !entry.path().components().any(|part| part.as_os_str() == "failed"))
        .map(|entry| {
            let bytes = match fs::read_link(entry.path()) {
                Ok(target) => target.to_string_lossy().into_owned().into_bytes(),
                Err(_) => fs::read(entry.path()).expect("a published file"),
            };
            (entry.path().display().to_string(), bytes)
        })
        .collect()
}

/// Changes a copied pipeline by replacing words in its files, and runs it after a good run.
fn faulty(changes: &[(&str, &str, &str)]) -> (Workshop, Ran) {
    let shop = one_good();
    let pipeline = shop.copy_pipeline("stages");
    assert_eq!(shop.run_pipeline(&pipeline, Path::new("in"), &[]).code, 0);
    let before = standing(&shop);
    assert!(before.keys().any(|path| path.ends_with("latest")), "a good run was published");
    for (file, good, bad) in changes {
        let path = shop.path(&pipeline).join(file);
        let text = fs::read_to_string(&path).expect("a file of the pipeline");
        assert!(text.contains(good), "{file} has no `{good}`");
        fs::write(path, text.replacen(good, bad, 1)).expect("the copy");
    }
    let ran = shop.run_pipeline(&pipeline, Path::new("in"), &[]);
    assert_eq!(ran.code, 2, "{}", ran.complained);
    assert!(standing(&shop) == before, "a pipeline with faults wrote something");
    (shop, ran)
}

/// The line of a copied pipeline's file that holds these words.
fn line_of(shop: &Workshop, file: &str, words: &str) -> String {
    let text = fs::read_to_string(shop.path("pipelines/stages").join(file)).expect("a file of the pipeline");
    let line = text.lines().position(|line| line.contains(words)).expect("the fault stands in the file") + 1;
    format!("pipelines/stages/{file}:{line}")
}

/// Each fault is named once, with its file and line, in both languages.
fn each_has_its_line(shop: &Workshop, ran: &Ran, faults: &[(&str, &str)]) {
    let english = shop.run_pipeline(Path::new("pipelines/stages"), Path::new("in"), &["--lang", "en"]);
    for (ran, grave) in [(ran, "错误"), (&english, "error")] {
        assert_eq!(shown(ran).len(), faults.len(), "{}", ran.complained);
        assert!(shown(ran).iter().all(|code| code.starts_with(grave)), "{:?}", shown(ran));
        for (file, words) in faults {
            let line = line_of(shop, file, words);
            let titles = ran.complained.lines().filter(|title| title.starts_with(grave) && title.contains(&line));
            assert_eq!(titles.count(), 1, "{line} ({words}) in\n{}", ran.complained);
        }
    }
}

#[test]
fn three_faults_in_one_file() {
    let (shop, ran) = faulty(&[
        ("indicators.toml", "better = \"neither\"", "better = \"bigger\""),
        ("indicators.toml", "decimals = 2", "decimals = \"two\""),
        ("indicators.toml", "to = [\"teachers\"]", "to = [\"techers\"]"),
    ]);
    let faults = [("indicators.toml", "bigger"), ("indicators.toml", "\"two\""), ("indicators.toml", "techers")];
    // Until an entry has its form its names cannot be looked up; the fault in the sound entry is found all the same.
    each_has_its_line(&shop, &ran, &faults);
    snapshot("three faults in one file", &ran);
}

#[test]
fn faults_in_three_files() {
    let (shop, ran) = faulty(&[
        ("measures.toml", "unit = \"人次\"", "units = \"人次\""),
        ("checks.toml", "of = [\"pupils\"]", "of = [\"pupil\"]"),
        ("layouts/k01.toml", "directly = \"left\"", "directly = \"right\""),
    ]);
    let faults = [("measures.toml", "units"), ("checks.toml", "\"pupil\""), ("layouts/k01.toml", "right")];
    each_has_its_line(&shop, &ran, &faults);
    assert!(ran.complained.contains("“pupils”"), "did you mean is not said:\n{}", ran.complained);
    snapshot("faults in three files", &ran);
}

#[test]
fn a_line_that_is_no_toml() {
    let (shop, ran) = faulty(&[("checks.toml", "within = 1 }", "within = = 1 }")]);
    each_has_its_line(&shop, &ran, &[("checks.toml", "= = 1")]);
    snapshot("no toml", &ran);
}

#[test]
fn a_pipeline_that_is_not_there() {
    let shop = one_good();
    let ran = shop.run_pipeline(Path::new("nobody"), Path::new("in"), &[]);
    assert_eq!((shown(&ran), ran.code), (vec!["错误 pipeline-missing".to_string()], 2));
    assert!(!shop.path("out").exists());
    snapshot("missing pipeline", &ran);
}

#[test]
fn a_list_that_is_not_there() {
    let (shop, ran) = faulty(&[("pipeline.toml", "seeds/codes/stage.csv", "seeds/codes/stages.csv")]);
    each_has_its_line(&shop, &ran, &[("pipeline.toml", "stages.csv")]);
}

/// A pipeline with a list of its own, in whatever encoding, after a good run.
fn with_areas(areas: &[u8]) -> (Workshop, Ran) {
    let shop = one_good();
    let pipeline = shop.copy_pipeline("stages");
    let file = shop.path(&pipeline).join("pipeline.toml");
    let text = fs::read_to_string(&file).expect("the pipeline");
    fs::write(&file, text.replace(&format!("{}/seeds/areas/guangzhou.csv", crate::workshop::HOME), "areas.csv"))
        .expect("the copy");
    fs::write(shop.path(&pipeline).join("areas.csv"), areas).expect("a list");
    let ran = shop.run_pipeline(&pipeline, Path::new("in"), &[]);
    (shop, ran)
}

const AREAS: &str =
    "code,name_zh,name_en,kind,parent,aliases,typos\n440104,越秀区,Yuexiu,district,W,越秀,\nW,全市,City,whole,,,\n";

#[test]
fn a_list_says_one_thing_of_each_area_and_every_fault_has_its_line() {
    let bad = "440103,荔湾区,Liwan,district,440100,越秀,\n440104,海珠区,Haizhu,district,W,,\n,天河区,,district,W,,\nX,全省,Province,whole,,,\n,,,,,,\n440106,天河区\n";
    let (_, ran) = with_areas(format!("{AREAS}{bad}").as_bytes());
    assert_eq!(ran.code, 2, "{}", ran.complained);
    assert_eq!(shown(&ran), vec!["错误 seed-unreadable"; 6], "{}", ran.complained);
    for said in [
        "第 4 行：清单中没有 parent 所写的地区 440100",
        "第 4 行：“越秀”已是第 2 行 440104 的名称或别名",
        "第 5 行：代码 440104 已在第 2 行出现",
        "第 6 行：缺少代码",
        "第 7 行：第二个 kind 为 whole 的地区；第一个在第 3 行",
        "第 9 行：应有 7 栏，实有 2 栏",
    ] {
        assert!(ran.complained.contains(said), "`{said}` is not in\n{}", ran.complained);
    }
}

#[test]
fn a_wrong_heading_of_a_list_is_one_fault_and_gbk_is_none() {
    let (_, ran) = with_areas(AREAS.replace("parent", "parnt").as_bytes());
    assert_eq!((ran.code, shown(&ran)), (2, vec!["错误 seed-unreadable".to_string()]), "{}", ran.complained);
    assert!(ran.complained.contains("parnt（是否为 parent？）"), "{}", ran.complained);
    let (_, ran) = with_areas(&encoding_rs::GB18030.encode(AREAS).0);
    assert_eq!(ran.code, 0, "{}", ran.complained);
}

#[test]
fn a_list_that_is_separated_by_another_sign_says_which() {
    for (sign, said) in [("，", "各栏是用“，”隔开的"), (";", "各栏是用“;”隔开的"), ("\t", "各栏是用制表符隔开的")]
    {
        let (_, ran) = with_areas(AREAS.replace(',', sign).as_bytes());
        assert_eq!((ran.code, shown(&ran)), (2, vec!["错误 seed-unreadable".to_string()]), "{}", ran.complained);
        assert!(ran.complained.contains(said) && ran.complained.contains("应为：各栏之间是英文逗号"), "{}", ran.complained);
    }
    let (_, ran) = with_areas(format!("{AREAS}440105，海珠区，Haizhu，district，W，，\n").as_bytes());
    assert!(ran.complained.contains("应有 7 栏，实有 1 栏") && ran.complained.contains("英文逗号"), "{}", ran.complained);
}

#[test]
fn a_blank_heading_of_a_list_is_named_by_its_column() {
    let (_, ran) = with_areas(AREAS.replace("typos\n", "typos,\n").as_bytes());
    assert_eq!((ran.code, shown(&ran)), (2, vec!["错误 seed-unreadable".to_string()]), "{}", ran.complained);
    assert!(ran.complained.contains("第 1 行：第 8 栏的栏名是空的"), "{}", ran.complained);
}

#[test]
fn a_file_that_nobody_reads_is_a_fault_that_names_the_nearest() {
    let shop = one_good();
    let pipeline = shop.copy_pipeline("stages");
    fs::write(shop.path(&pipeline).join("target.toml"), "").expect("a file");
    fs::create_dir(shop.path(&pipeline).join("layout")).expect("a folder");
    fs::write(shop.path(&pipeline).join("layout/k02.toml"), "").expect("a file");
    let ran = shop.run_pipeline(&pipeline, Path::new("in"), &[]);
    assert_eq!((ran.code, shown(&ran)), (2, vec!["错误 file-unknown".to_string(); 2]), "{}", ran.complained);
    assert!(["“targets.toml”", "“layouts”"].iter().all(|near| ran.complained.contains(near)), "{}", ran.complained);
}

#[test]
fn a_file_in_gbk_is_one_fault_whatever_it_was_to_define() {
    let shop = one_good();
    let pipeline = shop.copy_pipeline("stages");
    let file = shop.path(&pipeline).join("measures.toml");
    let text = fs::read_to_string(&file).expect("the measures");
    fs::write(&file, encoding_rs::GB18030.encode(&text).0).expect("the copy");
    let ran = shop.run_pipeline(&pipeline, Path::new("in"), &[]);
    assert_eq!((ran.code, shown(&ran)), (2, vec!["错误 toml-syntax".to_string()]), "{}", ran.complained);
    assert!(
        ran.complained.contains("不是 UTF-8 编码（多半是 GBK）") && ran.complained.contains("另存为 UTF-8"),
        "{}",
        ran.complained
    );
}

/// What is said of a pipeline of lists in which words of a file were replaced.
fn of_lists(file: &str, change: impl Fn(&str) -> Vec<u8>) -> Ran {
    let shop = one_good();
    let pipeline = shop.copy_pipeline("lists");
    let path = shop.path(&pipeline).join(file);
    let text = fs::read_to_string(&path).expect("a file of the pipeline");
    fs::write(&path, change(&text)).expect("the copy");
    shop.run_pipeline(&pipeline, Path::new("in"), &[])
}

#[test]
fn what_follows_from_a_fault_of_a_file_is_not_said_beside_it() {
    let gbk = of_lists("measures.toml", |text| encoding_rs::GB18030.encode(text).0.into_owned());
    assert_eq!((gbk.code, shown(&gbk)), (2, vec!["错误 toml-syntax".to_string()]), "{}", gbk.complained);
    let kind = of_lists("records/pupils.toml", |text| {
        text.replacen("holds = \"number\"", "holds = \"数字\"", 1)
            .replacen("dimension = \"sex\"", "dimensions = \"sex\"", 1)
            .into_bytes()
    });
    assert_eq!((kind.code, shown(&kind)), (2, vec!["错误 toml-shape".to_string(); 2]), "{}", kind.complained);
    let title = of_lists("pipeline.toml", |text| text.replacen("title = {", "title = 5 # {", 1).into_bytes());
    assert_eq!((title.code, shown(&title)), (2, vec!["错误 toml-shape".to_string()]), "{}", title.complained);
    assert!(title.complained.contains("应为 { zh = "), "{}", title.complained);
    let quotes = of_lists("measures.toml", |text| text.replacen("unit = \"人\"", "unit = “人”", 1).into_bytes());
    assert_eq!((quotes.code, shown(&quotes)), (2, vec!["错误 toml-syntax".to_string()]), "{}", quotes.complained);
    assert!(
        quotes.complained.contains("中文引号") && quotes.complained.contains("应为：英文（半角）的“\"”"),
        "{}",
        quotes.complained
    );
}

#[test]
fn of_several_faults_the_cause_comes_first() {
    let ran = of_lists("pipeline.toml", |text| text.replace("codes/sex.csv", "codes/sexes.csv").into_bytes());
    assert_eq!(shown(&ran).first().map(String::as_str), Some("错误 seed-unreadable"), "{}", ran.complained);
    assert!(ran.complained.contains("文件不存在") && !ran.complained.contains("os error"), "{}", ran.complained);
    let ran = of_lists("records/pupils.toml", |text| {
        text.replacen("optional = true", "optional = \"是\"", 1)
            .replacen("measure = \"late\"", "measure = \"later\"", 1)
            .into_bytes()
    });
    assert_eq!(shown(&ran), ["错误 toml-shape", "错误 name-unknown"], "{}", ran.complained);
    let ran = of_lists("pipeline.toml", |text| format!("targets = \"目标\"\n{text}").into_bytes());
    assert_eq!(shown(&ran), ["错误 seed-unreadable"], "{}", ran.complained);
    assert!(ran.complained.contains("targets 所指的文件夹 pipelines/lists/目标 不存在"), "{}", ran.complained);
}
