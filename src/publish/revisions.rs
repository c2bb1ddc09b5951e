//! The page of revisions: what changed since the run before, by area, with the workbook that caused it, in both languages.

use std::collections::BTreeMap;

use minijinja::{Value, context};

use super::{
    revised::Names,
    words::{both, environment},
};
use crate::model::{Language, Period, Revision, RevisionKind, Revisions, Text};

const PAGE: &str = include_str!("revisions.html");

/// Rows of one area that the page shows; all of them are in the table.
const SHOWN: usize = 100;

/// What the page shows, in both languages.
pub struct Changes<'a> {
    pub title: &'a Text,
    /// The language in which it opens.
    pub language: Language,
    pub sample: bool,
    pub names: Names<'a>,
    pub revisions: &'a Revisions,
}

/// The page as HTML.
pub fn page(changes: &Changes) -> Result<String, minijinja::Error> {
    let mut pages = environment(changes.language)?;
    pages.add_template("revisions.html", PAGE)?;
    let revisions = changes.revisions;
    let mut areas: Vec<(&str, Vec<&Revision>)> = Vec::new();
    for revision in &revisions.list {
        match areas.iter_mut().find(|(code, _)| *code == revision.area) {
            Some((_, list)) => list.push(revision),
            None => areas.push((&revision.area, vec![revision])),
        }
    }
    let areas: Vec<Value> = areas.into_iter().map(|(code, list)| area(changes, code, &list)).collect();
    let counts: Vec<Value> =
        RevisionKind::ALL.iter().map(|kind| context! { name => both(&kind.name()), count => revisions.count(*kind) }).collect();
    let (zh, en) = (&changes.title.zh, &changes.title.en);
    pages.get_template("revisions.html")?.render(context! {
        page_title => Text::new(format!("变动 · {zh}"), format!("Revisions · {en}")),
        heading => both(changes.title),
        sample => changes.sample,
        since => revisions.since,
        counts,
        unchanged => revisions.unchanged,
        as_shown => revisions.as_shown,
        areas,
    })
}

fn area(changes: &Changes, code: &str, list: &[&Revision]) -> Value {
    let mut files: BTreeMap<&str, usize> = BTreeMap::new();
    for file in list.iter().map(|revision| cause(revision)).filter(|file| !file.is_empty()) {
        *files.entry(file).or_default() += 1;
    }
    let rows: Vec<Value> = list.iter().take(SHOWN).map(|revision| row(changes, revision)).collect();
    let name = list.first().map_or_else(|| Text::same(code), |revision| changes.names.area(revision));
    context! {
        code,
        name => both(&name),
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

fn row(changes: &Changes, revision: &Revision) -> Value {
    let names = changes.names;
    let [before, after] = names.figures(revision);
    context! {
        name => both(&names.name(revision)), period => both(&Period::written(&revision.period)), part => both(&names.part(revision)),
        kind => both(&revision.kind.name()), tier => revision.tier.map(|tier| both(&tier.name())),
        before => both(&before), after => both(&after), at => Names::place(revision),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Codebook, Dimension, Member, Publication, Tier};

    fn shown(revisions: &Revisions) -> String {
        let mut stage = Dimension::new("stage".into(), Text::new("学段", "stage"), false);
        stage.push(Member { code: "primary".into(), name: Text::new("小学", "primary"), within: None }, &[]);
        let book = Codebook { dimensions: vec![stage], ..Codebook::default() };
        let title = Text::new("广州", "Guangzhou");
        let names = Names { book: &book, indicators: &[] };
        let changes = Changes { title: &title, language: Language::Chinese, sample: false, names, revisions };
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
            breakdown: [("stage".into(), "primary".into())].into(),
            before: side(79.0, "旧.xlsx"),
            after: side(179.0, "<新>.xlsx"),
        };
        let forgotten = Revision { breakdown: [("sex".into(), "2".into())].into(), ..revision.clone() };
        let list = [vec![forgotten], vec![revision; 100]].concat();
        let revisions = Revisions { since: Some("2026-11-23".into()), list, unchanged: 7, ..Revisions::default() };
        let page = shown(&revisions);
        for words in ["荔湾区", "&lt;新&gt;.xlsx", ">sex=2<", "2026-11-23", ">大幅<", ">large<", ">101<"] {
            assert!(page.contains(words), "{words} is not on {page}");
        }
        assert_eq!(page.matches(">小学<").count(), SHOWN - 1);
        assert_eq!(page.matches(">primary<").count(), SHOWN - 1);
        assert!(page.contains(">另有<") && page.contains(">more, see<"), "{page}");
    }

    #[test]
    fn without_an_earlier_run_the_page_says_that_nothing_was_compared() {
        let page = shown(&Revisions::default());
        assert!(page.contains("没有可比的上次结果") && page.contains("no earlier result"));
        let same = Revisions { since: Some("2026-11-23".into()), unchanged: 7, ..Revisions::default() };
        assert!(shown(&same).contains("没有变动"));
    }
}
