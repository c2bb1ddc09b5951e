//! Deadlines with their forms and areas looked up; two days for the same form are a contradiction.

use jiff::civil::Date;

use super::names::{self, contradiction, in_order};
use crate::{
    check::Deadline,
    diag::{Code, Finding},
    model::{AreaKind, Codebook, Id, Text},
    spec::{DeadlinesFile, Parsed, Spanned},
};

/// A week: time enough to ask a school again.
const REMIND_BEFORE: u32 = 7;

pub fn deadlines(file: &Parsed<DeadlinesFile>, book: &Codebook, known: &[Id], findings: &mut Vec<Finding>) -> Vec<Deadline> {
    let mut deadlines: Vec<Deadline> = Vec::new();
    let senders: Vec<&Id> = book.areas.iter().filter(|area| area.kind != AreaKind::Whole).map(|area| &area.code).collect();
    for (_, id, entry) in in_order(std::slice::from_ref(file), |content| &content.deadlines) {
        let place = file.place(entry);
        let id = names::define(&place, id, findings);
        let entry = entry.as_ref();
        let mut find = |name: &Spanned<String>| names::find(file, name, &names::FORM, known.iter(), findings);
        let forms: Vec<Id> = match entry.forms.as_slice() {
            [] => known.to_vec(),
            named => named.iter().filter_map(&mut find).collect(),
        };
        let mut find = |name: &Spanned<String>| match names::area(&file.place(name), name.as_ref(), &book.areas, findings)? {
            code if senders.contains(&&code) => Some(code),
            _ => names::find(file, name, &names::AREA, senders.iter().copied(), findings),
        };
        let areas = entry.areas.iter().filter_map(&mut find).collect();
        let period = entry.period.as_ref().parse().map_err(|fault: String| findings.push(misread(file, &entry.period, &fault)));
        let due = entry.due.as_ref().parse::<Date>().map_err(|_| {
            let fault = format!("`{}` is not a day: write it as 2024-01-10", entry.due.as_ref());
            findings.push(misread(file, &entry.due, &fault));
        });
        let (Ok(period), Ok(due)) = (period, due) else { continue };
        let remind_before = entry.remind_before.unwrap_or(REMIND_BEFORE);
        let deadline = Deadline { id, forms, areas, period, due, remind_before, because: entry.because.clone(), place };
        findings.extend(deadlines.iter().find_map(|earlier| twice(earlier, &deadline)));
        deadlines.push(deadline);
    }
    deadlines
}

/// A form of an area for a period has one day among those for everybody, and one among those agreed.
fn twice(earlier: &Deadline, later: &Deadline) -> Option<Finding> {
    let form = earlier.forms.iter().find(|form| later.forms.contains(form))?;
    let same_rank = earlier.areas.is_empty() && later.areas.is_empty();
    let same_area = earlier.areas.iter().find(|area| later.areas.contains(area));
    if earlier.period != later.period || !(same_rank || same_area.is_some()) {
        return None;
    }
    let (zh, en) = same_area.map_or_else(Default::default, |area| (format!("{area} 的 "), format!(" from {area}")));
    Some(contradiction(
        &later.place,
        format!("{zh}{form} 表{}的截止日期已由 {} 规定", later.period.in_chinese(), earlier.id),
        format!("form {form}{en} for {} already has a deadline in {}", later.period.in_english(), earlier.id),
    ))
}

fn misread(file: &Parsed<DeadlinesFile>, at: &Spanned<String>, fault: &str) -> Finding {
    let place = file.place(at);
    let message = Text::new(format!("{place}：“{}”无法识别", at.as_ref()), format!("{place}: {fault}"));
    Finding::new(Code::TomlShape, message).read(at.as_ref().as_str()).judged_by(&place)
}
