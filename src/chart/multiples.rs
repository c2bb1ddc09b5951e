//! Small multiples: the periods of each area on one scale, with the whole behind each where it can be compared.

use super::{
    incomplete::HOLLOW,
    periods::{is_line, stretch},
    phrase,
    subject::{Draft, Subject},
};
use crate::model::{Area, AreaKind, Figure, IndicatorValue, Key, Kind, Level, Mark, Marks, Multiples, Series, Table};

pub fn by_area(subject: &Subject) -> Option<Figure> {
    let totals: Vec<&IndicatorValue> = subject.values.iter().filter(|row| row.breakdown.is_empty()).copied().collect();
    let periods = stretch(&totals);
    let (first, last) = (periods.first()?, periods.last()?);
    let series = |code: &str| {
        let points = subject.points(&subject.of(code, |breakdown| breakdown.is_empty()), &periods);
        Series { name: subject.area(code), points }
    };
    let is_wanted = |area: &&Area| match area.kind {
        AreaKind::District => subject.is_asked(area),
        AreaKind::Other => subject.asked.contains(&area.code),
        AreaKind::Whole => false,
    };
    let areas = subject.chapter.areas.iter().filter(is_wanted);
    let panels: Vec<Series> = areas.map(|area| series(&area.code)).filter(|series| is_line(&series.points)).collect();
    if panels.len() < 2 {
        return None;
    }
    let behind = subject.whole().filter(|_| subject.is_ratio()).map(series).filter(|series| is_line(&series.points));
    let target = target(subject);
    let (name, unit, areas, span) = (subject.name(), subject.unit(), subject.areas(), subject.span(&periods));
    let subtitle = subject.say(
        format!("{name}{unit}，{areas}，{span}，同一刻度，按惯用顺序"),
        format!("{name}{unit}, {areas}, {span}, one scale, conventional order"),
    );
    let mut key = Vec::new();
    if let Some(behind) = &behind {
        key.push(Key { mark: Mark::Behind, words: behind.name.clone() });
    }
    if let Some(target) = &target {
        key.push(Key { mark: Mark::Level, words: target.label.clone() });
    }
    let is_seen = |name: &String| panels.iter().chain(&behind).any(|series| series.name == *name);
    let shown = totals.iter().map(|row| (subject.area(&row.area), *row)).filter(|(name, _)| is_seen(name));
    let when = |row: &IndicatorValue| row.period.in_language(subject.language());
    let named = shown.map(|(name, row)| (subject.say(format!("{name}{}", when(row)), format!("{name} {}", when(row))), row));
    let incomplete = subject.incomplete(HOLLOW, named);
    let told: Vec<String> = panels.iter().map(ends).collect();
    let columns = std::iter::once(subject.say("地区".into(), "Area".into())).chain(periods.iter().map(ToString::to_string));
    let rows = panels.iter().chain(&behind).map(|series| {
        std::iter::once(series.name.clone()).chain(series.points.iter().map(|point| point.shown.clone())).collect()
    });
    let draft = Draft {
        title: title(subject, &panels, [*first, *last].map(|period| period.in_language(subject.language()))),
        subtitle,
        told: subject.say(format!("{}。", told.join("，")), format!("{}.", told.join(", "))),
        key,
        notes: incomplete.into_iter().chain(subject.definition()).collect(),
        table: Table { columns: columns.collect(), rows: rows.collect() },
        marks: Marks::Multiples(Multiples { panels, behind, target }),
    };
    Some(subject.figure(Kind::Multiples, draft))
}

/// Where every district has to reach the same level, or the whole alone has one.
fn target(subject: &Subject) -> Option<Level> {
    let judged = || subject.progress.iter().filter(|(_, row)| row.target_value.is_some());
    let (target, row) = judged().next()?;
    let same = judged().filter(|(other, _)| other.id == target.id).all(|(_, other)| other.target_value == row.target_value);
    if same && subject.is_ratio() { subject.level(target, row) } else { None }
}

/// An area with its first and last value.
fn ends(series: &Series) -> String {
    let known = || series.points.iter().filter(|point| point.value.is_some());
    let shown = |point: Option<&crate::model::Point>| point.map(|point| point.shown.clone()).unwrap_or_default();
    format!("{} {}→{}", series.name, shown(known().next()), shown(known().next_back()))
}

/// How many areas rose and fell from their first value to their last.
fn title(subject: &Subject, panels: &[Series], span: [String; 2]) -> String {
    let movement = |series: &&Series| {
        let known: Vec<f64> = series.values().collect();
        known.last().zip(known.first()).map(|(last, first)| last - first)
    };
    let count = |is_so: fn(f64) -> bool| panels.iter().filter(|series| movement(series).is_some_and(is_so)).count();
    let (all, up, down) = (panels.len(), count(|by| by > 0.0), count(|by| by < 0.0));
    let (name, [first, last]) = (subject.titled(), span);
    let [rose, fell] = if subject.is_ratio() { ["上升", "下降"] } else { ["增加", "减少"] };
    let same = all - up - down;
    let counts = phrase::ways(subject.chapter, all, &[(up, rose, "up"), (down, fell, "down"), (same, "持平", "the same")]);
    subject.say(format!("{name}{first}至{last}：{counts}"), format!("{name} from {first} to {last}: {counts}"))
}
