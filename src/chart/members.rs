//! Lines over the periods, one for each member of a breakdown, for the whole area or the one that is asked for.

use super::{
    incomplete::is_incomplete,
    periods::{is_line, stretch},
    subject::{Draft, Subject},
};
use crate::model::{Figure, IndicatorValue, Kind, Lines, Marks, Period, Point, Series, Table};

/// A chart for each breakdown with one dimension.
pub fn by_breakdown(subject: &Subject) -> Vec<Figure> {
    let by = subject.indicator.by.iter();
    let single = by.filter_map(|by| if let [dimension] = by.as_slice() { Some(dimension) } else { None });
    single.filter_map(|dimension| by_member(subject, dimension)).collect()
}

fn by_member(subject: &Subject, dimension: &str) -> Option<Figure> {
    let place = subject.place()?;
    let values = subject.of(place, |breakdown| breakdown.len() == 1 && breakdown.contains_key(dimension));
    let periods = stretch(&values);
    let last = periods.last()?;
    let mut members: Vec<&str> = Vec::new();
    for member in values.iter().filter(|row| row.value.is_some()).filter_map(|row| row.breakdown.get(dimension)) {
        if !members.contains(&member.as_ref()) {
            members.push(member);
        }
    }
    let (series, broken): (Vec<Series>, Vec<(String, Vec<String>)>) = members
        .iter()
        .map(|member| {
            let own: Vec<&IndicatorValue> =
                values.iter().filter(|row| row.breakdown.get(dimension).map(AsRef::as_ref) == Some(*member)).copied().collect();
            let name = subject.words(&(subject.chapter.names)(dimension, member)).to_string();
            // Many lines with bands would hide each other.
            let points = subject.points(&own, &periods).into_iter().map(|point| Point { interval: None, ..point }).collect();
            let broken = (name.clone(), subject.broken(&own, &periods));
            (Series { name, points, breaks: subject.breaks(&own, &periods) }, broken)
        })
        .unzip();
    if series.iter().filter(|series| is_line(&series.points)).count() < 2 {
        return None;
    }

    let ends: Vec<(f64, &str, &str)> = series
        .iter()
        .filter_map(|series| {
            series.points.last().and_then(|point| Some((point.value?, series.name.as_str(), point.shown.as_str())))
        })
        .collect();
    let area = subject.area(place);
    let whose = if subject.asked.is_empty() { String::new() } else { subject.say(area.clone(), format!("{area}, ")) };
    let name = subject.name();
    let incomplete = values.iter().find(|row| row.period == *last && is_incomplete(row));
    let when = last.in_language(subject.language()) + &incomplete.map(|row| subject.caveat(row)).unwrap_or_default();
    let is_withheld = |row: &&IndicatorValue| row.period == *last && row.is_withheld();
    let title = title(subject, &format!("{whose}{name}"), &when, &ends, values.iter().any(is_withheld))?;
    let span = subject.span(&periods);
    let unit = subject.unit();
    let of = (subject.chapter.names)(dimension, "");
    let of = subject.words(&of);
    let by =
        if of.is_empty() { String::new() } else { subject.say(format!("，分{of}"), format!(", by {}", of.to_lowercase())) };
    let subtitle = subject.say(format!("{name}{unit}{by}，{area}，{span}"), format!("{name}{unit}{by}, {area}, {span}"));
    let told: Vec<String> = ends.iter().map(|(_, name, shown)| format!("{name} {shown}")).collect();
    let when = last.in_language(subject.language());
    let told = subject.say(format!("{when}：{}。", told.join("，")), format!("In {when}: {}.", told.join(", ")));
    let none_at_all: Vec<Point> = (0..periods.len())
        .filter_map(|place| series.iter().map(|series| &series.points[place]).max_by_key(|point| point.value.is_some()).cloned())
        .collect();
    let gaps = subject.gaps(&periods, &none_at_all);
    let incomplete = subject.incomplete_over_time(&values);
    let notes = gaps.into_iter().chain(incomplete).chain(subject.of_lines(&broken)).chain(subject.definition()).collect();
    let columns =
        std::iter::once(subject.say("时期".into(), "Period".into())).chain(series.iter().map(|series| series.name.clone()));
    let row = |(place, period): (usize, &Period)| {
        std::iter::once(period.to_string()).chain(series.iter().map(|series| series.points[place].shown.clone())).collect()
    };
    let table = Table { columns: columns.collect(), rows: periods.iter().enumerate().map(row).collect() };
    let marks = Marks::Line(Lines { series, target: None });
    let asked: String = subject.asked.iter().map(|area| format!("-{area}")).collect();
    let id = format!("{}-line-{dimension}{asked}", subject.indicator.id);
    Some(subject.named(id, Kind::Members, Draft { title, subtitle, told, marks, key: Vec::new(), notes, table }))
}

fn title(subject: &Subject, name: &str, when: &str, ends: &[(f64, &str, &str)], is_any_withheld: bool) -> Option<String> {
    let (lowest, _, low) = ends.iter().copied().min_by(|a, b| a.0.total_cmp(&b.0))?;
    let (highest, _, high) = ends.iter().copied().rev().max_by(|a, b| a.0.total_cmp(&b.0))?;
    let comma = subject.say("、".into(), ", ".into());
    // Whoever shares a place with others is not named alone.
    let who = |value: f64| {
        let names: Vec<&str> = ends.iter().filter(|end| end.0 == value).map(|(_, name, _)| *name).collect();
        names.join(&comma)
    };
    if low == high {
        let names: Vec<&str> = ends.iter().map(|(_, name, _)| *name).collect();
        let all = if names.len() > 1 { "均" } else { "" };
        // What only looks alike once it is rounded is said to be about that much.
        let (about_zh, about_en) = if lowest == highest { ("", "") } else { ("约", "about ") };
        return Some(subject.say(
            format!("{name}{when}：{}{all}{about_zh}为{high}", names.join(&comma)),
            format!("{name} in {when}: {about_en}{high} for {}", names.join(&comma)),
        ));
    }
    let (first, second) = (who(highest), who(lowest));
    Some(match ends.len() {
        2 => subject.say(
            format!("{name}{when}：{first}（{high}）高于{second}（{low}）"),
            format!("{name} in {when}: higher for {first} ({high}) than for {second} ({low})"),
        ),
        _ => {
            let of = subject.of_published(is_any_withheld, "各项");
            subject.say(
                format!("{name}{when}：{of}{first}最高（{high}），{second}最低（{low}）"),
                format!("{name} in {when}: {of}highest for {first} ({high}), lowest for {second} ({low})"),
            )
        }
    })
}
