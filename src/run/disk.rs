//! What is written reaches the disk while the rest is being made: waiting for all of it at the end is time in which nothing is
//! worked on.

#[cfg(target_os = "linux")]
pub use by_portions::Disk;
#[cfg(not(target_os = "linux"))]
pub use file_by_file::Disk;

/// Linux writes out a whole file system in less time than a hundred files one by one.
#[cfg(target_os = "linux")]
mod by_portions {
    use std::{
        io,
        path::Path,
        sync::{Arc, Mutex, PoisonError},
        thread::JoinHandle,
    };

    use fs_err as fs;

    /// So many bytes are handed to the disk at once. A handful of small files waits for the end.
    const PORTION: usize = 4 << 20;

    /// The disk below a folder.
    pub struct Disk {
        folder: Arc<fs::File>,
        state: Mutex<State>,
    }

    #[derive(Default)]
    struct State {
        /// Bytes written since the last portion.
        waiting: usize,
        /// The portion that is being written out, with what became of those before it.
        under_way: Option<JoinHandle<io::Result<()>>>,
    }

    impl Disk {
        /// Opened before anything is written, the folder hears of every fault of the disk below it.
        pub fn below(folder: &Path) -> io::Result<Disk> {
            Ok(Disk { folder: Arc::new(fs::File::open(folder)?), state: Mutex::default() })
        }

        /// A file of so many bytes was written.
        pub fn take(&self, _: &Path, bytes: usize) -> io::Result<()> {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.waiting += bytes;
            let is_free = state.under_way.as_ref().is_none_or(JoinHandle::is_finished);
            if state.waiting < PORTION || !is_free {
                return Ok(());
            }
            let (before, folder) = (state.under_way.take(), self.folder.clone());
            state.waiting = 0;
            state.under_way = Some(std::thread::spawn(move || {
                become_of(before)?;
                sync(&folder)
            }));
            Ok(())
        }

        /// All that was written is on the disk when this returns.
        pub fn finish(&self) -> io::Result<()> {
            let before = self.state.lock().unwrap_or_else(PoisonError::into_inner).under_way.take();
            become_of(before)?;
            sync(&self.folder)
        }
    }

    fn become_of(portion: Option<JoinHandle<io::Result<()>>>) -> io::Result<()> {
        let lost = || Err(io::Error::other("writing to the disk broke off"));
        portion.map_or(Ok(()), |portion| portion.join().unwrap_or_else(|_| lost()))
    }

    fn sync(folder: &fs::File) -> io::Result<()> {
        Ok(rustix::fs::syncfs(folder.file())?)
    }
}

#[cfg(not(target_os = "linux"))]
mod file_by_file {
    use std::{io, path::Path};

    pub struct Disk;

    impl Disk {
        pub fn below(_: &Path) -> io::Result<Disk> {
            Ok(Disk)
        }

        /// It is on the disk when this returns.
        pub fn take(&self, path: &Path, _: usize) -> io::Result<()> {
            fs_err::OpenOptions::new().write(true).open(path)?.sync_all()
        }

        pub fn finish(&self) -> io::Result<()> {
            Ok(())
        }
    }
}
