//! What is kept from one night to the next changes how long a night takes, and nothing else.

use std::{fs, path::Path};

use super::{form, two_good, work};
use crate::{
    alike::lasting,
    workshop::{HOME, Ran, Workshop, small},
};

fn sample(shop: &Workshop, more: &[&str]) -> Ran {
    let home = Path::new(HOME);
    let ran = shop.run_pipeline(&home.join("pipelines/guangzhou-2023"), &home.join("input/guangzhou-2023"), more);
    assert_eq!(ran.code, 0, "{}", ran.complained);
    ran
}

fn same_files(cold: &Ran, warm: &Ran, how: &str) {
    let (cold, warm) = (lasting(&cold.published), lasting(&warm.published));
    assert_eq!(cold.keys().collect::<Vec<_>>(), warm.keys().collect::<Vec<_>>(), "{how}");
    let unlike: Vec<_> = cold.iter().filter(|(path, bytes)| warm[*path] != **bytes).map(|(path, _)| path).collect();
    assert!(unlike.is_empty(), "{how}: {unlike:?}");
}

#[test]
fn a_night_on_which_nothing_changed_reads_no_workbook_and_gives_the_bytes_of_a_cold_run() {
    let (warm, cold) = (Workshop::new(), Workshop::new());
    let first = sample(&warm, &["--as-of", "2024-01-31"]);
    assert_eq!(work(&first), (97, first.published.manifest()["counts"]["figures"].as_u64().expect("a count")));
    let same = sample(&warm, &["--as-of", "2024-01-31"]);
    assert_eq!(work(&same), (0, 0), "the same night again");
    assert_eq!(same.published.manifest()["same_as"], first.published.manifest()["run"]);
    same_files(&first, &same, "the same night again");
    assert_eq!(first.published.manifest()["counts"], same.published.manifest()["counts"]);
    // The words at the terminal too, but for the line that says so.
    let findings = |ran: &Ran| ran.complained.lines().filter(|line| line.starts_with("警告")).count();
    assert_eq!(findings(&first), findings(&same));

    // The next day: the charts say their day, and are drawn; no workbook is read.
    let next = sample(&warm, &["--as-of", "2024-02-01"]);
    assert_eq!(work(&next).0, 0, "the next day");
    same_files(&sample(&cold, &["--as-of", "2024-02-01", "--cold"]), &next, "the next day");
    assert!(!cold.path("cache").exists(), "a cold run keeps nothing");
}

#[test]
fn one_changed_workbook_is_the_only_one_read_again() {
    let shop = two_good();
    assert_eq!(work(&shop.run("stages", &["--as-of", "2024-01-31"])).0, 2);
    shop.put("荔湾区2023年.xlsx", form("荔湾区教育局", 2023, 1300));
    let warm = shop.run("stages", &["--as-of", "2024-01-31"]);
    assert_eq!(work(&warm).0, 1);
    fs::remove_dir_all(shop.path("cache")).expect("the cache may go at any time");
    let cold = shop.run("stages", &["--as-of", "2024-01-31", "--cold"]);
    assert_eq!(work(&cold).0, 2);
    same_files(&cold, &warm, "one workbook changed");
    assert!(warm.published.text("observations.csv").contains("1300"));

    // Away and back again: nothing of the night between is left.
    fs::remove_file(shop.path("in/荔湾区2023年.xlsx")).expect("a file");
    let gone = shop.run("stages", &["--as-of", "2024-01-31"]);
    assert!(!gone.published.text("observations.csv").contains("1300"));
}

