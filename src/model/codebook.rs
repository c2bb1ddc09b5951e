//! The names a pipeline knows: its areas, dimensions and measures.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Area, Areas, Breakdown, Dimension, Id, Language, Measure, Text, same};

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Codebook {
    pub areas: Areas,
    /// In the order of the breakdown columns.
    pub dimensions: Vec<Dimension>,
    pub measures: Vec<Measure>,
}

impl Codebook {
    pub fn dimension(&self, id: &str) -> Option<&Dimension> {
        self.dimensions.iter().find(|dimension| dimension.id.as_ref() == id)
    }

    /// Does the dimension take its members from the data, as the items of a list do?
    pub fn is_open(&self, dimension: &str) -> bool {
        self.dimension(dimension).is_some_and(|dimension| dimension.open)
    }

    /// Is there one among them? What is broken down so has a row of what there is, and none of what there is not.
    pub fn any_is_open(&self, dimensions: &[Id]) -> bool {
        dimensions.iter().any(|id| self.is_open(id))
    }

    pub fn measure(&self, id: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.id.as_ref() == id)
    }

    /// What a measure is derived from in the end; itself where it is counted.
    pub fn roots<'a>(&'a self, measure: &'a Measure) -> BTreeSet<&'a Id> {
        let (mut found, mut seen, mut open) = (BTreeSet::new(), BTreeSet::new(), vec![&measure.id]);
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            let sources = self.measure(id).map(Measure::sources).unwrap_or_default();
            if sources.is_empty() {
                found.insert(id);
            }
            open.extend(sources);
        }
        found
    }

    /// The breakdown of these members and of those that they lie within: grade 7 is of stage junior.
    pub fn breakdown(&self, mut members: Vec<(Id, Id)>) -> Breakdown {
        for dimension in &self.dimensions {
            // Of two members of one dimension the later holds.
            let code = members.iter().rev().find(|(id, _)| same(id, &dimension.id)).map(|(_, code)| code);
            if let Some((outer, code)) = code.and_then(|code| dimension.get(code)).and_then(|member| member.within.as_ref())
                && !members.iter().any(|(id, _)| same(id, outer))
            {
                members.push((outer.clone(), code.clone()));
            }
        }
        members.into_iter().collect()
    }

    pub fn area_name(&self, code: &str, language: Language) -> String {
        self.areas.get(code).map_or_else(|| code.to_string(), |area: &Area| area.name.in_language(language).to_string())
    }

    pub fn measure_name(&self, id: &str) -> Text {
        self.measure(id).map_or_else(|| Text::same(id), |measure| measure.name.clone())
    }

    /// A breakdown in words: `小学，女`.
    pub fn breakdown_name(&self, breakdown: &Breakdown) -> Text {
        let names: Vec<Text> = self
            .dimensions
            .iter()
            .filter_map(|dimension| breakdown.get(&dimension.id).map(|code| dimension.name_of(code)))
            .collect();
        let join =
            |separator: &str, words: fn(&Text) -> &String| names.iter().map(words).cloned().collect::<Vec<_>>().join(separator);
        Text::new(join("，", |text| &text.zh), join(", ", |text| &text.en))
    }

    /// What a figure is of, in words: measure, area, period, breakdown.
    pub fn figure_name(&self, measure: &Id, area: &Id, period: super::Period, breakdown: &Breakdown) -> Text {
        let part = self.breakdown_name(breakdown);
        let name = self.measure_name(measure);
        let area_zh = self.area_name(area, Language::Chinese);
        let area_en = self.area_name(area, Language::English);
        let bracket =
            |words: &str, open: &str, close: &str| if words.is_empty() { String::new() } else { format!("{open}{words}{close}") };
        Text::new(
            format!("{area_zh} {} {}{}", period.in_chinese(), name.zh, bracket(&part.zh, "（", "）")),
            format!("{}{} of {area_en}, {}", name.en, bracket(&part.en, " (", ")"), period.in_english()),
        )
    }
}
