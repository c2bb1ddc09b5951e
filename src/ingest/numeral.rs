//! Numbers in Chinese letters: 一百二十三, 两千零五, 叁万, 二〇二三.

/// The letters that numbers are written in.
pub fn is_numeral(letter: char) -> bool {
    digit(letter).is_some() || power(letter).is_some() || matches!(letter, '万' | '亿')
}

/// The number; none where the letters make none, or make one only by guessing.
pub fn parse(letters: &str) -> Option<f64> {
    let first = letters.chars().next()?;
    if letters.chars().all(|letter| digit(letter).is_some()) {
        // One after the other, as years are written; 十 and 百 are no digits.
        return (letters.chars().count() <= 9).then(|| letters.chars().filter_map(digit).fold(0.0, |sum, d| sum * 10.0 + d));
    }
    if digit(first).is_none() && !matches!(first, '十' | '拾') {
        return None;
    }
    by_powers(letters, &[('亿', 1e8), ('万', 1e4)]).filter(|number| *number < 1e13)
}

/// What stands before the last of a large power times that power, and what stands behind it.
fn by_powers(letters: &str, powers: &[(char, f64)]) -> Option<f64> {
    let Some(((letter, power), smaller)) = powers.split_first() else { return below_ten_thousand(letters) };
    match letters.rsplit_once(*letter) {
        Some((before, behind)) => {
            // 一万二 is 12,000 to whoever says it, and 10,002 to whoever forgets a 零.
            let is_bare = behind.chars().count() == 1 && digit_of(behind) > Some(0.0);
            let rest = if behind.is_empty() { 0.0 } else { by_powers(behind, smaller).filter(|_| !is_bare)? };
            Some(by_powers(before, powers).filter(|count| *count > 0.0)? * power + rest)
        }
        None => by_powers(letters, smaller),
    }
}

fn below_ten_thousand(letters: &str) -> Option<f64> {
    let (mut sum, mut waiting, mut last_power, mut has_zero) = (0.0, None, f64::INFINITY, false);
    for letter in letters.chars() {
        match (digit(letter), power(letter)) {
            (Some(0.0), _) => has_zero = true,
            (Some(digit), _) if waiting.is_none() => waiting = Some(digit),
            (None, Some(power)) if power < last_power => {
                (last_power, has_zero) = (power, false);
                sum += waiting.take().unwrap_or(1.0) * power;
            }
            _ => return None,
        }
    }
    // 一百二 is 120 or 102, and 两千五 is 2,500 or 2,005.
    let is_guess = waiting.is_some() && !has_zero && last_power.is_finite() && last_power > 10.0;
    (!letters.is_empty() && !is_guess).then(|| sum + waiting.unwrap_or(0.0))
}

fn digit_of(letters: &str) -> Option<f64> {
    letters.chars().next().and_then(digit)
}

fn digit(letter: char) -> Option<f64> {
    let place =
        ["〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"].iter().find_map(|digits| digits.chars().position(|d| d == letter));
    place.map(|place| place as f64).or((letter == '两').then_some(2.0))
}

fn power(letter: char) -> Option<f64> {
    match letter {
        '十' | '拾' => Some(10.0),
        '百' | '佰' => Some(100.0),
        '千' | '仟' => Some(1000.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_letters() {
        for (letters, number) in [
            ("十二", 12.0),
            ("二十", 20.0),
            ("一百二十三", 123.0),
            ("两千零五", 2005.0),
            ("一万二千", 12000.0),
            ("三十二万", 320_000.0),
            ("一亿零三万", 100_030_000.0),
            ("叁仟伍佰", 3500.0),
            ("一百零二", 102.0),
            ("一百二十", 120.0),
            ("一万零二", 10002.0),
            ("一万二千五百", 12500.0),
            ("二〇二三", 2023.0),
            ("零", 0.0),
        ] {
            assert_eq!(parse(letters), Some(number), "{letters}");
        }
        for none in ["", "万", "百万", "一二十", "十百", "二千三千", "一百二", "两千五", "一万二", "三亿五", "二十五万三"]
        {
            assert_eq!(parse(none), None, "{none}");
        }
    }

    /// As an office writes it.
    fn written(number: u64) -> String {
        const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
        let section = |mut part: u64| {
            let mut text = String::new();
            let mut zero = false;
            for (power, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
                let digit = part / power;
                part %= power;
                if digit == 0 {
                    zero |= !text.is_empty() && part > 0;
                } else {
                    if zero {
                        text.push('零');
                        zero = false;
                    }
                    text += DIGITS[digit as usize];
                    text += name;
                }
            }
            text
        };
        let (yi, wan, rest) = (number / 100_000_000, number / 10_000 % 10_000, number % 10_000);
        let mut text = String::new();
        for (part, name) in [(yi, "亿"), (wan, "万"), (rest, "")] {
            if part > 0 {
                if !text.is_empty() && part < 1000 {
                    text.push('零');
                }
                text += &section(part);
                text += name;
            }
        }
        if text.is_empty() { "零".to_string() } else { text }
    }

    proptest::proptest! {
        #[test]
        fn what_an_office_writes_in_letters_reads_back_as_itself(number in 0u64..999_999_999_999) {
            assert_eq!(parse(&written(number)), Some(number as f64), "{}", written(number));
        }

        #[test]
        fn no_row_of_letters_breaks_it(letters in "[〇零一二三四五六七八九十百千万亿两]{0,30}") {
            let _ = parse(&letters);
        }
    }
}
