//! What a file is, by its first bytes and never by its name; and why some kinds are not read.

use std::io::Cursor;

use serde::{Deserialize, Serialize};

use crate::model::Text;

/// Formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    Xlsx,
    Xlsb,
    Ods,
    /// A compound file: Excel 95 to 2003, WPS .et.
    Xls,
    SpreadsheetMl,
    Html,
    /// Values parted by commas, tabs or semicolons.
    Text,
}

impl Format {
    pub fn word(self) -> &'static str {
        match self {
            Format::Xlsx => "xlsx",
            Format::Xlsb => "xlsb",
            Format::Ods => "ods",
            Format::Xls => "xls",
            Format::SpreadsheetMl => "spreadsheetml",
            Format::Html => "html",
            Format::Text => "text",
        }
    }
}

/// What the bytes are before any text in them is decoded.
#[derive(Debug)]
pub enum Container {
    Zip(Format),
    Compound,
    Text,
}

pub fn container(bytes: &[u8]) -> Result<Container, Text> {
    if bytes.is_empty() {
        return Err(Text::new("文件是空的（0 字节）", "it is empty (0 bytes)"));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return packed(bytes).map(Container::Zip);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return compound(bytes);
    }
    for (start, zh, en) in STARTS {
        if bytes.starts_with(start) {
            return Err(Text::new(format!("内容是{zh}，不是工作簿"), format!("it is {en}, not a workbook")));
        }
    }
    Ok(Container::Text)
}

/// What to do about a file that no spreadsheet opens either; none where opening and saving it may help.
pub fn advice(bytes: &[u8]) -> Option<Text> {
    let begins = |starts: &[&[u8]]| starts.iter().any(|start| bytes.starts_with(start));
    if bytes.is_empty() {
        return Some(Text::new(
            "文件没有内容，多半是没有保存或复制完：请找到原来的文件，重新复制。",
            "It holds nothing, perhaps because saving or copying was cut short: find the original and copy it again.",
        ));
    }
    if begins(&[b"Rar!", b"7z\xBC\xAF", b"\x1F\x8B"]) {
        return Some(Text::new("请先解压，再使用其中的工作簿。", "Unpack it, and use the workbook inside."));
    }
    begins(&[b"%PDF", b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"{\\rtf"]).then(|| {
        Text::new(
            "请使用原来的电子表格（.xlsx），不要用打印、扫描或转换得到的文件。",
            "Use the spreadsheet itself (.xlsx), not what was printed, scanned or converted from it.",
        )
    })
}

/// A compound file says by the names of its streams, in two bytes a letter, what it is.
fn compound(bytes: &[u8]) -> Result<Container, Text> {
    let names = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|part| part[0] == wide[0] && part == wide)
    };
    if names("Workbook") || names("Book") || names("WORKBOOK") {
        return Ok(Container::Compound);
    }
    if names("EncryptedPackage") {
        return Err(protected());
    }
    if names("WordDocument") {
        return Err(not_a_workbook("Word 文档", "a Word document"));
    }
    if names("PowerPoint Document") {
        return Err(not_a_workbook("幻灯片", "a presentation"));
    }
    Ok(Container::Compound)
}

pub fn protected() -> Text {
    Text::new("文件有打开密码，请去掉密码后重新报送", "it is protected by a password: take the password off and send it again")
}

/// First bytes of what offices send instead of a workbook.
const STARTS: &[(&[u8], &str, &str)] = &[
    (b"\x09\x00\x04\x00", "Excel 2 的旧格式", "in the old format of Excel 2"),
    (b"\x09\x02\x06\x00", "Excel 3 的旧格式", "in the old format of Excel 3"),
    (b"\x09\x04\x06\x00", "Excel 4 的旧格式", "in the old format of Excel 4"),
    (b"\x09\x08", "Excel 5 的旧格式", "in the old format of Excel 5"),
    (b"\x89PNG", "图片（PNG）", "a picture (PNG)"),
    (b"\xFF\xD8\xFF", "图片（JPEG）", "a picture (JPEG)"),
    (b"GIF8", "图片（GIF）", "a picture (GIF)"),
    (b"BM", "图片（BMP）", "a picture (BMP)"),
    (b"II*\x00", "图片（TIFF）", "a picture (TIFF)"),
    (b"MM\x00*", "图片（TIFF）", "a picture (TIFF)"),
    (b"PAR1", "Parquet 清单（流水线中没有与之相符的清单版式）", "Parquet, and no records layout of the pipeline fits it"),
    (b"%PDF", "PDF 文件", "a PDF file"),
    (b"{\\rtf", "Word 文档（RTF）", "a Word document (RTF)"),
    (b"Rar!", "压缩包（RAR）", "a packed folder (RAR)"),
    (b"7z\xBC\xAF", "压缩包（7z）", "a packed folder (7z)"),
    (b"\x1F\x8B", "压缩文件（gzip，例如 Gnumeric 表格）", "a packed file (gzip, such as a Gnumeric sheet)"),
    (b"ID;P", "SYLK 表格", "a SYLK sheet"),
    (b"TABLE\r\n", "DIF 表格", "a DIF sheet"),
    (b"TABLE\n", "DIF 表格", "a DIF sheet"),
    (b"\x00\x00\x02\x00\x06\x04", "Lotus 1-2-3 表格", "a Lotus 1-2-3 sheet"),
    (b"\x00\x00\x1A\x00", "Lotus 1-2-3 表格", "a Lotus 1-2-3 sheet"),
];

