//! The sheets in the language of the run: headings of columns, and what the tables say by codes. Names in the CSV stay as they are.

use crate::{
    diag::Severity,
    model::{ArrivalState, Direction, Language, OutlookWord, Status, Text, Verdict},
};

/// Name of a column in the CSV, and its headings.
const HEADINGS: &[(&str, &str, &str)] = &[
    ("indicator", "指标", "Indicator"),
    ("indicator_id", "指标标识", "Indicator id"),
    ("indicator_name", "指标名称", "Name of the indicator"),
    ("target", "目标标识", "Target id"),
    ("target_name", "目标名称", "Target"),
    ("area", "地区代码", "Area code"),
    ("area_name", "地区", "Area"),
    ("period", "时期", "Period"),
    ("verdict", "结论", "Verdict"),
    ("direction", "走势", "Direction"),
    ("value", "数值", "Value"),
    ("target_value", "目标值", "Target level"),
    ("unit", "单位", "Unit"),
    ("status", "数据状态", "Status"),
    ("gap", "差距", "Distance"),
    ("reading", "所取读法", "Reading taken"),
    ("note", "说明", "Note"),
    ("other_readings", "其他读法", "Other readings"),
    ("previous", "上期数值", "Period before"),
    ("change", "与上期之差", "Change"),
    ("change_unit", "差的单位", "Unit of change"),
    ("relative_change", "相对变化（%）", "Relative change (%)"),
    ("citation", "出处", "Source"),
    ("sample", "示例数据", "Sample data"),
    ("answers", "负责", "Answers"),
    ("section", "章节", "Section"),
    ("reached_share", "已达到比例", "Share reached"),
    ("expected_share", "进度要求比例", "Share asked for"),
    ("document", "文号、会议或系统", "Document"),
    ("planned", "计划日期", "Planned"),
    ("completed", "完成日期", "Completed"),
    ("evidence", "佐证", "Evidence"),
    ("office", "牵头处室", "Office"),
    ("baseline", "基数", "Baseline"),
    ("baseline_period", "基数时期", "Baseline period"),
    ("edge", "结论是否稳固", "Firmness"),
    ("yearly_change", "年均变化", "Yearly change"),
    ("required_yearly_change", "每年须有的变化", "Required yearly change"),
    ("projected", "推算数值", "Projected"),
    ("outlook", "推算结论", "Outlook"),
    ("next_if_change_goes_on", "照此延续的下年数值", "Next year if it goes on"),
    ("reached_in", "照此延续的达到年份", "Reached in"),
    ("numerator", "分子", "Numerator"),
    ("denominator", "分母", "Denominator"),
    ("lower", "95%置信下限", "Lower limit (95 %)"),
    ("upper", "95%置信上限", "Upper limit (95 %)"),
    ("interval", "区间方法", "Method of interval"),
    ("control_lower", "99.8%控制下限", "Lower control limit (99.8 %)"),
    ("control_upper", "99.8%控制上限", "Upper control limit (99.8 %)"),
    ("trend", "五年趋势", "Five-year trend"),
    ("trend_p_value", "趋势检验 p 值", "p of trend"),
    ("line", "参照线", "Reference line"),
    ("coverage", "已报地区比例", "Share of areas that sent"),
    ("code", "类别代码", "Code"),
    ("severity", "级别", "Severity"),
    ("file", "文件", "File"),
    ("sheet", "工作表", "Sheet"),
    ("cell", "单元格", "Cell"),
    ("message", "发现的问题", "What was found"),
    ("read", "单元格原文", "The cell says"),
    ("expected", "应为", "Expected"),
    ("next", "处理办法", "What to do"),
    ("rule", "规则所在行", "Line of the rule"),
    ("because", "规则的理由", "Reason"),
    ("also", "有关单元格", "Other cells"),
    ("form", "表号", "Form"),
    ("state", "状态", "State"),
    ("values", "数值个数", "Values"),
    ("missing", "其中未填", "Blank"),
    ("files", "文件", "Files"),
    ("due", "截止日期", "Due"),
    ("arrived", "收到日期", "Arrived"),
    ("days_late", "迟报或逾期天数", "Days late"),
    ("days_overdue", "逾期天数", "Days overdue"),
    ("forms", "欠报的表", "Forms owed"),
    ("words", "催报用语", "Reminder"),
    ("compared_with", "与之比较的时期", "Compared with"),
    ("against", "比较方式", "Kind of comparison"),
    ("difference", "差", "Difference"),
    ("relative", "相对变化（%）", "Relative change (%)"),
    ("effect_size", "效应量", "Effect size"),
    ("method", "区间方法", "Method"),
    ("p_value", "p 值", "p"),
    ("q_value", "q 值", "q"),
    ("cluster_p_value", "按区的 p 值", "p over the areas"),
    ("clusters", "单位数", "Areas"),
    ("design_effect", "设计效应", "Design effect"),
    ("made_of", "所比较的行", "Lines compared"),
    ("by", "分解方式", "Taken apart by"),
    ("part", "部分代码", "Part code"),
    ("part_name", "部分", "Part"),
    ("weight_before", "此前份额", "Share before"),
    ("weight", "现在份额", "Share now"),
    ("ratio_before", "此前比率", "Ratio before"),
    ("ratio", "现在比率", "Ratio now"),
    ("composition", "结构影响", "Composition"),
    ("within", "内部影响", "Within"),
    ("contribution", "合计影响", "Contribution"),
];

