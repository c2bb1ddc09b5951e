//! A list as CSV: its rows, each with its line, and what is wrong with it, said once.

use std::{fmt, io::ErrorKind, path::Path};

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
            Err(fault) => Err(unread(fault.kind())),
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
        if let Some(sign) = separator(&headings) {
            findings.push(self.separated(sign));
            return Vec::new();
        }
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
                let finding = self.fault(line, zh, en);
                let is_chinese = len < expected && record.iter().any(|value| value.contains('，'));
                findings.push(if is_chinese { finding.expected(comma()) } else { finding });
                continue;
            }
            match record.deserialize(Some(&headings)) {
                Ok(row) => found.push((line, row)),
                Err(fault) => findings.push(self.odd_value(line, &fault, &headings, &record)),
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

    /// A value that is not of the kind of its column.
    fn odd_value(&self, line: u64, fault: &csv::Error, headings: &csv::StringRecord, record: &csv::StringRecord) -> Finding {
        let at = match fault.kind() {
            csv::ErrorKind::Deserialize { err, .. } => err.field().and_then(|at| usize::try_from(at).ok()),
            _ => None,
        };
        let of = |record: &csv::StringRecord| at.and_then(|at| record.get(at)).unwrap_or_default().to_string();
        let (column, value) = (of(headings), of(record));
        let zh = format!("“{column}”一栏的“{value}”无法识别");
        self.fault(line, zh, format!("`{value}` is nothing that column `{column}` may hold")).read(value)
    }

    /// Its columns are separated by another sign.
    fn separated(&self, sign: char) -> Finding {
        let (zh, en) = match sign {
            '\t' => ("制表符".to_string(), "tabs".to_string()),
            sign => (format!("“{sign}”"), format!("`{sign}`")),
        };
        let next = Text::new(
            "把分隔符换成英文逗号；用 Excel 或 WPS 的，另存为“CSV UTF-8（逗号分隔）”。",
            "Put commas between the columns; in Excel or WPS save it as `CSV UTF-8 (comma delimited)`.",
        );
        let (zh, en) = (format!("各栏是用{zh}隔开的"), format!("its columns are separated by {en}"));
        self.fault(1, zh, en).expected(comma()).next(next)
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
        let is_blank = |heading: &str| heading.trim().is_empty();
        let blank: Vec<String> =
            headings.iter().zip(1..).filter(|(heading, _)| is_blank(heading)).map(|(_, place)| place.to_string()).collect();
        let odd = || headings.iter().filter(|heading| !columns.contains(heading) && !is_blank(heading));
        let said = |is_zh: bool| -> Vec<String> {
            odd()
                .map(|heading| match (nearest(heading, &known), is_zh) {
                    (Some(near), true) => format!("{heading}（是否为 {near}？）"),
                    (Some(near), false) => format!("{heading} (did you mean {near}?)"),
                    (None, _) => heading.to_string(),
                })
                .collect()
        };
        let part = |label: &str, words: &[String], comma: &str, end: &str| match words {
            [] => String::new(),
            words => format!("{label}{}{end}", words.join(comma)),
        };
        let missing: Vec<String> = missing.into_iter().map(str::to_string).collect();
        let zh = [
            part("缺少栏名 ", &missing, "、", ""),
            part("不认识的栏名 ", &said(true), "、", ""),
            part("第 ", &blank, "、", " 栏的栏名是空的"),
        ];
        let en = [
            part("it lacks the columns ", &missing, ", ", ""),
            part("it has columns that are not known: ", &said(false), ", ", ""),
            part("nothing is written above column ", &blank, ", ", ""),
        ];
        let join =
            |parts: [String; 3], sign: &str| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(sign);
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

fn unread(kind: ErrorKind) -> Text {
    match kind {
        ErrorKind::NotFound => Text::new("文件不存在", "there is no such file"),
        ErrorKind::IsADirectory => Text::new("是文件夹，不是文件", "it is a folder and no file"),
        ErrorKind::PermissionDenied => Text::new("没有读取权限", "permission denied"),
        kind => Text::same(kind.to_string()),
    }
}

/// What separates the columns, where it is not the comma of CSV.
fn separator(headings: &csv::StringRecord) -> Option<char> {
    let only = headings.get(0).filter(|_| headings.len() == 1)?;
    only.chars().find(|letter| "，；;\t、|".contains(*letter))
}

fn comma() -> Text {
    Text::new("各栏之间是英文逗号“,”", "commas between the columns")
}
