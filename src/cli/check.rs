//! `yardstick check`: every finding with its cell as it lies in the sheet, and one sentence at the end.

use super::{CheckArguments, colour_on_stdout, pipeline_folder, refuse, say, tell};
use crate::{
    diag::{Finding, Severity, details},
    ingest::Readers,
    model::{Language, Page, cell_place, how_many},
    publish::excerpt::excerpt,
    run::{
        desk::{Desk, DeskOrder, check_files},
        understood::Understood,
    },
};

/// Findings of one kind of which the cell is drawn; all are listed.
const DRAWN: usize = 20;
/// Other cells of one finding that are named.
const ALSO: usize = 12;
/// Areas or periods of one table that are named.
const NAMED: usize = 4;

pub fn check_workbooks(arguments: &CheckArguments) -> u8 {
    let language = arguments.language.language();
    let order = DeskOrder {
        pipeline: pipeline_folder(&arguments.pipeline),
        files: arguments.files.clone(),
        annotate: arguments.annotate,
        output: arguments.output.clone(),
        as_of: jiff::Zoned::now().date(),
        language,
        readers: Readers::apart(),
    };
    let desk = match check_files(&order) {
        Ok(desk) => desk,
        Err(findings) => return refuse(&findings, language),
    };
    let several = order.files.len() > 1 || order.files.iter().any(|path| path.is_dir());
    for (at, finding) in desk.findings.iter().enumerate() {
        tell(&shown(finding, &desk.pages, (at + 1, desk.findings.len()), several, language));
    }
    for path in &desk.annotated {
        tell(&format!("{}{}\n", say(language, "已写出批注：", "annotated copy: "), path.display()));
    }
    tell(&read(&desk.understood, several, language));
    tell(&closing(&desk, language));
    desk.exit_code()
}

fn shown(finding: &Finding, pages: &[Page], (at, all): (usize, usize), several: bool, language: Language) -> String {
    let place = &finding.place;
    let file = if several || place.sheet.is_empty() { place.file.as_str() } else { "" };
    let parts = [file, place.sheet.as_str(), place.cell.as_str()].into_iter().filter(|part| !part.is_empty());
    let place_said = parts.collect::<Vec<_>>().join(" › ");
    let severity = finding.severity.name();
    let colour = colour_on_stdout();
    let (bold, plain) = if colour { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let head = format!("[{at}/{all}] {} {place_said}", severity.in_language(language));
    let mut text = format!("{}\n", head.trim_end());
    text += &format!("{bold}{}{plain}\n", finding.message.in_language(language));
    let page = pages.iter().find(|page| page.file == place.file && page.sheet == place.sheet);
    if let (Some(page), Some((row, column))) = (page.filter(|_| at <= DRAWN), cell_place(&place.cell)) {
        text += &excerpt(page, row, column, language, colour);
    }
    text += &also(finding, language);
    // Where it is, and what else belongs to it, is said already.
    let said = ["位置：", "where: ", "以及：", "and: "];
    for (label, words) in details(finding, language).into_iter().filter(|(label, _)| !said.contains(label)) {
        text += &format!("  {label}{words}\n");
    }
    text + "\n"
}

/// The other cells of a finding: by their names where they are in the same sheet.
fn also(finding: &Finding, language: Language) -> String {
    if finding.also.is_empty() {
        return String::new();
    }
    let names: Vec<String> = finding.also.iter().take(ALSO).map(|place| place.beside(&finding.place)).collect();
    let more = finding.also.len().saturating_sub(ALSO) as u64 + finding.more;
    match (language, more) {
        (Language::Chinese, 0) => format!("  以及：{}\n", names.join("、")),
        (Language::Chinese, more) => format!("  以及：{} 等，另有 {more} 处\n", names.join("、")),
        (Language::English, 0) => format!("  and: {}\n", names.join(", ")),
        (Language::English, more) => format!("  and: {} and {more} more\n", names.join(", ")),
    }
}

/// What each sheet was taken for: of whom, and for when.
fn read(understood: &[Understood], several: bool, language: Language) -> String {
    let lines = understood.iter().map(|table| {
        let parts = [if several { table.file.as_str() } else { "" }, table.sheet.as_str()].into_iter();
        let place = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" › ");
        let colon = say(language, "：", ": ");
        let place = if place.is_empty() { place } else { format!("{place}{colon}") };
        let areas: Vec<String> = table.areas.iter().map(|name| name.in_language(language).to_string()).collect();
        let periods: Vec<String> = table.periods.iter().map(|period| period.in_language(language)).collect();
        let (areas, periods) = (some(&areas, language), some(&periods, language));
        let title = table.title.in_language(language);
        match (language, table.values) {
            (Language::Chinese, 0) => format!("  {place}《{title}》，{areas}，{periods}，没有一行：即没有此项\n"),
            (Language::Chinese, values) => format!("  {place}《{title}》，{areas}，{periods}，数值 {values} 个\n"),
            (Language::English, 0) => format!("  {place}{title}, {areas}, {periods}, not a row: there is none\n"),
            (Language::English, values) => {
                format!("  {place}{title}, {areas}, {periods}, {}\n", how_many(values, "value", "values"))
            }
        }
    });
    let lines: String = lines.collect();
    if lines.is_empty() { lines } else { format!("{}\n{lines}\n", say(language, "读到的表：", "What was read:")) }
}

/// The first of many, and how many there are.
fn some(names: &[String], language: Language) -> String {
    let (comma, all) = (say(language, "、", ", "), names.len());
    match (all <= NAMED, language) {
        (true, _) => names.join(comma),
        (false, Language::Chinese) => format!("{}等 {all} 个", names[..NAMED].join(comma)),
        (false, Language::English) => format!("{} and {} more", names[..NAMED].join(comma), all - NAMED),
    }
}

/// The one sentence: can it be sent?
fn closing(desk: &Desk, language: Language) -> String {
    let (errors, warnings) = (desk.count(Severity::Error), desk.count(Severity::Warning));
    let (values, rules) = (desk.values, desk.rules);
    match language {
        Language::Chinese => {
            let verdict = match (desk.is_looked_at(), errors, warnings) {
                (false, ..) => "没有核对成，不能报送。".to_string(),
                (_, 0, 0) => "没有发现问题，可以报送。".to_string(),
                (_, 0, warnings) => format!("可以报送；另有 {warnings} 处请先核实。"),
                (_, errors, 0) => format!("请改正 {errors} 处后再报送。"),
                (_, errors, warnings) => format!("请改正 {errors} 处后再报送；另有 {warnings} 处请核实。"),
            };
            format!("核对数值 {values} 个，规则 {rules} 条：{verdict}\n")
        }
        Language::English => {
            let verdict = match (desk.is_looked_at(), errors, warnings) {
                (false, ..) => "nothing was checked; it cannot be sent.".to_string(),
                (_, 0, 0) => "nothing found, it can be sent.".to_string(),
                (_, 0, warnings) => format!("it can be sent; look at {warnings} more first."),
                (_, errors, 0) => format!("correct {errors} before it is sent."),
                (_, errors, warnings) => format!("correct {errors} before it is sent, and look at {warnings} more."),
            };
            let (values, rules) = (how_many(values, "value", "values"), how_many(rules, "rule", "rules"));
            format!("{values} checked by {rules}: {verdict}\n")
        }
    }
}
