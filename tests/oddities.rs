//! One folder in `cases/` per oddity of a spreadsheet: the sheet as typed, what is read from which cell, what is said about it.

use std::{collections::BTreeMap, fs, path::Path};

use rayon::prelude::*;
use serde::Deserialize;

use crate::{
    grid::workbook,
    published::Row,
    workshop::{HOME, Workshop},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What is promised, in a sentence.
    promise: String,
    /// The small pipeline in `cases/pipeline/` that reads it.
    #[serde(default = "by_stage")]
    pipeline: String,
    #[serde(default = "plain_name")]
    file: String,
    sheets: BTreeMap<String, String>,
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    /// `B4 pupils 440103 2023 primary = 1200`, or the letter of its status where there is no value.
    observations: String,
    /// `warning area-typo 表 A4`; none unless given.
    #[serde(default)]
    findings: String,
    #[serde(default)]
    exit: i32,
}

fn by_stage() -> String {
    "stages".to_string()
}

fn plain_name() -> String {
    "荔湾区2023年.xlsx".to_string()
}

/// An observation in a line: its cell or number of rows, what it is of, its value or why there is none.
fn line(row: &Row, many_sheets: bool) -> String {
    let status = match &row["status"] {
        "A" => String::new(),
        letter => format!(" {letter}"),
    };
    let sheet = if many_sheets { format!("{}!", &row["sheet"]) } else { String::new() };
    let stage = row.0.get("stage").map_or(String::new(), |stage| format!(" {stage}"));
    let of = row.cells(&["measure", "area", "period"]).join(" ");
    let said = format!("{}{status}", &row["value"]);
    // What is counted over rows of a list has no cell.
    let place = if row["cell"].is_empty() { format!("{} rows", &row["rows"]) } else { row["cell"].to_string() };
    format!("{sheet}{place} {of}{stage} = {}", said.trim())
}

fn finding_line(row: &Row) -> String {
    row.cells(&["severity", "code", "sheet", "cell"]).join(" ").trim_end().to_string()
}

fn sorted(lines: impl Iterator<Item = String>) -> String {
    let mut lines: Vec<String> = lines.map(|line| line.trim().to_string()).filter(|line| !line.is_empty()).collect();
    lines.sort();
    lines.join("\n")
}

/// What is not as it should be.
fn unlike(what: &str, expected: &str, found: &str) -> Option<String> {
    (expected != found).then(|| format!("{what}, expected:\n{expected}\n{what}, found:\n{found}"))
}

fn try_case(folder: &Path) -> Result<(), String> {
    let name = folder.file_name().expect("a case has a name").to_string_lossy().into_owned();
    let text = fs::read_to_string(folder.join("case.toml")).map_err(|fault| format!("{name}: {fault}"))?;
    let case: Case = toml::from_str(&text).map_err(|fault| format!("{name}: {fault}"))?;
    let sheets: Vec<(&str, &str)> = case.sheets.iter().map(|(name, grid)| (name.as_str(), grid.as_str())).collect();

    let shop = Workshop::new();
    shop.put(&case.file, workbook(&sheets));
    let ran = shop.run(&case.pipeline, &[]);
    if ran.published.is_empty() {
        return Err(format!("{name}: {}\nnothing was published\n{}", case.promise, ran.complained));
    }
    let observations = ran.published.table("observations");
    let read = sorted(observations.iter().map(|row| line(row, sheets.len() > 1)));
    let said = sorted(ran.published.table("findings").iter().map(finding_line));
    let faults: Vec<String> = [
        unlike("observations", &sorted(case.expect.observations.lines().map(str::to_string)), &read),
        unlike("findings", &sorted(case.expect.findings.lines().map(str::to_string)), &said),
        unlike("exit code", &case.expect.exit.to_string(), &ran.code.to_string()),
    ]
    .into_iter()
    .flatten()
    .collect();
    if faults.is_empty() { Ok(()) } else { Err(format!("{name}: {}\n{}", case.promise, faults.join("\n"))) }
}

#[test]
fn every_oddity_is_read_as_a_careful_person_reads_it() {
    let mut folders: Vec<_> = fs::read_dir(Path::new(HOME).join("tests/cases"))
        .expect("the folder of cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.file_name().is_some_and(|name| name != "pipeline"))
        .collect();
    folders.sort();
    assert!(folders.len() >= 30, "only {} cases", folders.len());
    let faults: Vec<String> = folders.par_iter().filter_map(|folder| try_case(folder).err()).collect();
    assert!(faults.is_empty(), "{} of {} cases:\n\n{}", faults.len(), folders.len(), faults.join("\n\n"));
}
