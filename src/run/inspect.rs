//! Files opened without any pipeline: what each is, and whether it can be read.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::{
    ingest::{Readers, Seen},
    model::Text,
};

/// A file and what came of opening it.
pub struct Inspected {
    pub path: PathBuf,
    pub seen: Result<Seen, Text>,
}

/// Opens every file of these paths and below them, in the order of their names.
pub fn inspect(paths: &[PathBuf], readers: &Readers) -> Vec<Inspected> {
    let files: Vec<PathBuf> = paths.iter().flat_map(|path| files(path)).collect();
    files
        .into_par_iter()
        .map(|path| {
            let bytes = fs_err::read(&path).map_err(|fault| {
                Text::new(format!("无法读取（{}）", fault.kind()), format!("it cannot be read ({})", fault.kind()))
            });
            Inspected { seen: bytes.and_then(|bytes| readers.see(&bytes)), path }
        })
        .collect()
}

fn files(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_path_buf()];
    }
    let entries = WalkDir::new(path).sort_by_file_name().into_iter().flatten();
    entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}
