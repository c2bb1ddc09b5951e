//! Any arrangement of headings, labels and figures: tables are found or not, and no cell gives two values of one table.
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

const WORDS: [&str; 24] = [
    "", "区", "学段", "在校生", "学校", "占比", "生师比", "荔湾区", "越秀区", "全市", "小学", "初中", "合计", "小计", "2023", "2022年",
    "单位：千人", "注：说明", "12", "1,234", "55%", "—", "第2页", "填报单位：荔湾区",
];

fuzz_target!(|cells: &[u8]| {
    let mut sheet = String::new();
    // A byte is a cell; every so often one ends the row.
    for byte in cells.iter().take(600) {
        if byte % 7 == 6 {
            sheet.push('\n');
        } else {
            sheet.push_str(WORDS[usize::from(*byte) % WORDS.len()]);
            sheet.push(',');
        }
    }
    let reading = rooms::read(sheet.into_bytes());
    for observation in &reading.dataset.observations {
        assert!(observation.value.is_none_or(f64::is_finite), "{observation:?}");
        assert!(observation.cell().is_some(), "{observation:?}");
    }
});
