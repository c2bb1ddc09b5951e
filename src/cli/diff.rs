//! `yardstick diff`: what one run published otherwise than another, by area.

use std::{
    io::{Write, stdout},
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};

use super::{LanguageArgument, pipeline_folder, say, tell, warn};
use crate::{
    model::{Language, Publication, Revision, RevisionKind, Revisions, Tier},
    publish::{csv::csv, tables},
    run::revised::Earlier,
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
    let pipeline = pipeline_folder(&arguments.pipeline).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let read = |run: &str| {
        let folder = folder(run, &arguments.output.join(&pipeline));
        let earlier = Earlier::of(&folder, &pipeline).filter(Earlier::is_unharmed);
        if earlier.is_none() {
            warn(&unreadable(&folder, &pipeline, language));
        }
        earlier
    };
    let (Some(before), Some(after)) = (read(&arguments.before), read(&arguments.after)) else { return 2 };
    // Nobody changes a table between one look and the next.
    let Some(revisions) = before.until(&after) else { return 2 };
    match arguments.format {
        TableFormat::Text => tell(&shown(&revisions, language)),
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

fn shown(revisions: &Revisions, language: Language) -> String {
    let count = |kind: RevisionKind| format!("{} {}", kind.name().in_language(language), revisions.count(kind));
    let of_tier = |tier: &Tier| {
        let count = revisions.list.iter().filter(|revision| revision.tier == Some(*tier)).count();
        format!("{} {count}", tier.name().in_language(language))
    };
    let comma = say(language, "，", ", ");
    let counts: Vec<String> = RevisionKind::ALL.into_iter().map(count).collect();
    let tiers: Vec<String> = Tier::ALL.iter().map(of_tier).collect();
    let mut text = format!("{} ({})", counts.join(comma), tiers.join(comma));
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
        text += &format!("\n{} ({})\n", of_area.first().map_or(area, |revision| &revision.area_name), of_area.len());
        of_area.iter().for_each(|revision| text += &line(revision, language));
    }
    text
}

fn line(revision: &Revision, language: Language) -> String {
    let Revision { kind, tier, name, period, before, after, .. } = revision;
    let members = revision.members();
    let said = |side: &Publication| side.value.map_or_else(|| "—".to_string(), |value| value.to_string());
    let tier = tier.map_or_else(String::new, |tier| format!(" {}", tier.name().in_language(language)));
    let breakdown = if members.is_empty() { String::new() } else { format!(" [{members}]") };
    let cell = if after.cell.is_empty() { before } else { after };
    let place =
        if cell.file.is_empty() { String::new() } else { format!("  {} › {} › {}", cell.file, cell.sheet, cell.cell) };
    let kind = kind.name().in_language(language).to_string();
    format!("  {kind}{tier}  {name} {period}{breakdown}  {} → {}{place}\n", said(before), said(after))
}
