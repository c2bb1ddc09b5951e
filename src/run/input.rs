//! The input folder: which of its files are workbooks, and under what names the results know them.

use std::{
    borrow::Cow,
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::Arc,
};

use encoding_rs::GB18030;
use walkdir::{DirEntry, WalkDir};

use crate::{
    diag::{Code, Finding, Place},
    model::Text,
};

/// Endings of files that are read; what a file really is, its bytes say.
const WORKBOOKS: &[&str] =
    &["xlsx", "xls", "xlsm", "xlsb", "ods", "et", "csv", "tsv", "parquet", "htm", "html", "xml", "slk", "xlt", "xltx"];
/// Endings of files that are tables only where tabs part their text, as Excel's "Unicode text" does.
const TEXTS: &[&str] = &["txt", "tab", "prn"];

/// The register of what was received when; read for `arrivals.csv`, not as a workbook.
pub const REGISTER: &str = "received.csv";

/// A workbook that lies in the input folder.
pub struct Listed {
    pub path: PathBuf,
    /// Path inside the folder, with `/`, in Unicode whatever the disk has.
    pub name: Arc<str>,
}

/// Every workbook below the folder, in the order of their paths. None where there is nothing to read.
pub fn list(folder: &Path, findings: &mut Vec<Finding>) -> Option<Vec<Listed>> {
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
    let mut workbooks = Vec::new();
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry)) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => workbooks.extend(listed(entry, folder, findings)),
            Err(fault) => {
                let path = fault.path().unwrap_or(folder).display().to_string();
                let why = fault.io_error().map_or_else(String::new, |fault| fault.kind().to_string());
                let message = Text::new(format!("无法读取 {path}：没有权限或已不存在"), format!("{path} cannot be read: {why}"));
                findings.push(Finding::new(Code::InputUnreadable, message).at(Place::file(path)));
            }
        }
    }
    if workbooks.is_empty() && findings.iter().all(|finding| finding.code != Code::InputUnreadable) {
        let message =
            Text::new(format!("输入文件夹 {shown} 中没有工作簿"), format!("the input folder {shown} holds no workbook"));
        findings.push(Finding::new(Code::InputEmpty, message).at(Place::file(shown)));
    }
    (!workbooks.is_empty()).then_some(workbooks)
}

/// A file, if it is a workbook that may be read.
fn listed(entry: DirEntry, folder: &Path, findings: &mut Vec<Finding>) -> Option<Listed> {
    let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
    let name = name_of(inside);
    if name == REGISTER {
        return None;
    }
    let ends =
        |endings: &[&str]| inside.extension().is_some_and(|end| endings.iter().any(|known| end.eq_ignore_ascii_case(known)));
    let has_tabs = || entry.file_type().is_file() && fs_err::read(entry.path()).is_ok_and(|bytes| bytes.contains(&b'\t'));
    let is_workbook = ends(WORKBOOKS) || ends(TEXTS) && has_tabs();
    let refusal = if !is_workbook {
        (Code::FileIgnored, "不是工作簿，未读取", "is not a workbook and was not read")
    } else if entry.path_is_symlink() {
        // It may lead anywhere, and what lies in the folder is read there anyway.
        (Code::LinkIgnored, "是链接，未读取", "is a link and was not read")
    } else if !entry.file_type().is_file() {
        // A pipe that nobody fills would be waited for without end.
        (Code::FileIgnored, "不是普通文件，未读取", "is not a regular file and was not read")
    } else {
        if inside.to_str().is_none() {
            let message = Text::new(
                format!("文件名不是 Unicode，按“{name}”处理"),
                format!("the name of a file is not Unicode and is taken for `{name}`"),
            );
            findings.push(Finding::new(Code::NameNotUnicode, message).at(Place::file(&name)));
        }
        return Some(Listed { path: entry.into_path(), name: name.into() });
    };
    let (code, zh, en) = refusal;
    let message = Text::new(format!("{name} {zh}"), format!("{name} {en}"));
    findings.push(Finding::new(code, message).at(Place::file(name)));
    None
}

/// Parts joined by `/`. Names in no Unicode come from archives packed on Chinese Windows, and are GB 18030; what is not even
/// that keeps its bytes, as `\xE4`. Nothing that steers a terminal is left in.
pub fn name_of(inside: &Path) -> String {
    let parts: Vec<String> = inside
        .components()
        .map(|part| {
            let bytes = part.as_os_str().as_encoded_bytes();
            let name = match part.as_os_str().to_str() {
                Some(name) => Cow::Borrowed(name),
                None => GB18030.decode_without_bom_handling_and_without_replacement(bytes).unwrap_or_else(|| escaped(bytes)),
            };
            name.chars().map(|letter| if letter.is_control() { '\u{FFFD}' } else { letter }).collect()
        })
        .collect();
    parts.join("/")
}

fn escaped(bytes: &[u8]) -> Cow<'_, str> {
    let mut name = String::new();
    for chunk in bytes.utf8_chunks() {
        name += chunk.valid();
        name.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02X}")));
    }
    Cow::Owned(name)
}

pub fn unreadable(name: &str, fault: &std::io::Error) -> Finding {
    let zh = match fault.kind() {
        ErrorKind::PermissionDenied => "没有读取权限".to_string(),
        ErrorKind::NotFound => "文件不存在".to_string(),
        kind => kind.to_string(),
    };
    let message = Text::new(format!("无法读取 {name}：{zh}"), format!("{name} cannot be read: {}", fault.kind()));
    Finding::new(Code::InputUnreadable, message).at(Place::file(name))
}

/// Lock files of Excel and WPS, and what file managers and unpackers leave behind.
fn is_hidden(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.')
        || name.starts_with("~$")
        || name == "__MACOSX"
        || name.eq_ignore_ascii_case("thumbs.db")
        || name.eq_ignore_ascii_case("desktop.ini")
}

#[cfg(all(test, unix))]
mod tests {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};

    use super::*;

    #[test]
    fn names_in_any_script_are_read() {
        let name = |bytes: &[u8]| name_of(Path::new(OsStr::from_bytes(bytes)));
        assert_eq!(name("2023/荔湾区.xlsx".as_bytes()), "2023/荔湾区.xlsx");
        // 荔湾区 as Chinese Windows writes it.
        assert_eq!(name(b"\xc0\xf3\xcd\xe5\xc7\xf8.xlsx"), "荔湾区.xlsx");
        assert_eq!(name(b"a\xff\xff.xlsx"), "a\\xFF\\xFF.xlsx");
        assert_eq!(name(b"a\x1b[31m\n.xlsx"), "a\u{FFFD}[31m\u{FFFD}.xlsx");
    }
}
