//! The course of a year's flow: what there was by the end of each day on which something came.
//!
//! Formula: Σ of all figures whose day is not after this one; of what is reported by months, quarters or terms, Σ of the periods
//! that are over by this day, or the last of them where they are reported cumulated: of the very periods that make up the year
//! (`years`). Degenerate cases: a figure without a day counts from the last day, because nobody knows since when it is there; a period
//! that is not over counts on the as-of date; where the parts of the whole report by periods of different length, its course is the
//! sum of theirs; where neither days nor parts of the year are given, there is no course; where figures of it are withheld, its last
//! step would not be the year's value, and there is none either.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Questions, days::Days, years::that_make_up};
use crate::model::{Aim, Course, Dataset, Formula, Grain, Id, Indicator, IndicatorValue, OverYear, Period, Progress, are_equal};

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
        let indicator = indicator.and_then(|id| questions.indicator(id));
        let (Some(indicator), Some(judged)) = (indicator, row.judged) else { continue };
        let year = row.period.year();
        let is_known =
            courses.iter().any(|course| course.indicator == indicator.id && course.area == row.area && course.year == year);
        let reached = match indicator.over_year {
            _ if is_known => Vec::new(),
            Some(over_year) => by_periods(&values[judged], over_year, values, questions),
            None => by_days(&values[judged], indicator, dataset, days, questions.as_of),
        };
        let ends_there = |(_, last): &(Date, f64)| values[judged].value.is_some_and(|value| are_equal(*last, value));
        if reached.last().is_some_and(ends_there) {
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
fn by_periods(year: &IndicatorValue, over_year: OverYear, values: &[IndicatorValue], questions: &Questions) -> Vec<(Date, f64)> {
    let as_of = questions.as_of;
    let given = |area: &Id| -> Vec<&IndicatorValue> {
        let is_of_year = |value: &&IndicatorValue| {
            value.indicator == year.indicator
                && value.area == *area
                && value.breakdown == year.breakdown
                && value.period.year() == year.period.year()
                && value.period.first_day() <= as_of
                && value.value.is_some()
        };
        values.iter().filter(is_of_year).collect()
    };
    let is_year = |value: &IndicatorValue| matches!(value.period, Period::Year(_));
    let parts = |area: &Id| -> Vec<&IndicatorValue> { given(area).into_iter().filter(|value| !is_year(value)).collect() };
    let last = as_of.min(year.period.last_day());
    let step = |part: &IndicatorValue| Some((part.period.last_day().min(last), part.value?));
    if over_year == OverYear::Last {
        let states = parts(&year.area).into_iter().filter(|part| !part.period.is_year());
        return states.filter_map(step).collect::<BTreeMap<Date, f64>>().into_iter().collect();
    }
    let areas = &questions.book.areas;
    let whole = areas.whole().filter(|whole| whole.code == year.area);
    // Who writes the year alone has all of it on its last day.
    let of_part = |area: &Id| Some(parts(area)).filter(|parts| !parts.is_empty()).unwrap_or_else(|| given(area));
    let mut shares: Vec<Vec<&IndicatorValue>> =
        whole.into_iter().flat_map(|whole| areas.parts_of(&whole.code)).map(|area| of_part(&area.code)).collect();
    if shares.iter().flatten().map(|part| Grain::of(part.period)).collect::<BTreeSet<_>>().len() < 2 {
        shares = vec![parts(&year.area)];
    }
    let made_of = shares.iter().flat_map(|parts| that_make_up(parts, year.period.year(), as_of).0);
    let mut steps: BTreeMap<Date, f64> = BTreeMap::new();
    for (day, number) in made_of.filter_map(step) {
        *steps.entry(day).or_insert(0.0) += number;
    }
    summed(steps)
}

fn summed(steps: BTreeMap<Date, f64>) -> Vec<(Date, f64)> {
    let mut sum = 0.0;
    let mut add = |(day, by)| {
        sum += by;
        (day, sum)
    };
    steps.into_iter().map(&mut add).collect()
}
