//! What the scorecard says of each commitment: figures and verdicts put into words, section by section.

use std::{collections::BTreeMap, io};

use super::artifacts::Results;
use crate::{
    model::{AreaKind, Indicator, Language, Progress, Target, Verdict, number::printed},
    publish::scorecard::{self, Group, Row, Scorecard},
};

pub fn page(results: &Results, charts: &[&str]) -> io::Result<String> {
    let language = results.order.language;
    let mut groups: Vec<Group> = Vec::new();
    for target in &results.plan.targets {
        let of_target = results.summary.progress.iter().filter(|progress| progress.target == target.id);
        let (whole, parts): (Vec<&Progress>, Vec<&Progress>) = of_target
            .partition(|progress| results.plan.book.areas.get(&progress.area).is_some_and(|area| area.kind == AreaKind::Whole));
        let Some(progress) = whole.first() else { continue };
        let row = row(results, target, progress, &parts, charts);
        let heading = target
            .citation
            .as_ref()
            .map_or_else(String::new, |citation| [citation.part.as_str(), citation.section.as_str()].join(" · "));
        match groups.iter_mut().find(|group| group.heading == heading) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { heading, rows: vec![row] }),
        }
    }
    // What is promised for this year stands before what was for an earlier one.
    groups.sort_by_key(|group| std::cmp::Reverse(group.rows.iter().map(|row| row.period).max()));
    let verdicts: Vec<(Verdict, usize)> = super::batch::verdicts(results.plan, results.summary).into_iter().collect();
    scorecard::page(&Scorecard {
        title: results.plan.title.in_language(language),
        as_of: &results.order.as_of.to_string(),
        language,
        sample: results.plan.sample,
        verdicts: &verdicts,
        groups: &groups,
    })
    .map_err(io::Error::other)
}

fn row(results: &Results, target: &Target, progress: &Progress, parts: &[&Progress], charts: &[&str]) -> Row {
    let language = results.order.language;
    let indicator = target.taken().indicator.as_deref().and_then(|id| results.plan.indicator(id));
    // The unit stands once, with the value; per cents and their points always say what they are.
    let per_cent = indicator.is_some_and(|indicator| indicator.unit.en == "%");
    let decimals = indicator.map_or(0, |indicator| indicator.decimals);
    let level = |level: f64| format!("{}{}", printed(level, decimals), if per_cent { "%" } else { "" });
    let gap = |gap: f64| {
        let points = match (per_cent, language) {
            (false, _) => "",
            (true, Language::Chinese) => "百分点",
            (true, Language::English) => " points",
        };
        format!("{}{}{points}", if gap > 0.0 { "+" } else { "" }, printed(gap, decimals))
    };
    let known = |id: &String| charts.contains(&id.as_str());
    let chart =
        indicator.and_then(|one| ["line", "pace", "bars"].map(|kind| format!("{}-{kind}", one.id)).into_iter().find(known));
    let mut districts: BTreeMap<Verdict, Vec<String>> = BTreeMap::new();
    for part in parts {
        districts.entry(part.verdict).or_default().push(results.plan.book.area_name(&part.area, language));
    }
    Row {
        id: target.id.to_string(),
        period: target.period.year(),
        name: target.name.in_language(language).to_string(),
        paragraph: target.citation.as_ref().map(|citation| citation.paragraph),
        verdict: progress.verdict,
        direction: progress.direction.name().in_language(language).to_string(),
        value: progress.value.map(|value| amount(value, indicator, language)).unwrap_or_default(),
        level: progress.target_value.map(level).unwrap_or_default(),
        gap: progress.gap.map(gap).unwrap_or_default(),
        chart,
        answers: target.answers.map_or_else(String::new, |answers| answers.name().in_language(language).to_string()),
        districts: districts.into_iter().collect(),
        reading: progress.reading.in_language(language).to_string(),
        note: note(progress, language),
    }
}

fn amount(value: f64, indicator: Option<&Indicator>, language: Language) -> String {
    let Some(indicator) = indicator else { return value.to_string() };
    let unit = indicator.unit.in_language(language);
    let space = if language == Language::English && unit != "%" { " " } else { "" };
    format!("{}{space}{unit}", printed(value, indicator.decimals))
}

/// What is missing, and what the other readings would say.
fn note(progress: &Progress, language: Language) -> String {
    let others = progress.other_readings();
    let parts = [progress.note.in_language(language), others.in_language(language)];
    let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    said.join(match language {
        Language::Chinese => "。",
        Language::English => ". ",
    })
}
