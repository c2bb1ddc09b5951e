//! The scorecard: all commitments by section of the document, with verdict, distance, direction, chart, and who answers.

use minijinja::{Value, context};

use super::{
    gallery::verdict,
    words::{both, environment},
};
use crate::model::{Language, Text, Verdict};

const PAGE: &str = include_str!("scorecard.html");

/// What the page shows, in both languages.
pub struct Scorecard<'a> {
    pub title: &'a Text,
    pub as_of: &'a str,
    /// The language in which it opens.
    pub language: Language,
    pub sample: bool,
    /// How many commitments have which verdict.
    pub verdicts: &'a [(Verdict, usize)],
    /// All areas in their conventional order.
    pub areas: &'a [Text],
    /// The place of the whole among them.
    pub whole: usize,
    pub groups: &'a [Group],
}

/// The commitments of one section.
pub struct Group {
    pub heading: Text,
    pub anchor: String,
    pub rows: Vec<Row>,
}

/// One commitment of the whole area.
pub struct Row {
    pub id: String,
    /// The year it is promised for.
    pub period: i16,
    pub name: Text,
    pub paragraph: Option<u32>,
    pub verdict: Verdict,
    /// The verdicts by area, as the gallery writes them.
    pub judged: String,
    pub direction: Text,
    pub value: Text,
    pub level: String,
    pub gap: Text,
    /// Id of the chart in the gallery that shows it.
    pub chart: Option<String>,
    pub answers: Text,
    /// The districts by verdict, where they are judged.
    pub districts: Vec<(Verdict, Vec<Text>)>,
    pub reading: Text,
    pub note: Text,
}

/// The page as HTML.
pub fn page(scorecard: &Scorecard) -> Result<String, minijinja::Error> {
    let mut pages = environment(scorecard.language)?;
    pages.add_template("scorecard.html", PAGE)?;
    let counts: Vec<Value> = scorecard.verdicts.iter().map(|&(of, count)| context! { count, ..verdict(of) }).collect();
    let groups = scorecard.groups.iter().map(|group| {
        let rows: Vec<Value> = group.rows.iter().map(row).collect();
        context! { heading => both(&group.heading), anchor => group.anchor, rows }
    });
    let (zh, en) = (&scorecard.title.zh, &scorecard.title.en);
    pages.get_template("scorecard.html")?.render(context! {
        page_title => Text::new(format!("记分卡 · {zh}"), format!("Scorecard · {en}")),
        heading => both(scorecard.title),
        as_of => scorecard.as_of,
        sample => scorecard.sample,
        total => scorecard.verdicts.iter().map(|(_, count)| count).sum::<usize>(),
        verdicts => counts,
        areas => scorecard.areas,
        whole => scorecard.whole,
        groups => groups.collect::<Vec<_>>(),
    })
}

fn row(row: &Row) -> Value {
    let districts = row.districts.iter().map(|(of, names)| {
        let listed = |word: fn(&Text) -> &str, comma: &str| names.iter().map(word).collect::<Vec<_>>().join(comma);
        let names_of = Text::new(listed(|name| &name.zh, "、"), listed(|name| &name.en, ", "));
        context! { names => both(&names_of), count => names.len(), ..verdict(*of) }
    });
    let of = verdict(row.verdict);
    context! {
        id => row.id, called => both(&row.name), words => format!("{} {} {}", row.id, row.name.zh, row.name.en),
        paragraph => row.paragraph, judged => row.judged, direction => both(&row.direction), value => both(&row.value),
        level => row.level, gap => both(&row.gap), chart => row.chart, answers => both(&row.answers),
        districts => districts.collect::<Vec<_>>(), reading => both(&row.reading),
        note => (!row.note.zh.is_empty()).then(|| both(&row.note)), ..of
    }
}
