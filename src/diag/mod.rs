//! What the batch has to say: findings with a stable code, where they were found, what judged them, and what to do next.

mod accepted;
mod cause;
mod code;
mod desk;
mod json;
mod show;

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

pub use accepted::{Accepted, accept};
pub use code::Code;
pub use desk::at_the_desk;
pub use json::json;
pub use show::{details, show};

use crate::model::{CellRef, Id, Text};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Error,
    Warning,
    Note,
}

impl Severity {
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }

    pub fn name(self) -> Text {
        match self {
            Severity::Error => Text::new("错误", "error"),
            Severity::Warning => Text::new("警告", "warning"),
            Severity::Note => Text::new("提示", "note"),
        }
    }
}

/// A TOML file of a pipeline, kept so that a finding can show the line that judged.
#[derive(Debug, PartialEq, Eq)]
pub struct TomlFile {
    pub path: String,
    pub text: String,
}

/// A stretch of a TOML file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TomlPlace {
    pub file: Arc<TomlFile>,
    pub span: Range<usize>,
}

impl TomlPlace {
    /// One-based line of its first character.
    pub fn line(&self) -> usize {
        let end = self.span.start.min(self.file.text.len());
        self.file.text.as_bytes()[..end].iter().filter(|&&byte| byte == b'\n').count() + 1
    }
}

/// Kept as the file's path and the stretch; whoever reads it back puts the text in (`Finding::find_rule`).
impl Serialize for TomlPlace {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (&self.file.path, self.span.start, self.span.end).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for TomlPlace {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (path, start, end) = Deserialize::deserialize(deserializer)?;
        Ok(TomlPlace { file: Arc::new(TomlFile { path, text: String::new() }), span: start..end })
    }
}

/// Kept as its word, which never changes.
impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.word().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        let code = Code::ALL.iter().find(|code| code.word() == word);
        code.copied().ok_or_else(|| de::Error::custom(format!("no finding is called {word}")))
    }
}

impl std::fmt::Display for TomlPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file.path, self.line())
    }
}

/// Where in the input: a folder or file, and in it a sheet, and in that a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    pub file: String,
    pub sheet: String,
    pub cell: String,
}

impl Place {
    pub fn file(path: impl Into<String>) -> Place {
        Place { file: path.into(), ..Place::default() }
    }

    pub fn sheet(file: impl Into<String>, sheet: impl Into<String>) -> Place {
        Place { file: file.into(), sheet: sheet.into(), cell: String::new() }
    }
}

impl Place {
    /// Named beside another: what both share is not said again.
    pub fn beside(&self, other: &Place) -> String {
        match (self.file == other.file, self.sheet == other.sheet) {
            (true, true) if !self.cell.is_empty() => self.cell.clone(),
            (true, false) if !self.sheet.is_empty() => self.inside(),
            _ => self.to_string(),
        }
    }

    /// Sheet and cell.
    fn inside(&self) -> String {
        [&self.sheet, &self.cell].into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" › ")
    }
}

impl From<&CellRef> for Place {
    fn from(at: &CellRef) -> Place {
        Place { file: at.file.to_string(), sheet: at.sheet.to_string(), cell: at.name() }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.file)?;
        for part in [&self.sheet, &self.cell].into_iter().filter(|part| !part.is_empty()) {
            write!(f, " › {part}")?;
        }
        Ok(())
    }
}

/// The measures of which figures are withheld, by the places where they stand.
pub type Undisclosed = BTreeMap<Place, BTreeSet<Id>>;

/// One thing found, said once: what, where, what was expected, what to do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    pub code: Code,
    pub severity: Severity,
    pub message: Text,
    pub place: Place,
    /// Other cells that are part of the same finding.
    pub also: Vec<Place>,
    /// How many more there are whose places were not kept.
    pub more: u64,
    /// What the cell said, as it said it.
    pub read: String,
    pub expected: Text,
    /// The line of the pipeline that judged, and its reason.
    pub rule: Option<TomlPlace>,
    pub because: Text,
    pub next: Text,
    /// The one measure that its words and figures are about, where it is one alone.
    pub measure: Option<Id>,
}

