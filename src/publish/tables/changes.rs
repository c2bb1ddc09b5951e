//! `changes.csv`: one row per value and period that it is compared with. What a comparison with the period before says without a test
//! stands in `indicators.csv` already, and has no row.

use super::Contents;
use crate::{
    model::{Against, Comparison, Dimension, Text},
    publish::table::{Column, Rows, Table},
};

pub fn table(contents: &Contents) -> Table {
    let mut columns = contents.columns_of_a_value();
    columns.extend([
        Column::text("compared_with", "与之比较的时期", "Period it is compared with"),
        Column::text(
            "against",
            "比较方式：previous 上期（环比；年度为上年）、year_before 上年同期（同比）、since 定基",
            "How that was chosen: previous, year_before, since",
        ),
        Column::number("difference", "差；无法比较时为空", "Difference; empty where there is no comparison"),
        Column::text("unit", "差的单位；百分比之差为百分点", "Unit of the difference; percentage points for per cents"),
        Column::number("relative", "相对变化（%）；基数为零或过小时为空", "Relative change in per cent; empty on a zero or small base"),
        Column::number(
            "effect_size",
            "效应量 Cohen’s h，只对构成比：0.2 小，0.5 中，0.8 大",
            "Cohen's h, of proportions only: 0.2 small, 0.5 middling, 0.8 large",
        ),
        Column::number("lower", "差的 95% 置信下限", "Lower limit of the difference at 95 %"),
        Column::number("upper", "差的 95% 置信上限", "Upper limit of the difference at 95 %"),
        Column::text("method", "区间方法：newcombe、square_and_add", "Method of the interval: newcombe, square_and_add"),
        Column::number(
            "p_value",
            "双侧 p 值，把每个人（件）当作独立（合并 z 检验）；几近普查时几乎总是显著，请先看差和效应量",
            "Two-sided p of the pooled z test, as if every unit were independent; near a census almost all is significant: see the effect first",
        ),
        Column::number(
            "q_value",
            "同一指标、时期各区之间的 Benjamini–Hochberg q 值",
            "Benjamini–Hochberg q over the districts of one indicator and period",
        ),
        Column::number(
            "cluster_p_value",
            "以区（或学校）为变异单位的双侧 p 值",
            "Two-sided p with districts (or schools) as the units that vary",
        ),
        Column::integer("clusters", "其单位数", "How many they are"),
        Column::number(
            "design_effect",
            "设计效应：按区（或学校）的方差与按个人的方差之比",
            "Design effect: variance over them, in multiples of that of single persons",
        ),
        Column::text("note", "为何无法比较；其他须知", "Why there is no comparison; what else to know"),
        Column::text("made_of", "所比较数值在 indicators.csv 中的行号", "Lines of indicators.csv that are compared"),
        Column::text("sample", "示例数据标记", "Marks sample data"),
    ]);
    let summary = contents.summary;
    let says_more = |comparison: &&Comparison| {
        comparison.against != Against::Previous
            || comparison.interval.is_some()
            || comparison.cluster.is_some()
            || comparison.note != Text::default()
    };
    let dimensions: Vec<&Dimension> = contents.breakdown_dimensions().collect();
    let mut rows = Rows::new(columns.len());
    for comparison in summary.comparisons.iter().filter(says_more) {
        let value = &summary.values[comparison.value];
        let Some(indicator) = contents.indicator(&value.indicator) else { continue };
        let cluster = comparison.cluster;
        let line = |place: usize| (place + 2).to_string();
        contents.say_value(value, &dimensions, &mut rows);
        rows.say(comparison.with);
        rows.text(comparison.against.word());
        rows.number(comparison.difference);
        rows.text(contents.words(&indicator.change_unit()));
        rows.number(comparison.relative);
        rows.number(comparison.effect_size);
        rows.number(comparison.interval.map(|interval| interval.lower));
        rows.number(comparison.interval.map(|interval| interval.upper));
        rows.text(comparison.interval.map_or("", |interval| interval.method.word()));
        rows.small(comparison.p_value);
        rows.small(comparison.q_value);
        rows.small(cluster.map(|cluster| cluster.p_value));
        rows.text(&cluster.map_or_else(String::new, |cluster| cluster.clusters.to_string()));
        rows.number(cluster.and_then(|cluster| cluster.design_effect));
        rows.text(contents.words(&comparison.note));
        rows.text(&[Some(comparison.value), comparison.base].into_iter().flatten().map(line).collect::<Vec<_>>().join(" "));
        rows.text(contents.sample_mark());
    }
    Table { name: "changes", title: Text::new("变化", "Changes"), rows, columns }
}
