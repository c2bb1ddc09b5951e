//! Measures and indicators with every name looked up.

use std::{collections::BTreeSet, path::Path};

use rustc_hash::FxHashMap;

use super::{
    formulas::{Names, contradictions},
    names::{self, contradiction, in_order},
};
use crate::{
    diag::{Finding, TomlPlace},
    model::{Against, Break, Codebook, Formula, Id, Indicator, Measure, Period, Split},
    spec::{AgainstSpec, IndicatorsFile, MeasuresFile, Parsed, Spanned, Spec, SplitSpec},
};

pub fn measures(spec: &Spec, book: &Codebook, findings: &mut Vec<Finding>) -> Vec<Measure> {
    let entries = in_order(&spec.measures, |content| &content.measures);
    names::refuse_twice(&entries, &names::MEASURE, findings);
    let ids: Vec<Id> = entries.iter().map(|(_, id, _)| Id::from(id.as_str())).collect();
    let dimensions = || book.dimensions.iter().map(|dimension| &dimension.id);
    let mut measures = Vec::new();
    for (file, id, entry) in entries {
        let place = file.place(entry);
        let id = names::define(&place, id, findings);
        let entry = entry.as_ref();
        let by = entry.by.iter().filter_map(|name| names::find(file, name, &names::DIMENSION, dimensions(), findings)).collect();
        let product = entry.product.as_ref().map(|factors| {
            factors.iter().filter_map(|name| names::find(file, name, &names::MEASURE, ids.iter(), findings)).collect()
        });
        let split = entry.split.as_ref().and_then(|spec| split(file, spec, book, &ids, findings));
        let (name, unit) = (entry.name.clone(), entry.unit.clone());
        measures.push((place, Measure { id, name, unit, by, kind: entry.kind, product, split }));
    }
    sources_first(measures, findings)
}

/// In the order in which they are written, but what is derived stands behind what it is derived from, so that one pass derives all.
fn sources_first(mut open: Vec<(TomlPlace, Measure)>, findings: &mut Vec<Finding>) -> Vec<Measure> {
    let mut placed = Vec::new();
    let waits_for = |open: &[(TomlPlace, Measure)], measure: &Measure| -> Vec<usize> {
        let is_source = |other: &Measure| measure.sources().contains(&&other.id) && !other.sources().is_empty();
        (0..open.len()).filter(|&at| is_source(&open[at].1)).collect()
    };
    while let Some(next) = open.iter().position(|(_, measure)| waits_for(&open, measure).is_empty()) {
        placed.push(open.remove(next).1);
    }
    // The rest goes round in circles, or is derived from what does.
    for (at, (place, Measure { id, .. })) in open.iter().enumerate() {
        let (mut seen, mut next) = (BTreeSet::new(), waits_for(&open, &open[at].1));
        while let Some(source) = next.pop() {
            if seen.insert(source) {
                next.extend(waits_for(&open, &open[source].1));
            }
        }
        if seen.contains(&at) {
            findings.push(contradiction(
                place,
                format!("“{id}”归根到底由它自己推算得出；请检查 product 和 split 所列的计数项"),
                format!("`{id}` is in the end derived from itself; look at the measures that product and split name"),
            ));
        }
    }
    placed.extend(open.into_iter().map(|(_, measure)| measure));
    placed
}

