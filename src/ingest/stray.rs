//! Rows of an area in the list of another one, whose own list has come, too: no list is to be taken away, but rows are to be corrected.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::model::{Codebook, Dataset, Id, Provenance, Text};

/// The areas of which each list holds rows, by file.
pub struct Listed(BTreeMap<Arc<str>, BTreeSet<Id>>);

/// A list that holds rows of an area whose own list has come.
pub struct Stray<'a> {
    pub holder: &'a str,
    pub own: &'a str,
    /// Whose list it is, where it holds rows of one more area alone.
    of: Option<&'a Id>,
}

impl Listed {
    pub fn of(dataset: &Dataset) -> Listed {
        let mut areas: BTreeMap<Arc<str>, BTreeSet<Id>> = BTreeMap::new();
        for observation in &dataset.observations {
            if let Provenance::Rows { of, .. } = &observation.provenance {
                for rows in of {
                    let known = areas.entry(rows.file.clone()).or_default();
                    if !known.contains(&observation.area) {
                        known.insert(observation.area.clone());
                    }
                }
            }
        }
        Listed(areas)
    }

    /// None where neither of two lists is the area's own and the other one somebody else's.
    pub fn stray<'a>(&'a self, [first, second]: [&'a str; 2], area: &Id) -> Option<Stray<'a>> {
        let besides = |file: &str| self.0.get(file).map(|areas| areas.iter().filter(|known| *known != area).collect::<Vec<_>>());
        let (holder, own, others) = match (besides(first)?, besides(second)?) {
            (none, others) if none.is_empty() && !others.is_empty() => (second, first, others),
            (others, none) if none.is_empty() && !others.is_empty() => (first, second, others),
            _ => return None,
        };
        Some(Stray { holder, own, of: if let [one] = others[..] { Some(one) } else { None } })
    }
}

impl Stray<'_> {
    /// What to do about it.
    pub fn advice(&self, area: &Text, book: &Codebook) -> Text {
        let Stray { holder, own, of } = self;
        let of = of.and_then(|code| book.areas.get(code)).map_or_else(
            || Text::same(*holder),
            |of| Text::new(format!("{}的清单 {holder}", of.name.zh), format!("{holder}, the list of {},", of.name.en)),
        );
        Text::new(
            format!("{} 中有{}的行：写错区名的，改正区名；与 {own} 重复的，从 {holder} 中删去。", of.zh, area.zh),
            format!(
                "{} holds rows of {}: correct the area where it is wrong, and delete from {holder} what {own} has, too.",
                of.en, area.en
            ),
        )
    }
}
