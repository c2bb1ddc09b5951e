//! Rows of totals, which offices write below their lists, above them and between: they count again what stands there already.

use crate::{ingest::workbook::Held, model::fold_heading};

/// So many rows below the headings every column is watched for words of totals. In a list of pupils the columns that nobody asks for
/// are most of it, and hundreds of thousands of rows are no list that somebody has added up by hand.
pub const WATCHED: u32 = 1 << 12;

const TOTALS: [&str; 7] = ["合计", "总计", "小计", "共计", "全市合计", "total", "subtotal"];

/// Does a cell say 合计 and nothing else? A name that begins so is a name.
pub fn says_total(text: &str) -> bool {
    // Most cells are told by a glance.
    text.len() <= 64 && text.contains(['计', 'l', 'L', 'ｌ', 'Ｌ']) && TOTALS.contains(&fold_heading(text).as_str())
}

/// The first words of the row that is being read, besides its labels. Numbers before them are no words, in text neither.
#[derive(Default)]
pub struct FirstWords {
    are_seen: bool,
    say_total: bool,
}

impl FirstWords {
    pub fn take(&mut self, held: Held<'_>) {
        if self.are_seen {
            return;
        }
        let text = match held {
            Held::Text(text) => text,
            Held::Shared(place, texts) => texts.get(place).unwrap_or_default(),
            Held::Number(_) | Held::Bool(_) | Held::Error(_) => return,
        };
        if text.trim_start().starts_with(|letter: char| !letter.is_numeric()) {
            (self.are_seen, self.say_total) = (true, says_total(text));
        }
    }

    /// Does the row add up others? What follows is the next row.
    pub fn end_of_row(&mut self) -> bool {
        std::mem::take(self).say_total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_total(row: &[Held]) -> bool {
        let mut words = FirstWords::default();
        row.iter().for_each(|held| words.take(*held));
        words.end_of_row()
    }

    #[test]
    fn a_row_adds_up_others_where_its_first_words_say_so() {
        for row in
            [&["合计"][..], &["11", "合 计：", "公办"], &["", "小计"], &["１", "Total"], &["总计（所）", "1000"], &["Subtotal"]]
        {
            let row: Vec<Held> = row.iter().map(|text| Held::Text(text)).collect();
            assert!(is_total(&row), "{row:?}");
        }
        assert!(is_total(&[Held::Number(11.0), Held::Text("合计")]));
        for row in [&["合计小学"][..], &["第一小学", "合计"], &["计划"], &["3"], &[], &["Totalpur School", "Total"]] {
            let row: Vec<Held> = row.iter().map(|text| Held::Text(text)).collect();
            assert!(!is_total(&row), "{row:?}");
        }
    }
}
