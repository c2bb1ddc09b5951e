//! Whoever talks to a process waits for it as long as it takes. A guard beside them ends a process that takes too long, and so the waiting.

use std::{
    process::Child,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

/// So often it looks what is under way, and until when: a question need not wake it.
const LOOK: Duration = Duration::from_millis(100);

#[derive(Debug)]
pub struct Guard {
    watched: Arc<(Mutex<Watched>, Condvar)>,
}

#[derive(Debug)]
struct Watched {
    process: Child,
    /// Until when the process may take; none: nothing is under way.
    until: Option<Instant>,
    /// It took longer and was ended.
    is_late: bool,
    /// It is no longer guarded.
    is_over: bool,
}

impl Guard {
    pub fn over(process: Child) -> Guard {
        let watched = Watched { process, until: None, is_late: false, is_over: false };
        let watched = Arc::new((Mutex::new(watched), Condvar::new()));
        let beside = watched.clone();
        thread::spawn(move || watch(&beside));
        Guard { watched }
    }

    /// What comes of talking to the process; none where that took too long, and the process is ended.
    pub fn within<T>(&self, time: Duration, talk: impl FnOnce() -> T) -> Option<T> {
        self.watched().until = Some(Instant::now() + time);
        let heard = talk();
        let mut watched = self.watched();
        watched.until = None;
        (!watched.is_late).then_some(heard)
    }

    /// Ends the process.
    pub fn end(&self) {
        let _ = self.watched().process.kill();
    }

    /// Waits until the process has ended.
    pub fn wait(&self) {
        let mut watched = self.watched();
        watched.is_over = true;
        self.watched.1.notify_one();
        let _ = watched.process.wait();
    }

    fn watched(&self) -> MutexGuard<'_, Watched> {
        self.watched.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn watch((watched, told): &(Mutex<Watched>, Condvar)) {
    let mut watched = watched.lock().unwrap_or_else(PoisonError::into_inner);
    while !watched.is_over {
        let now = Instant::now();
        if watched.until.is_some_and(|until| until <= now) {
            watched.is_late = true;
            let _ = watched.process.kill();
            return;
        }
        let left = watched.until.map_or(LOOK, |until| LOOK.min(until - now));
        watched = told.wait_timeout(watched, left).unwrap_or_else(PoisonError::into_inner).0;
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::{
        io::Read,
        process::{Command, Stdio},
    };

    use super::*;

    #[test]
    fn a_short_time_holds_though_a_long_one_came_before() {
        let mut process = Command::new("sleep").arg("60").stdout(Stdio::piped()).spawn().unwrap();
        let mut output = process.stdout.take().unwrap();
        let guard = Guard::over(process);
        assert_eq!(guard.within(Duration::from_secs(60), || thread::sleep(3 * LOOK)), Some(()));
        let asked = Instant::now();
        assert!(guard.within(LOOK, || output.read_to_end(&mut Vec::new())).is_none());
        assert!(asked.elapsed() < Duration::from_secs(30), "{:?}", asked.elapsed());
        guard.wait();
    }
}
