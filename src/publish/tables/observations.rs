//! `observations.csv`: every value that was read, with its cell. Lineage points here by number. `totals.csv`: the totals that
//! offices wrote beside them, which are compared and never added.

use super::{Contents, members};
use crate::{
    model::{CellRef, Observation, Provenance, Text},
    publish::table::{Column, Table, number},
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
    let rows = observations.iter().enumerate().map(|(place, observation)| {
        let mut row = vec![
            (place + 1).to_string(),
            observation.measure.to_string(),
            observation.area.to_string(),
            contents.area_name(&observation.area),
            observation.period.to_string(),
        ];
        row.extend(members(&observation.breakdown, contents.book.dimensions.iter()));
        let all = observation.sheets();
        let file = all.iter().map(|(file, _)| file.as_ref()).collect::<Vec<_>>().join("; ");
        let sheet = all.iter().map(|(_, sheet)| sheet.as_ref()).collect::<Vec<_>>().join("; ");
        let cell = observation.cell().map_or_else(String::new, CellRef::name);
        let from = match &observation.provenance {
            Provenance::Derived { from, .. } => super::lineage::runs(from),
            Provenance::Cell { .. } | Provenance::Rows { .. } => String::new(),
        };
        row.extend([
            number(observation.value),
            contents.book.measure(&observation.measure).map_or_else(String::new, |measure| measure.unit.clone()),
            observation.status.letter().to_string(),
            file,
            sheet,
            cell,
            observation.raw().to_string(),
            from,
            contents.sample_mark(),
            rows(observation),
        ]);
        row
    });
    Table { name, title, rows: rows.collect(), columns }
}

/// How many rows of each sheet it was counted over.
fn rows(observation: &Observation) -> String {
    let Provenance::Rows { of, .. } = &observation.provenance else { return String::new() };
    let rows = of.iter().map(|set| set.rows.map_or_else(String::new, |rows| rows.to_string()));
    rows.collect::<Vec<_>>().join("; ")
}
