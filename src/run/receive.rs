//! The bytes of the workbooks, each whole: a file that is still being written is waited for, and left out if that does not end.

use std::{collections::HashSet, io, path::Path, sync::Arc, thread::sleep, time::Duration};

use jiff::Timestamp;
use rayon::prelude::*;

use super::{
    digest::{of_file, sha256},
    input::{Listed, unreadable},
};
use crate::{
    diag::{Code, Finding, Place},
    ingest::{Content, OnDisk, Source},
    model::Text,
};

/// A file written less than this ago may still be on its way.
const FRESH: Duration = Duration::from_secs(2);
/// It has come when nothing has moved for one look; this long is waited for that.
const LOOK: Duration = Duration::from_millis(100);
const LOOKS: usize = 50;

/// A larger file stays on the disk: it is hashed piece by piece, and read by whoever reads it.
const HELD: u64 = 1 << 20;

/// What is known of a file besides its content.
pub struct Stamp {
    pub name: Arc<str>,
    pub bytes: u64,
    pub sha256: String,
    /// When it was last written: the time of its arrival, where no register says otherwise.
    pub modified: Timestamp,
}

/// What has come: contents and stamps, in the same order.
#[derive(Default)]
pub struct Received {
    pub sources: Vec<Source>,
    pub stamps: Vec<Stamp>,
}

/// One workbook.
type Whole = (Source, Stamp);

fn is_fresh(file: &OnDisk) -> bool {
    // A time that lies ahead is as good as now.
    file.modified.elapsed().unwrap_or_default() < FRESH
}

/// Reads every workbook that stands still.
pub fn receive(listed: &[Listed], findings: &mut Vec<Finding>) -> Received {
    let moving = settle(listed);
    let read: Vec<(Option<Whole>, Vec<Finding>)> = listed
        .par_iter()
        .map(|workbook| {
            let mut faults = Vec::new();
            let read = if moving.contains(&workbook.name) { None } else { read(workbook, &mut faults) };
            if read.is_none() && faults.is_empty() {
                faults.push(changing(&workbook.name));
            }
            (read, faults)
        })
        .collect();
    let mut received = Received::default();
    for (read, faults) in read {
        if let Some((source, stamp)) = read {
            received.sources.push(source);
            received.stamps.push(stamp);
        }
        findings.extend(faults);
    }
    received
}

/// One workbook with its stamp; none where it cannot be read, or does not stand still.
fn read(workbook: &Listed, findings: &mut Vec<Finding>) -> Option<Whole> {
    let (content, sha256, state) = match whole(&workbook.path) {
        Ok(read) => read?,
        Err(fault) => {
            findings.push(unreadable(&workbook.name, &fault));
            return None;
        }
    };
    let modified = Timestamp::try_from(state.modified).unwrap_or(Timestamp::UNIX_EPOCH);
    let stamp = Stamp { name: workbook.name.clone(), bytes: state.bytes, sha256, modified };
    Some((Source { path: workbook.name.clone(), content }, stamp))
}

/// Waits, once for all, until what was written a moment ago has stopped moving; gives what has not.
fn settle(listed: &[Listed]) -> HashSet<Arc<str>> {
    let state = |workbook: &Listed| OnDisk::of(&workbook.path).ok();
    let mut moving: Vec<(&Listed, OnDisk)> =
        listed.iter().filter_map(|workbook| Some((workbook, state(workbook).filter(is_fresh)?))).collect();
    for _ in 0..LOOKS {
        if moving.is_empty() {
            break;
        }
        sleep(LOOK);
        moving = moving
            .into_iter()
            .filter_map(|(workbook, before)| Some((workbook, state(workbook).filter(|now| *now != before)?)))
            .collect();
    }
    moving.into_iter().map(|(workbook, _)| workbook.name.clone()).collect()
}

/// A file's content, its hash and how it stood; none where it changes under the reader again and again.
fn whole(path: &Path) -> io::Result<Option<(Content, String, OnDisk)>> {
    let mut before = OnDisk::of(path)?;
    for _ in 0..3 {
        let (content, length, hash) = if before.bytes > HELD {
            let (hash, length) = of_file(path)?;
            (Content::Left(before.clone()), length, hash)
        } else {
            let bytes = fs_err::read(path)?;
            let (length, hash) = (bytes.len() as u64, sha256(&bytes));
            (Content::Held(bytes), length, hash)
        };
        let after = OnDisk::of(path)?;
        if before == after && length == after.bytes {
            return Ok(Some((content, hash, after)));
        }
        before = after;
        sleep(LOOK);
    }
    Ok(None)
}

fn changing(name: &str) -> Finding {
    let message =
        Text::new(format!("{name} 仍在写入，本次未读取"), format!("{name} is still being written and was not read this time"));
    Finding::new(Code::WorkbookChanging, message).at(Place::file(name))
}

/// One file.
pub fn source(path: &Path, name: &str, findings: &mut Vec<Finding>) -> Option<Source> {
    match whole(path) {
        Ok(Some((content, ..))) => Some(Source { path: Arc::from(name), content }),
        Ok(None) => {
            findings.push(changing(name));
            None
        }
        Err(fault) => {
            findings.push(unreadable(name, &fault));
            None
        }
    }
}
