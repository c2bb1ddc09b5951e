//! What a cell is of: what its row, its column and the whole table say of it, joined.

use super::{
    context::Whole,
    folded::Label,
    form::Reader,
    unplaced::{Known, Lacking},
    value::Figures,
};
use crate::model::{Breakdown, Id, Period, same};

/// One row's labels.
pub struct Row<'a> {
    pub area: Option<Id>,
    /// It names one area by its code and another by its name.
    pub is_of_two: bool,
    /// It names a part of the table's period, and the layout has no such rows.
    pub is_of_part: bool,
    pub is_total: bool,
    pub period: Option<Period>,
    /// A total of the rows that name parts of a period, 合计 below 第四季度: that period.
    pub over: Option<Period>,
    /// By dimension; none: all of them together.
    pub members: Vec<(Id, Option<Id>)>,
    /// The labels as written, to name the row when one of them is not understood.
    pub labels: Vec<(u32, Label<'a>)>,
}

/// What a value is of.
#[derive(Clone)]
pub struct Of {
    pub area: Id,
    pub period: Period,
    pub breakdown: Breakdown,
    pub is_total: bool,
}

impl Reader<'_> {
    /// Joins what the row, the column and the whole table say of one cell. Where something is lacking, the rest is the error.
    pub(super) fn attach(&self, whole: &Whole, row: &Row, figures: &Figures) -> Result<Of, Known> {
        let Figures { column, measure, .. } = figures;
        let whole_area = || self.book.areas.whole().filter(|_| row.is_total).map(|area| area.code.clone());
        let own_area = row.area.clone().or_else(|| column.area.clone()).or_else(|| whole.area.clone());
        let area = own_area.or_else(whole_area).filter(|_| !row.is_of_two);
        let period = row.period.or(column.period).or(row.over).or(whole.period).filter(|_| !row.is_of_part);
        let mut members = Vec::with_capacity(measure.by.len());
        let (mut lacking, mut is_total) = (None, row.is_total);
        for id in &measure.by {
            let in_row = row.members.iter().find(|(dimension, _)| same(dimension, id)).map(|(_, code)| code);
            let said = in_row.or_else(|| column.members.get(id)).cloned();
            match said.or_else(|| whole.members.get(id).cloned().map(Some)) {
                Some(Some(code)) => members.push((id.clone(), code)),
                Some(None) => is_total = true,
                None => lacking = Some(id.clone()),
            }
        }
        let breakdown = self.book.breakdown(members);
        let is_whole = area.as_ref().is_some_and(|area| self.book.areas.is_whole(area));
        match (area, period, lacking.filter(|id| !breakdown.contains_key(id))) {
            (Some(area), Some(period), None) => {
                let is_over = row.over.is_some() && column.period.is_none();
                let is_total = is_whole || is_over || measure.by.iter().any(|id| !breakdown.contains_key(id));
                Ok(Of { area, period, breakdown, is_total })
            }
            (area, period, member) => {
                let lacking = match (&area, period, member) {
                    (Some(_), Some(_), Some(id)) => Lacking::Member(id),
                    (Some(_), None, _) => Lacking::Period,
                    _ => Lacking::Area,
                };
                Err(Known { area, period, members: breakdown, is_total: is_total || is_whole, lacking })
            }
        }
    }
}
