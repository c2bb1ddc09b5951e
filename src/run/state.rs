//! How things stand in an output folder: of each pipeline the last result, the last attempt, and whether one is under way.

use std::{collections::BTreeMap, io, path::Path};

use fs_err as fs;
use jiff::Timestamp;
use serde_json::Value;

use super::{
    heartbeat, latest,
    leftovers::manifest,
    lock::{Holder, held_by},
};

#[derive(Debug, Default)]
pub struct State {
    pub pipeline: String,
    /// The manifest of the last result.
    pub result: Option<Value>,
    /// How the last attempt ended, or that it is under way.
    pub attempt: Option<Value>,
    pub running: Option<Holder>,
    /// What areas owe, as the last result has it.
    pub reminders: Vec<BTreeMap<String, String>>,
}

impl State {
    /// Hours since the last result; none where there is none. A result from the future is new.
    pub fn age_in_hours(&self) -> Option<f64> {
        let finished: Timestamp = self.result.as_ref()?["finished"].as_str()?.parse().ok()?;
        Some((Timestamp::now().duration_since(finished).as_secs_f64() / 3600.0).max(0.0))
    }

    /// The last attempt came to nothing, or was cut short.
    pub fn has_failed(&self) -> bool {
        let state = self.attempt.as_ref().and_then(|attempt| attempt["state"].as_str());
        state == Some("failed") || state == Some("running") && self.running.is_none()
    }
}

/// Every pipeline that has ever run there, by name.
pub fn states(output: &Path) -> io::Result<Vec<State>> {
    let mut states = Vec::new();
    for entry in fs::read_dir(output)? {
        let folder = entry?.path();
        let Some(pipeline) = folder.file_name().and_then(|name| name.to_str()).map(str::to_string) else { continue };
        let last = latest(output, &pipeline);
        let state = State {
            result: manifest(&last, &pipeline),
            attempt: heartbeat::last(&folder),
            running: held_by(&folder),
            reminders: reminders(&last),
            pipeline,
        };
        if state.result.is_some() || state.attempt.is_some() || state.running.is_some() {
            states.push(state);
        }
    }
    states.sort_by(|a, b| a.pipeline.cmp(&b.pipeline));
    Ok(states)
}

fn reminders(run: &Path) -> Vec<BTreeMap<String, String>> {
    let Ok(bytes) = fs::read(run.join("reminders.csv")) else { return Vec::new() };
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    csv::Reader::from_reader(bytes).deserialize().flatten().collect()
}
