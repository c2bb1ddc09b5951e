//! A chart as data: marks, title, notes, source line and the numbers behind it; no pixels. All words are in one language.

use serde::Serialize;

use super::{Id, Language, Marks, Verdict};

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// Names the files; letters, digits, `-` and `_`.
    pub id: String,
    pub about: About,
    pub language: Language,
    /// The finding, as a sentence.
    pub title: String,
    /// What is measured, in what unit, where, when, in what order.
    pub subtitle: String,
    /// Unit of the value scale; empty where there is none, or one a row.
    pub unit: String,
    pub marks: Marks,
    /// What the marks mean.
    pub key: Vec<Key>,
    pub notes: Vec<String>,
    pub source: String,
    /// The words that are set into a picture whose numbers are made up.
    pub sample: Option<String>,
    /// What a person who does not see the picture is told.
    pub alt: String,
    pub table: Table,
}

/// What is drawn: one indicator, or the targets of a subject. Ids of figures begin with its id, but may hold those of others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum About {
    Indicator(Id),
    Subject(Id),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Key {
    pub mark: Mark,
    pub words: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Mark {
    Verdict(Verdict),
    /// A bar among judged ones that nothing is asked of.
    Unjudged,
    /// A cell in the colours of a verdict.
    Cell(Verdict),
    /// The stroke at the level that was to be reached.
    Target,
    /// The same as a dashed line across.
    Level,
    /// The stroke at what the year's profile asks for by today.
    Expected,
    /// The hollow mark of the earlier period.
    Before,
    /// The full mark of the later period.
    After,
    /// A stroke of what became better, of what became worse, of what did neither.
    Better,
    Worse,
    Unchanged,
    /// What adds, what takes away.
    Adds,
    Takes,
    /// The interval around a value.
    Interval,
    /// The same around a dot, as a whisker.
    Whisker,
    /// The line of the whole among its parts, and behind each of them.
    Whole,
    Behind,
    /// What has come, and what the profile asks for.
    Reached,
    Profile,
    /// A class of the values on a map, from 0, the lowest.
    Class(usize),
}

/// The numbers behind a picture, as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Figure {
    /// Every string that is drawn, for the question whether the font can draw it.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let heads = [&self.title, &self.subtitle, &self.source].into_iter().chain(&self.notes).chain(&self.sample);
        let keys = self.key.iter().map(|key| &key.words);
        heads.chain(keys).map(String::as_str).chain(self.marks.words())
    }
}
