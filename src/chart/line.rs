//! A line over the periods: the whole area, or the one that is asked for, with its target and with intervals as a band.

use super::{
    incomplete::is_incomplete,
    periods::{is_line, stretch},
    phrase,
    subject::{Draft, Subject},
};
use crate::model::{Figure, Key, Kind, Lines, Mark, Marks, Series, Table, number::signed};

pub fn over_time(subject: &Subject) -> Option<Figure> {
    let place = subject.place()?;
    let values = subject.of(place, |breakdown| breakdown.is_empty());
    let periods = stretch(&values);
    let last = values.iter().rfind(|row| Some(&row.period) == periods.last())?;
    let value = last.value?;
    let mut points = subject.points(&values, &periods);
    if !is_line(&points) {
        return None;
    }
    let area = subject.area(place);

    let judged = subject.progress.iter().filter(|(_, row)| row.area.as_ref() == place);
    let target = judged.clone().find_map(|(target, row)| {
        let decimals = phrase::decimals(subject.indicator, target, row);
        subject.level(target, row, decimals)
    });
    let of_last = judged.clone().find(|(_, row)| row.period == last.period);
    let verdict = of_last.map(|(target, row)| subject.verdict(target, row));
    let decimals = of_last.map_or(subject.indicator.decimals, |(target, row)| phrase::decimals(subject.indicator, target, row));
    for point in &mut points {
        point.shown = point.value.map_or_else(|| subject.nothing(), |value| phrase::short(subject.indicator, value, decimals));
    }

    let when = last.period.in_language(subject.language());
    let movement = last.change.as_ref().map(|change| subject.movement(change, last.period, decimals)).unwrap_or_default();
    let verdict = verdict.unwrap_or_default();
    let (name, unit) = (subject.name(), subject.unit());
    let whose = if subject.asked.is_empty() { String::new() } else { subject.say(area.clone(), format!("{area}, ")) };
    let amount = subject.amount(value, decimals) + &subject.caveat(last);
    let title = subject.say(
        format!("{whose}{name}{when}为{amount}{movement}{verdict}"),
        format!("{whose}{name}: {amount} in {when}{movement}{verdict}"),
    );
    let span = subject.span(&periods);
    let subtitle = subject.say(format!("{name}{unit}，{area}，{span}"), format!("{name}{unit}, {area}, {span}"));

    let told: Vec<String> = points.iter().map(|point| format!("{} {}", point.label, point.shown)).collect();
    let goal = target.as_ref().map(|level| level.label.clone()).unwrap_or_default();
    let told = subject.say(format!("{}。{goal}", told.join("，")), format!("{}. {goal}", told.join(", ")));
    let mut notes: Vec<String> = subject.gaps(&periods, &points).into_iter().collect();
    notes.extend(subject.incomplete_over_time(&values));
    if last.change.is_none() && !is_incomplete(last) && !subject.words(&last.note).is_empty() {
        notes.push(subject.words(&last.note).to_string());
    }
    notes.extend(subject.broken(&values, &periods));
    notes.extend(judged.map(|(target, row)| subject.about(target, row)));
    notes.extend(subject.definition());
    let has_band = points.iter().any(|point| point.interval.is_some());
    let key = has_band.then(|| Key { mark: Mark::Interval, words: subject.interval_words() });

    let rows = periods.iter().zip(&points).map(|(period, point)| {
        let change = values.iter().find(|row| row.period == *period).and_then(|row| row.change.as_ref());
        vec![
            point.label.clone(),
            point.shown.clone(),
            change.map(|change| signed(change.difference, decimals)).unwrap_or_default(),
        ]
    });
    let rows = rows.collect();
    let differs = subject.words(&subject.indicator.change_unit()).to_string();
    let columns = vec![
        subject.say("时期".into(), "Period".into()),
        format!("{name}{unit}"),
        subject.say(format!("比上期（{differs}）"), format!("Change ({differs})")),
    ];
    let breaks = subject.breaks(&values, &periods);
    let marks = Marks::Line(Lines { series: vec![Series { name: area, points, breaks }], target });
    let key = key.into_iter().collect();
    Some(subject.figure(Kind::Line, Draft { title, subtitle, told, marks, key, notes, table: Table { columns, rows } }))
}
