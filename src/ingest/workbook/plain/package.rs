//! The parts of a workbook: which there are, small ones as text, large ones to be unpacked step by step.

use std::{
    collections::HashMap,
    io::{Read, Seek},
};

use zip::{CompressionMethod, ZipArchive, read::ZipFile};

use super::{
    Unusual,
    unpack::{Declared, Unpacked},
};

/// How many parts a workbook may have, and what one of them may unpack to, in bytes. A sheet of a million rows and sixty columns
/// has about 2.5 GB.
const PARTS: usize = 10_000;
const PART: u64 = 4 << 30;
/// A part of more than this size may not be packed better than this. Records are packed ten to one, a million equal rows a
/// hundred and fifty to one; a part made to fill a disk comes near a thousand to one.
const SMALL: u64 = 64 << 20;
const RATIO: u64 = 400;
/// What a part that is read whole may unpack to.
const WHOLE: u64 = 4 << 20;

pub struct Package<R> {
    archive: ZipArchive<R>,
    /// Where each part is, by its name in small letters, which is how names of parts are compared.
    places: HashMap<String, usize>,
}

impl<R: Read + Seek> Package<R> {
    pub fn open(file: R) -> Result<Package<R>, Unusual> {
        let archive = ZipArchive::new(file).map_err(|_| Unusual("not a sound archive"))?;
        if archive.len() > PARTS {
            return Err(Unusual("very many parts"));
        }
        let mut places = HashMap::new();
        for (place, name) in archive.file_names().enumerate() {
            let name = name.map_err(|_| Unusual("the name of a part cannot be read"))?;
            if places.insert(key(&name), place).is_some() {
                return Err(Unusual("two parts of one name"));
            }
        }
        Ok(Package { archive, places })
    }

    /// A part to be unpacked; none where there is no such part.
    pub fn unpack(&mut self, name: &str) -> Result<Option<Unpacked<ZipFile<'_, R>>>, Unusual> {
        let Some(place) = self.places.get(&key(name)) else { return Ok(None) };
        let part = self.archive.by_index_raw(*place).map_err(|_| Unusual("a part cannot be found in the archive"))?;
        if part.encrypted() {
            return Err(Unusual("a part is encrypted"));
        }
        if !matches!(part.compression(), CompressionMethod::Deflated | CompressionMethod::Stored) {
            return Err(Unusual("a part is packed in another way"));
        }
        let (size, packed) = (part.size(), part.compressed_size());
        if size > PART || size > SMALL && size / packed.max(1) > RATIO {
            return Err(Unusual("a part would unpack to too much"));
        }
        let is_deflated = part.compression() == CompressionMethod::Deflated;
        let declared = Declared { is_deflated, packed, size, sum: part.crc32() };
        Ok(Some(Unpacked::new(part, declared)))
    }

    /// A small part as text; none where there is no such part.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Unusual> {
        let Some(mut part) = self.unpack(name)? else { return Ok(None) };
        if part.size() > WHOLE {
            return Err(Unusual("a small part is large"));
        }
        // One byte more than there should be, so that the end is seen.
        let mut bytes = vec![0; part.size() as usize + 1];
        let size = part.read(&mut bytes)?;
        bytes.truncate(size);
        String::from_utf8(bytes).map(Some).map_err(|_| Unusual("a part is not in UTF-8"))
    }
}

fn key(name: &str) -> String {
    name.replace('\\', "/").to_ascii_lowercase()
}
