//! The rows of a form: one for each combination of members, or empty lines where nobody can know them beforehand.

use super::{Drawing, Slot, has_period_rows, slot};
use crate::model::{Breakdown, FormColumn, FormRow, Holds, Id, Member, Of, Period};

/// More combinations than these are not printed one by one: the office picks those it has.
const MOST_ROWS: usize = 60;
/// Empty lines of a list that says no number of its own.
const LINES: usize = 30;

impl Drawing<'_> {
    /// The rows, and whether they are lines of a list.
    pub(super) fn rows(&self, columns: &[FormColumn]) -> (Vec<FormRow>, bool) {
        let combinations = self.combinations();
        let is_open = self.dimensions().iter().any(|(dimension, slot)| dimension.open && matches!(slot, Slot::Row(_)));
        let is_list = is_open || self.layout.template.lines.is_some() || combinations.len() > MOST_ROWS;
        let areas = self.row_areas(is_list);
        let combinations =
            if is_list { vec![Breakdown::new(); self.layout.template.lines.unwrap_or(LINES).max(1)] } else { combinations };
        let own_rows = has_period_rows(self.layout) && !self.occasion.parts.is_empty() && !is_list;
        let whole = [self.occasion.period];
        let periods = if own_rows { self.occasion.parts } else { &whole };
        let mut rows = Vec::new();
        for area in &areas {
            for period in periods {
                rows.extend(combinations.iter().map(|members| self.row(columns, area.as_ref(), *period, members)));
            }
        }
        (rows, is_list)
    }

    /// The areas that have rows of their own: the office's one, or every part where the form is nobody's in particular.
    fn row_areas(&self, is_list: bool) -> Vec<Option<Id>> {
        match (slot(&self.layout.area), self.naming.area()) {
            (Slot::Row(_), None) if !is_list => self.parts().map(Some).collect(),
            (_, area) => vec![area],
        }
    }

    fn row(&self, columns: &[FormColumn], area: Option<&Id>, period: Period, members: &Breakdown) -> FormRow {
        let said = |column: &FormColumn| {
            let Holds::Label { of, .. } = &column.holds else { return None };
            match of {
                Of::Area => area.map(|code| self.naming.area_said(code)),
                Of::Period => Some(self.naming.period_said(period)),
                Of::Dimension(id) => {
                    let code = members.get(id)?;
                    let name = self.book.dimension(id)?.name_of(code);
                    Some(name.in_language(self.occasion.language).to_string())
                }
            }
        };
        let labels = columns.iter().enumerate().filter_map(|(place, column)| Some((place, said(column)?))).collect();
        let period = has_period_rows(self.layout).then_some(period);
        FormRow { labels, area: area.cloned(), period, members: members.clone() }
    }

    /// Every combination of the members that stand in rows; grade 7 only within junior, where both do.
    fn combinations(&self) -> Vec<Breakdown> {
        let mut combinations = vec![Breakdown::new()];
        let order = self.row_dimensions();
        for dimension in order {
            let with = |known: Breakdown| {
                let fits = |member: &&Member| match &member.within {
                    Some((outer, code)) => known.get(outer).is_none_or(|given| given == code),
                    None => true,
                };
                let members = self.members(dimension).into_iter().filter(fits);
                members.map(|member| known.with(&dimension.id, &member.code)).collect::<Vec<_>>()
            };
            combinations = combinations.into_iter().flat_map(with).collect();
        }
        combinations
    }
}
