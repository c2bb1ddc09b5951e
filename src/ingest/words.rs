//! Years and names found inside the words around a table.

use unicode_normalization::UnicodeNormalization;

use super::spelt::plainly;
use crate::model::{Period, fold};

/// The one period a text names: `2023`, `2023年`, `2023/24`, `2023-2024学年`, `2023学年`, `2023年第一季度`, `2023年9月`, `2023年秋季学期`,
/// `2022-2023学年第二学期`. Several different years, a full date, or several months or quarters: none.
pub fn find_period(text: &str) -> Option<Period> {
    let folded = fold(text);
    let folded = plainly(&folded);
    // A year that is kept as a date is kept as its first day.
    let folded = folded.strip_suffix("-01-01").unwrap_or(&folded);
    // A year that is kept as a number may be written with its decimals or its separator: 2023.0, 2,023.
    let folded = whole_year(folded).unwrap_or(folded.to_string());
    let folded = folded.as_str();
    if let Ok(period) = folded.to_uppercase().parse::<Period>() {
        return Some(period);
    }
    if names_a_stretch(folded) {
        return None;
    }
    let years = years(folded);
    if let Some(month) = month(folded) {
        if is_whole_year(folded) {
            return Some(Period::Year(month.year()));
        }
        return years.iter().all(|(year, _)| *year == month.year()).then_some(month);
    }
    match years[..] {
        [(year, _), ref rest @ ..] if rest.iter().all(|(other, _)| *other == year) => {
            let behind: Vec<&str> = years.iter().map(|(_, at)| &folded[at + 4..]).collect();
            of_one_year(folded, year, &behind)
        }
        [(first, _), (second, _)] if second == first + 1 && folded.contains("学年") => part_of_school_year(folded, first),
        _ => None,
    }
}

/// What a text names that names one year, once or again: `behind` is what follows it each time.
fn of_one_year(folded: &str, year: i16, behind: &[&str]) -> Option<Period> {
    let next = i32::from(year + 1) % 100;
    let spans = |rest: &&&str| second_year(rest).is_some_and(|second| i32::from(second) == next);
    match behind.iter().find(spans) {
        // 2016-17 is no month, and of 2010-11 nobody can say which it is.
        Some(rest) if (1..=12).contains(&next) && !rest.starts_with('/') && !folded.contains("学年") => None,
        Some(_) => part_of_school_year(folded, year),
        None if behind.iter().any(|rest| rest.starts_with("学年")) => part_of_school_year(folded, year),
        None => part_of_year(folded, year),
    }
}

/// The two digits in which a school year says its second year: 17 in `2016-17`.
fn second_year(behind: &str) -> Option<i8> {
    let rest = behind.strip_prefix(['-', '/', '–', '—', '~', '至'])?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    rest[..digits].parse().ok().filter(|_| digits == 2 && !rest[digits..].starts_with('月'))
}

/// Signs and words between the first and the last of several.
const AND: &[char] = &['、', ',', '至', '到', '-', '–', '—', '~', '和', '及', '与', '/'];

/// Half a year, or several months, quarters or terms: `上半年`, `1至6月`, `前三季度`, `二、三季度`. A year would say too much of it, and a part
/// too little.
fn names_a_stretch(folded: &str) -> bool {
    let is_half = ["上半年", "下半年", "前半年", "后半年"].into_iter().any(|half| folded.contains(half));
    is_half || !is_whole_year(folded) && ["月", "季度", "学期"].into_iter().any(|word| names_several(folded, word))
}

/// From the first month to the last: `1-12月`, `1月至12月`.
fn is_whole_year(folded: &str) -> bool {
    folded.match_indices("12月").any(|(at, _)| {
        let first = folded[..at].strip_suffix(AND).map(|first| first.strip_suffix('月').unwrap_or(first));
        first.is_some_and(|first| {
            first.strip_suffix('1').is_some_and(|rest| !rest.ends_with(|letter: char| letter.is_ascii_digit()))
        })
    })
}

fn names_several(folded: &str, word: &str) -> bool {
    let is_number = |letter: char| letter.is_ascii_digit() || "一二三四五六七八九十".contains(letter);
    folded.match_indices(word).any(|(at, _)| {
        // Of a day only its month is one of these: 9月1日至9月10日.
        if folded[at + word.len()..].starts_with(|letter: char| letter.is_ascii_digit()) {
            return false;
        }
        let counted = folded[..at].strip_suffix('个').unwrap_or(&folded[..at]);
        let before = counted.trim_end_matches(is_number);
        let before = before.strip_suffix('第').filter(|_| before.len() < counted.len()).unwrap_or(before);
        let first = before.strip_suffix(AND).unwrap_or_default();
        // 三、9月在校生 is the third part of something.
        let is_numbered = before.ends_with('、') && first.trim_end_matches(is_number).trim_end_matches(['(', '[']).is_empty();
        if is_numbered
            && counted.ends_with(|letter: char| letter.is_ascii_digit())
            && !first.ends_with(|letter: char| letter.is_ascii_digit())
        {
            return false;
        }
        before.len() < counted.len() && (before.ends_with('前') || first.ends_with(is_number) || first.ends_with(word))
    })
}

