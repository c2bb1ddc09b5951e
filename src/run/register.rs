//! When each file came: by `received.csv` in the input folder, where a bureau keeps such a register, else by the file's own time.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use jiff::{civil::Date, tz::TimeZone};
use serde::Deserialize;

use super::{input::REGISTER, receive::Stamp};
use crate::{
    diag::{Code, Finding, Place},
    model::Text,
};

#[derive(Deserialize)]
struct Entry {
    file: String,
    received: String,
}

/// The day on which each workbook came.
pub fn days(input: &Path, stamps: &[Stamp], findings: &mut Vec<Finding>) -> BTreeMap<Arc<str>, Date> {
    let zone = TimeZone::system();
    let own = |stamp: &Stamp| (stamp.name.clone(), stamp.modified.to_zoned(zone.clone()).date());
    let mut days: BTreeMap<Arc<str>, Date> = stamps.iter().map(own).collect();
    let bytes = match fs_err::read(input.join(REGISTER)) {
        Ok(bytes) => bytes,
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => return days,
        Err(fault) => {
            findings.push(refused(None, &fault.kind().to_string()));
            return days;
        }
    };
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    for (place, entry) in csv::Reader::from_reader(bytes).deserialize::<Entry>().enumerate() {
        let line = place + 2;
        match entry {
            Ok(Entry { file, received }) => match (days.get_mut(file.as_str()), received.trim().parse()) {
                (Some(day), Ok(received)) => *day = received,
                (None, _) => findings.push(not_there(line, &file)),
                (_, Err(_)) => findings.push(refused(Some(line), &received)),
            },
            Err(fault) => findings.push(refused(Some(line), &fault.to_string())),
        }
    }
    days
}

fn not_there(line: usize, file: &str) -> Finding {
    let message = Text::new(
        format!("{REGISTER} 第 {line} 行：输入文件夹中没有 {file}"),
        format!("{REGISTER}, line {line}: there is no {file} in the input folder"),
    );
    Finding::new(Code::ReceivedUnreadable, message).at(Place::file(REGISTER)).read(file)
}

fn refused(line: Option<usize>, fault: &str) -> Finding {
    let (zh, en) = match line {
        Some(line) => (format!("第 {line} 行"), format!(", line {line}")),
        None => (String::new(), String::new()),
    };
    let message = Text::new(format!("{REGISTER} {zh}未采用：{fault}"), format!("{REGISTER}{en} was not taken: {fault}"));
    Finding::new(Code::ReceivedUnreadable, message).at(Place::file(REGISTER))
}
