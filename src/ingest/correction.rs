//! Corrections as data: what is to be read in place of what a cell says, as long as it says it.

use super::{Source, workbook::Cell, workbook::Sheet};
use crate::{
    diag::{Accepted, Code, Finding, Place, TomlPlace},
    model::{Id, Text},
};

/// One entry of `corrections.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    pub id: Id,
    /// Path in the input folder, or its end.
    pub file: String,
    /// Left empty for a file of one sheet.
    pub sheet: String,
    pub cell: String,
    /// What the cell says; where it says something else, nothing is done.
    pub was: String,
    pub action: Action,
    pub because: Text,
    /// Agreed, and not merely proposed or withdrawn.
    pub in_force: bool,
    pub place: TomlPlace,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Read this instead.
    Replace(String),
    /// Read it as blank: the value is missing.
    LeaveOut,
    /// It is right as it is: what this finding says of it is no fault.
    Accept(Code),
}

impl Correction {
    pub fn is_of(&self, path: &str) -> bool {
        path == self.file || path.strip_suffix(&self.file).is_some_and(|folder| folder.ends_with('/'))
    }
}

/// Does what a correction says to one of the sheets, or says why not.
pub fn apply(
    known: &Correction,
    source: &Source,
    sheets: &mut [Sheet],
    accepted: &mut Vec<Accepted>,
    findings: &mut Vec<Finding>,
) {
    if !known.in_force {
        return;
    }
    let is_only = sheets.len() == 1;
    let found = sheets.iter_mut().find(|sheet| sheet.name == known.sheet || is_only && known.sheet.is_empty());
    let Some((sheet, (row, column))) = found.and_then(|sheet| sheet.find(&known.cell).map(|place| (sheet, place))) else {
        findings.push(stale(known, "").at(Place { file: source.path.to_string(), ..written(known) }));
        return;
    };
    let place = Place { file: source.path.to_string(), sheet: sheet.name.clone(), cell: known.cell.clone() };
    let said = sheet.raw(row, column).into_owned();
    if said.trim() != known.was.trim() {
        findings.push(stale(known, &said).at(place));
        return;
    }
    let (zh, en) = match &known.action {
        Action::Accept(code) => {
            accepted.push(Accepted {
                id: known.id.to_string(),
                place,
                code: *code,
                because: known.because.clone(),
                rule: known.place.clone(),
            });
            return;
        }
        Action::Replace(text) => {
            let number = text.parse().ok().filter(|_| matches!(sheet.cell(row, column), Cell::Number(_)));
            sheet.correct(&known.cell, number.map_or_else(|| Cell::Text(text.clone()), Cell::Number));
            (format!("“{said}”按更正读作“{text}”"), format!("`{said}` is read as `{text}`, as corrected"))
        }
        Action::LeaveOut => {
            sheet.correct(&known.cell, Cell::Empty);
            (format!("“{said}”按更正不采用"), format!("`{said}` is left out, as corrected"))
        }
    };
    let finding = Finding::new(Code::CorrectionApplied, Text::new(zh, en)).at(place).read(said);
    findings.push(finding.judged_by(&known.place).because(known.because.clone()));
}

/// A correction of a list, whose rows are counted where they are read and shown to nobody.
pub fn of_list(known: &Correction, source: &Source) -> Finding {
    let message = Text::new(
        format!("更正“{}”所指的是清单中的单元格，而清单不能逐格更正，未采用", known.id),
        format!(
            "the correction `{}` is of a cell of a list, and cells of lists cannot be corrected; it was not applied",
            known.id
        ),
    );
    let next = Text::new(
        "请报送单位改正清单后重新报送，并删去这条更正。",
        "Have the list put right and sent again, and delete this correction.",
    );
    let finding = Finding { message, ..stale(known, "") };
    finding.next(next).at(Place { file: source.path.to_string(), ..written(known) })
}

/// A correction of a file that has not come.
pub fn unmatched(known: &Correction) -> Finding {
    stale(known, "").at(written(known))
}

fn written(known: &Correction) -> Place {
    Place { file: known.file.clone(), sheet: known.sheet.clone(), cell: known.cell.clone() }
}

fn stale(known: &Correction, said: &str) -> Finding {
    let message = match said {
        "" => Text::new(
            format!("更正“{}”所指的单元格不存在或为空，未采用", known.id),
            format!("the cell of the correction `{}` is not there or blank; it was not applied", known.id),
        ),
        said => Text::new(
            format!("更正“{}”针对的是“{}”，现在是“{said}”，未采用", known.id, known.was),
            format!("the correction `{}` is of `{}`, and the cell now says `{said}`; it was not applied", known.id, known.was),
        ),
    };
    Finding::new(Code::CorrectionStale, message)
        .read(said)
        .expected(Text::same(&known.was))
        .judged_by(&known.place)
        .because(known.because.clone())
}
