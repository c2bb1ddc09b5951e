//! A list as CSV: its rows, each with its line, and what is wrong with it, said once.

use std::{fmt, path::Path};

use serde::de::DeserializeOwned;

use super::names::nearest;
use crate::{
    diag::{Code, Finding, Place, TomlPlace},
    ingest,
    model::{Id, Text},
};

/// A list that a pipeline points to.
pub struct List<'a> {
    path: &'a Path,
    /// Where the pipeline names it.
    place: &'a TomlPlace,
}

impl<'a> List<'a> {
    pub fn new(path: &'a Path, place: &'a TomlPlace) -> List<'a> {
        List { path, place }
    }

    /// Its rows, each with its line. `columns` are those that it must have and no others; none where it says itself.
    pub fn rows<T: DeserializeOwned>(&self, columns: &[&str], findings: &mut Vec<Finding>) -> Vec<(u64, T)> {
        let text = match fs_err::read(self.path) {
            Ok(bytes) => ingest::decode(&bytes),
            Err(fault) => Err(Text::same(fault.to_string())),
        };
        let text = match text {
            Ok(text) => text,
            Err(why) => {
                findings.push(self.unreadable(&why));
                return Vec::new();
            }
        };
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let headings = reader.headers().cloned().unwrap_or_default();
        if !columns.is_empty() && !headings.iter().eq(columns.iter().copied()) {
            let is_same = columns.iter().all(|column| headings.iter().any(|heading| heading == *column));
            if !is_same || headings.len() != columns.len() {
                findings.push(self.other_columns(&headings, columns));
                return Vec::new();
            }
        }
        let mut found = Vec::new();
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(fault) => {
                    findings.push(self.unreadable(&Text::same(fault.to_string())));
                    return found;
                }
            };
            let line = record.position().map_or(0, csv::Position::line);
            // A spreadsheet that saves a list keeps rows of which the content was deleted.
            if record.iter().all(|value| value.trim().is_empty()) {
                continue;
            }
            if record.len() != headings.len() {
                let (expected, len) = (headings.len(), record.len());
                let (zh, en) =
                    (format!("应有 {expected} 栏，实有 {len} 栏"), format!("it has {len} columns and should have {expected}"));
                findings.push(self.fault(line, zh, en));
                continue;
            }
            match record.deserialize(Some(&headings)) {
                Ok(row) => found.push((line, row)),
                Err(fault) => findings.push(self.fault(line, format!("内容无法识别（{fault}）"), fault.to_string())),
            }
        }
        found
    }

    /// What is wrong with one of its rows.
    pub fn fault(&self, line: u64, zh: impl fmt::Display, en: impl fmt::Display) -> Finding {
        let shown = self.path.display();
        let message = Text::new(format!("{shown} 第 {line} 行：{zh}"), format!("{shown}, line {line}: {en}"));
        let next = Text::new("改正清单的这一行。", "Correct this line of the list.");
        Finding::new(Code::SeedUnreadable, message).at(Place::file(shown.to_string())).judged_by(self.place).next(next)
    }

    fn unreadable(&self, why: &Text) -> Finding {
        let (shown, place) = (self.path.display(), self.place);
        let message = Text::new(
            format!("{place}：清单 {shown} 无法读取（{}）", why.zh),
            format!("{place}: the list {shown} cannot be read ({})", why.en),
        );
        Finding::new(Code::SeedUnreadable, message).judged_by(place)
    }

    fn other_columns(&self, headings: &csv::StringRecord, columns: &[&str]) -> Finding {
        let missing: Vec<&str> =
            columns.iter().copied().filter(|column| !headings.iter().any(|heading| heading == *column)).collect();
        let ids: Vec<Id> = missing.iter().map(|column| Id::from(*column)).collect();
        let known: Vec<&Id> = ids.iter().collect();
        let odd = || headings.iter().filter(|heading| !columns.contains(heading));
        let said = |is_zh: bool| -> Vec<String> {
            odd()
                .map(|heading| match (nearest(heading, &known), is_zh) {
                    (Some(near), true) => format!("{heading}（是否为 {near}？）"),
                    (Some(near), false) => format!("{heading} (did you mean {near}?)"),
                    (None, _) => heading.to_string(),
                })
                .collect()
        };
        let part = |label: &str, words: &[String], comma: &str| match words {
            [] => String::new(),
            words => format!("{label}{}", words.join(comma)),
        };
        let missing: Vec<String> = missing.into_iter().map(str::to_string).collect();
        let zh = [part("缺少栏名 ", &missing, "、"), part("不认识的栏名 ", &said(true), "、")];
        let en = [part("it lacks the columns ", &missing, ", "), part("it has columns that are not known: ", &said(false), ", ")];
        let join =
            |parts: [String; 2], sign: &str| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(sign);
        let twice = || (String::from("有重复的栏名"), String::from("it has a column twice"));
        let (zh, en) = match (join(zh, "；"), join(en, "; ")) {
            (zh, _) if zh.is_empty() => twice(),
            said => said,
        };
        let next = Text::new("改正清单的第一行。", "Correct the first line of the list.");
        let expected = Text::same(columns.join(","));
        self.fault(1, zh, en).read(headings.iter().collect::<Vec<_>>().join(",")).expected(expected).next(next)
    }
}
