//! The units that a line around a table gives for its figures: 单位：万元, （金额单位：人民币元）, 单位：人、万元, 注：以上金额单位为元。

use super::unit::Unit;
use crate::model::fold;

/// What 单位 is of, where it is a unit of figures: 填报单位 is an office.
const OF: [&str; 8] = ["计量", "计价", "金额", "货币", "数据", "经费", "资金", "数值"];
/// What stands between 单位 and the units, in any order.
const BETWEEN: [&str; 10] = [" ", ":", "(", "[", "均为", "为", "是", "人民币", "rmb", "cny"];
/// How a line below a table begins that speaks of the whole of it.
const NOTES: [&str; 7] = ["注", "备注", "说明", "以上", "本表", "表中", "表内"];

/// The units of a line, whose cells these are.
pub fn units(cells: &[&str]) -> Vec<String> {
    let by_words: Vec<String> = cells.iter().flat_map(|cell| cell.split_whitespace()).map(fold).collect();
    // 单　位 is written with its letters apart.
    let by_cells: Vec<String> = cells.iter().map(|cell| fold(cell)).collect();
    let mut found = Vec::new();
    for line in [by_words.join(" "), by_cells.join(" ")] {
        found.extend(
            line.match_indices("单位")
                .filter(|(at, _)| is_of_figures(&line[..*at]))
                .flat_map(|(at, word)| said(&line[at + word.len()..])),
        );
        // 金额：元, which is no amount.
        let of_money = |unit: &String| Unit::parse(unit).is_of(&Unit::parse("元"));
        let amounts = line.match_indices("金额:").filter(|(at, _)| is_begun(&line[..*at]));
        found.extend(amounts.flat_map(|(at, word)| said(&line[at + word.len() - 1..])).filter(of_money));
    }
    found
}

/// Does a line below a table speak of all of it?
pub fn is_note(cell: &str) -> bool {
    let folded = fold(cell);
    NOTES.iter().any(|word| folded.starts_with(word))
}

fn is_of_figures(before: &str) -> bool {
    OF.iter().any(|word| before.ends_with(word)) || is_begun(before)
}

/// Does a new phrase begin behind this?
fn is_begun(before: &str) -> bool {
    before.chars().next_back().is_none_or(|last| " ([{【〔《,;:。、-|".contains(last))
}

/// The units behind the word: each of them, and first what may be one with a stroke, as 元/生.
fn said(behind: &str) -> Vec<String> {
    let mut rest = behind;
    while let Some(less) = BETWEEN.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = less;
    }
    if rest.len() == behind.len() {
        return Vec::new();
    }
    let end = rest.find([' ', ')', '(', ']', ';', '。', '|']).unwrap_or(rest.len());
    let rest = rest[..end].trim_end_matches("/人民币");
    let alone = rest.split(['、', ',', '和', '及']).filter(|unit| !unit.is_empty());
    alone
        .flat_map(|unit| [unit].into_iter().chain(unit.split('/').filter(|part| part.len() < unit.len())))
        .map(str::to_string)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_told_in_the_ways_of_offices() {
        for line in [
            "单位：元",
            "单　位：元",
            "（单位：元）",
            "计量单位：元",
            "金额单位：元",
            "货币单位：元",
            "数据单位:元",
            "单位：人民币元",
            "单位:人民币（元）",
            "单位（元）",
            "单位：元（保留两位小数）",
            "单位：元/人民币",
            "单位：RMB元",
            "（金额：元）",
            "注：以上金额单位为元。",
            "填报单位：望江区教育局　　单位：元",
        ] {
            assert_eq!(units(&[line]).first().map(String::as_str), Some("元"), "{line}");
        }
        assert_eq!(units(&["填表日期", "2024-01-05", "单位：", "万元"])[0], "万元", "in the cell behind");
    }

    #[test]
    fn several_units_are_all_there_and_offices_are_none() {
        assert_eq!(units(&["单位：人、万元"])[..2], ["人", "万元"]);
        assert_eq!(units(&["单位：元/生"])[..3], ["元/生", "元", "生"]);
        for line in ["填报单位：元村小学", "单位负责人：张三", "各单位经费情况", "金额：100元", "报送单位", "单位"]
        {
            assert_eq!(units(&[line]), <[&str; 0]>::default(), "{line}");
        }
    }
}
