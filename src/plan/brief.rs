//! The wording of the bulletin: the pipeline's own templates over the built-in ones, each tried before any night.

use crate::{
    diag::{Code, Finding},
    model::Text,
    publish::brief::wording::{Section, Wording, fault},
    spec::{BriefFile, BriefSection, Parsed, Spanned},
};

/// The templates, or the built-in ones where the pipeline's have a fault. The faults are reported all at once.
pub fn wording(own: &Parsed<BriefFile>, findings: &mut Vec<Finding>) -> Wording {
    let built_in = BriefFile::built_in();
    let mut take = |own_text: &Option<Spanned<Text>>, other: &Option<Spanned<Text>>| -> Text {
        let Some(text) = own_text else { return other.as_ref().map(|text| text.get_ref().clone()).unwrap_or_default() };
        if let Some(fault) = fault(text.get_ref()) {
            let place = own.place(text);
            let message = Text::new(
                format!("{place}：这段文字无法套用（{fault}）"),
                format!("{place}: this wording cannot be filled ({fault})"),
            );
            findings.push(Finding::new(Code::TomlShape, message).judged_by(&place));
        }
        text.get_ref().clone()
    };
    let file = &own.content;
    let mut section = |own: &BriefSection, other: &BriefSection| Section {
        heading: take(&own.heading, &other.heading),
        text: take(&own.text, &other.text),
    };
    let overall = section(&file.overall, &built_in.overall);
    let subjects = section(&file.subjects, &built_in.subjects);
    let districts = section(&file.districts, &built_in.districts);
    let problems = section(&file.problems, &built_in.problems);
    let figures = section(&file.figures, &built_in.figures);
    let appendix = section(&file.appendix, &built_in.appendix);
    Wording {
        overall,
        subjects,
        districts,
        problems,
        figures,
        appendix,
        title: take(&file.title, &built_in.title),
        addressee: take(&file.addressee, &built_in.addressee),
        opening: take(&file.opening, &built_in.opening),
        closing: take(&file.closing, &built_in.closing),
        office: take(&file.office, &built_in.office),
        charts: usize::from(file.charts.or(built_in.charts).unwrap_or(0)),
    }
}
