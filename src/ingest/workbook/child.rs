//! Workbooks are read in processes of their own: one that aborts, hangs or eats memory costs one finding and nothing else.
//!
//! A reader is this same program. It takes bytes and gives cells, workbook after workbook, until one breaks it. A frame is eight
//! bytes of length, lowest first, and what follows them.

use std::{
    io::{self, Read, Write},
    path::PathBuf,
    process::{ChildStdin, ChildStdout, Command, Stdio},
    sync::{Condvar, Mutex, PoisonError},
    time::Duration,
};

use serde::de::DeserializeOwned;

use super::{Format, Workbook, grid::Sheet, guard::Guard, open};
use crate::model::Text;

/// The verb that makes this program a reader.
pub const VERB: &str = "read-workbooks";

/// The memory that all readers may take together, in bytes, and what one of them needs to read any form.
const MEMORY: u64 = 768 << 20;
const ONE: u64 = 384 << 20;
/// Its limit is told to a reader by this variable.
const LIMIT: &str = "YARDSTICK_READER_MEMORY";
/// How much address space the allocator (`main.rs`) reserves at a time is told by this one: all of it counts, used or not, and unasked it
/// reserves a gibibyte.
const RESERVE: &str = "MIMALLOC_ARENA_RESERVE";
const STEP: &str = "32MiB";
/// The first byte of a question: a workbook's cells are asked for. Names of sheets that are not follow, then its bytes.
const CELLS: u8 = 0;
/// A frame is no longer than this, and most are not longer than that.
const FRAME: u64 = 96 << 20;
const ROOM: u64 = 256 << 10;
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
    /// Readers at a time, whatever the threads, and what each may take.
    most: usize,
    memory: u64,
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
        Readers::within(MEMORY)
    }

    /// The same, in processes that together take no more than so many bytes.
    pub fn within(memory: u64) -> Readers {
        // A program that is replaced while it runs is still itself there.
        let itself = PathBuf::from("/proc/self/exe");
        let program = if itself.exists() { Some(itself) } else { std::env::current_exe().ok() };
        let most = usize::try_from(memory / ONE).unwrap_or(1).clamp(1, rayon::current_num_threads().max(2));
        Readers { program, patience: PATIENCE, most, memory: memory / most as u64, ..Readers::default() }
    }

    /// Every sheet of a workbook, or why it cannot be read.
    pub fn open(&self, bytes: &[u8]) -> Result<Vec<Sheet>, Text> {
        self.open_without(&[], bytes)
    }

    /// Every sheet but those of these names.
    pub fn open_without(&self, without: &[String], bytes: &[u8]) -> Result<Vec<Sheet>, Text> {
        self.read(bytes, without)?.sheets()
    }

    /// What a file is, and how much it holds.
    pub fn see(&self, bytes: &[u8]) -> Result<Seen, Text> {
        let workbook = self.read(bytes, &[])?;
        let (format, (sheets, cells)) = (workbook.format, workbook.counts());
        workbook.sheets().map(|_| Seen { format, sheets, cells })
    }

    /// A workbook as its reader gives it.
    fn read(&self, bytes: &[u8], without: &[String]) -> Result<Workbook, Text> {
        if bytes.len() as u64 > FRAME {
            let most = FRAME >> 20;
            return Err(Text::new(
                format!("文件超过 {most} MB，不像一张报表"),
                format!("it is larger than {most} MB, which is no office's form"),
            ));
        }
        let head = postcard::to_stdvec(without).map_err(|fault| Text::same(fault.to_string()))?;
        let length = (head.len() as u64).to_le_bytes();
        self.ask(&[&[CELLS], &length, &head, bytes], bytes.len() as u64, || open(bytes, without))
    }

    /// Asks a reader. `length` is that of the file, by which it is given time; without a program to ask, `here` answers.
    pub fn ask<T: DeserializeOwned>(
        &self,
        question: &[&[u8]],
        length: u64,
        here: impl FnOnce() -> Result<T, Text>,
    ) -> Result<T, Text> {
        let Some(program) = &self.program else { return here() };
        let mut reader = match self.take() {
            Some(reader) => reader,
            None => Reader::start(program, self.memory).map_err(|fault| {
                self.give(None);
                Text::new(format!("无法启动读取进程（{fault}）"), format!("a process to read it in cannot be started ({fault})"))
            })?,
        };
        let time = self.patience + Duration::from_secs(length >> 20);
        let answer = reader.ask(question, time);
        let is_sound = answer.is_ok();
        self.give(is_sound.then_some(reader));
        answer.unwrap_or_else(|broken| Err(broken.said(time)))
    }

    /// Ends the readers that wait: nothing is asked for some time, and others can use what they hold. A question starts one again.
    pub fn rest(&self) {
        let idle = std::mem::take(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner).idle);
        drop(idle);
    }

    /// A place for a reader, and an idle one if there is one.
    fn take(&self) -> Option<Reader> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while state.busy >= self.most.max(1) {
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
    guard: Guard,
    /// None once the process is told to end.
    input: Option<ChildStdin>,
    output: ChildStdout,
}

