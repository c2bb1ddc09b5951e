//! `yardstick inspect`: what files are, and whether they can be read: one line each, parted by tabs.

use std::path::Path;

use super::{InspectArguments, tell};
use crate::{ingest::Readers, run};

pub fn inspect(arguments: &InspectArguments) -> u8 {
    let inspected = run::inspect(&arguments.paths, &Readers::apart());
    let shown = |path: &Path| {
        let inside = arguments.paths.iter().find_map(|root| path.strip_prefix(root).ok());
        let shown = inside.filter(|inside| !inside.as_os_str().is_empty()).unwrap_or(path);
        shown.to_str().map_or_else(|| run::name_of(shown), str::to_string)
    };
    let mut table = "file\toutcome\tformat\tsheets\tcells\treason\n".to_string();
    for file in &inspected {
        let name = shown(&file.path);
        table += &match &file.seen {
            Ok(seen) => format!("{name}\tread\t{}\t{}\t{}\t\n", seen.format.word(), seen.sheets, seen.cells),
            Err(why) => {
                let why = why.in_language(arguments.language.language()).replace(['\t', '\n', '\r'], " ");
                format!("{name}\trefused\t\t\t\t{why}\n")
            }
        };
    }
    tell(&table);
    u8::from(inspected.iter().any(|file| file.seen.is_err()))
}
