//! What a run publishes otherwise than another: values added, withdrawn and revised.

use super::{Breakdown, Text};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RevisionKind {
    /// There was no value, and now there is one.
    Added,
    /// There was a value, and now there is none.
    Withdrawn,
    Revised,
}

/// How much a revised value moved, by BARD |a − b| ÷ (|a| + |b|).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tier {
    /// 15 % or more.
    Large,
    /// 1 % or more.
    Moderate,
    Slight,
}

impl RevisionKind {
    pub const ALL: [RevisionKind; 3] = [RevisionKind::Added, RevisionKind::Withdrawn, RevisionKind::Revised];

    /// The word in `revisions.csv`.
    pub fn word(self) -> &'static str {
        match self {
            RevisionKind::Added => "added",
            RevisionKind::Withdrawn => "withdrawn",
            RevisionKind::Revised => "revised",
        }
    }

    pub fn name(self) -> Text {
        match self {
            RevisionKind::Added => Text::new("新增", "added"),
            RevisionKind::Withdrawn => Text::new("撤销", "withdrawn"),
            RevisionKind::Revised => Text::new("修订", "revised"),
        }
    }
}

impl Tier {
    pub const ALL: [Tier; 3] = [Tier::Large, Tier::Moderate, Tier::Slight];

    /// The word in `revisions.csv`.
    pub fn word(self) -> &'static str {
        match self {
            Tier::Large => "large",
            Tier::Moderate => "moderate",
            Tier::Slight => "slight",
        }
    }

    pub fn name(self) -> Text {
        match self {
            Tier::Large => Text::new("大幅", "large"),
            Tier::Moderate => Text::new("中等", "moderate"),
            Tier::Slight => Text::new("微小", "slight"),
        }
    }
}

/// One side of a revision: a value as a run published it, with its cell where it has one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Publication {
    pub value: Option<f64>,
    pub raw: String,
    pub file: String,
    pub sheet: String,
    pub cell: String,
}

/// A published value that changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    pub kind: RevisionKind,
    /// Of revised values only.
    pub tier: Option<Tier>,
    /// The table it stands in: observations, totals or indicators.
    pub table: String,
    /// The measure or the indicator.
    pub id: String,
    pub name: String,
    pub area: String,
    pub area_name: String,
    pub period: String,
    /// Empty for the total.
    pub breakdown: Breakdown,
    pub before: Publication,
    pub after: Publication,
}

impl Revision {
    /// The breakdown as tables write it: `sex=2; stage=primary`.
    pub fn members(&self) -> String {
        let members: Vec<String> = self.breakdown.iter().map(|(dimension, code)| format!("{dimension}={code}")).collect();
        members.join("; ")
    }
}

/// Everything that changed from one run to another, and how much did not.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Revisions {
    /// The run that is compared with; none where there was none, and nothing was compared.
    pub since: Option<String>,
    pub list: Vec<Revision>,
    /// Values that are the same, among them those below.
    pub unchanged: usize,
    /// Values that are the same at the coarser of the two precisions in which their cells show them.
    pub as_shown: usize,
    /// Values that neither run has.
    pub missing: usize,
    /// Values that one of the two runs does not show, and that are not compared.
    pub suppressed: usize,
}

impl Revisions {
    /// What was found in another table of the same two runs stands behind.
    pub fn and(mut self, more: Revisions) -> Revisions {
        self.list.extend(more.list);
        self.unchanged += more.unchanged;
        self.as_shown += more.as_shown;
        self.missing += more.missing;
        self.suppressed += more.suppressed;
        self
    }

    pub fn count(&self, kind: RevisionKind) -> usize {
        self.list.iter().filter(|revision| revision.kind == kind).count()
    }
}

/// A table of values as text, as a run published it.
pub struct PublishedTable<'a> {
    pub name: &'a str,
    pub columns: Vec<&'a str>,
    pub rows: Vec<Vec<&'a str>>,
}
