//! A packed workbook before it is trusted: how large it would become, and what its XML says that calamine does not give.

use std::{
    collections::HashSet,
    io::{Cursor, Read, Seek},
};

use super::grid::{Cell, Cells, place_of};
use crate::model::Text;

/// What one part and all parts may unpack to, in bytes, and how many parts there may be.
const PART: u64 = 256 << 20;
const ALL: u64 = 400 << 20;
const PARTS: usize = 10_000;
/// A part of more than this size may not be packed better than this: real sheets are packed ten to fifty to one.
const SMALL: u64 = 16 << 20;
const RATIO: u64 = 200;

/// What may be unpacked: a part, and all of them together.
struct Limits {
    part: u64,
    all: u64,
    ratio: u64,
}

/// Refuses archives that would fill memory or disk.
pub fn sound(bytes: &[u8]) -> Result<(), Text> {
    within(Cursor::new(bytes), &Limits { part: PART, all: ALL, ratio: RATIO })
}

/// The same for lists, which are never unpacked as a whole: a sheet full to its last row of a hundred columns is no larger.
pub fn sound_list(file: impl Read + Seek) -> Result<(), Text> {
    within(file, &Limits { part: 4 << 30, all: 16 << 30, ratio: RATIO })
}

/// Is it a workbook of Excel 2007 and later? Its names say so.
pub fn is_xlsx(mut file: impl Read + Seek) -> bool {
    let is = zip::ZipArchive::new(&mut file).is_ok_and(|archive| {
        let mut names = archive.file_names().flatten();
        names.any(|name| name.replace('\\', "/").trim_start_matches('/').eq_ignore_ascii_case("xl/workbook.xml"))
    });
    file.rewind().is_ok() && is
}

fn within(file: impl Read + Seek, limits: &Limits) -> Result<(), Text> {
    let mut archive = zip::ZipArchive::new(file)
        .map_err(|fault| Text::new("文件不完整或已损坏", format!("it is incomplete or damaged ({fault})")))?;
    let mut all = 0_u64;
    for place in 0..archive.len() {
        let Ok(part) = archive.by_index_raw(place) else { continue };
        let (size, packed) = (part.size(), part.compressed_size());
        all = all.saturating_add(size);
        let is_bomb = size > SMALL && size / packed.max(1) > limits.ratio;
        if size > limits.part || all > limits.all || is_bomb || place > PARTS {
            return Err(Text::new(
                format!("文件解压后过大（超过 {} MB），不像一张报表", all.max(size) >> 20),
                format!("it would unpack to more than {} MB, which is no office's form", all.max(size) >> 20),
            ));
        }
    }
    Ok(())
}

/// Adds hidden rows and columns, and formulas without a result, to sheets of an .xlsx. A file whose XML is odd just has none.
pub fn add_what_xml_says(bytes: &[u8], sheets: &mut [Cells]) {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return };
    let parts: Vec<String> = archive.file_names().flatten().map(std::borrow::Cow::into_owned).collect();
    let is_sheet = |name: &&String| name.replace('\\', "/").starts_with("xl/worksheets/") && name.ends_with(".xml");
    let mut telling = Vec::new();
    for name in parts.iter().filter(is_sheet) {
        let Some(text) = part(&mut archive, name) else { continue };
        if HINTS.iter().any(|hint| text.contains(hint)) {
            telling.push((name.replace('\\', "/"), text));
        }
    }
    if telling.is_empty() {
        return;
    }
    let Some(names) = sheet_names(&mut archive) else { return };
    for (path, text) in telling {
        let Some((name, _)) = names.iter().find(|(_, target)| path.ends_with(target.trim_start_matches('/'))) else { continue };
        if let Some(sheet) = sheets.iter_mut().find(|sheet| sheet.name == *name) {
            add_to(sheet, &text);
        }
    }
}

/// The XML of an OpenDocument file, unless it is a long list.
pub fn content(bytes: &[u8]) -> Option<String> {
    part(&mut zip::ZipArchive::new(Cursor::new(bytes)).ok()?, "content.xml")
}

/// What stands in a sheet's XML where there is something to add; most sheets have none of it and are not parsed again.
const HINTS: [&str; 6] = ["hidden=\"1\"", "hidden=\"true\"", "</f></c>", "</f><v/>", "</f><v></v>", "<f/></c>"];

/// A larger sheet is a list, and no form in which somebody hid a row.
const LIST: u64 = 8 << 20;

fn part(archive: &mut zip::ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let mut text = String::new();
    let part = archive.by_name(name).ok().filter(|part| part.size() <= LIST)?;
    part.take(LIST).read_to_string(&mut text).ok()?;
    Some(text)
}

/// Names of sheets with the part each is kept in.
fn sheet_names(archive: &mut zip::ZipArchive<Cursor<&[u8]>>) -> Option<Vec<(String, String)>> {
    let workbook = part(archive, "xl/workbook.xml")?;
    let relations = part(archive, "xl/_rels/workbook.xml.rels")?;
    let (workbook, relations) = (roxmltree::Document::parse(&workbook).ok()?, roxmltree::Document::parse(&relations).ok()?);
    let target = |id: &str| {
        let relation = relations.descendants().find(|node| node.attribute("Id") == Some(id))?;
        relation.attribute("Target").map(str::to_string)
    };
    let sheets = workbook.descendants().filter(|node| node.has_tag_name_any("sheet"));
    let named = sheets.filter_map(|sheet| {
        let id = sheet.attributes().find(|attribute| attribute.name() == "id" && attribute.namespace().is_some())?;
        Some((sheet.attribute("name")?.to_string(), target(id.value())?))
    });
    Some(named.collect())
}

/// Tag names whatever their namespace: strict workbooks have one of their own.
trait AnyNamespace {
    fn has_tag_name_any(&self, name: &str) -> bool;
}

impl AnyNamespace for roxmltree::Node<'_, '_> {
    fn has_tag_name_any(&self, name: &str) -> bool {
        self.tag_name().name() == name
    }
}

fn add_to(sheet: &mut Cells, text: &str) {
    let Ok(document) = roxmltree::Document::parse(text) else { return };
    let said: HashSet<(u32, u32)> = sheet.cells.iter().map(|(row, column, _)| (*row, *column)).collect();
    let is_hidden = |node: &roxmltree::Node| matches!(node.attribute("hidden"), Some("1" | "true"));
    let number = |node: &roxmltree::Node, name: &str| node.attribute(name).and_then(|value| value.parse::<u32>().ok());
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        match node.tag_name().name() {
            "col" if is_hidden(&node) => {
                if let (Some(first @ 1..), Some(last)) = (number(&node, "min"), number(&node, "max")) {
                    sheet.hidden.columns.push((first - 1, last.saturating_sub(1)));
                }
            }
            "row" if is_hidden(&node) => {
                if let Some(row @ 1..) = number(&node, "r") {
                    sheet.hidden.rows.push((row - 1, row - 1));
                }
            }
            "c" => {
                let formula = node.children().find(|child| child.has_tag_name_any("f"));
                let has_result =
                    node.children().any(|child| child.has_tag_name_any("v") && child.text().is_some_and(|text| !text.is_empty()));
                if let (Some(formula), false) = (formula, has_result)
                    && let Some(place) = node.attribute("r").and_then(place_of)
                    && !said.contains(&place)
                {
                    let said = format!("={}", formula.text().unwrap_or_default());
                    sheet.cells.push((place.0, place.1, Cell::Formula(said)));
                }
            }
            _ => {}
        }
    }
}
