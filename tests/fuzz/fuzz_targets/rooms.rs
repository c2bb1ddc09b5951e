//! A small form of three columns, a list of three areas, and the reading of one file with them.
#![allow(dead_code)]

use std::{collections::BTreeMap, sync::Arc};

use crate::diag::{TomlFile, TomlPlace};
use crate::ingest::records::Recipe;
use crate::ingest::{Attach, Forgetful, Layout, Overlap, Reading, Readers, Rules, Side, Source, Symbol, Template, Values, ingest};
use crate::model::{Area, AreaKind, Codebook, Dimension, Id, Measure, MeasureKind, Member, Text};

/// Reads one file with a form of three columns and a list of three areas.
pub fn read(bytes: Vec<u8>) -> Reading {
    let sources = [Source::new("荔湾区2023年.csv", bytes)];
    let (layouts, book, records) = (layouts(), book(), Recipe::default());
    let rules = Rules { layouts: &layouts, records: &records, book: &book, overlap: Overlap::IsAFault, corrections: &[] };
    ingest(&sources, &rules, &Readers::here(), &Forgetful, &|| {})
}

fn place() -> TomlPlace {
    TomlPlace { file: Arc::new(TomlFile { path: "fuzz.toml".into(), text: "form = \"F\"".into() }), span: 0..4 }
}

fn book() -> Codebook {
    let mut book = Codebook::default();
    for (code, zh, kind) in
        [("1", "荔湾区", AreaKind::District), ("2", "越秀区", AreaKind::District), ("9", "全市", AreaKind::Whole)]
    {
        let parent = (kind != AreaKind::Whole).then(|| Id::from("9"));
        book.areas.push(Area { code: code.into(), name: Text::new(zh, ""), kind, parent }, &[], &[]);
    }
    book.dimensions = vec![dimension("stage", &["小学", "初中"]), Dimension::new("school".into(), Text::same("school"), true)];
    book.measures = vec![measure("pupils", "人", true), measure("rate", "%", false), measure("ratio", "", false)];
    book
}

fn dimension(id: &str, members: &[&str]) -> Dimension {
    let mut list = Dimension::new(id.into(), Text::same(id), false);
    for (at, name) in members.iter().enumerate() {
        list.push(Member { code: format!("m{at}").as_str().into(), name: Text::new(*name, ""), within: None }, &[]);
    }
    list
}

fn measure(id: &str, unit: &str, additive: bool) -> Measure {
    let by = if additive { vec!["stage".into()] } else { Vec::new() };
    let kind = if additive { MeasureKind::Count } else { MeasureKind::ReportedRate };
    Measure { id: id.into(), name: Text::same(id), unit: unit.into(), by, kind, product: None, split: None }
}

fn layouts() -> Vec<Layout> {
    let values = |measure: &str, heading: &str, ratio: bool| Values {
        measure: measure.into(),
        headings: vec![Values::path(heading)],
        unit: book().measure(measure).map_or_else(String::new, |known| known.unit.clone()),
        fractions: true,
        ratio,
        optional: true,
        place: place(),
    };
    let form = Layout {
        id: "F".into(),
        title: Text::same("form"),
        sent_by: None,
        says: Vec::new(),
        needs: vec!["pupils".into()],
        values: vec![values("pupils", "在校生", false), values("rate", "学校 › 占比", false), values("ratio", "生师比", true)],
        area: vec![Attach::Closest(Side::Left), Attach::Head(vec!["填报单位".into()]), Attach::FileName],
        period: vec![Attach::Directly(Side::Above), Attach::Title, Attach::FileName],
        dimensions: BTreeMap::from([("stage".into(), vec![Attach::Directly(Side::Above), Attach::Column(vec!["学段".into()])])]),
        stops_at: vec!["注:".into()],
        skips: vec!["其他".into()],
        totals: vec!["合计".into(), "小计".into()],
        symbols: BTreeMap::from([("#".to_string(), Symbol::Missing), ("p".to_string(), Symbol::Provisional)]),
        transposed: false,
        template: Template::default(),
        place: place(),
    };
    let turned = Layout { id: "T".into(), transposed: true, ..form.clone() };
    let ordered = Layout { id: "O".into(), area: vec![Attach::InOrder(vec!["1".into(), "2".into()])], ..form.clone() };
    vec![form, turned, ordered]
}
