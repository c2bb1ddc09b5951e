//! What the batch says to machines and to those who set it up: log, heartbeat, status, notification, settings, schemas.

use std::{fs, path::Path, process::Output};

use serde_json::Value;

use super::two_good;
use crate::workshop::{HOME, Workshop, order, small};

fn yardstick(shop: &Workshop, words: &[&str]) -> Output {
    shop.command().args(words).output().expect("yardstick starts")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn a_log_for_machines_is_one_object_a_line_and_nothing_else() {
    let shop = two_good();
    shop.put("notes.txt", "x");
    let output = order(shop.command(), &small("stages"), Path::new("in"), &["--log-format", "json"]).output().expect("a run");
    assert!(output.stdout.is_empty());
    let lines: Vec<Value> = text(&output.stderr).lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    let events: Vec<&str> = lines.iter().map(|line| line["event"].as_str().expect("an event")).collect();
    assert!(events.starts_with(&["stage"]) && events.contains(&"finding") && events.last() == Some(&"result"), "{events:?}");
    let found = lines.iter().find(|line| line["event"] == "finding").expect("a finding");
    assert_eq!((&found["code"], &found["place"]["file"]), (&Value::from("file-ignored"), &Value::from("notes.txt")));
    let result = &lines[lines.len() - 1];
    assert_eq!((&result["exit_code"], &result["workbooks"]), (&Value::from(0), &Value::from(2)));

    let heartbeat: Value = serde_json::from_slice(&fs::read(shop.path("out/stages/heartbeat.json")).expect("it")).expect("JSON");
    assert_eq!((&heartbeat["run"], &heartbeat["outcome"]), (&result["run"], &result["outcome"]));
}

#[test]
fn the_manifest_tells_phases_memory_counts_and_every_file() {
    let ran = two_good().run("stages", &[]);
    let manifest = ran.published.manifest();
    for phase in ["plan", "receive", "ingest", "check", "compute", "chart", "publish"] {
        assert!(manifest["milliseconds"][phase].is_u64(), "{phase} in {manifest:#}");
    }
    assert!(manifest["peak_memory_bytes"].as_u64().is_some_and(|bytes| bytes > 1_000_000));
    let listed: Vec<&str> =
        manifest["artifacts"].as_array().expect("a list").iter().filter_map(|artifact| artifact["path"].as_str()).collect();
    let mut written: Vec<&str> = ran.published.files.keys().map(String::as_str).filter(|path| *path != "run.json").collect();
    written.sort_unstable();
    let mut listed_in_order = listed.clone();
    listed_in_order.sort_unstable();
    assert_eq!(listed_in_order, written);
}

#[test]
fn status_tells_good_from_old_from_failed() {
    let shop = two_good();
    assert_eq!(yardstick(&shop, &["status", "--output", "out"]).status.code(), Some(2), "nothing has run");
    shop.run("stages", &[]);
    let good = yardstick(&shop, &["status", "--output", "out", "--lang", "en"]);
    assert_eq!(good.status.code(), Some(0), "{}", text(&good.stdout));
    assert!(text(&good.stdout).starts_with("stages\n  result 20"), "{}", text(&good.stdout));
    let old = yardstick(&shop, &["status", "--output", "out", "--max-age", "0", "--format", "json"]);
    assert_eq!(old.status.code(), Some(1));
    let object: Value = serde_json::from_slice(&old.stdout).expect("an object");
    assert_eq!((&object["pipeline"], &object["well"]), (&Value::from("stages"), &Value::from(false)));
    fs::remove_dir_all(shop.path("in")).expect("the input vanishes");
    shop.run("stages", &[]);
    let failed = yardstick(&shop, &["status", "--output", "out"]);
    assert_eq!(failed.status.code(), Some(1));
    assert!(text(&failed.stdout).contains("最近一次运行失败"), "{}", text(&failed.stdout));
}

#[test]
fn whoever_is_to_be_told_is_told_without_a_shell() {
    let shop = two_good();
    let words = |more: &'static [&'static str]| more.iter().flat_map(|word| ["--notify-command", word]).collect::<Vec<_>>();
    let ran = shop.run("stages", &words(&["tee", "told; rm -rf in", "$(touch x)"]));
    assert_eq!(ran.code, 0, "{}", ran.complained);
    let told: Value =
        serde_json::from_slice(&fs::read(shop.path("told; rm -rf in")).expect("a file of that name")).expect("JSON");
    assert_eq!((&told["pipeline"], &told["outcome"]), (&Value::from("stages"), &Value::from("clean")));
    assert!(shop.path("in").is_dir() && shop.path("$(touch x)").exists() && !shop.path("x").exists());
    let ran = shop.run("stages", &words(&["false"]));
    assert_eq!(ran.code, 0);
    assert!(ran.complained.contains("[notify-failed]"), "{}", ran.complained);
    assert!(shop.run("stages", &words(&["/no/such/program"])).complained.contains("[notify-failed]"));
}

