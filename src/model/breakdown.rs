//! The members a value is narrowed to, by dimension: `stage = primary, sex = 2`. A dimension that is absent is the total.
//!
//! A night has some ten thousand values and several hundred breakdowns, and looks values up by them again and again: each is kept once, for
//! as long as the program runs, and known by its place.

use std::{
    cmp::Ordering,
    collections::BTreeMap,
    fmt,
    hash::{DefaultHasher, Hash, Hasher},
    ptr,
    sync::{LazyLock, PoisonError, RwLock},
};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Id;

/// How a total is written in a breakdown column.
pub const TOTAL: &str = "_T";

#[derive(Clone)]
pub struct Breakdown(&'static Known);

/// In the order of the dimensions' names, each dimension once.
struct Known {
    hash: u64,
    members: Vec<(Id, Id)>,
}

/// By hash. Different ones of one hash stand beside each other.
static KNOWN: LazyLock<RwLock<FxHashMap<u64, Vec<&'static Known>>>> = LazyLock::new(RwLock::default);

static OF_ALL: LazyLock<Breakdown> = LazyLock::new(|| Breakdown::known(Vec::new()));

impl Breakdown {
    /// The total.
    pub fn new() -> Breakdown {
        OF_ALL.clone()
    }

    /// The one with these members, which are in order.
    fn known(members: Vec<(Id, Id)>) -> Breakdown {
        // Members of open dimensions are words of files.
        let mut hasher = DefaultHasher::new();
        members.hash(&mut hasher);
        let hash = hasher.finish();
        if let Some(known) = KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(&hash).and_then(|all| among(all, &members))
        {
            return Breakdown(known);
        }
        let mut all = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
        let all = all.entry(hash).or_default();
        // Somebody else may have been first.
        Breakdown(among(all, &members).unwrap_or_else(|| {
            let known: &'static Known = Box::leak(Box::new(Known { hash, members }));
            all.push(known);
            known
        }))
    }

    pub fn get(&self, dimension: &str) -> Option<&Id> {
        self.iter().find(|(id, _)| id.as_ref() == dimension).map(|(_, code)| code)
    }

    pub fn contains_key(&self, dimension: &str) -> bool {
        self.get(dimension).is_some()
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Id, &Id)> {
        self.0.members.iter().map(|(dimension, code)| (dimension, code))
    }

    pub fn keys(&self) -> impl Iterator<Item = &Id> {
        self.iter().map(|(dimension, _)| dimension)
    }

    /// Has it every member that the other one names?
    pub fn holds(&self, other: &Breakdown) -> bool {
        other.iter().all(|(dimension, code)| self.get(dimension) == Some(code))
    }

    pub fn len(&self) -> usize {
        self.0.members.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.members.is_empty()
    }

    /// Narrowed to one member more; one of the same dimension gives way.
    pub fn with(&self, dimension: &Id, code: &Id) -> Breakdown {
        self.narrowed([(dimension, code)])
    }

    /// Narrowed to all members of another one, to which those of the same dimensions give way.
    pub fn and(&self, other: &Breakdown) -> Breakdown {
        self.narrowed(other.iter())
    }

    fn narrowed<'a>(&'a self, more: impl IntoIterator<Item = (&'a Id, &'a Id)>) -> Breakdown {
        self.iter().chain(more).map(|(dimension, code)| (dimension.clone(), code.clone())).collect()
    }

    /// Those dimensions alone of which something holds.
    pub fn only(&self, holds: impl Fn(&Id) -> bool) -> Breakdown {
        let kept = self.0.members.iter().filter(|(dimension, _)| holds(dimension));
        Breakdown::known(kept.cloned().collect())
    }
}

fn among(all: &[&'static Known], members: &[(Id, Id)]) -> Option<&'static Known> {
    all.iter().find(|known| known.members == members).copied()
}

impl Default for Breakdown {
    fn default() -> Breakdown {
        Breakdown::new()
    }
}

/// Of two members of one dimension the later.
impl FromIterator<(Id, Id)> for Breakdown {
    fn from_iter<I: IntoIterator<Item = (Id, Id)>>(members: I) -> Breakdown {
        let mut sorted: Vec<(Id, Id)> = Vec::new();
        for (dimension, code) in members {
            match sorted.binary_search_by(|(known, _)| known.cmp(&dimension)) {
                Ok(place) => sorted[place].1 = code,
                Err(place) => sorted.insert(place, (dimension, code)),
            }
        }
        Breakdown::known(sorted)
    }
}

impl<const N: usize> From<[(Id, Id); N]> for Breakdown {
    fn from(members: [(Id, Id); N]) -> Breakdown {
        members.into_iter().collect()
    }
}

impl PartialEq for Breakdown {
    fn eq(&self, other: &Breakdown) -> bool {
        ptr::eq(self.0, other.0)
    }
}

impl Eq for Breakdown {}

impl Hash for Breakdown {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0.hash);
    }
}

impl Ord for Breakdown {
    fn cmp(&self, other: &Breakdown) -> Ordering {
        if self == other { Ordering::Equal } else { self.0.members.cmp(&other.0.members) }
    }
}

impl PartialOrd for Breakdown {
    fn partial_cmp(&self, other: &Breakdown) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for Breakdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl Serialize for Breakdown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Breakdown {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Breakdown, D::Error> {
        BTreeMap::deserialize(deserializer).map(|members: BTreeMap<Id, Id>| members.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(members: &[(&str, &str)]) -> Breakdown {
        members.iter().map(|&(dimension, code)| (Id::from(dimension), Id::from(code))).collect()
    }

    #[test]
    fn the_same_members_are_the_same_breakdown_in_whatever_order_they_came() {
        let one = of(&[("stage", "primary"), ("sex", "2")]);
        assert_eq!(one, of(&[("sex", "2"), ("stage", "primary")]));
        assert_eq!(one, of(&[("stage", "primary")]).with(&"sex".into(), &"1".into()).and(&of(&[("sex", "2")])));
        assert_eq!(one.only(|dimension| dimension.as_ref() == "sex"), of(&[("sex", "2")]));
        assert_eq!(one.only(|_| false), Breakdown::new());
        assert_ne!(one, of(&[("sex", "1"), ("stage", "primary")]));
        assert_eq!(one.get("sex").map(AsRef::as_ref), Some("2"));
        assert_eq!(one.get("grade"), None);
    }

    #[test]
    fn they_stand_in_the_order_of_their_members() {
        let mut all =
            [of(&[("sex", "2")]), of(&[]), of(&[("stage", "a")]), of(&[("sex", "1"), ("stage", "a")]), of(&[("sex", "1")])];
        all.sort();
        let said: Vec<String> = all.iter().map(|breakdown| format!("{breakdown:?}")).collect();
        assert_eq!(said, ["{}", r#"{"sex": "1"}"#, r#"{"sex": "1", "stage": "a"}"#, r#"{"sex": "2"}"#, r#"{"stage": "a"}"#]);
    }

    #[test]
    fn they_are_kept_as_they_are() {
        let one = of(&[("stage", "primary"), ("sex", "2")]);
        assert_eq!(serde_json::to_string(&one).unwrap(), r#"{"sex":"2","stage":"primary"}"#);
        let again: Breakdown = postcard::from_bytes(&postcard::to_stdvec(&one).unwrap()).unwrap();
        assert_eq!(again, one);
    }
}
