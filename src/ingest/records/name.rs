//! Rows in which a name stands and nothing else: a school whose figures are not filled in, or a line of words.
//!
//! Where the list has records, a name stands in the column in which theirs do and ends like one of them: 丁小学 below 甲小学. Where it has
//! none, any text that is not plainly a remark may be one, for an empty list says that there is nothing.

use rustc_hash::FxHashMap;

use super::total;
use crate::{
    ingest::{signature, workbook::Held},
    model::{Codebook, fold_heading},
};

/// A longer text is a sentence.
const LONGEST: usize = 30;
/// Rows that are remembered. No list has so many by mistake.
const MOST: usize = 1 << 12;
/// What remarks begin with that have no colon.
const REMARKS: [&str; 22] = [
    "注",
    "说明",
    "备注",
    "附件",
    "附表",
    "以上",
    "以下",
    "上述",
    "本表",
    "本页",
    "本校",
    "本区",
    "本县",
    "本市",
    "本单位",
    "数据",
    "资料",
    "来源",
    "其中",
    "暂无",
    "没有",
    "未填",
];

/// What a heading of the rows below is made of, besides names of areas and members: 民办幼儿园.
const OF: [&str; 9] = ["公办", "民办", "公立", "私立", "省属", "市属", "区属", "直属", "其他"];
const KINDS: [&str; 8] = ["小学", "初中", "高中", "中学", "幼儿园", "学校", "中小学", "职业学校"];

#[derive(Default)]
pub struct Names {
    /// The first text of the row that is being read, if it has one.
    said: String,
    /// How many first words of rows, besides labels, end so, by their columns.
    ends: FxHashMap<(u32, char), u32>,
    alone: Vec<((u32, u32), char)>,
}

impl Names {
    /// The first words of a row besides its labels.
    pub fn note(&mut self, (_, column): (u32, u32), held: Held<'_>) {
        if let Some(end) = held.text().and_then(|text| text.trim_end().chars().next_back()) {
            *self.ends.entry((column, end)).or_default() += 1;
        }
    }

    /// The first text of a row that may be none.
    pub fn read(&mut self, text: &str) {
        self.said.clear();
        self.said.push_str(text);
    }

    /// Does the first text of the row sign the list?
    pub fn sign(&self) -> bool {
        signature::signs(&self.said)
    }

    /// The row holds its first text alone, and is not counted.
    pub fn stand_alone(&mut self, at: (u32, u32), book: &Codebook) {
        if self.alone.len() < MOST
            && let Some(end) = self.said.chars().next_back().filter(|_| is_like_a_name(&self.said, book))
        {
            self.alone.push((at, end));
        }
    }

    pub fn are_alone(&self) -> bool {
        !self.alone.is_empty()
    }

    /// The list is over: which of these rows may be records.
    pub fn end(&mut self, has_records: bool) -> Vec<(u32, u32)> {
        // The row itself is one that ends so.
        let has_others = |at: (u32, u32), end: char| self.ends.get(&(at.1, end)).is_some_and(|rows| *rows >= 2);
        let alone = self.alone.iter().filter(|(at, end)| !has_records || has_others(*at, *end));
        alone.map(|(at, _)| *at).collect()
    }
}

/// No sentence, no remark, no heading of the rows below.
fn is_like_a_name(text: &str, book: &Codebook) -> bool {
    let folded = fold_heading(text);
    let kind = OF.iter().find_map(|word| folded.strip_prefix(word)).unwrap_or(&folded);
    let is_heading = kind.is_empty() || KINDS.contains(&kind) || total::is_known(&folded, book);
    let is_of_name = |letter: char| letter.is_alphanumeric() || " ·-'’".contains(letter);
    (2..=LONGEST).contains(&text.chars().count())
        && text.chars().all(is_of_name)
        && !text.ends_with('无')
        && !REMARKS.iter().any(|word| text.starts_with(word))
        && !signature::signs(text)
        && !is_heading
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alone(records: &[&str], rows: &[(u32, &str)]) -> Vec<u32> {
        let mut names = Names::default();
        records.iter().for_each(|name| names.note((0, 1), Held::Text(name)));
        for (row, (column, text)) in (1..).zip(rows) {
            names.note((row, *column), Held::Text(text));
            names.read(text);
            names.stand_alone((row, *column), &Codebook::default());
        }
        names.end(!records.is_empty()).into_iter().map(|(row, _)| row).collect()
    }

    #[test]
    fn a_name_alone_ends_like_those_above_it_and_stands_where_they_do() {
        let schools = ["甲小学", "乙小学", "丙中学"];
        assert_eq!(alone(&schools, &[(1, "丁小学"), (0, "戊小学"), (1, "以下空白"), (1, "某某教育局"), (1, "己小学")]), [1, 5]);
        assert!(
            alone(&schools, &[(1, "注"), (1, "以上各校均为小学"), (1, "一、民办小学"), (1, "民办小学"), (1, "制表人张小学")])
                .is_empty()
        );
    }

    #[test]
    fn in_a_list_without_records_a_name_may_be_one_and_a_remark_is_none() {
        assert_eq!(
            alone(&[], &[(0, "丁小学"), (1, "无"), (1, "暂无"), (1, "以上无误"), (1, "本区无"), (1, "Ash Green School")]),
            [1, 6]
        );
    }
}
