//! Years and names found inside the words around a table.

use unicode_normalization::UnicodeNormalization;

use crate::model::{Period, fold};

/// The one period a text names: `2023`, `2023年`, `2023/24`, `2023-2024学年`, `2023年第一季度`, `2023年9月`, `2023年秋季学期`,
/// `2022-2023学年第二学期`. Several different years, or a full date: none.
pub fn find_period(text: &str) -> Option<Period> {
    let folded = fold(text);
    // A year that is kept as a date is kept as its first day.
    let folded = folded.strip_suffix("-01-01").unwrap_or(&folded);
    if let Ok(period) = folded.to_uppercase().parse::<Period>() {
        return Some(period);
    }
    let years = years(folded);
    if let Some(month) = month(folded) {
        return years.iter().all(|(year, _)| *year == month.year()).then_some(month);
    }
    match years[..] {
        [(year, _)] => part_of_year(folded, year),
        [(first, _), (second, _)] if second == first + 1 && folded.contains("学年") => part_of_school_year(folded, first),
        [(first, _), ref rest @ ..] if rest.iter().all(|(year, _)| *year == first) => Some(Period::Year(first)),
        _ => None,
    }
}

/// A year, or the quarter or term of it that the text names besides. Spring is the first term of a year, autumn the second.
fn part_of_year(folded: &str, year: i16) -> Option<Period> {
    if folded.contains("季度") {
        return numbered(folded, "季度").map(|part| Period::Quarter(year, part));
    }
    if folded.contains("学期") {
        let part = if folded.contains("春季学期") {
            Some(1)
        } else if folded.contains("秋季学期") {
            Some(2)
        } else {
            numbered(folded, "学期").filter(|part| *part <= 2)
        };
        return part.map(|part| Period::Semester(year, part));
    }
    Some(Period::Year(year))
}

/// A school year, or the term of it that the text names besides: its first term is the autumn of its first year.
fn part_of_school_year(folded: &str, first: i16) -> Option<Period> {
    if !folded.contains("学期") {
        return Some(Period::SchoolYear(first));
    }
    match numbered(folded, "学期") {
        Some(1) => Some(Period::Semester(first, 2)),
        Some(2) => Some(Period::Semester(first + 1, 1)),
        _ => None,
    }
}

/// The number before a word: 一 in `第一季度`.
fn numbered(folded: &str, word: &str) -> Option<i8> {
    let before = &folded[..folded.find(word)?];
    let number = before.chars().next_back()?;
    let part = "一二三四".chars().position(|c| c == number).or_else(|| "1234".chars().position(|c| c == number))?;
    i8::try_from(part + 1).ok()
}

/// The one month that a text names without a day.
fn month(folded: &str) -> Option<Period> {
    let mut found = None;
    for (at, _) in folded.match_indices('年') {
        let year = folded[..at].get(at.saturating_sub(4)..).and_then(|digits| digits.parse::<i16>().ok());
        let digits: String = folded[at + '年'.len_utf8()..].chars().take_while(char::is_ascii_digit).collect();
        let rest = &folded[at + '年'.len_utf8() + digits.len()..];
        let ends = rest.strip_prefix('月').is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
        let named = year.filter(|year| (1950..2100).contains(year) && ends).zip(digits.parse::<i8>().ok());
        let named = named.filter(|(_, month)| (1..=12).contains(month)).map(|(year, month)| Period::Month(year, month));
        match (found, named) {
            (Some(found), Some(named)) if found != named => return None,
            (_, named) => found = named.or(found),
        }
    }
    found
}

/// Four-digit years that are not part of a full date, with where they stand.
fn years(folded: &str) -> Vec<(i16, usize)> {
    let bytes = folded.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 4
            && let Ok(year) = folded[at..at + 4].parse::<i16>()
            && (1950..2100).contains(&year)
            && !starts_date(&folded[at + 4..])
        {
            found.push((year, at));
        }
        at += digits.max(1);
    }
    found
}

/// Does what follows a year make it a day (`年10月8日`, `-10-08`, `.9.1`) or a number (`2028.85`)?
fn starts_date(rest: &str) -> bool {
    if rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        return true;
    }
    let after = rest.strip_prefix('年').or_else(|| rest.strip_prefix(['-', '.', '/'])).unwrap_or("");
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && after[digits..].starts_with(['月', '-', '.', '/'])
}

/// What stands behind a word and its colon inside one text: `填报单位（盖章）：荔湾区教育局  填报日期：…` gives 荔湾区教育局.
pub fn behind(text: &str, word: &str) -> Option<String> {
    let plain: String = text.nfkc().collect();
    let at = plain.find(&word.nfkc().collect::<String>())?;
    let (_, rest) = plain[at..].split_once(':')?;
    let value: String = rest.trim_start().split(['\n', '\t']).next().unwrap_or("").to_string();
    // The next label on the same line begins after a run of spaces.
    let value = value.split("  ").next().unwrap_or("").trim().to_string();
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_one_year() {
        for (text, period) in [
            ("2023年广州市视力筛查汇总表", Some("2023")),
            ("２０２３年", Some("2023")),
            ("2012/13", Some("2012/13")),
            ("2023-2024学年", Some("2023/24")),
            ("填报日期：2023年10月8日", None),
            ("2012–2022", None),
            ("附件2", None),
            ("填报日期：2023.10.8 统计年份：2022", Some("2022")),
            ("440111白云区教育局（2023）.xls", Some("2023")),
            ("电话 020-20231234", None),
            ("2028.85", None),
            ("2023-01-01", Some("2023")),
            ("2023-10-08", None),
            ("2023年第一季度统计表", Some("2023-Q1")),
            ("2023年第2学期", Some("2023-S2")),
            ("2023年上季度", None),
            ("2023年9月", Some("2023-09")),
            ("番禺区2023年12月份教育经费月报表", Some("2023-12")),
            ("2023年全市（２０２３年１月）", Some("2023-01")),
            ("2022年统计，2023年1月", None),
            ("2023年1月至2023年9月", None),
            ("2023年1-9月", None),
            ("2023年13月", None),
            ("截至2023年9月1日", None),
            ("2023年春季学期", Some("2023-S1")),
            ("2023年秋季学期心理健康", Some("2023-S2")),
            ("2022-2023学年第二学期", Some("2023-S1")),
            ("2023-2024学年第1学期", Some("2023-S2")),
            ("2022-2023学年下学期", None),
        ] {
            assert_eq!(find_period(text).map(|period| period.to_string()).as_deref(), period, "{text}");
        }
    }

    #[test]
    fn the_office_stands_behind_its_label() {
        assert_eq!(
            behind("填报单位（盖章）：荔湾区教育局   填报日期：2023年10月8日", "填报单位").as_deref(),
            Some("荔湾区教育局")
        );
        assert_eq!(behind("填报单位：", "填报单位").as_deref(), Some(""));
        assert_eq!(behind("填报日期：2023", "填报单位"), None);
    }
}
