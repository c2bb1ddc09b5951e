//! Reading a TOML file so that all its faults are found at once, each with its line.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use serde::de::DeserializeOwned;
use toml::de::{DeArray, DeTable, DeValue, Deserializer};

use super::{
    Spanned,
    fault::{Said, said as said_of},
    syntax,
};
use crate::{
    diag::{Code, Finding, Place, TomlFile, TomlPlace},
    ingest,
    model::Text,
};

/// A file as read: what of it makes sense, and its text.
#[derive(Debug)]
pub struct Parsed<T> {
    pub file: Arc<TomlFile>,
    pub content: T,
    /// Something in it was refused: names it defines may be unknown for that reason alone.
    pub faulty: bool,
    /// Nothing of it could be taken.
    pub is_lost: bool,
}

impl<T> Parsed<T> {
    pub fn place<U>(&self, at: &Spanned<U>) -> TomlPlace {
        TomlPlace { file: self.file.clone(), span: at.span() }
    }

    /// The file as a whole: its first line.
    pub fn top(&self) -> TomlPlace {
        TomlPlace { file: self.file.clone(), span: 0..0 }
    }
}

/// A file with more faults than this has one fault: it is not of this kind.
const MOST: usize = 50;

impl<T: DeserializeOwned + Default> Parsed<T> {
    /// Reads a file. A file that is absent is empty: only `pipeline.toml` has to be there.
    pub fn read(path: &Path, findings: &mut Vec<Finding>) -> Parsed<T> {
        let shown = path.display().to_string();
        let fault = match fs_err::read(path).map(String::from_utf8) {
            Ok(Ok(text)) => return Self::parse(Arc::new(TomlFile { path: shown, text }), findings),
            Ok(Err(other)) => Err(other.into_bytes()),
            Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => {
                return Self::parse(Arc::new(TomlFile { path: shown, text: String::new() }), findings);
            }
            Err(fault) => Ok(fault),
        };
        let (message, text) = match fault {
            Ok(fault) => {
                (Text::new(format!("无法读取 {shown}：{fault}"), format!("{shown} cannot be read: {fault}")), String::new())
            }
            // What it would define is known all the same to whoever looks for the cause of another fault.
            Err(bytes) => (
                Text::new(
                    format!("{shown} 不是 UTF-8 编码（多半是 GBK），未读取"),
                    format!("{shown} is not in UTF-8 (perhaps in GBK) and was not read"),
                ),
                ingest::decode(&bytes).unwrap_or_default(),
            ),
        };
        let next = Text::new("用编辑器把该文件另存为 UTF-8 编码。", "Save the file in UTF-8.");
        let finding = Finding::new(Code::TomlSyntax, message).at(Place::file(&shown));
        findings.push(if text.is_empty() { finding } else { finding.next(next) });
        Parsed { file: Arc::new(TomlFile { path: shown, text }), content: T::default(), faulty: true, is_lost: true }
    }

    pub fn parse(file: Arc<TomlFile>, findings: &mut Vec<Finding>) -> Parsed<T> {
        let before = findings.len();
        let (mut document, faults) = DeTable::parse_recoverable(&file.text);
        // One slip of the hand may be several faults to a parser.
        let mut lines = BTreeSet::new();
        let said = faults.iter().map(|fault| finding(Code::TomlSyntax, &file, fault));
        findings.extend(said.filter(|said| lines.insert(said.rule.as_ref().map(TomlPlace::line))));
        let mut content = None;
        // serde stops at its first fault; what it refused is taken out and the rest is tried again.
        let mut removed: Vec<Vec<String>> = Vec::new();
        for _ in 0..MOST {
            match T::deserialize(Deserializer::from(document.clone())) {
                Ok(read) => {
                    content = Some(read);
                    break;
                }
                Err(fault) => {
                    let path = fault.span().and_then(|span| remove(document.get_mut(), &span));
                    // What is now missing around something taken out is missing for that reason alone.
                    let follows = removed.iter().any(|earlier| match &path {
                        Some(path) => earlier.starts_with(path),
                        None => earlier.last().is_some_and(|key| fault.message().contains(&format!("`{key}`"))),
                    });
                    let said = finding(Code::TomlShape, &file, &fault);
                    // So is what a line that is no TOML was to say, and what stands below a heading that is none is elsewhere.
                    let is_of_key = ["missing field", "unknown field"].iter().any(|start| fault.message().starts_with(start));
                    let is_unsaid = is_of_key && !lines.is_empty() || lines.contains(&said.rule.as_ref().map(TomlPlace::line));
                    if !follows && !is_unsaid {
                        findings.push(said);
                    }
                    let Some(path) = path else { break };
                    removed.push(path);
                }
            }
        }
        let faulty = findings.len() > before;
        Parsed { file, is_lost: content.is_none(), content: content.unwrap_or_default(), faulty }
    }
}

