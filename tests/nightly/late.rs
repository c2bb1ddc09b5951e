//! Deadlines by form and district: who sent what when, who is late on the as-of date, and what to tell them.

use std::{fs, path::Path};

use super::two_good;
use crate::{
    published::Row,
    workshop::{Ran, Workshop},
};

/// The small pipeline with deadlines; its one form.
fn with_deadlines(shop: &Workshop, deadlines: &str) -> Ran {
    let pipeline = shop.copy_pipeline("stages");
    fs::write(shop.path(&pipeline).join("deadlines.toml"), deadlines).expect("a file");
    fs::write(shop.path("in/received.csv"), "file,received\n越秀区2023年.xlsx,2024-01-09\n荔湾区2023年.xlsx,2024-01-15\n")
        .expect("a register");
    shop.run_pipeline(&pipeline, Path::new("in"), &["--as-of", "2024-01-20"])
}

const DUE: &str = r#"
[deadlines.yearly]
period = "2023"
due = "2024-01-10"
because = { zh = "年报通知", en = "the notice on yearly returns" }
"#;

fn of<'a>(rows: &'a [Row], area: &str) -> &'a Row {
    rows.iter().find(|row| row["area"] == *area).unwrap_or_else(|| panic!("no row of {area} in {rows:#?}"))
}

#[test]
fn who_sent_what_when_is_held_against_the_deadline_and_the_as_of_date() {
    let ran = with_deadlines(&two_good(), DUE);
    assert_eq!(ran.code, 0, "{}", ran.complained);
    let rows = ran.published.table("arrivals");
    let cells = |area: &str| of(&rows, area).cells(&["due", "arrived", "state", "days_late"]);
    assert_eq!(cells("440104"), ["2024-01-10", "2024-01-09", "on_time", ""]);
    assert_eq!(cells("440103"), ["2024-01-10", "2024-01-15", "late", "5"]);
    assert_eq!(cells("440105"), ["2024-01-10", "", "overdue", "10"]);
    let reminders = ran.published.table("reminders");
    let haizhu = of(&reminders, "440105");
    assert!(haizhu["words_zh"].starts_with("海珠区：2023年的") && haizhu["words_zh"].contains("已逾期 10 天"), "{haizhu:?}");
    assert!(reminders.iter().all(|row| row["area"] != *"440104" && row["area"] != *"440103"));
    let dated = reminders.iter().filter(|row| !row["due"].is_empty());
    assert_eq!(ran.published.manifest()["counts"]["late"], dated.count());
}

#[test]
fn a_day_agreed_with_a_district_is_its_own() {
    let agreed = format!(
        "{DUE}\n[deadlines.haizhu]\nareas = [\"440105\"]\nperiod = \"2023\"\ndue = \"2024-01-25\"\nbecause = {{ zh = \"已同意延期\", en = \"agreed\" }}\n"
    );
    let ran = with_deadlines(&two_good(), &agreed);
    assert_eq!(ran.code, 0, "{}", ran.complained);
    let rows = ran.published.table("arrivals");
    assert_eq!(of(&rows, "440105").cells(&["due", "state"]), ["2024-01-25", "awaited"]);
    assert_eq!(of(&rows, "440106").cells(&["due", "state"]), ["2024-01-10", "overdue"]);
    let reminders = ran.published.table("reminders");
    assert_eq!(of(&reminders, "440105")["days_overdue"], *"-5", "due within the week: reminded");
}

#[test]
fn faults_of_a_deadline_are_shown_with_their_lines() {
    let wrong = format!(
        "{DUE}\n[deadlines.again]\nforms = [\"S99\"]\nareas = [\"999\"]\nperiod = \"23\"\ndue = \"10 January\"\nbecause = {{ zh = \"一\", en = \"a\" }}\n[deadlines.twice]\nperiod = \"2023\"\ndue = \"2024-02-01\"\nbecause = {{ zh = \"一\", en = \"a\" }}\n"
    );
    let ran = with_deadlines(&two_good(), &wrong);
    assert_eq!(ran.code, 2);
    for line in [8, 9, 10, 11, 13] {
        assert!(ran.complained.contains(&format!("deadlines.toml:{line}：")), "line {line} of {}", ran.complained);
    }
}

#[test]
fn without_a_register_a_file_came_when_it_was_last_written() {
    let shop = two_good();
    let written = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_705_000_000);
    let path = shop.path("in/越秀区2023年.xlsx");
    fs::File::options().write(true).open(path).and_then(|file| file.set_modified(written)).expect("a time");
    let ran = shop.run("stages", &["--as-of", "2024-01-20"]);
    let rows = ran.published.table("arrivals");
    let arrived = &of(&rows, "440104")["arrived"];
    assert!(["2024-01-11", "2024-01-12"].contains(&arrived), "{arrived}, by the time zone of this machine");
    assert_eq!(of(&rows, "440104")["state"], *"undated");
}

#[test]
fn a_register_is_read_as_excel_saves_it_and_a_wrong_heading_is_said_once() {
    let days = |bytes: &[u8]| {
        let shop = two_good();
        fs::write(shop.path("in/received.csv"), bytes).expect("a register");
        let ran = shop.run("stages", &["--as-of", "2024-01-20"]);
        let findings = ran.published.table("findings").iter().filter(|row| row["code"] == *"received-unreadable").count();
        (of(&ran.published.table("arrivals"), "440104")["arrived"].to_string(), findings)
    };
    let register = "file,received\n越秀区2023年.xlsx,2024/1/9\n,\n";
    assert_eq!(days(&encoding_rs::GB18030.encode(register).0), ("2024-01-09".to_string(), 0));
    assert_eq!(days(register.replace("received", "day").as_bytes()).1, 1);
}
