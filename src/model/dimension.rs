//! What values are broken down by: a dimension and its code list.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{Id, Text, fold_heading, text::only_named};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub code: Id,
    pub name: Text,
    /// A member of another dimension that this one lies within: grade 7 within stage junior.
    pub within: Option<(Id, Id)>,
}

/// School stage, sex, grade … An open dimension takes its members from the data (project numbers).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Dimension {
    pub id: Id,
    pub name: Text,
    pub open: bool,
    pub members: Vec<Member>,
    by_name: FxHashMap<String, usize>,
}

impl Dimension {
    pub fn new(id: Id, name: Text, open: bool) -> Dimension {
        Dimension { id, name, open, ..Dimension::default() }
    }

    pub fn push(&mut self, member: Member, aliases: &[&str]) {
        let place = self.members.len();
        let names = [member.name.zh.as_str(), member.name.en.as_str()];
        for name in names.iter().chain(aliases).filter(|name| !name.is_empty()) {
            self.by_name.insert(fold_heading(name), place);
        }
        self.members.push(member);
    }

    /// Finds a member by a written label.
    pub fn find(&self, written: &str) -> Option<&Member> {
        self.find_folded(&fold_heading(written))
    }

    /// The same for a label that has been folded.
    pub fn find_folded(&self, folded: &str) -> Option<&Member> {
        self.by_name.get(folded).map(|&place| &self.members[place])
    }

    /// Finds the one member named somewhere inside a longer text. Two different members: none.
    pub fn find_within(&self, text: &str) -> Option<&Member> {
        let (_, place) = only_named(self.by_name.iter().map(|(name, place)| (name.as_str(), *place)), text)?;
        Some(&self.members[place])
    }

    pub fn get(&self, code: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.code.as_ref() == code)
    }

    /// The place of a member in the list's order.
    pub fn order(&self, code: &str) -> usize {
        self.members.iter().position(|member| member.code.as_ref() == code).unwrap_or(usize::MAX)
    }

    /// The name of a member; an open dimension's codes are their own names.
    pub fn name_of(&self, code: &str) -> Text {
        self.get(code).map_or_else(|| Text::same(code), |member| member.name.clone())
    }
}