/// Which of the packed formats an archive is, by the names in its directory.
fn packed(bytes: &[u8]) -> Result<Format, Text> {
    let archive = zip::ZipArchive::new(Cursor::new(bytes))
        .map_err(|fault| Text::new("文件不完整或已损坏", format!("it is incomplete or damaged ({fault})")))?;
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.replace('\\', "/").to_lowercase()).collect();
    let has = |name: &str| names.iter().any(|known| known.trim_start_matches('/') == name);
    let below = |folder: &str| names.iter().any(|name| name.trim_start_matches('/').starts_with(folder));
    if has("xl/workbook.bin") {
        return Ok(Format::Xlsb);
    }
    if below("word/") {
        return Err(not_a_workbook("Word 文档", "a Word document"));
    }
    if below("ppt/") {
        return Err(not_a_workbook("幻灯片", "a presentation"));
    }
    if below("index/") {
        return Err(not_a_workbook("苹果 Numbers 文件", "an Apple Numbers file"));
    }
    if has("[content_types].xml") || below("xl/") {
        return Ok(Format::Xlsx);
    }
    if has("content.xml") {
        return Ok(Format::Ods);
    }
    Err(Text::new("内容是压缩包，请解压后报送其中的工作簿", "it is a packed folder: send the workbooks in it by themselves"))
}

pub fn not_a_workbook(zh: &str, en: &str) -> Text {
    Text::new(format!("内容是{zh}，不是工作簿"), format!("it is {en}, not a workbook"))
}

/// What decoded text holds.
pub fn of_text(text: &str) -> Result<Format, Text> {
    let start: String = text.trim_start().chars().take(4096).collect::<String>().to_lowercase();
    if start.starts_with("mime-version:") || start.contains("content-type: multipart/related") {
        return Err(not_a_workbook("单个文件网页（MHT）", "a web archive (MHT)"));
    }
    if start.contains("urn:schemas-microsoft-com:office:spreadsheet") && start.starts_with('<') && !start.contains("<html") {
        return Ok(Format::SpreadsheetMl);
    }
    if ["<html", "<table", "<!doctype html", "<body", "<tr", "<head"].iter().any(|tag| start.contains(tag)) {
        return Ok(Format::Html);
    }
    if start.starts_with("id;") {
        return Err(not_a_workbook("SYLK 表格", "a SYLK sheet"));
    }
    if start.starts_with("<?xml") || start.starts_with("<!doctype") || start.starts_with('<') {
        return Err(not_a_workbook("其他 XML 文件", "XML of another kind"));
    }
    let strange = text.chars().take(4096).filter(|c| c.is_control() && !"\r\n\t".contains(*c)).count();
    if strange > 0 {
        return Err(Text::new("内容不是工作簿", "it is not a workbook"));
    }
    Ok(Format::Text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_workbook_is_named() {
        for (bytes, word) in [
            (&b""[..], "empty"),
            (b"\x89PNG\r\n", "picture"),
            (b"%PDF-1.4", "PDF"),
            (b"\x09\x02\x06\x00\x00\x00", "Excel 3"),
            (b"ID;PWXL;N;E", "SYLK"),
        ] {
            let refusal = container(bytes).unwrap_err();
            assert!(refusal.en.contains(word), "{refusal:?}");
        }
    }

    #[test]
    fn text_is_told_apart_by_what_it_says() {
        assert_eq!(of_text("区,人数\n荔湾区,3\n").unwrap(), Format::Text);
        assert_eq!(of_text("<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table>").unwrap(), Format::Html);
        let xml = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>";
        assert_eq!(of_text(xml).unwrap(), Format::SpreadsheetMl);
        assert!(of_text("<?xml version=\"1.0\"?><gnm:Workbook/>").unwrap_err().en.contains("XML"));
        assert!(of_text("a\u{0}b").is_err());
    }
}
