//! `--help` in Chinese. clap writes it in English; here its headings, and what it adds behind each argument, are said in the other language.

mod words;

use clap::{Arg, Command};

use words::{PROGRAM, WORDS};

/// The parts of a page, as clap names them, and their headings.
const PARTS: [(&str, &str); 3] = [("{subcommands}", "命令"), ("{positionals}", "参数"), ("{options}", "选项")];

/// The same command line, whose help is Chinese.
pub fn in_chinese(mut command: Command) -> Command {
    // clap's own arguments and the verbs' full names are there only then.
    command.build();
    told(command, "", PROGRAM)
}

fn told(mut command: Command, name: &str, about: &'static str) -> Command {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim().replace("[OPTIONS]", "[选项]").replace("[COMMAND]", "[命令]");
    let has = [command.has_subcommands(), command.get_positionals().next().is_some(), true];
    let parts = PARTS.iter().zip(has).filter(|(_, has)| *has).map(|((part, heading), _)| format!("{heading}：\n{part}"));
    let page = format!("{{about}}\n\n用法：{{usage}}\n\n{}\n", parts.collect::<Vec<_>>().join("\n\n"));
    command
        .about(about)
        .override_usage(usage.replace("<COMMAND>", "<命令>"))
        .help_template(page)
        .mut_args(|argument| with_words(argument, name))
        .mut_subcommands(|verb| {
            let name = verb.get_name().to_string();
            told(verb, &name, words(&name).unwrap_or_default())
        })
}

fn with_words(argument: Arg, verb: &str) -> Arg {
    let id = argument.get_id().as_str();
    let words = words(&format!("{verb}.{id}")).or_else(|| words(&format!(".{id}"))).unwrap_or_default();
    let besides = besides(&argument);
    let help = if besides.is_empty() { words.to_string() } else { format!("{words}（{}）", besides.join("；")) };
    argument.help(help).hide_default_value(true).hide_env(true).hide_possible_values(true)
}

/// What clap would add in brackets: what it is if it is not given, where else it can be given, and what it can be.
fn besides(argument: &Arg) -> Vec<String> {
    if !argument.get_action().takes_values() {
        return Vec::new();
    }
    let values: Vec<_> = argument.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    let possible = argument.get_possible_values();
    let possible: Vec<&str> = possible.iter().filter(|value| !value.is_hide_set()).map(|value| value.get_name()).collect();
    [
        (!possible.is_empty()).then(|| format!("可为 {}", possible.join("、"))),
        (!values.is_empty()).then(|| format!("默认为 {}", values.join(" "))),
        argument.get_env().map(|name| format!("环境变量 {}", name.to_string_lossy())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn words(of: &str) -> Option<&'static str> {
    WORDS.iter().find(|(key, _)| *key == of).map(|(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    use super::*;
    use crate::cli::Cli;

    #[test]
    fn every_verb_and_argument_has_its_chinese_and_no_chinese_is_of_none() {
        let mut command = Cli::command();
        command.build();
        let mut keys = BTreeSet::new();
        let mut lacking = Vec::new();
        // clap's own list of verbs repeats them.
        for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
            let name = verb.get_name();
            let arguments =
                verb.get_arguments().map(|argument| [format!("{name}.{}", argument.get_id()), format!(".{}", argument.get_id())]);
            for of in arguments.map(Vec::from).chain([vec![name.to_string()]]) {
                match of.into_iter().find(|key| words(key).is_some()) {
                    Some(key) => drop(keys.insert(key)),
                    None => lacking.push(name),
                }
            }
        }
        assert_eq!(lacking, <[&str; 0]>::default());
        let idle: Vec<&str> = WORDS.iter().map(|(key, _)| *key).filter(|key| !keys.contains(*key)).collect();
        assert_eq!(idle, [".version", "help"], "those two are the program's own");
        assert_eq!(WORDS.iter().map(|(key, _)| key).collect::<BTreeSet<_>>().len(), WORDS.len());
    }

    #[test]
    fn nothing_of_it_is_left_in_english() {
        let mut command = in_chinese(Cli::command());
        let mut pages = vec![command.render_help().to_string()];
        pages.extend(command.get_subcommands_mut().map(|verb| verb.render_help().to_string()));
        for page in pages {
            for english in
                ["Usage", "Options", "Arguments", "Commands", "default", "possible", "[env", "Print", "[OPTIONS", "<COMMAND"]
            {
                assert!(!page.contains(english), "{english} in {page}");
            }
        }
    }

    #[test]
    fn what_clap_adds_is_said_too() {
        let mut command = in_chinese(Cli::command());
        let page = command.find_subcommand_mut("run").unwrap().render_help().to_string();
        for line in [
            "用法：yardstick run [选项] [PIPELINE]...\n",
            "--format <FORMAT>          问题和小结以文字显示，或每条流水线在标准输出上给出一个 JSON 对象（可为 text、json；默认为 text）\n",
            "（默认为 output；环境变量 YARDSTICK_OUTPUT）\n",
            "      --cold                     全部重读、重绘，不留缓存\n",
        ] {
            assert!(page.contains(line), "{line} in {page}");
        }
    }
}
