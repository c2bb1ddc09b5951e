//! `indicators.csv`: one row per value.

use rustc_hash::FxHashMap;

use super::Contents;
use crate::{
    model::{Dimension, Indicator, Text},
    publish::table::{Column, Rows, Table},
};

pub fn table(contents: &Contents) -> Table {
    let mut columns = contents.columns_of_a_value();
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
        Column::number("lower", "95% 置信下限，只对构成比和事件率", "Lower limit at 95 %, of proportions and rates of events"),
        Column::number("upper", "95% 置信上限", "Upper limit at 95 %"),
        Column::text(
            "interval",
            "区间方法：wilson、byar、poisson（不足10件）、standardised",
            "Method of the interval: wilson, byar, poisson (below 10 events), standardised",
        ),
        Column::number(
            "control_lower",
            "99.8% 控制下限：同样规模而比率与全市相同的区应在其上",
            "Lower control limit at 99.8 %, for a district of this size with the whole's proportion",
        ),
        Column::number("control_upper", "99.8% 控制上限", "Upper control limit at 99.8 %"),
        Column::text(
            "trend",
            "截至本年连续五年的趋势（χ² 趋势检验，p<0.002）：rising 上升、falling 下降、none 无明显趋势；不足五年、有缺或口径改变时为空",
            "Trend of the five years that end here (χ² for trend, p < 0.002): rising, falling, none; empty where there are fewer, a gap or a break",
        ),
        Column::number("trend_p_value", "趋势检验的 p 值", "p of the test for trend"),
        Column::number("line", "目标以外的文件所定的上限，仅供参照", "Upper line that a rule outside the targets draws, for reference"),
        Column::number(
            "coverage",
            "全市数值：已报送的地区占应报地区的比例（0 至 1）",
            "Of the whole: share of the areas that owe its forms and have sent them, 0 to 1",
        ),
    ]);
    let dimensions: Vec<&Dimension> = contents.breakdown_dimensions().collect();
    let known: FxHashMap<&str, &Indicator> =
        contents.indicators.iter().map(|indicator| (indicator.id.as_ref(), indicator)).collect();
    let mut rows = Rows::with_room(columns.len(), contents.summary.values.len());
    for value in &contents.summary.values {
        let Some(indicator) = known.get(value.indicator.as_ref()) else { continue };
        let change_unit = indicator.change_unit();
        contents.say_value(value, &dimensions, &mut rows);
        rows.number(value.value);
        rows.text(contents.words(&indicator.unit));
        rows.text(value.status.letter());
        rows.number(value.change.map(|change| change.previous));
        rows.number(value.change.map(|change| change.difference));
        rows.text(value.change.map_or("", |_| contents.words(&change_unit)));
        rows.number(value.change.and_then(|change| change.relative));
        rows.text(contents.words(&indicator.name));
        rows.number(value.numerator);
        rows.number(value.denominator);
        rows.text(contents.words(&value.note));
        rows.text(contents.sample_mark());
        rows.number(value.interval.map(|interval| interval.lower));
        rows.number(value.interval.map(|interval| interval.upper));
        rows.text(value.interval.map_or("", |interval| interval.method.word()));
        rows.number(value.control.map(|limits| limits.lower));
        rows.number(value.control.map(|limits| limits.upper));
        rows.text(value.trend.map_or("", |trend| trend.mark.word()));
        rows.small(value.trend.map(|trend| trend.p_value));
        rows.number(indicator.line.as_ref().map(|line| line.at_most));
        rows.number(value.coverage);
    }
    Table { name: "indicators", title: Text::new("指标", "Indicators"), rows, columns }
}
