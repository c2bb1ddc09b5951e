//! Measures and indicators with every name looked up.

use std::collections::BTreeMap;

use super::names::{self, contradiction};
use crate::{
    diag::Finding,
    model::{Codebook, Formula, Id, Indicator, Measure, Term},
    spec::{FormulaSpec, IndicatorsFile, Parsed, Spec, TermSpec},
};

/// Entries of a table in the order in which they are written.
pub fn in_order<T>(entries: &BTreeMap<String, toml::Spanned<T>>) -> Vec<(&String, &toml::Spanned<T>)> {
    let mut listed: Vec<_> = entries.iter().collect();
    listed.sort_by_key(|(_, entry)| entry.span().start);
    listed
}

pub fn measures(spec: &Spec, book: &Codebook, findings: &mut Vec<Finding>) -> Vec<Measure> {
    let file = &spec.measures;
    let entries = in_order(&file.content.measures);
    let ids: Vec<Id> = entries.iter().map(|(id, _)| Id::from(id.as_str())).collect();
    let dimensions = || book.dimensions.iter().map(|dimension| &dimension.id);
    let mut measures = Vec::new();
    for (id, entry) in entries {
        let id = names::define(&file.place(entry), id, findings);
        let entry = entry.as_ref();
        let by = entry.by.iter().filter_map(|name| names::find(file, name, &names::DIMENSION, dimensions(), findings)).collect();
        let product = entry.product.as_ref().map(|factors| {
            factors.iter().filter_map(|name| names::find(file, name, &names::MEASURE, ids.iter(), findings)).collect()
        });
        measures.push(Measure {
            id,
            name: entry.name.clone(),
            unit: entry.unit.clone(),
            by,
            additive: !entry.reported_rate,
            product,
        });
    }
    measures
}

pub fn indicators(spec: &Spec, book: &Codebook, findings: &mut Vec<Finding>) -> Vec<Indicator> {
    let file = &spec.indicators;
    let entries = in_order(&file.content.indicators);
    let ids: Vec<Id> = entries.iter().map(|(id, _)| Id::from(id.as_str())).collect();
    let subjects: Vec<Id> = spec.pipeline.content.subjects.iter().map(|subject| Id::from(subject.id.as_str())).collect();
    let mut indicators = Vec::new();
    for (id, entry) in entries {
        let place = file.place(entry);
        let id = names::define(&place, id, findings);
        let entry = entry.as_ref();
        let mut terms =
            |specs: &[TermSpec]| -> Vec<Term> { specs.iter().filter_map(|spec| term(file, spec, book, findings)).collect() };
        let formula = match &entry.is {
            FormulaSpec::Total { of } => Some(Formula::Total { of: terms(of) }),
            FormulaSpec::Ratio { of, to, per } => Some(Formula::Ratio { of: terms(of), to: terms(to), per: *per }),
            FormulaSpec::Variation { of, weighted_by } => {
                let weighted_by = terms(weighted_by);
                names::find(file, of, &names::INDICATOR, ids.iter(), findings).map(|of| Formula::Variation { of, weighted_by })
            }
            FormulaSpec::DistrictsThat { moved, of } => names::find(file, of, &names::INDICATOR, ids.iter(), findings)
                .map(|of| Formula::DistrictsThat { moved: *moved, of }),
        };
        let mut by = Vec::new();
        for grouping in &entry.by {
            let dimensions = || book.dimensions.iter().map(|dimension| &dimension.id);
            by.push(
                grouping.iter().filter_map(|name| names::find(file, name, &names::DIMENSION, dimensions(), findings)).collect(),
            );
        }
        let subject = entry.subject.as_ref().and_then(|name| names::find(file, name, &names::SUBJECT, subjects.iter(), findings));
        let Some(formula) = formula else { continue };
        indicators.push(Indicator {
            id,
            name: entry.name.clone(),
            definition: entry.definition.clone(),
            subject: subject.unwrap_or_else(|| "".into()),
            unit: entry.unit.clone(),
            decimals: entry.decimals,
            better: entry.better,
            formula,
            by,
        });
    }
    // A source that gives nothing but rates is read and checked; there is nothing in it to add up.
    let has_counts = book.measures.iter().any(|measure| measure.additive);
    if indicators.is_empty() && has_counts && !file.faulty {
        findings.push(contradiction(&spec.pipeline.top(), "indicators.toml 中没有指标", "indicators.toml defines no indicator"));
    }
    indicators
}

fn term(file: &Parsed<IndicatorsFile>, spec: &TermSpec, book: &Codebook, findings: &mut Vec<Finding>) -> Option<Term> {
    let measure = names::find(file, &spec.measure, &names::MEASURE, book.measures.iter().map(|measure| &measure.id), findings)?;
    if book.measure(&measure).is_some_and(|measure| !measure.additive) {
        findings.push(contradiction(
            &file.place(&spec.measure),
            format!("{measure} 是填报的比率，比率不能相加；请改用分子和分母"),
            format!("{measure} is a reported rate, and rates do not add up: use its counts"),
        ));
    }
    let mut only = BTreeMap::new();
    for (dimension, members) in &spec.only {
        let Some(known) = book.dimension(dimension) else {
            let all: Vec<&Id> = book.dimensions.iter().map(|dimension| &dimension.id).collect();
            findings.push(names::unknown(&file.place(&spec.measure), dimension, &names::DIMENSION, &all));
            continue;
        };
        let codes = || known.members.iter().map(|member| &member.code);
        let members = members.iter().filter_map(|member| names::find(file, member, &names::MEMBER, codes(), findings)).collect();
        only.insert(known.id.clone(), members);
    }
    Some(Term { measure, only, minus: spec.minus })
}
