//! Years from their months, quarters and terms.
//!
//! Formula: of a stock the last value of the year; of a flow Σ over the year's periods, of a ratio Σ numerators / Σ denominators
//! × per. A school year belongs to the year in which it begins (state on 1 September). Degenerate cases: periods that begin
//! after the as-of date are not looked at; a flow in which a period has not come is lacking; a year that was reported itself
//! is not made again.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::total::total;
use crate::model::{Breakdown, Formula, Id, Indicator, IndicatorValue, OverYear, Period, Status, Text};

type Key = (Id, Breakdown, i16);

/// The values of years, beside those that they are made of.
pub fn over_years(values: &[IndicatorValue], indicators: &[Indicator], as_of: Date) -> Vec<IndicatorValue> {
    let mut years = Vec::new();
    for indicator in indicators {
        let Some(over_year) = indicator.over_year else { continue };
        let mut parts: BTreeMap<Key, Vec<&IndicatorValue>> = BTreeMap::new();
        for value in values.iter().filter(|value| value.indicator == indicator.id) {
            parts.entry((value.area.clone(), value.breakdown.clone(), value.period.year())).or_default().push(value);
        }
        for ((_, _, year), mut parts) in parts {
            let is_reported = parts.iter().any(|part| matches!(part.period, Period::Year(_)));
            parts.retain(|part| part.period.first_day() <= as_of);
            parts.sort_by_key(|part| part.period);
            if is_reported || parts.is_empty() {
                continue;
            }
            years.extend(match over_year {
                OverYear::Last => last(&parts, year),
                OverYear::Sum => sum(&parts, year, indicator, as_of),
            });
        }
    }
    years
}

/// A stock: the last value that there is.
fn last(parts: &[&IndicatorValue], year: i16) -> Option<IndicatorValue> {
    let part = parts.iter().rfind(|part| part.value.is_some()).or(parts.last())?;
    let note = match part.period {
        Period::SchoolYear(_) => part.note.clone(),
        period => Text::new(format!("取 {period} 的数值"), format!("as of {period}")).and(&part.note),
    };
    Some(IndicatorValue { period: Period::Year(year), note, ..(*part).clone() })
}

/// A flow: all that has come in the year.
fn sum(parts: &[&IndicatorValue], year: i16, indicator: &Indicator, as_of: Date) -> Option<IndicatorValue> {
    let first = parts.first()?;
    let due = due(first.period, year, as_of);
    let given: BTreeSet<Period> = parts.iter().filter(|part| part.value.is_some()).map(|part| part.period).collect();
    let missing: Vec<Period> = due.into_iter().filter(|period| !given.contains(period)).collect();
    let add = |of: fn(&IndicatorValue) -> Option<f64>| {
        let known: Vec<f64> = parts.iter().filter_map(|part| of(part)).collect();
        (!known.is_empty()).then(|| total(known))
    };
    let (numerator, denominator) = (add(|part| part.numerator), add(|part| part.denominator));
    let value = match (&indicator.formula, numerator, denominator) {
        (Formula::Ratio { per, .. }, Some(of), Some(to)) if to != 0.0 => Some(of * per / to),
        (Formula::Ratio { .. }, ..) => None,
        (_, numerator, _) => numerator,
    };
    let so_far = as_of < Period::Year(year).last_day();
    let mut status = parts.iter().map(|part| part.status).reduce(Status::worse).unwrap_or(Status::Normal);
    let mut note = match given.last() {
        Some(last) if so_far => Text::new(format!("截至 {last}"), format!("up to {last}")),
        _ => Text::default(),
    };
    if !missing.is_empty() {
        let list = |comma: &str| missing.iter().map(ToString::to_string).collect::<Vec<_>>().join(comma);
        note = note.and(&Text::new(format!("缺 {}", list("、")), format!("without {}", list(", "))));
        status = status.worse(Status::Provisional);
    }
    let lacking = !missing.is_empty() || parts.iter().any(|part| part.lacking);
    if let Some(part) = parts.iter().find(|part| part.lacking) {
        note = note.and(&part.note);
    }
    let mut from: Vec<u32> = parts.iter().flat_map(|part| part.from.iter().copied()).collect();
    from.sort_unstable();
    from.dedup();
    Some(IndicatorValue {
        period: Period::Year(year),
        value,
        status,
        numerator,
        denominator,
        note,
        lacking,
        so_far,
        from,
        // As far as the least covered of its parts.
        coverage: parts.iter().filter_map(|part| part.coverage).min_by(f64::total_cmp),
        ..(*first).clone()
    })
}

/// The year's periods of the grain of one of them, as far as they are over on the as-of date.
fn due(of_grain: Period, year: i16, as_of: Date) -> Vec<Period> {
    let (Period::Semester(_, part) | Period::Quarter(_, part) | Period::Month(_, part)) = of_grain else { return Vec::new() };
    let first = (1..part).fold(of_grain, |period, _| period.previous());
    let steps = std::iter::successors(Some(first), |period| Some(period.next()));
    steps.take_while(|period| period.year() == year && period.last_day() <= as_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_months_of_a_year_are_due_as_it_goes_on() {
        let due_on = |month, day| due(Period::Month(2023, 3), 2023, jiff::civil::date(2023, month, day)).len();
        assert_eq!(due_on(1, 30), 0);
        assert_eq!(due_on(6, 30), 6);
        assert_eq!(due_on(12, 31), 12);
        assert_eq!(due(Period::Month(2023, 3), 2023, jiff::civil::date(2025, 1, 1)).len(), 12);
        assert_eq!(due(Period::Quarter(2023, 4), 2023, jiff::civil::date(2023, 7, 1)).len(), 2);
    }
}
