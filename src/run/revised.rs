//! What a run published, read back, and what another published otherwise.

use std::{io, path::Path};

use super::{Order, digest::sha256, leftovers::manifest, output::Artifact};
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
    /// By name: the heading, then the rows.
    tables: Vec<(&'static str, Vec<csv::StringRecord>)>,
}

impl Earlier {
    /// The run in a folder. None where there is none, or where a table is not what that run wrote.
    pub fn read(folder: &Path, pipeline: &str) -> Option<Earlier> {
        let manifest = manifest(folder, pipeline)?;
        let listed = manifest["artifacts"].as_array()?;
        let table = |name: &&'static str| {
            let path = format!("{name}.csv");
            let entry = listed.iter().find(|entry| entry["path"] == path.as_str())?;
            let bytes = fs_err::read(folder.join(&path)).ok()?;
            let is_its_own = entry["sha256"].as_str() == Some(&sha256(&bytes));
            Some((*name, is_its_own.then(|| records(&bytes))??))
        };
        let of_before: Vec<&'static str> = COMPARED
            .into_iter()
            .filter(|name| listed.iter().any(|entry| entry["path"] == format!("{name}.csv").as_str()))
            .collect();
        let tables: Option<Vec<_>> = of_before.iter().map(table).collect();
        let sample = manifest["sample"].as_bool().unwrap_or(false);
        Some(Earlier { run: manifest["run"].as_str()?.to_string(), sample, tables: tables? })
    }

    fn published(&self) -> Vec<PublishedTable<'_>> {
        self.tables
            .iter()
            .filter_map(|(name, records)| {
                let (heading, rows) = records.split_first()?;
                let rows = rows.iter().map(|row| row.iter().map(plain).collect()).collect();
                Some(PublishedTable { name, columns: heading.iter().collect(), rows })
            })
            .collect()
    }

    /// What a later run publishes otherwise than this one.
    pub fn until(&self, later: &Earlier) -> Revisions {
        let found = compute::revisions(&self.published(), &later.published());
        Revisions { since: Some(self.run.clone()), ..found }
    }
}

fn records(bytes: &[u8]) -> Option<Vec<csv::StringRecord>> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    csv::ReaderBuilder::new().has_headers(false).from_reader(bytes).into_records().collect::<Result<_, _>>().ok()
}

/// What tonight's tables say otherwise than the run before; nothing where there is none.
pub fn revisions(earlier: Option<&Earlier>, tables: &[Table]) -> Revisions {
    let Some(earlier) = earlier else { return Revisions::default() };
    let tonight: Vec<PublishedTable> = tables
        .iter()
        .filter(|table| COMPARED.contains(&table.name))
        .map(|table| PublishedTable {
            name: table.name,
            columns: table.columns.iter().map(|column| column.name.as_str()).collect(),
            rows: table.rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect(),
        })
        .collect();
    Revisions { since: Some(earlier.run.clone()), ..compute::revisions(&earlier.published(), &tonight) }
}

/// The table and the page of what changed.
pub fn artifacts(revisions: &Revisions, plan: &Plan, order: &Order) -> io::Result<Vec<Artifact>> {
    let table = tables::revisions::table(revisions, plan.sample, order.language);
    let changes =
        Changes { title: plan.title.in_language(order.language), language: order.language, sample: plan.sample, revisions };
    let page = page(&changes).map_err(io::Error::other)?;
    Ok(vec![
        Artifact { path: TABLE.to_string(), bytes: csv(&table)? },
        Artifact { path: PAGE.to_string(), bytes: page.into_bytes() },
    ])
}
