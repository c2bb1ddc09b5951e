//! `yardstick run`: what is ordered, findings, and a short closing summary.

use std::path::PathBuf;

use jiff::Zoned;
use rustc_hash::FxHashMap;

use super::{
    FormatName, LogFormat, RunArguments, colour_on_stderr, log::Log, notify::notify, pipeline_folder, say, screen::Screen, tell,
    warn,
};
use crate::{
    diag::{self, Code, Severity},
    ingest::Readers,
    model::{Language, Verdict, how_many},
    run::{self, Order, Outcome, Upkeep, Watch},
};

/// Warnings drawn in full on the terminal, and how many of one kind by one rule; all of them are in `findings.csv`.
const SHOWN: usize = 12;
const OF_ONE_KIND: usize = 3;

pub fn run(arguments: &RunArguments) -> u8 {
    // This thread works too: one that only waited for others would cost a change of threads at each step.
    let _ = rayon::ThreadPoolBuilder::new().use_current_thread().build_global();
    let language = arguments.language.language();
    let mut worst = 0;
    for order in orders(arguments) {
        let outcome = match arguments.log_format {
            LogFormat::Text => {
                let screen = Screen::new(language);
                let outcome = run::run(&order, &screen);
                screen.clear();
                if arguments.format == FormatName::Text {
                    show_findings(&outcome, language);
                    summary(&outcome, language);
                }
                outcome
            }
            LogFormat::Json => {
                let log = Log { pipeline: order.name() };
                let outcome = run::run(&order, &log);
                log.close(&outcome);
                outcome
            }
        };
        if arguments.format == FormatName::Json {
            tell(&format!("{}\n", json(&outcome)));
        }
        if let Some(failure) = notify(&arguments.notify_command, &outcome.report()) {
            match arguments.log_format {
                LogFormat::Text => warn(&format!("{}\n", diag::show(&failure, language, colour_on_stderr()))),
                LogFormat::Json => Log { pipeline: order.name() }.note(&failure),
            }
        }
        worst = worst.max(outcome.exit_code());
    }
    worst
}

/// One order for each pipeline, as the arguments and everything below them have it.
pub fn orders(arguments: &RunArguments) -> Vec<Order> {
    let upkeep = Upkeep {
        cache: (!arguments.cold).then(|| arguments.cache.clone()),
        keep: arguments.keep.map(|count| count as usize),
        keep_failed: arguments.keep_failed as usize,
        wait: arguments.wait,
    };
    let order = |pipeline: &String| {
        let folder = pipeline_folder(pipeline);
        Order {
            input: input_folder(&arguments.input, &folder, arguments.pipelines.len()),
            pipeline: folder,
            output: arguments.output.clone(),
            as_of: arguments.as_of.unwrap_or_else(|| Zoned::now().date()),
            language: arguments.language.language(),
            readers: Readers::within(u64::from(arguments.memory) << 20),
            upkeep: upkeep.clone(),
        }
    };
    arguments.pipelines.iter().map(order).collect()
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
pub fn input_folder(input: &std::path::Path, pipeline: &std::path::Path, pipelines: usize) -> PathBuf {
    let own = pipeline.file_name().map(|name| input.join(name)).filter(|own| own.is_dir());
    match own {
        Some(own) => own,
        // The shared default holds other pipelines' workbooks; only a folder named by the user is read as it is.
        None if pipelines > 1 || input == std::path::Path::new("input") => input.join(pipeline.file_name().unwrap_or_default()),
        None => input.to_path_buf(),
    }
}

fn show_findings(outcome: &Outcome, language: Language) {
    let colour = colour_on_stderr();
    let mut of_kind: FxHashMap<(Code, Option<String>), usize> = FxHashMap::default();
    let (mut shown, mut left) = (0, 0);
    for finding in outcome.findings.iter().filter(|finding| finding.severity != Severity::Note) {
        // Errors are all shown: each is to be seen to. So is what stopped the batch: there is no file to look it up in.
        if outcome.published.is_some() && finding.severity != Severity::Error {
            let alike = of_kind.entry((finding.code, finding.rule.as_ref().map(ToString::to_string))).or_default();
            *alike += 1;
            if *alike > OF_ONE_KIND || shown == SHOWN {
                left += 1;
                continue;
            }
            shown += 1;
        }
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
    // Every verdict that there is, so that they add up to all targets.
    let counted = Verdict::ALL.iter().filter_map(|verdict| Some((verdict, published.verdicts.get(verdict)?)));
    let verdicts: Vec<String> = counted
        .map(|(verdict, count)| match language {
            Language::Chinese => format!("{} {count}", verdict.name().zh),
            Language::English => format!("{count} {}", verdict.name().en),
        })
        .collect();
    let targets: usize = published.verdicts.values().sum();
    // A pipeline without a gallery has its tables to look at.
    let gallery = published.folder.join("index.html");
    let (first, revisions) = if gallery.is_file() { (&gallery, "revisions.html") } else { (&published.folder, "revisions.csv") };
    let latest = published.folder.with_file_name("latest");
    match language {
        Language::Chinese => {
            tell(&format!("{}{}\n", outcome.pipeline, if published.sample { "（示例数据，不是真实统计）" } else { "" }));
            tell(&format!(
                "  读取工作簿 {} 个，数值 {} 个，绘图 {} 幅\n",
                published.workbooks, published.values, published.figures
            ));
            tell(&format!("  核查：错误 {errors}，警告 {warnings}，提示 {notes}\n"));
            if targets > 0 {
                tell(&format!("  目标 {targets} 项：{}\n", verdicts.join("，")));
            }
            if let Some(earlier) = &published.same_as {
                tell(&format!("  与 {earlier} 相比没有变化，沿用其文件\n"));
            }
            if published.revisions != [0; 3] {
                let [added, withdrawn, revised] = published.revisions;
                tell(&format!("  与上次相比：新增 {added}，撤销 {withdrawn}，修订 {revised}，见 {revisions}\n"));
            }
            if published.late > 0 {
                tell(&format!("  报送：逾期未报 {} 份，见 reminders.csv\n", published.late));
            }
            tell(&format!("  结果：{}\n  latest：{}\n", first.display(), latest.display()));
        }
        Language::English => {
            tell(&format!("{}{}\n", outcome.pipeline, if published.sample { " (sample data, not real figures)" } else { "" }));
            tell(&format!(
                "  {} read, {}, {}\n",
                how_many(published.workbooks, "workbook", "workbooks"),
                how_many(published.values, "value", "values"),
                how_many(published.figures, "chart", "charts")
            ));
            tell(&format!(
                "  findings: {}, {}, {}\n",
                how_many(errors, "error", "errors"),
                how_many(warnings, "warning", "warnings"),
                how_many(notes, "note", "notes")
            ));
            if targets > 0 {
                tell(&format!("  {}: {}\n", how_many(targets, "target", "targets"), verdicts.join(", ")));
            }
            if let Some(earlier) = &published.same_as {
                tell(&format!("  nothing has changed since {earlier}, whose files were taken again\n"));
            }
            if published.revisions != [0; 3] {
                let [added, withdrawn, revised] = published.revisions;
                tell(&format!(
                    "  since the run before: {added} added, {withdrawn} withdrawn, {revised} revised, see {revisions}\n"
                ));
            }
            if published.late > 0 {
                tell(&format!("  overdue forms: {}, see reminders.csv\n", published.late));
            }
            tell(&format!("  look at: {}\n  latest: {}\n", first.display(), latest.display()));
        }
    }
}
