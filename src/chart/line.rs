//! Lines over the periods: the whole area with its target, and the whole by the members of a breakdown.

use std::collections::BTreeMap;

use super::{Subject, phrase};
use crate::model::{Figure, IndicatorValue, Kind, Period, Point, Series, Table};

/// All periods from the first to the last that has a value, also those without one.
fn stretch<'a>(values: impl IntoIterator<Item = &'a &'a IndicatorValue>) -> Vec<Period> {
    let mut known: Vec<Period> = values.into_iter().filter(|value| value.value.is_some()).map(|value| value.period).collect();
    known.sort();
    known.dedup();
    let (Some(&first), Some(&last)) = (known.first(), known.last()) else { return known };
    // Two grains of time in one indicator have no steps between them: then only what is known is shown.
    let steps: Vec<Period> = std::iter::successors(Some(first), |at| (*at < last).then(|| at.next())).take(600).collect();
    if known.iter().all(|period| steps.contains(period)) { steps } else { known }
}

impl Subject<'_> {
    fn points(&self, values: &[&IndicatorValue], periods: &[Period]) -> Vec<Point> {
        let found: BTreeMap<Period, f64> = values.iter().filter_map(|row| Some((row.period, row.value?))).collect();
        let point = |period: &Period| {
            let value = found.get(period).copied();
            let shown = value.map_or_else(|| self.nothing(), |value| self.short(value));
            Point { label: period.to_string(), value, shown, emphasis: false, verdict: None, target: None }
        };
        periods.iter().map(point).collect()
    }

    pub(super) fn nothing(&self) -> String {
        self.say("无数据".into(), "no data".into())
    }

    fn gaps(&self, periods: &[Period], points: &[Point]) -> Option<String> {
        let missing = periods.iter().zip(points).filter(|(_, point)| point.value.is_none());
        let missing: Vec<String> = missing.map(|(period, _)| phrase::period(*period, self.language())).collect();
        let zh = format!("{}无数据，线在此断开。", missing.join("、"));
        let en = format!("No data for {}: the line is broken there.", missing.join(", "));
        (!missing.is_empty()).then(|| self.say(zh, en))
    }

    /// `2021年至2023年`
    fn span(&self, periods: &[Period]) -> String {
        let name = |period: Option<&Period>| period.map(|period| phrase::period(*period, self.language())).unwrap_or_default();
        let (first, last) = (name(periods.first()), name(periods.last()));
        if first == last { first } else { self.say(format!("{first}至{last}"), format!("{first} to {last}")) }
    }

    fn unit(&self) -> String {
        let unit = self.words(&self.indicator.unit);
        if unit.is_empty() { String::new() } else { self.say(format!("（{unit}）"), format!(" ({unit})")) }
    }
}

/// The whole area over the periods, with the target.
pub fn over_time(subject: &Subject) -> Option<Figure> {
    let whole = subject.whole()?;
    let values = subject.of(whole, |breakdown| breakdown.is_empty());
    let periods = stretch(&values);
    let last = values.iter().rfind(|row| Some(&row.period) == periods.last())?;
    let value = last.value?;
    let points = subject.points(&values, &periods);
    let area = subject.area(whole);

    let judged = subject.progress.iter().filter(|(_, row)| row.area.as_ref() == whole);
    let level = judged.clone().find_map(|(target, row)| subject.level(target, row));
    let verdict = judged.clone().find(|(_, row)| row.period == last.period).map(|(_, row)| subject.verdict(row.verdict));

    let when = phrase::period(last.period, subject.language());
    let movement = last.change.as_ref().map(|change| subject.movement(change, last.period)).unwrap_or_default();
    let verdict = verdict.unwrap_or_default();
    let name = subject.name();
    let amount = subject.amount(value);
    let title = subject
        .say(format!("{name}{when}为{amount}{movement}{verdict}"), format!("{name}: {amount} in {when}{movement}{verdict}"));
    let span = subject.span(&periods);
    let unit = subject.unit();
    let subtitle = subject.say(format!("{name}{unit}，{area}，{span}"), format!("{name}{unit}, {area}, {span}"));

    let told: Vec<String> = points.iter().map(|point| format!("{} {}", point.label, point.shown)).collect();
    let goal = level.as_ref().map(|level| level.label.clone()).unwrap_or_default();
    let alt = subject.say(
        format!("折线图：{subtitle}。{}。{goal}", told.join("，")),
        format!("Line chart: {subtitle}. {}. {goal}", told.join(", ")),
    );
    let mut notes: Vec<String> = subject.gaps(&periods, &points).into_iter().collect();
    if last.change.is_none() && !subject.words(&last.note).is_empty() {
        notes.push(subject.words(&last.note).to_string());
    }
    notes.extend(judged.map(|(target, row)| subject.about(target, row)));
    notes.extend(subject.definition());

    let rows = periods.iter().zip(&points).map(|(period, point)| {
        let change = values.iter().find(|row| row.period == *period).and_then(|row| row.change.as_ref());
        vec![point.label.clone(), point.shown.clone(), change.map(|change| subject.signed(change)).unwrap_or_default()]
    });
    let rows = rows.collect();
    let differs = subject.words(&subject.indicator.change_unit()).to_string();
    let columns = vec![
        subject.say("时期".into(), "Period".into()),
        format!("{name}{unit}"),
        subject.say(format!("比上期（{differs}）"), format!("Change ({differs})")),
    ];
    Some(Figure {
        id: format!("{}-line", subject.indicator.id),
        kind: Kind::Line,
        language: subject.language(),
        title,
        subtitle,
        unit: subject.words(&subject.indicator.unit).to_string(),
        series: vec![Series { name: area, points }],
        target: level,
        key: Vec::new(),
        notes,
        source: subject.source(),
        sample: subject.sample(),
        alt: alt.trim_end().to_string(),
        table: Table { columns, rows },
    })
}

