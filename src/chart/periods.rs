//! Values over the periods: which periods there are, their points, and what is said of those without a value.

use std::collections::BTreeMap;

use super::{
    incomplete::{HOLLOW, is_incomplete},
    subject::{Subject, interval},
};
use crate::model::{Break, IndicatorValue, Period, Point};

/// All periods from the first to the last that has a value, also those without one.
pub fn stretch<'a>(values: impl IntoIterator<Item = &'a &'a IndicatorValue>) -> Vec<Period> {
    let mut known: Vec<Period> = values.into_iter().filter(|value| value.value.is_some()).map(|value| value.period).collect();
    known.sort();
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

    pub fn gaps(&self, periods: &[Period], points: &[Point]) -> Option<String> {
        let missing = periods.iter().zip(points).filter(|(_, point)| point.value.is_none());
        let missing: Vec<Period> = missing.map(|(period, _)| *period).collect();
        let gaps: Vec<String> = Period::stretches(&missing).iter().map(|gap| self.span(gap)).collect();
        let gaps = self.chapter.listed(&gaps);
        let (zh, en) = (format!("{gaps}无数据，线在此断开。"), format!("No data for {gaps}: the line is broken there."));
        (!missing.is_empty()).then(|| self.say(zh, en))
    }

    /// What the values of some periods lack.
    pub fn incomplete_over_time(&self, values: &[&IndicatorValue]) -> Option<String> {
        self.incomplete(HOLLOW, values.iter().map(|row| (row.period.in_language(self.language()), *row)))
    }

    /// Places of the periods from which on the indicator is counted another way.
    pub fn breaks(&self, periods: &[Period]) -> Vec<usize> {
        let is_broken = |place: &usize| self.indicator.broken(periods[place - 1], periods[*place]).is_some();
        (1..periods.len()).filter(is_broken).collect()
    }

    /// Why, a sentence for each.
    pub fn broken(&self, periods: &[Period]) -> Vec<String> {
        let broken = periods.windows(2).filter_map(|pair| self.indicator.broken(pair[0], pair[1]));
        let words = |at: &Break| {
            let (when, why) = (at.at.in_language(self.language()), self.words(&at.because));
            self.say(
                format!("自{when}起口径改变，前后不可比：{why}"),
                format!("Counted another way from {when} on, not to be compared across: {why}"),
            )
        };
        broken.map(words).collect()
    }

    /// `2021年至2023年`
    pub fn span(&self, periods: &[Period]) -> String {
        let name = |period: Option<&Period>| period.map(|period| period.in_language(self.language())).unwrap_or_default();
        let (first, last) = (name(periods.first()), name(periods.last()));
        if first == last { first } else { self.say(format!("{first}至{last}"), format!("{first} to {last}")) }
    }
}
