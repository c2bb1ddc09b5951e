//! `run.json`: what ran, on what, how long it took, what it wrote, how it ended.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{
    Order, Stage,
    found::verdicts,
    output::{Artifact, MANIFEST, Written},
    receive::Stamp,
    unchanged::Before,
};
use crate::{
    diag::{Finding, Severity},
    model::{Language, RevisionKind, Revisions, Summary, Verdict},
    plan::Plan,
};

pub struct Manifest<'a> {
    pub order: &'a Order,
    pub plan: &'a Plan,
    pub stamps: &'a [Stamp],
    /// A hash of everything the result rests on, where it may be taken again.
    pub made_of: Option<&'a str>,
    pub findings: &'a [Finding],
    /// What is to be known of the machine rather than of the data.
    pub notes: &'a [Finding],
    pub summary: &'a Summary,
    pub workbooks: usize,
    /// Workbooks that were read because the cache did not know them.
    pub workbooks_parsed: usize,
    pub observations: usize,
    pub late: usize,
    pub drawings: &'a [Value],
    pub drawings_drawn: usize,
    pub run_id: &'a str,
    pub started: Timestamp,
    pub times: &'a [(Stage, Duration)],
    pub files: &'a [Written],
    pub revisions: &'a Revisions,
}

pub fn manifest(of_run: &Manifest) -> Artifact {
    let Manifest { order, plan, findings, summary, .. } = of_run;
    let of = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let verdicts = verdicts(plan, summary);
    let verdict = |verdict: &Verdict| (verdict.word().to_string(), json!(verdicts.get(verdict).copied().unwrap_or(0)));
    let errors = of(Severity::Error);
    artifact(json!({
        "yardstick": env!("CARGO_PKG_VERSION"),
        "pipeline": plan.name,
        "run": of_run.run_id,
        "sample": plan.sample,
        "as_of": order.as_of.to_string(),
        "language": match order.language { Language::Chinese => "zh", Language::English => "en" },
        "outcome": if errors == 0 { "clean" } else { "errors" },
        "exit_code": u8::from(errors > 0),
        "counts": {
            "workbooks_found": of_run.stamps.len(),
            "workbooks_read": of_run.workbooks,
            "observations": of_run.observations,
            "indicator_values": summary.values.len(),
            "figures": of_run.drawings.len(),
            "findings": { "error": errors, "warning": of(Severity::Warning), "note": of(Severity::Note) },
            "verdicts": Verdict::ALL.iter().map(verdict).collect::<Map<String, Value>>(),
            "late": of_run.late,
        },
        "revisions": revised(of_run.revisions),
        "made_of": of_run.made_of,
        "work": { "workbooks_parsed": of_run.workbooks_parsed, "figures_drawn": of_run.drawings_drawn },
        "started": of_run.started.to_string(),
        "finished": Timestamp::now().to_string(),
        "milliseconds": milliseconds(of_run.times),
        "peak_memory_bytes": peak_memory(),
        "threads": rayon::current_num_threads(),
        "notes": of_run.notes,
        "input": of_run.stamps.iter().map(|stamp| json!({
            "path": stamp.name, "bytes": stamp.bytes, "sha256": stamp.sha256,
        })).collect::<Vec<_>>(),
        "modified": modified(of_run.stamps),
        "artifacts": of_run.files.iter().map(file).collect::<Vec<_>>(),
        "drawings": of_run.drawings,
    }))
}

/// The manifest of a run whose files are those of the run before, but for those that were made again.
pub fn again(
    before: &Before,
    remade: &[Written],
    stamps: &[Stamp],
    notes: &[Finding],
    run_id: &str,
    started: Timestamp,
    times: &[(Stage, Duration)],
) -> Artifact {
    let mut content = before.manifest.clone();
    content["same_as"] = before.manifest["run"].clone();
    content["revisions"] = revised(&before.revisions());
    content["run"] = json!(run_id);
    content["work"] = json!({ "workbooks_parsed": 0, "figures_drawn": 0 });
    content["started"] = json!(started.to_string());
    content["finished"] = json!(Timestamp::now().to_string());
    content["milliseconds"] = json!(milliseconds(times));
    content["peak_memory_bytes"] = json!(peak_memory());
    content["threads"] = json!(rayon::current_num_threads());
    content["notes"] = json!(notes);
    content["modified"] = modified(stamps);
    // What is the same has been held against these hashes already.
    if let Some(entries) = content["artifacts"].as_array_mut() {
        for remade in remade {
            if let Some(entry) = entries.iter_mut().find(|entry| entry["path"] == remade.path.as_str()) {
                *entry = file(remade);
            }
        }
    }
    artifact(content)
}

/// What changed since the run before. It depends on that run, and so stands apart from the counts, which do not.
fn revised(revisions: &Revisions) -> Value {
    let counts = RevisionKind::ALL.iter().map(|kind| (kind.word().to_string(), json!(revisions.count(*kind))));
    let mut said: Map<String, Value> = counts.collect();
    said.insert("since".to_string(), json!(revisions.since));
    said.insert("unchanged".to_string(), json!(revisions.unchanged));
    said.insert("unchanged_as_shown".to_string(), json!(revisions.as_shown));
    said.into()
}

fn modified(stamps: &[Stamp]) -> Value {
    stamps.iter().map(|stamp| (stamp.name.to_string(), json!(stamp.modified.to_string()))).collect::<Map<_, _>>().into()
}

fn file(written: &Written) -> Value {
    json!({ "path": written.path, "bytes": written.bytes, "sha256": written.sha256 })
}

/// The manifest of a run that is not finished; what stands there if it never is.
pub fn unfinished(pipeline: &str, run_id: &str, started: Timestamp) -> Artifact {
    artifact(json!({
        "yardstick": env!("CARGO_PKG_VERSION"), "pipeline": pipeline, "run": run_id, "outcome": "unfinished",
        "started": started.to_string(), "process": std::process::id(),
    }))
}

/// The manifest of a run that failed, beside its findings.
pub fn failed(pipeline: &str, run_id: &str, started: Timestamp, times: &[(Stage, Duration)], artifacts: &[Artifact]) -> Artifact {
    artifact(json!({
        "yardstick": env!("CARGO_PKG_VERSION"), "pipeline": pipeline, "run": run_id, "outcome": "failed", "exit_code": 2,
        "started": started.to_string(), "finished": Timestamp::now().to_string(), "milliseconds": milliseconds(times),
        "artifacts": artifacts.iter().map(|artifact| json!({ "path": artifact.path })).collect::<Vec<_>>(),
    }))
}

fn artifact(content: Value) -> Artifact {
    Artifact { path: MANIFEST.to_string(), bytes: format!("{content:#}\n").into_bytes() }
}

fn milliseconds(times: &[(Stage, Duration)]) -> Map<String, Value> {
    times.iter().map(|(stage, time)| (stage.word().to_string(), json!(time.as_millis() as u64))).collect()
}

/// The most memory that the program has had so far, as Linux counts it; elsewhere unknown.
pub fn peak_memory() -> Option<u64> {
    let status = fs_err::read_to_string("/proc/self/status").ok()?;
    let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    kilobytes.trim().trim_end_matches("kB").trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}