/// The whole area over the periods, one line for each member of a dimension.
pub fn by_member(subject: &Subject, dimension: &str) -> Option<Figure> {
    let whole = subject.whole()?;
    let values = subject.of(whole, |breakdown| breakdown.len() == 1 && breakdown.contains_key(dimension));
    let periods = stretch(&values);
    let last = periods.last()?;
    let mut members: Vec<&str> = Vec::new();
    for member in values.iter().filter(|row| row.value.is_some()).filter_map(|row| row.breakdown.get(dimension)) {
        if !members.contains(&member.as_ref()) {
            members.push(member);
        }
    }
    let series: Vec<Series> = members
        .iter()
        .map(|member| {
            let own: Vec<&IndicatorValue> =
                values.iter().filter(|row| row.breakdown.get(dimension).map(AsRef::as_ref) == Some(*member)).copied().collect();
            let name = subject.words(&(subject.chapter.names)(dimension, member)).to_string();
            Series { name, points: subject.points(&own, &periods) }
        })
        .collect();

    let ends: Vec<(f64, &str, &str)> = series
        .iter()
        .filter_map(|series| {
            series.points.last().and_then(|point| Some((point.value?, series.name.as_str(), point.shown.as_str())))
        })
        .collect();
    let (_, lowest, low) = ends.iter().copied().min_by(|a, b| a.0.total_cmp(&b.0))?;
    let (_, highest, high) = ends.iter().copied().rev().max_by(|a, b| a.0.total_cmp(&b.0))?;
    let name = subject.name();
    let when = phrase::period(*last, subject.language());
    let title = if low == high {
        let who: Vec<&str> = ends.iter().map(|(_, name, _)| *name).collect();
        let all = if who.len() > 1 { "均" } else { "" };
        subject.say(
            format!("{name}{when}：{}{all}为{high}", who.join("、")),
            format!("{name} in {when}: {high} for {}", who.join(", ")),
        )
    } else {
        subject.say(
            format!("{name}{when}：{highest}最高（{high}），{lowest}最低（{low}）"),
            format!("{name} in {when}: highest for {highest} ({high}), lowest for {lowest} ({low})"),
        )
    };
    let area = subject.area(whole);
    let span = subject.span(&periods);
    let unit = subject.unit();
    let of = (subject.chapter.names)(dimension, "");
    let of = subject.words(&of);
    let by =
        if of.is_empty() { String::new() } else { subject.say(format!("，分{of}"), format!(", by {}", of.to_lowercase())) };
    let subtitle = subject.say(format!("{name}{unit}{by}，{area}，{span}"), format!("{name}{unit}{by}, {area}, {span}"));
    let told: Vec<String> = ends.iter().map(|(_, name, shown)| format!("{name} {shown}")).collect();
    let alt = subject.say(
        format!("折线图：{subtitle}。{when}：{}。", told.join("，")),
        format!("Line chart: {subtitle}. In {when}: {}.", told.join(", ")),
    );
    let none_at_all: Vec<Point> = (0..periods.len())
        .filter_map(|place| series.iter().map(|series| &series.points[place]).max_by_key(|point| point.value.is_some()).cloned())
        .collect();
    let notes = subject.gaps(&periods, &none_at_all).into_iter().chain(subject.definition()).collect();
    let columns =
        std::iter::once(subject.say("时期".into(), "Period".into())).chain(series.iter().map(|series| series.name.clone()));
    let row = |(place, period): (usize, &Period)| {
        std::iter::once(period.to_string()).chain(series.iter().map(|series| series.points[place].shown.clone())).collect()
    };
    let table = Table { columns: columns.collect(), rows: periods.iter().enumerate().map(row).collect() };
    Some(Figure {
        id: format!("{}-line-{dimension}", subject.indicator.id),
        kind: Kind::Line,
        language: subject.language(),
        title,
        subtitle,
        unit: subject.words(&subject.indicator.unit).to_string(),
        series,
        target: None,
        key: Vec::new(),
        notes,
        source: subject.source(),
        sample: subject.sample(),
        alt,
        table,
    })
}
