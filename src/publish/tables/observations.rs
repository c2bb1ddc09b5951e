//! `observations.csv`: every value that was read, with its cell. Lineage points here by number. `totals.csv`: the totals that
//! offices wrote beside them, which are compared and never added.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::{Contents, say_members};
use crate::{
    model::{CellRef, Dimension, Observation, Provenance, RowSet, Text},
    publish::table::{Column, Rows, Table},
};

pub fn table(contents: &Contents) -> Table {
    let number = Column::integer("observation", "观测编号，自 1 起", "Number of the observation, from 1");
    of(contents, number, &contents.dataset.observations, ("observations", Text::new("观测值", "Observations")))
}

pub fn totals(contents: &Contents) -> Table {
    let number = Column::integer("total", "合计编号，自 1 起", "Number of the total, from 1");
    of(contents, number, &contents.dataset.totals, ("totals", Text::new("报送单位自填的合计", "Totals written by offices")))
}

fn of(contents: &Contents, first: Column, observations: &[Observation], (name, title): (&'static str, Text)) -> Table {
    let mut columns = vec![
        first,
        Column::text("measure", "计数项标识", "Id of the measure"),
        Column::text("area", "地区代码", "Code of the area"),
        Column::text("area_name", "地区名称", "Name of the area"),
        Column::text("period", "时期", "Period"),
    ];
    columns.extend(Contents::breakdown_columns(contents.book.dimensions.iter()));
    columns.extend([
        Column::number("value", "数值", "Value"),
        Column::text("unit", "单位", "Unit"),
        Column::text("status", "观测状态（SDMX CL_OBS_STATUS）", "Observation status (SDMX CL_OBS_STATUS)"),
        Column::text("file", "文件", "File"),
        Column::text("sheet", "工作表", "Sheet"),
        Column::text("cell", "单元格", "Cell"),
        Column::text("raw", "单元格原文；推算值为算法", "What the cell says; of a derived value, how it is derived"),
        Column::text("derived_from", "推算所用观测的编号", "Numbers of the observations it is derived from"),
        Column::text("sample", "示例数据标记", "Marks sample data"),
        Column::text("rows", "计入的行数，各工作表以“; ”分隔", "Rows that were counted, sheet by sheet"),
    ]);
    let dimensions: Vec<&Dimension> = contents.book.dimensions.iter().collect();
    let units: FxHashMap<&str, &str> =
        contents.book.measures.iter().map(|measure| (measure.id.as_ref(), measure.unit.as_str())).collect();
    let mut rows = Rows::with_room(columns.len(), observations.len());
    // Observations of one measure stand together, among them those of one area, and among these those of one period.
    let (mut measure, mut unit, mut area, mut area_name) = ("", "", "", "");
    let (mut period, mut period_name) = (None, String::new());
    for (place, observation) in observations.iter().enumerate() {
        if *measure != *observation.measure {
            measure = &observation.measure;
            unit = units.get(measure).copied().unwrap_or_default();
        }
        if *area != *observation.area {
            area = &observation.area;
            area_name = contents.area_name(area);
        }
        if period != Some(observation.period) {
            period = Some(observation.period);
            period_name = observation.period.to_string();
        }
        rows.count(place + 1);
        [measure, area, area_name, &period_name].into_iter().for_each(|text| rows.text(text));
        say_members(&observation.breakdown, &dimensions, &mut rows);
        rows.number(observation.value);
        rows.text(unit);
        rows.text(observation.status.letter());
        let (file, sheet) = sheets(observation);
        [file, sheet].into_iter().for_each(|text| rows.text(&text));
        rows.text(&observation.cell().map_or_else(String::new, CellRef::name));
        rows.text(observation.raw());
        match &observation.provenance {
            Provenance::Derived { from, .. } => rows.text(&super::lineage::runs(from)),
            Provenance::Cell { .. } | Provenance::Rows { .. } => rows.text(""),
        }
        rows.text(contents.sample_mark());
        rows.text(&counted(observation));
    }
    Table { name, title, rows, columns }
}

/// File and sheet; of what is counted over several sheets all of them.
fn sheets(observation: &Observation) -> (Cow<'_, str>, Cow<'_, str>) {
    let joined = |of: &[RowSet], part: fn(&RowSet) -> &str| of.iter().map(part).collect::<Vec<_>>().join("; ");
    match &observation.provenance {
        Provenance::Cell { at, .. } => (at.file.as_ref().into(), at.sheet.as_ref().into()),
        Provenance::Rows { of, .. } => (joined(of, |rows| &rows.file).into(), joined(of, |rows| &rows.sheet).into()),
        Provenance::Derived { .. } => Default::default(),
    }
}

/// How many rows of each sheet it was counted over.
fn counted(observation: &Observation) -> String {
    let Provenance::Rows { of, .. } = &observation.provenance else { return String::new() };
    let rows = of.iter().map(|set| set.rows.map_or_else(String::new, |rows| rows.to_string()));
    rows.collect::<Vec<_>>().join("; ")
}
