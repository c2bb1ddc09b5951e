//! `yardstick preview`: how the layouts see a workbook.

use super::{PreviewArguments, colour_on_stderr, colour_on_stdout, pipeline_folder, refuse, say, tell, warn, width_on_stdout};
use crate::{
    diag::{self, Code, Finding, Place},
    ingest::{self, records::SeenList},
    model::{Language, Text, column_name, how_many},
    plan::Plan,
    publish::preview,
    run::read_only,
};

pub fn preview_workbook(arguments: &PreviewArguments) -> u8 {
    let language = arguments.language.language();
    let (plan, sources) = match read_only(&pipeline_folder(&arguments.pipeline), std::slice::from_ref(&arguments.file)) {
        Ok(read) => read,
        Err(findings) => return refuse(&findings, language),
    };
    let [source] = sources.as_slice() else {
        let path = arguments.file.display().to_string();
        let message = Text::new(format!("无法读取 {path}"), format!("{path} cannot be read"));
        return refuse(&[Finding::new(Code::InputUnreadable, message).at(Place::file(path))], language);
    };
    let unreadable = |why: Text| {
        let message =
            Text::new(format!("{} 无法读取：{}", source.path, why.zh), format!("{} cannot be read: {}", source.path, why.en));
        refuse(&[Finding::new(Code::WorkbookUnreadable, message).at(Place::file(source.path.as_ref()))], language)
    };
    let readers = ingest::Readers::apart();
    let lists = match ingest::lists(source, &plan.records, &readers) {
        Ok(lists) => lists,
        Err(why) => return unreadable(why),
    };
    tell(&lists.seen.iter().map(|list| seen(list, &plan, language)).collect::<String>());
    complain(&lists.given.findings, language);
    if !lists.seen.is_empty() && (!lists.others || plan.layouts.is_empty()) {
        return u8::from(!lists.given.findings.is_empty());
    }
    let (previews, findings) = match ingest::preview(source, &lists.sheets(), &plan.layouts, &plan.book, &readers, language) {
        Ok(seen) => seen,
        Err(why) => return unreadable(why),
    };
    match &arguments.html {
        None => tell(&preview::text(&previews, language, colour_on_stdout(), width_on_stdout())),
        Some(path) => {
            let written = preview::html(&source.path, &previews, language)
                .map_err(|fault| fault.to_string())
                .and_then(|page| fs_err::write(path, page).map_err(|fault| fault.to_string()));
            if let Err(fault) = written {
                let message = Text::new(
                    format!("无法写入 {}：{fault}", path.display()),
                    format!("{} cannot be written: {fault}", path.display()),
                );
                return refuse(&[Finding::new(Code::OutputUnwritable, message)], language);
            }
            tell(&format!("{}\n", path.display()));
        }
    }
    complain(&findings, language);
    let shows_nothing = lists.seen.is_empty() && previews.iter().all(|preview| preview.rows.is_empty());
    u8::from(!findings.is_empty() || !lists.given.findings.is_empty() || shows_nothing)
}

fn complain(findings: &[Finding], language: Language) {
    for finding in findings {
        warn(&format!("{}\n", diag::show(finding, language, colour_on_stderr())));
    }
}

/// A list: where it stands, how many rows it has, and where each of its columns was found. Its rows are not shown.
fn seen(list: &SeenList, plan: &Plan, language: Language) -> String {
    let Some(layout) = plan.records.layouts.iter().find(|layout| layout.id == list.layout) else { return String::new() };
    let (title, row, records) = (layout.title.in_language(language), list.headings + 1, list.records);
    let mut text = format!("{} {title} › {}  ", layout.id, list.sheet);
    text += &match language {
        Language::Chinese => format!("表头在第 {row} 行，共 {records} 条记录\n"),
        Language::English => format!("headings in row {row}, {}\n", how_many(records as usize, "record", "records")),
    };
    for (column, at) in layout.columns.iter().zip(&list.columns) {
        let place = at.map_or_else(|| say(language, "没有此栏", "not there").to_string(), column_name);
        let heading = column.headings.first().map_or("", String::as_str);
        text += &format!("  {place}  {}  {heading}\n", column.name);
    }
    text
}
