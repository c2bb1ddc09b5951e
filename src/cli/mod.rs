//! The verbs, and what a person sees of them.

mod check;
mod check_report;
mod new;
mod preview;
mod run;
mod template;
mod trace;

use std::{
    io::{IsTerminal, Write, stderr, stdout},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::{
    diag::{self, Finding},
    model::{Language, Period},
};

/// Reads districts' spreadsheets, checks and adds them up, judges the targets, and writes tables, charts and a gallery.
#[derive(Parser)]
#[command(version, about, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Run pipelines on their input folders (without arguments: guangzhou-2023 on the sample workbooks).
    Run(RunArguments),
    /// Show what each layout picks from a workbook, and what it attaches to it.
    Preview(PreviewArguments),
    /// List the cells that a published number comes from.
    Trace(TraceArguments),
    /// Write the workbooks that offices fill, from the same layouts by which they are read.
    Template(TemplateArguments),
    /// Check workbooks at the desk of whoever filled them; or, with --report, the arithmetic of the report itself.
    Check(CheckArguments),
    /// Begin a pipeline: a folder that runs at once, to be changed.
    New(NewArguments),
}

#[derive(Args)]
struct TemplateArguments {
    /// Codes of forms, such as S10; all that are due unless given.
    #[arg(value_name = "FORM")]
    forms: Vec<String>,
    /// Code or name of an area, such as 440103; may be given more than once. All that owe the forms unless given.
    #[arg(long = "area", value_name = "AREA")]
    areas: Vec<String>,
    /// What the figures are for, such as 2023, 2023/24, 2023-S1, 2023-Q1, 2023-01; the year of the targets unless given.
    #[arg(long, value_name = "PERIOD", value_parser = str::parse::<Period>)]
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
    #[arg(default_value = "guangzhou-2023", value_name = "PIPELINE")]
    pipelines: Vec<String>,
    /// Folder with the workbooks; a folder in it with the pipeline's name is preferred.
    #[arg(long, default_value = "input", value_name = "DIR")]
    input: PathBuf,
    /// Folder for the results: DIR/<pipeline>/<run>/ and DIR/<pipeline>/latest.
    #[arg(long, default_value = "output", value_name = "DIR")]
    output: PathBuf,
    /// The day on which targets are judged; today unless given.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    #[command(flatten)]
    language: LanguageArgument,
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
struct TraceArguments {
    /// A row of a result, by file and line: `indicators.csv:57` (its heading is line 1).
    #[arg(required_unless_present = "indicator")]
    row: Option<String>,
    /// Or by indicator, area and period.
    #[arg(long, requires = "area", requires = "period", conflicts_with = "row")]
    indicator: Option<String>,
    /// Code or name of the area.
    #[arg(long)]
    area: Option<String>,
    /// Such as 2023.
    #[arg(long)]
    period: Option<String>,
    /// Members of the breakdown, such as `stage=primary`; the total where left out.
    #[arg(long = "by", value_name = "DIMENSION=MEMBER")]
    by: Vec<String>,
    /// The pipeline whose last run is looked at.
    #[arg(long, default_value = "guangzhou-2023")]
    pipeline: String,
    /// Folder with the results.
    #[arg(long, default_value = "output", value_name = "DIR")]
    output: PathBuf,
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
    #[arg(long = "lang", value_enum, default_value = "zh")]
    language: LanguageName,
}

#[derive(Clone, Copy, ValueEnum)]
enum LanguageName {
    Zh,
    En,
}

impl LanguageArgument {
    fn language(&self) -> Language {
        match self.language {
            LanguageName::Zh => Language::Chinese,
            LanguageName::En => Language::English,
        }
    }
}

pub fn main() -> ExitCode {
    let code = match Cli::parse().verb {
        Verb::Run(arguments) => run::run(&arguments),
        Verb::Preview(arguments) => preview::preview_workbook(&arguments),
        Verb::Trace(arguments) => trace::trace_number(&arguments),
        Verb::Template(arguments) => template::write_templates(&arguments),
        Verb::Check(arguments) if arguments.report => check_report::check_report(&arguments.pipeline, &arguments.language),
        Verb::Check(arguments) => check::check_workbooks(&arguments),
        Verb::New(arguments) => new::begin_pipeline(&arguments),
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

fn colour_on_stderr() -> bool {
    stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

fn colour_on_stdout() -> bool {
    stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}
