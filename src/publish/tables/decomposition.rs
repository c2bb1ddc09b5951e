//! `decomposition.csv`: what a change of the whole is made of, one row per part, and one for their sum.

use super::Contents;
use crate::{
    model::{Contribution, Decomposition, Id, TOTAL, Text},
    publish::table::{Column, Table, number},
};

pub fn table(contents: &Contents) -> Table {
    let columns = vec![
        Column::text("indicator", "指标标识", "Id of the indicator"),
        Column::text("area", "所分解地区的代码", "Code of the area whose change is taken apart"),
        Column::text("area_name", "地区名称", "Name of the area"),
        Column::text("period", "时期", "Period"),
        Column::text("compared_with", "与之比较的时期", "Period it is compared with"),
        Column::text("by", "按什么分解：area 为地区，否则为分类维度", "The parts: area, or dimensions"),
        Column::text("part", "部分的代码；_T 为各部分之和", "Code of the part; _T is the sum of all"),
        Column::text("part_name", "部分的名称", "Name of the part"),
        Column::number("weight_before", "此前在分母中的份额（0 至 1）", "Share of the denominator before, 0 to 1"),
        Column::number("weight", "现在在分母中的份额", "Share of the denominator now"),
        Column::number("ratio_before", "此前的比率", "Ratio before"),
        Column::number("ratio", "现在的比率", "Ratio now"),
        Column::number("composition", "结构部分：份额变化所致（Kitagawa）", "Composition: by the change of its share (Kitagawa)"),
        Column::number("within", "内部部分：自身比率变化所致", "Within: by the change of its own ratio"),
        Column::number("contribution", "两者之和", "Both together"),
        Column::text("unit", "单位；百分比之差为百分点", "Unit; percentage points for per cents"),
        Column::text("sample", "示例数据标记", "Marks sample data"),
    ];
    let rows = lines(contents).map(|(decomposition, part)| {
        let indicator = contents.indicator(&decomposition.indicator);
        let by: Vec<&str> = decomposition.by.iter().map(AsRef::as_ref).collect();
        let (code, name) = part.map_or_else(
            || (TOTAL.to_string(), Text::new("合计", "all parts").in_language(contents.language).to_string()),
            |part| part_of(part, &decomposition.by, contents),
        );
        let (composition, within) = match part {
            Some(part) => (part.composition, part.within),
            None => (decomposition.composition, decomposition.within),
        };
        vec![
            decomposition.indicator.to_string(),
            decomposition.area.to_string(),
            contents.area_name(&decomposition.area).to_string(),
            decomposition.period.to_string(),
            decomposition.with.to_string(),
            if by.is_empty() { "area".to_string() } else { by.join("+") },
            code,
            name,
            number(part.map(|part| part.weight_before)),
            number(part.map(|part| part.weight)),
            number(part.and_then(|part| part.ratio_before)),
            number(part.and_then(|part| part.ratio)),
            number(Some(composition)),
            number(Some(within)),
            number(Some(composition + within)),
            indicator.map_or_else(String::new, |indicator| indicator.change_unit().in_language(contents.language).to_string()),
            contents.sample_mark().to_string(),
        ]
    });
    Table { name: "decomposition", title: Text::new("变化的分解", "Decomposition"), rows: rows.collect(), columns }
}

/// The rows in their order: the parts, then their sum.
pub fn lines<'a>(contents: &'a Contents) -> impl Iterator<Item = (&'a Decomposition, Option<&'a Contribution>)> {
    contents.summary.decompositions.iter().flat_map(|decomposition| {
        let parts = decomposition.parts.iter().map(move |part| (decomposition, Some(part)));
        parts.chain([(decomposition, None)])
    })
}

fn part_of(part: &Contribution, by: &[Id], contents: &Contents) -> (String, String) {
    match &part.area {
        Some(area) => (area.to_string(), contents.area_name(area).to_string()),
        None => {
            let codes: Vec<&str> = by.iter().filter_map(|id| part.breakdown.get(id)).map(AsRef::as_ref).collect();
            let name = contents.book.breakdown_name(&part.breakdown);
            (codes.join("+"), name.in_language(contents.language).to_string())
        }
    }
}
