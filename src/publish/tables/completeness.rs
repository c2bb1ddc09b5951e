//! `completeness.csv`: who has sent what.

use super::Contents;
use crate::{
    model::Text,
    publish::table::{Column, Table},
};

pub fn table(contents: &Contents) -> Table {
    let columns = vec![
        Column::text("form", "表号", "Code of the form"),
        Column::text("area", "地区代码", "Code of the area"),
        Column::text("area_name", "地区名称", "Name of the area"),
        Column::text("period", "时期", "Period"),
        Column::text("state", "complete 齐全、gaps 有缺项、missing 未报", "complete, gaps or missing"),
        Column::integer("values", "读入的数值个数", "Values read"),
        Column::integer("missing", "其中没有数据的个数", "Among them, those that say nothing"),
        Column::text("files", "文件", "Files"),
        Column::text("sample", "示例数据标记", "Marks sample data"),
    ];
    let rows = contents.completeness.iter().map(|row| {
        let state = match (row.has_come(), row.missing) {
            (false, _) => "missing",
            (true, 0) => "complete",
            _ => "gaps",
        };
        let files: Vec<&str> = row.files.iter().map(AsRef::as_ref).collect();
        vec![
            row.layout.to_string(),
            row.area.to_string(),
            contents.area_name(&row.area).to_string(),
            row.period.to_string(),
            state.to_string(),
            row.values.to_string(),
            row.missing.to_string(),
            files.join(" | "),
            contents.sample_mark().to_string(),
        ]
    });
    Table { name: "completeness", title: Text::new("报送情况", "Completeness"), rows: rows.collect(), columns }
}
