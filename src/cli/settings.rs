//! What a command is given: its words, then the environment, then `yardstick.toml`, then what is built in; and where each came from.

use std::{collections::BTreeMap, path::Path};

use clap::{ArgMatches, Command, CommandFactory, FromArgMatches, error::ErrorKind, parser::ValueSource};

use super::{Cli, ConfigArguments, colour_on_stderr, help, tell, usage, warn};
use crate::{
    diag::{self, Code, Finding, Place},
    model::{Language, Text},
    spec::{Parsed, Setting, SettingsFile},
};

/// Looked for where the command is given, unless `--config` names another.
const FILE: &str = "yardstick.toml";

/// A command line with everything below it filled in.
pub struct Settings {
    file: String,
    below: BTreeMap<&'static str, Setting>,
}

impl Settings {
    /// Reads the file that `--config` or `YARDSTICK_CONFIG` names. All its faults at once; whoever asks for help has it in spite of them.
    pub fn read() -> Result<Settings, Vec<Finding>> {
        let first_look = Cli::command().ignore_errors(true).try_get_matches();
        let named = first_look.as_ref().ok().and_then(|look| look.get_one::<std::path::PathBuf>("config").cloned());
        let path = named.as_deref().unwrap_or(Path::new(FILE));
        let mut findings = Vec::new();
        if named.is_some() && !path.is_file() {
            findings.push(missing(path));
        }
        let parsed = Parsed::<SettingsFile>::read(path, &mut findings);
        if findings.is_empty() || first_look.is_err() {
            Ok(Settings { file: path.display().to_string(), below: parsed.by_argument() })
        } else {
            Err(findings)
        }
    }

    /// The arguments of this call; else the exit code, once it is said what is wrong with them.
    pub fn parse(&self) -> Result<(Cli, ArgMatches), u8> {
        let mut command = self.command();
        let parsed = command.try_get_matches_from_mut(std::env::args_os());
        parsed.and_then(|matches| Cli::from_arg_matches(&matches).map(|cli| (cli, matches))).map_err(|fault| {
            let in_settings = self.below.get("language").and_then(|setting| setting.values.first());
            let language = usage::language(std::env::args_os(), in_settings.map(String::as_str));
            let is_help = matches!(fault.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand);
            let again = || help::in_chinese(self.command()).try_get_matches_from(std::env::args_os()).err();
            let in_chinese = (is_help && language == Language::Chinese).then(again).flatten();
            usage::refuse(&in_chinese.unwrap_or(fault), &command, language)
        })
    }

    /// Every argument that the file speaks of has the file's value for its default, in whatever command it stands.
    fn command(&self) -> Command {
        let below = |mut command: Command| {
            for (id, setting) in &self.below {
                if command.get_arguments().any(|argument| argument.get_id() == id) {
                    command = command.mut_arg(id, |argument| argument.default_values(setting.values.clone()));
                }
            }
            command
        };
        Cli::command().mut_subcommands(below)
    }

    /// `yardstick config`: every setting that lasts, as a `yardstick.toml` that would give it, with where it came from.
    pub fn show(&self, arguments: &ConfigArguments, matches: &ArgMatches) -> u8 {
        let Some((_, matches)) = matches.subcommand() else { return 2 };
        let language = arguments.run.language.language();
        let mut text = String::new();
        for (key, id, shape) in KEYS {
            let raw = matches.get_raw(id).into_iter().flatten();
            let values: Vec<String> = raw.map(|value| value.to_string_lossy().into_owned()).collect();
            let line = match (shape, values.as_slice()) {
                (_, []) => format!("# {key}"),
                (Shape::List, many) => {
                    format!("{key} = [{}]", many.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(", "))
                }
                (Shape::Text, [one, ..]) => format!("{key} = {}", quoted(one)),
                (Shape::Plain, [one, ..]) => format!("{key} = {one}"),
            };
            text += &format!("{line:<48} # {}\n", self.origin(id, matches.value_source(id), language));
        }
        tell(&text);
        0
    }

    fn origin(&self, id: &str, source: Option<ValueSource>, language: Language) -> String {
        let chinese = language == Language::Chinese;
        match (source, self.below.get(id)) {
            (Some(ValueSource::CommandLine), _) => if chinese { "命令行" } else { "command line" }.to_string(),
            (Some(ValueSource::EnvVariable), _) => {
                let name = format!("YARDSTICK_{}", variable(id));
                if chinese { format!("环境变量 {name}") } else { format!("environment, {name}") }
            }
            (Some(_), Some(setting)) => format!("{}:{}", self.file, setting.line),
            (Some(_), None) => if chinese { "内置" } else { "built in" }.to_string(),
            (None, _) => if chinese { "未设置" } else { "not set" }.to_string(),
        }
    }
}

/// How a value is written in TOML.
#[derive(Clone, Copy)]
enum Shape {
    Text,
    List,
    /// A number or a truth.
    Plain,
}

/// The keys of `yardstick.toml`, with the arguments they stand for.
const KEYS: [(&str, &str, Shape); 11] = [
    ("pipelines", "pipelines", Shape::List),
    ("input", "input", Shape::Text),
    ("output", "output", Shape::Text),
    ("cache", "cache", Shape::Text),
    ("language", "language", Shape::Text),
    ("memory", "memory", Shape::Plain),
    ("keep", "keep", Shape::Plain),
    ("keep-failed", "keep_failed", Shape::Plain),
    ("wait", "wait", Shape::Plain),
    ("log-format", "log_format", Shape::Text),
    ("notify-command", "notify_command", Shape::List),
];

/// Says what is wrong with the file. The language that it would have given is not known yet.
pub fn refuse(findings: &[Finding]) -> u8 {
    let language = usage::language(std::env::args_os(), None);
    for finding in findings {
        warn(&format!("{}\n", diag::show(finding, language, colour_on_stderr())));
    }
    2
}

fn variable(id: &str) -> String {
    if id == "language" { "LANG".to_string() } else { id.to_uppercase() }
}

fn quoted(text: &str) -> String {
    // A JSON string is a TOML string.
    serde_json::Value::from(text).to_string()
}

fn missing(path: &Path) -> Finding {
    let shown = path.display().to_string();
    let message = Text::new(format!("没有设置文件 {shown}"), format!("there is no settings file {shown}"));
    Finding::new(Code::SettingsMissing, message).at(Place::file(shown))
}
