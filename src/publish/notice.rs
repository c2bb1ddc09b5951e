//! A page for one area that can be sent to it as it is: what it has not sent, what was found in what it sent, and how it stands.

use minijinja::{Environment, Value, context};

use super::{
    gallery::verdict,
    words::{both, environment},
};
use crate::{
    diag::Finding,
    model::{Language, Text, Verdict},
};

const PAGE: &str = include_str!("notice.html");
/// Places of one finding that are written out; the rest are counted.
const PLACES: usize = 6;

pub struct Notice<'a> {
    /// The pipeline's title.
    pub title: &'a Text,
    /// Whose page it is.
    pub heading: &'a Text,
    pub as_of: &'a str,
    pub sample: bool,
    pub owed: &'a [Owed],
    pub findings: &'a [&'a Finding],
    pub standings: &'a [Standing],
}

/// A form that has not come.
pub struct Owed {
    pub code: String,
    pub name: Text,
    pub period: Text,
    pub due: String,
    pub state: Text,
}

/// How the area stands to one commitment.
pub struct Standing {
    pub name: Text,
    pub verdict: Verdict,
    pub value: Text,
    pub level: Text,
    pub note: Text,
}

/// What pages are made with.
pub type Pages = Environment<'static>;

/// The same for pages that open in a language.
pub fn pages(language: Language) -> Result<Pages, minijinja::Error> {
    let mut pages = environment(language)?;
    pages.add_template("notice.html", PAGE)?;
    Ok(pages)
}

/// The page as HTML.
pub fn page(notice: &Notice, pages: &Pages) -> Result<String, minijinja::Error> {
    let owed = notice.owed.iter().map(|form| {
        context! { code => form.code, name => both(&form.name), period => both(&form.period), due => form.due, state => both(&form.state) }
    });
    let standings = notice.standings.iter().map(|standing| {
        context! {
            called => both(&standing.name), value => both(&standing.value), level => both(&standing.level),
            note => both(&standing.note), ..verdict(standing.verdict)
        }
    });
    pages.get_template("notice.html")?.render(context! {
        page_title => notice.heading,
        heading => both(notice.heading),
        pipeline => both(notice.title),
        as_of => notice.as_of,
        sample => notice.sample,
        owed => owed.collect::<Vec<_>>(),
        findings => notice.findings.iter().map(|finding| found(finding)).collect::<Vec<_>>(),
        verdicts => standings.collect::<Vec<_>>(),
    })
}

fn found(finding: &Finding) -> Value {
    let said = |text: &Text| (!text.zh.is_empty() || !text.en.is_empty()).then(|| both(text));
    let also: Vec<String> = finding.also.iter().take(PLACES).map(|place| place.beside(&finding.place)).collect();
    context! {
        word => finding.severity.word(),
        severity => both(&finding.severity.name()),
        message => both(&finding.message),
        place => finding.place.to_string(),
        more => finding.also.len() - also.len(),
        also,
        read => finding.read,
        expected => said(&finding.expected),
        because => said(&finding.because),
        next => both(&finding.next),
    }
}
