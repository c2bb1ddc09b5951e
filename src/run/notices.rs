//! What each area is told of itself: forms it owes, findings in its own files, and how it stands to its commitments.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
};

use rayon::prelude::*;

use super::{found::Found, output::Artifact, owners::Owners};
use crate::{
    diag::{self, Code, Finding},
    model::{
        Area, Arrival, ArrivalState, Id, Text,
        goal::{judged_level, judged_value},
    },
    publish::notice::{self, Notice, Owed, Pages, Standing},
};

/// The page of one area, and how much it asks for.
pub struct Sent {
    pub name: Text,
    pub asks: usize,
    pub page: Artifact,
}

/// A page for every area that is to send anything, in the conventional order of areas, and one for what is no single area's.
pub fn notices(results: &Found, findings: &[Finding]) -> io::Result<Vec<Sent>> {
    let senders: BTreeSet<&Id> = results.completeness.iter().map(|row| &row.area).collect();
    let owners = Owners::new(results.dataset, &results.plan.book.areas, findings);
    let mut by_area: BTreeMap<&Id, Vec<&Finding>> = BTreeMap::new();
    let mut general = Vec::new();
    for finding in findings {
        match owners.of(finding).filter(|owner| senders.contains(owner)) {
            Some(owner) => by_area.entry(owner).or_default().push(finding),
            // The page of the area itself says what it owes.
            None if finding.code == Code::FormMissing => {}
            None => general.push(finding),
        }
    }
    let is_sender = |area: &&Area| senders.contains(&area.code);
    let areas: Vec<&Area> = results.plan.book.areas.iter().filter(is_sender).collect();
    let pages = notice::pages(results.order.language).map_err(io::Error::other)?;
    let of_area = |area: &Area| {
        // Whoever reads the page has filled the forms.
        let found = by_area.get(&area.code).into_iter().flatten().map(|found| diag::at_the_desk((*found).clone()));
        let found: Vec<Finding> = found.collect();
        sent(results, About::area(results, area), &found.iter().collect::<Vec<_>>(), &pages)
    };
    let mut sent_to = areas.into_par_iter().map(of_area).collect::<io::Result<Vec<Sent>>>()?;
    if !general.is_empty() {
        sent_to.push(sent(results, About::nobody(), &general, &pages)?);
    }
    Ok(sent_to)
}

/// What a page is about.
struct About {
    /// Names the file.
    code: String,
    name: Text,
    heading: Text,
    owed: Vec<Owed>,
    standings: Vec<Standing>,
}

impl About {
    fn area(results: &Found, area: &Area) -> Self {
        let (zh, en) = (&area.name.zh, &area.name.en);
        About {
            code: area.code.to_string(),
            name: area.name.clone(),
            heading: Text::new(format!("{zh} · 报送核对单"), format!("{en} · What was found in what you sent")),
            owed: owed(results, area),
            standings: standings(results, area),
        }
    }

    fn nobody() -> Self {
        About {
            code: "general".to_string(),
            name: Text::new("不属于单个地区", "Of no single area"),
            heading: Text::new("不属于单个地区的核查发现", "Findings that are no single area's"),
            owed: Vec::new(),
            standings: Vec::new(),
        }
    }
}

fn sent(results: &Found, about: About, found: &[&Finding], pages: &Pages) -> io::Result<Sent> {
    let said = Notice {
        title: &results.plan.title,
        heading: &about.heading,
        as_of: &results.order.as_of.to_string(),
        sample: results.plan.sample,
        owed: &about.owed,
        findings: found,
        standings: &about.standings,
    };
    let page = notice::page(&said, pages).map_err(io::Error::other)?;
    let page = Artifact { path: format!("findings/{}.html", about.code), bytes: page.into_bytes() };
    Ok(Sent { name: about.name, asks: about.owed.len() + found.len(), page })
}

fn owed(results: &Found, area: &Area) -> Vec<Owed> {
    let is_owed = |row: &&Arrival| match row.state {
        ArrivalState::Overdue | ArrivalState::Missing => true,
        // Without a day that is agreed nothing is asked for yet.
        ArrivalState::Awaited => row.due.is_some(),
        ArrivalState::OnTime | ArrivalState::Late | ArrivalState::Undated => false,
    };
    let rows = results.arrivals.iter().filter(|row| row.area == area.code).filter(is_owed);
    rows.map(|row| Owed {
        code: row.form.to_string(),
        name: results.plan.form_title(&row.form).cloned().unwrap_or_default(),
        period: row.period.in_words(),
        due: row.due.map_or_else(String::new, |day| day.to_string()),
        state: row.state.name(),
    })
    .collect()
}

fn standings(results: &Found, area: &Area) -> Vec<Standing> {
    let rows = results.summary.progress.iter().filter(|progress| progress.area == area.code);
    rows.filter_map(|progress| {
        let target = results.plan.targets.iter().find(|target| target.id == progress.target)?;
        let indicator = target.taken().indicator.as_deref().and_then(|id| results.plan.indicator(id));
        Some(Standing {
            name: target.name.clone(),
            verdict: progress.verdict,
            value: judged_value(indicator, target, progress),
            level: judged_level(indicator, target, progress),
            note: progress.note.clone(),
        })
    })
    .collect()
}
