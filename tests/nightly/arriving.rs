//! An input folder that people are working in: files half there, names of all kinds, links, pipes, what file managers leave.

use std::{
    ffi::OsStr,
    fs,
    io::Write,
    os::unix::{ffi::OsStrExt, fs::symlink},
    process::Command,
    thread,
    time::Duration,
};

use super::{form, two_good};
use crate::workshop::{Ran, Workshop};

fn codes(ran: &Ran) -> Vec<(String, String)> {
    ran.published.table("findings").iter().map(|row| (row["code"].to_string(), row["file"].to_string())).collect()
}

fn has(ran: &Ran, code: &str, file: &str) -> bool {
    codes(ran).iter().any(|(found, at)| found == code && at == file)
}

#[test]
fn a_workbook_is_waited_for_while_it_is_being_written() {
    let shop = two_good();
    let whole = form("天河区教育局", 2023, 3333);
    let path = shop.put("天河区2023年.xlsx", &whole[..whole.len() / 3]);
    let writer = thread::spawn(move || {
        let mut file = fs::File::options().append(true).open(path).expect("the file");
        for part in whole[whole.len() / 3..].chunks(whole.len() / 60) {
            thread::sleep(Duration::from_millis(10));
            file.write_all(part).expect("written");
        }
    });
    let ran = shop.run("stages", &["--as-of", "2024-01-31"]);
    writer.join().expect("the writer ends");
    assert_eq!(ran.code, 0, "{}", ran.complained);
    assert!(ran.published.text("observations.csv").contains("3333"));
}

#[test]
fn a_workbook_that_goes_on_changing_is_left_out_aloud() {
    let shop = two_good();
    let path = shop.put("天河区2023年.xlsx", form("天河区教育局", 2023, 3333));
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let writer = thread::spawn(move || {
        let mut file = fs::File::options().append(true).open(path).expect("the file");
        while stopped.recv_timeout(Duration::from_millis(1)) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
            file.write_all(b"more").expect("written");
        }
    });
    let ran = shop.run("stages", &["--as-of", "2024-01-31"]);
    stop.send(()).expect("the writer listens");
    writer.join().expect("the writer ends");
    assert_eq!(ran.code, 1);
    assert!(has(&ran, "workbook-changing", "天河区2023年.xlsx"), "{:?}", codes(&ran));
    assert!(ran.published.text("observations.csv").contains("1200"), "the others are published");
}

#[test]
fn half_a_file_is_one_finding() {
    let shop = two_good();
    let whole = form("天河区教育局", 2023, 3333);
    shop.put("天河区2023年.xlsx", &whole[..whole.len() / 2]);
    let ran = shop.run("stages", &["--as-of", "2024-01-31"]);
    assert_eq!(codes(&ran), [("workbook-unreadable".to_string(), "天河区2023年.xlsx".to_string())]);
}

#[test]
fn what_programs_leave_lying_about_is_passed_over_in_silence() {
    let shop = two_good();
    for name in
        ["~$越秀区2023年.xlsx", ".DS_Store", "Thumbs.db", "desktop.ini", "._越秀区.xlsx", ".~lock.a.xlsx#", "__MACOSX/a.xlsx"]
    {
        shop.put(name, "x");
    }
    let ran = shop.run("stages", &["--as-of", "2024-01-31"]);
    assert_eq!((ran.code, codes(&ran)), (0, vec![]));
}

#[test]
fn links_lead_nowhere_and_a_pipe_is_not_waited_for() {
    let shop = two_good();
    let outside = Workshop::new();
    let secret = outside.put("天河区2023年.xlsx", form("天河区教育局", 2023, 3333));
    symlink(&secret, shop.path("in/天河区2023年.xlsx")).expect("a link");
    symlink(outside.path("in"), shop.path("in/more.xlsx")).expect("a link");
    symlink(shop.path("in"), shop.path("in/round")).expect("a link");
    let made = Command::new("mkfifo").arg(shop.path("in/海珠区2023年.xlsx")).status().expect("mkfifo");
    assert!(made.success());
    let ran = shop.run("stages", &["--as-of", "2024-01-31"]);
    assert_eq!(ran.code, 0, "{}", ran.complained);
    assert!(!ran.published.text("observations.csv").contains("3333"));
    assert!(has(&ran, "link-ignored", "天河区2023年.xlsx") && has(&ran, "link-ignored", "more.xlsx"), "{:?}", codes(&ran));
    assert!(has(&ran, "file-ignored", "round") && has(&ran, "file-ignored", "海珠区2023年.xlsx"), "{:?}", codes(&ran));
}

#[test]
fn an_input_folder_may_itself_be_a_link() {
    let shop = two_good();
    fs::rename(shop.path("in"), shop.path("share")).expect("moved");
    symlink("share", shop.path("in")).expect("a link");
    assert_eq!(shop.run("stages", &["--as-of", "2024-01-31"]).code, 0);
}

#[test]
fn names_in_any_script_and_in_none_are_read() {
    let shop = two_good();
    // 天河区 in the encoding of Chinese Windows, and bytes that are no letters anywhere.
    for (bytes, office, pupils) in
        [(&b"\xcc\xec\xba\xd3\xc7\xf8.xlsx"[..], "天河区教育局", 3333), (&b"\xff\xfe.xlsx"[..], "海珠区教育局", 4444)]
    {
        fs::write(shop.path("in").join(OsStr::from_bytes(bytes)), form(office, 2023, pupils)).expect("a file of that name");
    }
    shop.put("नमस्ते العربية 🏫.xlsx", form("白云区教育局", 2023, 5555));
    let ran = shop.run("stages", &["--as-of", "2024-01-31"]);
    assert_eq!(ran.code, 0, "{}", ran.complained);
    let observations = ran.published.text("observations.csv");
    assert!(
        ["3333", "4444", "5555", "天河区.xlsx", "\\xFF\\xFE.xlsx", "नमस्ते العربية 🏫.xlsx"]
            .iter()
            .all(|text| observations.contains(text))
    );
    assert!(
        has(&ran, "name-not-unicode", "天河区.xlsx") && has(&ran, "name-not-unicode", "\\xFF\\xFE.xlsx"),
        "{:?}",
        codes(&ran)
    );
}

#[test]
fn a_long_path_is_read_and_one_that_is_too_long_for_the_system_is_a_finding() {
    let shop = two_good();
    let long = format!("{}/天河区2023年.xlsx", ["很长的文件夹名称很长的文件夹名称"; 12].join("/"));
    shop.put(&long, form("天河区教育局", 2023, 3333));
    let ran = shop.run("stages", &["--as-of", "2024-01-31"]);
    assert_eq!(ran.code, 0, "{}", ran.complained);
    assert!(ran.published.text("observations.csv").contains("3333"));

    // Longer than any path may be: only a shell that goes down step by step gets there.
    let name = "d".repeat(200);
    let dig = format!("for i in $(seq 1 22); do mkdir {name}; cd {name}; done; : > deep.xlsx");
    assert!(Command::new("sh").args(["-c", &dig]).current_dir(shop.path("in")).status().expect("sh").success());
    let ran = shop.run("stages", &["--as-of", "2024-01-31"]);
    assert_eq!(ran.code, 1);
    assert!(codes(&ran).iter().any(|(code, _)| code == "input-unreadable"), "{:?}", codes(&ran));
    assert!(Command::new("rm").args(["-rf", &name]).current_dir(shop.path("in")).status().expect("rm").success());
}
