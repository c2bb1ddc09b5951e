//! A large part in pieces that end where a row or a text ends, so that whoever walks a piece never has to wait for the rest.

use std::io::Read;

use memchr::memmem;

use super::{Unusual, unpack::Unpacked};

/// How much is unpacked at a time: it stays in the cache of the processor until it is walked.
const STEP: usize = 256 << 10;
/// A row or a text may not be longer than this.
const LONGEST: usize = 16 << 20;

pub struct Pieces<P> {
    part: Unpacked<P>,
    /// How what must not be cut begins, such as `<row`.
    head: &'static [u8],
    held: Vec<u8>,
    /// How much of `held` has been unpacked, and how much of that was in the last piece.
    unpacked: usize,
    given: usize,
}

impl<P: Read> Pieces<P> {
    pub fn new(part: Unpacked<P>, head: &'static [u8]) -> Pieces<P> {
        Pieces { part, head, held: Vec::new(), unpacked: 0, given: 0 }
    }

    /// The next piece: up to the last head that has been unpacked, or to the end. None after that.
    pub fn next(&mut self) -> Result<Option<&[u8]>, Unusual> {
        self.held.copy_within(self.given..self.unpacked, 0);
        self.unpacked -= self.given;
        self.given = 0;
        // What is carried over begins with a head, and ends before another one.
        let mut searched = self.head.len().min(self.unpacked);
        while self.given == 0 {
            if !self.unpack()? {
                self.given = self.unpacked;
                break;
            }
            let fresh = self.held.get(searched..self.unpacked).unwrap_or_default();
            self.given = memmem::rfind(fresh, self.head).map_or(0, |at| at + searched);
            // A head may be cut in two.
            searched = (self.unpacked + 1).saturating_sub(self.head.len()).max(1);
        }
        Ok(self.held.get(..self.given).filter(|piece| !piece.is_empty()))
    }

    /// Has the whole part been unpacked, if not given?
    pub fn is_unpacked(&self) -> bool {
        self.part.left() == 0
    }

    /// Unpacks the rest and looks at nothing but whether it is sound.
    pub fn finish(&mut self) -> Result<(), Unusual> {
        while self.part.read(&mut self.held)? > 0 {}
        Ok(())
    }

    /// False where nothing was left.
    fn unpack(&mut self) -> Result<bool, Unusual> {
        // One byte more than it declares would be seen.
        let end = self.unpacked + STEP.min(self.part.left() as usize + 1);
        if end > LONGEST {
            return Err(Unusual("a row or a text is very long"));
        }
        if end > self.held.len() {
            self.held.resize((2 * self.held.len()).max(end), 0);
        }
        let got = self.part.read(self.held.get_mut(self.unpacked..end).unwrap_or_default())?;
        self.unpacked += got;
        Ok(got > 0)
    }
}
