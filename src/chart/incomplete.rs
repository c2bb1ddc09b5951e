//! Values of which a part has not come: which they are, and what a chart that shows them says.

use super::{Chapter, subject::Subject};
use crate::model::IndicatorValue;

/// A form that has not come, a blank in a sum, a year that is not over. A blank cell that only leaves its own pair out of a rate is none.
pub fn is_incomplete(row: &IndicatorValue) -> bool {
    row.value.is_some() && (row.so_far || lacks(row))
}

/// The same, but for the year.
pub fn lacks(row: &IndicatorValue) -> bool {
    row.lacking || row.coverage.is_some_and(|share| share < 1.0)
}

impl Chapter<'_> {
    /// What the values lack of which a part has not come, each by the name under which it is seen; what several lack is said once.
    /// `drawn`: how it is told from others.
    pub fn incomplete<'v>(
        &self,
        drawn: [&str; 2],
        shown: impl IntoIterator<Item = (String, &'v IndicatorValue)>,
    ) -> Option<String> {
        let mut lacking: Vec<(&str, Vec<String>)> = Vec::new();
        for (name, row) in shown.into_iter().filter(|(_, row)| is_incomplete(row)) {
            let note = self.words(&row.note);
            if lacking.iter().any(|(_, said)| said.contains(&name)) {
                continue;
            }
            match lacking.iter_mut().find(|(said, _)| *said == note) {
                Some((_, names)) => names.push(name),
                None => lacking.push((note, vec![name])),
            }
        }
        let one = |(note, names): &(&str, Vec<String>)| {
            let names = self.listed(names);
            match *note {
                "" => names,
                // A figure does not stand close behind a name.
                note if note.starts_with(|c: char| c.is_ascii_digit()) => format!("{names} {note}"),
                note => self.say(format!("{names}{note}"), format!("{names} {note}")),
            }
        };
        let said: Vec<String> = lacking.iter().map(one).collect();
        (!said.is_empty()).then(|| {
            self.say(
                format!("数据尚不完整{}：{}。", drawn[0], said.join("；")),
                format!("Not complete{}: {}.", drawn[1], said.join("; ")),
            )
        })
    }
}

impl Subject<'_> {
    pub fn incomplete<'v>(
        &self,
        drawn: [&str; 2],
        shown: impl IntoIterator<Item = (String, &'v IndicatorValue)>,
    ) -> Option<String> {
        self.chapter.incomplete(drawn, shown)
    }

    /// What stands behind an amount that lacks a part, in a title.
    pub fn caveat(&self, row: &IndicatorValue) -> String {
        if lacks(row) { self.say("（数据不全）".into(), " (incomplete)".into()) } else { String::new() }
    }
}

/// Lines and dots show such a value as a ring.
pub const HOLLOW: [&str; 2] = ["（空心点）", " (hollow)"];
