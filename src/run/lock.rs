//! One run at a time in an output folder: an advisory lock on an open file. The system lets go of it when the program ends in
//! any way, so none is ever left behind; what stands in the file only says who has it.

use std::{
    fs::TryLockError,
    io::{self, Read, Seek, Write},
    path::Path,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The file that is locked. It is never removed: two runs that lock two files of one name would both go on.
const NAME: &str = ".lock";

/// Held as long as it is not dropped.
pub struct Lock {
    file: std::fs::File,
}

/// Who holds it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Holder {
    pub process: u32,
    pub host: String,
    pub since: String,
}

impl Holder {
    fn me() -> Holder {
        let host = fs_err::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
        Holder { process: std::process::id(), host: host.trim().to_string(), since: Timestamp::now().to_string() }
    }
}

pub enum Asked {
    Mine(Lock),
    Held(Holder),
}

impl Lock {
    /// Asks for the lock of an output folder, once.
    pub fn ask(folder: &Path) -> io::Result<Asked> {
        let file = open(folder)?;
        match file.try_lock() {
            Ok(()) => Lock::taken(file).map(Asked::Mine),
            Err(TryLockError::WouldBlock) => Ok(Asked::Held(holder(&file))),
            Err(TryLockError::Error(fault)) => Err(fault),
        }
    }

    /// Waits for it as long as it takes.
    pub fn wait(folder: &Path) -> io::Result<Lock> {
        let file = open(folder)?;
        file.lock()?;
        Lock::taken(file)
    }

    fn taken(mut file: std::fs::File) -> io::Result<Lock> {
        file.set_len(0)?;
        file.rewind()?;
        file.write_all(format!("{}\n", serde_json::json!(Holder::me())).as_bytes())?;
        Ok(Lock { file })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The words go before the lock does: nobody reads who has it when nobody has. What fails here harms nothing.
        let _ = self.file.set_len(0);
        let _ = self.file.unlock();
    }
}

/// Who is running there, if anybody is.
pub fn held_by(folder: &Path) -> Option<Holder> {
    let file = fs_err::File::open(folder.join(NAME)).ok()?.into_parts().0;
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => Some(holder(&file)),
        _ => None,
    }
}

fn open(folder: &Path) -> io::Result<std::fs::File> {
    // What stands in it is another's while that one holds the lock, so it is not cut off on opening.
    let path = folder.join(NAME);
    let file = fs_err::OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
    Ok(file.into_parts().0)
}

/// Between taking the lock and writing its words there is a moment in which nobody is named.
fn holder(mut file: &std::fs::File) -> Holder {
    let mut words = String::new();
    let _ = file.rewind();
    let _ = file.read_to_string(&mut words);
    serde_json::from_str(&words).unwrap_or_default()
}