impl Finding {
    pub fn new(code: Code, message: Text) -> Finding {
        Finding {
            code,
            severity: code.severity(),
            message,
            place: Place::default(),
            also: Vec::new(),
            more: 0,
            read: String::new(),
            expected: Text::default(),
            rule: None,
            because: Text::default(),
            next: code.next(),
            measure: None,
        }
    }

    pub fn at(mut self, place: impl Into<Place>) -> Finding {
        self.place = place.into();
        self
    }

    /// Every place that it speaks of, its own first.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        std::iter::once(&self.place).chain(&self.also)
    }

    pub fn also(mut self, places: impl IntoIterator<Item = Place>) -> Finding {
        self.also.extend(places);
        self
    }

    /// So many cells are part of it besides those that are named.
    pub fn and_more(mut self, more: u64) -> Finding {
        self.more = more;
        self
    }

    pub fn read(mut self, raw: impl Into<String>) -> Finding {
        self.read = raw.into();
        self
    }

    pub fn expected(mut self, expected: Text) -> Finding {
        self.expected = expected;
        self
    }

    pub fn judged_by(mut self, rule: &TomlPlace) -> Finding {
        self.rule = Some(rule.clone());
        self
    }

    pub fn because(mut self, because: Text) -> Finding {
        self.because = because;
        self
    }

    /// It speaks of figures of this measure and of no other.
    pub fn about(mut self, measure: &Id) -> Finding {
        self.measure = Some(measure.clone());
        self
    }

    /// Where it concerns figures that are withheld, neither words nor figures of it are told; the code and the place are. On one sheet of
    /// a list stand the figures of all its measures, and those of others tell nothing.
    pub fn withhold(&mut self, undisclosed: &Undisclosed) {
        let tells = |measures: &BTreeSet<Id>| self.measure.as_ref().is_none_or(|measure| measures.contains(measure));
        if self.places().any(|place| undisclosed.get(place).is_some_and(tells)) {
            self.message = Text::new("涉及不公布的数值，详见原表", "it concerns a figure that is withheld: see the workbook");
            self.read.clear();
            self.expected = Text::default();
        }
    }

    /// Puts the text of its rule back into a finding that was kept without it. False where no such file is known.
    pub fn find_rule(&mut self, files: &[Arc<TomlFile>]) -> bool {
        let Some(rule) = &mut self.rule else { return true };
        let Some(file) = files.iter().find(|file| file.path == rule.file.path) else { return false };
        rule.file = file.clone();
        true
    }

    pub fn severity(mut self, severity: Severity) -> Finding {
        self.severity = severity;
        self
    }

    pub fn next(mut self, next: Text) -> Finding {
        self.next = next;
        self
    }
}

/// Stable order whatever found them first: worst first, of these what makes names of a pipeline unknown, then by place. What says the same of several cells of a file is said once.
pub fn tidy(findings: &mut Vec<Finding>) {
    findings.sort_by(|a, b| {
        let rule = |finding: &Finding| finding.rule.as_ref().map(|rule| (rule.file.path.clone(), rule.span.start));
        let key = |finding: &Finding| (finding.severity, !finding.code.is_cause());
        let by_place = || (&a.place, a.code, rule(a), &a.message.zh).cmp(&(&b.place, b.code, rule(b), &b.message.zh));
        key(a).cmp(&key(b)).then_with(by_place)
    });
    let mut said: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings.drain(..) {
        let says_the_same = |other: &&mut Finding| {
            other.code == finding.code
                && other.place.file == finding.place.file
                && other.message == finding.message
                && other.rule == finding.rule
        };
        match said.iter_mut().rev().take_while(|other| other.place.file == finding.place.file).find(says_the_same) {
            Some(first) => {
                let others = std::iter::once(finding.place).chain(finding.also);
                first.more += finding.more;
                first.also.extend(others.filter(|place| !place.file.is_empty() && *place != first.place));
            }
            None => said.push(finding),
        }
    }
    *findings = said;
}
