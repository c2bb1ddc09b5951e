//! Numbers on paper: rounded once from the stored value, half to even (GB/T 8170), with thousands set apart; and in tables, as they
//! are stored.

use std::fmt::Write;

/// A value as it is printed: `12,345.6`, `−0.4`. What rounds to zero has no sign.
pub fn printed(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return String::from("—");
    }
    let digits = rounded(value.abs(), decimals);
    let (whole, part) = digits.split_at(digits.len() - decimals);
    let mut text = String::new();
    if value < 0.0 && digits.bytes().any(|digit| digit != b'0') {
        text.push('−');
    }
    for (place, digit) in whole.char_indices() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if decimals > 0 {
        text.push('.');
        text.push_str(part);
    }
    text
}

/// A difference as it is printed, with its sign: `+0.4`, `−0.4`. What rounds to zero has none.
pub fn signed(value: f64, decimals: usize) -> String {
    let digits = printed(value, decimals);
    if value > 0.0 && digits != printed(0.0, decimals) { format!("+{digits}") } else { digits }
}

/// What two numbers may differ by without differing: 0.1 + 0.2 is 0.3, though binary fractions say otherwise.
fn noise(one: f64, other: f64) -> f64 {
    1e-12 * one.abs().max(other.abs()).max(1.0)
}

/// At least, up to the noise of binary fractions: 53.0 − 0.5 is 52.5.
pub fn at_least(value: f64, goal: f64) -> bool {
    value >= goal - noise(value, goal)
}

/// The same number, up to that noise.
pub fn are_equal(one: f64, other: f64) -> bool {
    are_within(0.0, one, other)
}

/// No further apart than so much, and that noise.
pub fn are_within(apart: f64, one: f64, other: f64) -> bool {
    (one - other).abs() <= apart + noise(one, other)
}

/// A number in a sentence, with all its digits but those that are noise of binary fractions: `60,000`, `12.1`.
pub fn plain(value: f64) -> String {
    printed(value, digits(value))
}

/// Digits after the point that a figure has, up to the noise of binary fractions; six at most.
pub fn digits(value: f64) -> usize {
    const MOST: usize = 6;
    let has = |decimals: &usize| {
        let scaled = value * 10f64.powi(*decimals as i32);
        (scaled - scaled.round()).abs() <= 1e-9 * scaled.abs().max(1.0)
    };
    (0..MOST).find(has).unwrap_or(MOST)
}

/// A value rounded as it is printed.
pub fn rounded_value(value: f64, decimals: usize) -> f64 {
    if !value.is_finite() {
        return value;
    }
    let digits = rounded(value.abs(), decimals);
    let (whole, part) = digits.split_at(digits.len() - decimals);
    format!("{whole}.{part}").parse::<f64>().unwrap_or(value.abs()).copysign(value)
}

/// The digits of a rounded value without its point. The tie is looked for in the shortest decimal that is this number,
/// because that is what the CSV shows: 52.55 is a tie there, though its binary form lies a hair below.
fn rounded(value: f64, decimals: usize) -> String {
    let written = stored(value);
    let (whole, part) = written.split_once('.').unwrap_or((&written, ""));
    let kept = part.get(..decimals).unwrap_or(part);
    let dropped = part.get(decimals..).unwrap_or("");
    let mut digits = format!("{whole}{kept:0<decimals$}").into_bytes();
    let odd = digits.last().is_some_and(|digit| digit % 2 == 1);
    let up = match dropped.as_bytes() {
        [] | [b'0'..=b'4', ..] => false,
        [b'5', rest @ ..] => odd || rest.iter().any(|&digit| digit != b'0'),
        _ => true,
    };
    if up {
        for digit in digits.iter_mut().rev() {
            *digit = if *digit == b'9' { b'0' } else { *digit + 1 };
            if *digit != b'0' {
                break;
            }
        }
        if digits.iter().all(|&digit| digit == b'0') {
            digits.insert(0, b'1');
        }
    }
    String::from_utf8_lossy(&digits).into_owned()
}

/// A number as it is stored: the shortest text that reads back as itself.
pub fn stored(value: f64) -> String {
    let mut text = String::with_capacity(8);
    push_number(&mut text, value);
    text
}

