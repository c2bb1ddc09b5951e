//! Hostile workbooks: every file of a large collection is read or refused, and none of them touches its neighbours.

use std::{
    fs,
    io::{Cursor, Write},
    path::{Path, PathBuf},
};

use crate::{
    grid::workbook,
    workshop::{HOME, Workshop, skipped},
};

/// The collection of odd and hostile workbooks, or a loud word that the test was skipped.
fn nasty() -> Option<PathBuf> {
    let path = Path::new(HOME).join("../shared/data/nasty");
    if path.is_dir() {
        return Some(path);
    }
    skipped(format!("the collection of odd workbooks is not here ({})", path.display()));
    None
}

/// The outcome of each file, as `yardstick inspect` gives it.
fn opened(path: &Path) -> Vec<Vec<String>> {
    let mut command = Workshop::new().command();
    let output = command.current_dir(HOME).args(["inspect", "--lang", "en"]).arg(path).output().expect("yardstick starts");
    let complained = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code().is_some_and(|code| code <= 1), "{complained}");
    assert_eq!(complained, "", "a panic or an abort reached the terminal");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().skip(1).map(|line| line.split('\t').map(str::to_string).collect()).collect()
}

#[test]
fn all_odd_workbooks_are_read_or_refused_with_a_reason() {
    let Some(folder) = nasty() else { return };
    let rows = opened(&folder);
    let index = fs::read_to_string(folder.join("INDEX.tsv")).expect("the index");
    let files: Vec<&str> = index.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
    assert_eq!(files.len(), 427);
    for file in &files {
        let row = rows.iter().find(|row| row[0] == *file).unwrap_or_else(|| panic!("{file} is not in the table"));
        match row[1].as_str() {
            "read" => assert!(!row[2].is_empty() && row[5].is_empty(), "{row:?}"),
            "refused" => assert!(row[5].len() > 10, "{row:?}"),
            other => panic!("{file}: {other}"),
        }
    }
    let read = rows.iter().filter(|row| row[1] == "read").count();
    assert!(read >= 320, "only {read} were read");
    // What calamine reads by itself is read here too, but for what it reads into more memory than a reader has.
    let fine = index.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>()).filter(|row| row[8] == "OK");
    let lost: Vec<&str> =
        fine.map(|row| row[0]).filter(|file| rows.iter().any(|row| row[0] == *file && row[1] == "refused")).collect();
    assert!(lost.len() <= 2, "{lost:?}");
}

#[test]
fn files_with_wrong_endings_read_like_their_twins() {
    let Some(folder) = nasty() else { return };
    let rows = opened(&folder);
    let outcome =
        |file: &str| -> Vec<String> { rows.iter().find(|row| row[0] == file).unwrap_or_else(|| panic!("{file}"))[1..].to_vec() };
    // The Zhejiang table in five shapes, and its own shape.
    let table = [
        "各市就业人员数_gb18030.csv",
        "各市就业人员数_gbk_csv_as.xls",
        "各市就业人员数_utf8bom.csv",
        "各市就业人员数_utf16le_tab.txt",
    ];
    for file in table {
        assert_eq!(outcome(&format!("_wrong_extension_derived/{file}"))[..4], ["read", "text", "1", "224"], "{file}");
    }
    assert_eq!(outcome("_wrong_extension_derived/各市就业人员数_html_gb2312_as.xls")[..4], ["read", "html", "1", "224"]);
    assert_eq!(outcome("_wrong_extension_derived/xlsx_as.xls")[..2], ["read", "xlsx"]);
    assert_eq!(outcome("_wrong_extension_derived/xls_as.xlsx")[..3], ["read", "xls", "20"]);
    assert_eq!(outcome("_wrong_extension_derived/excel_saved_html_as.xls")[..2], ["read", "html"]);
    assert_eq!(outcome("_wrong_extension_derived/html_table_saved_as.xls")[..2], ["read", "html"]);
    let twin = |file: &str, other: &str| assert_eq!(outcome(&format!("_wrong_extension_derived/{file}"))[0], outcome(other)[0]);
    twin("spreadsheetml2003_as.xls", "PHPOffice__PhpSpreadsheet/Reader__Xml__issue.2157.small.xml");
    twin("sylk_as.xls", "PHPOffice__PhpSpreadsheet/Reader__Slk__issue.2276.slk");
}

