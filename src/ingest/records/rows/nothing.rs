//! A row that says that there is nothing to list: 无 in one cell, or in all of them.

use crate::{ingest::workbook::Held, model::fold};

/// How offices say that there is none.
const NONE: [&str; 11] = ["无", "没有", "暂无", "本年无", "本年度无", "本期无", "本区无", "本单位无", "无此项", "none", "nil"];
/// Marks in cells that have nothing to say.
const MARKS: [&str; 6] = ["-", "--", "—", "——", "/", "\\"];
/// No text that says so is longer, in bytes.
const LONGEST: usize = 24;

/// Of the row that is being read. Small: every row begins with a new one.
#[derive(Debug, Default, Clone, Copy)]
pub struct Nothing {
    /// It is said that there is none.
    pub is_said: bool,
    /// Cells of the layout's own columns that say so, or hold a mark.
    cells: usize,
    /// A cell of another column says something else.
    has_words: bool,
}

impl Nothing {
    /// `is_own`: of a column of the layout.
    pub fn take(&mut self, held: Held<'_>, is_own: bool) {
        let Some(text) = held.text().filter(|text| !text.trim().is_empty()) else { return };
        let text = if text.len() <= LONGEST { fold(text) } else { String::new() };
        let is_none = NONE.contains(&text.as_str());
        self.is_said |= is_none;
        if is_none || MARKS.contains(&text.as_str()) {
            self.cells += usize::from(is_own);
        } else {
            // A number before it, as text, is that of the row.
            self.has_words |= !is_own && !text.bytes().all(|byte| byte.is_ascii_digit());
        }
    }

    pub fn is_anywhere(self) -> bool {
        self.cells > 0
    }

    /// Has the row nothing else, of `filled` cells of the layout's columns?
    pub fn is_all(self, filled: usize) -> bool {
        self.cells == filled && !self.has_words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(own: &[&str], others: &[&str]) -> (bool, bool) {
        let mut nothing = Nothing::default();
        own.iter().for_each(|text| nothing.take(Held::Text(text), true));
        others.iter().for_each(|text| nothing.take(Held::Text(text), false));
        let filled = own.iter().filter(|text| !text.trim().is_empty()).count();
        (nothing.is_all(filled), nothing.is_all(filled) && nothing.is_said)
    }

    #[test]
    fn none_is_said_in_one_cell_or_in_all_and_dashes_say_nothing() {
        assert_eq!(row(&["无", " 无 ", "／", "—"], &["1", "无"]), (true, true));
        assert_eq!(row(&[], &["本年无"]), (true, true));
        assert_eq!(row(&["—", "-"], &[]), (true, false));
        assert_eq!(row(&["无", "小学"], &[]), (false, false));
        assert_eq!(row(&["无", "无"], &["无锡路小学"]), (false, false));
    }
}
