//! `datapackage.json`: what each column of each table is, as a Frictionless data package.

use serde_json::{Value, json};

use super::table::{Kind, Table};
use crate::model::{Language, Text};

pub fn datapackage(name: &str, title: &Text, source: &Text, sample: bool, tables: &[Table], language: Language) -> Value {
    json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": name,
        "title": title.in_language(language),
        "sample": sample,
        "sources": [{ "title": source.in_language(language) }],
        "resources": tables.iter().map(|table| resource(table, language)).collect::<Vec<_>>(),
    })
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
