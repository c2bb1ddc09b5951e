//! `yardstick trace`: the cells behind a published number.

use std::{collections::BTreeMap, path::PathBuf};

use clap::Args;

use super::{LanguageArgument, colour_on_stderr, pipeline_folder, refuse, run::input_folder, say, tell, warn};
use crate::{
    diag::{self, Finding},
    ingest::Readers,
    model::{
        Language, Period, Status, Text, Verdict,
        goal::with_unit,
        how_many,
        number::{digits, printed, rounded_value, stored},
    },
    plan::Plan,
    run::{
        latest, named,
        rows::{Behind, RowsOrder, row_numbers_of},
    },
    trace::{Asked, Row, Trace, parse_line, trace},
};

/// What is said to whoever has not said what to trace.
const HOW_ZH: &str = "请指明要追溯哪个数值：\n  \
    yardstick trace indicators.csv:57                                          结果表中的一行\n  \
    yardstick trace --indicator 中小学生近视率 --area 荔湾区 --period 2023 [--by 学段=小学]\n";
const HOW_EN: &str = "say which value to trace:\n  \
    yardstick trace indicators.csv:57                                          a row of a result\n  \
    yardstick trace --indicator myopia_rate --area 440103 --period 2023 [--by stage=primary]\n";

#[derive(Args)]
pub struct TraceArguments {
    /// A row of a result, by file and line: `indicators.csv:57` (its heading is line 1).
    #[arg(conflicts_with = "indicator")]
    row: Option<String>,
    /// Or by indicator (its id or name), area and period.
    #[arg(long)]
    indicator: Option<String>,
    /// Code or name of the area.
    #[arg(long)]
    area: Option<String>,
    /// Such as 2023, 2023-07, 2023年7月.
    #[arg(long)]
    period: Option<String>,
    /// Members of the breakdown, such as `stage=primary` or `学段=小学`; the total where left out.
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
    let pipeline = pipeline_folder(&arguments.pipeline);
    let mut unknown = Vec::new();
    let plan = Plan::read(&pipeline, &mut Vec::new());
    let Some(asked) = asked(arguments, plan.as_ref(), &mut unknown) else {
        warn(say(language, HOW_ZH, HOW_EN));
        return 2;
    };
    let name = pipeline.file_name().unwrap_or_default().to_string_lossy().into_owned();
    match trace(&latest(&arguments.output, &name), &asked) {
        Ok(trace) => {
            let (behind, told) = behind(arguments, &trace);
            tell(&shown(&trace, &behind, plan.as_ref(), language));
            told
        }
        Err(_) if !unknown.is_empty() => refuse(&unknown, language),
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

/// None where it is not said what to trace. A name that the pipeline does not know is taken as it is: the run may know it still.
fn asked(arguments: &TraceArguments, plan: Option<&Plan>, unknown: &mut Vec<Finding>) -> Option<Asked> {
    if let Some(row) = &arguments.row {
        return parse_line(row);
    }
    let (indicator, area, period) = (arguments.indicator.clone()?, arguments.area.clone()?, arguments.period.clone()?);
    let period = match named::period(&period) {
        Ok(period) => period.to_string(),
        Err(_) => {
            unknown.push(named::unknown_period(&period));
            period
        }
    };
    let pair = |member: &String| member.split_once('=').map(|(dimension, code)| (dimension.to_string(), code.to_string()));
    let members: Vec<(String, String)> = arguments.by.iter().map(pair).collect::<Option<_>>()?;
    let Some(plan) = plan else {
        return Some(Asked::Value { indicator, area, period, members: members.into_iter().collect() });
    };
    let mut known = |found: Result<String, Vec<Finding>>, typed: String| {
        found.unwrap_or_else(|findings| {
            unknown.extend(findings);
            typed
        })
    };
    let indicators = plan.indicators.iter().map(|one| (one.id.as_ref(), &one.name, one.id.to_string()));
    let indicator = known(named::find(&indicator, indicators, &Text::new("指标", "indicator")), indicator.clone());
    let area = known(named::area(plan, &area).map(|area| area.code.to_string()), area.clone());
    let member = |(dimension, code): (String, String)| {
        named::member(plan, &dimension, &code).unwrap_or_else(|findings| {
            unknown.extend(findings);
            (dimension, code)
        })
    };
    let members: BTreeMap<String, String> = members.into_iter().map(member).collect();
    Some(Asked::Value { indicator, area, period, members })
}

fn shown(trace: &Trace, behind: &[Vec<Behind>], plan: Option<&Plan>, language: Language) -> String {
    let cell = |row: &Row, column: &str| row.get(column).cloned().unwrap_or_default();
    let row = &trace.row;
    let measure = |id: &str| match plan.and_then(|plan| plan.book.measure(id)) {
        Some(measure) => measure.name.in_language(language).to_string(),
        None => id.to_string(),
    };
    let name = ["target_name", "indicator_name", "measure", "indicator"]
        .into_iter()
        .map(|column| if column == "measure" { measure(&cell(row, column)) } else { cell(row, column) })
        .find(|name| !name.is_empty())
        .unwrap_or_default();
    let when = |row: &Row| Period::written(&cell(row, "period")).in_language(language).to_string();
    let mut text = format!("{}.csv:{}  {name}  {} {}\n", trace.table, trace.line, cell(row, "area_name"), when(row));
    let value =
        ["value", "difference", "contribution"].into_iter().map(|column| cell(row, column)).find(|value| !value.is_empty());
    text += &match value {
        Some(value) => format!("  = {}", amount(row, &value, plan, language)),
        None => say(language, "  = （无数值）", "  = (no value)").to_string(),
    };
    let (numerator, denominator) = (cell(row, "numerator"), cell(row, "denominator"));
    if !denominator.is_empty() {
        text += &format!("  = {} ÷ {}", figure(&numerator), figure(&denominator));
    }
    text += &format!("  [{}]\n", mark(row, language));
    let note = cell(row, "note");
    if !note.is_empty() {
        text += &format!("  {note}\n");
    }
    let cells = trace.observations.iter().filter(|observation| !cell(observation, "cell").is_empty()).count();
    let lists = trace.observations.iter().filter(|observation| is_of_rows(observation)).count();
    text += &match (language, lists) {
        // Where a list says that there are none, the note names it.
        (_, 0) if cells == 0 => String::new(),
        (Language::Chinese, 0) => format!("  来自 {cells} 个单元格：\n"),
        (Language::English, 0) => format!("  from {}:\n", how_many(cells, "cell", "cells")),
        (Language::Chinese, _) if cells == 0 => format!("  来自清单中的 {lists} 组行：\n"),
        (Language::English, _) if cells == 0 => format!("  from {} of rows of lists:\n", how_many(lists, "group", "groups")),
        (Language::Chinese, _) => format!("  来自 {cells} 个单元格和清单中的 {lists} 组行：\n"),
        (Language::English, _) => {
            let (cells, lists) = (how_many(cells, "cell", "cells"), how_many(lists, "group", "groups"));
            format!("  from {cells} and {lists} of rows of lists:\n")
        }
    };
    let mut heading = String::new();
    for (at, observation) in trace.observations.iter().enumerate() {
        let name = measure(&cell(observation, "measure"));
        let of = format!("{name}  {} {}", cell(observation, "area_name"), when(observation));
        if of != heading {
            text += &format!("  {of}\n");
            heading = of;
        }
        text += &format!("    {}\n", if is_of_rows(observation) { rows(observation, language) } else { place(observation) });
        for Behind { file, numbers } in behind.get(at).into_iter().flatten() {
            let listed: Vec<String> = numbers.rows.iter().map(ToString::to_string).collect();
            let row = say(language, "行号", "row numbers");
            text += &format!("      {file} › {} › {row} {}\n", numbers.sheet, listed.join(", "));
        }
    }
    text
}

/// A value as it is printed elsewhere, with its unit; and as it is stored, where that says more.
fn amount(row: &Row, value: &str, plan: Option<&Plan>, language: Language) -> String {
    let cell = |column: &str| row.get(column).map_or("", String::as_str);
    let indicator = plan.and_then(|plan| plan.indicator(cell("indicator")));
    let (Some(indicator), Ok(number)) = (indicator.filter(|_| !cell("value").is_empty()), value.parse::<f64>()) else {
        return format!("{value} {}", cell("unit"));
    };
    let shown = with_unit(indicator, &printed(number, indicator.decimals));
    let shown = shown.in_language(language);
    if stored(rounded_value(number, indicator.decimals)) == value {
        return shown.to_string();
    }
    let (open, close) = (say(language, "（", " ("), say(language, "）", ")"));
    format!("{shown}{open}{value}{close}")
}

/// A sum with its thousands set apart.
fn figure(text: &str) -> String {
    text.parse::<f64>().map_or_else(|_| text.to_string(), |value| printed(value, digits(value)))
}

/// The verdict, or the status by its letter and its name.
fn mark(row: &Row, language: Language) -> String {
    let cell = |column: &str| row.get(column).map_or("", String::as_str);
    if let Some(verdict) = Verdict::ALL.into_iter().find(|verdict| verdict.word() == cell("verdict")) {
        return verdict.name().in_language(language).to_string();
    }
    let status = Status::ALL.into_iter().find(|status| status.letter() == cell("status"));
    let name = status.map(|status| status.name());
    format!("{} {}", cell("status"), name.as_ref().map_or("", |name| name.in_language(language))).trim().to_string()
}

/// Was it counted over rows of lists? Then it has sheets and no cell.
fn is_of_rows(observation: &Row) -> bool {
    let says = |column: &str| observation.get(column).is_some_and(|cell| !cell.is_empty());
    says("file") && !says("cell")
}

/// `file › sheet › 412 rows` of each sheet, what they are of, how they were counted, and what they gave.
fn rows(observation: &Row, language: Language) -> String {
    let cell = |column: &str| observation.get(column).map_or("", String::as_str);
    let sheets = cell("file").split("; ").zip(cell("sheet").split("; ")).zip(cell("rows").split("; "));
    let unit = say(language, "行", "rows");
    let number = |rows: &str| match rows {
        "" => say(language, "行数不公布", "number of rows withheld").to_string(),
        rows => format!("{rows} {unit}"),
    };
    let sheets: Vec<String> = sheets.map(|((file, sheet), rows)| format!("{file} › {sheet} › {}", number(rows))).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_withheld_count_of_lists_has_its_sheets_and_no_cell() {
        let observation = |cells: &[(&str, &str)]| -> Row {
            cells.iter().map(|(column, cell)| (column.to_string(), cell.to_string())).collect()
        };
        let of_list = [("file", "a.xlsx; b.xlsx"), ("sheet", "名册; 名册"), ("rows", "; "), ("raw", "count"), ("status", "Q")];
        let withheld = observation(&of_list);
        assert!(is_of_rows(&withheld));
        let said = "a.xlsx › 名册 › 行数不公布 + b.xlsx › 名册 › 行数不公布  → Q\n      count";
        assert_eq!(rows(&withheld, Language::Chinese), said);
        assert!(!is_of_rows(&observation(&[("file", "a.xlsx"), ("sheet", "表"), ("cell", "B4")])));
        assert!(!is_of_rows(&observation(&[("raw", "pupils ÷ ratio")])));
    }
}
