//! `datapackage.json`: what each column of each table is, as a Frictionless data package.

use serde_json::{Value, json};

use super::table::{Kind, Table};
use crate::model::{Language, Text};

pub fn datapackage(
    name: &str,
    title: &Text,
    source: &Text,
    sample: bool,
    tables: &[Table],
    typed: &[&str],
    language: Language,
) -> Value {
    json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": name,
        "title": title.in_language(language),
        "sample": sample,
        "sources": [{ "title": source.in_language(language) }],
        "resources": resources(tables, typed, language),
    })
}

/// The tables, those of them that are there as Parquet too, and the results in one file.
fn resources(tables: &[Table], typed: &[&str], language: Language) -> Vec<Value> {
    let is_typed = |table: &&Table| typed.contains(&table.name);
    let parquet = tables.iter().filter(is_typed).map(|table| {
        json!({
            "name": format!("{}-parquet", table.name),
            "title": table.title.in_language(language),
            "path": format!("{}.parquet", table.name),
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
        })
    });
    let results = json!({
        "name": "results",
        "title": Text::new("供大屏等程序使用的结果", "Results for dashboards").in_language(language),
        "path": "results.json",
        "format": "json",
        "mediatype": "application/json",
        "encoding": "utf-8",
    });
    tables.iter().map(|table| resource(table, language)).chain(parquet).chain([results]).collect()
}

fn resource(table: &Table, language: Language) -> Value {
    let field = |column: &super::table::Column| {
        let kind = match column.kind {
            Kind::String => "string",
            Kind::Number => "number",
            Kind::Integer => "integer",
        };
        json!({ "name": column.name, "type": kind, "description": column.description.in_language(language) })
    };
    json!({
        "name": table.name,
        "title": table.title.in_language(language),
        "path": format!("{}.csv", table.name),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": { "fields": table.columns.iter().map(field).collect::<Vec<_>>(), "missingValues": [""] },
    })
}
