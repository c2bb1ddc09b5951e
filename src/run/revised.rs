//! What a run published, read back, and what another published otherwise.

use std::{
    io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use super::{
    Order,
    digest::{is_of, of_file, sha256},
    leftovers::manifest,
    output::Artifact,
};
use crate::{
    compute,
    model::{OutputFormat, PublishedTable, Revisions},
    plan::Plan,
    publish::{
        csv::{csv, plain},
        revised::Names,
        revisions::{Changes, page},
        table::Table,
        tables,
    },
};

/// The tables whose values are compared.
const COMPARED: [&str; 3] = ["observations", "totals", "indicators"];
/// What depends on the run before, and so on more than the input.
pub const TABLE: &str = "revisions.csv";
pub const PAGE: &str = "revisions.html";

/// A run as it was published: its name, and the tables that are compared.
pub struct Earlier {
    folder: PathBuf,
    run: String,
    /// Its workbooks are made up.
    pub sample: bool,
    tables: Vec<Kept>,
}

/// A table that the run wrote, by the hash of its file.
struct Kept {
    name: &'static str,
    sha256: String,
}

impl Earlier {
    /// The run in a folder, if there is one.
    pub fn of(folder: &Path, pipeline: &str) -> Option<Earlier> {
        let manifest = manifest(folder, pipeline)?;
        let listed = manifest["artifacts"].as_array()?;
        let entry = |name: &str| listed.iter().find(|entry| entry["path"] == file(name).as_str());
        let kept = |name| Some(Kept { name, sha256: entry(name)?["sha256"].as_str()?.to_string() });
        Some(Earlier {
            folder: folder.to_path_buf(),
            run: manifest["run"].as_str()?.to_string(),
            sample: manifest["sample"].as_bool().unwrap_or(false),
            tables: COMPARED.into_iter().filter_map(kept).collect(),
        })
    }

    /// Every table is still what the run wrote.
    pub fn is_unharmed(&self) -> bool {
        self.tables.iter().all(|kept| self.is_as_written(kept))
    }

    /// Has it a table of this name with these bytes? Most nights say the same as the night before, and what is told byte by byte need not be hashed.
    pub fn says(&self, name: &str, sha256: &str, bytes: &[u8]) -> bool {
        let same = self.table(name).filter(|own| own.sha256 == sha256);
        same.is_some_and(|own| is_of(&self.folder.join(file(own.name)), bytes).unwrap_or(false))
    }

    fn is_as_written(&self, kept: &Kept) -> bool {
        of_file(&self.folder.join(file(kept.name))).is_ok_and(|(sha256, _)| sha256 == kept.sha256)
    }

    /// What a table says; nothing where its file is not what the run wrote.
    fn records(&self, kept: &Kept) -> Option<Vec<csv::StringRecord>> {
        let bytes = fs_err::read(self.folder.join(file(kept.name))).ok()?;
        let bytes = (sha256(&bytes) == kept.sha256).then_some(bytes)?;
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
        csv::ReaderBuilder::new().has_headers(false).from_reader(bytes).into_records().collect::<Result<_, _>>().ok()
    }

    /// What a later run publishes otherwise than this one; nothing where a table of either is not what that run wrote.
    pub fn until(&self, later: &Earlier) -> Option<Revisions> {
        let pairs = self.tables.iter().filter_map(|own| Some((own, later.table(own.name)?)));
        let compared = pairs.map(|(own, after)| {
            let (before, after) = (self.records(own)?, later.records(after)?);
            Some(compute::revisions(&published(own.name, &before)?, &published(own.name, &after)?))
        });
        Some(self.since(compared.collect::<Option<_>>()?))
    }

    /// A table of tonight against this run's. One that says the same need not be understood.
    fn compare(&self, own: &Kept, tonight: &Table, is_same: bool) -> Option<Revisions> {
        let columns: Vec<&str> = tonight.columns.iter().map(|column| column.name.as_str()).collect();
        if is_same {
            let find = |name: &str| columns.iter().position(|column| *column == name);
            let (value, status) = (find("value")?, find("status")?);
            return Some(compute::unchanged(tonight.rows.iter().map(|row| (row.get(value), row.get(status)))));
        }
        let before = self.records(own)?;
        let rows = tonight.rows.iter().map(|row| row.iter().collect()).collect();
        Some(compute::revisions(&published(own.name, &before)?, &PublishedTable { name: own.name, columns, rows }))
    }

    fn table(&self, name: &str) -> Option<&Kept> {
        self.tables.iter().find(|table| table.name == name)
    }

    fn since(&self, compared: Vec<Revisions>) -> Revisions {
        let since = Some(self.run.clone());
        Revisions { since, ..compared.into_iter().fold(Revisions::default(), Revisions::and) }
    }
}

/// The file of a table.
fn file(table: &str) -> String {
    format!("{table}.csv")
}

fn published<'a>(name: &'a str, records: &'a [csv::StringRecord]) -> Option<PublishedTable<'a>> {
    let (heading, rows) = records.split_first()?;
    let rows = rows.iter().map(|row| row.iter().map(plain).collect()).collect();
    Some(PublishedTable { name, columns: heading.iter().collect(), rows })
}

/// What tonight's tables say otherwise than the run before; nothing where there is none, or where it is not what that run wrote. `same` are the
/// names of those that it says, too.
pub fn revisions(earlier: Option<&Earlier>, tables: &[Table], same: &[&str]) -> Revisions {
    let Some(earlier) = earlier else { return Revisions::default() };
    let compared: Option<Vec<Revisions>> = earlier
        .tables
        .par_iter()
        .filter_map(|own| {
            let tonight = tables.iter().find(|table| table.name == own.name)?;
            Some(earlier.compare(own, tonight, same.contains(&own.name)))
        })
        .collect();
    compared.map_or_else(Revisions::default, |compared| earlier.since(compared))
}

/// The table of what changed, and its page in the gallery.
pub fn artifacts(revisions: &Revisions, plan: &Plan, order: &Order) -> io::Result<Vec<Artifact>> {
    let table = tables::revisions::table(revisions, plan.sample, order.language);
    let table = Artifact { path: TABLE.to_string(), bytes: csv(&table) };
    if !plan.publishes(OutputFormat::Gallery) {
        return Ok(vec![table]);
    }
    let changes = Changes {
        title: &plan.title,
        language: order.language,
        sample: plan.sample,
        names: Names { book: &plan.book, indicators: &plan.indicators },
        revisions,
    };
    let page = page(&changes).map_err(io::Error::other)?;
    Ok(vec![table, Artifact { path: PAGE.to_string(), bytes: page.into_bytes() }])
}
