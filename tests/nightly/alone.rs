//! All or nothing, one at a time, and nothing of others taken away.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    thread::sleep,
    time::Duration,
};

use super::two_good;
use crate::{
    published::Published,
    workshop::{Workshop, order, small},
};

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The published runs in the output folder.
fn runs(shop: &Workshop) -> Vec<String> {
    names(&shop.path("out/stages")).into_iter().filter(|name| name.starts_with("20")).collect()
}

/// What a run that is under way, or was cut short, is being written into, once it says whose it is.
fn staging(shop: &Workshop) -> Option<String> {
    let is_marked = |name: &String| name.starts_with(".staging-") && shop.path("out/stages").join(name).join("run.json").exists();
    names(&shop.path("out/stages")).into_iter().find(is_marked)
}

fn run(shop: &Workshop, more: &[&str]) -> Command {
    order(shop.command(), &small("stages"), Path::new("in"), &[&["--as-of", "2024-01-31"], more].concat())
}

#[test]
fn a_run_that_was_killed_leaves_the_last_result_and_is_put_aside_by_the_next() {
    let shop = two_good();
    let first = shop.run("stages", &["--as-of", "2024-01-31"]);
    // Killed as soon as its staging is there and says whose it is. On a busy machine a run may be over before that is seen.
    let is_cut_short = (0..20).any(|_| {
        let mut child =
            run(&shop, &["--cold", "--keep", "1"]).stderr(Stdio::null()).stdout(Stdio::null()).spawn().expect("a run");
        while staging(&shop).is_none() && child.try_wait().expect("a child").is_none() {
            sleep(Duration::from_millis(1));
        }
        child.kill().expect("killed, or over");
        child.wait().expect("gone");
        staging(&shop).is_some()
    });
    assert!(is_cut_short, "no run was caught");
    let latest = fs::read_link(shop.path("out/stages/latest")).expect("latest");
    let standing = Published::read(&shop.path("out/stages/latest"));
    assert_eq!(standing.files["indicators.csv"], first.published.files["indicators.csv"]);

    let next = shop.run("stages", &["--as-of", "2024-01-31", "--lang", "en"]);
    assert_eq!(next.code, 0, "{}", next.complained);
    assert_ne!(fs::read_link(shop.path("out/stages/latest")).expect("latest"), latest);
    assert!(next.complained.contains("[run-unfinished]"), "{}", next.complained);
    let failed = names(&shop.path("out/stages/failed"));
    assert_eq!(failed.len(), 1);
    let manifest = fs::read_to_string(shop.path("out/stages/failed").join(&failed[0]).join("run.json")).expect("its manifest");
    assert!(manifest.contains("\"unfinished\""), "{manifest}");
    assert!(staging(&shop).is_none());
    assert_eq!(first.published.manifest()["counts"], next.published.manifest()["counts"]);

    // And away with it when it is no longer wanted.
    shop.run("stages", &["--as-of", "2024-01-31", "--keep-failed", "0"]);
    assert!(!shop.path("out/stages/failed").exists());
}

