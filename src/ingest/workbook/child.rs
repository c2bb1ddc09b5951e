//! Workbooks are read in processes of their own: one that aborts, hangs or eats memory costs one finding and nothing else.
//!
//! A reader is this same program. It takes bytes and gives cells, workbook after workbook, until one breaks it. A frame is eight
//! bytes of length, lowest first, and what follows them.

use std::{
    io::{self, Read, Write},
    path::PathBuf,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{Condvar, Mutex, PoisonError, mpsc},
    thread,
    time::Duration,
};

use super::{Format, Workbook, grid::Sheet, open};
use crate::model::Text;

/// The verb that makes this program a reader.
pub const VERB: &str = "read-workbooks";

/// Readers at a time, whatever the threads, and the memory of each in bytes: together less than a gibibyte.
const READERS: usize = 2;
const MEMORY: u64 = 384 << 20;
/// A frame is no longer than this.
const FRAME: u64 = 96 << 20;
const PATIENCE: Duration = Duration::from_secs(8);

/// What came of opening a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    pub format: Format,
    pub sheets: usize,
    /// Cells that say something.
    pub cells: usize,
}

/// Where workbooks are read.
#[derive(Debug, Default)]
pub struct Readers {
    /// The program that reads them; none: this process does.
    program: Option<PathBuf>,
    /// How long it may take, and a second more for every mebibyte of the file.
    patience: Duration,
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    idle: Vec<Reader>,
    busy: usize,
}

impl Readers {
    /// In this process: for what is known to be harmless, and for tests of what is read.
    pub fn here() -> Readers {
        Readers::default()
    }

    /// In processes of this program (which must know the verb).
    pub fn apart() -> Readers {
        // A program that is replaced while it runs is still itself there.
        let itself = PathBuf::from("/proc/self/exe");
        let program = if itself.exists() { Some(itself) } else { std::env::current_exe().ok() };
        Readers { program, patience: PATIENCE, ..Readers::default() }
    }

    /// Every sheet of a workbook, or why it cannot be read.
    pub fn open(&self, bytes: &[u8]) -> Result<Vec<Sheet>, Text> {
        self.read(bytes)?.sheets()
    }

    /// What a file is, and how much it holds.
    pub fn see(&self, bytes: &[u8]) -> Result<Seen, Text> {
        let workbook = self.read(bytes)?;
        let (format, (sheets, cells)) = (workbook.format, workbook.counts());
        workbook.sheets().map(|_| Seen { format, sheets, cells })
    }

    /// A workbook as its reader gives it.
    pub fn read(&self, bytes: &[u8]) -> Result<Workbook, Text> {
        if bytes.len() as u64 > FRAME {
            let most = FRAME >> 20;
            return Err(Text::new(
                format!("文件超过 {most} MB，不像一张报表"),
                format!("it is larger than {most} MB, which is no office's form"),
            ));
        }
        let Some(program) = &self.program else { return open(bytes) };
        let mut reader = match self.take() {
            Some(reader) => reader,
            None => Reader::start(program).map_err(|fault| {
                self.give(None);
                Text::new(format!("无法启动读取进程（{fault}）"), format!("a process to read it in cannot be started ({fault})"))
            })?,
        };
        let time = self.patience + Duration::from_secs(bytes.len() as u64 >> 20);
        let answer = reader.ask(bytes, time);
        let is_sound = answer.is_ok();
        self.give(is_sound.then_some(reader));
        answer.unwrap_or_else(|broken| Err(broken.said(time)))
    }

    /// A place for a reader, and an idle one if there is one.
    fn take(&self) -> Option<Reader> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while state.busy >= READERS {
            state = self.freed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.busy += 1;
        state.idle.pop()
    }

    fn give(&self, reader: Option<Reader>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.busy -= 1;
        state.idle.extend(reader);
        self.freed.notify_one();
    }
}

/// How a workbook broke its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Broken {
    Ended,
    TooLong,
}

impl Broken {
    fn said(self, time: Duration) -> Text {
        match self {
            Broken::Ended => Text::new(
                "文件内部结构异常，读取时超出内存限制或使读取进程中断",
                "its inner structure is hostile or damaged: reading it ran out of memory or broke the reader",
            ),
            Broken::TooLong => {
                let seconds = time.as_secs();
                Text::new(
                    format!("文件内部结构异常，{seconds} 秒内未能读完，已停止"),
                    format!("its inner structure is hostile or damaged: it was not read within {seconds} seconds"),
                )
            }
        }
    }
}

