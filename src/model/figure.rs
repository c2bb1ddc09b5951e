//! A chart as data: marks, title, notes, source line and the numbers behind it; no pixels. All words are in one language.

use super::{Language, Verdict};

#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Names the files; letters, digits, `-` and `_`.
    pub id: String,
    pub kind: Kind,
    pub language: Language,
    /// The finding, as a sentence.
    pub title: String,
    /// What is measured, in what unit, where, when, in what order.
    pub subtitle: String,
    /// Unit of the value scale.
    pub unit: String,
    /// A line has any number of series over the same labels; bars have one.
    pub series: Vec<Series>,
    pub target: Option<Level>,
    /// What the marks on the bars mean.
    pub key: Vec<Key>,
    pub notes: Vec<String>,
    pub source: String,
    /// The words that are set into a picture whose numbers are made up.
    pub sample: Option<String>,
    /// What a person who does not see the picture is told.
    pub alt: String,
    pub table: Table,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Over time, from left to right.
    Line,
    /// One bar below the other.
    Bars,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub name: String,
    pub points: Vec<Point>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    pub label: String,
    /// None is a gap in a line and a bar without length; it is never bridged and never zero.
    pub value: Option<f64>,
    /// The value as it is printed, or the words that stand for a missing one.
    pub shown: String,
    /// The whole among its parts.
    pub emphasis: bool,
    pub verdict: Option<Verdict>,
    /// The level this one had to reach, where each has its own.
    pub target: Option<f64>,
}

/// A level drawn across the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    pub value: f64,
    pub label: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub mark: Mark,
    pub words: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Verdict(Verdict),
    /// The stroke at the level that a bar had to reach.
    Target,
}

/// The numbers behind a picture, as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Figure {
    /// Every string that is drawn, for the question whether the font can draw it.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let heads = [&self.title, &self.subtitle, &self.source].into_iter().chain(&self.notes).chain(&self.sample);
        let marks = self.target.iter().map(|level| &level.label).chain(self.key.iter().map(|key| &key.words));
        let series = self.series.iter().map(|series| &series.name);
        let points = self.series.iter().flat_map(|series| &series.points).flat_map(|point| [&point.label, &point.shown]);
        heads.chain(marks).chain(series).chain(points).map(String::as_str)
    }

    pub fn values(&self) -> impl Iterator<Item = f64> {
        self.series.iter().flat_map(|series| &series.points).filter_map(|point| point.value)
    }
}
