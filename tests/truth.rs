//! The sample workbooks say what their generator meant: every value at its cell, and every planted mistake found.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::OnceLock,
};

use yardstick::model::Period;

use crate::{
    published::{Row, rows},
    workshop::{HOME, sample},
};

/// Every leaf cell of the sample, as the generator wrote it: one file for each form.
pub fn truth() -> &'static [Row] {
    static TRUTH: OnceLock<Vec<Row>> = OnceLock::new();
    TRUTH.get_or_init(|| {
        let folder = Path::new(HOME).join("tests/sample/truth");
        let entries = fs::read_dir(&folder).unwrap_or_else(|fault| panic!("{}: {fault}", folder.display()));
        let mut names: Vec<_> = entries.map(|entry| entry.expect("an entry").file_name()).collect();
        names.sort();
        names.iter().flat_map(|name| read(&format!("truth/{}", name.to_string_lossy()))).collect()
    })
}

fn read(name: &str) -> Vec<Row> {
    let path = Path::new(HOME).join("tests/sample").join(name);
    rows(&fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display())))
}

type Cell = (String, String, String);

fn cell(row: &Row) -> Cell {
    (row["file"].to_string(), row["sheet"].to_string(), row["cell"].to_string())
}

/// What a value is of, its value and its status; a total is `_T` on both sides.
fn meaning(row: &Row) -> (Vec<String>, Option<f64>, String) {
    let of = [
        "measure",
        "area",
        "period",
        "stage",
        "build_type",
        "project",
        "subject",
        "grade",
        "sex",
        "school",
        "counterpart",
        "region",
        "university",
        "place",
        "target",
    ];
    let of = of.map(|column| if row[column].is_empty() { "_T".to_string() } else { row[column].to_string() });
    (of.to_vec(), row.number("value"), row["status"].to_string())
}

/// Rates as offices report them are compared and never counted; the truth does not hold them.
fn is_rate(measure: &str) -> bool {
    measure.starts_with("reported_") || measure == "project_progress"
}

#[test]
fn every_cell_of_the_sample_is_read_as_it_was_meant() {
    let truth: BTreeMap<Cell, _> = truth().iter().map(|row| (cell(row), meaning(row))).collect();
    let observations = sample().published.table("observations");
    let (reported, read): (Vec<_>, Vec<_>) = observations.iter().partition(|row| is_rate(&row["measure"]));
    let read: BTreeMap<Cell, _> = read.into_iter().map(|row| (cell(row), meaning(row))).collect();

    let unlike: Vec<_> = truth
        .iter()
        .filter(|(cell, meant)| read.get(*cell) != Some(*meant))
        .map(|(cell, meant)| format!("{cell:?}: meant {meant:?}, read {:?}", read.get(cell)))
        .collect();
    assert!(unlike.is_empty(), "{} cells, such as\n{}", unlike.len(), unlike[..unlike.len().min(10)].join("\n"));
    let beyond: Vec<_> = read.keys().filter(|cell| !truth.contains_key(*cell)).collect();
    assert!(beyond.is_empty(), "{} cells hold no figure, such as {:?}", beyond.len(), beyond.first());
    assert_eq!((truth.len(), observations.len()), (30_589, 30_589 + reported.len()));

    let rates: BTreeSet<_> = reported.iter().map(|row| &row["measure"]).collect();
    assert_eq!(
        rates,
        BTreeSet::from([
            "project_progress",
            "reported_execution_rate",
            "reported_myopia_rate",
            "reported_public_share",
            "reported_spending_per_pupil"
        ])
    );
}

/// The code of the finding that answers a kind of planted mistake.
fn code(kind: &str) -> &'static str {
    match kind {
        "area_typo" => "area-typo",
        "blank" => "value-missing",
        "form_missing" => "form-missing",
        "total_off" | "short_off" | "parts_off" => "sum-differs",
        "rate_off" => "rate-differs",
        "jump" => "change-suspicious",
        "shares_off" => "shares-differ",
        "unproven" => "milestone-unproven",
        other => panic!("no finding is known for the planted mistake `{other}`"),
    }
}

/// Does a finding name this planted mistake?
fn names(finding: &Row, planted: &Row) -> bool {
    let place = [&planted["file"], &planted["sheet"], &planted["cell"]].join(" › ");
    let at = finding["code"] == *code(&planted["kind"]);
    match &planted["kind"] {
        // A form that is not there has no cell: the sentence names office, form and year.
        "form_missing" => {
            let (form, period) = planted["note"].split_once(" was not sent for ").expect("a form and a period");
            let period: Period = period.parse().expect("a period");
            let says = |word: &&str| finding["message_zh"].contains(*word);
            at && ["从化区", form].iter().all(says) && finding["message_en"].contains(&period.in_english())
        }
        // Of 应配 = 已配 + 缺额 the rule cannot know which of the three is wrong: it names them all.
        "short_off" | "parts_off" => at && finding["also"].split(" | ").any(|other| other == place),
        _ => at && cell(finding) == cell(planted),
    }
}

#[test]
fn every_planted_mistake_is_found_at_its_cell_and_nothing_else_is() {
    let planted = read("oddities.csv");
    let findings = sample().published.table("findings");
    let grave: Vec<_> = findings.iter().filter(|finding| finding["severity"] != *"note").collect();
    for mistake in &planted {
        let count = grave.iter().filter(|finding| names(finding, mistake)).count();
        assert_eq!(count, 1, "{mistake:?} has {count} findings");
    }
    let invented: Vec<_> = grave.iter().filter(|finding| !planted.iter().any(|mistake| names(finding, mistake))).collect();
    assert!(invented.is_empty(), "nobody planted {invented:#?}");
    assert!(grave.iter().all(|finding| finding["severity"] == *"warning"), "honest mistakes are warnings");
    assert_eq!(sample().code, 0);
}

#[test]
fn a_target_that_last_year_already_passed_is_called_out() {
    let findings = sample().published.table("findings");
    let notes: Vec<_> = findings.iter().filter(|finding| finding["severity"] == *"note").collect();
    assert!(notes.iter().all(|note| note["code"] == *"target-easy"), "{notes:#?}");
    // Places against last year's, fitness against last year's: last actual, target, this year's.
    for numbers in [["60,000", "145,000", "68,040"], ["52", "58.06", "53.04"]] {
        let says = |text: &str| numbers.iter().all(|number| text.contains(number));
        let named = notes.iter().filter(|note| says(&note["message_zh"]) && says(&note["message_en"])).count();
        assert_eq!(named, 1, "{numbers:?} in {notes:#?}");
    }
}