/// The same behind what a text says already. Most numbers are counts, and most others have their point among few digits: those
/// need not go the long way that the standard library takes for all of them.
pub fn push_number(text: &mut String, value: f64) {
    let whole = value as i64;
    if whole as f64 == value && whole != 0 && whole.unsigned_abs() < 1 << 53 {
        text.push_str(itoa::Buffer::new().format(whole));
        return;
    }
    let mut digits = zmij::Buffer::new();
    match digits.format(value) {
        // Powers of ten, zeros and what is no number.
        short if short.contains(['e', 'N', 'i']) || value == 0.0 => {
            let _ = write!(text, "{value}");
        }
        short => text.push_str(short.strip_suffix(".0").unwrap_or(short)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{are_equal, are_within, at_least, digits, plain, printed, rounded_value, signed, stored};

    #[test]
    fn rounded_values_are_those_that_are_printed() {
        assert_eq!(rounded_value(52.55, 1), 52.6);
        assert_eq!(rounded_value(-52.65, 1), -52.6);
        assert_eq!(rounded_value(99.97, 1), 100.0);
        assert_eq!(rounded_value(2.5, 0), 2.0);
        assert!(rounded_value(f64::NAN, 1).is_nan());
    }

    #[test]
    fn noise_of_binary_fractions_is_neither_said_nor_counted() {
        assert_eq!([0.1 + 0.2, 12.3 - 0.2, 60000.0, -0.5].map(plain), ["0.3", "12.1", "60,000", "−0.5"]);
        assert!(are_equal(0.1 + 0.2, 0.3) && at_least(0.3, 0.1 + 0.2) && are_within(0.1, 0.4, 0.3));
        assert!(!are_equal(1_200_000_000.0, 1_200_000_001.0) && !at_least(99.999_999, 100.0) && !are_within(0.1, 0.5, 0.3));
    }

    #[test]
    fn ties_go_to_the_even_digit() {
        for (value, decimals, text) in [
            (52.55, 1, "52.6"),
            (52.65, 1, "52.6"),
            (52.6500001, 1, "52.7"),
            (0.5, 0, "0"),
            (1.5, 0, "2"),
            (2.5, 0, "2"),
            (99.95, 1, "100.0"),
            (9.995, 2, "10.00"),
            (0.999, 2, "1.00"),
        ] {
            assert_eq!(printed(value, decimals), text, "{value}");
        }
    }

    #[test]
    fn a_figure_has_the_digits_it_was_written_with() {
        assert_eq!([1_843_945.0, 0.1 + 0.2, 35.57, 1.0 / 3.0, -2.5].map(digits), [0, 1, 2, 6, 1]);
    }

    #[test]
    fn thousands_signs_and_what_is_no_number() {
        assert_eq!(printed(1234567.0, 0), "1,234,567");
        assert_eq!(printed(-1234.5, 1), "−1,234.5");
        assert_eq!(printed(-0.04, 1), "0.0");
        assert_eq!(printed(13.0, 2), "13.00");
        assert_eq!(printed(999.0, 0), "999");
        assert_eq!(printed(f64::NAN, 1), "—");
    }

    #[test]
    fn a_difference_has_its_sign_unless_it_rounds_to_nothing() {
        assert_eq!([0.42, -0.42, 0.004, -0.004, 0.0].map(|by| signed(by, 2)), ["+0.42", "−0.42", "0.00", "0.00", "0.00"]);
        assert_eq!([1234.0, f64::NAN].map(|by| signed(by, 0)), ["+1,234", "—"]);
    }

    #[test]
    fn odd_numbers_are_written_as_they_always_were() {
        let small = [0.0, -0.0, 5e-324, 1e-7, 0.1 + 0.2, -1.5, 1e15, 1e16, 1e21, f64::MAX, f64::NAN, f64::INFINITY];
        for value in small.into_iter().flat_map(|value| [value, -value, value + 1.0, 9_007_199_254_740_992.0 + value]) {
            assert_eq!(stored(value), value.to_string());
        }
    }

    proptest! {
        /// Where two texts are as short and as near, the standard library may take the other one.
        #[test]
        fn numbers_read_back_as_themselves_and_no_text_is_shorter(value in any::<f64>(), count in any::<i32>(), part in 1..1000) {
            for value in [value, f64::from(count), f64::from(count) / f64::from(part), f64::from(part) / f64::from(count)] {
                let said = stored(value);
                prop_assert_eq!(said.parse::<f64>().map(f64::to_bits), Ok(value.to_bits()));
                prop_assert_eq!(said.len(), value.to_string().len());
            }
        }
    }
}