pub fn indicators(spec: &Spec, folder: &Path, book: &Codebook, findings: &mut Vec<Finding>) -> Vec<Indicator> {
    let entries = in_order(&spec.indicators, |content| &content.indicators);
    names::refuse_twice(&entries, &names::INDICATOR, findings);
    let ids: Vec<Id> = entries.iter().map(|(_, id, _)| Id::from(id.as_str())).collect();
    let subjects: Vec<Id> = spec.pipeline.content.subjects.iter().map(|subject| Id::from(subject.id.as_str())).collect();
    let mut placed = Vec::new();
    for (file, id, entry) in entries {
        let place = file.place(entry);
        let id = names::define(&place, id, findings);
        let entry = entry.as_ref();
        let names = Names { file, folder, book, indicators: &ids };
        let formula = names.formula(&entry.is, findings);
        let by = entry.by.iter().map(|grouping| names.dimensions(grouping, findings)).collect();
        // Parts are areas, or members of dimensions.
        let is_area = |grouping: &[Spanned<String>]| matches!(grouping, [word] if word.as_ref() == "area");
        let mut parts = |grouping: &Vec<Spanned<String>>| match is_area(grouping) {
            true => Vec::new(),
            false => names.dimensions(grouping, findings),
        };
        let decompose = entry.decompose.iter().map(&mut parts).collect();
        let clusters = names.dimensions(&entry.clusters, findings).pop();
        let change = entry.change.as_ref().map_or_else(|| vec![Against::Previous], |specs| against(file, specs, findings));
        let mut breaks = Vec::new();
        for spec in &entry.breaks {
            breaks.extend(period(file, &spec.at, findings).map(|at| Break { at, because: spec.because.clone() }));
        }
        let subject = entry.subject.as_ref().and_then(|name| names::find(file, name, &names::SUBJECT, subjects.iter(), findings));
        let Some(formula) = formula else { continue };
        let indicator = Indicator {
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
            change,
            breaks,
            decompose,
            line: entry.line.clone(),
            clusters,
        };
        placed.push((place, indicator));
    }
    contradictions(&placed, findings);
    let mut indicators: Vec<Indicator> = placed.into_iter().map(|(_, indicator)| indicator).collect();
    // A series breaks where that breaks which it is made of.
    let breaks: FxHashMap<Id, Vec<Break>> =
        indicators.iter().map(|indicator| (indicator.id.clone(), indicator.breaks.clone())).collect();
    for indicator in &mut indicators {
        if let Formula::Standardised { of, .. } = &indicator.formula {
            indicator.breaks.extend(breaks.get(of).into_iter().flatten().cloned());
        }
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

fn split(
    file: &Parsed<MeasuresFile>,
    spec: &SplitSpec,
    book: &Codebook,
    ids: &[Id],
    findings: &mut Vec<Finding>,
) -> Option<Split> {
    let mut measure = |name: &Spanned<String>| names::find(file, name, &names::MEASURE, ids.iter(), findings);
    let (of, by) = (measure(&spec.of), measure(&spec.by));
    let over = names::find(file, &spec.over, &names::DIMENSION, book.dimensions.iter().map(|known| &known.id), findings)?;
    let dimension = book.dimension(&over)?;
    // In the order of the list, so that rows are in the order of the stages.
    let place = |code: &str| dimension.order(code);
    let mut weights: Vec<(Id, f64)> = spec.weights.iter().map(|(code, weight)| (Id::from(code.as_str()), *weight)).collect();
    weights.sort_by_key(|(code, _)| place(code));
    for (code, weight) in &weights {
        if dimension.get(code).is_none() || *weight <= 0.0 {
            findings.push(contradiction(
                &file.place(&spec.over),
                format!("weights 中的 {code} = {weight} 应为维度 {over} 的代码和大于 0 的权重"),
                format!("`{code} = {weight}` in weights is to be a code of the dimension {over} and a weight above 0"),
            ));
        }
    }
    Some(Split { of: of?, by: by?, over, weights })
}

fn against(file: &Parsed<IndicatorsFile>, specs: &[AgainstSpec], findings: &mut Vec<Finding>) -> Vec<Against> {
    let mut found = Vec::new();
    for spec in specs {
        found.extend(match spec {
            AgainstSpec::Previous => Some(Against::Previous),
            AgainstSpec::YearBefore => Some(Against::YearBefore),
            AgainstSpec::Since(base) => period(file, base, findings).map(Against::Since),
        });
    }
    found
}

fn period(file: &Parsed<IndicatorsFile>, written: &Spanned<String>, findings: &mut Vec<Finding>) -> Option<Period> {
    let read = written.as_ref().parse();
    read.map_err(|fault: String| findings.push(contradiction(&file.place(written), format!("时期写法不对（{fault}）"), fault)))
        .ok()
}
