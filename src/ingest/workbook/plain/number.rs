//! Numbers as cells hold them. What has few digits is exact by one multiplication or division; the rest is read by the standard library.

use memchr::memchr;

/// The powers of ten that a number of 53 bits can be divided by with one rounding: the result is the nearest number (Clinger 1990).
pub const POWERS: [f64; 19] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18];
/// The largest whole number below which every whole number is exact.
const EXACT: u64 = 1 << 53;

/// The number that fills the text up to the next tag, and the text from there. None where it is no number.
#[inline]
pub fn leading(text: &[u8]) -> Option<(f64, &[u8])> {
    let (is_negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    let (mut whole, mut count, mut point) = (0_u64, 0_usize, None);
    let mut end = None;
    for (place, letter) in digits.iter().enumerate() {
        match letter {
            b'0'..=b'9' => {
                whole = whole.wrapping_mul(10).wrapping_add(u64::from(letter - b'0'));
                count += 1;
            }
            b'.' if point.is_none() => point = Some(count),
            b'<' => {
                end = Some(place);
                break;
            }
            _ => break,
        }
    }
    let decimals = point.map_or(0, |point| count - point);
    match (end, POWERS.get(decimals)) {
        // Eighteen digits do not overflow.
        (Some(end), Some(power)) if (1..19).contains(&count) && whole <= EXACT => {
            let number = if decimals == 0 { whole as f64 } else { whole as f64 / power };
            Some((if is_negative { -number } else { number }, digits.get(end..)?))
        }
        _ => long(text),
    }
}

/// The whole number that fills the text up to the next tag, such as the place of a text, and the text from there.
#[inline]
pub fn leading_place(text: &[u8]) -> Option<(u32, &[u8])> {
    let mut place = 0_u32;
    for (at, letter) in text.iter().enumerate() {
        match letter {
            b'0'..=b'9' => place = place.checked_mul(10)?.checked_add(u32::from(letter - b'0'))?,
            b'<' if at > 0 => return Some((place, text.get(at..)?)),
            _ => return None,
        }
    }
    None
}

/// A whole number and nothing else.
pub fn place(said: &[u8]) -> Option<u32> {
    let is_whole = said.iter().all(u8::is_ascii_digit);
    std::str::from_utf8(said).ok().filter(|_| is_whole)?.parse().ok()
}

/// A number and nothing else.
pub fn of(said: &[u8]) -> Option<f64> {
    let is_number =
        matches!(said, [b'0'..=b'9' | b'.' | b'-', ..]) && said.iter().all(|letter| b"0123456789.eE+-".contains(letter));
    let number: f64 = std::str::from_utf8(said).ok().filter(|_| is_number)?.parse().ok()?;
    number.is_finite().then_some(number)
}

#[inline(never)]
fn long(text: &[u8]) -> Option<(f64, &[u8])> {
    let (said, rest) = text.split_at_checked(memchr(b'<', text)?)?;
    Some((of(said)?, rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_the_very_ones_of_the_standard_library() {
        for said in [
            "0",
            "-0",
            "12",
            "-3.5",
            "55.82",
            "0.1",
            "1.",
            ".5",
            "-.25",
            "9007199254740992",
            "9007199254740993",
            "123456789012345678",
            "1234567890123456789012",
            "0.30000000000000004",
            "1E-300",
            "1e22",
            "1.7976931348623157e308",
            "5e-324",
            "2.5E+3",
            "00012",
            "0.000000000000000001",
            "0.0000000000000000001",
            "100000000000000000000.5",
        ] {
            let text = format!("{said}</v>");
            let (number, rest) = leading(text.as_bytes()).expect(said);
            assert_eq!(number.to_bits(), said.parse::<f64>().unwrap().to_bits(), "{said}");
            assert_eq!(rest, b"</v>");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for said in
            ["", "-", ".", "-.", "1.2.3", "12a", " 12", "12 ", "1,5", "+1", "inf", "NaN", "1e", "1e400", "--1", "0x10", "1&#48;"]
        {
            assert_eq!(leading(format!("{said}</v>").as_bytes()), None, "{said}");
        }
        assert_eq!(leading(b"12"), None);
        for said in ["", "-1", "4294967296", "1.0", " 1"] {
            assert_eq!(leading_place(format!("{said}</v>").as_bytes()), None, "{said}");
        }
        assert_eq!(leading_place(b"4294967295<"), Some((u32::MAX, &b"<"[..])));
        assert_eq!(leading_place(b"12"), None);
    }

    proptest! {
        #[test]
        fn any_number_that_is_written_is_read_bit_for_bit(number in proptest::num::f64::NORMAL | proptest::num::f64::ZERO | proptest::num::f64::SUBNORMAL) {
            for said in [format!("{number}"), format!("{number:e}"), format!("{number:.2}"), format!("{number:.15E}")] {
                let text = format!("{said}<");
                let (read, _) = leading(text.as_bytes()).expect("a number");
                prop_assert_eq!(read.to_bits(), said.parse::<f64>().unwrap().to_bits());
            }
        }

        #[test]
        fn decimals_are_read_bit_for_bit(said in "-?[0-9]{1,20}(\\.[0-9]{0,20})?([eE][+-]?[0-9]{1,2})?") {
            let text = format!("{said}<");
            let (read, _) = leading(text.as_bytes()).expect("a number");
            prop_assert_eq!(read.to_bits(), said.parse::<f64>().unwrap().to_bits());
        }
    }
}
