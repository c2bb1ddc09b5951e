//! What earlier runs left: those cut short are put aside, those that failed are kept for a while, old ones are taken away.
//! Nothing is removed that a manifest does not say this program wrote.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
};

use fs_err as fs;
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use super::output::{MANIFEST, STAGING, UNFINISHED, replace};
use crate::{
    diag::{Code, Finding, Place},
    model::Text,
};

/// Where runs that failed or were cut short are kept.
pub const FAILED: &str = "failed";
/// A run on its way out: no longer listed, and taken up again where removing it was cut short.
const REMOVED: &str = ".removed-";

/// Puts aside what a run that was cut short has left. Only for whoever holds the lock: nothing else is running then.
pub fn clear(folder: &Path, pipeline: &str, findings: &mut Vec<Finding>) -> io::Result<()> {
    for (name, path) in entries(folder)? {
        if let Some(run_id) = name.strip_prefix(STAGING) {
            match manifest(&path, pipeline) {
                Some(mut manifest) => {
                    // Whatever is in it now was written by that run: nobody else knows the folder.
                    manifest["artifacts"] = artifacts(&path)?;
                    replace(&path.join(MANIFEST), format!("{manifest:#}\n").as_bytes())?;
                    let kept = folder.join(FAILED).join(run_id);
                    fs::create_dir_all(folder.join(FAILED))?;
                    fs::rename(&path, &kept)?;
                    findings.push(unfinished(run_id, &kept));
                }
                // It was cut short before its manifest was written: a folder with a half-written manifest at most.
                None => remove_if_bare(&path)?,
            }
        } else if name.starts_with(REMOVED) {
            remove(&path, pipeline)?;
        } else if name == ".latest-new" || name.starts_with(UNFINISHED) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

/// Keeps the newest `count` of the runs that failed or were cut short.
pub fn keep_failed(folder: &Path, pipeline: &str, count: usize, findings: &mut Vec<Finding>) -> io::Result<()> {
    let failed = folder.join(FAILED);
    if !failed.is_dir() {
        return Ok(());
    }
    for (name, path) in runs(&failed, pipeline)?.into_iter().rev().skip(count) {
        take_away(folder, &name, &path, pipeline, findings)?;
    }
    // An empty folder says nothing.
    let _ = fs::remove_dir(&failed);
    Ok(())
}

/// Keeps the newest `count` published runs, and in any case the one that `latest` points to.
pub fn keep(folder: &Path, pipeline: &str, count: usize, findings: &mut Vec<Finding>) -> io::Result<()> {
    let latest = fs::read_link(folder.join("latest")).ok();
    let mut runs = runs(folder, pipeline)?;
    // Named by the time they began; a clock that was put back does not make the last one old.
    runs.sort_by_key(|(name, _)| (latest.as_deref() == Some(Path::new(name)), name.clone()));
    for (name, path) in runs.into_iter().rev().skip(count.max(1)) {
        take_away(folder, &name, &path, pipeline, findings)?;
    }
    Ok(())
}

/// Removes a run, unless somebody has put something of their own into it.
fn take_away(folder: &Path, name: &str, run: &Path, pipeline: &str, findings: &mut Vec<Finding>) -> io::Result<()> {
    if let Some(foreign) = foreign(run, pipeline)? {
        findings.push(kept(run, &foreign));
        return Ok(());
    }
    let going = folder.join(format!("{REMOVED}{name}"));
    fs::rename(run, &going)?;
    remove(&going, pipeline)
}

/// Removes exactly what the run's manifest lists, the manifest last, and the folder if nothing is left in it.
fn remove(run: &Path, pipeline: &str) -> io::Result<()> {
    if let Some(manifest) = manifest(run, pipeline) {
        written(&manifest).par_iter().try_for_each(|path| gone(fs::remove_file(run.join(path))))?;
        gone(fs::remove_file(run.join(MANIFEST)))?;
    }
    remove_if_bare(run)
}

/// Removes a folder that holds nothing but empty folders, or a manifest that was never finished.
fn remove_if_bare(folder: &Path) -> io::Result<()> {
    for (name, path) in entries(folder)? {
        if name.starts_with(UNFINISHED) {
            fs::remove_file(path)?;
        }
    }
    for entry in walkdir::WalkDir::new(folder).contents_first(true) {
        let entry = entry?;
        if entry.file_type().is_dir() {
            // Not empty: somebody's own files are in it, and stay.
            let _ = fs::remove_dir(entry.path());
        }
    }
    Ok(())
}

fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// The published runs of a pipeline in the order of their names: folders whose manifest says so.
pub fn runs(folder: &Path, pipeline: &str) -> io::Result<Vec<(String, PathBuf)>> {
    let mut runs = entries(folder)?;
    runs.retain(|(name, path)| !name.starts_with('.') && !path.is_symlink() && is_of(path, pipeline, name));
    Ok(runs)
}

/// Whose run a manifest speaks of: all that has to be known of most.
#[derive(Deserialize)]
struct Whose {
    yardstick: String,
    pipeline: String,
    run: String,
}

fn is_of(run: &Path, pipeline: &str, name: &str) -> bool {
    let whose = fs::read(run.join(MANIFEST)).ok().and_then(|bytes| serde_json::from_slice::<Whose>(&bytes).ok());
    whose.is_some_and(|whose| !whose.yardstick.is_empty() && whose.pipeline == pipeline && whose.run == name)
}

/// The manifest of a run of this pipeline, if the folder is one.
pub fn manifest(run: &Path, pipeline: &str) -> Option<Value> {
    let bytes = fs::read(run.join(MANIFEST)).ok()?;
    let manifest: Value = serde_json::from_slice(&bytes).ok()?;
    (manifest["pipeline"] == pipeline && manifest["yardstick"].is_string()).then_some(manifest)
}

/// Paths that the run wrote, inside its folder. A path that would lead out of it is not one of them.
fn written(manifest: &Value) -> Vec<String> {
    let listed = manifest["artifacts"].as_array().map(Vec::as_slice).unwrap_or_default();
    let is_inside = |path: &&str| Path::new(path).components().all(|part| matches!(part, std::path::Component::Normal(_)));
    listed.iter().filter_map(|artifact| artifact["path"].as_str()).filter(is_inside).map(str::to_string).collect()
}

/// A file in the run's folder that the run did not write, or all of it where the manifest lists nothing.
fn foreign(run: &Path, pipeline: &str) -> io::Result<Option<PathBuf>> {
    let written: BTreeSet<PathBuf> = manifest(run, pipeline).iter().flat_map(written).map(|path| run.join(path)).collect();
    for entry in walkdir::WalkDir::new(run).sort_by_file_name() {
        let entry = entry?;
        let is_its_own = entry.path() == run.join(MANIFEST) || written.contains(entry.path());
        if !entry.file_type().is_dir() && !is_its_own {
            return Ok(Some(entry.into_path()));
        }
    }
    Ok(None)
}

/// The files of a run that was cut short, as its manifest would have listed them.
fn artifacts(run: &Path) -> io::Result<Value> {
    let mut artifacts = Vec::new();
    for entry in walkdir::WalkDir::new(run).sort_by_file_name() {
        let entry = entry?;
        if let (true, Ok(inside)) = (entry.file_type().is_file(), entry.path().strip_prefix(run)) {
            artifacts.push(json!({ "path": inside.to_string_lossy() }));
        }
    }
    Ok(Value::Array(artifacts))
}

fn entries(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // Every name of ours is Unicode.
        entries.extend(entry.file_name().to_str().map(|name| (name.to_string(), entry.path())));
    }
    entries.sort();
    Ok(entries)
}

fn unfinished(run_id: &str, kept: &Path) -> Finding {
    let message = Text::new(
        format!("运行 {run_id} 中途停止，没有写完；已移到 {}", kept.display()),
        format!("the run {run_id} was cut short; what it left was moved to {}", kept.display()),
    );
    Finding::new(Code::RunUnfinished, message).at(Place::file(kept.display().to_string()))
}

fn kept(run: &Path, foreign: &Path) -> Finding {
    let message = Text::new(
        format!("旧结果 {} 未清理：其中 {} 不是本程序写出的", run.display(), foreign.display()),
        format!("the old run {} was not removed: the batch did not write {}", run.display(), foreign.display()),
    );
    Finding::new(Code::RunKept, message).at(Place::file(foreign.display().to_string()))
}
