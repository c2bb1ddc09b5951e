//! What a run published, read back, and what another published otherwise.

use std::{io, path::Path};

use rayon::prelude::*;
use serde_json::Value;

use super::{
    Order,
    digest::sha256,
    leftovers::manifest,
    output::{Artifact, Written},
};
use crate::{
    compute,
    model::{PublishedTable, Revisions},
    plan::Plan,
    publish::{
        csv::{csv, plain},
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
    run: String,
    /// Its workbooks are made up.
    pub sample: bool,
    tables: Vec<Kept>,
}

/// A table as it is in its file.
struct Kept {
    name: &'static str,
    sha256: String,
    bytes: Vec<u8>,
}

impl Earlier {
    /// The run in a folder. None where there is none, or where a table is not what that run wrote.
    pub fn read(folder: &Path, pipeline: &str) -> Option<Earlier> {
        let manifest = manifest(folder, pipeline)?;
        let listed = manifest["artifacts"].as_array()?;
        let entry = |name: &str| listed.iter().find(|entry| entry["path"] == format!("{name}.csv").as_str());
        let table = |(name, entry): (&'static str, &Value)| {
            let bytes = fs_err::read(folder.join(format!("{name}.csv"))).ok()?;
            let sha256 = sha256(&bytes);
            (entry["sha256"].as_str() == Some(&sha256)).then_some(Kept { name, sha256, bytes })
        };
        let listed_tables: Vec<_> = COMPARED.into_iter().filter_map(|name| Some((name, entry(name)?))).collect();
        let tables: Option<Vec<_>> = listed_tables.into_par_iter().map(table).collect();
        let sample = manifest["sample"].as_bool().unwrap_or(false);
        Some(Earlier { run: manifest["run"].as_str()?.to_string(), sample, tables: tables? })
    }

    fn table(&self, name: &str) -> Option<&Kept> {
        self.tables.iter().find(|table| table.name == name)
    }

    /// What a later run publishes otherwise than this one.
    pub fn until(&self, later: &Earlier) -> Revisions {
        let compared = later.tables.iter().filter_map(|table| {
            let after = records(&table.bytes)?;
            self.compare(&table.sha256, &published(table.name, &after)?)
        });
        self.since(compared)
    }

    /// A later table against this run's, which is not looked into where it is the same to the letter.
    fn compare(&self, sha256: &str, after: &PublishedTable) -> Option<Revisions> {
        let own = self.table(after.name)?;
        if own.sha256 == sha256 {
            return Some(compute::revisions(None, after));
        }
        let before = records(&own.bytes)?;
        Some(compute::revisions(Some(&published(own.name, &before)?), after))
    }

    fn since(&self, compared: impl Iterator<Item = Revisions>) -> Revisions {
        let since = Some(self.run.clone());
        Revisions { since, ..compared.fold(Revisions::default(), Revisions::and) }
    }
}

fn records(bytes: &[u8]) -> Option<Vec<csv::StringRecord>> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    csv::ReaderBuilder::new().has_headers(false).from_reader(bytes).into_records().collect::<Result<_, _>>().ok()
}

fn published<'a>(name: &'a str, records: &'a [csv::StringRecord]) -> Option<PublishedTable<'a>> {
    let (heading, rows) = records.split_first()?;
    let rows = rows.iter().map(|row| row.iter().map(plain).collect()).collect();
    Some(PublishedTable { name, columns: heading.iter().collect(), rows })
}

/// What tonight's tables say otherwise than the run before; nothing where there is none. `files` are those of the same tables.
pub fn revisions(earlier: Option<&Earlier>, tables: &[Table], files: &[Written]) -> Revisions {
    let Some(earlier) = earlier else { return Revisions::default() };
    let compared: Vec<Revisions> = COMPARED
        .par_iter()
        .filter_map(|name| {
            let table = tables.iter().find(|table| table.name == *name)?;
            let file = files.iter().find(|file| file.path == format!("{name}.csv"))?;
            let tonight = PublishedTable {
                name: table.name,
                columns: table.columns.iter().map(|column| column.name.as_str()).collect(),
                rows: table.rows.iter().map(|row| row.iter().collect()).collect(),
            };
            earlier.compare(&file.sha256, &tonight)
        })
        .collect();
    earlier.since(compared.into_iter())
}

/// The table and the page of what changed.
pub fn artifacts(revisions: &Revisions, plan: &Plan, order: &Order) -> io::Result<Vec<Artifact>> {
    let table = tables::revisions::table(revisions, plan.sample, order.language);
    let changes = Changes {
        title: &plan.title,
        language: order.language,
        sample: plan.sample,
        book: &plan.book,
        indicators: &plan.indicators,
        revisions,
    };
    let page = page(&changes).map_err(io::Error::other)?;
    Ok(vec![
        Artifact { path: TABLE.to_string(), bytes: csv(&table) },
        Artifact { path: PAGE.to_string(), bytes: page.into_bytes() },
    ])
}
