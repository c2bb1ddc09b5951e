//! A temporary folder with workbooks in it, in which the batch is run as a person runs it.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
    time::{Duration, SystemTime},
};

use tempfile::TempDir;

use crate::published::Published;

/// The folder of the package.
pub const HOME: &str = env!("CARGO_MANIFEST_DIR");

/// Workbooks go into `in`, results into `out`; paths shown at the terminal are relative to the folder.
pub struct Workshop {
    folder: TempDir,
}

/// How a command ended, and what it left behind.
pub struct Ran {
    pub code: i32,
    pub said: String,
    pub complained: String,
    pub published: Published,
}

impl Workshop {
    pub fn new() -> Workshop {
        let folder = tempfile::Builder::new().prefix("yardstick-").tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("in")).expect("an input folder");
        Workshop { folder }
    }

    pub fn path(&self, inside: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(inside)
    }

    /// Puts a file into the input folder.
    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path("in").join(name);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
        fs::write(&path, bytes).expect("a file in the temporary folder");
        path
    }

    /// The command `yardstick`, in this folder. Tests say themselves how many threads and which language.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_yardstick"));
        command.current_dir(self.folder.path()).env("NO_COLOR", "1").env_remove("RAYON_NUM_THREADS");
        command.env_remove("POLARS_MAX_THREADS").env_remove("RUST_BACKTRACE");
        command
    }

    /// Runs one of the small pipelines on the input folder.
    pub fn run(&self, pipeline: &str, more: &[&str]) -> Ran {
        self.run_pipeline(&small(pipeline), Path::new("in"), more)
    }

    /// A small pipeline copied into the folder, to be changed there; its path is relative to the folder.
    pub fn copy_pipeline(&self, name: &str) -> PathBuf {
        let inside = Path::new("pipelines").join(name);
        for file in walkdir::WalkDir::new(small(name)).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
            let place = self.path(&inside).join(file.path().strip_prefix(small(name)).expect("a file of the pipeline"));
            fs::create_dir_all(place.parent().expect("a file is in a folder")).expect("a folder");
            let text = fs::read_to_string(file.path()).expect("a pipeline is text");
            fs::write(place, text.replace("../../../../seeds", &format!("{HOME}/seeds"))).expect("a copy");
        }
        inside
    }

    /// Files that were written just now are not trusted to be what a plan was made of; these were written an hour ago.
    pub fn age(&self, inside: impl AsRef<Path>) {
        let hour_ago = SystemTime::now() - Duration::from_secs(3600);
        for file in walkdir::WalkDir::new(self.path(inside)).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
            fs::File::options().write(true).open(file.path()).and_then(|file| file.set_modified(hour_ago)).expect("a time");
        }
    }

    /// `yardstick run` with all results in `out`.
    pub fn run_pipeline(&self, pipeline: &Path, input: &Path, more: &[&str]) -> Ran {
        self.wait(
            order(self.command(), pipeline, input, more),
            &pipeline.file_name().expect("a pipeline has a name").to_string_lossy(),
        )
    }

    /// Waits for a command and reads what it published.
    pub fn wait(&self, mut command: Command, pipeline: &str) -> Ran {
        let output = command.output().expect("yardstick starts");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("what is shown at a terminal is UTF-8");
        Ran {
            code: output.status.code().expect("yardstick ends by itself"),
            said: text(output.stdout),
            complained: text(output.stderr),
            published: Published::read(&self.path("out").join(pipeline).join("latest")),
        }
    }
}

/// The words of `yardstick run`.
pub fn order(mut command: Command, pipeline: &Path, input: &Path, more: &[&str]) -> Command {
    command.arg("run").arg(pipeline).arg("--input").arg(input).args(["--output", "out"]).args(more);
    command
}

impl Ran {
    /// What stood on the terminal, without what differs from one machine or run to the next.
    pub fn shown(&self) -> String {
        let mut shown = format!("{}{}", self.complained, self.said).replace(&format!("{HOME}/"), "");
        if let Some(run) = self.published.manifest().get("run").and_then(|run| run.as_str()) {
            shown = shown.replace(run, "<run>");
        }
        format!("{}\n[exit code {}]\n", shown.trim_end(), self.code)
    }
}

/// The folder of one of the small pipelines that cases of a few cells are run through.
pub fn small(name: &str) -> PathBuf {
    Path::new(HOME).join("tests/cases/pipeline").join(name)
}

/// Says that a test was skipped, and why. Written past the harness, which shows only what failing tests print.
pub fn skipped(why: impl std::fmt::Display) {
    let _ = writeln!(std::io::stderr(), "SKIPPED: {why}");
}

/// A folder of published workbooks that are not in the repository, or a loud word that the test was skipped.
pub fn real(folder: &str) -> Option<PathBuf> {
    let path = Path::new(HOME).join("../shared/data/real").join(folder);
    if path.is_dir() {
        return Some(path);
    }
    skipped(format!("the published workbooks are not here; put them into {} (README says where they come from)", path.display()));
    None
}

/// The sample workbooks run through `guangzhou-2023`, once for all tests that look at the results.
pub fn sample() -> &'static Ran {
    static SAMPLE: OnceLock<Ran> = OnceLock::new();
    SAMPLE.get_or_init(|| run_sample(&["--as-of", "2024-01-31"]))
}

pub fn run_sample(more: &[&str]) -> Ran {
    let home = Path::new(HOME);
    Workshop::new().run_pipeline(&home.join("pipelines/guangzhou-2023"), &home.join("input/guangzhou-2023"), more)
}
