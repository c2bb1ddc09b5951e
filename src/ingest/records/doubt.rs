//! Rows of which nobody but the office knows what they are: counted, and perhaps totals; not counted, and perhaps records. They are said
//! once a file.

use serde::{Deserialize, Serialize};

use super::{layout::RecordsLayout, name::Names};
use crate::{
    diag::{Code, Finding, Place},
    ingest::workbook::Held,
    model::{Text, cell_name, is_chinese},
};

/// Places that are kept.
const PLACES: usize = 20;

/// How many rows, and where the first of them are.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Noted {
    pub rows: u64,
    pub places: Vec<(u32, u32)>,
}

impl Noted {
    pub fn add(&mut self, at: (u32, u32)) {
        self.rows += 1;
        if self.places.len() < PLACES {
            self.places.push(at);
        }
    }

    /// A finding on these rows; none where there are none.
    pub fn at(&self, finding: Finding, place: impl Fn(&(u32, u32)) -> Place) -> Option<Finding> {
        let more = self.rows.saturating_sub(self.places.len() as u64);
        let mut places = self.places.iter().map(place);
        Some(finding.at(places.next()?).also(places).and_more(more))
    }

    /// Adds rows between those that are there.
    pub fn add_between(&mut self, rows: Vec<(u32, u32)>) {
        self.rows += rows.len() as u64;
        self.places.extend(rows);
        self.places.sort_unstable();
        self.places.truncate(PLACES);
    }
}

/// The texts of the row that is being read. Two of them in a row without anything that is counted may be a school whose figures are not
/// yet filled in; a colon is that of 注： and 填表人：. Small: every row begins with new ones.
#[derive(Default)]
pub struct Words {
    texts: u32,
    first: Option<(u32, u32)>,
    has_colon: bool,
    is_label: bool,
    /// Something that is no text stands behind the first.
    has_more: bool,
}

impl Words {
    /// `is_label`: of a column of labels, in which no record has its name.
    pub fn take(&mut self, at: (u32, u32), held: Held<'_>, is_label: bool, names: &mut Names) {
        let text = match held {
            Held::Text(_) | Held::Shared(..) => held.text().unwrap_or_default().trim(),
            Held::Number(_) | Held::Bool(_) | Held::Error(_) | Held::Formula => return self.has_more |= self.texts > 0,
        };
        self.has_colon |= text.contains([':', '：']);
        // A day beside the name of an office is no record, and a dash says nothing.
        if text.starts_with(|letter: char| is_chinese(letter) || letter.is_alphabetic()) {
            if self.texts == 0 {
                (self.first, self.is_label) = (Some(at), is_label);
                names.read(text);
            }
            self.texts += 1;
        } else {
            self.has_more |= self.texts > 0 && text.chars().any(char::is_alphanumeric);
        }
    }

    /// Does it begin with a text at all?
    pub fn are_there(&self) -> bool {
        self.first.is_some()
    }

    /// Where the row begins, if it may be a record. `labels` are texts of it that were not given here.
    pub fn begin(&self, labels: usize) -> Option<(u32, u32)> {
        self.first.filter(|_| self.texts as usize + labels >= 2 && !self.has_colon)
    }

    /// Where the one text of the row stands that may be the name of a record, and nothing else.
    pub fn alone(&self, labels: usize) -> Option<(u32, u32)> {
        self.first.filter(|_| self.texts as usize + labels == 1 && !self.is_label && !self.has_more)
    }
}

/// Rows of one kind in all sheets of a file, with the list that the first of them are in.
#[derive(Debug, Default)]
pub struct Doubts {
    of: Option<RecordsLayout>,
    rows: u64,
    places: Vec<Place>,
}

impl Doubts {
    pub fn add(&mut self, layout: &RecordsLayout, noted: &Noted, sheet: &Place) {
        if noted.rows > 0 {
            self.of.get_or_insert_with(|| layout.clone());
            self.rows += noted.rows;
            let place = |&(row, column): &(u32, u32)| Place { cell: cell_name(row, column), ..sheet.clone() };
            self.places.extend(noted.places.iter().map(place));
        }
    }

    /// They were counted, and may be totals.
    pub fn may_be_totals(self) -> Option<Finding> {
        self.said(Code::TotalDoubtful, |title, rows| {
            let said_en = match rows {
                1 => format!("1 row of {} looks like a total or a mean and was", title.en),
                rows => format!("{rows} rows of {} look like totals or means and were", title.en),
            };
            Text::new(
                format!("《{}》有 {rows} 行像是合计或平均，仍作为记录计入", title.zh),
                format!("{said_en} counted all the same"),
            )
        })
    }

    /// They were not counted, and may be records.
    pub fn may_be_records(self) -> Option<Finding> {
        self.said(Code::RecordDoubtful, |title, rows| {
            let said_en = match rows {
                1 => format!("1 row of {} has words and nothing that is counted, and was", title.en),
                rows => format!("{rows} rows of {} have words and nothing that is counted, and were", title.en),
            };
            Text::new(
                format!("《{}》有 {rows} 行只有文字，统计所用的各栏没有填，未作为记录计入", title.zh),
                format!("{said_en} not taken for records"),
            )
        })
    }

    fn said(self, code: Code, message: impl Fn(&Text, u64) -> Text) -> Option<Finding> {
        let Doubts { of, rows, places } = self;
        let layout = of?;
        let more = rows.saturating_sub(places.len() as u64);
        let mut places = places.into_iter();
        let first = places.next()?;
        let finding = Finding::new(code, message(&layout.title, rows)).judged_by(&layout.place);
        Some(finding.at(first).also(places).and_more(more))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begins(row: &[Held]) -> Option<(u32, u32)> {
        let mut words = Words::default();
        row.iter().zip(0..).for_each(|(held, column)| words.take((7, column), *held, false, &mut Names::default()));
        words.begin(0)
    }

    #[test]
    fn two_names_in_a_row_may_be_a_record_and_notes_and_signatures_are_none() {
        assert_eq!(begins(&[Held::Number(4.0), Held::Text("丁小学"), Held::Text("浙J4")]), Some((7, 1)));
        for none in [
            &[Held::Text("以上为全部校车"), Held::Number(3.0)][..],
            &[Held::Text("单位负责人：张三"), Held::Text("填表人：李四")],
            &[Held::Text("注:"), Held::Text("不含民办"), Held::Text("下同")],
            &[Held::Text("某某教育局"), Held::Text("2024年1月5日")],
            &[Held::Text("丁小学"), Held::Text("—"), Held::Text(" ")],
            &[],
        ] {
            assert_eq!(begins(none), None, "{none:?}");
        }
    }

    #[test]
    fn a_label_is_a_word_too() {
        let mut words = Words::default();
        words.take((2, 1), Held::Text("丁小学"), false, &mut Names::default());
        assert_eq!((words.begin(0), words.begin(1)), (None, Some((2, 1))));
    }
}
