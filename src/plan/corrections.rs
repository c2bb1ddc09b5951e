//! Corrections with the codes of findings looked up.

use super::names::{self, contradiction};
use crate::{
    diag::{Code, Finding},
    ingest::{Action, Correction},
    spec::{ActionSpec, Spec, StateSpec},
};

pub fn corrections(spec: &Spec, findings: &mut Vec<Finding>) -> Vec<Correction> {
    let file = &spec.corrections;
    let mut corrections: Vec<Correction> = Vec::new();
    for (id, entry) in &file.content.corrections {
        let place = file.place(id);
        let action = match &entry.action {
            ActionSpec::Replace(text) => Action::Replace(text.clone()),
            ActionSpec::LeaveOut => Action::LeaveOut,
            ActionSpec::Accept(word) => match Code::ALL.iter().find(|code| code.word() == word.as_ref()) {
                Some(code) => Action::Accept(*code),
                None => {
                    findings.push(contradiction(
                        &file.place(word),
                        format!("没有代码为“{}”的问题，见 yardstick explain", word.as_ref()),
                        format!("no finding has the code `{}`; see yardstick explain", word.as_ref()),
                    ));
                    continue;
                }
            },
        };
        let cell = entry.cell.cell.as_ref().to_uppercase();
        if !is_cell_name(&cell) {
            findings.push(contradiction(
                &file.place(&entry.cell.cell),
                format!("“{cell}”不是单元格名称，应如 G10"),
                format!("`{cell}` is no name of a cell such as G10"),
            ));
            continue;
        }
        corrections.push(Correction {
            id: names::define(&place, id.as_ref(), findings),
            file: entry.cell.file.clone(),
            sheet: entry.cell.sheet.clone(),
            cell,
            was: entry.was.clone(),
            action,
            because: entry.because.clone(),
            in_force: entry.state == StateSpec::InForce,
            place,
        });
    }
    corrections.sort_by_key(|known| known.place.span.start);
    corrections
}

fn is_cell_name(name: &str) -> bool {
    let letters = name.chars().take_while(char::is_ascii_uppercase).count();
    let digits = &name[letters..];
    (1..=3).contains(&letters) && digits.parse::<u32>().is_ok_and(|row| row > 0)
}
