//! The `[template]` of a layout with its names looked up: how the form is drawn for those who fill it.

use std::collections::BTreeMap;

use super::names;
use crate::{
    diag::Finding,
    ingest::{Drawn, Template, Values},
    model::{Codebook, Id},
    spec::{LayoutFile, Parsed, Spanned},
};

pub fn template(file: &Parsed<LayoutFile>, book: &Codebook, values: &[Values], findings: &mut Vec<Finding>) -> Template {
    let spec = &file.content.template;
    let mut headings = BTreeMap::new();
    for entry in &file.content.values {
        let entry = entry.as_ref();
        let written = entry.heading.first().map(|heading| path(heading)).unwrap_or_default();
        headings.entry(Id::from(entry.measure.as_ref().as_str())).or_insert(written);
    }
    for (measure, heading) in &spec.headings {
        let known = values.iter().map(|values| &values.measure);
        if let Some(measure) = names::find(file, measure, &names::MEASURE, known, findings) {
            headings.insert(measure, path(heading));
        }
    }
    let mut members = BTreeMap::new();
    for (dimension, codes) in &spec.members {
        let known = book.dimensions.iter().map(|dimension| &dimension.id);
        let Some(id) = names::find(file, dimension, &names::DIMENSION, known, findings) else { continue };
        let Some(dimension) = book.dimension(&id) else { continue };
        let mut code = |name: &Spanned<String>| names::member(&file.place(name), name.as_ref(), dimension, findings);
        members.insert(id, codes.iter().filter_map(&mut code).collect());
    }
    Template {
        columns: spec.columns.iter().filter_map(|name| drawn(file, name, book, values, findings)).collect(),
        headings,
        members,
        lines: spec.lines,
        total: spec.total,
        every: spec.every,
        notes: spec.notes.clone(),
    }
}

/// Splits `学位 › 公办` into headings as they are written.
fn path(heading: &str) -> Vec<String> {
    heading.split('›').map(|word| word.trim().to_string()).filter(|word| !word.is_empty()).collect()
}

/// An id that is written like one must exist; anything else is the heading of a column for people.
fn drawn(
    file: &Parsed<LayoutFile>,
    name: &Spanned<String>,
    book: &Codebook,
    values: &[Values],
    findings: &mut Vec<Finding>,
) -> Option<Drawn> {
    let written = name.as_ref().as_str();
    let is_id = written.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c));
    match written {
        "area" => Some(Drawn::Area),
        "period" => Some(Drawn::Period),
        _ if book.dimension(written).is_some() => Some(Drawn::Dimension(Id::from(written))),
        _ if is_id => {
            let known = values.iter().map(|values| &values.measure);
            names::find(file, name, &names::MEASURE, known, findings).map(Drawn::Measure)
        }
        _ => Some(Drawn::Unread(written.to_string())),
    }
}
