//! Places: districts, the rows that stand beside them, and the whole they add up to.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{Id, Text, fold, text::only_named};

/// What part an area plays when figures are added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AreaKind {
    /// A district or authority: a part of the whole, and a place targets are judged for.
    District,
    /// A row that is no district but belongs to the whole, such as 市属.
    Other,
    /// The whole: never read as data, only compared with the sum of its parts.
    Whole,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    pub code: Id,
    pub name: Text,
    pub kind: AreaKind,
    pub parent: Option<Id>,
}

/// How a written name led to an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Spelling {
    Known,
    /// A known misspelling: taken, and said aloud.
    Typo,
}

/// The areas of a pipeline in their conventional order, found by any of their names.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Areas {
    list: Vec<Area>,
    by_code: FxHashMap<Id, usize>,
    by_name: FxHashMap<String, (usize, Spelling)>,
}

impl Areas {
    pub fn push(&mut self, area: Area, aliases: &[&str], typos: &[&str]) {
        let place = self.list.len();
        self.by_code.insert(area.code.clone(), place);
        let names = [area.code.as_ref(), area.name.zh.as_str(), area.name.en.as_str()];
        for name in names.iter().chain(aliases).filter(|name| !name.is_empty()) {
            self.by_name.insert(fold(name), (place, Spelling::Known));
        }
        for typo in typos.iter().filter(|name| !name.is_empty()) {
            self.by_name.entry(fold(typo)).or_insert((place, Spelling::Typo));
        }
        self.list.push(area);
    }

    /// Finds an area by a written name: `荔 湾 区`, `1.荔湾`, `440103海珠区`, `440103.0`, `荔湾区教育局(盖章)`.
    pub fn find(&self, written: &str) -> Option<(&Area, Spelling)> {
        let folded = fold(written);
        if self.contradiction(written).is_some() {
            return None;
        }
        self.find_folded(&folded)
    }

    /// The same for what is folded already and does not begin with a number.
    pub fn find_folded(&self, folded: &str) -> Option<(&Area, Spelling)> {
        let without_lead = folded.trim_start_matches(|c: char| c.is_ascii_digit() || ".、,-_".contains(c));
        let without_seal = without_lead.split(['(', '[']).next().unwrap_or(without_lead);
        let without_office = without_seal.strip_suffix("教育局").unwrap_or(without_seal);
        let shorter = [folded.trim_end_matches(".0"), without_lead, without_seal, without_office];
        let shorter = shorter.into_iter().filter(|name| name.len() < folded.len());
        std::iter::once(folded)
            .chain(shorter)
            .find_map(|name| self.by_name.get(name))
            .map(|&(place, spelling)| (&self.list[place], spelling))
    }

    /// The area of a code and the area of the name behind it, where these are two: `440103海珠区`. A number of fewer digits is that of a
    /// row.
    pub fn contradiction(&self, written: &str) -> Option<(&Area, &Area)> {
        if !written.trim_start().starts_with(char::is_numeric) {
            return None;
        }
        let folded = fold(written);
        let code = folded.get(..folded.bytes().take_while(u8::is_ascii_digit).count()).filter(|code| code.len() >= 4)?;
        let name = folded[code.len()..].trim_start_matches(['.', '、', ',', '-', '_']);
        let name = name.split(['(', '[']).next().unwrap_or(name);
        let name = name.strip_suffix("教育局").unwrap_or(name);
        let (of_code, of_name) = (self.by_code.get(code)?, self.by_name.get(name)?.0);
        (*of_code != of_name).then(|| (&self.list[*of_code], &self.list[of_name]))
    }

    /// Finds the one area named somewhere inside a longer text, such as a title or a file name. Two different areas: none.
    pub fn find_within(&self, text: &str) -> Option<(&Area, Spelling)> {
        let parts = self.by_name.iter().filter(|(_, (place, _))| self.list[*place].kind != AreaKind::Whole);
        let (name, place) = only_named(parts.map(|(name, (place, _))| (name.as_str(), *place)), text)?;
        self.by_name.get(name).map(|(_, spelling)| (&self.list[place], *spelling))
    }

    pub fn get(&self, code: &str) -> Option<&Area> {
        self.by_code.get(code).map(|&place| &self.list[place])
    }

    /// The place of an area in the conventional order.
    pub fn order(&self, code: &str) -> usize {
        self.by_code.get(code).copied().unwrap_or(usize::MAX)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Area> {
        self.list.iter()
    }

    /// The parts that add up to a whole.
    pub fn parts_of(&self, whole: &str) -> impl Iterator<Item = &Area> {
        self.list.iter().filter(move |area| area.parent.as_deref() == Some(whole))
    }

    pub fn is_whole(&self, code: &str) -> bool {
        self.get(code).is_some_and(|area| area.kind == AreaKind::Whole)
    }

    pub fn whole(&self) -> Option<&Area> {
        self.list.iter().find(|area| area.kind == AreaKind::Whole)
    }

    /// The known name most like a written one: for "did you mean".
    pub fn nearest(&self, written: &str) -> Option<&Area> {
        let folded = fold(written);
        let alike = |area: &Area| {
            let zh = fold(&area.name.zh);
            let en = fold(&area.name.en);
            let shared =
                |name: &str| name.chars().filter(|c| folded.contains(*c)).count() as f64 / name.chars().count().max(1) as f64;
            shared(&zh).max(shared(&en) - 0.2)
        };
        self.list.iter().max_by(|a, b| alike(a).total_cmp(&alike(b))).filter(|area| alike(area) >= 0.5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas() -> Areas {
        let mut areas = Areas::default();
        let mut add = |code: &str, zh: &str, en: &str, kind, aliases: &[&str], typos: &[&str]| {
            areas.push(Area { code: code.into(), name: Text::new(zh, en), kind, parent: None }, aliases, typos);
        };
        add("440103", "荔湾区", "Liwan", AreaKind::District, &["荔湾"], &["荔弯区"]);
        add("440112", "黄埔区", "Huangpu", AreaKind::District, &["黄埔", "黄埔区(广州开发区)"], &["黄浦区"]);
        add("440100", "广州市", "Guangzhou", AreaKind::Whole, &["全市"], &[]);
        areas
    }

    #[test]
    fn office_spellings_lead_to_the_area() {
        let areas = areas();
        for written in ["荔 湾 区", "荔湾", "1.荔湾", "440103", "440103.0", "440103荔湾区", "荔湾区教育局（盖章）", "Liwan"]
        {
            assert_eq!(areas.find(written).map(|(area, _)| area.code.as_ref()), Some("440103"), "{written}");
        }
        assert_eq!(areas.find("黄浦区").unwrap().1, Spelling::Typo);
        assert!(areas.find("开发区").is_none());
        assert!(areas.find("440103黄埔区").is_none() && areas.find("440103.0").is_some());
        assert!(areas.contradiction("440103-黄埔区教育局").is_some() && areas.contradiction("440103荔湾").is_none());
        assert!(areas.find("").is_none());
    }

    #[test]
    fn a_title_names_its_district_and_not_the_city() {
        let areas = areas();
        assert_eq!(areas.find_within("广州市荔湾区2023年报表").unwrap().0.code.as_ref(), "440103");
        assert!(areas.find_within("全市汇总").is_none());
        assert!(areas.find_within("荔湾区、黄埔区2023年报表").is_none());
        assert_eq!(areas.find_within("黄埔区(广州开发区)、黄埔").unwrap().0.code.as_ref(), "440112");
    }
}
