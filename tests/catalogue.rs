//! The catalogue in `seeds/`: all commitments and all reported figures of the document, whole, unambiguous, in words of our own.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use yardstick::{
    model::{Aim, Period, Target, fold_heading},
    plan::Plan,
};

use crate::{
    published::{Row, rows},
    workshop::{HOME, skipped},
};

fn plan() -> Plan {
    let mut findings = Vec::new();
    let plan = Plan::read(&Path::new(HOME).join("pipelines/guangzhou-2023"), &mut findings);
    plan.unwrap_or_else(|| panic!("{findings:#?}"))
}

/// A list of the reference material, or a loud word that the comparison was skipped.
fn reference(list: &str) -> Option<Vec<BTreeMap<String, String>>> {
    let path = Path::new(HOME).join("../shared/catalogue").join(list);
    let Ok(text) = fs::read_to_string(&path) else {
        skipped(format!("{} is not here", path.display()));
        return None;
    };
    let mut lines = text.lines().map(|line| line.split('\t').map(String::from));
    let heading: Vec<String> = lines.next().expect("a heading").collect();
    Some(lines.map(|cells| heading.iter().cloned().zip(cells).collect()).collect())
}

fn reported() -> Vec<Row> {
    rows(&fs::read_to_string(Path::new(HOME).join("seeds/reported/guangzhou-2022.csv")).expect("the reported figures"))
}

fn is_milestone(target: &Target) -> bool {
    target.readings.iter().any(|reading| reading.aim == Aim::Milestone)
}

#[test]
fn all_commitments_are_there_once() {
    let plan = plan();
    assert_eq!(plan.targets.len(), 182);
    assert_eq!(plan.targets.iter().filter(|target| target.period == Period::Year(2023)).count(), 177);
    let (earlier, now): (Vec<&Target>, Vec<&Target>) = plan.targets.iter().partition(|target| target.id.starts_with("ref2022_"));
    assert_eq!((earlier.len(), now.len()), (5, 177));
    assert!(earlier.iter().all(|target| target.period == Period::Year(2022)));
    assert_eq!(plan.targets.iter().filter(|target| is_milestone(target)).count(), 95);
    let ids: BTreeSet<&str> = plan.targets.iter().map(|target| &*target.id).collect();
    assert_eq!(ids.len(), plan.targets.len());
}

#[test]
fn the_ledger_can_tell_every_name_from_every_other() {
    let plan = plan();
    for of in [|target: &Target| target.name.zh.clone(), |target: &Target| target.name.en.clone()] {
        let mut seen = BTreeMap::new();
        for target in &plan.targets {
            let name = fold_heading(&of(target));
            assert!(!name.is_empty(), "{} has no name", target.id);
            if let Some(other) = seen.insert(name.clone(), &target.id) {
                panic!("{} and {other} are both called {name}", target.id);
            }
        }
    }
    let ids: BTreeSet<String> = plan.targets.iter().map(|target| fold_heading(&target.id)).collect();
    let names = plan.targets.iter().map(|target| fold_heading(&target.name.zh));
    assert!(names.into_iter().all(|name| !ids.contains(&name)));
}

#[test]
fn every_commitment_is_decided_by_a_figure_or_the_ledger_or_says_why_by_nothing() {
    let plan = plan();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for target in &plan.targets {
        for reading in &target.readings {
            let kind = match &reading.aim {
                Aim::Milestone => "milestone",
                Aim::Undecidable { because } => {
                    assert!(because.zh.chars().count() >= 10 && because.en.len() >= 20, "{}: {because:?}", target.id);
                    "nothing"
                }
                aim => {
                    let id = reading.indicator.as_ref().unwrap_or_else(|| panic!("{}: {aim:?} needs an indicator", target.id));
                    assert!(plan.indicator(id).is_some(), "{}: no indicator {id}", target.id);
                    "figure"
                }
            };
            if std::ptr::eq(reading, target.taken()) {
                *kinds.entry(kind).or_default() += 1;
            }
            assert!(!reading.words.zh.is_empty() && !reading.words.en.is_empty(), "{}", target.id);
        }
        let citation = target.citation.as_ref().unwrap_or_else(|| panic!("{} is not cited", target.id));
        assert_eq!(citation.document, "穗教发〔2023〕16号");
        assert!(target.answers.is_some() && !target.unit.zh.is_empty() && !target.unit.en.is_empty(), "{}", target.id);
    }
    assert_eq!(kinds, BTreeMap::from([("figure", 84), ("milestone", 94), ("nothing", 4)]));
}

#[test]
fn several_readings_are_several_rules() {
    let plan = plan();
    let mut ambiguous = 0;
    for target in &plan.targets {
        ambiguous += usize::from(target.readings.len() > 1);
        for (place, reading) in target.readings.iter().enumerate() {
            let twin =
                target.readings[..place].iter().find(|other| other.aim == reading.aim && other.indicator == reading.indicator);
            assert!(twin.is_none(), "{}: {} is {} again", target.id, reading.words.zh, twin.expect("found").words.zh);
        }
    }
    assert!(ambiguous >= 35, "only {ambiguous} commitments show another reading");
}

