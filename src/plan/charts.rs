//! What a pipeline says of charts, with its subjects and indicators looked up, and the places of areas on its map of tiles.

use std::path::Path;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::{
    list::List,
    names::{self, contradiction, in_order},
};
use crate::{
    chart::{Spot, Wish, Wishes, is_drawn},
    diag::Finding,
    model::{Areas, Id, Indicator, Kind},
    spec::{ChartsFile, ChartsSpec, Parsed, Spanned, Spec},
};

#[derive(Deserialize)]
struct TileRow {
    area: String,
    row: usize,
    column: usize,
}

pub fn wishes(spec: &Spec, indicators: &[Indicator], findings: &mut Vec<Finding>) -> Wishes {
    let file = &spec.charts;
    let subjects: Vec<Id> = spec.pipeline.content.subjects.iter().map(|subject| Id::from(subject.id.as_str())).collect();
    let known: Vec<&Id> = subjects.iter().collect();
    let subjects = looked_up(file, |file| &file.subjects, &names::SUBJECT, &known, findings);
    let known: Vec<&Id> = indicators.iter().map(|indicator| &indicator.id).collect();
    let of_indicators = looked_up(file, |file| &file.indicators, &names::INDICATOR, &known, findings);
    for (_, id, entry) in in_order(std::slice::from_ref(file), |file| &file.indicators) {
        let place = file.place(entry);
        let kinds = entry.as_ref().only.iter().flatten().chain(&entry.as_ref().also);
        for kind in kinds.filter(|kind| kind.is_of_subject()) {
            let kind = kind.word();
            findings.push(contradiction(
                &place,
                format!("{kind} 图属于主题，请写在 [subjects.…] 下"),
                format!("a chart of kind {kind} is of a subject: write it under [subjects.…]"),
            ));
        }
        let indicator = indicators.iter().find(|indicator| indicator.id.as_ref() == id.as_str());
        if indicator.is_some_and(|indicator| !is_drawn(indicator)) {
            findings.push(contradiction(
                &place,
                format!("指标“{id}”既非合计也非地区的比率，没有图"),
                format!("the indicator `{id}` is neither a total nor a rate of areas, and has no charts"),
            ));
        }
    }
    let all = wish(&file.content.all);
    let wishes = Wishes { all, subjects, indicators: of_indicators };
    if spec.pipeline.content.tiles.is_none() && asks_for(&wishes, Kind::Tiles) {
        findings.push(contradiction(
            &file.top(),
            "要画方格地图（tiles），但 pipeline.toml 没有 tiles 清单",
            "a map of tiles is asked for, and pipeline.toml points to no list of `tiles`",
        ));
    }
    wishes
}

fn asks_for(wishes: &Wishes, kind: Kind) -> bool {
    let said = wishes.subjects.values().chain(wishes.indicators.values()).chain([&wishes.all]);
    said.flat_map(|wish| wish.only.iter().flatten().chain(&wish.also)).any(|asked| *asked == kind)
}

fn wish(spec: &ChartsSpec) -> Wish {
    Wish { only: spec.only.clone(), also: spec.also.clone() }
}

fn looked_up(
    file: &Parsed<ChartsFile>,
    table: impl Fn(&ChartsFile) -> &std::collections::BTreeMap<String, Spanned<ChartsSpec>>,
    kind: &names::Kind,
    known: &[&Id],
    findings: &mut Vec<Finding>,
) -> FxHashMap<Id, Wish> {
    let mut found = FxHashMap::default();
    for (_, id, entry) in in_order(std::slice::from_ref(file), table) {
        match known.iter().find(|known| known.as_ref() == id.as_str()) {
            Some(id) => {
                found.insert((*id).clone(), wish(entry.as_ref()));
            }
            None => findings.push(names::unknown(&file.place(entry), id, kind, known)),
        }
    }
    found
}

/// Where areas stand on the map; each area once, and one area a place.
pub fn tiles(spec: &Spec, folder: &Path, areas: &Areas, findings: &mut Vec<Finding>) -> Vec<Spot> {
    let Some(path) = &spec.pipeline.content.tiles else { return Vec::new() };
    let place = spec.pipeline.place(path);
    let mut spots: Vec<Spot> = Vec::new();
    let path = folder.join(path.as_ref());
    for (_, tile) in List::new(&path, &place).rows::<TileRow>(&["area", "row", "column"], findings) {
        let Some(area) = names::area(&place, &tile.area, areas, findings) else { continue };
        let (Some(row), Some(column)) = (tile.row.checked_sub(1), tile.column.checked_sub(1)) else {
            findings.push(contradiction(&place, "tiles 的行、列从 1 数起", "rows and columns of tiles are counted from 1"));
            continue;
        };
        let spot = Spot { area, row, column };
        if let Some(other) = spots.iter().find(|other| other.area == spot.area || (other.row, other.column) == (row, column)) {
            let (one, two) = (&other.area, &spot.area);
            findings.push(contradiction(
                &place,
                format!("tiles 中 {one} 与 {two} 占同一格，或同一地区出现两次"),
                format!("among the tiles {one} and {two} have one place, or an area has two"),
            ));
            continue;
        }
        spots.push(spot);
    }
    spots
}
