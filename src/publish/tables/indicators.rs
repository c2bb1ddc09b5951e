//! `indicators.csv`: one row per value.

use super::{Contents, members};
use crate::{
    model::Text,
    publish::table::{Column, Table, number},
};

pub fn table(contents: &Contents) -> Table {
    let mut columns = vec![
        Column::text("indicator", "指标标识", "Id of the indicator"),
        Column::text("area", "地区代码", "Code of the area"),
        Column::text("area_name", "地区名称", "Name of the area"),
        Column::text("period", "时期", "Period"),
    ];
    columns.extend(Contents::breakdown_columns(contents.breakdown_dimensions()));
    columns.extend([
        Column::number("value", "数值，未经四舍五入", "Value, not rounded"),
        Column::text("unit", "单位", "Unit"),
        Column::text("status", "观测状态（SDMX CL_OBS_STATUS）", "Observation status (SDMX CL_OBS_STATUS)"),
        Column::number("previous", "上期数值", "Value of the period before"),
        Column::number("change", "与上期之差", "Difference from the period before"),
        Column::text("change_unit", "差的单位；百分比之差为百分点", "Unit of the difference; percentage points for per cents"),
        Column::number(
            "relative_change",
            "相对变化（%）；基数为零或过小时为空",
            "Relative change in per cent; empty on a zero or small base",
        ),
        Column::text("indicator_name", "指标名称", "Name of the indicator"),
        Column::number("numerator", "分子之和（合计指标即其值）", "Sum of the numerators (of a total: its value)"),
        Column::number("denominator", "分母之和", "Sum of the denominators"),
        Column::text("note", "说明：缺什么、为何不比较", "What it lacks, or why it is not compared"),
        Column::text("sample", "示例数据标记", "Marks sample data"),
        Column::number(
            "coverage",
            "全市数值：已报送的地区占应报地区的比例（0 至 1）",
            "Of the whole: share of the areas that owe its forms and have sent them, 0 to 1",
        ),
    ]);
    let rows = contents.summary.values.iter().filter_map(|value| {
        let indicator = contents.indicator(&value.indicator)?;
        let say = |text: &Text| text.in_language(contents.language).to_string();
        let mut row =
            vec![value.indicator.to_string(), value.area.to_string(), contents.area_name(&value.area), value.period.to_string()];
        row.extend(members(&value.breakdown, contents.breakdown_dimensions()));
        row.extend([
            number(value.value),
            say(&indicator.unit),
            value.status.letter().to_string(),
            number(value.change.map(|change| change.previous)),
            number(value.change.map(|change| change.difference)),
            value.change.map_or_else(String::new, |_| say(&indicator.change_unit())),
            number(value.change.and_then(|change| change.relative)),
            say(&indicator.name),
            number(value.numerator),
            number(value.denominator),
            say(&value.note),
            contents.sample_mark(),
            number(value.coverage),
        ]);
        Some(row)
    });
    Table { name: "indicators", title: Text::new("指标", "Indicators"), rows: rows.collect(), columns }
}
