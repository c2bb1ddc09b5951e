//! Values over the periods: which periods there are, their points, and what is said of those without a value.

use std::collections::BTreeMap;

use super::{
    incomplete::{HOLLOW, is_incomplete},
    subject::{Subject, interval},
};
use crate::model::{Break, IndicatorValue, Period, Point, Status};

/// All periods from the first to the last that has a value, also those without one.
pub fn stretch<'a>(values: impl IntoIterator<Item = &'a &'a IndicatorValue>) -> Vec<Period> {
    let mut known: Vec<Period> = values.into_iter().filter(|value| value.value.is_some()).map(|value| value.period).collect();
    known.sort_by_key(|period| period.chronological());
    known.dedup();
    let (Some(&first), Some(&last)) = (known.first(), known.last()) else { return known };
    // Two grains of time in one indicator have no steps between them: then only what is known is shown.
    let steps: Vec<Period> = std::iter::successors(Some(first), |at| (*at < last).then(|| at.next())).take(600).collect();
    if known.iter().all(|period| steps.contains(period)) { steps } else { known }
}

/// A lone dot says nothing over time.
pub fn is_line(points: &[Point]) -> bool {
    points.iter().filter(|point| point.value.is_some()).count() > 1
}

impl Subject<'_> {
    pub fn points(&self, values: &[&IndicatorValue], periods: &[Period]) -> Vec<Point> {
        let found: BTreeMap<Period, &IndicatorValue> =
            values.iter().filter(|row| row.value.is_some()).map(|row| (row.period, *row)).collect();
        let point = |period: &Period| {
            let row = found.get(period);
            let value = row.and_then(|row| row.value);
            let interval = row.and_then(|row| interval(row));
            let (label, shown) = (period.to_string(), self.shown(value));
            let incomplete = row.is_some_and(|row| is_incomplete(row));
            Point { label, value, shown, emphasis: false, verdict: None, target: None, interval, incomplete }
        };
        periods.iter().map(point).collect()
    }

    /// Of which periods there is no value.
    pub fn without(&self, periods: &[Period], points: &[Point]) -> Option<String> {
        let missing = periods.iter().zip(points).filter(|(_, point)| point.value.is_none());
        let missing: Vec<Period> = missing.map(|(period, _)| *period).collect();
        let gaps: Vec<String> = Period::stretches(&missing).iter().map(|gap| self.span(gap)).collect();
        (!missing.is_empty()).then(|| self.chapter.listed(&gaps))
    }

    pub fn gaps(&self, periods: &[Period], points: &[Point]) -> Option<String> {
        let gaps = self.without(periods, points)?;
        Some(self.say(format!("{gaps}无数据，线在此断开。"), format!("No data for {gaps}: the line is broken there.")))
    }

    /// Sentences about lines, each with the name of the line: what is true of all of them is said once and of nobody.
    pub fn of_lines(&self, lines: &[(String, Vec<String>)]) -> Vec<String> {
        let mut said: Vec<(&str, Vec<String>)> = Vec::new();
        for (name, sentences) in lines {
            for sentence in sentences {
                match said.iter_mut().find(|(known, _)| known == sentence) {
                    Some((_, names)) => names.push(name.clone()),
                    None => said.push((sentence, vec![name.clone()])),
                }
            }
        }
        let one = |(sentence, names): (&str, Vec<String>)| {
            if names.len() == lines.len() {
                return sentence.to_string();
            }
            let names = self.chapter.listed(&names);
            self.say(format!("{names}：{sentence}"), format!("{names}: {sentence}"))
        };
        said.into_iter().map(one).collect()
    }

    /// What the values of some periods lack.
    pub fn incomplete_over_time(&self, values: &[&IndicatorValue]) -> Option<String> {
        self.incomplete(HOLLOW, values.iter().map(|row| (row.period.in_language(self.language()), *row)))
    }

    /// Places of the periods from which on the indicator is counted another way.
    pub fn breaks(&self, values: &[&IndicatorValue], periods: &[Period]) -> Vec<usize> {
        (1..periods.len()).filter(|&place| self.breaks_at(values, [periods[place - 1], periods[place]]).is_some()).collect()
    }

    /// Why, a sentence for each.
    pub fn broken(&self, values: &[&IndicatorValue], periods: &[Period]) -> Vec<String> {
        periods.windows(2).filter_map(|pair| self.breaks_at(values, [pair[0], pair[1]])).collect()
    }

    /// What is said of a break between two periods that stand side by side: the pipeline names it, or the source marks a value.
    fn breaks_at(&self, values: &[&IndicatorValue], [from, to]: [Period; 2]) -> Option<String> {
        if let Some(Break { at, because }) = self.indicator.broken(from, to) {
            let (when, why) = (at.in_language(self.language()), self.words(because));
            return Some(self.say(
                format!("自{when}起口径改变，前后不可比：{why}"),
                format!("Counted another way from {when} on, not to be compared across: {why}"),
            ));
        }
        let is_marked = values.iter().any(|row| row.period == to && row.value.is_some() && row.status == Status::Break);
        let when = to.in_language(self.language());
        is_marked.then(|| {
            self.say(
                format!("自{when}起口径改变（状态 B），前后不可比。"),
                format!("Counted another way from {when} on (status B), not to be compared across."),
            )
        })
    }

    /// `2021年至2023年`
    pub fn span(&self, periods: &[Period]) -> String {
        let name = |period: Option<&Period>| period.map(|period| period.in_language(self.language())).unwrap_or_default();
        let (first, last) = (name(periods.first()), name(periods.last()));
        if first == last { first } else { self.say(format!("{first}至{last}"), format!("{first} to {last}")) }
    }
}
