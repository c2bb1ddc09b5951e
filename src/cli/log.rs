//! `--log-format json`: one JSON object a line on standard error, for machines that collect logs.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::warn;
use crate::{
    diag::Finding,
    run::{Outcome, Stage, Watch},
};

pub struct Log {
    pub pipeline: String,
}

impl Log {
    fn line(&self, event: &str, more: Value) {
        let mut line = json!({ "time": Timestamp::now().to_string(), "event": event, "pipeline": self.pipeline });
        if let (Some(line), Value::Object(more)) = (line.as_object_mut(), more) {
            line.extend(more);
        }
        warn(&format!("{line}\n"));
    }

    /// Everything found, all of it, and how it ended.
    pub fn close(&self, outcome: &Outcome) {
        for found in &outcome.findings {
            self.line("finding", finding(found));
        }
        self.line("result", outcome.report());
    }
}

impl Watch for Log {
    fn stage(&self, stage: Stage, steps: usize) {
        self.line("stage", json!({ "stage": stage.word(), "steps": steps }));
    }

    fn step(&self) {}

    fn note(&self, note: &Finding) {
        self.line("note", finding(note));
    }

    fn waiting(&self, holder: &Finding) {
        self.line("waiting", finding(holder));
    }
}

/// A finding with the line that judged as a person writes it.
fn finding(finding: &Finding) -> Value {
    let mut value = json!(finding);
    value["rule"] = json!(finding.rule.as_ref().map(ToString::to_string));
    value
}
