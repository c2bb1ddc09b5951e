//! Measures and indicators with every name looked up.

use std::collections::BTreeMap;

use super::names::{self, contradiction, in_order};
use crate::{
    diag::Finding,
    model::{Codebook, Formula, Id, Indicator, Measure, MeasureKind, Term},
    spec::{FormulaSpec, IndicatorsFile, Parsed, Spanned, Spec, TermSpec},
};

pub fn measures(spec: &Spec, book: &Codebook, findings: &mut Vec<Finding>) -> Vec<Measure> {
    let entries = in_order(&spec.measures, |content| &content.measures);
    names::refuse_twice(&entries, &names::MEASURE, findings);
    let ids: Vec<Id> = entries.iter().map(|(_, id, _)| Id::from(id.as_str())).collect();
    let dimensions = || book.dimensions.iter().map(|dimension| &dimension.id);
    let mut measures = Vec::new();
    for (file, id, entry) in entries {
        let id = names::define(&file.place(entry), id, findings);
        let entry = entry.as_ref();
        let by = entry.by.iter().filter_map(|name| names::find(file, name, &names::DIMENSION, dimensions(), findings)).collect();
        let product = entry.product.as_ref().map(|factors| {
            factors.iter().filter_map(|name| names::find(file, name, &names::MEASURE, ids.iter(), findings)).collect()
        });
        measures.push(Measure { id, name: entry.name.clone(), unit: entry.unit.clone(), by, kind: entry.kind, product });
    }
    measures
}

pub fn indicators(spec: &Spec, book: &Codebook, findings: &mut Vec<Finding>) -> Vec<Indicator> {
    let entries = in_order(&spec.indicators, |content| &content.indicators);
    names::refuse_twice(&entries, &names::INDICATOR, findings);
    let ids: Vec<Id> = entries.iter().map(|(_, id, _)| Id::from(id.as_str())).collect();
    let subjects: Vec<Id> = spec.pipeline.content.subjects.iter().map(|subject| Id::from(subject.id.as_str())).collect();
    let mut indicators = Vec::new();
    for (file, id, entry) in entries {
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
            over_year: entry.over_year,
        });
    }
    // Subjects stand in the order of the pipeline, whatever files their indicators are in; what has none comes last.
    let place = |subject: &Id| subjects.iter().position(|known| known == subject).unwrap_or(subjects.len());
    indicators.sort_by_key(|indicator| place(&indicator.subject));
    // A source that gives nothing but rates is read and checked; there is nothing in it to add up.
    let has_counts = book.measures.iter().any(Measure::is_additive);
    if indicators.is_empty() && has_counts && !spec.indicators.iter().any(|file| file.faulty) {
        findings.push(contradiction(&spec.pipeline.top(), "indicators.toml 中没有指标", "indicators.toml defines no indicator"));
    }
    indicators
}

fn term(file: &Parsed<IndicatorsFile>, spec: &TermSpec, book: &Codebook, findings: &mut Vec<Finding>) -> Option<Term> {
    let measure = names::find(file, &spec.measure, &names::MEASURE, book.measures.iter().map(|measure| &measure.id), findings)?;
    let kind = book.measure(&measure).map(|measure| measure.kind).unwrap_or_default();
    if kind != MeasureKind::Count {
        let (zh, en) = match kind {
            MeasureKind::ReportedRate => {
                ("是填报的比率，比率不能相加；请改用分子和分母", "is a reported rate, and rates do not add up: use its counts")
            }
            _ => ("是日期或文字，不能相加", "is a day or words, which do not add up"),
        };
        findings.push(contradiction(&file.place(&spec.measure), format!("{measure} {zh}"), format!("{measure} {en}")));
    }
    let days = || book.measures.iter().filter(|measure| measure.kind == MeasureKind::Day).map(|measure| &measure.id);
    let from_day = spec.from_day.as_ref().and_then(|name| names::find(file, name, &names::DAY, days(), findings));
    let mut only = BTreeMap::new();
    for (dimension, members) in &spec.only {
        let Some(known) = book.dimension(dimension) else {
            let all: Vec<&Id> = book.dimensions.iter().map(|dimension| &dimension.id).collect();
            findings.push(names::unknown(&file.place(&spec.measure), dimension, &names::DIMENSION, &all));
            continue;
        };
        let codes = || known.members.iter().map(|member| &member.code);
        let found = |member: &Spanned<String>| match known.open {
            true => Some(Id::from(member.as_ref().as_str())),
            false => names::find(file, member, &names::MEMBER, codes(), findings),
        };
        only.insert(known.id.clone(), members.iter().filter_map(found).collect());
    }
    Some(Term { measure, only, minus: spec.minus, from_day })
}
