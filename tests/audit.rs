//! The audit of the report's arithmetic: its answers, worked out again here, and what happens when a figure is changed.

use std::path::Path;

use yardstick::{
    audit::audit,
    model::{Audited, Outcome},
    plan::Plan,
};

use crate::workshop::{HOME, Workshop};

fn shipped() -> Vec<Audited> {
    let mut findings = Vec::new();
    let plan = Plan::read(&Path::new(HOME).join("pipelines/guangzhou-2023"), &mut findings).expect("a pipeline without faults");
    audit(&plan.audit).0
}

fn of<'a>(audited: &'a [Audited], id: &str) -> &'a Audited {
    audited.iter().find(|check| &*check.id == id).unwrap_or_else(|| panic!("no check {id}"))
}

#[test]
fn every_check_of_the_catalogue_is_answered() {
    assert_eq!(shipped().len(), 91);
}

#[test]
fn the_answers_are_what_the_printed_figures_give() {
    let audited = shipped();
    let two = |value: f64| format!("{value:.2}");
    for (id, value, unit) in [
        ("budget_parts_sum", two(34.77 + 31.15), "亿元"),
        ("budget_transfer_share", two(31.15 / 65.92 * 100.0), "%"),
        ("budget_increase", two(65.92 - 65.92 / 1.3578), "亿元"),
        ("sister_target_vs_last", two(20.0 / (35.0 + 9.0) * 100.0), "%"),
        ("places_target_vs_last", two(6.0 / 14.5 * 100.0), "%"),
        ("pilot_province_total", two(66.0 / 0.357), "名"),
        ("lunch_rest_pupils", two(87.5 / 0.9504), "万人"),
        ("preschool_inclusive_in_private", two((89.10 - 55.82) / (100.0 - 55.82) * 100.0), "%"),
        ("awards_total", (10 + 27 + 11 + 159 + 200 + 278 + 4 + 2 + 2 + 21 + 38 + 59).to_string(), "个"),
        ("year_passed_at_issue", format!("{:.1}", 118.0 / 365.0 * 100.0), "%"),
        ("issue_to_web", 7.to_string(), "天"),
        ("kindergarten_number_implied", String::from("1,640（1,600 至 1,682）"), "所"),
        ("psych_possible_counts", String::from("89（697/483、710/492、723/501…）"), "对"),
    ] {
        let computed = &of(&audited, id).computed.zh;
        assert!(computed.starts_with(&value) && computed.ends_with(unit), "{id}: {computed} is not {value}{unit}");
    }
}

#[test]
fn what_does_not_add_up_stands_first_and_says_why() {
    let audited = shipped();
    let failing = audited.iter().take_while(|check| !check.outcome.adds_up()).count();
    assert!(audited[failing..].iter().all(|check| check.outcome.adds_up()), "a failure stands behind what adds up");
    assert!(audited.iter().all(|check| !check.is_open()), "the shipped report has an unexplained fault");
    for (id, outcome) in [
        ("psych_base_if_648", Outcome::Inconsistent),
        ("users_other_reading", Outcome::RejectedReading),
        ("fitness_target_vs_actual", Outcome::TargetBelowActual),
        ("base_year_lag_fitness", Outcome::GapYear),
        ("routes_per_theme", Outcome::Unequal),
        ("list_brand", Outcome::PartlyListed),
        ("wording_5", Outcome::TwoNames),
        ("users_cross_check", Outcome::Consistent),
        ("pilot_province_total", Outcome::Consistent),
        ("aid_schools_2023", Outcome::Consistent),
        ("list_equipment", Outcome::Consistent),
        ("purchase_per_pupil_if_separate", Outcome::Undecidable),
        ("principal_vs_reading_schools", Outcome::NotComparable),
    ] {
        assert_eq!(of(&audited, id).outcome, outcome, "{id}");
    }
}

/// The seeds and the pipeline, copied so that a figure can be changed.
fn copied(change: impl Fn(&str, String) -> String) -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a folder");
    for folder in ["pipelines/guangzhou-2023", "seeds"] {
        for entry in walkdir::WalkDir::new(Path::new(HOME).join(folder)) {
            let entry = entry.expect("an entry");
            let inside = entry.path().strip_prefix(HOME).expect("inside");
            let to = place.path().join(inside);
            if entry.file_type().is_dir() {
                std::fs::create_dir_all(&to).expect("a folder");
            } else if let Ok(text) = std::fs::read_to_string(entry.path()) {
                std::fs::write(&to, change(&inside.to_string_lossy(), text)).expect("a file");
            }
        }
    }
    place
}

fn check_report(place: &Path, language: &str) -> (Option<i32>, String, String) {
    let pipeline = place.join("pipelines/guangzhou-2023");
    let mut command = Workshop::new().command();
    command.current_dir(HOME).args(["check", "--report", "--lang", language, "--pipeline"]).arg(pipeline);
    let said = command.output().expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (said.status.code(), text(&said.stdout), text(&said.stderr))
}

#[test]
fn a_figure_that_no_longer_adds_up_is_shown_first_and_fails() {
    let as_is = copied(|_, text| text);
    let (code, table, findings) = check_report(as_is.path(), "en");
    assert_eq!(code, Some(0), "{table}{findings}");
    assert!(table.contains("91 checks") && table.contains("0 do not add up unexplained"), "{table}");
    assert!(findings.contains("note[report-differs]") && !findings.contains("warning["), "{findings}");
    assert!(!table.contains('（') && !table.contains('至'), "{table}");

    let changed = copied(|path, text| match path.ends_with("guangzhou-2022.csv") {
        true => text.replace(",3477000000,", ",3377000000,"),
        false => text,
    });
    let (code, table, findings) = check_report(changed.path(), "en");
    assert_eq!(code, Some(1), "{table}{findings}");
    let first = table.lines().find(|line| line.contains("inconsistent")).unwrap_or_default();
    assert!(first.contains("Departmental budget and transfers together") && first.contains("64.92"), "{table}");
    assert!(findings.contains("warning[report-differs]") && findings.contains("budget_parts_sum"), "{findings}");
}

#[test]
fn a_formula_with_a_fault_shows_its_line_and_nothing_runs() {
    let place = copied(|path, text| match path.ends_with("1-money.toml") {
        true => text
            .replace("(budget_department + budget_transfer)", "(budget_departement + budget_transfer)")
            .replace("private_place_extra_funds / public_place_purchase_funds * 100", "private_place_extra_funds / * 100"),
        false => text,
    });
    let (code, _, findings) = check_report(place.path(), "en");
    assert_eq!(code, Some(2));
    assert!(findings.contains("did you mean `budget_department`?") && findings.contains("not a formula"), "{findings}");
    assert!(findings.matches("1-money.toml:").count() >= 2, "{findings}");
}

#[test]
fn a_pipeline_without_an_audit_says_so() {
    let mut command = Workshop::new().command();
    command.current_dir(HOME).args(["check", "--report", "--pipeline", "scotland-ptr", "--lang", "en"]);
    let said = command.output().expect("the program runs");
    assert_eq!(said.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&said.stderr).contains("audits no report"));
}