const DISTRICTS: [&str; 11] = ["荔湾", "越秀", "海珠", "天河", "白云", "黄埔", "番禺", "花都", "南沙", "从化", "增城"];

/// A looping sector chain of half a kilobyte, on which calamine asks for gigabytes and aborts.
fn looping() -> Vec<u8> {
    let mut bytes = vec![0_u8; 1024];
    bytes[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    bytes[24..32].copy_from_slice(&[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0]);
    bytes[32..36].copy_from_slice(&[6, 0, 0, 0]);
    bytes[44..48].copy_from_slice(&1_u32.to_le_bytes());
    bytes[56..60].copy_from_slice(&4096_u32.to_le_bytes());
    bytes[60..64].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    bytes[68..72].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    // Every sector is followed by sector 0.
    bytes
}

#[test]
fn one_hostile_file_among_eleven_good_ones_costs_one_finding() {
    let mut hostile = vec![("looping.xls", looping()), ("empty.xlsx", Vec::new())];
    if let Some(folder) = nasty() {
        let loops = fs::read(folder.join("PHPOffice__PhpSpreadsheet/Reader__XLS__oleloop.xls")).expect("a hostile file");
        hostile.push(("oleloop.xls", loops));
    }
    for (name, bytes) in hostile {
        let shop = Workshop::new();
        for (at, district) in DISTRICTS.iter().enumerate() {
            let grid = format!("{district}区2023年师生情况表\n学段 | 在校生 | 专任教师\n小学 | {} | 60", 1000 + at);
            shop.put(&format!("{district}区2023年.xlsx"), workbook(&[("表", &grid)]));
        }
        shop.put(name, bytes);
        let ran = shop.run("stages", &[]);
        let findings = ran.published.table("findings");
        let errors: Vec<_> = findings.iter().filter(|row| row["severity"] == *"error").collect();
        let [error] = errors[..] else { panic!("{name}: one error: {errors:?}") };
        assert_eq!(error.cells(&["code", "file"]), ["workbook-unreadable", name]);
        let read: std::collections::BTreeSet<String> =
            ran.published.table("observations").iter().map(|row| row["area"].to_string()).collect();
        assert_eq!((read.len(), ran.code), (11, 1), "{name}\n{}", ran.complained);
    }
}

#[test]
fn a_small_file_that_unpacks_to_a_large_one_is_not_unpacked() {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        archive.write_all(&vec![b' '; 40 << 20]).expect("its bytes");
    }
    let bomb = archive.finish().expect("an archive").into_inner();
    assert!(bomb.len() < 1 << 20);
    let shop = Workshop::new();
    let path = shop.put("bomb.xlsx", bomb);
    let rows = opened(&path);
    assert!(rows[0][1] == "refused" && rows[0][5].contains("unpack"), "{rows:?}");
}

/// Archives packed on Chinese Windows give names in GB 18030: they are shown as the run shows them.
#[cfg(target_os = "linux")]
#[test]
fn names_in_no_unicode_are_shown_as_what_they_are() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let shop = Workshop::new();
    let name: &[u8] = b"\xcc\xec\xba\xd3.csv";
    std::fs::write(shop.path("in").join(OsStr::from_bytes(name)), "a,b\n1,2\n").expect("a file");
    let mut command = shop.command();
    let output = command.args(["inspect", "in"]).output().expect("yardstick starts");
    assert!(String::from_utf8_lossy(&output.stdout).contains("\n天河.csv\t"), "{output:?}");
}