fn finding(code: Code, file: &Arc<TomlFile>, fault: &toml::de::Error) -> Finding {
    let said = fault.message().replace('\n', "; ");
    let span = fault.span().unwrap_or(0..0);
    let place = |span| TomlPlace { file: file.clone(), span };
    let (message, expected, place) = match code {
        Code::TomlSyntax => {
            let (fault, expected, span) = syntax::said(&said, &file.text, span);
            let place = place(span);
            let zh = format!("{place}：不是有效的 TOML（{}）", fault.zh);
            (Text::new(zh, format!("{place}: this is not valid TOML ({})", fault.en)), expected, place)
        }
        _ => {
            let written = file.text.get(span.clone()).unwrap_or_default();
            let (Said { fault, expected }, place) = (said_of(&said, written), place(span));
            let zh = format!("{place}：此项写法不对（{}）", fault.zh);
            (Text::new(zh, format!("{place}: this entry is not of the right form ({})", fault.en)), expected, place)
        }
    };
    let expected = Text::new(expected.zh.trim(), expected.en.trim_end_matches(','));
    Finding::new(code, message).at(Place::file(&file.path)).judged_by(&place).expected(expected)
}

/// Takes out the entry that a fault points at (its key, its value, or the table around a missing key) and says where it stood.
fn remove(table: &mut DeTable<'_>, span: &std::ops::Range<usize>) -> Option<Vec<String>> {
    let hit = table.iter().find(|(key, value)| key.span() == *span || value.span() == *span).map(|(key, _)| key.clone());
    if let Some(key) = hit {
        table.remove(&key)?;
        return Some(vec![key.get_ref().to_string()]);
    }
    table.iter_mut().find_map(|(key, value)| below(key.get_ref(), remove_in(value.get_mut(), span)))
}

fn remove_in(value: &mut DeValue<'_>, span: &std::ops::Range<usize>) -> Option<Vec<String>> {
    match value {
        DeValue::Table(table) => remove(table, span),
        DeValue::Array(array) => match array.iter().position(|item| item.span() == *span) {
            Some(place) => {
                let mut others = DeArray::new();
                array.iter().enumerate().filter(|(at, _)| *at != place).for_each(|(_, item)| others.push(item.clone()));
                *array = others;
                Some(vec![place.to_string()])
            }
            None => {
                array.iter_mut().enumerate().find_map(|(place, item)| below(&place.to_string(), remove_in(item.get_mut(), span)))
            }
        },
        _ => None,
    }
}

fn below(name: &str, path: Option<Vec<String>>) -> Option<Vec<String>> {
    path.map(|path| std::iter::once(name.to_string()).chain(path).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::IndicatorsFile;

    #[test]
    fn every_fault_of_a_file_is_found_with_its_line() {
        let text = r#"
[indicators.a]
name = { zh = "甲", en = "A" }
unit = { zh = "人", en = "persons" }
colour = "red"
better = "higher"
is.total = { of = ["x"] }

[indicators.b]
name = { zh = "乙", en = "B" }
unit = { zh = "人", en = "persons" }
better = "bigger"
is.total = { of = ["x"] }

[indicators.c]
name = { zh = "丙", en = "C" }
unit = { zh = "人", en = "persons" }
decimals = "two"
better = "lower"
is.totals = { of = ["x"] }
"#;
        let file = Arc::new(TomlFile { path: "indicators.toml".into(), text: text.into() });
        let mut findings = Vec::new();
        let parsed = Parsed::<IndicatorsFile>::parse(file, &mut findings);
        let mut lines: Vec<usize> = findings.iter().map(|finding| finding.rule.as_ref().unwrap().line()).collect();
        lines.sort_unstable();
        assert_eq!(lines, [5, 12, 18, 20], "{:#?}", findings.iter().map(|finding| &finding.message.en).collect::<Vec<_>>());
        assert!(parsed.content.indicators.contains_key("a"));
    }
}
