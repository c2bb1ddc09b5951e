//! The verbs, and what a person sees of them.

mod chart;
mod check;
mod check_report;
mod completions;
mod diff;
mod doctor;
mod explain;
mod help;
mod inspect;
mod log;
mod new;
mod notify;
mod open;
mod preview;
mod run;
mod schema;
mod screen;
mod settings;
mod status;
mod template;
mod trace;
mod usage;

use std::{
    io::{IsTerminal, Write, stderr, stdout},
    path::PathBuf,
    process::{Command, ExitCode, Stdio},
};

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::{
    diag::{self, Finding},
    ingest::{READ_WORKBOOKS, serve},
    model::{Language, Period},
    run::named,
};

/// Reads districts' spreadsheets, checks and adds them up, judges the targets, and writes tables, charts and a gallery.
#[derive(Parser)]
#[command(version, about, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
    /// File with settings for every command; `yardstick.toml` in this folder unless given.
    #[arg(long, global = true, value_name = "FILE", env = "YARDSTICK_CONFIG")]
    config: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Verb {
    /// Run pipelines on their input folders (without arguments: guangzhou-2023 on the sample workbooks).
    Run(RunArguments),
    /// Show what each layout picks from a workbook, and what it attaches to it.
    Preview(PreviewArguments),
    /// List the cells that a published number comes from.
    Trace(trace::TraceArguments),
    /// Say which values one run published otherwise than another.
    Diff(diff::DiffArguments),
    /// Write the workbooks that offices fill, from the same layouts by which they are read.
    Template(TemplateArguments),
    /// Draw one more chart of what the last run has found.
    Chart(chart::ChartArguments),
    /// Check workbooks at the desk of whoever filled them; or, with --report, the arithmetic of the report itself.
    Check(CheckArguments),
    /// Begin a pipeline: a folder that runs at once, to be changed.
    New(NewArguments),
    /// Say of each pipeline how its last run ended, how old it is, and what is late.
    Status(StatusArguments),
    /// Look whether everything is in order for a nightly run: fonts, permissions, free space, locale, clock.
    Doctor(DoctorArguments),
    /// Print the settings in force and where each comes from.
    Config(ConfigArguments),
    /// Write JSON Schemas of all TOML files into a folder, for editors.
    Schema(SchemaArguments),
    /// Print completions for a shell.
    Completions(CompletionsArguments),
    /// Print the manual page.
    Man,
    /// Say what a finding's code means, why it is said, and what to do.
    Explain(ExplainArguments),
    /// Say of files what they are, and whether they can be read.
    Inspect(InspectArguments),
    /// Print the address of a pipeline's gallery, and open it.
    Open(open::OpenArguments),
}

#[derive(Args)]
struct TemplateArguments {
    /// Codes of forms, such as S10; all that are due unless given.
    #[arg(value_name = "FORM")]
    forms: Vec<String>,
    /// Code or name of an area, such as 440103; may be given more than once. All that owe the forms unless given.
    #[arg(long = "area", value_name = "AREA")]
    areas: Vec<String>,
    /// What the figures are for, such as 2023, 2023/24, 2023-S1, 2023-Q1, 2023-01, 2023年1月; the year of the targets unless given.
    #[arg(long, value_name = "PERIOD", value_parser = named::period)]
    period: Option<Period>,
    /// The pipeline whose forms they are: a name or a path.
    #[arg(long, default_value = "guangzhou-2023")]
    pipeline: String,
    /// Folder for the workbooks.
    #[arg(long, default_value = "templates", value_name = "DIR")]
    output: PathBuf,
    #[command(flatten)]
    language: LanguageArgument,
}