impl Reader {
    fn start(program: &PathBuf, memory: u64) -> io::Result<Reader> {
        let mut command = Command::new(program);
        command.arg(VERB).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        // One reader, one thread: they stand side by side themselves.
        let mut process = command
            .env(LIMIT, memory.to_string())
            .env(RESERVE, STEP)
            .env("POLARS_MAX_THREADS", "1")
            .env("RAYON_NUM_THREADS", "1")
            .spawn()?;
        let (input, output) = (process.stdin.take(), process.stdout.take());
        match (input, output) {
            (input @ Some(_), Some(output)) => Ok(Reader { guard: Guard::over(process), input, output }),
            _ => Err(io::Error::other("no pipe")),
        }
    }

    fn ask<T: DeserializeOwned>(&mut self, question: &[&[u8]], time: Duration) -> Result<Result<T, Text>, Broken> {
        let Reader { guard, input, output } = self;
        let Some(input) = input else { return Err(Broken::Ended) };
        let heard = guard.within(time, || send(input, question).and_then(|()| receive(output))).ok_or(Broken::TooLong)?;
        let answer = heard.ok().flatten().and_then(|answer| postcard::from_bytes(&answer).ok());
        answer.ok_or_else(|| {
            // What says nothing that can be understood may not end by itself either.
            guard.end();
            Broken::Ended
        })
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // At the end of its input a reader ends; one that was killed is collected.
        self.input = None;
        self.guard.wait();
    }
}

/// What a reader does: a file in, its cells out, until there are no more. `other` answers all other questions.
pub fn serve(other: impl Fn(&[u8]) -> Vec<u8>) -> io::Result<()> {
    let memory = std::env::var(LIMIT).ok().and_then(|memory| memory.parse().ok()).unwrap_or(ONE);
    #[cfg(unix)]
    rlimit::setrlimit(rlimit::Resource::AS, memory, memory)?;
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    while let Some(question) = receive(&mut input)? {
        let answer = match question.split_first() {
            Some((&CELLS, rest)) => {
                let (head, bytes) = headed(rest).ok_or_else(|| io::Error::other("a question without its head"))?;
                let without: Vec<String> = postcard::from_bytes(head).map_err(io::Error::other)?;
                postcard::to_stdvec(&open(bytes, &without)).map_err(io::Error::other)?
            }
            _ => other(&question),
        };
        drop(question);
        send(&mut output, &[&answer])?;
    }
    Ok(())
}

/// The head of a question, which its length stands before, and what follows it.
pub fn headed(question: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = question.split_first_chunk::<8>()?;
    rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)
}

fn send(output: &mut impl Write, parts: &[&[u8]]) -> io::Result<()> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    output.write_all(&(length as u64).to_le_bytes())?;
    for part in parts {
        output.write_all(part)?;
    }
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
    // Nobody is believed that a frame is very long before it has come.
    let mut frame = Vec::with_capacity(length.min(ROOM) as usize);
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
        (folder, Readers { program: Some(program), patience: Duration::from_millis(300), most: 2, ..Readers::default() })
    }

    /// One test, because a script cannot be run while another thread that starts a process still holds it open for writing.
    #[test]
    fn readers_that_hang_end_babble_or_are_not_there_cost_one_file_each() {
        let start = Instant::now();
        let (_folder, hanging) = readers("exec sleep 60");
        for _ in 0..3 {
            assert!(hanging.open(b"a,b").unwrap_err().en.contains("was not read within"));
        }
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());

        let babbling = "head -c 100 /dev/zero; exec sleep 60";
        for script in ["exit 3", "kill -9 $$", "echo 123456789012345", "head -c 100 /dev/zero", babbling] {
            let (_folder, broken) = readers(script);
            assert!(broken.open(b"a,b").unwrap_err().en.contains("broke the reader"), "{script}");
        }

        let absent = Readers { program: Some("/no/such/program".into()), ..Readers::default() };
        for _ in 0..3 {
            assert!(absent.open(b"a,b").unwrap_err().en.contains("cannot be started"), "its place is free again");
        }
    }
}
