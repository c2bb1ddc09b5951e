//! Years and names found inside the words around a table.

use unicode_normalization::UnicodeNormalization;

use crate::model::{Period, fold};

/// The one period a text names: `2023`, `2023年`, `2023/24`, `2023-2024学年`, `2023年第一季度`. Several different years, or a full date: none.
pub fn find_period(text: &str) -> Option<Period> {
    let folded = fold(text);
    // A year that is kept as a date is kept as its first day.
    let folded = folded.strip_suffix("-01-01").unwrap_or(&folded);
    // A year that is kept as a number may be written with its decimals or its separator: 2023.0, 2,023.
    let folded = whole_year(folded).unwrap_or(folded.to_string());
    let folded = folded.as_str();
    if let Ok(period) = folded.to_uppercase().parse::<Period>() {
        return Some(period);
    }
    let years = years(folded);
    match years[..] {
        [(year, _)] => part_of_year(folded, year),
        [(first, _), (second, _)] if second == first + 1 && folded.contains("学年") => Some(Period::SchoolYear(first)),
        [(first, _), ref rest @ ..] if rest.iter().all(|(year, _)| *year == first) => Some(Period::Year(first)),
        _ => None,
    }
}

/// The year of a text that is nothing but a number.
fn whole_year(folded: &str) -> Option<String> {
    let whole = folded.split_once('.').map_or(folded, |(whole, part)| if part.bytes().all(|b| b == b'0') { whole } else { "" });
    let digits =
        if whole.len() == 5 && whole.as_bytes().get(1) == Some(&b',') { whole.replace(',', "") } else { whole.to_string() };
    (digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()) && digits != folded).then_some(digits)
}

/// A year, or the quarter or term of it that the text names besides.
fn part_of_year(folded: &str, year: i16) -> Option<Period> {
    let numbered = |word: &str| {
        let before = &folded[..folded.find(word)?];
        let number = before.chars().next_back()?;
        let part = "一二三四".chars().position(|c| c == number).or_else(|| "1234".chars().position(|c| c == number))?;
        i8::try_from(part + 1).ok()
    };
    if folded.contains("季度") {
        return numbered("季度").map(|part| Period::Quarter(year, part));
    }
    if folded.contains("学期") {
        return numbered("学期").filter(|part| *part <= 2).map(|part| Period::Semester(year, part));
    }
    Some(Period::Year(year))
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
            ("2023.0", Some("2023")),
            ("2,023", Some("2023")),
            ("1,234", None),
            ("二〇二三年度", None),
            ("2023-01-01", Some("2023")),
            ("2023-10-08", None),
            ("2023年第一季度统计表", Some("2023-Q1")),
            ("2023年第2学期", Some("2023-S2")),
            ("2023年上季度", None),
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
