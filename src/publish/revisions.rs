//! The page of revisions: what changed since the run before, by area, with the workbook that caused it.

use std::collections::BTreeMap;

use minijinja::{Environment, Value, context};

use super::gallery::STYLE;
use crate::model::{Language, Publication, Revision, RevisionKind, Revisions};

const PAGE: &str = include_str!("revisions.html");

/// Rows of one area that the page shows; all of them are in the table.
const SHOWN: usize = 100;

/// What the page shows.
pub struct Changes<'a> {
    pub title: &'a str,
    pub language: Language,
    pub sample: bool,
    pub revisions: &'a Revisions,
}

/// The page as HTML.
pub fn page(changes: &Changes) -> Result<String, minijinja::Error> {
    let mut pages = Environment::new();
    pages.add_template("revisions.html", PAGE)?;
    let revisions = changes.revisions;
    let mut areas: Vec<(&str, Vec<&Revision>)> = Vec::new();
    for revision in &revisions.list {
        match areas.iter_mut().find(|(code, _)| *code == revision.area) {
            Some((_, list)) => list.push(revision),
            None => areas.push((&revision.area, vec![revision])),
        }
    }
    let areas: Vec<Value> = areas.into_iter().map(|(code, list)| area(code, &list, changes.language)).collect();
    let counts: Vec<Value> = RevisionKind::ALL
        .iter()
        .map(|kind| context! { name => kind.name().in_language(changes.language), count => revisions.count(*kind) })
        .collect();
    pages.get_template("revisions.html")?.render(context! {
        style => Value::from_safe_string(STYLE.to_string()),
        zh => changes.language == Language::Chinese,
        title => changes.title,
        sample => changes.sample,
        since => revisions.since,
        counts,
        unchanged => revisions.unchanged,
        as_shown => revisions.as_shown,
        areas,
    })
}

fn area(code: &str, list: &[&Revision], language: Language) -> Value {
    let mut files: BTreeMap<&str, usize> = BTreeMap::new();
    for file in list.iter().map(|revision| cause(revision)).filter(|file| !file.is_empty()) {
        *files.entry(file).or_default() += 1;
    }
    let rows: Vec<Value> = list.iter().take(SHOWN).map(|revision| row(revision, language)).collect();
    context! {
        code,
        name => list.first().map_or(code, |revision| revision.area_name.as_str()),
        count => list.len(),
        left => list.len() - rows.len(),
        files => files.into_iter().map(|(name, count)| context! { name, count }).collect::<Vec<_>>(),
        rows,
    }
}

/// The workbook that says so now; of what is gone, the one that said it.
fn cause(revision: &Revision) -> &str {
    let Revision { before, after, .. } = revision;
    if after.file.is_empty() { &before.file } else { &after.file }
}

fn row(revision: &Revision, language: Language) -> Value {
    let said = |side: &Publication| side.value.map_or_else(|| "—".to_string(), |value| value.to_string());
    let place = |side: &Publication| {
        let parts = [&side.file, &side.sheet, &side.cell].map(String::as_str);
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" › ")
    };
    let at = if revision.after.cell.is_empty() { place(&revision.before) } else { place(&revision.after) };
    let tier = revision.tier.map_or_else(String::new, |tier| tier.name().in_language(language).to_string());
    context! {
        name => revision.name, period => revision.period, breakdown => revision.breakdown,
        kind => revision.kind.name().in_language(language), tier,
        before => said(&revision.before), after => said(&revision.after), at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Tier;

    fn shown(revisions: &Revisions) -> String {
        let changes = Changes { title: "广州", language: Language::Chinese, sample: false, revisions };
        page(&changes).expect("the template is ours")
    }

    #[test]
    fn each_area_names_the_workbook_that_caused_its_revisions() {
        let side = |value: f64, file: &str| Publication {
            value: Some(value),
            raw: value.to_string(),
            file: file.into(),
            sheet: "表".into(),
            cell: "B3".into(),
        };
        let revision = Revision {
            kind: RevisionKind::Revised,
            tier: Some(Tier::Large),
            table: "observations".into(),
            id: "pupils".into(),
            name: "pupils".into(),
            area: "440103".into(),
            area_name: "荔湾区".into(),
            period: "2023".into(),
            breakdown: "stage=primary".into(),
            before: side(79.0, "旧.xlsx"),
            after: side(179.0, "<新>.xlsx"),
        };
        let revisions =
            Revisions { since: Some("2026-11-23".into()), list: vec![revision; 101], unchanged: 7, ..Revisions::default() };
        let page = shown(&revisions);
        for words in ["荔湾区", "&lt;新&gt;.xlsx", "stage=primary", "2026-11-23", "大幅", ">101<"] {
            assert!(page.contains(words), "{words} is not on {page}");
        }
        assert_eq!(page.matches("stage=primary").count(), SHOWN);
        assert!(page.contains("另有 1 个"), "{page}");
    }

    #[test]
    fn without_an_earlier_run_the_page_says_that_nothing_was_compared() {
        assert!(shown(&Revisions::default()).contains("没有可比的上次结果"));
        let same = Revisions { since: Some("2026-11-23".into()), unchanged: 7, ..Revisions::default() };
        assert!(shown(&same).contains("没有变动"));
    }
}
