//! `yardstick status`: of each pipeline how the last run ended, how old the result is, and what is late.

use serde_json::{Value, json};

use super::{LogFormat, StatusArguments, say, tell, warn};
use crate::{
    model::{Language, Verdict, how_many},
    run::{State, on_the_wall, states},
};

/// Reminders of a pipeline that are shown.
const TOLD: usize = 12;

/// 0 where every pipeline has a result that is not too old and no attempt has failed since; 1 otherwise; 2 where nothing has run.
pub fn status(arguments: &StatusArguments) -> u8 {
    let language = arguments.language.language();
    let states = states(&arguments.output).unwrap_or_default();
    if states.is_empty() {
        let output = arguments.output.display();
        match language {
            Language::Chinese => warn(&format!("{output} 中还没有任何运行记录\n")),
            Language::English => warn(&format!("nothing has run in {output} yet\n")),
        }
        return 2;
    }
    for state in &states {
        match arguments.format {
            LogFormat::Text => tell(&words(state, arguments.max_age, language)),
            LogFormat::Json => tell(&format!("{}\n", object(state, arguments.max_age))),
        }
    }
    u8::from(!states.iter().all(|state| is_well(state, arguments.max_age)))
}

fn is_stale(state: &State, max_age: u32) -> bool {
    state.age_in_hours().is_none_or(|age| age > f64::from(max_age))
}

fn is_well(state: &State, max_age: u32) -> bool {
    !is_stale(state, max_age) && !state.has_failed()
}

fn object(state: &State, max_age: u32) -> Value {
    let result = state.result.as_ref();
    json!({
        "pipeline": state.pipeline,
        "well": is_well(state, max_age),
        "run": result.map(|result| result["run"].clone()),
        "finished": result.map(|result| result["finished"].clone()),
        "age_hours": state.age_in_hours(),
        "outcome": result.map(|result| result["outcome"].clone()),
        "counts": result.map(|result| result["counts"].clone()),
        "reminders": state.reminders,
        "running": state.running,
        "last_attempt": state.attempt,
    })
}

fn words(state: &State, max_age: u32, language: Language) -> String {
    let say = |zh: &'static str, en: &'static str| say(language, zh, en);
    let mut text = format!("{}\n", state.pipeline);
    match &state.result {
        None => text += say("  还没有结果\n", "  no result yet\n"),
        Some(result) => text += &of_result(state, result, max_age, language),
    }
    if let Some(running) = &state.running {
        text += &match language {
            Language::Chinese => format!("  正在运行：进程 {}，自 {} 起\n", running.process, on_the_wall(&running.since)),
            Language::English => format!("  under way: process {}, since {}\n", running.process, on_the_wall(&running.since)),
        };
    } else if let Some(attempt) = state.attempt.as_ref().filter(|_| state.has_failed()) {
        let started = on_the_wall(attempt["started"].as_str().unwrap_or_default());
        let why = &attempt["why"][say("zh", "en")];
        let why = why.as_str().unwrap_or(say("中途停止", "it was cut short"));
        text += &match language {
            Language::Chinese => format!("  最近一次运行失败（{started}）：{why}\n"),
            Language::English => format!("  the last attempt failed ({started}): {why}\n"),
        };
    }
    text
}

fn of_result(state: &State, result: &Value, max_age: u32, language: Language) -> String {
    let (run, outcome) = (result["run"].as_str().unwrap_or_default(), result["outcome"].as_str().unwrap_or_default());
    let count = |part: &str, word: &str| result["counts"][part][word].as_u64().unwrap_or(0);
    let age = state.age_in_hours().unwrap_or_default();
    let stale = if is_stale(state, max_age) { say(language, "，已过时", ", too old") } else { "" };
    let (errors, warnings) = (count("findings", "error"), count("findings", "warning"));
    let verdicts: Vec<String> = Verdict::ALL
        .iter()
        .map(|verdict| match language {
            Language::Chinese => format!("{} {}", verdict.name().zh, count("verdicts", verdict.word())),
            Language::English => format!("{} {}", count("verdicts", verdict.word()), verdict.name().en),
        })
        .collect();
    let outcome = match outcome {
        "clean" => say(language, "没有错误", "clean"),
        "errors" => say(language, "有错误", "with errors"),
        other => other,
    };
    let mut text = match language {
        Language::Chinese => format!(
            "  结果 {run}，{age:.1} 小时前{stale}（{outcome}）\n  目标：{}\n  核查：错误 {errors}，警告 {warnings}\n",
            verdicts.join("，")
        ),
        Language::English => format!(
            "  result {run}, {age:.1} hours old{stale} ({outcome})\n  targets: {}\n  findings: {}, {}\n",
            verdicts.join(", "),
            how_many(errors as usize, "error", "errors"),
            how_many(warnings as usize, "warning", "warnings")
        ),
    };
    let late = result["counts"]["late"].as_u64().unwrap_or(0);
    if late > 0 || !state.reminders.is_empty() {
        text += &match language {
            Language::Chinese => format!("  催报：逾期未报 {late} 份\n"),
            Language::English => format!("  reminders: {} overdue\n", how_many(late as usize, "form", "forms")),
        };
        for reminder in state.reminders.iter().take(TOLD) {
            let words = reminder.get(say(language, "words_zh", "words_en"));
            text += &format!("    {}\n", words.map_or("", String::as_str));
        }
        text += &match (language, state.reminders.len().saturating_sub(TOLD)) {
            (_, 0) => String::new(),
            (Language::Chinese, more) => format!("    另有 {more} 条，见 reminders.csv\n"),
            (Language::English, more) => format!("    {more} more in reminders.csv\n"),
        };
    }
    text
}