/// Is this the first day of a month other than January, as a spreadsheet keeps a month?
pub fn is_later_month(said: &str) -> bool {
    let parts: Vec<&str> = said.split('-').collect();
    matches!(parts[..], [year, month, "01"] if year.len() == 4 && month.len() == 2 && month != "01" && month.parse::<u8>().is_ok())
}

/// The year of a text that is nothing but a number.
fn whole_year(folded: &str) -> Option<String> {
    let whole = folded.split_once('.').map_or(folded, |(whole, part)| if part.bytes().all(|b| b == b'0') { whole } else { "" });
    let digits =
        if whole.len() == 5 && whole.as_bytes().get(1) == Some(&b',') { whole.replace(',', "") } else { whole.to_string() };
    (digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()) && digits != folded).then_some(digits)
}

/// A year, or the quarter or term of it that the text names besides. Spring is the first term of a year, autumn the second.
fn part_of_year(folded: &str, year: i16) -> Option<Period> {
    if folded.contains("季度") {
        return numbered(folded, "季度").map(|part| Period::Quarter(year, part));
    }
    if folded.contains("学期") {
        let part = match (folded.contains("春季学期"), folded.contains("秋季学期")) {
            (true, false) => Some(1),
            (false, true) => Some(2),
            (true, true) => None,
            (false, false) => numbered(folded, "学期").filter(|part| *part <= 2),
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

/// The one number before a word, wherever it stands: 一 in `第一季度`.
fn numbered(folded: &str, word: &str) -> Option<i8> {
    let number = |(at, _)| {
        let number = folded[..at].chars().next_back()?;
        let part = "一二三四".chars().position(|c| c == number).or_else(|| "1234".chars().position(|c| c == number))?;
        i8::try_from(part + 1).ok()
    };
    let mut numbers = folded.match_indices(word).filter_map(number);
    let first = numbers.next()?;
    numbers.all(|other| other == first).then_some(first)
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

/// The one of these parts of a year that a text names without its year: `（3月）`, `第二季度`, `秋季学期`. A day names no month.
pub fn find_part(text: &str, parts: &[Period]) -> Option<Period> {
    let folded = fold(text);
    let folded = plainly(&folded);
    let is_said = |part: &&Period| match **part {
        Period::Month(_, month) => folded.match_indices('月').any(|(at, word)| {
            let before = &folded[..at];
            let number = &before[before.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
            let is_day = folded[at + word.len()..].starts_with(|c: char| c.is_ascii_digit());
            !is_day && number.parse() == Ok(month)
        }),
        Period::Quarter(_, quarter) => numbered(&folded, "季度") == Some(quarter),
        Period::Semester(_, half) => folded.contains(if half == 1 { "春季学期" } else { "秋季学期" }),
        Period::Year(_) | Period::SchoolYear(_) => false,
    };
    let mut said = parts.iter().filter(is_said);
    let first = said.next().filter(|_| !names_a_stretch(&folded))?;
    said.next().is_none().then_some(*first)
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
    Some(if is_left_blank(&value) { String::new() } else { value })
}

/// A line to write on that nobody has written on: `______`, `＿＿＿区教育局（盖章）`, `____年`.
pub fn is_left_blank(text: &str) -> bool {
    const PRINTED: [&str; 12] =
        ["", "年", "年度", "学年", "区", "县", "市", "教育局", "区教育局", "县教育局", "市教育局", "学校"];
    let folded = fold(text);
    let before_seal = folded.split(['(', '[']).next().unwrap_or_default();
    // A dash alone says that there is nothing to write.
    let written = before_seal.trim_matches(|letter: char| "_-—–―─━﹍﹎".contains(letter));
    written.len() < before_seal.len() && PRINTED.contains(&written)
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
            ("二〇二三年度", Some("2023")),
            ("二○二三年9月", Some("2023-09")),
            ("2023年九月", Some("2023-09")),
            ("二〇二三年九月一日填报", None),
            ("2024年1-3月", Some("2024-Q1")),
            ("2024年1—3月份", Some("2024-Q1")),
            ("2024年第一季度（1-3月）", Some("2024-Q1")),
            ("2024年第一季度（4-6月）", None),
            ("2024年1-3月、4-6月", None),
            ("2024年2-4月", None),
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
            ("2023学年第一学期", Some("2023-S2")),
            ("2021学年第二学期", Some("2022-S1")),
            ("2019-20学年第二学期", Some("2020-S1")),
            ("2017学年", Some("2017/18")),
            ("2007学年度教育事业统计", Some("2007/08")),
            ("2010-11学年", Some("2010/11")),
            ("2016-17", Some("2016/17")),
            ("Pupils 2016–17", Some("2016/17")),
            ("Pupils 2010-11", None),
            ("Pupils 2010/11", Some("2010/11")),
            ("1999-00", Some("1999/00")),
            ("2023年度（1—12月）", Some("2023")),
            ("2023年度（11—12月）", None),
            ("2015年上半年", None),
            ("2014年1至6月", None),
            ("2008年1—6月", None),
            ("2014年一至六月", None),
            ("2012年前三季度", None),
            ("2012年二、三季度", None),
            ("2012年第一、二学期", None),
            ("2023年前9个月", None),
            ("2023年三季度", Some("2023-Q3")),
            ("2023年度统计表（2024年1月10日报送）", Some("2023")),
            ("2023年学位表，9月1日-9月10日填报", Some("2023")),
            ("2022-2023学年-第一学期", Some("2022-S2")),
            ("荔湾区-第三季度-2023年", Some("2023-Q3")),
            ("2012年一季度至三季度", None),
            ("2023-09月", None),
            ("三、9月在校生（2023年）", Some("2023")),
            ("2023年度（每半年更新）", Some("2023")),
            ("2023年1月至12月", Some("2023")),
            ("2023年1月-12月", Some("2023")),
            ("2023年1月至11月", None),
            ("2023年第一季度统计表（2023年）", Some("2023-Q1")),
            ("2023年第一季度统计表（2023年第一季度）", Some("2023-Q1")),
            ("2023年第一季度和2023年第二季度", None),
            ("2023年统计表（2023年报）", Some("2023")),
            ("2022学年统计表（2022学年度）", Some("2022/23")),
            ("2022年统计表（2022-23学年）", Some("2022/23")),
            ("2021年春季学期统计表（2021年报）", Some("2021-S1")),
            ("2021年春季学期、2021年秋季学期", None),
            ("2023年秋季学期（2023学年第一学期）", Some("2023-S2")),
        ] {
            assert_eq!(find_period(text).map(|period| period.to_string()).as_deref(), period, "{text}");
        }
    }

    #[test]
    fn a_title_may_name_the_month_and_leave_its_year_to_the_name_of_the_file() {
        let months: Vec<Period> = (1..=12).map(|month| Period::Month(2024, month)).collect();
        let quarters: Vec<Period> = (1..=4).map(|quarter| Period::Quarter(2024, quarter)).collect();
        let found = |text: &str, parts: &[Period]| find_part(text, parts).map(|part| part.to_string());
        for (text, month) in [
            ("校园安全检查月报表（３月）", Some("2024-03")),
            ("12月", Some("2024-12")),
            ("3月份", Some("2024-03")),
            ("1—3月", None),
            ("前3个月", None),
            ("填报日期：3月5日", None),
            ("3月、4月", None),
            ("月报表", None),
        ] {
            assert_eq!(found(text, &months).as_deref(), month, "{text}");
        }
        assert_eq!(found("第二季度统计表", &quarters).as_deref(), Some("2024-Q2"));
        assert_eq!(found("前三季度", &quarters), None);
        assert_eq!(found("月报（九月）", &months).as_deref(), Some("2024-09"));
        assert_eq!(found("统计表（4-6月）", &quarters).as_deref(), Some("2024-Q2"));
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

    #[test]
    fn a_line_to_write_on_says_nothing() {
        for text in [
            "填报单位：______",
            "填报单位:＿＿＿＿＿",
            "填报单位：　　　　",
            "填报单位：——————",
            "填报单位：────区教育局（盖章）",
            "填报单位：____ （公章）",
        ] {
            assert_eq!(behind(text, "填报单位").as_deref(), Some(""), "{text}");
        }
        assert_eq!(behind("统计年份：____年", "统计年份").as_deref(), Some(""));
        assert_eq!(behind("填报单位：__荔湾区__", "填报单位").as_deref(), Some("__荔湾区__"));
        assert!(!is_left_blank("学校") && !is_left_blank("2023年"));
    }
}
