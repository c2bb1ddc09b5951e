//! The input folder: which of its files are workbooks, and their bytes.

use std::{io::ErrorKind, path::Path, sync::Arc};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::{
    diag::{Code, Finding, Place},
    ingest::Source,
    model::Text,
};

/// Endings of files that are read; what a file really is, its bytes say.
const WORKBOOKS: &[&str] =
    &["xlsx", "xls", "xlsm", "xlsb", "ods", "et", "csv", "tsv", "htm", "html", "xml", "slk", "xlt", "xltx"];
/// Endings of files that are tables only where tabs part their text, as Excel's "Unicode text" does.
const TEXTS: &[&str] = &["txt", "tab", "prn"];

/// Every workbook below the folder, in the order of their paths. None where there is nothing to read.
pub fn sources(folder: &Path, findings: &mut Vec<Finding>) -> Option<Vec<Source>> {
    let shown = folder.display().to_string();
    if folder.is_file() {
        let message = Text::new(format!("{shown} 是文件，不是文件夹"), format!("{shown} is a file, not a folder"));
        findings.push(Finding::new(Code::InputMissing, message).at(Place::file(shown)));
        return None;
    }
    if !folder.is_dir() {
        let message = Text::new(format!("没有输入文件夹 {shown}"), format!("there is no input folder {shown}"));
        findings.push(Finding::new(Code::InputMissing, message).at(Place::file(shown)));
        return None;
    }
    let mut files = Vec::new();
    for entry in
        WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry))
    {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => files.push(entry.into_path()),
            Err(fault) => {
                let path = fault.path().unwrap_or(folder).display().to_string();
                let why = fault.io_error().map_or_else(String::new, reason_en);
                let message = Text::new(format!("无法读取 {path}：没有权限或已不存在"), format!("{path} cannot be read: {why}"));
                findings.push(Finding::new(Code::InputUnreadable, message).at(Place::file(path)));
            }
        }
    }
    let inside = |path: &Path| {
        let parts: Vec<_> = path
            .strip_prefix(folder)
            .unwrap_or(path)
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        parts.join("/")
    };
    let ends = |path: &Path, endings: &[&str]| {
        path.extension().is_some_and(|end| endings.iter().any(|known| end.eq_ignore_ascii_case(known)))
    };
    let has_tabs = |path: &Path| fs_err::read(path).is_ok_and(|bytes| bytes.contains(&b'\t'));
    let is_workbook = |path: &Path| ends(path, WORKBOOKS) || ends(path, TEXTS) && has_tabs(path);
    let (workbooks, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|path| is_workbook(path));
    findings.extend(others.iter().map(|path| {
        let name = inside(path);
        Finding::new(
            Code::FileIgnored,
            Text::new(format!("{name} 不是工作簿，未读取"), format!("{name} is not a workbook and was not read")),
        )
        .at(Place::file(name))
    }));
    if workbooks.is_empty() && findings.iter().all(|finding| finding.code != Code::InputUnreadable) {
        let message =
            Text::new(format!("输入文件夹 {shown} 中没有工作簿"), format!("the input folder {shown} holds no workbook"));
        findings.push(Finding::new(Code::InputEmpty, message).at(Place::file(shown)));
    }
    let read: Vec<(Option<Source>, Vec<Finding>)> = workbooks
        .par_iter()
        .map(|path| {
            let mut faults = Vec::new();
            (source(path, &inside(path), &mut faults), faults)
        })
        .collect();
    let mut sources = Vec::new();
    for (source, faults) in read {
        sources.extend(source);
        findings.extend(faults);
    }
    (!sources.is_empty()).then_some(sources)
}

/// One file's bytes.
pub fn source(path: &Path, name: &str, findings: &mut Vec<Finding>) -> Option<Source> {
    match fs_err::read(path) {
        Ok(bytes) => Some(Source { path: Arc::from(name), bytes }),
        Err(fault) => {
            let message = Text::new(
                format!("无法读取 {name}：{}", reason_zh(&fault)),
                format!("{name} cannot be read: {}", reason_en(&fault)),
            );
            findings.push(Finding::new(Code::InputUnreadable, message).at(Place::file(name)));
            None
        }
    }
}

fn reason_zh(fault: &std::io::Error) -> String {
    match fault.kind() {
        ErrorKind::PermissionDenied => "没有读取权限".to_string(),
        ErrorKind::NotFound => "文件不存在".to_string(),
        kind => kind.to_string(),
    }
}

fn reason_en(fault: &std::io::Error) -> String {
    fault.kind().to_string()
}

/// Lock files of Excel and WPS, and what file managers leave behind.
fn is_hidden(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.')
        || name.starts_with("~$")
        || name.eq_ignore_ascii_case("thumbs.db")
        || name.eq_ignore_ascii_case("desktop.ini")
}