/// One reading process.
#[derive(Debug)]
struct Reader {
    process: Child,
    /// None once the process is told to end.
    input: Option<ChildStdin>,
    output: ChildStdout,
}

impl Reader {
    fn start(program: &PathBuf) -> io::Result<Reader> {
        let mut process =
            Command::new(program).arg(VERB).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let (input, output) = (process.stdin.take(), process.stdout.take());
        match (input, output) {
            (input @ Some(_), Some(output)) => Ok(Reader { process, input, output }),
            _ => Err(io::Error::other("no pipe")),
        }
    }

    fn ask(&mut self, bytes: &[u8], time: Duration) -> Result<Result<Workbook, Text>, Broken> {
        let Reader { process, input, output } = self;
        let Some(input) = input else { return Err(Broken::Ended) };
        let (tell, hear) = mpsc::channel();
        let heard = thread::scope(|scope| {
            scope.spawn(move || {
                let answer = send(input, bytes).and_then(|()| receive(output));
                // Nobody hears an answer that comes too late.
                let _ = tell.send(answer);
            });
            let heard = hear.recv_timeout(time);
            if !matches!(heard, Ok(Ok(Some(_)))) {
                let _ = process.kill();
            }
            heard
        });
        match heard {
            Ok(Ok(Some(answer))) => postcard::from_bytes(&answer).map_err(|_| Broken::Ended),
            Ok(_) => Err(Broken::Ended),
            Err(_) => Err(Broken::TooLong),
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // At the end of its input a reader ends; one that was killed is collected.
        self.input = None;
        let _ = self.process.wait();
    }
}

/// What a reader does: a workbook in, its cells out, until there are no more.
pub fn serve() -> io::Result<()> {
    #[cfg(unix)]
    rlimit::setrlimit(rlimit::Resource::AS, MEMORY, MEMORY)?;
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    while let Some(bytes) = receive(&mut input)? {
        let answer = postcard::to_stdvec(&open(&bytes)).map_err(io::Error::other)?;
        drop(bytes);
        send(&mut output, &answer)?;
    }
    Ok(())
}

fn send(output: &mut impl Write, frame: &[u8]) -> io::Result<()> {
    output.write_all(&(frame.len() as u64).to_le_bytes())?;
    output.write_all(frame)?;
    output.flush()
}

/// The next frame; none at the end.
fn receive(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 8];
    match input.read_exact(&mut length) {
        Ok(()) => {}
        Err(fault) if fault.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(fault) => return Err(fault),
    }
    let length = u64::from_le_bytes(length);
    if length > FRAME {
        return Err(io::Error::other("a frame is too long"));
    }
    let mut frame = Vec::new();
    input.take(length).read_to_end(&mut frame)?;
    // A reader that died in the middle gave nothing.
    Ok((frame.len() as u64 == length).then_some(frame))
}

#[cfg(all(test, unix))]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt, time::Instant};

    use super::*;

    /// Readers of a program that is a few words of shell.
    fn readers(script: &str) -> (tempfile::TempDir, Readers) {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("reader");
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        (folder, Readers { program: Some(program), patience: Duration::from_millis(300), ..Readers::default() })
    }

    /// One test, because a script cannot be run while another thread that starts a process still holds it open for writing.
    #[test]
    fn readers_that_hang_end_babble_or_are_not_there_cost_one_file_each() {
        let start = Instant::now();
        let (_folder, hanging) = readers("exec sleep 60");
        for _ in 0..3 {
            assert!(hanging.read(b"a,b").unwrap_err().en.contains("was not read within"));
        }
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());

        for script in ["exit 3", "kill -9 $$", "echo 123456789012345", "head -c 100 /dev/zero"] {
            let (_folder, broken) = readers(script);
            assert!(broken.read(b"a,b").unwrap_err().en.contains("broke the reader"), "{script}");
        }

        let absent = Readers { program: Some("/no/such/program".into()), ..Readers::default() };
        for _ in 0..READERS + 1 {
            assert!(absent.read(b"a,b").unwrap_err().en.contains("cannot be started"), "its place is free again");
        }
    }
}
