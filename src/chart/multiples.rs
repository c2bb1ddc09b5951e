//! Small multiples: the periods of each area on one scale, with the whole behind each where it can be compared.

use super::{
    incomplete::HOLLOW,
    periods::{is_line, stretch},
    phrase,
    subject::{Draft, Subject},
};
use crate::model::{
    Area, AreaKind, Figure, Grain, IndicatorValue, Key, Kind, Level, Mark, Marks, Multiples, Period, Point, Series, Table,
};

pub fn by_area(subject: &Subject) -> Option<Figure> {
    let totals: Vec<&IndicatorValue> = subject.values.iter().filter(|row| row.breakdown.is_empty()).copied().collect();
    let periods = stretch(&totals);
    let series = |code: &str| {
        let own = subject.of(code, |breakdown| breakdown.is_empty());
        let points = subject.points(&own, &periods);
        let series = Series { name: subject.area(code), points, breaks: subject.breaks(&own, &periods) };
        (series, subject.broken(&own, &periods))
    };
    let is_wanted = |area: &&Area| match area.kind {
        AreaKind::District => subject.is_asked(area),
        AreaKind::Other => subject.asked.contains(&area.code),
        AreaKind::Whole => false,
    };
    let areas = subject.chapter.areas.iter().filter(is_wanted);
    let is_drawn = |(series, _): &(Series, Vec<String>)| is_line(&series.points);
    let (panels, mut broken): (Vec<Series>, Vec<Vec<String>>) = areas.map(|area| series(&area.code)).filter(is_drawn).unzip();
    if panels.len() < 2 {
        return None;
    }
    let whole = subject.whole().filter(|_| subject.is_ratio()).map(series).filter(is_drawn);
    let (behind, of_whole): (Option<Series>, Vec<String>) =
        whole.map_or_else(Default::default, |(whole, why)| (Some(whole), why));
    broken.push(of_whole);
    let lines: Vec<&Series> = panels.iter().chain(&behind).collect();
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
    let is_seen = |name: &String| lines.iter().any(|series| series.name == *name);
    let shown = totals.iter().map(|row| (subject.area(&row.area), *row)).filter(|(name, _)| is_seen(name));
    let when = |row: &IndicatorValue| row.period.in_language(subject.language());
    let named = shown.map(|(name, row)| (subject.say(format!("{name}{}", when(row)), format!("{name} {}", when(row))), row));
    let incomplete = subject.incomplete(HOLLOW, named);
    let named = |said: Vec<Vec<String>>| lines.iter().map(|series| series.name.clone()).zip(said).collect::<Vec<_>>();
    let gaps = lines.iter().map(|series| gaps(subject, &periods, series).into_iter().collect()).collect();
    let notes = subject.of_lines(&named(gaps)).into_iter().chain(incomplete).chain(subject.of_lines(&named(broken)));
    let told: Vec<String> = panels.iter().map(|series| ends(subject, series)).collect();
    let columns = std::iter::once(subject.say("地区".into(), "Area".into())).chain(periods.iter().map(ToString::to_string));
    let row = |series: &&Series| {
        std::iter::once(series.name.clone()).chain(series.points.iter().map(|point| point.shown.clone())).collect()
    };
    let draft = Draft {
        title: title(subject, &panels, &periods),
        subtitle,
        told: subject.say(format!("{}。", told.join("，")), format!("{}.", told.join(", "))),
        key,
        notes: notes.chain(subject.definition()).collect(),
        table: Table { columns: columns.collect(), rows: lines.iter().map(row).collect() },
        marks: Marks::Multiples(Multiples { panels, behind, target }),
    };
    Some(subject.figure(Kind::Multiples, draft))
}

/// Where every district has to reach the same level, or the whole alone has one.
fn target(subject: &Subject) -> Option<Level> {
    let judged = || subject.progress.iter().filter(|(_, row)| row.target_value.is_some());
    let (target, row) = judged().next()?;
    let same = judged().filter(|(other, _)| other.id == target.id).all(|(_, other)| other.target_value == row.target_value);
    if same && subject.is_ratio() { subject.level(target, row, subject.indicator.decimals) } else { None }
}

