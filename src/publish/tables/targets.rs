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
            "是否达成：met 达成、on_pace 进度正常、behind 进度滞后、not_due 未到期、missed 未达成、aspiration 愿景、cannot_tell 无法判断；里程碑：done 已完成、due 进行中、not_started 未启动、overdue 逾期",
            "Met? met, on_pace, behind, not_due, missed, aspiration, cannot_tell; of milestones done, due, not_started, overdue",
        ),
        Column::text(
            "direction",
            "走向：improving 好转、worsening 变差、unchanged 持平、cannot_tell 无法判断、not_applicable 不适用",
            "Which way? improving, worsening, unchanged, cannot_tell, not_applicable",
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
        Column::text(
            "answers",
            "负责：district 各区、city_office 市教育局处室、universities 高校",
            "Who answers: district, city_office, universities",
        ),
        Column::text("section", "文件中的章节", "Section of the document"),
        Column::number(
            "reached_share",
            "年度流量已达到的比例（0 至 1），只在年内给出",
            "Share of the year's flow reached, 0 to 1, before its end only",
        ),
        Column::number(
            "expected_share",
            "按年度进度曲线应达到的比例（0 至 1）",
            "Share that the year's profile asks for by then, 0 to 1",
        ),
        Column::text("document", "里程碑：文号、会议或系统", "Milestone: document number, meeting or system"),
        Column::text("planned", "里程碑：计划日期", "Milestone: planned day"),
        Column::text("completed", "里程碑：完成日期", "Milestone: day of completion"),
        Column::text("evidence", "里程碑：佐证", "Milestone: evidence"),
        Column::text("office", "里程碑：牵头处室", "Milestone: office in charge"),
        Column::number("baseline", "报告所载基数", "Baseline that the document reports"),
        Column::text("baseline_period", "基数的时期", "Period of the baseline"),
        Column::text(
            "edge",
            "结论是否稳固：stable 稳固、rounding 四舍五入会改变、interval 95% 区间会改变、rounding_and_interval 两者都会",
            "Could the verdict turn? stable; by rounding; by the 95 % interval; rounding_and_interval",
        ),
        Column::number(
            "yearly_change",
            "近五年平均每年变化（至少四个年份），只对尚未到期的水平目标",
            "Mean yearly difference of the last five years (four points at least), of levels still to be reached",
        ),
        Column::number("required_yearly_change", "要达到目标每年须有的变化", "Yearly difference that would reach the level"),
        Column::number("projected", "照此推算到目标年的数值", "What the target's year would have by it"),
        Column::text(
            "outlook",
            "推算结论：reached 可达到（差距不足5%）、nearly 略有差距（5%至20%）、short 差距较大、wrong_way 方向相反",
            "Where that leads: reached (a miss below 5 % of the way), nearly (to 20 %), short, wrong_way",
        ),
        Column::number(
            "next_if_change_goes_on",
            "若本年变化延续，下一年的数值",
            "Next year's value if this year's change goes on",
        ),
        Column::integer(
            "reached_in",
            "若本年变化延续，达到目标的年份",
            "Year in which the level is reached if this year's change goes on",
        ),
    ];
    let say = |text: &Text| text.in_language(contents.language).to_string();
    let rows = contents.summary.progress.iter().filter_map(|progress| {
        let target = contents.targets.iter().find(|target| target.id == progress.target)?;
        let judged = progress.judged.map(|place| &contents.summary.values[place]);
        let indicator = target.taken().indicator.as_ref().and_then(|id| contents.indicator(id));
        let milestone = progress.milestone.clone().unwrap_or_default();
        let day = |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |day| day.to_string());
        let unit = indicator.map_or(&target.unit, |indicator| &indicator.unit);
        Some(vec![
            progress.target.to_string(),
            progress.area.to_string(),
            contents.area_name(&progress.area).to_string(),
            progress.period.to_string(),
            progress.verdict.word().to_string(),
            progress.direction.word().to_string(),
            number(progress.value),
            number(progress.target_value),
            say(unit),
            number(progress.gap),
            say(&progress.reading),
            say(&progress.note),
            say(&progress.other_readings()),
            say(&target.name),
            indicator.map_or_else(String::new, |indicator| indicator.id.to_string()),
            number(judged.and_then(|value| value.change).map(|change| change.previous)),
            number(judged.and_then(|value| value.change).map(|change| change.difference)),
            target.citation.as_ref().map_or_else(String::new, |citation| say(&citation.words())),
            contents.sample_mark().to_string(),
            target.answers.map_or_else(String::new, |answers| answers.word().to_string()),
            target.citation.as_ref().map_or_else(String::new, |citation| citation.section.clone()),
            number(progress.pace.map(|pace| pace.reached)),
            number(progress.pace.map(|pace| pace.expected)),
            milestone.document,
            day(milestone.planned),
            day(milestone.completed),
            milestone.evidence,
            milestone.office,
            number(target.baseline.as_ref().map(|baseline| baseline.value)),
            target.baseline.as_ref().map_or_else(String::new, |baseline| baseline.period.to_string()),
            progress.edge.map_or("", |edge| edge.word()).to_string(),
            number(progress.outlook.map(|outlook| outlook.yearly)),
            number(progress.outlook.map(|outlook| outlook.required)),
            number(progress.outlook.map(|outlook| outlook.projected)),
            progress.outlook.map_or("", |outlook| outlook.word.word()).to_string(),
            number(progress.going_on.map(|going_on| going_on.next)),
            progress.going_on.and_then(|going_on| going_on.reached_in).map_or_else(String::new, |year| year.to_string()),
        ])
    });
    Table { name: "targets", title: Text::new("目标", "Targets"), rows: rows.collect(), columns }
}
