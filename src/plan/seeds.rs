//! The lists a pipeline points to: its areas and its code lists, as CSV.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::{
    list::List,
    names::{in_order, nearest},
};
use crate::{
    diag::Finding,
    model::{Area, AreaKind, Areas, Dimension, Id, Member, Text, fold, fold_heading},
    spec::{FormulaSpec, Spec, StandardSpec},
};

const AREA_COLUMNS: [&str; 7] = ["code", "name_zh", "name_en", "kind", "parent", "aliases", "typos"];
const MEMBER_COLUMNS: [&str; 5] = ["code", "name_zh", "name_en", "aliases", "within"];

#[derive(Deserialize)]
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
    let (path, place) = (folder.join(path.as_ref()), spec.pipeline.place(path));
    let list = List::new(&path, &place);
    let rows: Vec<(u64, AreaRow)> = list.rows(&AREA_COLUMNS, findings);
    let codes: Vec<Id> = rows.iter().map(|(_, row)| Id::from(row.code.as_str())).collect();
    let mut names = Names::default();
    let mut whole = None;
    for (line, row) in rows {
        let kind = match row.kind.as_str() {
            "district" => AreaKind::District,
            "other" => AreaKind::Other,
            "whole" => AreaKind::Whole,
            other => {
                let zh = format!("地区 {} 的 kind“{other}”应为 district、other 或 whole", row.code);
                let en = format!("the kind `{other}` of area {} is none of district, other, whole", row.code);
                findings.push(list.fault(line, zh, en).read(other));
                continue;
            }
        };
        if let Some(earlier) = (kind == AreaKind::Whole).then(|| whole.replace(line)).flatten() {
            let zh = format!("第二个 kind 为 whole 的地区；第一个在第 {earlier} 行，一份清单只有一个全域");
            let en = format!("a second area of kind whole; the first is in line {earlier}, and a list has one");
            findings.push(list.fault(line, zh, en).read(row.code.as_str()));
        }
        let parent = (!row.parent.is_empty()).then(|| Id::from(row.parent.as_str()));
        if let Some(parent) = parent.as_ref().filter(|parent| !codes.contains(parent)) {
            let fault = list.fault(
                line,
                format!("清单中没有 parent 所写的地区 {parent}"),
                format!("no area of the list has the code {parent}, which `parent` names"),
            );
            let near = nearest(parent, &codes.iter().filter(|code| !code.is_empty()).collect::<Vec<_>>());
            let near = near.map(|near| Text::new(format!("是否为“{near}”？"), format!("did you mean `{near}`?")));
            findings.push(fault.read(parent.as_ref()).expected(near.unwrap_or_default()));
        }
        let (aliases, typos): (Vec<&str>, Vec<&str>) = (row.aliases.split('|').collect(), row.typos.split('|').collect());
        let own = [row.code.as_str(), &row.name_zh, &row.name_en].into_iter().chain(aliases.iter().chain(&typos).copied());
        if names.take(&list, line, &row.code, own.map(|name| (name, fold(name))), findings) {
            let area = Area { code: Id::from(row.code.as_str()), name: Text::new(row.name_zh, row.name_en), kind, parent };
            areas.push(area, &aliases, &typos);
        }
    }
    areas
}

/// The codes of a list and every spelling in it, with their lines: one name, one thing.
#[derive(Default)]
struct Names {
    codes: BTreeMap<String, u64>,
    spellings: BTreeMap<String, (String, u64)>,
}

impl Names {
    /// Takes a row with its spellings as they are written and as they are compared. False where its code is no new one.
    fn take<'a>(
        &mut self,
        list: &List,
        line: u64,
        code: &str,
        names: impl Iterator<Item = (&'a str, String)>,
        findings: &mut Vec<Finding>,
    ) -> bool {
        if code.is_empty() {
            findings.push(list.fault(line, "缺少代码（code）", "it has no code"));
            return false;
        }
        if let Some(earlier) = self.codes.get(code) {
            let (zh, en) =
                (format!("代码 {code} 已在第 {earlier} 行出现"), format!("the code {code} stands in line {earlier} already"));
            findings.push(list.fault(line, zh, en).read(code));
            return false;
        }
        self.codes.insert(code.to_string(), line);
        for (name, folded) in names.filter(|(_, folded)| !folded.is_empty()) {
            match self.spellings.get(&folded) {
                Some((other, earlier)) if other != code => {
                    let zh = format!("“{name}”已是第 {earlier} 行 {other} 的名称或别名，不能同时指 {code}");
                    let en = format!("`{name}` is a name of {other} in line {earlier} already, and cannot stand for {code} too");
                    findings.push(list.fault(line, zh, en).read(name));
                }
                Some(_) => {}
                None => {
                    self.spellings.insert(folded, (code.to_string(), line));
                }
            }
        }
        true
    }
}

pub fn dimensions(spec: &Spec, folder: &Path, findings: &mut Vec<Finding>) -> Vec<Dimension> {
    let mut dimensions = Vec::new();
    for wanted in &spec.pipeline.content.dimensions {
        let id = super::names::define(&spec.pipeline.place(&wanted.id), wanted.id.as_ref(), findings);
        let mut dimension = Dimension::new(id, wanted.name.clone(), wanted.list.is_none() && !wanted.of_targets);
        if let Some(path) = &wanted.list {
            let (path, place) = (folder.join(path.as_ref()), spec.pipeline.place(path));
            let list = List::new(&path, &place);
            let mut names = Names::default();
            for (line, row) in list.rows::<MemberRow>(&MEMBER_COLUMNS, findings) {
                let aliases: Vec<&str> = row.aliases.split('|').collect();
                let own = [row.name_zh.as_str(), &row.name_en].into_iter().chain(aliases.iter().copied());
                if !names.take(&list, line, &row.code, own.map(|name| (name, fold_heading(name))), findings) {
                    continue;
                }
                let within = row.within.split_once('=').map(|(dimension, code)| (Id::from(dimension), Id::from(code)));
                let member = Member { code: Id::from(row.code.as_str()), name: Text::new(row.name_zh, row.name_en), within };
                dimension.push(member, &aliases);
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
