//! The house rules, held by reading the sources: who imports whom, where each big crate lives, who writes to the disk.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use crate::workshop::HOME;

/// A source file without its comments and its tests.
struct Source {
    /// Path below `src`, such as `ingest/number.rs`.
    path: String,
    code: String,
}

impl Source {
    /// The first part of its path: the room it is in.
    fn room(&self) -> &str {
        self.path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    /// How many modules deep it lies below the crate's root.
    fn depth(&self) -> usize {
        let names = self.path.trim_end_matches(".rs").split('/');
        names.filter(|name| !["mod", "lib", "main"].contains(name)).count()
    }
}

/// Files below a folder of the package whose names end so.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let root = Path::new(HOME).join(folder);
    let found = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().map(|entry| entry.expect("an entry"));
    let is_wanted = |path: &Path| path.extension().is_some_and(|end| endings.iter().any(|known| end == *known));
    found
        .filter(|entry| entry.file_type().is_file() && is_wanted(entry.path()))
        .map(|entry| {
            let inside = entry.path().strip_prefix(&root).expect("below the folder").to_string_lossy().into_owned();
            (inside, fs::read_to_string(entry.path()).expect("text"))
        })
        .collect()
}

fn sources() -> Vec<Source> {
    let sources: Vec<Source> = files("src", &["rs"])
        .into_iter()
        .filter(|(path, _)| !path.ends_with("tests.rs") && !path.contains("tests/"))
        .map(|(path, text)| {
            let kept = text
                .split("\n#[cfg(test)]\nmod tests {")
                .next()
                .and_then(|text| text.split("\n#[cfg(all(test, unix))]\nmod tests {").next())
                .unwrap_or_default();
            let code = kept.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
            Source { path, code }
        })
        .collect();
    assert!(sources.len() > 60, "only {} sources were found", sources.len());
    sources
}

/// What follows a path's start: `crate::{model::Text, diag}` leads to `model` and `diag`.
fn first_names(after: &str) -> Vec<String> {
    let name = |text: &str| text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(inside) = after.strip_prefix('{') else { return vec![name(after)] };
    let (mut depth, mut items, mut item) = (1, Vec::new(), String::new());
    for letter in inside.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || depth == 1 && letter == ',' {
            items.push(name(&item));
            item.clear();
        } else {
            item.push(letter);
        }
        if depth == 0 {
            break;
        }
    }
    items.into_iter().filter(|name| !name.is_empty()).collect()
}

/// The rooms that a source names by `crate::` or by climbing with `super::` to the root.
fn imports(source: &Source, rooms: &BTreeSet<String>) -> BTreeSet<String> {
    let climb = "super::".repeat(source.depth());
    let starts = ["crate::", "yardstick::"].into_iter().chain((source.depth() > 0).then_some(climb.as_str()));
    let mut found = BTreeSet::new();
    for start in starts {
        for (at, _) in source.code.match_indices(start) {
            let is_inside_a_word = source.code[..at].ends_with(|c: char| c.is_alphanumeric() || "_:$".contains(c));
            if !is_inside_a_word {
                found.extend(first_names(&source.code[at + start.len()..]));
            }
        }
    }
    found.retain(|name| rooms.contains(name) && name != source.room());
    found
}

const MIDDLE: [&str; 6] = ["ingest", "check", "audit", "compute", "chart", "publish"];

