//! A sheet with what its cells say folded once, for all layouts that are tried on it.

use std::{borrow::Cow, collections::HashMap, sync::Arc};

use super::{
    words::{find_period, is_later_month},
    workbook::{Cell, Sheet},
};
use crate::model::{Period, fold_heading, push_number};

pub struct Folded<'a> {
    pub sheet: Cow<'a, Sheet>,
    /// Its name, shared by what is read from its cells.
    pub name: Arc<str>,
    texts: Texts,
    /// For every cell its text.
    places: Vec<u32>,
    marks: Marks,
}

/// What a cell says as a label: as it is written, and folded.
pub struct Label<'a> {
    pub said: &'a str,
    pub folded: &'a str,
}

impl<'a> Folded<'a> {
    pub fn new(sheet: Cow<'a, Sheet>) -> Self {
        let (texts, places) = folded(&sheet);
        let mut marks = Marks::default();
        (0..texts.ends.len()).for_each(|place| marks.add(texts.get(place)));
        Folded { name: sheet.name.as_str().into(), sheet, texts, places, marks }
    }

    pub fn label(&self, row: u32, column: u32) -> Label<'_> {
        Label { said: self.said(row, column), folded: self.at(row, column) }
    }

    pub fn said(&self, row: u32, column: u32) -> &str {
        match self.sheet.filled(row, column) {
            // It is folded as it is.
            Cell::Number(_) => self.at(row, column),
            cell => cell.label(),
        }
    }

    /// The period that a label names. Beside the first days of other months the first of January is a month too, and no year.
    pub fn period(&self, said: &str, is_month: impl Fn() -> bool) -> Option<Period> {
        find_period(said).filter(|_| !said.ends_with("-01-01") || !is_month())
    }

    /// Does one of these cells name the first day of another month?
    pub fn names_months(&self, mut cells: impl Iterator<Item = (u32, u32)>) -> bool {
        cells.any(|(row, column)| is_later_month(self.said(row, column)))
    }

    pub fn at(&self, row: u32, column: u32) -> &str {
        self.texts.get(self.places[(row * self.sheet.columns + column) as usize] as usize)
    }

    /// May one of its cells say this word? No is certain.
    pub fn may_say(&self, word: &str) -> bool {
        self.marks.may_hold(word)
    }
}

/// The folded texts, and for every cell which it is. Forms say the same words row after row: these are folded once.
fn folded(sheet: &Sheet) -> (Texts, Vec<u32>) {
    let mut texts = Texts::default();
    let mut known: HashMap<&str, u32> = HashMap::from([("", texts.end())]);
    let cells = (0..sheet.rows).flat_map(|row| (0..sheet.columns).map(move |column| (row, column)));
    let places = cells.map(|(row, column)| match sheet.filled(row, column) {
        // Figures seldom repeat, and say themselves: 12.5 is not item 12 of a list.
        Cell::Number(number) => {
            push_number(&mut texts.all, *number);
            texts.end()
        }
        cell => *known.entry(cell.label()).or_insert_with_key(|said| {
            texts.all.push_str(&fold_heading(said));
            texts.end()
        }),
    });
    let places = places.collect();
    (texts, places)
}

/// Many short texts in one.
#[derive(Default)]
struct Texts {
    all: String,
    ends: Vec<u32>,
}

impl Texts {
    /// What was written behind the last text is the next one. Its place.
    fn end(&mut self) -> u32 {
        self.ends.push(self.all.len() as u32);
        self.ends.len() as u32 - 1
    }

    fn get(&self, place: usize) -> &str {
        let begin = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[begin as usize..self.ends[place] as usize]
    }
}

/// A bit for each text, found by how it begins and how long it is. Two of one bit cost a second look and nothing else.
struct Marks([u64; 128]);

impl Marks {
    fn add(&mut self, word: &str) {
        let (place, bit) = Marks::of(word);
        self.0[place] |= bit;
    }

    fn may_hold(&self, word: &str) -> bool {
        let (place, bit) = Marks::of(word);
        self.0[place] & bit != 0
    }

    fn of(word: &str) -> (usize, u64) {
        let mut mark = [0; 8];
        let beginning = word.len().min(7);
        mark[..beginning].copy_from_slice(&word.as_bytes()[..beginning]);
        mark[7] = word.len() as u8;
        // An odd number with its bits well mixed, so that the highest of the product depend on all of the mark.
        let mixed = u64::from_le_bytes(mark).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 51;
        (mixed as usize / 64, 1 << (mixed % 64))
    }
}

impl Default for Marks {
    fn default() -> Marks {
        Marks([0; 128])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::workbook::{Cells, Readers};

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

    #[test]
    fn a_number_is_no_numbered_heading() {
        let cells =
            [2023.0, 12.5, -1e21].into_iter().zip(0..).map(|(number, column)| (0, column, Cell::Number(number))).collect();
        let sheet = Sheet::try_from(Cells { cells, ..Cells::default() }).expect("a small sheet");
        let folded = Folded::new(Cow::Borrowed(&sheet));
        assert_eq!([0, 1, 2].map(|column| folded.at(0, column)), ["2023", "12.5", "-1000000000000000000000"]);
    }
}
