//! A list, empty: its headings in one row, and what may stand below each.

use super::{Naming, Occasion, Slot, parts, slot};
use crate::{
    ingest::records::{Column, Holds, RecordsLayout},
    model::{Breakdown, Codebook, Id, MayHold, RecordColumn, RecordSheet},
};

/// One sheet; or several, where a dimension is said by title, sheet or file: then each of its members has its own.
pub fn record_sheets(list: &RecordsLayout, book: &Codebook, occasion: &Occasion) -> Vec<RecordSheet> {
    let naming = Naming { id: &list.id, title: &list.title, area: &list.area, period: &list.period, book, occasion };
    let wholes = wholes(list, book);
    let has_several = wholes.len() > 1;
    let sheet = |members: Breakdown| {
        let part =
            if has_several { book.breakdown_name(&members).in_language(occasion.language).to_string() } else { String::new() };
        RecordSheet {
            code: list.id.clone(),
            name: list.title.clone(),
            sheet: naming.sheet(&part),
            title: naming.title(&part, &[]),
            columns: list.columns.iter().map(|column| drawn(column, &naming)).collect(),
        }
    };
    wholes.into_iter().map(sheet).collect()
}

/// The members that hold for a whole sheet, one set for each sheet.
fn wholes(list: &RecordsLayout, book: &Codebook) -> Vec<Breakdown> {
    let mut wholes = vec![Breakdown::new()];
    for (id, ways) in &list.dimensions {
        if list.column(&Holds::Dimension(id.clone())).is_some() || slot(ways) != Slot::Whole {
            continue;
        }
        let members = || book.dimension(id).into_iter().flat_map(|dimension| &dimension.members);
        let with = |whole: Breakdown| members().map(move |member| whole.with(id, &member.code));
        wholes = wholes.into_iter().flat_map(with).collect();
    }
    wholes
}

fn drawn(column: &Column, naming: &Naming) -> RecordColumn {
    let may_hold = match &column.holds {
        Holds::Area => MayHold::OneOf(areas(naming).iter().map(|code| naming.area_said(code)).collect()),
        Holds::Period => MayHold::Period(naming.period_said(naming.occasion.period)),
        Holds::Dimension(id) => match naming.book.dimension(id) {
            Some(dimension) if !dimension.open => {
                let name = |code: &Id| dimension.name_of(code).in_language(naming.occasion.language).to_string();
                MayHold::OneOf(dimension.members.iter().map(|member| name(&member.code)).collect())
            }
            _ => MayHold::Words,
        },
        Holds::Number => MayHold::Number { from: column.from, to: column.to },
        Holds::Day => MayHold::Day,
        Holds::Words => MayHold::Words,
    };
    RecordColumn { heading: column.headings.first().cloned().unwrap_or_default(), may_hold, is_optional: column.optional }
}

/// The areas that rows of this office may be of: itself and what lies in it; every part where it is the whole, or nobody in particular.
fn areas(naming: &Naming) -> Vec<Id> {
    let of_all = || parts(naming.book).collect();
    let Some(office) = naming.occasion.area else { return of_all() };
    let own: Vec<Id> = parts(naming.book)
        .filter(|code| code == office || naming.book.areas.get(code).is_some_and(|area| area.parent.as_ref() == Some(office)))
        .collect();
    if own.is_empty() { of_all() } else { own }
}
