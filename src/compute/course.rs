//! The course of a year's flow: what there was by the end of each day on which something came.
//!
//! Formula: Σ of all figures whose day is not after this one; of what is reported by months, quarters or terms, Σ of the periods
//! that are over by this day, or the last of them where they are reported cumulated. Degenerate cases: a figure without a day counts from the last day, because nobody
//! knows since when it is there; a period that is not over counts on the as-of date; where neither days nor parts of the year
//! are given, there is no course.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Questions, days::Days};
use crate::model::{Aim, Course, Dataset, Formula, Indicator, IndicatorValue, OverYear, Period, Progress};

/// Of every flow that is asked for, in every area where it is judged.
pub fn courses(
    progress: &[Progress],
    values: &[IndicatorValue],
    dataset: &Dataset,
    days: &Days,
    questions: &Questions,
) -> Vec<Course> {
    let mut courses: Vec<Course> = Vec::new();
    for row in progress {
        let target = questions.targets.iter().find(|target| target.id == row.target);
        let flow = target.filter(|target| matches!(target.taken().aim, Aim::Flow { .. }));
        let indicator = flow.and_then(|target| target.taken().indicator.as_ref());
        let indicator = indicator.and_then(|id| questions.indicators.iter().find(|indicator| indicator.id == *id));
        let (Some(indicator), Some(judged)) = (indicator, row.judged) else { continue };
        let year = row.period.year();
        let is_known =
            courses.iter().any(|course| course.indicator == indicator.id && course.area == row.area && course.year == year);
        let reached = match indicator.over_year {
            _ if is_known => Vec::new(),
            Some(over_year) => by_periods(&values[judged], over_year, values, questions.as_of),
            None => by_days(&values[judged], indicator, dataset, days, questions.as_of),
        };
        if !reached.is_empty() {
            courses.push(Course { indicator: indicator.id.clone(), area: row.area.clone(), year, reached });
        }
    }
    courses
}

/// By the days of the figures.
fn by_days(value: &IndicatorValue, indicator: &Indicator, dataset: &Dataset, days: &Days, as_of: Date) -> Vec<(Date, f64)> {
    let Formula::Total { of } = &indicator.formula else { return Vec::new() };
    // Several terms of one measure would count a figure twice, and what is taken away has no day.
    let [term] = of.as_slice() else { return Vec::new() };
    if term.from_day.is_none() || term.minus {
        return Vec::new();
    }
    let last = as_of.min(value.period.last_day());
    let mut steps: BTreeMap<Date, f64> = BTreeMap::new();
    for &row in &value.from {
        let Some(observation) = dataset.observations.get(row as usize) else { continue };
        let adds = term.takes(observation) && observation.breakdown.holds(&value.breakdown) && days.has_come(row, term);
        let Some(number) = observation.value.filter(|_| adds) else { continue };
        // What was there before the year began is there from its first day on.
        let day = days.of(row, term).unwrap_or(last).max(value.period.first_day()).min(last);
        *steps.entry(day).or_insert(0.0) += number;
    }
    // Nothing has come yet, and that is known.
    if steps.is_empty() && value.value.is_some() {
        steps.insert(last, 0.0);
    }
    summed(steps)
}

/// By the parts of the year.
fn by_periods(year: &IndicatorValue, over_year: OverYear, values: &[IndicatorValue], as_of: Date) -> Vec<(Date, f64)> {
    let is_part = |value: &&IndicatorValue| {
        value.indicator == year.indicator
            && value.area == year.area
            && value.breakdown == year.breakdown
            && value.period.year() == year.period.year()
            && !matches!(value.period, Period::Year(_) | Period::SchoolYear(_))
            && value.period.first_day() <= as_of
    };
    let parts = values.iter().filter(is_part).filter_map(|value| Some((value.period.last_day().min(as_of), value.value?)));
    let parts: BTreeMap<Date, f64> = parts.collect();
    match over_year {
        OverYear::Sum => summed(parts),
        OverYear::Last => parts.into_iter().collect(),
    }
}

fn summed(steps: BTreeMap<Date, f64>) -> Vec<(Date, f64)> {
    let mut sum = 0.0;
    let mut add = |(day, by)| {
        sum += by;
        (day, sum)
    };
    steps.into_iter().map(&mut add).collect()
}
