//! What the scorecard says of each commitment: figures and verdicts put into words, section by section.

use std::{collections::BTreeMap, io};

use super::found::Found;
use crate::{
    chart,
    model::{
        Progress, Target, Text, Verdict,
        goal::{decimals, goal, judged_value},
        number::signed,
    },
    publish::{
        gallery::judged,
        scorecard::{self, Group, Row, Scorecard},
    },
};

/// All commitments of the whole, by section of the document.
pub fn groups(results: &Found, charts: &[&str]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for target in &results.plan.targets {
        let of_target = results.summary.progress.iter().filter(|progress| progress.target == target.id);
        let (whole, parts): (Vec<&Progress>, Vec<&Progress>) =
            of_target.partition(|progress| results.plan.book.areas.is_whole(&progress.area));
        let Some(progress) = whole.first() else { continue };
        let row = row(results, target, progress, &parts, charts);
        let heading = target.citation.as_ref().map_or_else(
            || Text::new("目标", "Targets"),
            |citation| Text::same([citation.part.as_str(), citation.section.as_str()].join(" · ")),
        );
        match groups.iter_mut().find(|group| group.heading == heading) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { heading, anchor: String::new(), rows: vec![row] }),
        }
    }
    // What is promised for this year stands before what was for an earlier one.
    groups.sort_by_key(|group| std::cmp::Reverse(group.rows.iter().map(|row| row.period).max()));
    for (place, group) in groups.iter_mut().enumerate() {
        group.anchor = format!("section-{}", place + 1);
    }
    groups
}

pub fn page(results: &Found, groups: &[Group], areas: &[Text], whole: usize) -> io::Result<String> {
    let verdicts: Vec<(Verdict, usize)> = super::found::verdicts(results.plan, results.summary).into_iter().collect();
    scorecard::page(&Scorecard {
        title: &results.plan.title,
        as_of: &results.order.as_of.to_string(),
        language: results.order.language,
        sample: results.plan.sample,
        verdicts: &verdicts,
        areas,
        whole,
        groups,
    })
    .map_err(io::Error::other)
}

fn row(results: &Found, target: &Target, progress: &Progress, parts: &[&Progress], charts: &[&str]) -> Row {
    let indicator = target.taken().indicator.as_deref().and_then(|id| results.plan.indicator(id));
    // The unit stands once, with the value; per cents and their points always say what they are.
    let per_cent = indicator.is_some_and(|indicator| indicator.unit.en == "%");
    let decimals = indicator.map_or(0, |indicator| decimals(indicator, target, progress));
    let level = |level: f64| indicator.map_or_else(String::new, |one| goal(one, &target.taken().aim, level, decimals));
    let gap = |gap: f64| {
        let number = signed(gap, decimals);
        if per_cent { Text::new(format!("{number}百分点"), format!("{number} points")) } else { Text::same(number) }
    };
    let is_drawn = |id: &String| charts.contains(&id.as_str());
    let chart = indicator.and_then(|one| chart::speaking_for(&one.id).into_iter().find(is_drawn));
    let mut districts: BTreeMap<Verdict, Vec<Text>> = BTreeMap::new();
    for part in parts {
        let name = results.plan.book.areas.get(&part.area).map_or_else(|| Text::same(&*part.area), |area| area.name.clone());
        districts.entry(part.verdict).or_default().push(name);
    }
    Row {
        id: target.id.to_string(),
        period: target.period.year(),
        name: target.name.clone(),
        paragraph: target.citation.as_ref().map(|citation| citation.paragraph),
        verdict: progress.verdict,
        judged: by_area(results, target),
        direction: progress.direction.name(),
        value: judged_value(indicator, target, progress),
        level: progress.target_value.map(level).unwrap_or_default(),
        gap: progress.gap.map(gap).unwrap_or_default(),
        chart,
        answers: target.answers.map(|answers| answers.name()).unwrap_or_default(),
        districts: districts.into_iter().collect(),
        reading: progress.reading.clone(),
        note: note(progress),
    }
}

/// The verdicts on a target in all areas, in their conventional order.
pub fn by_area(results: &Found, target: &Target) -> String {
    let of_target: Vec<&Progress> = results.summary.progress.iter().filter(|progress| progress.target == target.id).collect();
    judged(results.plan.book.areas.iter().map(|area| {
        let here = of_target.iter().find(|progress| progress.area == area.code);
        here.map(|progress| progress.verdict)
    }))
}

/// What is missing, and what the other readings would say.
fn note(progress: &Progress) -> Text {
    let others = progress.other_readings();
    let said = |first: &str, second: &str, stop: &str| {
        [first, second].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(stop)
    };
    Text::new(said(&progress.note.zh, &others.zh, "。"), said(&progress.note.en, &others.en, ". "))
}
