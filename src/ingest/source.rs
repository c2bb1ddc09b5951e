//! A file of the input folder: held in memory, or left on the disk where it is too large for that.

use std::{
    borrow::Cow,
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use serde::{Deserialize, Serialize};

use crate::model::Text;

pub struct Source {
    /// Path inside the folder, with `/`.
    pub path: Arc<str>,
    pub content: Content,
}

#[derive(Debug, Clone)]
pub enum Content {
    Held(Vec<u8>),
    Left(OnDisk),
}

/// A file as it stood when its hash was made. Whoever reads it later sees whether it still stands so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnDisk {
    pub path: PathBuf,
    pub bytes: u64,
    pub modified: SystemTime,
}

impl Source {
    pub fn new(path: impl Into<Arc<str>>, bytes: Vec<u8>) -> Source {
        Source { path: path.into(), content: Content::Held(bytes) }
    }

    /// The whole file.
    pub fn bytes(&self) -> Result<Cow<'_, [u8]>, Text> {
        match &self.content {
            Content::Held(bytes) => Ok(Cow::Borrowed(bytes)),
            Content::Left(file) => file.whole().map(Cow::Owned),
        }
    }

    pub fn length(&self) -> u64 {
        match &self.content {
            Content::Held(bytes) => bytes.len() as u64,
            Content::Left(file) => file.bytes,
        }
    }
}

impl OnDisk {
    /// How a file stands now.
    pub fn of(path: &Path) -> std::io::Result<OnDisk> {
        let file = fs_err::metadata(path)?;
        Ok(OnDisk { path: path.to_path_buf(), bytes: file.len(), modified: file.modified()? })
    }

    /// Gives the open file to a reader; what it gave counts only if nothing has moved meanwhile.
    pub fn read<T>(&self, read: impl FnOnce(&mut File) -> Result<T, Text>) -> Result<T, Text> {
        let mut file = File::open(&self.path).map_err(|fault| unreadable(&fault))?;
        let is_still = |file: &File| {
            file.metadata().is_ok_and(|now| now.len() == self.bytes && now.modified().is_ok_and(|time| time == self.modified))
        };
        if !is_still(&file) {
            return Err(changed());
        }
        let given = read(&mut file);
        if is_still(&file) { given } else { Err(changed()) }
    }

    fn whole(&self) -> Result<Vec<u8>, Text> {
        self.read(|file| {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).map_err(|fault| unreadable(&fault))?;
            Ok(bytes)
        })
    }
}

/// How long a file is that is read from its beginning on.
pub fn length(file: &mut impl Seek) -> Result<u64, Text> {
    let length = file.seek(SeekFrom::End(0)).and_then(|length| file.rewind().map(|()| length));
    length.map_err(|fault| unreadable(&fault))
}

pub fn unreadable(fault: &std::io::Error) -> Text {
    Text::new(format!("无法读取（{}）", fault.kind()), format!("it cannot be read ({})", fault.kind()))
}

fn changed() -> Text {
    Text::new("读取期间文件有变化，本次未采用", "it changed while it was read, and was not taken this time")
}
