//! `yardstick run`: progress while it runs, findings, and a short closing summary.

use std::{collections::HashMap, path::PathBuf, sync::Mutex};

use indicatif::{ProgressBar, ProgressStyle};
use jiff::Zoned;

use super::{FormatName, RunArguments, colour_on_stderr, pipeline_folder, say, tell, warn};
use crate::{
    diag::{self, Code, Severity},
    ingest::Readers,
    model::{Language, Verdict},
    run::{self, Order, Outcome, Stage, Watch},
};

/// Findings drawn in full on the terminal, and how many of one kind by one rule; all of them are in `findings.csv`.
const SHOWN: usize = 12;
const OF_ONE_KIND: usize = 3;

pub fn run(arguments: &RunArguments) -> u8 {
    let language = arguments.language.language();
    let as_of = arguments.as_of.unwrap_or_else(|| Zoned::now().date());
    let mut worst = 0;
    for pipeline in &arguments.pipelines {
        let folder = pipeline_folder(pipeline);
        let order = Order {
            input: input_folder(&arguments.input, &folder, arguments.pipelines.len()),
            pipeline: folder,
            output: arguments.output.clone(),
            as_of,
            language,
            readers: Readers::apart(),
        };
        let screen = Screen::new(language);
        let outcome = run::run(&order, &screen);
        screen.clear();
        if arguments.format == FormatName::Json {
            tell(&format!("{}\n", json(&outcome)));
        } else {
            show_findings(&outcome, language);
            summary(&outcome, language);
        }
        worst = worst.max(outcome.exit_code());
    }
    worst
}

/// The outcome for programs: all findings, whatever is shown on a terminal.
fn json(outcome: &Outcome) -> serde_json::Value {
    serde_json::json!({
        "pipeline": outcome.pipeline,
        "exit_code": outcome.exit_code(),
        "published": outcome.published.as_ref().map(|published| published.folder.display().to_string()),
        "findings": outcome.findings.iter().map(diag::json).collect::<Vec<_>>(),
    })
}

/// A folder in the input folder that has the pipeline's name, or the input folder itself.
fn input_folder(input: &std::path::Path, pipeline: &std::path::Path, pipelines: usize) -> PathBuf {
    let own = pipeline.file_name().map(|name| input.join(name)).filter(|own| own.is_dir());
    match own {
        Some(own) => own,
        // The shared default holds other pipelines' workbooks; only a folder named by the user is read as it is.
        None if pipelines > 1 || input == std::path::Path::new("input") => input.join(pipeline.file_name().unwrap_or_default()),
        None => input.to_path_buf(),
    }
}

/// A bar on a terminal, plain lines elsewhere.
struct Screen {
    language: Language,
    bar: Mutex<Option<ProgressBar>>,
    terminal: bool,
}

impl Screen {
    fn new(language: Language) -> Screen {
        Screen { language, bar: Mutex::new(None), terminal: colour_on_stderr() }
    }

    fn clear(&self) {
        if let Ok(mut bar) = self.bar.lock()
            && let Some(bar) = bar.take()
        {
            bar.finish_and_clear();
        }
    }
}

impl Watch for Screen {
    fn stage(&self, stage: Stage, steps: usize) {
        let name = stage.name().in_language(self.language).to_string();
        self.clear();
        if !self.terminal {
            warn(&format!("{:8} {name}{}\n", stage.word(), if steps > 0 { format!(" ({steps})") } else { String::new() }));
            return;
        }
        let bar = if steps > 0 { ProgressBar::new(steps as u64) } else { ProgressBar::new_spinner() };
        let template = if steps > 0 { "{msg} [{bar:30}] {pos}/{len}" } else { "{spinner} {msg}" };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(name);
        bar.tick();
        if let Ok(mut place) = self.bar.lock() {
            *place = Some(bar);
        }
    }

    fn step(&self) {
        if let Ok(bar) = self.bar.lock()
            && let Some(bar) = bar.as_ref()
        {
            bar.inc(1);
        }
    }
}

fn show_findings(outcome: &Outcome, language: Language) {
    let colour = colour_on_stderr();
    let mut of_kind: HashMap<(Code, Option<String>), usize> = HashMap::new();
    let (mut shown, mut left) = (0, 0);
    for finding in outcome.findings.iter().filter(|finding| finding.severity != Severity::Note) {
        let alike = of_kind.entry((finding.code, finding.rule.as_ref().map(ToString::to_string))).or_default();
        *alike += 1;
        // What stopped the batch is shown whole: there is no file to look it up in.
        if outcome.published.is_some() && (*alike > OF_ONE_KIND || shown == SHOWN) {
            left += 1;
            continue;
        }
        shown += 1;
        warn(&format!("{}\n", diag::show(finding, language, colour)));
    }
    if left > 0 {
        match language {
            Language::Chinese => warn(&format!("…… 另有 {left} 条，见 findings.csv\n\n")),
            Language::English => warn(&format!("… and {left} more: see findings.csv\n\n")),
        }
    }
}

fn summary(outcome: &Outcome, language: Language) {
    let (errors, warnings, notes) =
        (outcome.count(Severity::Error), outcome.count(Severity::Warning), outcome.count(Severity::Note));
    let Some(published) = &outcome.published else {
        let words = say(
            language,
            "批处理未能运行，没有写出任何结果；上次的结果保持不变。",
            "The batch could not run and wrote nothing; the last result stands as it was.",
        );
        warn(&format!("{}: {words}\n", outcome.pipeline));
        return;
    };
    let verdict = |verdict: Verdict| published.verdicts.get(&verdict).copied().unwrap_or(0);
    let gallery = published.folder.join("index.html");
    let latest = published.folder.with_file_name("latest");
    match language {
        Language::Chinese => {
            tell(&format!("{}{}\n", outcome.pipeline, if published.sample { "（示例数据，不是真实统计）" } else { "" }));
            tell(&format!(
                "  读取工作簿 {} 个，数值 {} 个，绘图 {} 幅\n",
                published.workbooks, published.values, published.figures
            ));
            tell(&format!("  核查：错误 {errors}，警告 {warnings}，提示 {notes}\n"));
            tell(&format!(
                "  目标：达成 {}，未达成 {}，愿景 {}，未到期 {}，无法判断 {}\n",
                verdict(Verdict::Met),
                verdict(Verdict::Missed),
                verdict(Verdict::Aspiration),
                verdict(Verdict::NotDue),
                verdict(Verdict::CannotTell)
            ));
            tell(&format!("  结果：{}\n  latest：{}\n", gallery.display(), latest.display()));
        }
        Language::English => {
            tell(&format!("{}{}\n", outcome.pipeline, if published.sample { " (sample data, not real figures)" } else { "" }));
            tell(&format!(
                "  {} workbooks read, {} values, {} charts\n",
                published.workbooks, published.values, published.figures
            ));
            tell(&format!("  findings: {errors} errors, {warnings} warnings, {notes} notes\n"));
            tell(&format!(
                "  targets: {} met, {} missed, {} aspirations, {} not due, {} cannot tell\n",
                verdict(Verdict::Met),
                verdict(Verdict::Missed),
                verdict(Verdict::Aspiration),
                verdict(Verdict::NotDue),
                verdict(Verdict::CannotTell)
            ));
            tell(&format!("  look at: {}\n  latest: {}\n", gallery.display(), latest.display()));
        }
    }
}
