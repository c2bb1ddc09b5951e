//! A few bytes that a text is to begin with, compared at once.

/// Up to as many bytes as `N`.
#[derive(Debug, Clone, Copy)]
pub struct Beginning<const N: usize> {
    /// The bytes and, where they are, bytes in which all bits are set; behind them 0.
    said: [u8; N],
    mask: [u8; N],
    length: usize,
}

impl<const N: usize> Beginning<N> {
    /// None where there are too many bytes.
    pub fn of(bytes: &[u8]) -> Option<Beginning<N>> {
        let mut beginning = Beginning { length: bytes.len(), ..Beginning::default() };
        beginning.said.get_mut(..bytes.len())?.copy_from_slice(bytes);
        beginning.mask.get_mut(..bytes.len())?.fill(u8::MAX);
        Some(beginning)
    }

    /// What follows it. None also where the text is so short that it cannot be compared at once.
    #[inline]
    pub fn after<'a>(&self, text: &'a [u8]) -> Option<&'a [u8]> {
        let found: &[u8; N] = text.first_chunk()?;
        let odd = (0..N).fold(0, |odd, at| odd | (found[at] ^ self.said[at]) & self.mask[at]);
        if odd == 0 { text.get(self.length..) } else { None }
    }

    /// Makes the number whose first and last digit stand at these places the next one, unless that has more digits.
    #[inline]
    pub fn count_on(&mut self, (first, last): (usize, usize)) {
        let Some(digits) = self.said.get_mut(first..=last) else { return };
        if digits.iter().all(|digit| *digit == b'9') {
            return;
        }
        for digit in digits.iter_mut().rev() {
            if *digit != b'9' {
                *digit += 1;
                return;
            }
            *digit = b'0';
        }
    }
}

impl<const N: usize> Default for Beginning<N> {
    fn default() -> Self {
        Beginning { said: [0; N], mask: [0; N], length: 0 }
    }
}
