//! `yardstick trace`: the cells behind a published number.

use std::{collections::BTreeMap, path::PathBuf};

use clap::Args;

use super::{LanguageArgument, colour_on_stderr, pipeline_folder, run::input_folder, say, tell, warn};
use crate::{
    diag,
    ingest::Readers,
    model::Language,
    run::{
        latest,
        rows::{Behind, RowsOrder, row_numbers_of},
    },
    trace::{Asked, Row, Trace, parse_line, trace},
};

#[derive(Args)]
pub struct TraceArguments {
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
    #[arg(long, default_value = "output", value_name = "DIR", env = "YARDSTICK_OUTPUT")]
    output: PathBuf,
    /// Of figures counted from lists: the numbers of the first N rows of each sheet, asked of the workbooks themselves.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    rows: Option<u32>,
    /// Folder with the workbooks that the run has read, for `--rows`.
    #[arg(long, default_value = "input", value_name = "DIR", env = "YARDSTICK_INPUT")]
    input: PathBuf,
    #[command(flatten)]
    language: LanguageArgument,
}

pub fn trace_number(arguments: &TraceArguments) -> u8 {
    let language = arguments.language.language();
    let Some(asked) = asked(arguments) else {
        warn(&format!(
            "{}\n",
            say(language, "请写成“文件:行号”，如 indicators.csv:57", "write it as file:line, such as indicators.csv:57")
        ));
        return 2;
    };
    let pipeline = pipeline_folder(&arguments.pipeline);
    let name = pipeline.file_name().unwrap_or_default().to_string_lossy().into_owned();
    match trace(&latest(&arguments.output, &name), &asked) {
        Ok(trace) => {
            let (behind, told) = behind(arguments, &trace);
            tell(&shown(&trace, &behind, language));
            told
        }
        Err(fault) => {
            warn(&format!("{}\n", fault.in_language(language)));
            2
        }
    }
}

/// The rows behind each observation, if they are asked for; and the exit code.
fn behind(arguments: &TraceArguments, trace: &Trace) -> (Vec<Vec<Behind>>, u8) {
    let Some(most) = arguments.rows else { return (Vec::new(), 0) };
    let pipeline = pipeline_folder(&arguments.pipeline);
    let order = RowsOrder {
        input: input_folder(&arguments.input, &pipeline, 1),
        pipeline,
        output: arguments.output.clone(),
        most: most as usize,
        readers: Readers::apart(),
    };
    let mut findings = Vec::new();
    let behind = row_numbers_of(&order, &trace.observations, &mut findings);
    for finding in &findings {
        warn(&format!("{}\n", diag::show(finding, arguments.language.language(), colour_on_stderr())));
    }
    (behind, u8::from(!findings.is_empty()))
}

fn asked(arguments: &TraceArguments) -> Option<Asked> {
    if let Some(row) = &arguments.row {
        return parse_line(row);
    }
    let members: Option<BTreeMap<String, String>> = arguments
        .by
        .iter()
        .map(|member| member.split_once('=').map(|(dimension, code)| (dimension.to_string(), code.to_string())))
        .collect();
    Some(Asked::Value {
        indicator: arguments.indicator.clone()?,
        area: arguments.area.clone()?,
        period: arguments.period.clone()?,
        members: members?,
    })
}

fn shown(trace: &Trace, behind: &[Vec<Behind>], language: Language) -> String {
    let cell = |row: &Row, column: &str| row.get(column).cloned().unwrap_or_default();
    let row = &trace.row;
    let name = ["target_name", "indicator_name", "measure", "indicator"]
        .into_iter()
        .map(|column| cell(row, column))
        .find(|name| !name.is_empty())
        .unwrap_or_default();
    let mut text = format!("{}.csv:{}  {name}  {} {}\n", trace.table, trace.line, cell(row, "area_name"), cell(row, "period"));
    let value =
        ["value", "difference", "contribution"].into_iter().map(|column| cell(row, column)).find(|value| !value.is_empty());
    let value = value.unwrap_or_default();
    text += &format!(
        "  = {} {}",
        if value.is_empty() { say(language, "（无数值）", "(no value)") } else { &value },
        cell(row, "unit")
    );
    let (numerator, denominator) = (cell(row, "numerator"), cell(row, "denominator"));
    if !denominator.is_empty() {
        text += &format!("  = {numerator} ÷ {denominator}");
    }
    let mark =
        ["verdict", "status"].into_iter().map(|column| cell(row, column)).find(|mark| !mark.is_empty()).unwrap_or_default();
    text += &format!("  [{mark}]\n");
    let note = cell(row, "note");
    if !note.is_empty() {
        text += &format!("  {note}\n");
    }
    let cells = trace.observations.iter().filter(|observation| !cell(observation, "cell").is_empty()).count();
    let lists = trace.observations.iter().filter(|observation| !cell(observation, "rows").is_empty()).count();
    text += &match (language, lists) {
        (Language::Chinese, 0) => format!("  来自 {cells} 个单元格：\n"),
        (Language::English, 0) => format!("  from {cells} cells:\n"),
        (Language::Chinese, _) if cells == 0 => format!("  来自清单中的 {lists} 组行：\n"),
        (Language::English, _) if cells == 0 => format!("  from {lists} groups of rows of lists:\n"),
        (Language::Chinese, _) => format!("  来自 {cells} 个单元格和清单中的 {lists} 组行：\n"),
        (Language::English, _) => format!("  from {cells} cells and {lists} groups of rows of lists:\n"),
    };
    let mut heading = String::new();
    for (at, observation) in trace.observations.iter().enumerate() {
        let of = format!("{}  {} {}", cell(observation, "measure"), cell(observation, "area_name"), cell(observation, "period"));
        if of != heading {
            text += &format!("  {of}\n");
            heading = of;
        }
        text += &format!(
            "    {}\n",
            if cell(observation, "rows").is_empty() { place(observation) } else { rows(observation, language) }
        );
        for Behind { file, numbers } in behind.get(at).into_iter().flatten() {
            let listed: Vec<String> = numbers.rows.iter().map(ToString::to_string).collect();
            let row = say(language, "行号", "row numbers");
            text += &format!("      {file} › {} › {row} {}\n", numbers.sheet, listed.join(", "));
        }
    }
    text
}

/// `file › sheet › 412 rows` of each sheet, what they are of, how they were counted, and what they gave.
fn rows(observation: &Row, language: Language) -> String {
    let cell = |column: &str| observation.get(column).map_or("", String::as_str);
    let sheets = cell("file").split("; ").zip(cell("sheet").split("; ")).zip(cell("rows").split("; "));
    let unit = say(language, "行", "rows");
    let sheets: Vec<String> = sheets.map(|((file, sheet), rows)| format!("{file} › {sheet} › {rows} {unit}")).collect();
    let value = if cell("value").is_empty() { cell("status") } else { cell("value") };
    format!("{}  → {value}\n      {}", sheets.join(" + "), cell("raw"))
}

/// `file › sheet › cell = "raw"` and the value read from it; of a derived value, how it is derived.
fn place(observation: &Row) -> String {
    let cell = |column: &str| observation.get(column).cloned().unwrap_or_default();
    let raw = cell("raw");
    if cell("file").is_empty() {
        return format!("{} = {raw}", cell("value"));
    }
    let value = if cell("value").is_empty() { cell("status") } else { cell("value") };
    let reading = if value == raw { String::new() } else { format!("  → {value}") };
    format!("{} › {} › {} = “{raw}”{reading}", cell("file"), cell("sheet"), cell("cell"))
}
