//! A table with totals and nothing that they add up. No total is taken for its parts, so nothing of it is read, and whoever filled it must hear it.

use super::{form::Reader, known};
use crate::{
    diag::{Code, Finding, Severity},
    model::{AreaKind, Id, Observation, Text},
};

impl Reader<'_> {
    /// `totals` are all that the table gave.
    pub(super) fn totals_alone(&self, totals: &[Observation]) -> Option<Finding> {
        let total = totals.iter().find(|total| total.value.is_some())?;
        let place = total.cell()?;
        let by = self.book.measure(&total.measure).map(|measure| measure.by.as_slice()).unwrap_or_default();
        let lacking = by.iter().filter(|id| !total.breakdown.contains_key(id));
        let whole = self.book.areas.get(&total.area).filter(|area| area.kind == AreaKind::Whole);
        let areas = whole.map(|whole| {
            let names: Vec<&Text> = self.book.areas.parts_of(&whole.code).map(|area| &area.name).collect();
            one_each(&Text::new("区", "area"), &known::names(names.into_iter(), ""))
        });
        let members: Vec<Text> = lacking.filter_map(|id| self.one_of_each(id)).collect();
        // What the whole says of itself is no fault of any area.
        let severity = if members.is_empty() { Severity::Warning } else { Severity::Error };
        let expected = members.into_iter().chain(areas).reduce(|one, other| one.and(&other))?;
        let title = &self.layout.title;
        let message = Text::new(
            format!("《{}》只有合计，没有分项；合计不能代替分项，未读入", title.zh),
            format!(
                "this {} has a total and nothing that it adds up; a total does not stand for its parts, and was not read",
                title.en
            ),
        );
        let finding = Finding::new(Code::PartsMissing, message).severity(severity).at(place).read(total.raw());
        Some(finding.expected(expected).judged_by(&self.layout.place))
    }

    fn one_of_each(&self, dimension: &Id) -> Option<Text> {
        let dimension = self.book.dimension(dimension)?;
        Some(one_each(&dimension.name, &known::members(dimension, "")))
    }
}

fn one_each(name: &Text, names: &Text) -> Text {
    let bracket =
        |words: &str, open: &str, close: &str| if words.is_empty() { String::new() } else { format!("{open}{words}{close}") };
    Text::new(
        format!("每个{}各填一项{}", name.zh, bracket(&names.zh, "（", "）")),
        format!("one figure for each {}{}", name.en.to_lowercase(), bracket(&names.en, " (", ")")),
    )
}
