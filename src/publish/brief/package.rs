//! The parts of a Word document in one packed file: what the library leaves out is put in, and nothing depends on the clock.

use std::io::{self, Cursor, Write};

use docx_rs::XMLDocx;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::publish::words::escaped;

/// How the library writes the properties of a picture, and a row that may not be split.
const PICTURE: &str = "<wp:docPr id=\"1\" name=\"Figure\" />";
const WHOLE_ROW: &str = "<w:cantSplit />";

/// `alts` are the alternative texts of the pictures in their order.
pub fn pack(parts: XMLDocx, alts: &[String]) -> io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let document = completed(&String::from_utf8(parts.document).map_err(io::Error::other)?, alts).into_bytes();
    let texts: [(&str, Vec<u8>); 13] = [
        ("[Content_Types].xml", parts.content_type),
        ("_rels/.rels", parts.rels),
        ("docProps/app.xml", parts.doc_props.app),
        ("docProps/core.xml", parts.doc_props.core),
        ("docProps/custom.xml", parts.doc_props.custom),
        ("word/_rels/document.xml.rels", parts.document_rels),
        ("word/document.xml", document),
        ("word/styles.xml", parts.styles),
        ("word/settings.xml", parts.settings),
        ("word/fontTable.xml", parts.font_table),
        ("word/comments.xml", parts.comments),
        ("word/commentsExtended.xml", parts.comments_extended),
        ("word/footnotes.xml", parts.footnotes),
    ];
    for (name, bytes) in texts {
        put(&mut archive, name, CompressionMethod::Deflated, &bytes)?;
    }
    put(&mut archive, "word/numbering.xml", CompressionMethod::Deflated, &parts.numberings)?;
    for (kind, contents, relations) in
        [("header", &parts.headers, &parts.header_rels), ("footer", &parts.footers, &parts.footer_rels)]
    {
        for (place, bytes) in contents.iter().enumerate() {
            put(&mut archive, &format!("word/{kind}{}.xml", place + 1), CompressionMethod::Deflated, bytes)?;
            if let Some(relations) = relations.get(place) {
                put(&mut archive, &format!("word/_rels/{kind}{}.xml.rels", place + 1), CompressionMethod::Deflated, relations)?;
            }
        }
    }
    // Pictures are packed already.
    for (id, bytes) in &parts.media {
        put(&mut archive, &format!("word/media/{id}.png"), CompressionMethod::Stored, bytes)?;
    }
    Ok(archive.finish().map_err(io::Error::other)?.into_inner())
}

fn put(archive: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, method: CompressionMethod, bytes: &[u8]) -> io::Result<()> {
    archive.start_file(name, SimpleFileOptions::DEFAULT.compression_method(method)).map_err(io::Error::other)?;
    archive.write_all(bytes)
}

/// Pictures get numbers of their own and say what they show; the heading of a table is repeated on every page.
fn completed(document: &str, alts: &[String]) -> String {
    let mut pieces = document.split(PICTURE);
    let mut whole = pieces.next().unwrap_or_default().to_string();
    for (place, piece) in pieces.enumerate() {
        let alt = alts.get(place).map_or("", String::as_str);
        let number = place + 1;
        whole += &format!("<wp:docPr id=\"{number}\" name=\"Figure {number}\" descr=\"{}\" />", escaped(alt));
        whole += piece;
    }
    whole.replace(WHOLE_ROW, "<w:cantSplit /><w:tblHeader />")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_say_what_they_show_and_headings_are_repeated() {
        let document = format!("a{PICTURE}b{PICTURE}c{WHOLE_ROW}d");
        let whole = completed(&document, &["折线 <1>".into(), "2".into()]);
        assert!(whole.starts_with("a<wp:docPr id=\"1\" name=\"Figure 1\" descr=\"折线 &lt;1&gt;\" />b"), "{whole}");
        assert!(whole.contains("id=\"2\"") && whole.ends_with("<w:tblHeader />d"));
    }
}
