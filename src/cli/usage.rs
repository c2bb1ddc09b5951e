//! A command line that cannot be understood, in the language of whoever gave it: what is wrong, what is possible, where all of it is listed.
//! What clap knows of the fault is taken as it knows it; its English sentences are for those who read English.

use std::ffi::OsString;

use clap::{
    Command, Error,
    error::{ContextKind, ContextValue, ErrorKind},
};

use super::{LanguageName, warn};
use crate::{model::Language, run::named};

/// Says why clap refuses; the exit code is clap's. Help and version are no faults.
pub fn refuse(fault: &Error, command: &Command, language: Language) -> u8 {
    let verb = std::env::args_os().skip(1).find_map(|word| command.find_subcommand(word));
    match said(fault, command, verb).filter(|_| language == Language::Chinese) {
        Some(words) => warn(&words),
        // Who has closed the terminal reads no help.
        None => drop(fault.print()),
    }
    u8::try_from(fault.exit_code()).unwrap_or(2)
}

/// The language that is asked for, as far as it can be told before the rest is understood: by the command line, the environment, the settings.
pub fn language(words: impl Iterator<Item = OsString>, in_settings: Option<&str>) -> Language {
    let words: Vec<String> = words.map(|word| word.to_string_lossy().into_owned()).collect();
    let beside = |place: usize| words.get(place + 1).map(String::as_str);
    let mut given = words.iter().enumerate().filter_map(|(place, word)| match word.as_str() {
        "--lang" => beside(place),
        word => word.strip_prefix("--lang="),
    });
    let variable = std::env::var("YARDSTICK_LANG").ok();
    let name = given.next_back().or(variable.as_deref()).or(in_settings);
    let name = name.and_then(|name| <LanguageName as clap::ValueEnum>::from_str(name, false).ok());
    name.map_or_else(Language::default, LanguageName::language)
}

/// The fault in Chinese. None where it is none, or one of which clap tells no parts.
fn said(fault: &Error, command: &Command, verb: Option<&Command>) -> Option<String> {
    let words = |kind: ContextKind| match fault.get(kind) {
        Some(ContextValue::String(word)) => vec![word.clone()],
        Some(ContextValue::Strings(words)) => words.clone(),
        _ => Vec::new(),
    };
    let one = |kind: ContextKind| words(kind).into_iter().next();
    let list = |kind: ContextKind| words(kind).join("、");
    let argument = one(ContextKind::InvalidArg).unwrap_or_default();
    let value = one(ContextKind::InvalidValue).unwrap_or_default();
    let (message, expected) = match fault.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            let near = list(ContextKind::SuggestedArg);
            (format!("没有“{argument}”这个选项"), if near.is_empty() { options(verb.unwrap_or(command)) } else { near })
        }
        ErrorKind::UnknownArgument => (format!("多出了“{argument}”，这里不需要它"), String::new()),
        ErrorKind::InvalidSubcommand => {
            let near = list(ContextKind::SuggestedSubcommand);
            let verb = one(ContextKind::InvalidSubcommand).unwrap_or_default();
            (format!("没有“{verb}”这个命令"), if near.is_empty() { verbs(command) } else { near })
        }
        ErrorKind::MissingSubcommand => ("没有写明命令".to_string(), verbs(command)),
        ErrorKind::InvalidValue if value.is_empty() => (format!("“{argument}”后面缺少值"), list(ContextKind::ValidValue)),
        ErrorKind::InvalidValue => (format!("“{argument}”不能是“{value}”"), list(ContextKind::ValidValue)),
        ErrorKind::ValueValidation => (format!("“{argument}”不能是“{value}”"), form(&argument)),
        ErrorKind::NoEquals => (format!("“{argument}”的值要用等号连写"), format!("{argument}=值")),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => (format!("“{argument}”后面的值不够"), String::new()),
        ErrorKind::TooManyValues => (format!("“{argument}”后面的值“{value}”多余"), String::new()),
        ErrorKind::MissingRequiredArgument => (format!("还缺少：{}", list(ContextKind::InvalidArg)), String::new()),
        ErrorKind::ArgumentConflict if list(ContextKind::PriorArg) == argument => {
            (format!("“{argument}”只能写一次"), String::new())
        }
        ErrorKind::ArgumentConflict => (format!("“{argument}”不能与“{}”同时使用", list(ContextKind::PriorArg)), String::new()),
        ErrorKind::InvalidUtf8 => ("命令行中有不是 UTF-8 的文字".to_string(), String::new()),
        _ => return None,
    };
    let expected = if expected.is_empty() { expected } else { format!("   应为：{expected}\n") };
    let verb = verb.map(|verb| format!(" {}", verb.get_name())).unwrap_or_default();
    Some(format!("错误：{message}\n{expected}   处理：yardstick{verb} --help 列出用法和全部选项。\n"))
}

