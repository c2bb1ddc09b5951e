//! Any bytes as the rows or the texts of a workbook: the scanner gives the cells that calamine gives, or gives the sheet back.
#![no_main]

// What the tests compare is found here under the program's name.
extern crate self as yardstick;

#[path = "../../plain/book.rs"]
#[allow(dead_code)]
mod book;
#[path = "../../plain/both.rs"]
#[allow(dead_code)]
mod both;
#[path = "../../../src/diag/mod.rs"]
#[allow(dead_code, unused_imports)]
mod diag;
#[path = "../../../src/ingest/mod.rs"]
#[allow(dead_code, unused_imports)]
mod ingest;
#[path = "../../../src/model/mod.rs"]
#[allow(dead_code, unused_imports)]
mod model;

use std::{cell::Cell, io::Cursor, panic};

use libfuzzer_sys::fuzz_target;
use zip::CompressionMethod;

thread_local! {
    static BOTH: Cell<bool> = const { Cell::new(false) };
}

fuzz_target!(
    init: {
        // calamine may panic on what it reads, which `compare` takes for a refusal; only what is found to differ ends the run.
        panic::set_hook(Box::new(|panic| {
            let is_here = panic.location().is_some_and(|place| place.file().contains("plain") || place.file().contains("fuzz_targets"));
            if is_here || !BOTH.get() {
                eprintln!("{panic}");
                std::process::abort();
            }
        }));
    },
    |bytes: &[u8]| {
        let Some((kind, xml)) = bytes.split_first() else { return };
        // The whole part, or what stands inside it; damage to the archive itself is what the tests do.
        let (part, is_whole) = (if kind & 1 == 0 { 4 } else { 3 }, kind & 2 != 0);
        let row = "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>2</v></c><c t=\"s\"><v>4</v></c></row>";
        let (before, after) = if part == 4 { ("<sheetData>", "</sheetData>") } else { ("main\">", "</sst>") };
        let mut parts: Vec<(&str, Vec<u8>)> =
            book::parts(row, book::TEXTS).into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
        let find = |text: &[u8], word: &str| text.windows(word.len()).position(|window| window == word.as_bytes());
        let text = &parts[part].1;
        let (Some(start), Some(end)) = (find(text, before), find(text, after)) else { return };
        parts[part].1 = if is_whole { xml.to_vec() } else { [&text[..start + before.len()], xml, &text[end..]].concat() };
        let packed = book::pack(&parts, CompressionMethod::Stored);
        BOTH.set(true);
        both::compare(&packed, "fuzz");
        BOTH.set(false);
        if let Ok(mut plain) = ingest::Plain::open(Cursor::new(&packed[..])) {
            let _ = both::scan(&mut plain, 0, &|column| column % 3 == 1);
        }
    }
);
