//! Periods as offices spell them, in the one way in which they are read: years, months and days in Chinese figures become digits, and the
//! months of a quarter become the quarter. `二〇二四年九月` is `2024年9月`, `2024年1-3月` is `2024年第1季度`.

use std::borrow::Cow;

use super::numeral;

/// Between the first month and the last.
const RUN: &[char] = &['至', '到', '-', '–', '—', '―', '─', '~'];

/// `folded` in plain spelling.
pub fn plainly(folded: &str) -> Cow<'_, str> {
    let is_spelt = |letter: char| letter == '月' || is_figure(letter);
    if !folded.contains(is_spelt) {
        return Cow::Borrowed(folded);
    }
    Cow::Owned(with_quarters(&in_digits(folded)))
}

/// 一 to 九 and 十: what months and days are written in.
fn is_figure(letter: char) -> bool {
    "一二三四五六七八九十".contains(letter)
}

/// A figure of a year that is spelt one after the other; its naught is written in many ways.
fn digit(letter: char) -> Option<u32> {
    match letter {
        '〇' | '○' | '零' | 'o' | '0' => Some(0),
        _ => "一二三四五六七八九".chars().zip(1..).find(|(known, _)| *known == letter).map(|(_, digit)| digit),
    }
}

fn in_digits(folded: &str) -> String {
    let mut plain = String::with_capacity(folded.len());
    let mut rest = folded;
    while let Some(letter) = rest.chars().next() {
        let is_begun = plain.chars().next_back().is_some_and(|last| numeral::is_numeral(last) || last == '○');
        let found = (!is_begun && is_figure(letter)).then(|| year(rest).or_else(|| part(rest, &plain))).flatten();
        match found {
            Some((number, length)) => {
                plain.push_str(&number.to_string());
                rest = &rest[length..];
            }
            None => {
                plain.push(letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    plain
}

/// A year at the beginning of a text, and how long it is.
fn year(text: &str) -> Option<(u32, usize)> {
    let letters = || text.char_indices();
    let number = letters().take(4).map(|(_, letter)| digit(letter)).try_fold(0, |year, digit| Some(year * 10 + digit?))?;
    let behind = letters().nth(4);
    let is_longer = behind.is_some_and(|(_, letter)| numeral::is_numeral(letter) || digit(letter).is_some());
    ((1950..2100).contains(&number) && !is_longer).then(|| (number, behind.map_or(text.len(), |(at, _)| at)))
}

/// A month, or behind a month a day, at the beginning of a text.
fn part(text: &str, before: &str) -> Option<(u32, usize)> {
    let length = text.find(|letter| !is_figure(letter))?;
    // 高一月考 is of grade one.
    let is_in_word = before.ends_with(|letter: char| letter.is_alphabetic() && !"年月份至到和及与".contains(letter));
    let most = match &text[length..] {
        rest if rest.starts_with('月') && !is_in_word => 12,
        rest if rest.starts_with(['日', '号']) && before.ends_with('月') => 31,
        _ => return None,
    };
    Some((number(&text[..length]).filter(|number| *number <= most)?, length))
}

/// 一二 is no twelve: it may be one and two.
fn number(letters: &str) -> Option<u32> {
    let is_one = letters.chars().count() == 1 || letters.contains('十');
    numeral::parse(letters).filter(|_| is_one).map(|number| number as u32)
}

/// Months that are a quarter are called so.
fn with_quarters(folded: &str) -> String {
    let (mut plain, mut copied) = (String::with_capacity(folded.len()), 0);
    for (at, word) in folded.match_indices('月') {
        if let Some((start, quarter)) = quarter(folded, at).filter(|(start, _)| *start >= copied) {
            plain.push_str(&format!("{}第{quarter}季度", &folded[copied..start]));
            let behind = at + word.len();
            copied = folded.len() - folded[behind..].trim_start_matches('份').len();
        }
    }
    plain + &folded[copied..]
}

/// Which quarter the months make that end with the 月 that stands here, and where they begin.
fn quarter(folded: &str, at: usize) -> Option<(usize, u32)> {
    // 1月1日至3月5日 are days.
    if folded[at..].trim_start_matches('月').starts_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let (last, before) = number_behind(&folded[..at])?;
    let first = before.trim_end_matches(RUN);
    let first = first.strip_suffix('份').unwrap_or(first);
    let (first, start) = number_behind(first.strip_suffix('月').unwrap_or(first)).filter(|_| first.len() < before.len())?;
    let is_longer = start.ends_with(|letter: char| "、,./和及与".contains(letter) || is_figure(letter) || RUN.contains(&letter));
    (!is_longer && first % 3 == 1 && last == first + 2 && last <= 12).then_some((start.len(), first / 3 + 1))
}

/// The number at the end of a text, and what stands before it.
fn number_behind(text: &str) -> Option<(u32, &str)> {
    let before = text.trim_end_matches(|letter: char| letter.is_ascii_digit());
    if before.len() < text.len() {
        return Some((text[before.len()..].parse().ok()?, before));
    }
    let before = text.trim_end_matches(is_figure);
    Some((number(&text[before.len()..])?, before))
}

#[cfg(test)]
mod tests {
    use super::plainly;

    #[test]
    fn years_months_and_days_in_chinese_figures_are_digits() {
        for (spelt, plain) in [
            ("二〇二四年荔湾区统计表", "2024年荔湾区统计表"),
            ("二○二三年9月", "2023年9月"),
            ("二零二三年十二月", "2023年12月"),
            ("二o二三年九月三十日", "2023年9月30日"),
            ("2023年九月", "2023年9月"),
            ("一九九九年", "1999年"),
            ("一二三四年", "一二三四年"),
            ("二〇二三四", "二〇二三四"),
            ("三、九月在校生", "三、9月在校生"),
            ("高一月考", "高一月考"),
            ("一二月", "一二月"),
            ("第一季度", "第一季度"),
        ] {
            assert_eq!(plainly(spelt), plain, "{spelt}");
        }
    }

    #[test]
    fn the_months_of_a_quarter_are_the_quarter() {
        for (spelt, plain) in [
            ("2024年1-3月", "2024年第1季度"),
            ("2024年4—6月份", "2024年第2季度"),
            ("2024年7月至9月报表", "2024年第3季度报表"),
            ("2024年10月份——12月份", "2024年第4季度"),
            ("二〇二四年一至三月", "2024年第1季度"),
            ("2024年1-3月、4-6月", "2024年第1季度、4-6月"),
            ("2024年2-4月", "2024年2-4月"),
            ("2024年1-6月", "2024年1-6月"),
            ("2024年1、3月", "2024年1、3月"),
            ("2024-1-3月", "2024-1-3月"),
            ("1月1日至3月31日", "1月1日至3月31日"),
        ] {
            assert_eq!(plainly(spelt), plain, "{spelt}");
        }
    }
}