/// Where its line stops, begins late or is interrupted.
fn gaps(subject: &Subject, periods: &[Period], series: &Series) -> Option<String> {
    let gaps = subject.without(periods, &series.points)?;
    Some(subject.say(format!("{gaps}无数据，该处不画线。"), format!("No data for {gaps}: no line is drawn there.")))
}

/// An area with its first and last value, of those that are counted as the last one is; with their periods where these are not the
/// first and the last of the chart.
fn ends(subject: &Subject, series: &Series) -> String {
    let known = || series.points.iter().enumerate().filter(|(_, point)| point.value.is_some());
    let last = known().next_back().map_or(0, |(place, _)| place);
    let since = series.breaks.iter().rfind(|place| **place <= last).copied().unwrap_or_default();
    let mut known = known().filter(|(place, _)| *place >= since);
    let (first, last) = (known.next(), known.next_back());
    let shown = |((place, point), expected): ((usize, &Point), usize)| match place == expected {
        true => point.shown.clone(),
        false => subject.say(format!("{}（{}）", point.shown, point.label), format!("{} ({})", point.shown, point.label)),
    };
    let end = series.points.len() - 1;
    let ends = first.map(|at| (at, if last.is_some() { 0 } else { end })).into_iter().chain(last.map(|at| (at, end)));
    format!("{} {}", series.name, ends.map(shown).collect::<Vec<_>>().join("→"))
}

/// How many areas rose and fell over the periods that most of them can be compared over.
fn title(subject: &Subject, panels: &[Series], periods: &[Period]) -> String {
    let name = subject.titled();
    let called = |place: usize| periods.get(place).map(|period| period.in_language(subject.language())).unwrap_or_default();
    let Some(over) = compared(panels, periods) else {
        let (first, last) = (called(0), called(periods.len() - 1));
        return subject.say(format!("{name}{first}至{last}，分地区"), format!("{name} by area, {first} to {last}"));
    };
    let (first, last) = (called(over.0), called(over.1));
    let count = |is_so: fn(f64) -> bool| panels.iter().filter(|series| movement(series, over).is_some_and(is_so)).count();
    let (all, up, down, same) = (panels.len(), count(|by| by > 0.0), count(|by| by < 0.0), count(|by| by == 0.0));
    let [rose, fell] = if subject.is_ratio() { ["上升", "下降"] } else { ["增加", "减少"] };
    let ways = [
        (up, rose, "up"),
        (down, fell, "down"),
        (same, "持平", "the same"),
        (all - up - down - same, "不可比", "not to be compared"),
    ];
    let counts = phrase::ways(subject.chapter, all, &ways);
    subject.say(format!("{name}{first}至{last}：{counts}"), format!("{name} from {first} to {last}: {counts}"))
}

/// The latest period to which most areas can be compared, and the earliest from which they can.
fn compared(panels: &[Series], periods: &[Period]) -> Option<(usize, usize)> {
    let most = |over: (usize, usize)| 2 * panels.iter().filter(|series| movement(series, over).is_some()).count() > panels.len();
    let steps = |to: usize| (0..to).map(move |from| (from, to));
    let alike = |(from, to): (usize, usize)| Grain::of(periods[from]) == Grain::of(periods[to]);
    (0..periods.len()).rev().flat_map(steps).find(|over| alike(*over) && most(*over))
}

/// What a value differs by from an earlier one: none where either lacks a part, or they are counted in two ways.
fn movement(series: &Series, (from, to): (usize, usize)) -> Option<f64> {
    let at = |place: usize| series.points.get(place).filter(|point| !point.incomplete).and_then(|point| point.value);
    let is_broken = series.breaks.iter().any(|place| (from + 1..=to).contains(place));
    at(to).zip(at(from)).filter(|_| !is_broken).map(|(last, first)| last - first)
}
