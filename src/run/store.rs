//! What each workbook gave, kept from one night to the next: one small file a workbook in the cache folder, which may be
//! deleted at any time.
//!
//! A name is a hash of everything the reading depends on (the content, the path inside the input folder, the layouts and lists
//! of the pipeline, this build of the program), so what has changed is not found, and nothing in the cache is ever wrong. The
//! first line of a file is the hash of the rest: what the disk has damaged is noticed, and the workbook is read again.

use std::{
    collections::{BTreeSet, HashMap},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};

use fs_err as fs;

use super::{
    digest::{of_parts, program, sha256},
    output::replace,
    receive::Stamp,
};
use crate::{
    diag::{Code, Finding, Place, TomlFile},
    ingest::{Given, Source, Store},
    model::Text,
    plan::Plan,
};

const ENDING: &str = "given";
/// Files of a pipeline that judge what was read and have no part in the reading.
const JUDGING: [&str; 4] = ["indicators.toml", "targets.toml", "checks.toml", "deadlines.toml"];

/// Times of files are no finer than this everywhere.
const SETTLED: Duration = Duration::from_secs(2);

pub struct Cache {
    /// The pipeline's folder in the cache folder.
    folder: PathBuf,
    /// The name of each workbook's file, by the workbook's path.
    names: HashMap<Arc<str>, String>,
    /// The pipeline's files, to be put back into findings that name a line of them.
    files: Vec<Arc<TomlFile>>,
    said: Mutex<Said>,
}

/// What there is to tell of it afterwards.
#[derive(Default)]
pub struct Said {
    pub notes: Vec<Finding>,
    /// Workbooks that had to be read.
    pub read: usize,
}

impl Cache {
    /// None where a file of the pipeline cannot be read, or was changed so short before the plan was made (`begun`) that it
    /// may not be what the plan was made of.
    pub fn open(cache: &Path, pipeline: &Path, plan: &Plan, begun: SystemTime, stamps: &[Stamp]) -> Option<Cache> {
        let files = reading_files(pipeline, plan, begun - SETTLED).ok()??;
        let layouts = of_parts(files.iter().flat_map(|file| [file.path.as_bytes(), file.text.as_bytes()]));
        let name = |stamp: &Stamp| {
            let parts = [program(), &layouts, &stamp.name, &stamp.sha256];
            (stamp.name.clone(), of_parts(parts.map(str::as_bytes)))
        };
        let names = stamps.iter().map(name).collect();
        Some(Cache { folder: cache.join(&plan.name), names, files, said: Mutex::default() })
    }

    fn path(&self, source: &Source) -> Option<PathBuf> {
        self.names.get(&source.path).map(|name| self.folder.join(name).with_extension(ENDING))
    }

    fn read(&self, path: &Path) -> Result<Option<Given>, String> {
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(fault) => return Err(fault.to_string()),
        };
        let (hash, content) = bytes.split_at_checked(64).ok_or("it is cut off")?;
        if sha256(content).as_bytes() != hash {
            return Err("its content is not what was written".to_string());
        }
        let mut given: Given = postcard::from_bytes(content).map_err(|fault| fault.to_string())?;
        let is_known = given.findings.iter_mut().all(|finding| finding.find_rule(&self.files));
        if is_known { Ok(Some(given)) } else { Err("it names a file that the pipeline no longer has".to_string()) }
    }

    fn say(&self, note: impl FnOnce(&mut Said)) {
        if let Ok(mut said) = self.said.lock() {
            note(&mut said);
        }
    }

    /// Removes what no workbook of this night has asked for, and gives what there is to tell.
    pub fn close(self) -> Said {
        let wanted: BTreeSet<String> = self.names.into_values().collect();
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let is_ours = path.extension().is_some_and(|end| end == ENDING);
            let is_wanted = path.file_stem().and_then(|name| name.to_str()).is_some_and(|name| wanted.contains(name));
            if is_ours && !is_wanted {
                // What cannot be removed is only in the way.
                let _ = fs::remove_file(path);
            }
        }
        self.said.into_inner().unwrap_or_default()
    }
}

impl Store for Cache {
    fn find(&self, source: &Source) -> Option<Given> {
        let path = self.path(source)?;
        match self.read(&path) {
            Ok(given) => given,
            Err(fault) => {
                self.say(|said| said.notes.push(damaged(source, &path, &fault)));
                None
            }
        }
    }

    fn keep(&self, source: &Source, given: &Given) {
        self.say(|said| said.read += 1);
        // Why a file could not be read may be a matter of this night.
        if given.findings.iter().any(|finding| finding.code == Code::WorkbookUnreadable) {
            return;
        }
        let Some(path) = self.path(source) else { return };
        let written = postcard::to_allocvec(given).map_err(io::Error::other).and_then(|content| {
            fs::create_dir_all(&self.folder)?;
            replace(&path, &[sha256(&content).as_bytes(), content.as_slice()].concat())
        });
        if let Err(fault) = written {
            self.say(|said| {
                // One word is enough for a cache that cannot be written.
                if said.notes.iter().all(|note| note.code != Code::CacheUnwritable) {
                    said.notes.push(unwritable(&self.folder, &fault));
                }
            });
        }
    }
}

/// Everything in the pipeline that reading depends on. A file that this program does not know may be a part of it. None where
/// one of them is younger than that.
fn reading_files(pipeline: &Path, plan: &Plan, settled: SystemTime) -> io::Result<Option<Vec<Arc<TomlFile>>>> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in walkdir::WalkDir::new(pipeline) {
        let entry = entry?;
        let judges = entry.depth() == 1 && JUDGING.iter().any(|name| entry.file_name() == *name);
        let speaks = entry.path().extension().is_some_and(|end| end == "toml" || end == "csv");
        if entry.file_type().is_file() && speaks && !judges {
            paths.push(entry.into_path());
        }
    }
    paths.extend(plan.lists.iter().cloned());
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        if fs::metadata(&path)?.modified()? > settled {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&fs::read(&path)?).into_owned();
        files.push(Arc::new(TomlFile { path: path.display().to_string(), text }));
    }
    Ok(Some(files))
}

fn damaged(source: &Source, path: &Path, fault: &str) -> Finding {
    let message = Text::new(
        format!("{} 的缓存已损坏，已重新读取该工作簿", source.path),
        format!("what was kept of {} is damaged ({fault}); the workbook was read again", source.path),
    );
    Finding::new(Code::CacheDamaged, message).at(Place::file(path.display().to_string()))
}

fn unwritable(folder: &Path, fault: &io::Error) -> Finding {
    let message = Text::new(
        format!("无法写入缓存 {}：{fault}", folder.display()),
        format!("the cache {} cannot be written: {fault}", folder.display()),
    );
    Finding::new(Code::CacheUnwritable, message).at(Place::file(folder.display().to_string()))
}
