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

pub struct Counts {
    pub workbooks: usize,
    pub values: usize,
    pub figures: usize,
}

#[expect(clippy::too_many_arguments, reason = "a manifest speaks of everything")]
pub fn manifest(
    order: &Order,
    plan: &Plan,
    sources: &[Source],
    findings: &[Finding],
    summary: &Summary,
    counts: Counts,
    run_id: &str,
    times: &[(Stage, Duration)],
) -> Artifact {
    let of = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let verdicts = super::verdicts(plan, summary);
    let errors = of(Severity::Error);
    let content = json!({
        "yardstick": env!("CARGO_PKG_VERSION"),
        "pipeline": plan.name,
        "run": run_id,
        "sample": plan.sample,
        "as_of": order.as_of.to_string(),
        "language": match order.language { Language::Chinese => "zh", Language::English => "en" },
        "outcome": if errors == 0 { "clean" } else { "errors" },
        "exit_code": u8::from(errors > 0),
        "counts": {
            "workbooks_found": sources.len(),
            "workbooks_read": counts.workbooks,
            "observations": counts.values,
            "indicator_values": summary.values.len(),
            "figures": counts.figures,
            "findings": { "error": errors, "warning": of(Severity::Warning), "note": of(Severity::Note) },
            "verdicts": Verdict::ALL.iter().map(|verdict| (verdict.word().to_string(), json!(verdicts.get(verdict).copied().unwrap_or(0)))).collect::<serde_json::Map<String, Value>>(),
        },
        "milliseconds": times.iter().map(|(stage, time)| (stage.word().to_string(), json!(time.as_millis() as u64))).collect::<serde_json::Map<String, Value>>(),
        "input": sources.iter().map(|source| json!({ "path": source.path, "bytes": source.bytes.len(), "sha256": hash(&source.bytes) })).collect::<Vec<_>>(),
    });
    Artifact { path: "run.json".to_string(), bytes: format!("{content:#}\n").into_bytes() }
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
