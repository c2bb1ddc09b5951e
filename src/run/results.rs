//! What goes into `results.json`.

use std::io;

use rustc_hash::FxHashMap;

use super::{
    found::{Found, verdicts},
    output::Artifact,
};
use crate::{
    diag::{Finding, Severity},
    model::{AreaKind, Better, Indicator, IndicatorValue, Progress, Target},
    publish::results::{
        AreaName, FindingCount, IndicatorResult, Judged, Results, SubjectName, TargetResult, Value, VerdictCount, json,
    },
};

pub fn results(of: &Found, findings: &[Finding]) -> io::Result<Artifact> {
    let plan = of.plan;
    let mut values: FxHashMap<&str, Vec<&IndicatorValue>> = FxHashMap::default();
    for value in of.summary.values.iter().filter(|value| value.breakdown.is_empty()) {
        values.entry(&value.indicator).or_default().push(value);
    }
    let mut judged: FxHashMap<&str, Vec<&Progress>> = FxHashMap::default();
    for progress in &of.summary.progress {
        judged.entry(&progress.target).or_default().push(progress);
    }
    let count = |severity: Severity| FindingCount {
        severity: severity.word(),
        count: findings.iter().filter(|finding| finding.severity == severity).count(),
    };
    let verdict =
        |(verdict, count): (crate::model::Verdict, usize)| VerdictCount { verdict: verdict.word(), name: verdict.name(), count };
    let results = Results {
        version: 1,
        pipeline: &plan.name,
        title: &plan.title,
        source: &plan.source,
        as_of: of.order.as_of.to_string(),
        sample: plan.sample,
        verdicts: verdicts(plan, of.summary).into_iter().map(verdict).collect(),
        findings: [Severity::Error, Severity::Warning, Severity::Note].map(count).into(),
        areas: plan.book.areas.iter().map(|area| AreaName { id: &area.code, name: &area.name, kind: kind(area.kind) }).collect(),
        subjects: plan.subjects.iter().map(|subject| SubjectName { id: &subject.id, name: &subject.name }).collect(),
        indicators: plan.indicators.iter().map(|indicator| said(indicator, values.remove(&*indicator.id))).collect(),
        targets: plan.targets.iter().map(|target| promised(target, judged.remove(&*target.id))).collect(),
    };
    Ok(Artifact { path: "results.json".to_string(), bytes: json(&results).map_err(io::Error::other)? })
}

fn kind(kind: AreaKind) -> &'static str {
    match kind {
        AreaKind::Whole => "whole",
        AreaKind::District => "district",
        AreaKind::Other => "other",
    }
}

fn said<'a>(indicator: &'a Indicator, values: Option<Vec<&'a IndicatorValue>>) -> IndicatorResult<'a> {
    let value = |value: &'a IndicatorValue| Value {
        area: &value.area,
        period: value.period.to_string(),
        value: value.value,
        status: value.status.letter(),
        change: value.change.map(|change| change.difference),
    };
    IndicatorResult {
        id: &indicator.id,
        name: &indicator.name,
        definition: &indicator.definition,
        subject: &indicator.subject,
        unit: &indicator.unit,
        decimals: indicator.decimals,
        better: match indicator.better {
            Better::Higher => "higher",
            Better::Lower => "lower",
            Better::Neither => "neither",
        },
        values: values.into_iter().flatten().map(value).collect(),
    }
}

fn promised<'a>(target: &'a Target, judged: Option<Vec<&'a Progress>>) -> TargetResult<'a> {
    let row = |progress: &'a Progress| Judged {
        area: &progress.area,
        verdict: progress.verdict.word(),
        direction: progress.direction.word(),
        value: progress.value,
        target_value: progress.target_value,
        gap: progress.gap,
        note: &progress.note,
    };
    TargetResult {
        id: &target.id,
        name: &target.name,
        indicator: target.taken().indicator.as_deref(),
        section: target.citation.as_ref().map_or("", |citation| &citation.section),
        period: target.period.to_string(),
        judged: judged.into_iter().flatten().map(row).collect(),
    }
}