#[test]
fn a_changed_layout_reads_everything_again_and_a_changed_target_nothing() {
    let shop = two_good();
    let pipeline = shop.copy_pipeline("stages");
    let edit = |file: &str, more: &str| {
        let path = shop.path(&pipeline).join(file);
        let text = fs::read_to_string(&path).unwrap_or_default();
        fs::write(&path, format!("{text}\n{more}\n")).expect("a file");
    };
    // What has only just been written may not be what the plan was made of, so it is aged.
    let settle = || shop.age(&pipeline);
    let run = || shop.run_pipeline(&pipeline, Path::new("in"), &["--as-of", "2024-01-31"]);
    assert_eq!(work(&run()).0, 2, "just written: nothing is kept");
    assert_eq!(work(&run()).0, 2, "nor used");
    settle();
    assert_eq!((work(&run()).0, work(&run()).0), (2, 0));
    edit("indicators.toml", "# a remark");
    settle();
    assert_eq!(work(&run()).0, 0, "indicators have no part in the reading");
    let layout = fs::read_dir(shop.path(&pipeline).join("layouts")).expect("layouts").flatten().next().expect("a layout");
    edit(&format!("layouts/{}", layout.file_name().to_string_lossy()), "# a remark");
    settle();
    assert_eq!(work(&run()).0, 2);
}

#[test]
fn a_damaged_entry_is_made_again_with_a_note_and_the_result_is_the_same() {
    let shop = two_good();
    let first = shop.run("stages", &["--as-of", "2024-01-31"]);
    let entries: Vec<_> = fs::read_dir(shop.path("cache/stages")).expect("a cache").flatten().map(|entry| entry.path()).collect();
    let (given, night): (Vec<_>, Vec<_>) = entries.iter().partition(|path| path.extension().is_some_and(|end| end == "given"));
    assert_eq!((given.len(), night.len()), (2, 1), "{entries:?}");
    let mut bytes = fs::read(given[0]).expect("an entry");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(given[0], &bytes).expect("an entry");
    fs::write(given[1], &bytes[..10]).expect("an entry");
    // The whole night is damaged as well, and so not taken again.
    fs::write(night[0], b"x").expect("an entry");
    let again = shop.run("stages", &["--as-of", "2024-01-31", "--lang", "zh"]);
    assert_eq!(work(&again).0, 2);
    assert_eq!(again.complained.matches("[cache-damaged]").count(), 2, "{}", again.complained);
    let notes = again.published.manifest()["notes"].clone();
    assert_eq!(notes.as_array().map(Vec::len), Some(2), "{notes}");
    same_files(&first, &again, "a damaged cache");
    assert_eq!(work(&shop.run("stages", &["--as-of", "2024-01-31"])), (0, 0));
}

#[test]
fn a_result_that_somebody_changed_is_not_taken_again() {
    let shop = two_good();
    let first = shop.run("stages", &["--as-of", "2024-01-31"]);
    let latest = shop.path("out/stages/latest");
    fs::write(latest.join("indicators.csv"), "mine").expect("a file");
    let chart = first.published.files.keys().find(|path| path.ends_with(".png")).expect("a chart");
    fs::write(latest.join(chart), "mine").expect("a file");
    let again = shop.run("stages", &["--as-of", "2024-01-31"]);
    assert_eq!(work(&again), (0, 1), "one chart is drawn again");
    same_files(&first, &again, "a changed result");
}

#[test]
fn a_night_on_which_a_file_could_not_be_read_is_not_taken_again() {
    let shop = two_good();
    shop.put("天河区2023年.xlsx", b"PK\x03\x04, and then nothing");
    assert_eq!(shop.run("stages", &["--as-of", "2024-01-31"]).code, 1);
    let again = shop.run("stages", &["--as-of", "2024-01-31"]);
    assert_eq!((again.code, work(&again)), (1, (1, 0)), "the damaged one is tried again, the others are not");
    assert!(again.published.manifest()["same_as"].is_null());
}

#[test]
fn a_cache_that_cannot_be_written_is_a_note_and_no_more() {
    let shop = two_good();
    fs::write(shop.path("cache"), "a file").expect("a file in its place");
    let ran = shop.run("stages", &["--as-of", "2024-01-31"]);
    assert_eq!(ran.code, 0, "{}", ran.complained);
    assert!(ran.complained.contains("[cache-unwritable]"), "{}", ran.complained);
    assert!(small("stages").is_dir() && !ran.published.is_empty());
}
