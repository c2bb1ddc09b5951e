//! Any bytes as CSV, as a web page, as SpreadsheetML: read or refused with words in both languages.
#![no_main]

#[path = "../../../src/diag/mod.rs"]
#[allow(dead_code, unused_imports)]
mod diag;
#[path = "../../../src/ingest/mod.rs"]
#[allow(dead_code, unused_imports)]
mod ingest;
#[path = "../../../src/model/mod.rs"]
#[allow(dead_code, unused_imports)]
mod model;
mod rooms;

use libfuzzer_sys::fuzz_target;
use ingest::Readers;

fuzz_target!(|bytes: &[u8]| {
    // Archives and compound files are calamine's; they are read in a process of their own.
    if bytes.starts_with(b"PK") || bytes.starts_with(&[0xD0, 0xCF]) {
        return;
    }
    match Readers::here().see(bytes) {
        Ok(seen) => assert!(seen.sheets <= bytes.len()),
        Err(why) => assert!(!why.zh.is_empty() && !why.en.is_empty()),
    }
    let _ = rooms::read(bytes.to_vec());
});
