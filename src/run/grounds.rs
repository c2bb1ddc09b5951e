//! What a result rests on besides the workbooks: the pipeline's files and lists, and this build of the program, as hashes.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use super::digest::{of_parts, program};
use crate::{diag::TomlFile, plan::Plan};

/// Files of a pipeline, or folders of such, that judge what was read and have no part in the reading. Targets are no such:
/// a ledger is read by their names.
const JUDGING: [&str; 5] = ["indicators", "checks", "deadlines", "charts", "brief"];
/// Times of files are no finer than this everywhere.
const SETTLED: Duration = Duration::from_secs(2);

pub struct Grounds {
    /// Of everything that reading a workbook depends on.
    pub reading: String,
    /// Of everything that the columns of a list depend on: how they are found and understood, and not what is counted in them.
    pub columns: String,
    /// Of everything that the whole result depends on.
    pub judging: String,
    /// The files, to be put back into findings that name a line of them.
    pub files: Vec<Arc<TomlFile>>,
}

/// A file, and whether it only judges what was read.
struct Ground {
    file: Arc<TomlFile>,
    judges: bool,
}

impl Grounds {
    /// None where a file cannot be read, or was changed so short before the plan was made (`begun`) that it may not be what
    /// the plan was made of. A file that this program does not know may be a part of it, and counts as one.
    pub fn of(pipeline: &Path, plan: &Plan, begun: SystemTime) -> Option<Grounds> {
        let read = read(pipeline, plan, begun - SETTLED).ok()??;
        let hash = |files: &mut dyn Iterator<Item = &Ground>| {
            let texts = files.flat_map(|ground| [ground.file.path.as_bytes(), ground.file.text.as_bytes()]);
            of_parts(std::iter::once(program().as_bytes()).chain(texts))
        };
        let is_list = |ground: &&Ground| {
            let path = Path::new(&ground.file.path);
            plan.lists.iter().any(|list| list == path) || path.ends_with("pipeline.toml")
        };
        let parts = plan.records.columns();
        let lists = read.iter().filter(is_list).flat_map(|ground| [ground.file.path.as_bytes(), ground.file.text.as_bytes()]);
        let columns = of_parts([program().as_bytes(), &parts].into_iter().chain(lists));
        Some(Grounds {
            columns,
            reading: hash(&mut read.iter().filter(|ground| !ground.judges)),
            judging: hash(&mut read.iter()),
            files: read.into_iter().map(|ground| ground.file).collect(),
        })
    }
}

/// Every file in the order of their paths. None where one is younger than it may be.
fn read(pipeline: &Path, plan: &Plan, settled: SystemTime) -> io::Result<Option<Vec<Ground>>> {
    let mut paths: Vec<(PathBuf, bool)> = plan.lists.iter().map(|list| (list.clone(), false)).collect();
    for entry in walkdir::WalkDir::new(pipeline) {
        let entry = entry?;
        let kind = entry.path().strip_prefix(pipeline).ok().and_then(|inside| inside.iter().next()).map(Path::new);
        let judges = kind.and_then(Path::file_stem).is_some_and(|kind| JUDGING.iter().any(|name| kind == *name));
        let speaks = entry.path().extension().is_some_and(|end| end == "toml" || end == "csv");
        if entry.file_type().is_file() && speaks {
            paths.push((entry.into_path(), judges));
        }
    }
    paths.sort();
    let mut files = Vec::new();
    for (path, judges) in paths {
        if fs_err::metadata(&path)?.modified()? > settled {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&fs_err::read(&path)?).into_owned();
        let file = Arc::new(TomlFile { path: path.display().to_string(), text });
        files.push(Ground { file, judges });
    }
    Ok(Some(files))
}