#[test]
fn imports_run_one_way() {
    let sources = sources();
    let rooms: BTreeSet<String> = sources.iter().map(|source| source.room().to_string()).collect();
    let mut allowed: BTreeMap<&str, Vec<&str>> = BTreeMap::from([
        ("model", vec![]),
        ("diag", vec!["model"]),
        ("spec", [&MIDDLE[..], &["diag", "model"]].concat()),
        ("plan", [&MIDDLE[..], &["spec", "diag", "model"]].concat()),
        ("trace", vec!["diag", "model"]),
        ("run", [&MIDDLE[..], &["plan", "spec", "diag", "model", "trace"]].concat()),
        ("cli", rooms.iter().map(String::as_str).filter(|room| *room != "main").collect()),
        ("main", vec!["cli"]),
        ("lib", vec![]),
    ]);
    allowed.extend(MIDDLE.map(|room| (room, vec!["diag", "model"])));
    let mut seen = 0;
    for source in &sources {
        let may =
            allowed.get(source.room()).unwrap_or_else(|| panic!("nobody has said whom the room `{}` may import", source.room()));
        for room in imports(source, &rooms) {
            seen += 1;
            assert!(
                may.contains(&room.as_str()),
                "src/{} imports {room}; {} may import only {may:?}",
                source.path,
                source.room()
            );
        }
    }
    assert!(seen > 100, "only {seen} imports were found: the test reads nothing");
}

