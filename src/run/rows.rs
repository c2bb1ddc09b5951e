//! Which rows of its lists a figure was counted over: asked of the workbooks themselves, and only row numbers are told.

use std::{
    collections::{BTreeSet, HashMap},
    path::PathBuf,
};

use super::{input, latest, leftovers::manifest, receive::receive};
use crate::{
    diag::{Code, Finding, Place},
    ingest::{
        Readers, Source,
        records::{Numbers, Wanted},
        row_numbers,
    },
    model::{Breakdown, Id, TOTAL, Text},
    plan::Plan,
    trace::Row,
};

/// What is asked.
pub struct RowsOrder {
    /// The pipeline's folder.
    pub pipeline: PathBuf,
    pub input: PathBuf,
    /// Where the results of its runs are.
    pub output: PathBuf,
    /// So many numbers of each sheet.
    pub most: usize,
    pub readers: Readers,
}

/// A sheet's rows behind one observation.
pub struct Behind {
    pub file: String,
    pub numbers: Numbers,
}

/// The rows behind each of these observations (rows of `observations.csv`). The findings say which could not be asked.
pub fn row_numbers_of(order: &RowsOrder, observations: &[Row], findings: &mut Vec<Finding>) -> Vec<Vec<Behind>> {
    let Some(plan) = Plan::read(&order.pipeline, findings) else { return Vec::new() };
    let sources = unchanged(order, &plan, observations, findings);
    let of = |observation: &Row| -> Vec<Behind> {
        let cell = |column: &str| observation.get(column).map_or("", String::as_str);
        // A figure that is withheld has no number of rows, and its rows are not told.
        let Some(wanted) = wanted(observation, &plan, order.most).filter(|_| !cell("rows").is_empty()) else { return Vec::new() };
        let files: BTreeSet<&str> = cell("file").split("; ").collect();
        let asked = files.into_iter().filter_map(|file| Some((file, sources.get(file)?)));
        let mut behind = Vec::new();
        for (file, source) in asked {
            match row_numbers(source, &plan.records, &wanted, &order.readers) {
                Ok(numbers) => behind.extend(numbers.into_iter().map(|numbers| Behind { file: file.to_string(), numbers })),
                Err(why) => findings.push(Finding::new(Code::WorkbookUnreadable, why).at(Place::file(file))),
            }
        }
        behind
    };
    observations.iter().map(of).collect()
}

/// What an observation is of, if it was counted over rows.
fn wanted(observation: &Row, plan: &Plan, most: usize) -> Option<Wanted> {
    let cell = |column: &str| observation.get(column).map(String::as_str);
    let members = plan.book.dimensions.iter().filter_map(|dimension| {
        let member = cell(&dimension.id).filter(|member| *member != TOTAL && !member.is_empty())?;
        Some((dimension.id.clone(), Id::from(member)))
    });
    Some(Wanted {
        measure: Id::from(cell("measure")?),
        area: Id::from(cell("area")?),
        period: cell("period")?.parse().ok()?,
        breakdown: members.collect::<Breakdown>(),
        most,
    })
}

/// The workbooks that these observations name, if they still are what the run has read.
fn unchanged(order: &RowsOrder, plan: &Plan, observations: &[Row], findings: &mut Vec<Finding>) -> HashMap<String, Source> {
    let counted = observations.iter().filter(|row| row.get("rows").is_some_and(|rows| !rows.is_empty()));
    let named: BTreeSet<&str> = counted.filter_map(|row| row.get("file")).flat_map(|files| files.split("; ")).collect();
    if named.is_empty() {
        return HashMap::new();
    }
    let Some(mut listed) = input::list(&order.input, &mut Vec::new()) else {
        findings.extend(named.into_iter().map(|name| changed(name, order)));
        return HashMap::new();
    };
    listed.retain(|workbook| named.contains(workbook.name.as_ref()));
    let received = receive(&listed, findings);
    let run = manifest(&latest(&order.output, &plan.name), &plan.name).unwrap_or_default();
    let hashes = run["input"].as_array().into_iter().flatten();
    let hashes: HashMap<&str, &str> =
        hashes.filter_map(|entry| Some((entry["path"].as_str()?, entry["sha256"].as_str()?))).collect();
    let stamped = received.sources.into_iter().zip(&received.stamps);
    let sources: HashMap<String, Source> = stamped
        .filter(|(_, stamp)| hashes.get(stamp.name.as_ref()) == Some(&stamp.sha256.as_str()))
        .map(|(source, _)| (source.path.to_string(), source))
        .collect();
    findings.extend(named.into_iter().filter(|name| !sources.contains_key(*name)).map(|name| changed(name, order)));
    sources
}

fn changed(name: &str, order: &RowsOrder) -> Finding {
    let folder = order.input.display();
    let message = Text::new(
        format!("{folder} 中的 {name} 已不是上次运行所读的文件，其行号无从查起"),
        format!("{name} in {folder} is not what the last run has read: its rows cannot be told"),
    );
    Finding::new(Code::InputUnreadable, message).at(Place::file(name)).next(Text::new(
        "用 --input 指定原来的文件夹，或重新运行后再查。",
        "Name the folder of that run with --input, or run again and ask then.",
    ))
}