#[derive(Args)]
struct RunArguments {
    /// Pipelines: names of folders in `pipelines/`, or paths of such folders.
    #[arg(default_value = "guangzhou-2023", value_name = "PIPELINE", env = "YARDSTICK_PIPELINES")]
    pipelines: Vec<String>,
    /// Folder with the workbooks; a folder in it with the pipeline's name is preferred.
    #[arg(long, default_value = "input", value_name = "DIR", env = "YARDSTICK_INPUT")]
    input: PathBuf,
    /// Folder for the results: DIR/<pipeline>/<run>/ and DIR/<pipeline>/latest.
    #[arg(long, default_value = "output", value_name = "DIR", env = "YARDSTICK_OUTPUT")]
    output: PathBuf,
    /// The day on which targets are judged; today unless given.
    #[arg(long, value_name = "DATE", env = "YARDSTICK_AS_OF")]
    as_of: Option<Date>,
    /// Folder for what is kept of each workbook from night to night; may be deleted at any time.
    #[arg(long, default_value = "cache", value_name = "DIR", env = "YARDSTICK_CACHE")]
    cache: PathBuf,
    /// Read every workbook and draw every chart anew, and keep nothing for the next night.
    #[arg(long)]
    cold: bool,
    /// Mebibytes that reading may take, all readers of workbooks together.
    #[arg(long, value_name = "MIB", default_value = "768", env = "YARDSTICK_MEMORY", value_parser = clap::value_parser!(u32).range(192..))]
    memory: u32,
    /// Keep only the newest N published runs, whatever else lies in the folder; all of them unless given.
    #[arg(long, value_name = "N", env = "YARDSTICK_KEEP", value_parser = clap::value_parser!(u32).range(1..))]
    keep: Option<u32>,
    /// Keep the newest N runs that failed or were cut short.
    #[arg(long, value_name = "N", default_value = "3", env = "YARDSTICK_KEEP_FAILED")]
    keep_failed: u32,
    /// Wait for a run that is under way in the output folder, instead of ending with exit code 2.
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", default_value = "false", env = "YARDSTICK_WAIT", value_name = "true|false", action = clap::ArgAction::Set)]
    wait: bool,
    /// What is said while it runs and at the end: words for people, or one JSON object a line on standard error.
    #[arg(long, value_enum, default_value = "text", env = "YARDSTICK_LOG_FORMAT")]
    log_format: LogFormat,
    /// A program that is run with the result as JSON on its standard input; given again for each of its arguments. No shell.
    #[arg(long, value_name = "WORD", allow_hyphen_values = true, env = "YARDSTICK_NOTIFY_COMMAND")]
    notify_command: Vec<String>,
    /// How findings and the closing summary are shown; JSON is one object a pipeline, on standard output.
    #[arg(long, value_enum, default_value = "text")]
    format: FormatName,
    #[command(flatten)]
    language: LanguageArgument,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LogFormat {
    Text,
    Json,
}

#[derive(Args)]
struct ConfigArguments {
    #[command(flatten)]
    run: RunArguments,
}

#[derive(Args)]
struct StatusArguments {
    /// Folder with the results.
    #[arg(long, default_value = "output", value_name = "DIR", env = "YARDSTICK_OUTPUT")]
    output: PathBuf,
    /// A pipeline whose last result is older than this is late itself.
    #[arg(long, default_value = "36", value_name = "HOURS", env = "YARDSTICK_MAX_AGE")]
    max_age: u32,
    /// Words for people, or one JSON object a pipeline.
    #[arg(long, value_enum, default_value = "text")]
    format: LogFormat,
    #[command(flatten)]
    language: LanguageArgument,
}

#[derive(Args)]
struct DoctorArguments {
    #[command(flatten)]
    run: RunArguments,
}

#[derive(Args)]
struct SchemaArguments {
    /// The folder; the TOML files of the pipelines here link to this one.
    #[arg(default_value = "pipelines/schema", value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    language: LanguageArgument,
}

#[derive(Args)]
struct CompletionsArguments {
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

#[derive(Args)]
struct PreviewArguments {
    /// The workbook.
    file: PathBuf,
    /// The pipeline whose layouts are tried: a name or a path.
    #[arg(long, default_value = "guangzhou-2023")]
    pipeline: String,
    /// Write it as a web page to this file instead.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    #[command(flatten)]
    language: LanguageArgument,
}

#[derive(Args)]
struct ExplainArguments {
    /// The word in brackets behind `error` or `warning`, such as `area-unknown`; all of them are listed where left out.
    code: Option<String>,
    #[command(flatten)]
    language: LanguageArgument,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatName {
    Text,
    Json,
}

#[derive(Args)]
struct InspectArguments {
    /// Files, or folders with files.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    language: LanguageArgument,
}

#[derive(Args)]
struct CheckArguments {
    /// The workbooks.
    #[arg(value_name = "FILE", required_unless_present = "report", conflicts_with = "report")]
    files: Vec<PathBuf>,
    /// The report itself instead: do the figures it prints add up?
    #[arg(long)]
    report: bool,
    /// Write a copy of each workbook in which the cells are coloured and carry what was found.
    #[arg(long, conflicts_with = "report")]
    annotate: bool,
    /// Folder for these copies; beside the workbooks unless given.
    #[arg(long, value_name = "DIR", requires = "annotate")]
    output: Option<PathBuf>,
    /// The pipeline by whose rules they are checked: a name or a path.
    #[arg(long, default_value = "guangzhou-2023")]
    pipeline: String,
    #[command(flatten)]
    language: LanguageArgument,
}

#[derive(Args)]
struct NewArguments {
    /// Its name: letters, digits, - and _.
    pipeline: String,
    /// Where `pipelines/` and `input/` are.
    #[arg(long, default_value = ".", value_name = "DIR")]
    at: PathBuf,
    #[command(flatten)]
    language: LanguageArgument,
}

#[derive(Args)]
struct LanguageArgument {
    /// Language of the results and of what is said here.
    #[arg(long = "lang", value_enum, default_value = "zh", env = "YARDSTICK_LANG")]
    language: LanguageName,
}

#[derive(Clone, Copy, ValueEnum)]
enum LanguageName {
    Zh,
    En,
}

impl LanguageArgument {
    fn language(&self) -> Language {
        self.language.language()
    }
}

impl LanguageName {
    fn language(self) -> Language {
        match self {
            LanguageName::Zh => Language::Chinese,
            LanguageName::En => Language::English,
        }
    }
}

pub fn main() -> ExitCode {
    // What reads workbooks for another yardstick is no verb for people: nothing lists it.
    if std::env::args_os().nth(1).is_some_and(|verb| verb == READ_WORKBOOKS) {
        return ExitCode::from(u8::from(serve().is_err()));
    }
    let settings = match settings::Settings::read() {
        Ok(settings) => settings,
        Err(findings) => return ExitCode::from(settings::refuse(&findings)),
    };
    let (cli, matches) = match settings.parse() {
        Ok(parsed) => parsed,
        Err(code) => return ExitCode::from(code),
    };
    let code = match cli.verb {
        Verb::Run(arguments) => run::run(&arguments),
        Verb::Preview(arguments) => preview::preview_workbook(&arguments),
        Verb::Trace(arguments) => trace::trace_number(&arguments),
        Verb::Diff(arguments) => diff::diff(&arguments),
        Verb::Template(arguments) => template::write_templates(&arguments),
        Verb::Chart(arguments) => chart::draw_chart(&arguments),
        Verb::Check(arguments) if arguments.report => check_report::check_report(&arguments.pipeline, &arguments.language),
        Verb::Check(arguments) => check::check_workbooks(&arguments),
        Verb::New(arguments) => new::begin_pipeline(&arguments),
        Verb::Status(arguments) => status::status(&arguments),
        Verb::Doctor(arguments) => doctor::doctor(&arguments),
        Verb::Config(arguments) => settings.show(&arguments, &matches),
        Verb::Schema(arguments) => schema::write_schemas(&arguments),
        Verb::Completions(arguments) => completions::completions(arguments.shell),
        Verb::Man => completions::manual(),
        Verb::Explain(arguments) => explain::explain(&arguments),
        Verb::Inspect(arguments) => inspect::inspect(&arguments),
        Verb::Open(arguments) => open::open(&arguments),
    };
    ExitCode::from(code)
}

/// Says something on standard output. A reader that has gone away (`| head`) is no fault.
fn tell(words: &str) {
    let _ = stdout().write_all(words.as_bytes());
}

/// Says something on standard error.
fn warn(words: &str) {
    let _ = stderr().write_all(words.as_bytes());
}

/// One of two wordings.
fn say<'a>(language: Language, zh: &'a str, en: &'a str) -> &'a str {
    match language {
        Language::Chinese => zh,
        Language::English => en,
    }
}

/// The folder of a pipeline: a path as given, or a name in `pipelines/`.
fn pipeline_folder(name: &str) -> PathBuf {
    let given = PathBuf::from(name);
    if given.is_dir() { given } else { PathBuf::from("pipelines").join(name) }
}

/// Shows why nothing was done; the exit code says it too.
fn refuse(findings: &[Finding], language: Language) -> u8 {
    for finding in findings {
        warn(&format!("{}\n", diag::show(finding, language, colour_on_stderr())));
    }
    2
}

/// How many letters a line of the terminal holds: what COLUMNS says, else the terminal itself. None where nobody reads on one.
fn width_on_stdout() -> Option<usize> {
    if let Some(columns) = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()) {
        return Some(columns);
    }
    if !stdout().is_terminal() {
        return None;
    }
    let said = Command::new("stty").arg("size").stdin(Stdio::inherit()).stderr(Stdio::null()).output().ok()?;
    String::from_utf8_lossy(&said.stdout).split_whitespace().nth(1)?.parse().ok().filter(|columns| *columns > 0)
}

fn colour_on_stderr() -> bool {
    stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

fn colour_on_stdout() -> bool {
    stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}
