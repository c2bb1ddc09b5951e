//! The words of the bulletin: templates of the bureau's, or the built-in ones, filled with what the run found.

use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

use crate::model::{Language, Text};

/// Templates of every part. Each line that comes of a text is a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct Wording {
    pub title: Text,
    pub addressee: Text,
    pub opening: Text,
    pub overall: Section,
    pub subjects: Section,
    pub districts: Section,
    pub problems: Section,
    pub figures: Section,
    pub appendix: Section,
    pub closing: Text,
    pub office: Text,
    /// The most charts that are set in.
    pub charts: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    pub heading: Text,
    pub text: Text,
}

/// What every template may speak of, printed in the language of the run.
#[derive(Debug, Clone, Serialize)]
pub struct Facts {
    /// Title of the pipeline.
    pub title: String,
    /// Name of the whole area.
    pub whole: String,
    pub as_of: String,
    pub total: usize,
    /// Commitments that are met or done.
    pub reached: usize,
    pub verdicts: Vec<Counted>,
    /// Names of the commitments of the whole by verdict.
    pub missed: Vec<String>,
    pub overdue: Vec<String>,
    pub behind: Vec<String>,
    pub cannot_tell: Vec<String>,
    /// What districts have not sent, as `从化区：S08（2022）`.
    pub owed: Vec<String>,
    pub errors: usize,
    pub warnings: usize,
    pub sample: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Counted {
    pub word: &'static str,
    pub name: String,
    pub count: usize,
}

/// What the text of the subjects may speak of besides, as `subject`.
#[derive(Debug, Clone, Serialize)]
pub struct SubjectFacts {
    pub name: String,
    pub total: usize,
    pub reached: usize,
    /// A sentence for each figure that commitments are judged by, without its full stop.
    pub findings: Vec<String>,
    /// Commitments that are judged by the same figures as others.
    pub more: usize,
}

/// What the text of the districts may speak of besides, as `district`.
#[derive(Debug, Clone, Serialize)]
pub struct DistrictFacts {
    pub name: String,
    pub total: usize,
    pub reached: usize,
    pub missed: Vec<String>,
    /// Aspirations that are not reached, which nobody counts as missed.
    pub aspirations: usize,
    /// Commitments that have come less far than the profile of their year asks for by now.
    pub behind: Vec<String>,
    /// What else is judged and not yet due.
    pub open: usize,
    pub owed: Vec<String>,
}

/// The run, and the subject or district that is being written about.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Scope<'a> {
    #[serde(flatten)]
    pub facts: &'a Facts,
    /// Of the heading of the first level: 二 or 2. A part without anything in it takes no number.
    pub number: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<&'a SubjectFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub district: Option<&'a DistrictFacts>,
}

/// A name that no template knows is a fault, and not an empty place in a sentence.
fn environment<'a>() -> Environment<'a> {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    templates
}

/// The paragraphs of a text.
pub fn paragraphs(text: &Text, scope: &Scope, language: Language) -> Result<Vec<String>, minijinja::Error> {
    let said = environment().render_str(text.in_language(language), scope)?;
    Ok(said.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_string).collect())
}

/// One line: a title, a heading.
pub fn line(text: &Text, scope: &Scope, language: Language) -> Result<String, minijinja::Error> {
    Ok(paragraphs(text, scope, language)?.join(" "))
}

/// Why a template cannot be filled, if it cannot: tried on made-up facts before any night.
pub fn fault(text: &Text) -> Option<String> {
    let words = || vec!["x".to_string()];
    let facts = Facts {
        title: String::new(),
        whole: String::new(),
        as_of: String::new(),
        total: 2,
        reached: 1,
        verdicts: vec![Counted { word: "met", name: "x".into(), count: 1 }],
        missed: words(),
        overdue: words(),
        behind: words(),
        cannot_tell: words(),
        owed: words(),
        errors: 1,
        warnings: 1,
        sample: true,
    };
    let subject = SubjectFacts { name: String::new(), total: 1, reached: 1, findings: words(), more: 1 };
    let district = DistrictFacts {
        name: String::new(),
        total: 1,
        reached: 1,
        missed: words(),
        aspirations: 1,
        behind: words(),
        open: 1,
        owed: words(),
    };
    let scope = Scope { facts: &facts, number: "1", subject: Some(&subject), district: Some(&district) };
    [Language::Chinese, Language::English]
        .into_iter()
        .find_map(|language| paragraphs(text, &scope, language).err())
        .map(|fault| fault.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_nobody_knows_is_a_fault_and_lines_are_paragraphs() {
        assert!(fault(&Text::same("{{ totl }}")).is_some());
        assert!(fault(&Text::same("{% for %}")).is_some());
        assert_eq!(fault(&Text::same("{{ total }}{% for v in verdicts %}{{ v.name }}{% endfor %}{{ subject.name }}")), None);
    }
}
