//! The lists a pipeline points to: its areas and its code lists, as CSV.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::names::in_order;
use crate::{
    diag::{Code, Finding, TomlPlace},
    model::{Area, AreaKind, Areas, Dimension, Id, Member, Text},
    spec::{FormulaSpec, Spec, StandardSpec},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AreaRow {
    code: String,
    name_zh: String,
    name_en: String,
    kind: String,
    parent: String,
    aliases: String,
    typos: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MemberRow {
    code: String,
    name_zh: String,
    name_en: String,
    aliases: String,
    within: String,
}

/// The lists themselves.
pub fn lists(spec: &Spec, folder: &Path) -> Vec<PathBuf> {
    let file = &spec.pipeline.content;
    let lists = file.areas.iter().chain(file.dimensions.iter().filter_map(|dimension| dimension.list.as_ref()));
    let mut lists: Vec<PathBuf> = lists.chain(&file.reported).chain(&file.tiles).map(|list| folder.join(list.as_ref())).collect();
    let standards =
        spec.indicators.iter().flat_map(|file| file.content.indicators.values()).filter_map(|entry| match &entry.as_ref().is {
            FormulaSpec::Standardised { standard: StandardSpec::List(list), .. } => Some(folder.join(list.as_ref())),
            _ => None,
        });
    lists.extend(standards);
    // A file that may be there and is not is empty.
    let elsewhere = spec.targets.iter().map(|targets| &targets.file).chain(spec.audit.iter().map(|audit| &audit.file));
    lists.extend(elsewhere.filter(|file| !file.text.is_empty()).map(|file| PathBuf::from(&file.path)));
    lists
}

pub fn areas(spec: &Spec, folder: &Path, findings: &mut Vec<Finding>) -> Areas {
    let mut areas = Areas::default();
    let Some(path) = &spec.pipeline.content.areas else {
        if !spec.pipeline.faulty {
            let place = spec.pipeline.top();
            findings.push(super::names::contradiction(
                &place,
                "缺少 areas（地区清单）",
                "`areas`, the list of areas, is missing",
            ));
        }
        return areas;
    };
    for row in rows::<AreaRow>(&folder.join(path.as_ref()), &spec.pipeline.place(path), findings) {
        let kind = match row.kind.as_str() {
            "district" => AreaKind::District,
            "other" => AreaKind::Other,
            "whole" => AreaKind::Whole,
            other => {
                let message = Text::new(
                    format!("{}：地区 {} 的 kind“{other}”应为 district、other 或 whole", path.as_ref(), row.code),
                    format!("{}: the kind `{other}` of area {} is none of district, other, whole", path.as_ref(), row.code),
                );
                findings.push(Finding::new(Code::SeedUnreadable, message).judged_by(&spec.pipeline.place(path)));
                continue;
            }
        };
        let parent = (!row.parent.is_empty()).then(|| Id::from(row.parent.as_str()));
        let area = Area { code: Id::from(row.code.as_str()), name: Text::new(row.name_zh, row.name_en), kind, parent };
        areas.push(area, &row.aliases.split('|').collect::<Vec<_>>(), &row.typos.split('|').collect::<Vec<_>>());
    }
    areas
}

pub fn dimensions(spec: &Spec, folder: &Path, findings: &mut Vec<Finding>) -> Vec<Dimension> {
    let mut dimensions = Vec::new();
    for wanted in &spec.pipeline.content.dimensions {
        let id = super::names::define(&spec.pipeline.place(&wanted.id), wanted.id.as_ref(), findings);
        let mut dimension = Dimension::new(id, wanted.name.clone(), wanted.list.is_none() && !wanted.of_targets);
        if let Some(path) = &wanted.list {
            for row in rows::<MemberRow>(&folder.join(path.as_ref()), &spec.pipeline.place(path), findings) {
                let within = row.within.split_once('=').map(|(dimension, code)| (Id::from(dimension), Id::from(code)));
                let member = Member { code: Id::from(row.code.as_str()), name: Text::new(row.name_zh, row.name_en), within };
                dimension.push(member, &row.aliases.split('|').collect::<Vec<_>>());
            }
        }
        if wanted.of_targets {
            for (_, id, target) in in_order(&spec.targets, |content| &content.targets) {
                let member = Member { code: Id::from(id.as_str()), name: target.as_ref().name.clone(), within: None };
                dimension.push(member, &[id]);
            }
        }
        dimensions.push(dimension);
    }
    dimensions
}

pub fn rows<T: for<'de> Deserialize<'de>>(path: &Path, place: &TomlPlace, findings: &mut Vec<Finding>) -> Vec<T> {
    let refuse = |fault: String| {
        let shown = path.display();
        let message = Text::new(
            format!("{place}：清单 {shown} 无法读取（{fault}）"),
            format!("{place}: the list {shown} cannot be read ({fault})"),
        );
        Finding::new(Code::SeedUnreadable, message).judged_by(place)
    };
    let text = match fs_err::read_to_string(path) {
        Ok(text) => text,
        Err(fault) => {
            findings.push(refuse(fault.to_string()));
            return Vec::new();
        }
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut found = Vec::new();
    for row in csv::Reader::from_reader(text.as_bytes()).deserialize() {
        match row {
            Ok(row) => found.push(row),
            Err(fault) => findings.push(refuse(fault.to_string())),
        }
    }
    found
}
