//! `targets.csv`: the verdicts, one row per target and area.

use super::Contents;
use crate::{
    model::Text,
    publish::table::{Column, Table, number},
};

pub fn table(contents: &Contents) -> Table {
    let columns = vec![
        Column::text("target", "目标标识", "Id of the target"),
        Column::text("area", "地区代码", "Code of the area"),
        Column::text("area_name", "地区名称", "Name of the area"),
        Column::text("period", "目标时期", "Period of the target"),
        Column::text(
            "verdict",
            "是否达成：met 达成、missed 未达成、not_due 未到期、aspiration 愿景、cannot_tell 无法判断",
            "Met? met, missed, not_due, aspiration, cannot_tell",
        ),
        Column::text(
            "direction",
            "走向：improving 好转、worsening 变差、unchanged 持平、cannot_tell 无法判断",
            "Which way? improving, worsening, unchanged, cannot_tell",
        ),
        Column::number("value", "实际值", "Actual value"),
        Column::number("target_value", "目标值（按所取读法）", "Level to be reached under the reading taken"),
        Column::text("unit", "单位", "Unit"),
        Column::number("gap", "实际值减目标值", "Actual value less target value"),
        Column::text("reading", "所取读法", "The reading taken"),
        Column::text("note", "缺什么；其他须知", "What is missing; what else to know"),
        Column::text("other_readings", "其他读法及其结论", "The other readings and their verdicts"),
        Column::text("target_name", "目标名称", "Name of the target"),
        Column::text("indicator", "据以判断的指标", "Indicator it is judged by"),
        Column::number("previous", "上期数值", "Value of the period before"),
        Column::number("change", "与上期之差", "Difference from the period before"),
        Column::text("citation", "出处", "Where it stands in the document"),
        Column::text("sample", "示例数据标记", "Marks sample data"),
    ];
    let say = |text: &Text| text.in_language(contents.language).to_string();
    let rows = contents.summary.progress.iter().filter_map(|progress| {
        let target = contents.targets.iter().find(|target| target.id == progress.target)?;
        let judged = progress.judged.map(|place| &contents.summary.values[place]);
        let indicator = target.taken().indicator.as_ref().and_then(|id| contents.indicator(id));
        Some(vec![
            progress.target.to_string(),
            progress.area.to_string(),
            contents.area_name(&progress.area),
            progress.period.to_string(),
            progress.verdict.word().to_string(),
            progress.direction.word().to_string(),
            number(progress.value),
            number(progress.target_value),
            indicator.map_or_else(String::new, |indicator| say(&indicator.unit)),
            number(progress.gap),
            say(&progress.reading),
            say(&progress.note),
            say(&progress.other_readings()),
            say(&target.name),
            indicator.map_or_else(String::new, |indicator| indicator.id.to_string()),
            number(judged.and_then(|value| value.change).map(|change| change.previous)),
            number(judged.and_then(|value| value.change).map(|change| change.difference)),
            target.citation.as_ref().map_or_else(String::new, |citation| say(&citation.words())),
            contents.sample_mark(),
        ])
    });
    Table { name: "targets", title: Text::new("目标", "Targets"), rows: rows.collect(), columns }
}
