//! Hashes: of bytes, of parts put together, and what tells this build of the program from any other.

use std::{
    io::{self, Read},
    path::Path,
    sync::OnceLock,
    time::UNIX_EPOCH,
};

use sha2::{Digest, Sha256};

/// SHA-256 as sha256sum prints it.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// SHA-256 of a file, read piece by piece, and its length.
pub fn of_file(path: &Path) -> io::Result<(String, u64)> {
    let mut file = fs_err::File::open(path)?;
    let (mut hash, mut length, mut piece) = (Sha256::new(), 0, vec![0; 1 << 18]);
    loop {
        match file.read(&mut piece)? {
            0 => return Ok((hexadecimal(&hash.finalize()), length)),
            read => {
                hash.update(&piece[..read]);
                length += read as u64;
            }
        }
    }
}

/// Does a file hold these bytes and nothing else?
pub fn is_of(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let (mut file, mut rest, mut piece) = (fs_err::File::open(path)?, bytes, vec![0; 1 << 16]);
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(rest.is_empty()),
            read => match rest.strip_prefix(&piece[..read]) {
                Some(behind) => rest = behind,
                None => return Ok(false),
            },
        }
    }
}

/// SHA-256 of several parts, each with its length, so that no two lists of parts run together to the same one.
pub fn of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hexadecimal(&hash.finalize())
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |part: u8| char::from(b"0123456789abcdef"[usize::from(part)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The version and, because a version may be built more than once, size and time of the program's file. What one build kept,
/// another does not use.
pub fn program() -> &'static str {
    static PROGRAM: OnceLock<String> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let file = std::env::current_exe().and_then(fs_err::metadata);
        let built =
            file.as_ref().ok().and_then(|file| file.modified().ok()).and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let built = built.map_or(0, |built| built.as_nanos());
        format!("{} {} {built}", env!("CARGO_PKG_VERSION"), file.map_or(0, |file| file.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_together() {
        let of = |parts: &[&str]| of_parts(parts.iter().map(|part| part.as_bytes()));
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&["ab"]), of(&["ab", ""]));
        assert_eq!(sha256(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
