//! Exceptions that somebody accepted: what a finding says of a cell is no fault.

use serde::{Deserialize, Serialize};

use super::{Code, Finding, Place, Severity, TomlPlace};
use crate::model::Text;

/// Of these each cell is a matter of its own; of others the cells belong together, and who accepts one of them accepts the finding.
const EACH_CELL: [Code; 4] = [Code::ValueMissing, Code::HiddenCells, Code::TotalDoubtful, Code::RecordDoubtful];

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    pub id: String,
    pub place: Place,
    pub code: Code,
    pub because: Text,
    /// Where the exception is written.
    pub rule: TomlPlace,
}

impl Accepted {
    pub fn is_of(&self, finding: &Finding) -> bool {
        self.code == finding.code && (finding.place == self.place || finding.also.contains(&self.place))
    }
}

/// Warnings that somebody accepted become notes, whatever stage gave them; what was failed by a rule is a note already. Gives what there
/// is to say of exceptions of nothing that was found, and of errors: what could not be read is not right because somebody says so.
pub fn accept(findings: &mut [Finding], accepted: &[Accepted]) -> Vec<Finding> {
    let mut stale = Vec::new();
    for exception in accepted {
        let (mut is_met, mut is_error) = (false, false);
        for finding in findings.iter_mut().filter(|finding| exception.is_of(finding)) {
            is_met = true;
            match finding.severity {
                Severity::Error => is_error = true,
                Severity::Warning if is_whole(finding, accepted) => {
                    (finding.severity, finding.because) = (Severity::Note, exception.because.clone());
                }
                Severity::Warning | Severity::Note => {}
            }
        }
        if is_error || !is_met {
            stale.push(exception.stale(is_error));
        }
    }
    stale
}

/// Is all of a finding accepted?
fn is_whole(finding: &Finding, accepted: &[Accepted]) -> bool {
    let is_accepted =
        |place: &Place| accepted.iter().any(|exception| (exception.code, &exception.place) == (finding.code, place));
    !EACH_CELL.contains(&finding.code) || std::iter::once(&finding.place).chain(&finding.also).all(is_accepted)
}

impl Accepted {
    fn stale(&self, is_error: bool) -> Finding {
        let (id, word) = (&self.id, self.code.word());
        let (message, next) = if is_error {
            (
                Text::new(
                    format!("更正“{id}”要接受的问题（{word}）是未能读入的错误，接受后仍然读不到，未采用"),
                    format!(
                        "what the correction `{id}` accepts ({word}) is an error: nothing was read there all the same; it was not applied"
                    ),
                ),
                Text::new(
                    "请改用 action.replace 写明应读作什么，或用 action = \"leave-out\"。",
                    "Say with action.replace what is to be read, or use action = \"leave-out\".",
                ),
            )
        } else {
            (
                Text::new(
                    format!("更正“{id}”要接受的问题（{word}）在该单元格上没有出现"),
                    format!("what the correction `{id}` accepts ({word}) was not found of this cell"),
                ),
                Text::new(
                    "请核对单元格和问题代码；如问题已不存在，将该更正改为 withdrawn。",
                    "Check the cell and the code of the finding; if it is no longer there, withdraw the correction.",
                ),
            )
        };
        let finding = Finding::new(Code::CorrectionStale, message).next(next).at(self.place.clone());
        finding.judged_by(&self.rule).because(self.because.clone())
    }
}
