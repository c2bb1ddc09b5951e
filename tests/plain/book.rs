//! Workbooks put together by hand, part by part.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

pub const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// The parts of a workbook of one sheet, given what stands in `<sheetData>` and in the list of texts.
pub fn parts(rows: &str, texts: &str) -> Vec<(&'static str, String)> {
    parts_of(&format!("<sheetData>{rows}</sheetData>"), texts)
}

/// The same, given everything that stands in `<worksheet>`.
pub fn parts_of(sheet: &str, texts: &str) -> Vec<(&'static str, String)> {
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>")
    };
    let relations = |inside: String| format!("<Relationships xmlns=\"{PACKAGE}\">{inside}</Relationships>");
    vec![
        ("_rels/.rels", relations(relation("r1", "officeDocument", "xl/workbook.xml"))),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relations(
                relation("r1", "worksheet", "worksheets/sheet1.xml") + &relation("r2", "sharedStrings", "sharedStrings.xml"),
            ),
        ),
        ("xl/sharedStrings.xml", format!("<?xml version=\"1.0\"?>\n<sst xmlns=\"{MAIN}\">{texts}</sst>")),
        (
            "xl/worksheets/sheet1.xml",
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"{MAIN}\">{sheet}</worksheet>"),
        ),
    ]
}

pub fn pack(parts: &[(&str, impl AsRef<[u8]>)], method: CompressionMethod) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        archive.start_file(*name, SimpleFileOptions::default().compression_method(method)).expect("a part");
        archive.write_all(part.as_ref()).expect("a part");
    }
    archive.finish().expect("an archive").into_inner()
}

/// A workbook with these rows and texts.
pub fn book(rows: &str, texts: &str) -> Vec<u8> {
    pack(&parts(rows, texts), CompressionMethod::Deflated)
}

/// The texts that cells of a book may refer to.
pub const TEXTS: &str = "<si><t>荔湾区</t></si><si><t xml:space=\"preserve\"> a </t></si> <si/>\n<si><r><t>one</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> two</t></r></si><si><t>_x000D_&amp;</t></si>";