/// All the verbs.
fn verbs(command: &Command) -> String {
    let verbs: Vec<&str> = command.get_subcommands().filter(|verb| !verb.is_hide_set()).map(Command::get_name).collect();
    verbs.join("、")
}

/// All the options of a verb.
fn options(verb: &Command) -> String {
    let options = verb.get_arguments().filter_map(|argument| argument.get_long());
    options.map(|option| format!("--{option}")).collect::<Vec<_>>().join("、")
}

/// How the value of an option is written that is neither free nor one of a few.
fn form(argument: &str) -> String {
    let words = match argument.split_once('<').map_or(argument, |(name, _)| name).trim_end() {
        "--as-of" => "日期，如 2024-01-15",
        "--period" => return named::period_forms().zh,
        "--memory" => "不小于 192 的整数（MiB）",
        "--keep" | "--rows" => "不小于 1 的整数",
        "--keep-failed" | "--max-age" => "不小于 0 的整数",
        _ => "",
    };
    words.to_string()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Cli;

    fn told(line: &str) -> String {
        let command = Cli::command();
        let fault = command.clone().try_get_matches_from(line.split(' ')).unwrap_err();
        let verb = line.split(' ').skip(1).find_map(|word| command.find_subcommand(word));
        assert_eq!(fault.exit_code(), 2);
        said(&fault, &command, verb).unwrap()
    }

    #[test]
    fn a_word_that_is_not_known_is_answered_by_what_is_possible() {
        let help = "   处理：yardstick run --help 列出用法和全部选项。\n";
        assert_eq!(told("yardstick run --inputs x"), format!("错误：没有“--inputs”这个选项\n   应为：--input\n{help}"));
        assert_eq!(
            told("yardstick run --format yaml"),
            format!("错误：“--format <FORMAT>”不能是“yaml”\n   应为：text、json\n{help}")
        );
        assert!(told("yardstick open --zzz").contains("--output、"), "nothing is like it: all there are");
        assert!(told("yardstick tempate").starts_with("错误：没有“tempate”这个命令\n   应为：template\n"));
        assert!(told("yardstick qqqqqq").contains("run、preview、trace"));
    }

    #[test]
    fn what_is_missing_or_cannot_be_read_says_how_it_is_written() {
        assert!(told("yardstick run --input").starts_with("错误：“--input <DIR>”后面缺少值\n"));
        assert!(told("yardstick run --as-of 去年").contains("不能是“去年”\n   应为：日期，如 2024-01-15\n"));
        assert!(told("yardstick template --period 去年").contains("应为：如 2023年、"));
        assert!(told("yardstick run --memory 1").contains("应为：不小于 192 的整数"));
        assert!(told("yardstick chart").starts_with("错误：还缺少：<INDICATOR>\n"));
        assert!(told("yardstick check a.xlsx --report").contains("不能与"));
    }

    #[test]
    fn the_language_is_known_before_the_rest_is_understood() {
        let of = |line: &str, settings| language(line.split(' ').map(OsString::from), settings);
        assert_eq!(of("yardstick rnu --lang en", Some("zh")), Language::English);
        assert_eq!(of("yardstick rnu --lang=en", None), Language::English);
        assert_eq!(of("yardstick rnu", Some("en")), Language::English);
        assert_eq!(of("yardstick rnu", None), Language::Chinese);
    }
}