#[test]
fn whatever_a_run_had_got_to_when_it_was_killed_goes_away_in_the_end() {
    let shop = two_good();
    shop.run("stages", &["--as-of", "2024-01-31"]);
    let out = shop.path("out/stages");
    let marked = |name: &str| {
        fs::create_dir_all(out.join(name).join("charts")).expect("a folder");
        let run = name.trim_start_matches(|letter| !char::is_numeric(letter));
        let manifest = format!(r#"{{"yardstick":"0.1.0","pipeline":"stages","run":"{run}","outcome":"unfinished"}}"#);
        fs::write(out.join(name).join("run.json"), manifest).expect("a manifest");
    };
    marked(".staging-2024-01-01T020000");
    marked(".staging-2024-01-02T020000");
    fs::write(out.join(".staging-2024-01-02T020000/charts/.new-abc"), "half").expect("a file");
    fs::create_dir_all(out.join(".staging-2024-01-03T020000")).expect("a folder, not yet marked");
    fs::write(out.join(".staging-2024-01-03T020000/.new-abc"), "half a manifest").expect("a file");
    marked(".removed-2024-01-04T020000");
    fs::create_dir_all(out.join(".removed-2024-01-05T020000/charts")).expect("a folder, its manifest gone");
    fs::write(out.join(".new-abc"), "half a heartbeat").expect("a file");
    let ran = shop.run("stages", &["--as-of", "2024-01-31", "--keep-failed", "0"]);
    assert_eq!(ran.complained.matches("[run-unfinished]").count(), 2, "{}", ran.complained);
    let hidden: Vec<String> = names(&out).into_iter().filter(|name| name.starts_with('.') && name != ".lock").collect();
    assert!(hidden.is_empty() && !out.join("failed").exists(), "{hidden:?}");
}

#[test]
fn a_second_run_ends_with_2_and_says_who_is_there_or_waits() {
    let shop = two_good();
    shop.run("stages", &["--as-of", "2024-01-31"]);
    let lock = fs::File::options().read(true).write(true).open(shop.path("out/stages/.lock")).expect("the lock's file");
    lock.lock().expect("locked by this test");
    fs::write(shop.path("out/stages/.lock"), r#"{"process":4711,"host":"night","since":"2024-01-31T02:00:00Z"}"#).expect("words");
    let before = runs(&shop);
    let refused = shop.run("stages", &["--as-of", "2024-01-31", "--lang", "en"]);
    assert_eq!(refused.code, 2);
    assert!(refused.complained.contains("[output-locked]") && refused.complained.contains("process 4711 on night"));
    assert_eq!(runs(&shop), before);

    let mut waiting = run(&shop, &["--wait"]).stderr(Stdio::null()).stdout(Stdio::null()).spawn().expect("a run");
    sleep(Duration::from_millis(500));
    assert!(waiting.try_wait().expect("a child").is_none(), "it did not wait");
    lock.unlock().expect("let go");
    assert_eq!(waiting.wait().expect("it ends").code(), Some(0));
    assert_eq!(runs(&shop).len(), before.len() + 1);
}

#[test]
fn a_run_that_fails_is_kept_for_a_while_and_leaves_word() {
    let shop = two_good();
    shop.run("stages", &["--as-of", "2024-01-31"]);
    let latest = fs::read_link(shop.path("out/stages/latest")).expect("latest");
    fs::rename(shop.path("in"), shop.path("away")).expect("the input vanishes");
    for _ in 0..5 {
        assert_eq!(shop.run("stages", &["--keep-failed", "2"]).code, 2);
    }
    assert_eq!(fs::read_link(shop.path("out/stages/latest")).expect("latest"), latest);
    let failed = names(&shop.path("out/stages/failed"));
    assert_eq!(failed.len(), 2);
    let findings = fs::read_to_string(shop.path("out/stages/failed").join(&failed[1]).join("findings.json")).expect("findings");
    assert!(findings.contains("input-missing"), "{findings}");
    let heartbeat = fs::read_to_string(shop.path("out/stages/heartbeat.json")).expect("a heartbeat");
    assert!(heartbeat.contains("\"failed\"") && heartbeat.contains("没有输入文件夹"), "{heartbeat}");
}

#[test]
fn a_pipeline_that_never_ran_leaves_no_folder_behind_when_it_cannot() {
    let shop = Workshop::new();
    assert_eq!(shop.run("stages", &[]).code, 2);
    assert!(names(&shop.path("out")).is_empty());
}

#[test]
fn only_so_many_runs_are_kept_and_nothing_is_removed_that_was_not_written() {
    let shop = two_good();
    for day in 1..=3 {
        shop.run("stages", &["--as-of", &format!("2024-01-0{day}")]);
    }
    let three = runs(&shop);
    assert_eq!(three.len(), 3);
    fs::write(shop.path("out/stages").join(&three[1]).join("notes.txt"), "mine").expect("somebody's file");
    fs::create_dir(shop.path("out/stages/2000-01-01T000000")).expect("somebody's folder");
    fs::write(shop.path("out/stages/2000-01-01T000000/run.json"), "{}").expect("somebody's file");
    let ran = shop.run("stages", &["--as-of", "2024-01-04", "--keep", "2", "--lang", "en"]);
    assert!(ran.complained.contains("[run-kept]") && ran.complained.contains("notes.txt"), "{}", ran.complained);
    let left = runs(&shop);
    assert_eq!(left.len(), 4, "{left:?}");
    assert!(!left.contains(&three[0]) && left.contains(&three[1]) && left.contains(&"2000-01-01T000000".to_string()));
    assert!(shop.path("out/stages").join(&three[1]).join("index.html").exists());
}

#[test]
fn a_clock_that_was_put_back_loses_nothing() {
    let shop = two_good();
    shop.run("stages", &["--as-of", "2024-01-31"]);
    // As if the last run had been made a year from now, before the clock was put right.
    let future = "2099-01-01T000000";
    let first = runs(&shop);
    fs::rename(shop.path("out/stages").join(&first[0]), shop.path("out/stages").join(future)).expect("renamed");
    fs::remove_file(shop.path("out/stages/latest")).expect("the link");
    std::os::unix::fs::symlink(future, shop.path("out/stages/latest")).expect("a link");
    let ran = shop.run("stages", &["--as-of", "2024-01-31", "--keep", "1"]);
    assert_eq!(ran.code, 0, "{}", ran.complained);
    let latest = fs::read_link(shop.path("out/stages/latest")).expect("latest");
    assert_ne!(latest, Path::new(future), "latest moves to the run that was made last");
    assert!(shop.path("out/stages").join(latest).join("index.html").exists());
}
