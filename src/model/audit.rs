//! What comes of checking a document's own arithmetic: plain data, for a person to read.

use serde::Deserialize;

use super::{Id, Text};

/// What a check of the document comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// What was expected, within the rounding of the printed figures.
    Consistent,
    /// Computed, with nothing to compare with.
    Derived,
    /// One side of a bound only.
    Bound,
    /// Shows what two readings would mean.
    Illustration,
    /// The document does not say enough.
    Undecidable,
    /// Two figures with different frames.
    NotComparable,
    Inconsistent,
    /// A reading that the figures refute.
    RejectedReading,
    /// Easier than where it already stood.
    TargetBelowActual,
    /// Base and target are not one year apart.
    GapYear,
    /// Parts that cannot be alike.
    Unequal,
    /// The word cannot mean what it says.
    DefinitionProblem,
    /// Fewer named than announced, and the list is left open.
    PartlyListed,
    /// One thing, two names.
    TwoNames,
}

impl Outcome {
    /// Does it add up, or at least claim nothing that does not?
    pub fn adds_up(self) -> bool {
        use Outcome::*;
        matches!(self, Consistent | Derived | Bound | Illustration | Undecidable | NotComparable)
    }

    pub fn name(self) -> Text {
        let (zh, en) = match self {
            Outcome::Consistent => ("相符", "consistent"),
            Outcome::Derived => ("推算", "derived"),
            Outcome::Bound => ("界限", "bound"),
            Outcome::Illustration => ("说明", "illustration"),
            Outcome::Undecidable => ("无法判断", "undecidable"),
            Outcome::NotComparable => ("不可比", "not comparable"),
            Outcome::Inconsistent => ("不符", "inconsistent"),
            Outcome::RejectedReading => ("读法不成立", "rejected reading"),
            Outcome::TargetBelowActual => ("目标低于实际", "target below actual"),
            Outcome::GapYear => ("年份不连续", "gap year"),
            Outcome::Unequal => ("不能均分", "unequal parts"),
            Outcome::DefinitionProblem => ("口径有误", "definition problem"),
            Outcome::PartlyListed => ("未列全", "partly listed"),
            Outcome::TwoNames => ("一物两名", "two names"),
        };
        Text::new(zh, en)
    }
}

/// One check of the document, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Audited {
    pub id: Id,
    pub name: Text,
    /// The value with its interval, or what was counted.
    pub computed: Text,
    pub expected: Text,
    pub outcome: Outcome,
    /// Why it is known not to add up; empty where nobody has said.
    pub acknowledged: Text,
    pub note: Text,
}

impl Audited {
    /// Does not add up, and nobody has said why.
    pub fn is_open(&self) -> bool {
        !self.outcome.adds_up() && self.acknowledged == Text::default()
    }
}
