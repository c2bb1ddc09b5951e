//! `reminders.csv`: what each area still owes, as a sentence that can be sent.

use super::Contents;
use crate::{
    model::Text,
    publish::table::{Column, Table},
};

pub fn table(contents: &Contents) -> Table {
    let columns = vec![
        Column::text("area", "地区代码", "Code of the area"),
        Column::text("area_name", "地区名称", "Name of the area"),
        Column::text("period", "时期", "Period"),
        Column::text("due", "截止日期", "The last day"),
        Column::integer("days_overdue", "逾期天数；负数为距截止天数", "Days since the due date; negative before it"),
        Column::text("forms", "欠报的表", "Forms owed"),
        Column::text("words_zh", "催报用语（中文）", "What to tell the area, in Chinese"),
        Column::text("words_en", "催报用语（英文）", "What to tell the area, in English"),
        Column::text("sample", "示例数据标记", "Marks sample data"),
    ];
    let rows = contents.reminders.iter().map(|row| {
        vec![
            row.area.to_string(),
            contents.area_name(&row.area).to_string(),
            row.period.to_string(),
            row.due.map_or_else(String::new, |day| day.to_string()),
            row.days_overdue.map_or_else(String::new, |days| days.to_string()),
            row.forms.join(" | "),
            row.words.zh.clone(),
            row.words.en.clone(),
            contents.sample_mark().to_string(),
        ]
    });
    Table { name: "reminders", title: Text::new("催报清单", "Reminders"), rows: rows.collect(), columns }
}
