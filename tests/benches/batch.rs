//! How long the sample run takes, whole and stage by stage: `cargo bench`.

use std::path::{Path, PathBuf};

use jiff::civil::date;
use yardstick::{
    diag::Finding,
    ingest::{Forgetful, Readers, Source, ingest},
    model::Language,
    plan::Plan,
    run::{Order, Stage, Upkeep, Watch, run},
};

fn main() {
    divan::main();
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn pipeline() -> PathBuf {
    root().join("pipelines/guangzhou-2023")
}

struct Silent;

impl Watch for Silent {
    fn stage(&self, _: Stage, _: usize) {}
    fn step(&self) {}
}

/// From the folder of workbooks to the folder of results, charts and gallery included.
#[divan::bench(sample_count = 10)]
fn whole_sample_run(bencher: divan::Bencher) {
    let output = tempfile::tempdir().expect("a temporary folder");
    let order = Order {
        pipeline: pipeline(),
        input: root().join("input/guangzhou-2023"),
        output: output.path().to_path_buf(),
        as_of: date(2024, 1, 31),
        language: Language::Chinese,
        readers: Readers::here(),
        upkeep: Upkeep::default(),
    };
    bencher.bench_local(|| assert_eq!(run(&order, &Silent).exit_code(), 0));
}

/// The same again on a night on which nothing has changed.
#[divan::bench(sample_count = 20)]
fn unchanged_night(bencher: divan::Bencher) {
    let output = tempfile::tempdir().expect("a temporary folder");
    let order = Order {
        pipeline: pipeline(),
        input: root().join("input/guangzhou-2023"),
        output: output.path().join("output"),
        as_of: date(2024, 1, 31),
        language: Language::Chinese,
        readers: Readers::here(),
        upkeep: Upkeep { cache: Some(output.path().join("cache")), keep: Some(3), ..Upkeep::default() },
    };
    assert_eq!(run(&order, &Silent).exit_code(), 0);
    bencher.bench_local(|| assert!(run(&order, &Silent).published.is_some_and(|published| published.same_as.is_some())));
}

/// The pipeline's TOML and seed lists.
#[divan::bench]
fn plan_alone(bencher: divan::Bencher) {
    bencher.bench_local(|| plan(&pipeline()));
}

/// The sample workbooks from memory to observations.
#[divan::bench(sample_count = 20)]
fn reading_alone(bencher: divan::Bencher) {
    let plan = plan(&pipeline());
    let sources = sources(&root().join("input/guangzhou-2023"));
    let rules = plan.rules();
    bencher.bench_local(|| {
        let reading = ingest(&sources, &rules, &Readers::here(), &Forgetful, &|| {});
        assert!(reading.dataset.observations.len() > 15_000);
    });
}

fn plan(folder: &Path) -> Plan {
    let mut findings: Vec<Finding> = Vec::new();
    Plan::read(folder, &mut findings).expect("a sound pipeline")
}

fn sources(folder: &Path) -> Vec<Source> {
    let mut paths: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .into_iter()
        .flatten()
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|end| end == "xlsx" || end == "xls"))
        .collect();
    paths.sort();
    let source = |path: &PathBuf| {
        let name = path.strip_prefix(folder).unwrap_or(path).display().to_string();
        Source::new(name, std::fs::read(path).expect("a workbook"))
    };
    paths.iter().map(source).collect()
}