#[test]
fn the_command_line_outranks_the_environment_and_that_the_file() {
    let shop = Workshop::new();
    fs::create_dir(shop.path("etc")).expect("a folder");
    fs::write(shop.path("etc/yardstick.toml"), "input = \"in\"\noutput = \"results\"\nkeep = 5\nlanguage = \"en\"\n")
        .expect("settings");
    let mut command = shop.command();
    command.env("YARDSTICK_OUTPUT", "elsewhere").env("YARDSTICK_KEEP", "6");
    let output = command.args(["config", "--config", "etc/yardstick.toml", "--keep", "7"]).output().expect("config");
    let lines: Vec<&str> = text(&output.stdout).lines().collect();
    let line = |key: &str| lines.iter().find(|line| line.starts_with(key)).unwrap_or_else(|| panic!("{key} in {lines:#?}"));
    assert!(line("keep ").starts_with("keep = 7 ") && line("keep ").ends_with("# command line"));
    assert!(line("output").contains("\"elsewhere\"") && line("output").ends_with("# environment, YARDSTICK_OUTPUT"));
    assert!(line("input").contains("\"etc/in\"") && line("input").ends_with("# etc/yardstick.toml:1"), "relative to the file");
    assert!(line("cache").ends_with("# built in"));
    // What it prints is settings, and gives the same again.
    let printed = format!("{}\n", lines.join("\n"));
    fs::write(shop.path("again.toml"), &printed).expect("settings");
    let again = yardstick(&shop, &["config", "--config", "again.toml"]);
    let value = |line: &str| line.split(" #").next().unwrap_or_default().trim_end().to_string();
    let values: Vec<String> = text(&again.stdout).lines().filter(|line| !line.starts_with('#')).map(value).collect();
    assert_eq!(values, lines.iter().filter(|line| !line.starts_with('#')).map(|line| value(line)).collect::<Vec<_>>());

    fs::write(shop.path("bad.toml"), "kepe = 1\nkeep = \"x\"\n").expect("settings");
    let refused = yardstick(&shop, &["run", "--config", "bad.toml"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("bad.toml:1") && text(&refused.stderr).contains("bad.toml:2"));
}

#[test]
fn help_is_in_the_language_that_is_asked_for_whatever_else_is_wrong() {
    let shop = Workshop::new();
    let help = |words: &[&str]| text(&yardstick(&shop, words).stdout).to_string();
    for words in [&["--help"][..], &["-h"], &["help"]] {
        assert!(help(words).contains("用法：yardstick [选项] <命令>"), "{words:?}");
    }
    assert!(help(&["run", "--help"]).contains("用法：yardstick run [选项] [PIPELINE]..."));
    assert_eq!(help(&["run", "--help"]), help(&["help", "run"]));
    assert!(help(&["run", "--help", "--lang", "en"]).contains("Usage: yardstick run [OPTIONS] [PIPELINE]..."));
    let nothing_said = yardstick(&shop, &[]);
    assert_eq!(nothing_said.status.code(), Some(2));
    assert!(text(&nothing_said.stderr).contains("命令："));

    fs::write(shop.path("yardstick.toml"), "language = \"en\"\ninput = \"returns\"\n").expect("settings");
    assert!(help(&["run", "--help"]).contains("[default: returns]"), "{}", help(&["run", "--help"]));
    fs::write(shop.path("yardstick.toml"), "kepe = 1\n").expect("settings");
    assert!(help(&["run", "--help"]).contains("用法："));
}

#[test]
fn the_schemas_are_those_of_the_program_and_every_toml_file_links_to_its_own() {
    let shop = Workshop::new();
    assert!(yardstick(&shop, &["schema", "made"]).status.success());
    let kept = Path::new(HOME).join("pipelines/schema");
    let mut seen = 0;
    for entry in fs::read_dir(shop.path("made")).expect("schemas").flatten() {
        let own = fs::read_to_string(kept.join(entry.file_name())).unwrap_or_default();
        let made = fs::read_to_string(entry.path()).expect("a schema");
        assert!(own == made, "pipelines/schema/{} is out of date: yardstick schema writes it", entry.file_name().display());
        seen += 1;
    }
    assert_eq!(seen, fs::read_dir(kept).expect("schemas").count(), "a schema of nothing");
    let pipelines = Path::new(HOME).join("pipelines");
    for file in walkdir::WalkDir::new(&pipelines)
        .into_iter()
        .flatten()
        .filter(|file| file.path().extension().is_some_and(|end| end == "toml"))
    {
        let toml = fs::read_to_string(file.path()).expect("text");
        let link = toml
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("#:schema "))
            .unwrap_or_else(|| panic!("{:?} links to no schema", file.path()));
        let schema = file.path().parent().expect("a folder").join(link);
        assert!(schema.is_file(), "{:?} links to {schema:?}", file.path());
    }
}

#[test]
fn the_doctor_finds_what_would_stop_a_night() {
    let shop = two_good();
    let pipeline = small("stages").display().to_string();
    let look = |words: &[&str]| {
        let mut command = shop.command();
        command.env("LC_ALL", "C.UTF-8").args(["doctor", &pipeline, "--lang", "en", "--output", "out"]).args(words);
        command.output().expect("doctor")
    };
    let well = look(&["--input", "in"]);
    assert_eq!(well.status.code(), Some(0), "{}", text(&well.stdout));
    assert!(!shop.path("out").exists() && !shop.path("cache").exists(), "looking changes nothing");
    let ill = look(&["--input", "nowhere"]);
    assert_eq!(ill.status.code(), Some(1));
    assert!(text(&ill.stdout).contains("✗ input folder: there is no input folder nowhere"), "{}", text(&ill.stdout));
}

#[test]
fn completions_and_the_manual_name_every_command() {
    let shop = Workshop::new();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = yardstick(&shop, &["completions", shell]);
        assert!(text(&script.stdout).contains("doctor") && text(&script.stdout).contains("keep-failed"), "{shell}");
    }
    let manual = yardstick(&shop, &["man"]);
    let page = text(&manual.stdout).replace('\\', "");
    assert!(!page.contains("read-workbooks"), "what reads for another yardstick is no verb for people");
    assert!([".TH", "notify-command", "YARDSTICK_OUTPUT", "completions"].iter().all(|word| page.contains(word)));
}
