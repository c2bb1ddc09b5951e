//! Short values, eight bytes at once: nothing here waits for how long a value is, and the processor has nothing to guess.

use super::number::POWERS;

/// One bit in each byte, and the same byte in all places.
const ONES: u64 = u64::from_le_bytes([1; 8]);
const HIGHS: u64 = u64::from_le_bytes([0x80; 8]);
const ZEROS: u64 = u64::from_le_bytes([b'0'; 8]);
const TAGS: u64 = u64::from_le_bytes([b'<'; 8]);
const POINTS: u64 = u64::from_le_bytes([b'.'; 8]);

/// One to seven bytes before a tag, the first one lowest; what is above them is of no account.
#[derive(Debug, Clone, Copy)]
pub struct Short {
    bytes: u64,
    length: u32,
}

impl Short {
    /// What stands before the next tag, and the text from there. None where it is longer, or nothing.
    #[inline]
    pub fn read(text: &[u8]) -> Option<(Short, &[u8])> {
        let bytes = u64::from_le_bytes(*text.first_chunk()?);
        let length = zeros(bytes ^ TAGS).trailing_zeros() / 8;
        if !(1..8).contains(&length) {
            return None;
        }
        Some((Short { bytes, length }, text.get(length as usize..)?))
    }

    pub fn length(self) -> usize {
        self.length as usize
    }

    /// A whole number without a sign.
    #[inline]
    pub fn whole(self) -> Option<u32> {
        digits(self.bytes << (64 - 8 * self.length), self.length)
    }

    /// A number of digits, with a sign and a point or without: exact by one division, as few digits are.
    #[inline(always)]
    pub fn number(self) -> Option<f64> {
        let sign = u32::from(self.bytes as u8 == b'-');
        let length = self.length - sign;
        if length == 0 {
            return None;
        }
        let text = (self.bytes >> (8 * sign)) << (64 - 8 * length);
        // The bytes below the point are pushed over it; where there is none all are below it, and stay.
        let point = first(text ^ POINTS);
        let (below, points) = ((point >> 7).wrapping_sub(1), u32::from(point != 0));
        let joined = (text & below) << (8 * points) | text & !(below << 8 | 0xFF);
        let decimals = point.leading_zeros() / 8 % 8;
        let number = f64::from(digits(joined, length - points)?) / POWERS.get(decimals as usize)?;
        Some(f64::from_bits(number.to_bits() | u64::from(sign) << 63))
    }
}

/// Is the next tag after so many bytes, none to seven? Whoever guesses well need not wait until it is found.
#[inline]
pub fn is_length(text: &[u8], length: usize) -> bool {
    text.first_chunk().is_some_and(|bytes| first(u64::from_le_bytes(*bytes) ^ TAGS) == 0x80 << (8 * length))
}

/// The highest bit of the lowest byte that is 0; 0 where none is.
#[inline]
fn first(word: u64) -> u64 {
    let found = zeros(word);
    found & found.wrapping_neg()
}

/// The same, and perhaps bits above that one.
#[inline]
fn zeros(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & HIGHS
}

/// The number that the highest bytes of a word write, the last digit in the highest: up to seven of them, and nothing else.
#[inline]
fn digits(text: u64, count: u32) -> Option<u32> {
    if count == 0 {
        return None;
    }
    let text = text | ZEROS >> (8 * count);
    let value = text ^ ZEROS;
    if (value | value.wrapping_add(u64::from_le_bytes([0x76; 8]))) & HIGHS != 0 {
        return None;
    }
    // Two digits are one number below a hundred, two of these one below ten thousand, and these two the whole.
    let pairs = (value.wrapping_mul(10) + (value >> 8)) & 0x00FF_00FF_00FF_00FF;
    let fours = (pairs.wrapping_mul(100) + (pairs >> 16)) & 0x0000_FFFF_0000_FFFF;
    Some((fours.wrapping_mul(10_000).wrapping_add(fours >> 32)) as u32)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(said: &str) -> Option<Short> {
        Short::read(format!("{said}</v></c>").as_bytes()).map(|(short, rest)| {
            assert_eq!(rest, b"</v></c>");
            short
        })
    }

    #[test]
    fn what_is_no_short_number_is_none() {
        for said in
            ["-", ".", "-.", "1.2.3", "12a", " 12", "12 ", "1,5", "+1", "inf", "1e5", "--1", "1-", "1/2", "1:2", "\u{e9}", "1\0"]
        {
            assert_eq!(read(said).and_then(Short::number), None, "{said}");
        }
        for said in ["-1", "1.", "1.0", "a", "1\u{b1}", "1/", "1:"] {
            assert_eq!(read(said).and_then(Short::whole), None, "{said}");
        }
        assert!(read("").is_none() && read("12345678").is_none() && Short::read(b"1<").is_none());
        assert_eq!(read("-0").and_then(Short::number).map(f64::to_bits), Some((-0.0_f64).to_bits()));
    }

    proptest! {
        #[test]
        fn short_numbers_are_the_very_ones_of_the_standard_library(said in "-?[0-9]{0,4}\\.?[0-9]{0,3}") {
            let known: Option<f64> = said.parse().ok();
            if (1..8).contains(&said.len()) {
                prop_assert_eq!(read(&said).and_then(Short::number).map(f64::to_bits), known.map(f64::to_bits));
            }
        }

        #[test]
        fn any_seven_bytes_are_a_whole_number_or_none(said in "[ -;=-~]{1,7}") {
            let known = said.bytes().all(|byte| byte.is_ascii_digit()).then(|| said.parse::<u32>().unwrap());
            prop_assert_eq!(read(&said).and_then(Short::whole), known);
        }
    }
}