/// Codes of a column that no type names, and their words.
const CODES: &[(&str, &str, &str, &str)] = &[
    ("state", "complete", "齐全", "complete"),
    ("state", "gaps", "有缺项", "gaps"),
    ("answers", "district", "各区", "districts"),
    ("answers", "city_office", "市教育局处室", "city office"),
    ("answers", "universities", "高校", "universities"),
    ("edge", "stable", "稳固", "stable"),
    ("edge", "rounding", "四舍五入会改变", "rounding would turn it"),
    ("edge", "interval", "95%区间会改变", "the 95 % interval reaches across"),
    ("edge", "rounding_and_interval", "四舍五入和95%区间都会改变", "rounding and the interval"),
    ("trend", "rising", "上升", "rising"),
    ("trend", "falling", "下降", "falling"),
    ("trend", "none", "无明显趋势", "none"),
    ("against", "previous", "与上期", "period before"),
    ("against", "year_before", "与上年同期", "year before"),
    ("against", "since", "与基期", "base period"),
    ("by", "area", "地区", "area"),
];

/// What stands above a column; what the pipeline names, such as a dimension, keeps its name. `names`: indicators go by name.
pub fn heading(column: &str, names: bool, language: Language) -> &str {
    let column = if column == "indicator" && !names { "indicator_id" } else { column };
    let own = own(column, language).unwrap_or(column);
    let known = HEADINGS.iter().find(|(name, ..)| *name == own);
    known.map_or(column, |(_, zh, en)| if language == Language::Chinese { *zh } else { *en })
}

/// Of a sentence that the tables have in both languages a reader needs one.
pub fn is_read(column: &str, language: Language) -> bool {
    let other = if language == Language::Chinese { "_en" } else { "_zh" };
    !column.ends_with(other)
}

fn own(column: &str, language: Language) -> Option<&str> {
    column.strip_suffix(if language == Language::Chinese { "_zh" } else { "_en" })
}

/// The word for a code; none where the cell is no code.
pub fn words(column: &str, cell: &str) -> Option<Text> {
    let found = match column {
        "verdict" => Verdict::ALL.into_iter().find(|known| known.word() == cell).map(Verdict::name),
        "direction" => Direction::ALL.into_iter().find(|known| known.word() == cell).map(Direction::name),
        "status" => Status::ALL.into_iter().find(|known| known.letter() == cell).map(Status::name),
        "severity" => {
            let all = [Severity::Error, Severity::Warning, Severity::Note];
            all.into_iter().find(|known| known.word() == cell).map(Severity::name)
        }
        "outlook" => OutlookWord::ALL.into_iter().find(|known| known.word() == cell).map(OutlookWord::name),
        "state" => ArrivalState::ALL.into_iter().find(|known| known.word() == cell).map(ArrivalState::name),
        _ => None,
    };
    let code = || CODES.iter().find(|(of, code, ..)| *of == column && *code == cell);
    found.or_else(|| code().map(|(.., zh, en)| Text::new(*zh, *en)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_words_and_of_two_languages_one_is_read() {
        assert_eq!(words("state", "gaps").unwrap().zh, "有缺项");
        assert_eq!(words("state", "on_time").unwrap().zh, "按时");
        assert_eq!(words("status", "P").unwrap().zh, "暂定");
        assert_eq!(words("read", "gaps"), None, "what a cell says is not translated");
        assert_eq!(heading("message_zh", false, Language::Chinese), "发现的问题");
        assert_eq!(heading("message_en", false, Language::English), "What was found");
        assert_eq!(heading("stage", false, Language::Chinese), "stage");
        assert!(is_read("message_zh", Language::Chinese) && !is_read("message_en", Language::Chinese));
    }
}
