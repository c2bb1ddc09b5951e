//! Words: a phrase in both languages, and the form in which two spellings of one heading are equal.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// The language a run speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Language {
    #[default]
    Chinese,
    English,
}

/// A phrase in Chinese and English.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    pub zh: String,
    pub en: String,
}

impl Text {
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Text { zh: zh.into(), en: en.into() }
    }

    /// The same words in both languages: codes, names of files, numbers.
    pub fn same(words: impl Into<String>) -> Self {
        let words = words.into();
        Text { zh: words.clone(), en: words }
    }

    /// Two phrases one after the other; an empty one leaves no mark.
    pub fn and(&self, more: &Text) -> Text {
        let join =
            |a: &str, b: &str, mark: &str| [a, b].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(mark);
        Text { zh: join(&self.zh, &more.zh, "；"), en: join(&self.en, &more.en, "; ") }
    }

    pub fn in_language(&self, language: Language) -> &str {
        let (wanted, other) = match language {
            Language::Chinese => (&self.zh, &self.en),
            Language::English => (&self.en, &self.zh),
        };
        if wanted.is_empty() { other } else { wanted }
    }
}

/// Full-width to half-width, no spaces, lower case: what remains of a heading when office habits are taken away.
pub fn fold(text: &str) -> String {
    folded(text).into_owned()
}

/// The same; most of what offices write is so already.
fn folded(text: &str) -> Cow<'_, str> {
    let is_kept = |c: char| !c.is_whitespace() && !c.is_control();
    if text.chars().all(|c| is_plain(c) && is_kept(c) && !c.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    // Codes and numbers of pupils, of which there are many.
    if text.is_ascii() {
        let mut folded = text.to_ascii_lowercase();
        folded.retain(is_kept);
        return Cow::Owned(folded);
    }
    if text.chars().all(|c| plain(c).is_some()) {
        return Cow::Owned(text.chars().filter_map(plain).filter(|c| is_kept(*c)).map(|c| c.to_ascii_lowercase()).collect());
    }
    Cow::Owned(folded_by_tables(text))
}

/// Half-width forms of most of what offices write, without the tables of Unicode.
fn plain(c: char) -> Option<char> {
    match c {
        _ if is_plain(c) => Some(c),
        '\u{3000}' => Some(' '),
        // Marks between words that have one width only.
        '、' | '。' | '〈'..='】' | '〔' | '〕' => Some(c),
        // Full-width ASCII, in the same order.
        '！'..='～' => char::from_u32(c as u32 - ('！' as u32 - '!' as u32)),
        _ => None,
    }
}

/// ASCII and the Chinese characters in common use: half-width as they are.
fn is_plain(c: char) -> bool {
    c.is_ascii() || is_chinese(c)
}

/// The Chinese characters in common use, without the tables of Unicode.
pub fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

fn folded_by_tables(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace() && !c.is_control()).flat_map(char::to_lowercase).collect()
}

/// Full-width to half-width and nothing else: a code as written, `ＢＹ－２０２１－０２`, is the code it names.
pub fn half_width(text: &str) -> String {
    if text.chars().all(is_plain) {
        return text.trim().to_string();
    }
    text.nfkc().collect::<String>().trim().to_string()
}

/// A folded heading without the parts that do not name it: `其中：`, leading numbers, a unit or footnote mark in brackets at its end.
pub fn fold_heading(text: &str) -> String {
    let folded = folded(text);
    let mut name = folded.as_ref();
    for lead in ["其中:", "其中", "of which:", "of which"] {
        name = name.strip_prefix(lead).unwrap_or(name);
    }
    if let Some((number, rest)) = name.split_once(['.', '、'])
        && !number.is_empty()
        && number.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
    {
        name = rest;
    }
    while let Some(open) = name.rfind(['(', '['])
        && name.ends_with([')', ']'])
        && open > 0
    {
        name = &name[..open];
    }
    name.trim_end_matches([':', '*']).to_string()
}

/// The one of several named things that a text names, with the name it was found by. A name inside a longer one that is there
/// too (`Renfrewshire` in `East Renfrewshire`) names nothing by itself; of two different things neither is the one.
pub fn only_named<'a>(names: impl Iterator<Item = (&'a str, usize)>, text: &str) -> Option<(&'a str, usize)> {
    let mut rest = fold(text);
    let mut present: Vec<(&str, usize)> = names.filter(|(name, _)| name.chars().count() >= 2 && rest.contains(name)).collect();
    present.sort_by_key(|(name, place)| (std::cmp::Reverse(name.chars().count()), *place, *name));
    let mut found: Option<(&str, usize)> = None;
    for (name, place) in present {
        if !rest.contains(name) {
            continue;
        }
        if found.is_some_and(|(_, other)| other != place) {
            return None;
        }
        found = found.or(Some((name, place)));
        rest = rest.replace(name, "\u{0}");
    }
    found
}

/// What stands in the last brackets of a heading: its unit, as in `计划新增学位(万个)`.
pub fn bracketed(text: &str) -> Option<String> {
    let folded = folded(text);
    let inner = folded.strip_suffix(')')?;
    inner.rfind('(').map(|open| inner[open + 1..].to_string())
}

/// What stands in any brackets of a heading, the last first.
pub fn in_brackets(text: &str) -> Vec<String> {
    let folded = folded(text);
    let opened = folded.rmatch_indices(['(', '[', '【']).map(|(at, open)| &folded[at + open.len()..]);
    opened.filter_map(|inner| inner.split_once([')', ']', '】']).map(|(inner, _)| inner.to_string())).collect()
}

/// How many, in English: `1 cell`, `2 cells`.
pub fn how_many(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_equal_beyond_office_habits() {
        for written in ["在校生(人)", "在校生（人）", " 在 校 生 ", "１．在校生", "其中：在校生（人）", "在校生:"]
        {
            assert_eq!(fold_heading(written), "在校生", "{written}");
        }
        assert_eq!(fold_heading("(1) Includes"), "(1)includes");
        assert_eq!(fold_heading("3.5 ratio"), "5ratio");
    }

    #[test]
    fn brackets_are_found_from_the_last() {
        assert_eq!(in_brackets("经费（万元）（含民办）"), ["含民办", "万元"]);
        assert_eq!(in_brackets("经费[万元]"), ["万元"]);
        assert_eq!(in_brackets("经费"), <[&str; 0]>::default());
    }

    #[test]
    fn plain_text_folds_as_the_tables_of_unicode_say() {
        for c in (0..0x11_0000u32).filter_map(char::from_u32).filter(|c| plain(*c).is_some()) {
            let text = format!("A{c} 区");
            assert_eq!(fold(&text), folded_by_tables(&text), "{c:?}");
            assert_eq!(half_width(&text), text.nfkc().collect::<String>().trim(), "{c:?}");
        }
    }

    #[test]
    fn the_unit_of_a_heading_is_in_its_last_brackets() {
        assert_eq!(bracketed("计划新增学位（万个）").as_deref(), Some("万个"));
        assert_eq!(bracketed("在校生"), None);
    }
}
