//! A sheet with what its cells say folded once, for all layouts that are tried on it.

use std::{borrow::Cow, collections::HashMap, sync::Arc};

use super::workbook::Sheet;
use crate::model::fold_heading;

pub struct Folded<'a> {
    pub sheet: Cow<'a, Sheet>,
    /// Its name, shared by what is read from its cells.
    pub name: Arc<str>,
    texts: Vec<String>,
    /// For every cell its text.
    places: Vec<u32>,
    /// Marks of all texts, in order.
    marks: Vec<u64>,
}

/// What a cell says as a label: as it is written, and folded.
pub struct Label<'a> {
    pub said: Cow<'a, str>,
    pub folded: &'a str,
}

impl<'a> Folded<'a> {
    pub fn new(sheet: Cow<'a, Sheet>) -> Self {
        let (texts, places) = folded(&sheet);
        let mut marks: Vec<u64> = texts.iter().map(|text| mark(text)).collect();
        marks.sort_unstable();
        marks.dedup();
        Folded { name: sheet.name.as_str().into(), sheet, texts, places, marks }
    }

    pub fn label(&self, row: u32, column: u32) -> Label<'_> {
        Label { said: self.sheet.label(row, column), folded: self.at(row, column) }
    }

    pub fn at(&self, row: u32, column: u32) -> &str {
        &self.texts[self.places[(row * self.sheet.columns + column) as usize] as usize]
    }

    /// May one of its cells say this word? No is certain.
    pub fn may_say(&self, word: &str) -> bool {
        self.marks.binary_search(&mark(word)).is_ok()
    }
}

/// The folded texts, and for every cell which it is. Forms say the same words row after row: these are folded once.
fn folded(sheet: &Sheet) -> (Vec<String>, Vec<u32>) {
    let mut texts = vec![String::new()];
    let mut known: HashMap<&str, u32> = HashMap::from([("", 0)]);
    let mut add = |folded: String| {
        texts.push(folded);
        texts.len() as u32 - 1
    };
    let cells = (0..sheet.rows).flat_map(|row| (0..sheet.columns).map(move |column| (row, column)));
    let places = cells.map(|(row, column)| match sheet.label(row, column) {
        Cow::Borrowed(said) => *known.entry(said).or_insert_with(|| add(fold_heading(said))),
        // Figures seldom repeat, and whole ones are folded.
        Cow::Owned(said) if said.bytes().all(|byte| byte.is_ascii_digit()) => add(said),
        Cow::Owned(said) => add(fold_heading(&said)),
    });
    let places = places.collect();
    (texts, places)
}

/// How a word begins and how long it is. Two of one mark cost a second look and nothing else.
fn mark(word: &str) -> u64 {
    let mut mark = [0; 8];
    let beginning = word.len().min(7);
    mark[..beginning].copy_from_slice(&word.as_bytes()[..beginning]);
    mark[7] = word.len() as u8;
    u64::from_le_bytes(mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::workbook::Readers;

    #[test]
    fn every_cell_has_its_own_words() {
        let text = "其中：在校生（人）,2023,\n小学,12.5,3\n, 小学,1.5";
        let sheets = Readers::here().open(text.as_bytes()).expect("text in columns");
        let folded = Folded::new(Cow::Borrowed(&sheets[0]));
        let said: Vec<&str> = (0..9).map(|place| folded.at(place / 3, place % 3)).collect();
        assert_eq!(said, ["在校生", "2023", "", "小学", "5", "3", "", "小学", "5"]);
        assert!(["在校生", "2023", "小学"].iter().all(|word| folded.may_say(word)));
        assert!(!folded.may_say("教师") && !folded.may_say("在校生数"));
    }
}
