//! What each workbook gave, kept from one night to the next: one small file a workbook in the cache folder, which may be
//! deleted at any time.
//!
//! A name is a hash of everything the reading depends on (the content, the path inside the input folder, the layouts and lists
//! of the pipeline, this build of the program), so what has changed is not found, and nothing in the cache is ever wrong.

use std::{
    collections::{BTreeSet, HashMap},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

use serde_bytes::ByteBuf;

use super::{
    digest::of_parts,
    grounds::Grounds,
    kept,
    output::{UNFINISHED, replace},
    receive::Stamp,
};
use crate::{
    diag::{Code, Finding, Place, TomlFile},
    ingest::{
        Given, Source, Store,
        records::{Kept, KeptList},
    },
    model::Text,
};

const ENDING: &str = "given";
/// What is known of a workbook's lists, and the rows of each.
const LISTS: &str = "lists";
const PARQUET: &str = "parquet";

pub struct Cache {
    /// The pipeline's folder in the cache folder.
    folder: PathBuf,
    /// The name of each workbook's file, by the workbook's path; and of its lists.
    names: HashMap<Arc<str>, String>,
    lists: HashMap<Arc<str>, String>,
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
    pub fn open(folder: PathBuf, grounds: &Grounds, stamps: &[Stamp]) -> Cache {
        let names = |grounds: &str| {
            let name = |stamp: &Stamp| of_parts([grounds, &stamp.name, &stamp.sha256].map(str::as_bytes));
            stamps.iter().map(|stamp| (stamp.name.clone(), name(stamp))).collect()
        };
        let (lists, names) = (names(&grounds.columns), names(&grounds.reading));
        Cache { folder, names, lists, files: grounds.files.clone(), said: Mutex::default() }
    }

    fn path(&self, source: &Source) -> Option<PathBuf> {
        self.names.get(&source.path).map(|name| self.folder.join(name).with_extension(ENDING))
    }

    fn lists_of(&self, source: &Source) -> Option<PathBuf> {
        self.lists.get(&source.path).map(|name| self.folder.join(name))
    }

    /// One word is enough for a cache that cannot be written.
    fn unwritable(&self, fault: &io::Error) {
        self.say(|said| {
            if said.notes.iter().all(|note| note.code != Code::CacheUnwritable) {
                said.notes.push(unwritable(&self.folder, fault));
            }
        });
    }

    fn say(&self, note: impl FnOnce(&mut Said)) {
        if let Ok(mut said) = self.said.lock() {
            note(&mut said);
        }
    }

    /// Removes what no workbook of this night has asked for, and gives what there is to tell.
    pub fn close(self) -> Said {
        let wanted: BTreeSet<String> = self.names.into_values().collect();
        sweep(&self.folder, ENDING, |name| wanted.contains(name));
        let wanted: BTreeSet<String> = self.lists.into_values().collect();
        sweep(&self.folder, LISTS, |name| wanted.contains(name));
        let of_lists = |name: &str| name.rsplit_once('-').is_some_and(|(name, _)| wanted.contains(name));
        sweep(&self.folder, PARQUET, of_lists);
        self.said.into_inner().unwrap_or_default()
    }
}

/// A file that was being written when its run was cut short; younger ones may be another run's.
const ABANDONED: Duration = Duration::from_secs(3600);

/// Removes files of one ending that are not wanted any more, and what was never finished.
pub fn sweep(folder: &Path, ending: &str, is_wanted: impl Fn(&str) -> bool) {
    for entry in fs_err::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_ours = path.extension().is_some_and(|end| end == ending);
        let is_old =
            || entry.metadata().and_then(|file| file.modified()).is_ok_and(|time| time.elapsed().unwrap_or_default() > ABANDONED);
        let is_abandoned = entry.file_name().to_string_lossy().starts_with(UNFINISHED) && is_old();
        if is_abandoned || is_ours && !path.file_stem().and_then(|name| name.to_str()).is_some_and(&is_wanted) {
            // What cannot be removed is only in the way.
            let _ = fs_err::remove_file(path);
        }
    }
}

impl Store for Cache {
    fn find(&self, source: &Source) -> Option<Given> {
        let path = self.path(source)?;
        let given = kept::read::<Given>(&path).and_then(|given| {
            let Some(mut given) = given else { return Ok(None) };
            let is_whole = given.findings.iter_mut().all(|finding| finding.find_rule(&self.files));
            if is_whole { Ok(Some(given)) } else { Err("it names a file that the pipeline does not have".to_string()) }
        });
        given.unwrap_or_else(|fault| {
            self.say(|said| said.notes.push(damaged(source, &path, &fault)));
            None
        })
    }

    fn find_lists(&self, source: &Source) -> Option<Kept> {
        let place = self.lists_of(source)?;
        // What is damaged is read again, and told by nobody: the workbook says the same.
        let (lists, others): (Vec<KeptList>, bool) = kept::read(&place.with_extension(LISTS)).ok()??;
        let parts =
            (0..lists.len()).map(|at| fs_err::read(part(&place, at)).ok().map(ByteBuf::from)).collect::<Option<Vec<_>>>()?;
        Some(Kept { lists, parts, others })
    }

    fn keep_lists(&self, source: &Source, lists: &Kept) {
        let Some(place) = self.lists_of(source) else { return };
        let write = || {
            fs_err::create_dir_all(&self.folder)?;
            for (at, bytes) in lists.parts.iter().enumerate() {
                replace(&part(&place, at), bytes)?;
            }
            kept::write(&place.with_extension(LISTS), &(&lists.lists, lists.others))
        };
        if let Err(fault) = write() {
            self.unwritable(&fault);
        }
    }

    fn keeps(&self) -> bool {
        true
    }

    fn keep(&self, source: &Source, given: &Given) {
        self.say(|said| said.read += 1);
        // Why a file could not be read may be a matter of this night.
        if given.findings.iter().any(|finding| finding.code == Code::WorkbookUnreadable) {
            return;
        }
        let Some(path) = self.path(source) else { return };
        if let Err(fault) = kept::write(&path, given) {
            self.unwritable(&fault);
        }
    }
}

fn part(place: &Path, at: usize) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    place.with_file_name(format!("{name}-{at}")).with_extension(PARQUET)
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
