//! Which kinds of charts are drawn: those that all get, and what a pipeline says besides or instead.

use rustc_hash::FxHashMap;

use crate::model::{Id, Indicator, Kind};

/// What is said of charts in one place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wish {
    /// These and no others, in place of what would be drawn by itself.
    pub only: Option<Vec<Kind>>,
    /// These besides.
    pub also: Vec<Kind>,
}

/// What a pipeline says of charts. The narrower place outranks the wider one with `only`; every `also` counts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wishes {
    pub all: Wish,
    pub subjects: FxHashMap<Id, Wish>,
    pub indicators: FxHashMap<Id, Wish>,
}

/// A kind, and whether it was asked for by name.
pub type Asked = (Kind, bool);

impl Wishes {
    pub fn of_indicator(&self, indicator: &Indicator) -> impl Iterator<Item = Asked> + use<> {
        let said = [self.indicators.get(&indicator.id), self.subjects.get(&indicator.subject), Some(&self.all)];
        asked(&said, |kind| !kind.is_of_subject())
    }

    pub fn of_subject(&self, subject: &str) -> impl Iterator<Item = Asked> + use<> {
        asked(&[self.subjects.get(subject), Some(&self.all)], Kind::is_of_subject)
    }
}

/// From the narrowest place to the widest.
fn asked(said: &[Option<&Wish>], is_its_own: fn(Kind) -> bool) -> impl Iterator<Item = Asked> + use<> {
    let only = said.iter().flatten().find_map(|wish| wish.only.clone());
    let also: Vec<Kind> = said.iter().flatten().flat_map(|wish| wish.also.iter().copied()).collect();
    let named: Vec<Kind> = only.iter().flatten().copied().chain(also).collect();
    let by_itself = if only.is_some() { &[][..] } else { &Kind::DEFAULT[..] };
    let kinds = Kind::ALL.into_iter().filter(move |kind| is_its_own(*kind));
    let asked = kinds.map(move |kind| (kind, named.contains(&kind)));
    asked.filter(|(kind, is_named)| *is_named || by_itself.contains(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(only: Option<&[Kind]>, also: &[Kind]) -> Wish {
        Wish { only: only.map(<[Kind]>::to_vec), also: also.to_vec() }
    }

    fn kinds(asked: impl Iterator<Item = Asked>) -> Vec<Kind> {
        asked.map(|(kind, _)| kind).collect()
    }

    #[test]
    fn what_is_narrower_outranks_and_what_is_besides_adds_up() {
        let mut wishes = Wishes { all: wish(None, &[Kind::Dots]), ..Wishes::default() };
        wishes.subjects.insert("vision".into(), wish(Some(&[Kind::Line, Kind::Heat]), &[]));
        let said = || [None, wishes.subjects.get("vision"), Some(&wishes.all)];
        assert_eq!(kinds(asked(&said(), |kind| !kind.is_of_subject())), [Kind::Line, Kind::Dots]);
        assert_eq!(kinds(wishes.of_subject("vision")), [Kind::Heat]);
        assert_eq!(kinds(wishes.of_subject("places")), [Kind::Bullet, Kind::Heat]);
        let none = wish(Some(&[]), &[]);
        assert_eq!(kinds(asked(&[Some(&none), Some(&wishes.all)], |kind| !kind.is_of_subject())), [Kind::Dots]);
    }

    #[test]
    fn what_is_named_is_told_from_what_comes_by_itself() {
        let wishes = Wishes { all: wish(None, &[Kind::Heat]), ..Wishes::default() };
        assert_eq!(wishes.of_subject("any").collect::<Vec<_>>(), [(Kind::Bullet, false), (Kind::Heat, true)]);
    }
}
