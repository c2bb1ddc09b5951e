//! The output folder: everything is written beside its place, then moved there at once, and `latest` last.

use std::{
    io,
    path::{Path, PathBuf},
};

use fs_err as fs;
use jiff::Zoned;

/// A file of the run: its path inside the run's folder, and its bytes.
pub struct Artifact {
    pub path: String,
    pub bytes: Vec<u8>,
}

/// A run's folder before it is published.
pub struct Staging {
    folder: tempfile::TempDir,
    pipeline: PathBuf,
    run_id: String,
}

impl Staging {
    pub fn open(output: &Path, pipeline: &str) -> io::Result<Staging> {
        let pipeline = output.join(pipeline);
        fs::create_dir_all(&pipeline)?;
        let started = Zoned::now().strftime("%Y-%m-%dT%H%M%S").to_string();
        let free = |id: &String| !pipeline.join(id).exists();
        let ids = std::iter::once(started.clone()).chain((2..).map(|again| format!("{started}-{again}")));
        let run_id = ids.into_iter().find(free).unwrap_or(started);
        let folder = tempfile::Builder::new().prefix(".staging-").tempdir_in(&pipeline)?;
        Ok(Staging { folder, pipeline, run_id })
    }

    pub fn run_id(&self) -> &str {
        &self.run_id
    }

    /// Writes all files, moves the folder to its place and `latest` to it. What fails leaves `latest` as it was.
    pub fn publish(self, artifacts: &[Artifact]) -> io::Result<PathBuf> {
        for artifact in artifacts {
            let path = self.folder.path().join(&artifact.path);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(path, &artifact.bytes)?;
        }
        let place = self.pipeline.join(&self.run_id);
        set_readable(self.folder.path())?;
        fs::rename(self.folder.path(), &place)?;
        point_latest(&self.pipeline, &self.run_id)?;
        Ok(place)
    }
}

/// The folder of the last run of a pipeline.
pub fn latest(output: &Path, pipeline: &str) -> PathBuf {
    output.join(pipeline).join("latest")
}

/// A temporary folder is private; a published run is for everybody who may read the output.
#[cfg(unix)]
fn set_readable(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn set_readable(_: &Path) -> io::Result<()> {
    Ok(())
}

/// A link made beside the old one takes its place in one step.
fn point_latest(pipeline: &Path, run_id: &str) -> io::Result<()> {
    let fresh = pipeline.join(".latest-new");
    if fresh.symlink_metadata().is_ok() {
        fs::remove_file(&fresh)?;
    }
    #[cfg(unix)]
    fs_err::os::unix::fs::symlink(run_id, &fresh)?;
    #[cfg(windows)]
    fs_err::os::windows::fs::symlink_dir(run_id, &fresh)?;
    fs::rename(&fresh, pipeline.join("latest"))
}
