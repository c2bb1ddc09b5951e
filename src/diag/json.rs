//! A finding for programs: the same as in findings.csv, with both languages and every place.

use serde_json::{Value, json};

use super::{Finding, Place};

/// One finding as a JSON object. Fields are a contract that only grows.
pub fn json(finding: &Finding) -> Value {
    let place = |place: &Place| json!({ "file": place.file, "sheet": place.sheet, "cell": place.cell });
    json!({
        "severity": finding.severity.word(),
        "code": finding.code.word(),
        "message": { "zh": finding.message.zh, "en": finding.message.en },
        "place": place(&finding.place),
        "also": finding.also.iter().map(place).collect::<Vec<_>>(),
        "read": finding.read,
        "expected": { "zh": finding.expected.zh, "en": finding.expected.en },
        "rule": finding.rule.as_ref().map(ToString::to_string),
        "because": { "zh": finding.because.zh, "en": finding.because.en },
        "next": { "zh": finding.next.zh, "en": finding.next.en },
    })
}
