//! What each area is told of itself: forms it owes, findings in its own files, and how it stands to its commitments.

use std::{
    collections::{BTreeSet, HashMap},
    io,
};

use rayon::prelude::*;

use super::{artifacts::Results, output::Artifact};
use crate::{
    diag::Finding,
    model::{Area, ArrivalState, Id, Text, number::printed},
    publish::notice::{self, Notice, Owed, Pages, Standing},
};

/// The page of one area, and how much it asks for.
pub struct Sent {
    pub area: Text,
    pub asks: usize,
    pub page: Artifact,
}

/// A page for every area that is to send anything, in the conventional order of areas.
pub fn notices(results: &Results, findings: &[Finding]) -> io::Result<Vec<Sent>> {
    let senders: BTreeSet<&Id> = results.completeness.iter().map(|row| &row.area).collect();
    let owners = owners(results);
    let is_sender = |area: &&Area| senders.contains(&area.code);
    let areas: Vec<&Area> = results.plan.book.areas.iter().filter(is_sender).collect();
    let pages = notice::pages(results.order.language).map_err(io::Error::other)?;
    areas.into_par_iter().map(|area| sent(results, area, findings, &owners, &pages)).collect()
}

fn sent(results: &Results, area: &Area, findings: &[Finding], owners: &HashMap<&str, &Id>, pages: &Pages) -> io::Result<Sent> {
    let is_its = |finding: &&Finding| match owners.get(finding.place.file.as_str()) {
        Some(owner) => **owner == area.code,
        // A file that could not be read belongs to whom its name says.
        None => results.plan.book.areas.find_within(&finding.place.file).is_some_and(|(named, _)| named.code == area.code),
    };
    let found: Vec<&Finding> = findings.iter().filter(|finding| !finding.place.file.is_empty()).filter(is_its).collect();
    let owed = owed(results, area);
    let said = Notice {
        title: &results.plan.title,
        area: &area.name,
        as_of: &results.order.as_of.to_string(),
        sample: results.plan.sample,
        owed: &owed,
        findings: &found,
        standings: &standings(results, area),
    };
    let page = notice::page(&said, pages).map_err(io::Error::other)?;
    let page = Artifact { path: format!("findings/{}.html", area.code), bytes: page.into_bytes() };
    Ok(Sent { area: area.name.clone(), asks: owed.len() + found.len(), page })
}

/// Whose file each is: of a file with figures of several areas nobody's.
fn owners<'a>(results: &'a Results) -> HashMap<&'a str, &'a Id> {
    let mut owners: HashMap<&str, Option<&Id>> = HashMap::new();
    for observation in results.dataset.observations.iter().chain(&results.dataset.totals) {
        for file in observation.files() {
            let owner = owners.entry(file.as_ref()).or_insert(Some(&observation.area));
            if *owner != Some(&observation.area) {
                *owner = None;
            }
        }
    }
    owners.into_iter().filter_map(|(file, owner)| Some((file, owner?))).collect()
}

fn owed(results: &Results, area: &Area) -> Vec<Owed> {
    let has_not_come = [ArrivalState::Overdue, ArrivalState::Awaited, ArrivalState::Missing];
    let rows = results.arrivals.iter().filter(|row| row.area == area.code && has_not_come.contains(&row.state));
    rows.map(|row| Owed {
        code: row.form.to_string(),
        name: results.plan.form_title(&row.form).cloned().unwrap_or_default(),
        period: row.period.to_string(),
        due: row.due.map_or_else(String::new, |day| day.to_string()),
        state: row.state.name(),
    })
    .collect()
}

fn standings(results: &Results, area: &Area) -> Vec<Standing> {
    let rows = results.summary.progress.iter().filter(|progress| progress.area == area.code);
    rows.filter_map(|progress| {
        let target = results.plan.targets.iter().find(|target| target.id == progress.target)?;
        let indicator = target.taken().indicator.as_deref().and_then(|id| results.plan.indicator(id));
        let number = |value: Option<f64>| {
            let (Some(value), Some(indicator)) = (value, indicator) else { return Text::default() };
            let (number, unit) = (printed(value, indicator.decimals), &indicator.unit);
            Text::new(format!("{number}{}", unit.zh), format!("{number} {}", unit.en))
        };
        Some(Standing {
            name: target.name.clone(),
            verdict: progress.verdict,
            value: number(progress.value),
            level: number(progress.target_value),
            note: progress.note.clone(),
        })
    })
    .collect()
}
