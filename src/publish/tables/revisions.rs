//! `revisions.csv`: every value that the run before published otherwise.

use crate::{
    model::{Language, Publication, Revision, Revisions, Text},
    publish::table::{Column, Table, number},
};

/// One row per changed value. `sample` marks the rows of made-up figures.
pub fn table(revisions: &Revisions, sample: bool, language: Language) -> Table {
    let columns = vec![
        Column::text("kind", "added 新增、withdrawn 撤销、revised 修订", "added, withdrawn or revised"),
        Column::text(
            "tier",
            "修订幅度 |a−b|÷(|a|+|b|)：large 15% 及以上、moderate 1% 及以上、slight 不足 1%",
            "Size of a revision by |a−b| ÷ (|a|+|b|): large from 15 %, moderate from 1 %, slight below",
        ),
        Column::text(
            "table",
            "所在结果表：observations、totals 或 indicators",
            "The table it stands in: observations, totals or indicators",
        ),
        Column::text("id", "计数项或指标标识", "Id of the measure or indicator"),
        Column::text("area", "地区代码", "Code of the area"),
        Column::text("area_name", "地区名称", "Name of the area"),
        Column::text("period", "时期", "Period"),
        Column::text("breakdown", "分类，如 stage=primary；合计为空", "Breakdown, such as stage=primary; empty for the total"),
        Column::number("old", "上次发布的数值", "Value that was published before"),
        Column::number("new", "本次的数值", "Value now"),
        Column::text("old_raw", "上次单元格原文", "What the cell said before"),
        Column::text("new_raw", "本次单元格原文", "What the cell says now"),
        Column::text("old_file", "上次的文件", "File before"),
        Column::text("old_sheet", "上次的工作表", "Sheet before"),
        Column::text("old_cell", "上次的单元格", "Cell before"),
        Column::text("new_file", "本次的文件", "File now"),
        Column::text("new_sheet", "本次的工作表", "Sheet now"),
        Column::text("new_cell", "本次的单元格", "Cell now"),
        Column::text("since", "与之比较的运行批次", "The run it is compared with"),
        Column::text("sample", "示例数据标记", "Marks sample data"),
    ];
    let mark = if sample { super::sample_words(language) } else { "" };
    let row = |revision: &Revision| {
        let Publication { value: old, raw: old_raw, file: old_file, sheet: old_sheet, cell: old_cell } = revision.before.clone();
        let Publication { value: new, raw: new_raw, file: new_file, sheet: new_sheet, cell: new_cell } = revision.after.clone();
        vec![
            revision.kind.word().to_string(),
            revision.tier.map_or_else(String::new, |tier| tier.word().to_string()),
            revision.table.clone(),
            revision.id.clone(),
            revision.area.clone(),
            revision.area_name.clone(),
            revision.period.clone(),
            revision.members(),
            number(old),
            number(new),
            old_raw,
            new_raw,
            old_file,
            old_sheet,
            old_cell,
            new_file,
            new_sheet,
            new_cell,
            revisions.since.clone().unwrap_or_default(),
            mark.to_string(),
        ]
    };
    Table { name: "revisions", title: Text::new("变动", "Revisions"), rows: revisions.list.iter().map(row).collect(), columns }
}
