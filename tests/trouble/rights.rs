//! Folders and files that the user who runs the batch may not read, or may not write.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt, chown},
    path::Path,
    process::Command,
};

use super::{form, one_good, only, shown, snapshot, yuexiu_is_published};
use crate::workshop::{Ran, Workshop, order, skipped, small};

/// The user nobody, for whom rights hold; for root none do.
const NOBODY: u32 = 65534;

fn set(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("rights can be set");
}

/// Runs the batch as somebody for whom rights hold; says aloud where that cannot be done.
fn run_without_rights(shop: &Workshop, more: &[&str]) -> Option<Ran> {
    let is_root = fs::metadata(shop.path("")).expect("the folder").uid() == 0;
    if !is_root {
        return Some(shop.run("stages", more));
    }
    set(&shop.path(""), 0o755);
    for folder in ["out", "cache"].map(|name| shop.path(name)).iter().filter(|folder| !folder.exists()) {
        fs::create_dir(folder).expect("a folder for what is written");
        chown(folder, Some(NOBODY), Some(NOBODY)).expect("root gives folders away");
    }
    let as_nobody = |words: &[&str]| {
        let own = shop.command();
        let mut command = Command::new("setpriv");
        command.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]).arg(own.get_program()).args(words);
        command.current_dir(shop.path("")).env("NO_COLOR", "1");
        command
    };
    if !as_nobody(&["--version"]).output().is_ok_and(|output| output.status.success()) {
        skipped("root may read everything, and the batch cannot be started as nobody (setpriv)");
        return None;
    }
    Some(shop.wait(order(as_nobody(&[]), &small("stages"), Path::new("in"), more), "stages"))
}

#[test]
fn a_folder_without_read_permission() {
    let shop = one_good();
    set(&shop.path("in"), 0o000);
    let english = run_without_rights(&shop, &["--lang", "en"]);
    let chinese = run_without_rights(&shop, &[]);
    set(&shop.path("in"), 0o755);
    let (Some(english), Some(chinese)) = (english, chinese) else { return };
    assert_eq!((shown(&english), english.code), (vec!["error input-unreadable".to_string()], 2), "{}", english.complained);
    assert_eq!((shown(&chinese), chinese.code), (vec!["错误 input-unreadable".to_string()], 2), "{}", chinese.complained);
    assert!(chinese.published.is_empty());
    snapshot("folder without rights", &chinese);
}

#[test]
fn one_folder_of_several_without_read_permission() {
    let shop = one_good();
    shop.put("2022/越秀区2022年.xlsx", form("越秀区教育局", 2022, 990));
    set(&shop.path("in/2022"), 0o000);
    let ran = run_without_rights(&shop, &[]);
    set(&shop.path("in/2022"), 0o755);
    let Some(ran) = ran else { return };
    let finding = only(&ran);
    assert_eq!(finding.cells(&["code", "severity"]), ["input-unreadable", "error"]);
    assert!(finding["file"].ends_with("2022"), "{finding:?}");
    assert_eq!(ran.code, 1);
    yuexiu_is_published(&ran);
}

#[test]
fn a_workbook_without_read_permission() {
    let shop = one_good();
    let path = shop.put("荔湾区2023年.xlsx", form("荔湾区教育局", 2023, 1200));
    set(&path, 0o000);
    let Some(ran) = run_without_rights(&shop, &[]) else { return };
    assert_eq!(only(&ran).cells(&["code", "severity", "file"]), ["input-unreadable", "error", "荔湾区2023年.xlsx"]);
    assert_eq!(ran.code, 1);
    yuexiu_is_published(&ran);
    snapshot("workbook without rights", &ran);
}

#[test]
fn an_output_folder_that_may_not_be_written() {
    let shop = one_good();
    fs::create_dir(shop.path("out")).expect("an output folder");
    set(&shop.path("out"), 0o555);
    let ran = run_without_rights(&shop, &[]);
    set(&shop.path("out"), 0o755);
    let Some(ran) = ran else { return };
    assert_eq!((shown(&ran), ran.code), (vec!["错误 output-unwritable".to_string()], 2), "{}", ran.complained);
    assert!(fs::read_dir(shop.path("out")).expect("out").next().is_none(), "something was written");
    snapshot("output without rights", &ran);
}

#[test]
fn a_file_where_the_output_folder_should_be() {
    let shop = one_good();
    fs::write(shop.path("out"), "mine").expect("a file");
    let ran = shop.run("stages", &[]);
    assert_eq!((shown(&ran), ran.code), (vec!["错误 output-unwritable".to_string()], 2), "{}", ran.complained);
    assert_eq!(fs::read_to_string(shop.path("out")).expect("the file"), "mine");
}
