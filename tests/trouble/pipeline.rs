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
