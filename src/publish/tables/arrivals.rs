//! `arrivals.csv`: who sent what when, and who is late on the as-of date.

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
        Column::text("due", "截止日期", "The last day"),
        Column::text(
            "arrived",
            "收到日期（登记，或文件修改时间）",
            "Day received, by the register or the file's modification time",
        ),
        Column::text(
            "state",
            "on_time 按时、late 迟报、overdue 逾期未报、awaited 未到期、undated 已报无期限、missing 未报无期限",
            "on_time, late, overdue (has not come), awaited, undated (came, no deadline) or missing (has not come, no deadline)",
        ),
        Column::integer("days_late", "迟报或逾期天数", "Days after the due date"),
        Column::text("files", "文件", "Files"),
        Column::text("sample", "示例数据标记", "Marks sample data"),
    ];
    let rows = contents.arrivals.iter().map(|row| {
        let files: Vec<&str> = row.files.iter().map(AsRef::as_ref).collect();
        vec![
            row.form.to_string(),
            row.area.to_string(),
            contents.area_name(&row.area).to_string(),
            row.period.to_string(),
            row.due.map_or_else(String::new, |day| day.to_string()),
            row.arrived.map_or_else(String::new, |day| day.to_string()),
            row.state.word().to_string(),
            row.days_late.map_or_else(String::new, |days| days.to_string()),
            files.join(" | "),
            contents.sample_mark().to_string(),
        ]
    });
    Table { name: "arrivals", title: Text::new("收件情况", "Arrivals"), rows: rows.collect(), columns }
}
