//! When each file came: by `received.csv` in the input folder, where a bureau keeps such a register, else by the file's own time.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use jiff::{civil::Date, tz::TimeZone};

use super::{input::REGISTER, receive::Stamp};
use crate::{
    diag::{Code, Finding, Place},
    ingest,
    model::Text,
};

/// The day on which each workbook came.
pub fn days(input: &Path, stamps: &[Stamp], findings: &mut Vec<Finding>) -> BTreeMap<Arc<str>, Date> {
    let zone = TimeZone::system();
    let own = |stamp: &Stamp| (stamp.name.clone(), stamp.modified.to_zoned(zone.clone()).date());
    let mut days: BTreeMap<Arc<str>, Date> = stamps.iter().map(own).collect();
    let bytes = match fs_err::read(input.join(REGISTER)) {
        Ok(bytes) => bytes,
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => return days,
        Err(fault) => {
            findings.push(refused(None, &Text::same(fault.kind().to_string())));
            return days;
        }
    };
    let text = match ingest::decode(&bytes) {
        Ok(text) => text,
        Err(why) => {
            findings.push(refused(None, &why));
            return days;
        }
    };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headings = reader.headers().cloned().unwrap_or_default();
    let column = |name: &str| headings.iter().position(|heading| heading.trim() == name);
    let (Some(file), Some(received)) = (column("file"), column("received")) else {
        let said = headings.iter().collect::<Vec<_>>().join(",");
        let why = Text::new(
            format!("第一行应有 file 和 received 两栏，读到“{said}”"),
            format!("its first line should have the columns file and received, and says `{said}`"),
        );
        findings.push(refused(None, &why));
        return days;
    };
    for record in reader.records() {
        let Ok(record) = record else { continue };
        let line = record.position().map_or(0, csv::Position::line);
        let said = |column: usize| record.get(column).unwrap_or_default().trim();
        if record.iter().all(|value| value.trim().is_empty()) {
            continue;
        }
        match (days.get_mut(said(file)), day(said(received))) {
            (Some(own), Some(received)) => *own = received,
            (None, _) => findings.push(not_there(line, said(file))),
            (_, None) => findings.push(refused(Some(line), &Text::same(said(received)))),
        }
    }
    days
}

/// `2024-01-15`, or as Excel writes it when it saves the register: `2024/1/15`.
fn day(written: &str) -> Option<Date> {
    let parts: Vec<&str> = written.split(['-', '/']).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    (year.len() == 4).then_some(())?;
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn not_there(line: u64, file: &str) -> Finding {
    let message = Text::new(
        format!("{REGISTER} 第 {line} 行：输入文件夹中没有 {file}"),
        format!("{REGISTER}, line {line}: there is no {file} in the input folder"),
    );
    Finding::new(Code::ReceivedUnreadable, message).at(Place::file(REGISTER)).read(file)
}

fn refused(line: Option<u64>, fault: &Text) -> Finding {
    let (zh, en) = match line {
        Some(line) => (format!("第 {line} 行"), format!(", line {line}")),
        None => (String::new(), String::new()),
    };
    let message =
        Text::new(format!("{REGISTER} {zh}未采用：{}", fault.zh), format!("{REGISTER}{en} was not taken: {}", fault.en));
    Finding::new(Code::ReceivedUnreadable, message).at(Place::file(REGISTER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_programs_write_them() {
        let expected = Some(jiff::civil::date(2022, 10, 8));
        for written in ["2022-10-08", "2022/10/8", "2022/10/08"] {
            assert_eq!(day(written), expected, "{written}");
        }
        for none in ["", "8/10/2022", "2022/13/8", "2022-10", "10月8日"] {
            assert_eq!(day(none), None, "{none}");
        }
    }
}
