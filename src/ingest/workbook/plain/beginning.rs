//! A few bytes that a text is to begin with, compared at once.

/// How many bytes it may have.
const MOST: usize = 32;

#[derive(Debug, Clone, Copy, Default)]
pub struct Beginning {
    /// The bytes and, where they are, bytes in which all bits are set; behind them 0.
    said: [u8; MOST],
    mask: [u8; MOST],
    length: usize,
}

impl Beginning {
    /// None where there are too many bytes.
    pub fn of(bytes: &[u8]) -> Option<Beginning> {
        let mut beginning = Beginning { length: bytes.len(), ..Beginning::default() };
        beginning.said.get_mut(..bytes.len())?.copy_from_slice(bytes);
        beginning.mask.get_mut(..bytes.len())?.fill(u8::MAX);
        Some(beginning)
    }

    /// What follows it. None also where the text is so short that it cannot be compared at once.
    #[inline(always)]
    pub fn after<'a>(&self, text: &'a [u8]) -> Option<&'a [u8]> {
        let found: &[u8; MOST] = text.first_chunk()?;
        // Word by word: byte by byte the compiler puts together what is odd in ten steps that wait for each other.
        let odd = |at: usize| (word(found, at) ^ word(&self.said, at)) & word(&self.mask, at);
        if odd(0) | odd(8) | odd(16) | odd(24) == 0 { text.get(self.length..) } else { None }
    }

    /// Makes the number whose first and last digit stand at these places the next one. False, and nothing done, where that has more digits.
    #[inline]
    pub fn count_on(&mut self, (first, last): (usize, usize)) -> bool {
        let digits = self.said.get_mut(first..=last).unwrap_or_default();
        match digits.last_mut() {
            Some(digit) if *digit < b'9' => {
                *digit += 1;
                true
            }
            _ => carry(digits),
        }
    }
}

#[inline(always)]
fn word(bytes: &[u8; MOST], at: usize) -> u64 {
    bytes[at..].first_chunk().map_or(0, |word| u64::from_le_bytes(*word))
}

#[inline(never)]
fn carry(digits: &mut [u8]) -> bool {
    let Some(at) = digits.iter().rposition(|digit| *digit < b'9') else { return false };
    digits[at] += 1;
    digits[at + 1..].fill(b'0');
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rest<'a>(beginning: &Beginning, text: &'a str) -> Option<&'a str> {
        beginning.after(text.as_bytes()).and_then(|rest| std::str::from_utf8(rest).ok())
    }

    #[test]
    fn a_text_begins_so_or_not() {
        let long = "x".repeat(MOST);
        let beginning = Beginning::of(b"<c r=\"A19\">").unwrap();
        assert_eq!(rest(&beginning, &format!("<c r=\"A19\">{long}")), Some(long.as_str()));
        assert_eq!(rest(&beginning, &format!("<c r=\"A18\">{long}")), None);
        assert_eq!(rest(&beginning, "<c r=\"A19\">x"), None, "too short to be compared at once");
        assert!(Beginning::of(long.as_bytes()).is_some() && Beginning::of(format!("{long}x").as_bytes()).is_none());
    }

    #[test]
    fn numbers_are_counted_on_while_they_have_as_many_digits() {
        let mut beginning = Beginning::of(b"A998\"").unwrap();
        let long = "x".repeat(MOST);
        assert!(beginning.count_on((1, 3)) && !beginning.count_on((1, 3)));
        assert_eq!(rest(&beginning, &format!("A999\"{long}")), Some(long.as_str()));
        let mut beginning = Beginning::of(b"A1099\"").unwrap();
        assert!(beginning.count_on((1, 4)));
        assert_eq!(rest(&beginning, &format!("A1100\"{long}")), Some(long.as_str()));
    }
}
