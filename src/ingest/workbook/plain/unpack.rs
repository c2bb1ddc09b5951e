//! A part on its way out of the archive. Large steps: each call of the unpacker costs the same however much it gives.

use std::io::{Cursor, Read};

use crc32fast::Hasher;
use flate2::{Decompress, FlushDecompress, Status};

use super::{CUT_OFF, Unusual};

/// How many packed bytes are read at a time.
const PACKED: u64 = 64 << 10;
/// Nobody is believed that a part is larger than this before it has come.
const ROOM: u64 = 8 << 20;

/// What the directory of the archive says of a part.
#[derive(Debug, Clone, Copy)]
pub struct Declared {
    pub is_deflated: bool,
    pub packed: u64,
    pub size: u64,
    pub sum: u32,
}

pub struct Unpacked<P> {
    /// Its bytes as they lie in the archive.
    part: P,
    declared: Declared,
    /// None where the part is stored as it is.
    inflate: Option<Box<Decompress>>,
    /// Packed bytes, of which those from `from` to `to` are still to be unpacked.
    packed: Vec<u8>,
    from: usize,
    to: usize,
    /// What has come out so far, and its check sum.
    size: u64,
    sum: Hasher,
    is_over: bool,
}

impl<P: Read> Unpacked<P> {
    pub fn new(part: P, declared: Declared) -> Unpacked<P> {
        let inflate = declared.is_deflated.then(|| Box::new(Decompress::new(false)));
        let packed = vec![0; if declared.is_deflated { declared.packed.clamp(1, PACKED) as usize } else { 0 }];
        Unpacked { part, declared, inflate, packed, from: 0, to: 0, size: 0, sum: Hasher::new(), is_over: false }
    }

    /// The same with its packed bytes in memory, taken out of the archive, so that other parts can be unpacked meanwhile.
    pub fn taken(self) -> Result<Unpacked<Cursor<Vec<u8>>>, Unusual> {
        let Unpacked { mut part, declared, inflate, packed, from, to, size, sum, is_over } = self;
        let mut held = Vec::with_capacity(declared.packed.min(ROOM) as usize);
        part.read_to_end(&mut held).map_err(|_| Unusual("a part cannot be read"))?;
        Ok(Unpacked { part: Cursor::new(held), declared, inflate, packed, from, to, size, sum, is_over })
    }

    /// What the part declares to take in the archive, in bytes.
    pub fn packed(&self) -> u64 {
        self.declared.packed
    }

    /// What the part declares to unpack to, in bytes.
    pub fn size(&self) -> u64 {
        self.declared.size
    }

    /// How much of that has not come out yet.
    pub fn left(&self) -> u64 {
        self.declared.size.saturating_sub(self.size)
    }

    /// Fills the room or reads to the end; gives how much of the room is filled.
    pub fn read(&mut self, room: &mut [u8]) -> Result<usize, Unusual> {
        let mut filled = 0;
        while let Some(left) = room.get_mut(filled..)
            && !left.is_empty()
            && !self.is_over
        {
            filled += self.step(left)?;
        }
        self.size += filled as u64;
        self.sum.update(room.get(..filled).unwrap_or_default());
        if self.size > self.declared.size {
            return Err(Unusual("a part unpacks to more than it declares"));
        }
        if self.is_over && (self.size < self.declared.size || self.sum.clone().finalize() != self.declared.sum) {
            return Err(Unusual("a part does not unpack to what it declares"));
        }
        Ok(filled)
    }

    fn step(&mut self, room: &mut [u8]) -> Result<usize, Unusual> {
        let unreadable = |_| Unusual("a part cannot be read");
        let Some(inflate) = &mut self.inflate else {
            let got = self.part.read(room).map_err(unreadable)?;
            self.is_over = got == 0;
            return Ok(got);
        };
        if self.from == self.to {
            (self.from, self.to) = (0, self.part.read(&mut self.packed).map_err(unreadable)?);
        }
        let packed = self.packed.get(self.from..self.to).unwrap_or_default();
        let (taken, given) = (inflate.total_in(), inflate.total_out());
        let status = inflate.decompress(packed, room, FlushDecompress::None).map_err(|_| Unusual("a part cannot be unpacked"))?;
        let (taken, given) = ((inflate.total_in() - taken) as usize, (inflate.total_out() - given) as usize);
        self.from += taken;
        self.is_over = status == Status::StreamEnd;
        if !self.is_over && taken == 0 && given == 0 {
            return Err(CUT_OFF);
        }
        Ok(given)
    }
}
