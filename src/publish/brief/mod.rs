//! `brief.docx`: a draft of the bulletin (通报) in the usual order: how all stands, by subject, by district, problems, tables.

mod docx;
mod package;
pub mod wording;

use super::svg::Picture;
use crate::model::{Figure, Language};
use wording::{DistrictFacts, Facts, Scope, SubjectFacts, Wording, line, paragraphs};

/// What it is written from.
pub struct Brief<'a> {
    pub wording: &'a Wording,
    pub language: Language,
    pub facts: &'a Facts,
    pub subjects: &'a [(SubjectFacts, Option<Chart<'a>>)],
    pub districts: &'a [DistrictFacts],
    pub tables: &'a [Table],
    /// The day that is its date, as in the facts.
    pub day: &'a str,
}

/// A chart and its PNG.
#[derive(Clone, Copy)]
pub struct Chart<'a> {
    pub figure: &'a Figure,
    pub picture: &'a Picture,
    pub png: &'a [u8],
}

/// A column of a table: its heading, its share of the width, and whether figures stand in it.
pub struct TableColumn {
    pub name: String,
    pub share: u32,
    pub figures: bool,
}

/// A table of the appendix.
pub struct Table {
    pub caption: String,
    pub columns: Vec<TableColumn>,
    pub rows: Vec<Vec<String>>,
}

/// What stands one below the other.
pub enum Block<'a> {
    Title(String),
    Addressee(String),
    /// First level: 一、
    Heading(String),
    /// Second level: （一）
    Subheading(String),
    Paragraph(String),
    /// A paragraph that stays with what follows: the last one with whoever signs.
    Closing(String),
    Picture(Chart<'a>, String),
    Caption(String),
    Table(&'a Table),
    /// On the right: who signs, and when.
    Signature(String),
    PageBreak,
}

/// The document as bytes; the same results are the same bytes.
pub fn document(brief: &Brief) -> std::io::Result<Vec<u8>> {
    let blocks = blocks(brief).map_err(std::io::Error::other)?;
    let sample = brief.facts.sample.then_some(match brief.language {
        Language::Chinese => "示例数据，不是真实统计",
        Language::English => "SAMPLE DATA, not real figures",
    });
    docx::document(&blocks, sample)
}

fn blocks<'a>(brief: &'a Brief) -> Result<Vec<Block<'a>>, minijinja::Error> {
    let Brief { wording, language, facts, .. } = brief;
    let outside = Scope { facts, number: "", subject: None, district: None };
    let heading = |text, scope: &Scope| line(text, scope, *language);
    let mut blocks = vec![Block::Title(heading(&wording.title, &outside)?)];
    let addressee = heading(&wording.addressee, &outside)?;
    if !addressee.is_empty() {
        blocks.push(Block::Addressee(addressee));
    }
    blocks.extend(paragraphs(&wording.opening, &outside, *language)?.into_iter().map(Block::Paragraph));
    let mut numbers = (1..).map(|number| first_level(number, *language));
    let mut part = || numbers.next().unwrap_or_default();
    let number = part();
    let scope = Scope { number: &number, ..outside };
    blocks.push(Block::Heading(heading(&wording.overall.heading, &scope)?));
    blocks.extend(paragraphs(&wording.overall.text, &scope, *language)?.into_iter().map(Block::Paragraph));
    // Among the words a picture that fits no more would leave a part of its page blank.
    let mut pictures = Vec::new();
    let number = if brief.subjects.is_empty() { String::new() } else { part() };
    let scope = Scope { number: &number, ..outside };
    if !brief.subjects.is_empty() {
        blocks.push(Block::Heading(heading(&wording.subjects.heading, &scope)?));
    }
    for (place, (subject, chart)) in brief.subjects.iter().enumerate() {
        let scope = Scope { subject: Some(subject), ..scope };
        blocks.push(Block::Subheading(format!("{}{}", second_level(place + 1, *language), subject.name)));
        let mut words = paragraphs(&wording.subjects.text, &scope, *language)?;
        if let Some(chart) = chart {
            let number = pictures.len() + 1;
            pictures.push(Block::Picture(*chart, caption(number, &chart.figure.title, *language)));
            match words.last_mut() {
                Some(last) => *last += &see(number, *language),
                None => words.push(see(number, *language).trim().to_string()),
            }
        }
        blocks.extend(words.into_iter().map(Block::Paragraph));
    }
    let number = if brief.districts.is_empty() { String::new() } else { part() };
    let scope = Scope { number: &number, ..outside };
    if !brief.districts.is_empty() {
        blocks.push(Block::Heading(heading(&wording.districts.heading, &scope)?));
    }
    for district in brief.districts {
        let scope = Scope { district: Some(district), ..scope };
        blocks.extend(paragraphs(&wording.districts.text, &scope, *language)?.into_iter().map(Block::Paragraph));
    }
    let number = part();
    let scope = Scope { number: &number, ..outside };
    blocks.push(Block::Heading(heading(&wording.problems.heading, &scope)?));
    blocks.extend(paragraphs(&wording.problems.text, &scope, *language)?.into_iter().map(Block::Paragraph));
    blocks.extend(paragraphs(&wording.closing, &outside, *language)?.into_iter().map(Block::Closing));
    let office = heading(&wording.office, &outside)?;
    blocks.extend([office, brief.day.to_string()].into_iter().filter(|words| !words.is_empty()).map(Block::Signature));
    if !pictures.is_empty() || !brief.tables.is_empty() {
        blocks.push(Block::PageBreak);
    }
    if !pictures.is_empty() {
        blocks.push(Block::Heading(heading(&wording.figures.heading, &outside)?));
        blocks.append(&mut pictures);
    }
    if !brief.tables.is_empty() {
        blocks.push(Block::Heading(heading(&wording.appendix.heading, &outside)?));
    }
    for table in brief.tables {
        blocks.push(Block::Caption(table.caption.clone()));
        blocks.push(Block::Table(table));
    }
    Ok(blocks)
}

fn see(number: usize, language: Language) -> String {
    match language {
        Language::Chinese => format!("见图{number}。"),
        Language::English => format!(" See figure {number}."),
    }
}

fn caption(number: usize, title: &str, language: Language) -> String {
    match language {
        Language::Chinese => format!("图{number}　{title}"),
        Language::English => format!("Figure {number}. {title}"),
    }
}

/// `一` to `九十九`, or the number itself.
fn first_level(number: usize, language: Language) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    if language == Language::English {
        return number.to_string();
    }
    let tens = match number / 10 {
        0 => String::new(),
        1 => "十".to_string(),
        tens => format!("{}十", DIGITS.get(tens).unwrap_or(&"")),
    };
    format!("{tens}{}", DIGITS[number % 10])
}

/// `（一）` to `（九十九）`.
fn second_level(number: usize, language: Language) -> String {
    let number = first_level(number, language);
    if language == Language::English { format!("({number}) ") } else { format!("（{number}）") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn second_level_headings_are_numbered_as_official_documents_do() {
        let numbered = |number| second_level(number, Language::Chinese);
        assert_eq!([1, 10, 11, 20, 35].map(numbered), ["（一）", "（十）", "（十一）", "（二十）", "（三十五）"]);
    }
}
