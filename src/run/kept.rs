//! A file of the cache: the first line is the hash of the rest, so what the disk has damaged or a crash has cut off is noticed.
//! A hundred of them are not waited for one by one.

use std::{io, path::Path};

use fs_err as fs;
use serde::{Serialize, de::DeserializeOwned};

use super::{digest::sha256, output::replace_unsynced};

/// As many letters as a hash has.
const HASH: usize = 64;

/// None where there is no such file; a fault where it is not what was written.
pub fn read<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, String> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(fault) => return Err(fault.to_string()),
    };
    let (hash, content) = bytes.split_at_checked(HASH).ok_or("it is cut off")?;
    if sha256(content).as_bytes() != hash {
        return Err("its content is not what was written".to_string());
    }
    postcard::from_bytes(content).map(Some).map_err(|fault| fault.to_string())
}

pub fn write<T: Serialize>(path: &Path, value: &T) -> io::Result<()> {
    let content = postcard::to_allocvec(value).map_err(io::Error::other)?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    replace_unsynced(path, &[sha256(&content).as_bytes(), content.as_slice()].concat())
}
