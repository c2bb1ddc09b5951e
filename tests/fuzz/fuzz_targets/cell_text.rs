//! Any text in a cell: it is a number, a mark or a finding, and never anything else.
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

fuzz_target!(|text: &str| {
    let cell = text.replace('"', "\"\"");
    let sheet = format!("区,学段,在校生,生师比\n荔湾区,小学,\"{cell}\",\"{cell}\"\n越秀区,初中,1,1:2\n");
    let reading = rooms::read(sheet.into_bytes());
    for observation in &reading.dataset.observations {
        assert!(observation.value.is_none_or(f64::is_finite), "{observation:?}");
        assert_eq!(observation.value.is_none(), observation.status.letter() != "A" && observation.status.letter() != "P" && observation.status.letter() != "U");
    }
});
