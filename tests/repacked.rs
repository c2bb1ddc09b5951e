//! A workbook with other words in the XML of its sheets, as if somebody had typed something else.

use std::io::{Cursor, Read, Write};

/// Packs a workbook again. `change` is given the name and the XML of each sheet and of the workbook, and gives the XML to put in its place.
pub fn repacked(workbook: &[u8], mut change: impl FnMut(&str, String) -> String) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(workbook)).expect("an .xlsx");
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..old.len() {
        let mut part = old.by_index(place).expect("a part");
        let name = part.name().expect("a part has a name").into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("a part is unpacked");
        if name == "xl/workbook.xml" || name.starts_with("xl/worksheets/") && name.ends_with(".xml") {
            content = change(&name, String::from_utf8(content).expect("XML")).into_bytes();
        }
        new.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part begins");
        new.write_all(&content).expect("a part is written");
    }
    new.finish().expect("an archive").into_inner()
}
