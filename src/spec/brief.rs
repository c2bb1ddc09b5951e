//! `brief.toml`: the wording of the bulletin that a run drafts. What it leaves out is as in the built-in one.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Spanned;
use crate::model::Text;

/// Every text is a template: `{{ total }}` stands for a number of the run.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BriefFile {
    pub title: Option<Spanned<Text>>,
    /// Whom it is sent to: the line below the title.
    pub addressee: Option<Spanned<Text>>,
    pub opening: Option<Spanned<Text>>,
    /// How all commitments stand.
    #[serde(default)]
    pub overall: BriefSection,
    /// Written once for each subject that has commitments with figures.
    #[serde(default)]
    pub subjects: BriefSection,
    /// Written once for each district.
    #[serde(default)]
    pub districts: BriefSection,
    /// What is missed, overdue, or cannot be told.
    #[serde(default)]
    pub problems: BriefSection,
    /// The charts behind whoever signs, two on a page.
    #[serde(default)]
    pub figures: BriefSection,
    /// The tables at the end.
    #[serde(default)]
    pub appendix: BriefSection,
    pub closing: Option<Spanned<Text>>,
    /// Who signs.
    pub office: Option<Spanned<Text>>,
    /// The most charts that are set in; 8 unless given.
    pub charts: Option<u8>,
}

/// A part of the bulletin. Each line of its text is a paragraph.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BriefSection {
    pub heading: Option<Spanned<Text>>,
    pub text: Option<Spanned<Text>>,
}

impl BriefFile {
    /// The wording of whoever has none.
    pub fn built_in() -> BriefFile {
        toml::from_str(include_str!("brief.toml")).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::brief::wording::fault;

    #[test]
    fn the_built_in_wording_is_whole_and_can_be_filled() {
        let built_in: BriefFile = toml::from_str(include_str!("brief.toml")).expect("it is ours");
        let BriefFile { overall, subjects, districts, problems, figures, appendix, .. } = &built_in;
        let sections = [overall, subjects, districts, problems, figures, appendix];
        let lines = [&built_in.title, &built_in.addressee, &built_in.opening, &built_in.closing, &built_in.office];
        let texts: Vec<_> = sections.iter().flat_map(|section| [&section.heading, &section.text]).chain(lines).collect();
        assert_eq!(texts.len(), 17);
        for text in texts {
            assert_eq!(fault(text.as_ref().expect("every part has its words").get_ref()), None);
        }
    }
}
