//! `heartbeat.json` beside `latest`: one small file that says what the last run came to, for whoever watches machines.

use std::{io, path::Path};

use serde_json::Value;

use super::output::replace;

const NAME: &str = "heartbeat.json";

/// Writes it; a reader sees the old one or the new one.
pub fn beat(folder: &Path, report: &Value) -> io::Result<()> {
    replace(&folder.join(NAME), format!("{report:#}\n").as_bytes())
}

/// What it says; none where there is none, or no JSON.
pub fn last(folder: &Path) -> Option<Value> {
    serde_json::from_slice(&fs_err::read(folder.join(NAME)).ok()?).ok()
}
