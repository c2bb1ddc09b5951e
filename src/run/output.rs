//! The output folder of a pipeline: a run is written beside its place, synced, moved there at once, and `latest` moves last.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use fs_err as fs;
use jiff::Zoned;
use tempfile::NamedTempFile;

use super::{digest::sha256, disk::Disk};

/// What a run that is not finished is called until it is.
pub const STAGING: &str = ".staging-";
/// What a file is called before it takes its place.
pub const UNFINISHED: &str = ".new-";
/// The manifest of a run: what it wrote, so what may be taken away again.
pub const MANIFEST: &str = "run.json";

/// A file of the run: its path inside the run's folder, and its bytes.
pub struct Artifact {
    pub path: String,
    pub bytes: Vec<u8>,
}

/// What is to be known of a file when it is written and its bytes are gone.
pub struct Written {
    pub path: String,
    pub bytes: usize,
    pub sha256: String,
}

/// A run's folder before it is published.
pub struct Staging {
    folder: PathBuf,
    /// Folders in it that files were written into.
    folders: Mutex<BTreeSet<PathBuf>>,
    disk: Disk,
    /// The pipeline's output folder.
    parent: PathBuf,
    run_id: String,
}

impl Staging {
    /// Opens the folder of a run that begins now. From the first moment its manifest says that it is not finished.
    pub fn open(parent: &Path, unfinished: impl Fn(&str) -> Artifact) -> io::Result<Staging> {
        let started = Zoned::now().strftime("%Y-%m-%dT%H%M%S").to_string();
        // A clock that was put back gives a name again; the lock sees to it that no other run takes it meanwhile.
        let is_free = |id: &String| {
            let failed = parent.join(super::leftovers::FAILED).join(id);
            [parent.join(id), parent.join(format!("{STAGING}{id}")), failed].iter().all(|place| !place.exists())
        };
        let mut ids = std::iter::once(started.clone()).chain((2..).map(|again| format!("{started}-{again}")));
        let run_id = ids.find(is_free).unwrap_or(started);
        let folder = parent.join(format!("{STAGING}{run_id}"));
        fs::create_dir(&folder)?;
        let disk = Disk::below(&folder)?;
        let staging = Staging { folder, folders: Mutex::default(), disk, parent: parent.to_path_buf(), run_id };
        replace(&staging.folder.join(MANIFEST), &unfinished(&staging.run_id).bytes)?;
        Ok(staging)
    }

    pub fn run_id(&self) -> &str {
        &self.run_id
    }

    /// Writes a file. It is on the disk when the run is published.
    pub fn write(&self, artifact: &Artifact) -> io::Result<Written> {
        self.put(artifact)?;
        Ok(Written { path: artifact.path.clone(), bytes: artifact.bytes.len(), sha256: sha256(&artifact.bytes) })
    }

    /// The same of a file whose hash is known.
    pub fn put(&self, Artifact { path, bytes }: &Artifact) -> io::Result<()> {
        let path = self.folder.join(path);
        if let Some(folder) = path.parent().filter(|folder| **folder != self.folder) {
            let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
            if !folders.contains(folder) {
                fs::create_dir_all(folder)?;
                folders.insert(folder.to_path_buf());
            }
        }
        fs::write(&path, bytes)?;
        self.disk.take(&path, bytes.len())
    }

    /// Writes the manifest after all files, moves the folder to its place and `latest` to it. What fails leaves `latest` as it
    /// was.
    pub fn publish(&self, manifest: &Artifact) -> io::Result<PathBuf> {
        self.finish(manifest)?;
        let place = self.parent.join(&self.run_id);
        set_mode(&self.folder, 0o755)?;
        fs::rename(&self.folder, &place)?;
        sync_folder(&self.parent)?;
        point_latest(&self.parent, &self.run_id)?;
        sync_folder(&self.parent)?;
        Ok(place)
    }

    /// Keeps what is to be known of a run that failed, instead of what it had written by then.
    pub fn keep_as_failed(&self, artifacts: &[Artifact], manifest: &Artifact) -> io::Result<()> {
        self.empty()?;
        artifacts.iter().try_for_each(|artifact| self.put(artifact))?;
        self.finish(manifest)?;
        let failed = self.parent.join(super::leftovers::FAILED);
        fs::create_dir_all(&failed)?;
        fs::rename(&self.folder, failed.join(&self.run_id))?;
        sync_folder(&failed)
    }

    /// Takes the folder away.
    pub fn discard(&self) -> io::Result<()> {
        fs::remove_dir_all(&self.folder)
    }

    fn empty(&self) -> io::Result<()> {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner).clear();
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path.is_dir() {
                fs::remove_dir_all(path)?;
            } else {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }

    fn finish(&self, manifest: &Artifact) -> io::Result<()> {
        self.disk.finish()?;
        replace(&self.folder.join(&manifest.path), &manifest.bytes)?;
        let folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        folders.iter().try_for_each(|folder| sync_folder(folder))?;
        sync_folder(&self.folder)
    }
}

/// The folder of the last run of a pipeline.
pub fn latest(output: &Path, pipeline: &str) -> PathBuf {
    output.join(pipeline).join("latest")
}

/// A file that is the old one or the new one to whoever reads it, also after a crash.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let fresh = beside(path, bytes)?;
    fresh.as_file().sync_all()?;
    fresh.persist(path).map_err(|fault| fault.error)?;
    Ok(())
}

/// The same without waiting for the disk: after a crash it may be cut off, and whoever reads it has to notice.
pub fn replace_unsynced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    beside(path, bytes)?.persist(path).map_err(|fault| fault.error)?;
    Ok(())
}

/// A file beside the place that it is to take.
fn beside(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut fresh = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
    io::Write::write_all(&mut fresh, bytes)?;
    set_mode(fresh.path(), 0o644)?;
    Ok(fresh)
}

/// What is published is for everybody who may read the output, whatever the mask of the night's user.
#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

/// The names in a folder are on the disk when this returns. Only Unix can open a folder for that.
#[cfg(unix)]
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
pub fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// A link made beside the old one takes its place in one step.
fn point_latest(folder: &Path, run_id: &str) -> io::Result<()> {
    let fresh = folder.join(".latest-new");
    if fresh.symlink_metadata().is_ok() {
        fs::remove_file(&fresh)?;
    }
    #[cfg(unix)]
    fs_err::os::unix::fs::symlink(run_id, &fresh)?;
    #[cfg(windows)]
    fs_err::os::windows::fs::symlink_dir(run_id, &fresh)?;
    fs::rename(&fresh, folder.join("latest"))
}
