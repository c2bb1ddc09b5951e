//! `run.json`: what ran, on what, how long it took, how it ended.

use std::time::Duration;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Order, Stage, output::Artifact};
use crate::{
    diag::{Finding, Severity},
    ingest::Source,
    model::{Language, Summary, Verdict},
    plan::Plan,
};

pub struct Manifest<'a> {
    pub order: &'a Order,
    pub plan: &'a Plan,
    pub sources: &'a [Source],
    pub findings: &'a [Finding],
    pub summary: &'a Summary,
    pub workbooks: usize,
    pub observations: usize,
    pub figures: usize,
    pub run_id: &'a str,
    pub times: &'a [(Stage, Duration)],
}

pub fn manifest(of_run: &Manifest) -> Artifact {
    let Manifest { order, plan, sources, findings, summary, .. } = of_run;
    let of = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let verdicts = super::verdicts(plan, summary);
    let errors = of(Severity::Error);
    let content = json!({
        "yardstick": env!("CARGO_PKG_VERSION"),
        "pipeline": plan.name,
        "run": of_run.run_id,
        "sample": plan.sample,
        "as_of": order.as_of.to_string(),
        "language": match order.language { Language::Chinese => "zh", Language::English => "en" },
        "outcome": if errors == 0 { "clean" } else { "errors" },
        "exit_code": u8::from(errors > 0),
        "counts": {
            "workbooks_found": sources.len(),
            "workbooks_read": of_run.workbooks,
            "observations": of_run.observations,
            "indicator_values": summary.values.len(),
            "figures": of_run.figures,
            "findings": { "error": errors, "warning": of(Severity::Warning), "note": of(Severity::Note) },
            "verdicts": Verdict::ALL.iter().map(|verdict| (verdict.word().to_string(), json!(verdicts.get(verdict).copied().unwrap_or(0)))).collect::<serde_json::Map<String, Value>>(),
        },
        "milliseconds": of_run.times.iter().map(|(stage, time)| (stage.word().to_string(), json!(time.as_millis() as u64))).collect::<serde_json::Map<String, Value>>(),
        "input": sources.iter().map(|source| json!({ "path": source.path, "bytes": source.bytes.len(), "sha256": hash(&source.bytes) })).collect::<Vec<_>>(),
    });
    Artifact { path: "run.json".to_string(), bytes: format!("{content:#}\n").into_bytes() }
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