#[test]
fn the_catalogue_is_the_reference_material() {
    let Some(reference) = reference("targets.tsv") else { return };
    let plan = plan();
    let by_id: BTreeMap<&str, &Target> = plan.targets.iter().map(|target| (&*target.id, target)).collect();
    assert_eq!(by_id.keys().copied().collect::<BTreeSet<_>>(), reference.iter().map(|row| row["id"].as_str()).collect());
    for row in &reference {
        let target = by_id[row["id"].as_str()];
        let citation = target.citation.as_ref().expect("cited");
        let cited = [citation.part.clone(), citation.section.clone(), citation.paragraph.to_string()];
        assert_eq!(cited, ["part", "section", "paragraph_no"].map(|column| row[column].clone()), "{}", target.id);
        assert_eq!(row["measure_kind"] == "milestone", is_milestone(target), "{}", target.id);
        let printed: Option<f64> = row["target_value"].parse().ok();
        let aim = &target.taken().aim;
        match (aim, printed) {
            (Aim::AtLeast(_) | Aim::AtMost(_) | Aim::Flow { .. } | Aim::About { .. }, Some(printed)) => {
                assert_eq!(aim.printed_level(), Some(printed), "{}", target.id);
            }
            (Aim::All, Some(printed)) => assert_eq!(printed, 100.0, "{}", target.id),
            _ => {}
        }
    }
}

#[test]
fn all_reported_figures_are_there_with_their_values() {
    let reported = reported();
    assert_eq!(reported.len(), 200);
    let ids: BTreeSet<&str> = reported.iter().map(|row| &row["id"]).collect();
    assert_eq!(ids.len(), 200);
    let plan = plan();
    for row in &reported {
        for target in row["target"].split("; ").filter(|target| !target.is_empty()) {
            assert!(plan.targets.iter().any(|known| &*known.id == target), "{} speaks of {target}", &row["id"]);
        }
    }
    for target in &plan.targets {
        if let Some(baseline) = &target.baseline {
            let row = reported.iter().find(|row| row["id"] == *baseline.id).unwrap_or_else(|| panic!("no {}", baseline.id));
            assert_eq!(row.number("value"), Some(baseline.value));
            assert!(baseline.period < target.period, "{} starts from {}", target.id, baseline.period);
        }
    }
    assert!(plan.targets.iter().filter(|target| target.baseline.is_some()).count() >= 15);
    let Some(reference) = reference("facts2022.tsv") else { return };
    for (row, known) in reported.iter().zip(&reference) {
        assert_eq!(row["id"], *known["id"]);
        let known_value: Option<f64> = known["value_plain"].parse().ok();
        assert_eq!(row.number("value"), known_value, "{}", &row["id"]);
    }
}

#[test]
fn all_checks_of_the_arithmetic_are_there() {
    let checks = plan().audit;
    let ids: BTreeSet<&str> = checks.iter().map(|check| &*check.id).collect();
    assert_eq!((checks.len(), ids.len()), (91, 91));
    let Some(reference) = reference("arithmetic.tsv") else { return };
    assert_eq!(ids, reference.iter().map(|row| row["id"].as_str()).collect());
}

/// Every file of the catalogue.
fn files() -> Vec<(PathBuf, String)> {
    let folders = ["seeds/targets", "seeds/reported", "pipelines/guangzhou-2023"].map(|folder| Path::new(HOME).join(folder));
    let found = folders.into_iter().flat_map(|folder| walkdir::WalkDir::new(folder).into_iter().flatten());
    let texts = found.filter_map(|entry| Some((entry.path().to_path_buf(), fs::read_to_string(entry.path()).ok()?)));
    texts.collect()
}

/// Stretches of so many Chinese characters in a row.
fn stretches(text: &str, length: usize) -> impl Iterator<Item = String> {
    let runs = text.split(|c: char| !('\u{4e00}'..='\u{9fff}').contains(&c)).map(|run| run.chars().collect::<Vec<_>>());
    runs.flat_map(move |run| run.windows(length).map(|window| window.iter().collect()).collect::<Vec<String>>())
        .collect::<Vec<_>>()
        .into_iter()
}

#[test]
fn no_sentence_of_the_document_is_copied() {
    const MOST: usize = 11;
    let path = Path::new(HOME).join("../shared/seed/report-2022-2023.zh.txt");
    let Ok(document) = fs::read_to_string(&path) else {
        skipped(format!("{} is not here", path.display()));
        return;
    };
    let said: BTreeSet<String> = stretches(&document, MOST + 1).collect();
    assert!(said.len() > 1000, "the document was not read");
    let files = files();
    assert!(files.len() > 40, "only {} files of the catalogue", files.len());
    // Names of documents may stand: that of the report, and that of the task letter which form T01 is taken from.
    let titles = ["广州市教育局2022年工作总结及2023年工作要点", "推动基础教育高质量发展任务书"];
    for (path, text) in files {
        let text = titles.iter().fold(text, |text, title| text.replace(title, ""));
        let copied: Vec<String> = stretches(&text, MOST + 1).filter(|part| said.contains(part)).collect();
        assert!(copied.is_empty(), "{} copies {copied:?}", path.display());
    }
}
