//! Lists in several sheets of a workbook, or in several workbooks that say they are parts, give one figure together.

use super::layout::Recipe;
use crate::model::{Observation, Provenance};

/// Adds up what parts of one list give of the same figure. Observations are sorted by figure, then by sheet.
pub fn join(observations: &mut Vec<Observation>, recipe: &Recipe) {
    let may_be_parts = |layout: &str| recipe.layouts.iter().any(|list| list.id.as_ref() == layout && list.parts);
    observations.dedup_by(|next, first| {
        // Of forms there is nothing to add up, which is seen sooner than whether two keys are the same.
        if !matches!((&next.provenance, &first.provenance), (Provenance::Rows { .. }, Provenance::Rows { .. }))
            || next.key() != first.key()
            || next.layout != first.layout
        {
            return false;
        }
        let (Provenance::Rows { of: more, .. }, Provenance::Rows { of, .. }) = (&next.provenance, &mut first.provenance) else {
            return false;
        };
        let is_one_file = more.iter().chain(of.iter()).all(|rows| rows.file == more[0].file);
        if !is_one_file && !may_be_parts(&next.layout) {
            return false;
        }
        of.extend(more.iter().cloned());
        first.value = match (first.value, next.value) {
            (Some(a), Some(b)) => Some(a + b),
            (one, other) => one.or(other),
        };
        // A part that could not answer leaves the whole provisional.
        first.status = match first.value {
            Some(_) if next.status != first.status => crate::model::Status::Provisional,
            _ => first.status,
        };
        true
    });
}
