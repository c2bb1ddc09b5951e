//! `yardstick diff`: what one run published otherwise than another, by area.

use std::{
    io::{Write, stdout},
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};

use super::{LanguageArgument, pipeline_folder, say, tell, warn};
use crate::{
    model::{Language, Period, Revision, RevisionKind, Revisions, Text, Tier},
    plan::Plan,
    publish::{csv::csv, revised::Names, tables},
    run::{revised::Earlier, runs},
};

#[derive(Args)]
pub struct DiffArguments {
    /// The earlier run: its name in the output folder of the pipeline, `latest`, or a path.
    #[arg(value_name = "RUN")]
    before: String,
    /// The later run; `latest` unless given.
    #[arg(value_name = "RUN", default_value = "latest")]
    after: String,
    /// The pipeline whose runs they are.
    #[arg(long, default_value = "guangzhou-2023")]
    pipeline: String,
    /// Folder with the results.
    #[arg(long, default_value = "output", value_name = "DIR", env = "YARDSTICK_OUTPUT")]
    output: PathBuf,
    /// A table for people, or the bytes of revisions.csv on standard output.
    #[arg(long, value_enum, default_value = "text")]
    format: TableFormat,
    #[command(flatten)]
    language: LanguageArgument,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TableFormat {
    Text,
    Csv,
}

/// 0 whatever the two say; 2 where one of them is not there, or is not what the batch wrote.
pub fn diff(arguments: &DiffArguments) -> u8 {
    let language = arguments.language.language();
    let folder_of_pipeline = pipeline_folder(&arguments.pipeline);
    let pipeline = folder_of_pipeline.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let read = |run: &str| {
        let of_pipeline = arguments.output.join(&pipeline);
        let folder = folder(run, &of_pipeline);
        let earlier = Earlier::of(&folder, &pipeline).filter(Earlier::is_unharmed);
        if earlier.is_none() {
            warn(&unreadable(&folder, &pipeline, language));
            warn(&there(&of_pipeline, &pipeline, language));
        }
        earlier
    };
    let (Some(before), Some(after)) = (read(&arguments.before), read(&arguments.after)) else { return 2 };
    // Nobody changes a table between one look and the next.
    let Some(revisions) = before.until(&after) else { return 2 };
    match arguments.format {
        TableFormat::Text => {
            // Runs whose pipeline is gone have the names that stand in their tables.
            let plan = Plan::read(&folder_of_pipeline, &mut Vec::new());
            let (book, indicators) = plan.map(|plan| (plan.book, plan.indicators)).unwrap_or_default();
            tell(&shown(&revisions, Names { book: &book, indicators: &indicators }, language));
        }
        // What the runs are marked as, they say themselves.
        TableFormat::Csv => {
            let table = tables::revisions::table(&revisions, before.sample || after.sample, language);
            let _ = stdout().write_all(&csv(&table));
        }
    }
    0
}

/// A run by its name among those of the pipeline, or by its path.
fn folder(run: &str, of_pipeline: &Path) -> PathBuf {
    let named = of_pipeline.join(run);
    if named.is_dir() { named } else { PathBuf::from(run) }
}

fn unreadable(folder: &Path, pipeline: &str, language: Language) -> String {
    let folder = folder.display();
    match language {
        Language::Chinese => format!("{folder} 不是流水线 {pipeline} 的结果，或其数据表已被改动\n"),
        Language::English => format!("{folder} is no result of the pipeline {pipeline}, or its tables were changed\n"),
    }
}

/// The runs that there are, newest first.
fn there(of_pipeline: &Path, pipeline: &str, language: Language) -> String {
    const LISTED: usize = 10;
    let runs = runs(of_pipeline, pipeline).unwrap_or_default();
    let names: Vec<&str> = runs.iter().rev().take(LISTED).map(|(name, _)| name.as_str()).collect();
    let more = runs.len() - names.len();
    match (language, names.is_empty(), more) {
        (Language::Chinese, true, _) => "  还没有任何结果；请先运行 yardstick run\n".to_string(),
        (Language::Chinese, _, 0) => format!("  现有结果：{}\n", names.join("、")),
        (Language::Chinese, ..) => format!("  现有结果：{}，另有更早的 {more} 次\n", names.join("、")),
        (Language::English, true, _) => "  there is no result yet: run the batch first, yardstick run\n".to_string(),
        (Language::English, _, 0) => format!("  results: {}\n", names.join(", ")),
        (Language::English, ..) => format!("  results: {}, and {more} earlier\n", names.join(", ")),
    }
}

fn shown(revisions: &Revisions, names: Names, language: Language) -> String {
    let count = |kind: RevisionKind| format!("{} {}", kind.name().in_language(language), revisions.count(kind));
    let of_tier = |tier: &Tier| {
        let count = revisions.list.iter().filter(|revision| revision.tier == Some(*tier)).count();
        format!("{} {count}", tier.name().in_language(language))
    };
    let comma = say(language, "，", ", ");
    let counts: Vec<String> = RevisionKind::ALL.into_iter().map(count).collect();
    let tiers: Vec<String> = Tier::ALL.iter().map(of_tier).collect();
    let (open, close) = (say(language, "（", " ("), say(language, "）", ")"));
    let mut text = format!("{}{open}{}{close}", counts.join(comma), tiers.join(comma));
    text += &match language {
        Language::Chinese => format!("；未变 {}（其中写法不同、按所示精度一致 {}）\n", revisions.unchanged, revisions.as_shown),
        Language::English => {
            format!("; unchanged {} (of these {} written otherwise, equal as shown)\n", revisions.unchanged, revisions.as_shown)
        }
    };
    let mut areas: Vec<&str> = Vec::new();
    for revision in &revisions.list {
        if !areas.contains(&revision.area.as_str()) {
            areas.push(&revision.area);
        }
    }
    for area in areas {
        let of_area: Vec<&Revision> = revisions.list.iter().filter(|revision| revision.area == area).collect();
        let name = of_area.first().map_or_else(|| Text::same(area), |revision| names.area(revision));
        text += &format!("\n{} ({})\n", name.in_language(language), of_area.len());
        of_area.iter().for_each(|revision| text += &line(revision, names, language));
    }
    text
}

fn line(revision: &Revision, names: Names, language: Language) -> String {
    let Revision { kind, tier, .. } = revision;
    let period = Period::written(&revision.period);
    let period = period.in_language(language);
    let say = |text: &Text| text.in_language(language).to_string();
    let part = say(&names.part(revision));
    let tier = tier.map_or_else(String::new, |tier| format!(" {}", say(&tier.name())));
    let part = match (language, part.is_empty()) {
        (_, true) => String::new(),
        (Language::Chinese, _) => format!("（{part}）"),
        (Language::English, _) => format!(" ({part})"),
    };
    let [before, after] = names.figures(revision).map(|text| say(&text));
    let place = Names::place(revision);
    let place = if place.is_empty() { place } else { format!("  {place}") };
    let (kind, name) = (say(&kind.name()), say(&names.name(revision)));
    format!("  {kind}{tier}  {name} {period}{part}  {before} → {after}{place}\n")
}
