//! Years from their months, quarters and terms.
//!
//! Formula: of a stock the last value of the year; of a flow Σ over the year's periods, of a ratio Σ numerators / Σ denominators
//! × per. A school year belongs to the year in which it begins (state on 1 September). Degenerate cases: periods that begin
//! after the as-of date are not looked at; a flow in which a period has not come is lacking; of a flow that is reported by months
//! and by quarters the one that lacks least is added up, and not both; a year that was reported itself is not made again, but one that
//! is only owed is made of its parts.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use jiff::civil::Date;

use super::{Questions, total::total};
use crate::model::{Breakdown, Formula, Grain, Id, Indicator, IndicatorValue, OverYear, Period, Status, Text};

type Key = (Id, Breakdown, i16);

/// Puts the values of years behind those that they are made of, and says where they begin.
pub fn add_years(values: &mut Vec<IndicatorValue>, indicators: &[Indicator], as_of: Date) -> usize {
    let made = over_years(values, indicators, as_of);
    let places: BTreeSet<_> = made.iter().map(place).collect();
    // A year that others have reported and this area owes, while its parts have come.
    let is_replaced = |value: &IndicatorValue| value.value.is_none() && places.contains(&place(value));
    values.retain(|value| !is_replaced(value));
    let first = values.len();
    values.extend(made);
    first
}

/// The values with those of the years that they make.
pub fn with_years(mut values: Vec<IndicatorValue>, questions: &Questions) -> Vec<IndicatorValue> {
    add_years(&mut values, questions.indicators, questions.as_of);
    values
}

fn place(value: &IndicatorValue) -> (Id, Id, Period, Breakdown) {
    (value.indicator.clone(), value.area.clone(), value.period, value.breakdown.clone())
}

/// The values of years that the others give.
fn over_years(values: &[IndicatorValue], indicators: &[Indicator], as_of: Date) -> Vec<IndicatorValue> {
    let mut years = Vec::new();
    for indicator in indicators {
        let Some(over_year) = indicator.over_year else { continue };
        let mut parts: BTreeMap<Key, Vec<&IndicatorValue>> = BTreeMap::new();
        for value in values.iter().filter(|value| value.indicator == indicator.id) {
            parts.entry((value.area.clone(), value.breakdown.clone(), value.period.year())).or_default().push(value);
        }
        for ((_, _, year), mut parts) in parts {
            let is_reported = parts.iter().any(|part| matches!(part.period, Period::Year(_)) && part.value.is_some());
            parts.retain(|part| !matches!(part.period, Period::Year(_)) && part.period.first_day() <= as_of);
            parts.sort_by_key(|part| part.period);
            if is_reported || parts.is_empty() {
                continue;
            }
            years.extend(match over_year {
                OverYear::Last => last(&parts, year),
                OverYear::Sum => of_one_grain(&parts, year, indicator, as_of),
            });
        }
    }
    years
}

/// A stock: the last value that there is.
fn last(parts: &[&IndicatorValue], year: i16) -> Option<IndicatorValue> {
    let given = parts.iter().filter(|part| part.value.is_some());
    let part = given.max_by_key(|part| part.period.last_day()).or(parts.last())?;
    let note = match part.period {
        Period::SchoolYear(_) => part.note.clone(),
        period => Text::new(format!("取 {period} 的数值"), format!("as of {period}")).and(&part.note),
    };
    Some(IndicatorValue { period: Period::Year(year), note, ..(*part).clone() })
}

/// A flow: by the periods of the length that lacks least of the year; of several that lack nothing, by the shortest.
fn of_one_grain(parts: &[&IndicatorValue], year: i16, indicator: &Indicator, as_of: Date) -> Option<IndicatorValue> {
    let grains: BTreeSet<Grain> = parts.iter().map(|part| Grain::of(part.period)).collect();
    let of_grain = |grain: &Grain| -> Vec<&IndicatorValue> {
        parts.iter().copied().filter(|part| Grain::of(part.period) == *grain).collect()
    };
    let lacks = |parts: &[&IndicatorValue]| {
        let (given, missing) = come(parts, year, as_of);
        (given.is_empty(), missing.len() as f64 / (given.len() + missing.len()).max(1) as f64)
    };
    let taken = grains
        .iter()
        .rev()
        .map(of_grain)
        .min_by(|one, other| lacks(one).partial_cmp(&lacks(other)).unwrap_or(Ordering::Equal))?;
    let mut made = sum(&taken, year, indicator, as_of)?;
    if grains.len() > 1 {
        let also =
            Text::new("另按其他周期报送的数不重复计入", "what was reported by periods of another length is not added again");
        made.note = made.note.and(&also);
    }
    Some(made)
}

/// The parts of the year of which there is a value, and those that are over and have none.
fn come(parts: &[&IndicatorValue], year: i16, as_of: Date) -> (BTreeSet<Period>, Vec<Period>) {
    let given: BTreeSet<Period> = parts.iter().filter(|part| part.value.is_some()).map(|part| part.period).collect();
    let due = parts.first().map(|first| due(first.period, year, as_of)).unwrap_or_default();
    let missing = due.into_iter().filter(|period| !given.contains(period)).collect();
    (given, missing)
}

/// A flow: all that has come in the year.
fn sum(parts: &[&IndicatorValue], year: i16, indicator: &Indicator, as_of: Date) -> Option<IndicatorValue> {
    let first = parts.first()?;
    let (given, missing) = come(parts, year, as_of);
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
