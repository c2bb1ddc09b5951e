//! The scorecard: all commitments by section of the document, with verdict, distance, direction, chart, and who answers.

use minijinja::{Environment, Value, context};

use super::gallery::STYLE;
use crate::model::{Language, Verdict};

const PAGE: &str = include_str!("scorecard.html");

/// What the page shows; all words are in its language.
pub struct Scorecard<'a> {
    pub title: &'a str,
    pub as_of: &'a str,
    pub language: Language,
    pub sample: bool,
    /// How many commitments have which verdict.
    pub verdicts: &'a [(Verdict, usize)],
    pub groups: &'a [Group],
}

/// The commitments of one section.
pub struct Group {
    pub heading: String,
    pub rows: Vec<Row>,
}

/// One commitment of the whole area.
pub struct Row {
    pub id: String,
    /// The year it is promised for.
    pub period: i16,
    pub name: String,
    pub paragraph: Option<u32>,
    pub verdict: Verdict,
    pub direction: String,
    pub value: String,
    pub level: String,
    pub gap: String,
    /// Id of the chart in the gallery that shows it.
    pub chart: Option<String>,
    pub answers: String,
    /// The districts by verdict, where they are judged.
    pub districts: Vec<(Verdict, Vec<String>)>,
    pub reading: String,
    pub note: String,
}

/// The page as HTML.
pub fn page(scorecard: &Scorecard) -> Result<String, minijinja::Error> {
    let mut pages = Environment::new();
    pages.add_template("scorecard.html", PAGE)?;
    let named = |verdict: Verdict| verdict.name().in_language(scorecard.language).to_string();
    let verdicts: Vec<Value> = scorecard
        .verdicts
        .iter()
        .map(|&(verdict, count)| context! { word => verdict.word(), name => named(verdict), count })
        .collect();
    let row = |row: &Row| {
        let districts: Vec<Value> = row
            .districts
            .iter()
            .map(|(verdict, names)| context! { word => verdict.word(), name => named(*verdict), names, count => names.len() })
            .collect();
        context! {
            id => row.id, name => row.name, paragraph => row.paragraph, word => row.verdict.word(), verdict => named(row.verdict),
            direction => row.direction, value => row.value, level => row.level, gap => row.gap, chart => row.chart,
            answers => row.answers, districts, reading => row.reading, note => row.note,
        }
    };
    let groups: Vec<Value> = scorecard
        .groups
        .iter()
        .map(|group| context! { heading => group.heading, rows => group.rows.iter().map(row).collect::<Vec<_>>() })
        .collect();
    pages.get_template("scorecard.html")?.render(context! {
        style => Value::from_safe_string(STYLE.to_string()),
        zh => scorecard.language == Language::Chinese,
        title => scorecard.title,
        as_of => scorecard.as_of,
        sample => scorecard.sample,
        total => scorecard.verdicts.iter().map(|(_, count)| count).sum::<usize>(),
        verdicts,
        groups,
    })
}