#[test]
fn imports_are_found_however_they_are_written() {
    let rooms = ["model", "diag", "run", "plan", "ingest"].map(str::to_string).into();
    let found = |path: &str, code: &str| {
        let source = Source { path: path.to_string(), code: code.to_string() };
        imports(&source, &rooms).into_iter().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(found("check/mod.rs", "use crate::{\n    diag::{Code, run},\n    model::Text,\n};"), "diag model");
    assert_eq!(found("check/sum.rs", "let plan: crate::plan::Plan;"), "plan");
    assert_eq!(found("check/mod.rs", "use super::ingest::Layout;"), "ingest");
    assert_eq!(found("check/sum.rs", "use super::plan; use super::super::{run, model};"), "model run");
    assert_eq!(found("publish/draw/pen.rs", "use super::super::plan;"), "");
    assert_eq!(found("main.rs", "yardstick::run::run()"), "run");
    assert_eq!(found("ingest/mod.rs", "macro_rules! m { () => { $crate::plan } } use mycrate::run; crate::ingest::x()"), "");
}

/// Words of outside crates and of the disk, each with the rooms in which they may stand.
const HOMES: &[(&str, &[&str])] = &[
    ("exmex", &["audit"]),
    ("calamine", &["ingest"]),
    ("encoding_rs", &["ingest", "run"]),
    ("html5gum", &["ingest"]),
    ("roxmltree", &["ingest"]),
    ("rlimit", &["ingest"]),
    ("flate2", &["ingest"]),
    ("Command::new", &["ingest", "cli"]),
    ("plotters", &["publish"]),
    ("tiny_skia", &["publish"]),
    ("rust_xlsxwriter", &["publish"]),
    ("docx_rs", &["publish"]),
    ("png::Encoder", &["publish"]),
    ("ttf_parser", &["publish"]),
    ("minijinja", &["publish"]),
    ("toml::", &["spec", "plan"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("polars", &["compute", "publish", "ingest"]),
    ("statrs", &["compute"]),
    ("annotate_snippets", &["diag"]),
    ("sha2", &["run"]),
    ("walkdir", &["run"]),
    ("tempfile", &["run"]),
    ("fs::write", &["run", "cli"]),
    ("create_dir", &["run"]),
    ("fs::rename", &["run"]),
    ("fs::remove", &["run"]),
    ("File::create", &["run"]),
    ("set_permissions", &["run"]),
    ("symlink", &["run"]),
    // The lock is opened without being cut off.
    ("OpenOptions", &["run"]),
    ("postcard", &["ingest", "run"]),
    ("mimalloc", &["main"]),
    ("rustix", &["run"]),
];

/// How often a source's code speaks of a word that begins as it does.
fn count(source: &Source, word: &str) -> usize {
    let begins = |at: usize| !source.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
    source.code.match_indices(word).filter(|(at, _)| begins(*at)).count()
}

#[test]
fn each_crate_has_one_home_and_only_the_run_writes_to_the_disk() {
    let sources = sources();
    for &(word, homes) in HOMES {
        let mut used = 0;
        for source in &sources {
            let count = count(source, word);
            used += count;
            assert!(
                count == 0 || homes.contains(&source.room()),
                "src/{} speaks of `{word}`, whose home is {homes:?}",
                source.path
            );
        }
        let is_a_crate = !word.contains("::") && !word.contains('_') && word != "symlink";
        assert!(used > 0 || !is_a_crate, "`{word}` is used nowhere");
    }
    let by_hand: usize = sources.iter().filter(|source| source.room() == "cli").map(|source| count(source, "fs::write")).sum();
    assert!(by_hand <= 1, "the command line writes one page, where --html names it");
    for word in ["process::exit", "static mut", "unsafe "] {
        let bad: Vec<_> = sources.iter().filter(|source| count(source, word) > 0).map(|source| &source.path).collect();
        assert!(bad.is_empty(), "`{word}` in {bad:?}");
    }
}

/// They compile the rooms that read without the rest of the program, and nobody builds them every day.
#[test]
fn the_fuzz_targets_have_every_crate_that_their_rooms_use() {
    let dependencies = |path: &str| -> toml::Table {
        let manifest = fs::read_to_string(Path::new(HOME).join(path)).expect("a manifest");
        let manifest: toml::Table = manifest.parse().expect("TOML");
        manifest["dependencies"].as_table().expect("dependencies").clone()
    };
    let (own, theirs) = (dependencies("Cargo.toml"), dependencies("tests/fuzz/Cargo.toml"));
    let rooms: Vec<Source> =
        sources().into_iter().filter(|source| ["ingest", "diag", "model"].contains(&source.room())).collect();
    let is_used = |name: &String| {
        let word = format!("{}::", name.replace('-', "_"));
        rooms.iter().any(|source| count(source, &word) > 0)
    };
    let used: Vec<&String> = own.keys().filter(|name| is_used(name)).collect();
    assert!(used.len() > 15, "only {used:?} are used");
    for name in used {
        assert_eq!(theirs.get(name), own.get(name), "`{name}` in tests/fuzz/Cargo.toml");
    }
}

#[test]
fn nothing_in_the_sources_gives_up() {
    for source in sources() {
        for word in [".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!(", "dbg!("] {
            assert!(!source.code.contains(word), "src/{} holds {word}", source.path);
        }
    }
    for (path, text) in files("src", &["rs", "html", "toml"]).into_iter().chain(files("pipelines", &["toml"])) {
        for word in ["TODO", "FIXME", "XXX", "HACK"] {
            let bad = text.lines().find(|line| line.split(|c: char| !c.is_alphanumeric()).any(|part| part == word));
            assert!(bad.is_none(), "{path}: {bad:?}");
        }
    }
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let kinds = ["rs", "toml", "html", "md", "py"];
    let mut seen = 0;
    for folder in ["src", "tests", "pipelines", "seeds"] {
        for (path, text) in files(folder, &kinds) {
            seen += 1;
            let lines = text.lines().count();
            assert!(lines <= 400, "{folder}/{path} has {lines} lines");
            assert!(!path.ends_with(".rs") || text.starts_with("//! "), "{folder}/{path} does not open by saying what it is");
            for name in path.split(['/', '.']) {
                let is_a_drawer = ["utils", "util", "helpers", "helper", "common", "misc", "manager", "stuff"].contains(&name);
                assert!(!is_a_drawer, "{folder}/{path}: `{name}` says nothing");
            }
        }
    }
    assert!(seen > 100, "only {seen} files were found");
    let lines = |path: &str| fs::read_to_string(Path::new(HOME).join(path)).map_or(0, |text| text.lines().count());
    assert!((1..60).contains(&lines("src/main.rs")), "main.rs is arguments in, exit code out");
    assert!((1..150).contains(&lines("src/README.md")), "src/README.md is one read");
}
