//! What a form or a list is called for one office and period: its title, the name of its sheet, how both say area and period.

use super::{Occasion, Slot, slot};
use crate::{
    ingest::{layout::Attach, words::find_period},
    model::{Codebook, Id, Language, Period, Text, fold},
};

/// What the names are made of.
pub struct Naming<'a> {
    pub id: &'a Id,
    pub title: &'a Text,
    /// How the layout finds the area and the period.
    pub area: &'a [Attach],
    pub period: &'a [Attach],
    pub book: &'a Codebook,
    pub occasion: &'a Occasion<'a>,
}

impl Naming<'_> {
    pub fn area(&self) -> Option<Id> {
        match slot(self.area) {
            Slot::Always(code) => Some(Id::from(code)),
            _ => self.occasion.area.cloned(),
        }
    }

    pub fn area_said(&self, code: &Id) -> String {
        self.book.area_name(code, self.occasion.language)
    }

    /// The period as an office writes it, as far as a reader takes that for the same period.
    pub fn period_said(&self, period: Period) -> String {
        let words = period.in_chinese();
        let is_read = find_period(&words) == Some(period);
        if self.occasion.language == Language::Chinese && is_read { words } else { period.to_string() }
    }

    /// The title, with the phrases by which the layout knows its tables.
    pub fn title(&self, part: &str, says: &[String]) -> String {
        let name = self.title.in_language(self.occasion.language);
        let area = self.area().map(|code| self.area_said(&code)).unwrap_or_default();
        let period = self.period_said(self.occasion.period);
        let mut title = match self.occasion.language {
            Language::Chinese => format!("{period}{area}{part}{name}"),
            Language::English => {
                [name, part, &area, &period].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", ")
            }
        };
        for phrase in says.iter().filter(|phrase| !fold(name).contains(&fold(phrase))) {
            title += &format!("（{phrase}）");
        }
        title
    }

    /// Spreadsheets allow 31 letters in the name of a sheet, and not all of them.
    pub fn sheet(&self, part: &str) -> String {
        let says_period = self.occasion.one_of_many || self.period.first() == Some(&Attach::SheetName);
        let period = if says_period { self.period_said(self.occasion.period) } else { String::new() };
        let area = (self.area.first() == Some(&Attach::SheetName)).then(|| self.area()).flatten();
        let tail: String = [period, area.map_or_else(String::new, |code| self.area_said(&code)), part.to_string()].concat();
        let blank = if self.occasion.language == Language::English { " " } else { "" };
        let name = format!("{}{blank}{}", self.id, self.title.in_language(self.occasion.language));
        let allowed = |text: &str| text.replace(['[', ']', ':', '*', '?', '/', '\\', '\''], "-");
        let room = 31usize.saturating_sub(tail.chars().count());
        allowed(&name).chars().take(room).chain(allowed(&tail).chars()).take(31).collect()
    }
}
