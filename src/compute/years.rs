//! Years from their months, quarters and terms.
//!
//! Formula: of a stock the last value of the year; of a flow Σ over the year's periods, of a ratio Σ numerators / Σ denominators
//! × per. A school year belongs to the year in which it begins (state on 1 September). Degenerate cases: periods that begin
//! after the as-of date are not looked at; a flow in which a period has not come is lacking; of a flow that is reported by months
//! and by quarters no day is added twice; a year that was reported itself is not made again, but one that is only owed is made of its
//! parts; where the parts of the whole report by periods of different length, its year is the sum of theirs.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use jiff::civil::Date;

use super::{Questions, total::total};
use crate::model::{Area, Breakdown, Formula, Grain, Id, Indicator, IndicatorValue, OverYear, Period, Status, Text};

type Key = (Id, Breakdown, i16);

/// Puts the values of years behind those that they are made of, and says where they begin.
pub fn add_years(values: &mut Vec<IndicatorValue>, questions: &Questions) -> usize {
    let mut made = over_years(values, questions);
    let of_wholes = of_parts(values, &made, questions);
    let places: BTreeSet<_> = of_wholes.iter().map(place).collect();
    made.retain(|value| !places.contains(&place(value)));
    made.extend(of_wholes);
    let places: BTreeSet<_> = made.iter().map(place).collect();
    // A year that others have reported and this area owes, while its parts have come.
    values.retain(|value| !places.contains(&place(value)));
    let first = values.len();
    values.extend(made);
    first
}

/// The values with those of the years that they make.
pub fn with_years(mut values: Vec<IndicatorValue>, questions: &Questions) -> Vec<IndicatorValue> {
    add_years(&mut values, questions);
    values
}

fn place(value: &IndicatorValue) -> (Id, Id, Period, Breakdown) {
    (value.indicator.clone(), value.area.clone(), value.period, value.breakdown.clone())
}

/// The values of years that the others give.
fn over_years(values: &[IndicatorValue], questions: &Questions) -> Vec<IndicatorValue> {
    let as_of = questions.as_of;
    let mut years = Vec::new();
    for indicator in questions.indicators {
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
                OverYear::Sum => flow(&parts, year, indicator, as_of),
            });
        }
    }
    years
}

/// A stock: the last value that there is.
fn last(parts: &[&IndicatorValue], year: i16) -> Option<IndicatorValue> {
    let given = parts.iter().filter(|part| part.value.is_some());
    // A school year gives its state on the day on which it begins.
    let day = |period: Period| if let Period::SchoolYear(_) = period { period.first_day() } else { period.last_day() };
    let part = given.max_by_key(|part| day(part.period)).or(parts.last())?;
    let note = match part.period {
        Period::SchoolYear(_) => part.note.clone(),
        period => Text::new(format!("取{}的数值", period.in_chinese()), format!("as of {}", period.in_english())).and(&part.note),
    };
    Some(IndicatorValue { period: Period::Year(year), note, ..(*part).clone() })
}

/// A flow: of the parts of the year those that make it up.
fn flow(parts: &[&IndicatorValue], year: i16, indicator: &Indicator, as_of: Date) -> Option<IndicatorValue> {
    let (taken, left_out) = that_make_up(parts, year, as_of);
    let mut made = sum(&taken, year, indicator, as_of)?;
    if left_out {
        let also =
            Text::new("另按其他周期报送的数不重复计入", "what was reported by periods of another length is not added again");
        made.note = made.note.and(&also);
    }
    Some(made)
}

/// The parts that make up the year of a flow, so that no day is added twice: those of the length that lacks least of it (of several
/// that lack nothing, the shortest), and those of other lengths for days that are in none of these; and is any left out?
pub fn that_make_up<'a>(parts: &[&'a IndicatorValue], year: i16, as_of: Date) -> (Vec<&'a IndicatorValue>, bool) {
    let grains: BTreeSet<Grain> = parts.iter().map(|part| Grain::of(part.period)).collect();
    let of_grain = |grain: Grain| -> Vec<&'a IndicatorValue> {
        parts.iter().copied().filter(|part| Grain::of(part.period) == grain).collect()
    };
    let lacks = |grain: &Grain| {
        let (given, missing) = come(&of_grain(*grain), year, as_of);
        (given.is_empty(), missing.len() as f64 / (given.len() + missing.len()).max(1) as f64)
    };
    let shortest_first = || grains.iter().rev().copied();
    let least = shortest_first().min_by(|one, other| lacks(one).partial_cmp(&lacks(other)).unwrap_or(Ordering::Equal));
    let Some(first) = least else { return Default::default() };
    let mut taken = of_grain(first);
    let mut left_out = false;
    for part in shortest_first().filter(|grain| *grain != first).flat_map(of_grain).filter(|part| has_come(part)) {
        let is_in = taken.iter().any(|other| has_come(other) && overlap(part.period, other.period));
        left_out |= is_in;
        taken.extend((!is_in).then_some(part));
    }
    // What has not come by months has come by quarters.
    let given: Vec<Period> = taken.iter().filter(|part| has_come(part)).map(|part| part.period).collect();
    taken.retain(|part| has_come(part) || !given.iter().any(|period| overlap(part.period, *period)));
    (taken, left_out)
}

fn overlap(one: Period, other: Period) -> bool {
    one.first_day() <= other.last_day() && other.first_day() <= one.last_day()
}

/// The years of a whole whose parts report by periods of different length, some perhaps by the year itself: no period is of all of them.
fn of_parts(values: &[IndicatorValue], made: &[IndicatorValue], questions: &Questions) -> Vec<IndicatorValue> {
    let Some(whole) = questions.book.areas.whole() else { return Vec::new() };
    let mut found = Vec::new();
    for indicator in questions.indicators.iter().filter(|indicator| indicator.over_year == Some(OverYear::Sum)) {
        let own = || values.iter().filter(|value| value.indicator == indicator.id && value.value.is_some());
        let mut grains: BTreeMap<(i16, &Breakdown), BTreeSet<Grain>> = BTreeMap::new();
        for value in own().filter(|value| value.area == whole.code && value.period.first_day() <= questions.as_of) {
            grains.entry((value.period.year(), &value.breakdown)).or_default().insert(Grain::of(value.period));
        }
        for ((year, breakdown), _) in grains.into_iter().filter(|(_, grains)| grains.len() > 1) {
            let period = Period::Year(year);
            let is_it = |value: &&IndicatorValue| {
                value.indicator == indicator.id
                    && value.period == period
                    && value.breakdown == *breakdown
                    && value.value.is_some()
            };
            let of = |area: &Id| made.iter().chain(own()).find(|value| is_it(value) && value.area == *area);
            let districts = || questions.book.areas.parts_of(&whole.code);
            let parts: Vec<&IndicatorValue> = districts().filter_map(|area| of(&area.code)).collect();
            let owes = |area: &Id| {
                let of_year = |value: &IndicatorValue| value.indicator == indicator.id && value.period.year() == year;
                values.iter().any(|value| value.area == *area && of_year(value)) && of(area).is_none()
            };
            let absent: Vec<&Area> = districts().filter(|area| owes(&area.code)).collect();
            let last_of = |area: &Area| {
                let of_area = own().filter(|value| value.area == area.code && value.breakdown == *breakdown);
                of_area
                    .map(|value| value.period)
                    .filter(|period| period.year() == year)
                    .max_by_key(|period| period.chronological())
            };
            let reached: Vec<Period> = districts().filter_map(last_of).collect();
            let year = sum(&parts, year, indicator, questions.as_of).map(|year| IndicatorValue {
                area: whole.code.clone(),
                status: if absent.is_empty() { year.status } else { year.status.worse(Status::Provisional) },
                lacking: year.lacking || !absent.is_empty(),
                note: up_to(&reached, year.so_far).and(&without(&absent)).and(&lacking(&parts, questions)),
                ..year
            });
            found.extend(year);
        }
    }
    found
}

/// How far the areas have come in a year that is not over.
fn up_to(reached: &[Period], so_far: bool) -> Text {
    let least = reached.iter().min_by_key(|period| period.last_day()).filter(|_| so_far);
    let most = reached.iter().max_by_key(|period| period.last_day());
    match (least, most) {
        (Some(least), Some(most)) if least.last_day() == most.last_day() => {
            Text::new(format!("截至{}", least.in_chinese()), format!("up to {}", least.in_english()))
        }
        (Some(least), Some(most)) => Text::new(
            format!("各区截至{}至{}不等", least.in_chinese(), most.in_chinese()),
            format!("areas up to {} and up to {}", least.in_english(), most.in_english()),
        ),
        _ => Text::default(),
    }
}

fn without(absent: &[&Area]) -> Text {
    if absent.is_empty() {
        return Text::default();
    }
    let names = names(absent);
    Text::new(format!("缺少{}", names.zh), format!("without {}", names.en))
}

/// Whose years lack something, and what: those that lack the same together.
fn lacking(parts: &[&IndicatorValue], questions: &Questions) -> Text {
    let mut by_note: Vec<(&Text, Vec<&Area>)> = Vec::new();
    for part in parts.iter().filter(|part| part.lacking) {
        let Some(area) = questions.book.areas.get(&part.area) else { continue };
        match by_note.iter_mut().find(|(note, _)| **note == part.note) {
            Some((_, areas)) => areas.push(area),
            None => by_note.push((&part.note, vec![area])),
        }
    }
    by_note.into_iter().fold(Text::default(), |said, (note, areas)| {
        let names = names(&areas);
        said.and(&Text::new(format!("{}：{}", names.zh, note.zh), format!("{}: {}", names.en, note.en)))
    })
}

fn names(areas: &[&Area]) -> Text {
    let list = |pick: fn(&Text) -> &str, comma: &str| areas.iter().map(|area| pick(&area.name)).collect::<Vec<_>>().join(comma);
    Text::new(list(|name| &name.zh, "、"), list(|name| &name.en, ", "))
}

/// Has it come? No case in no pupil is no rate, and has.
fn has_come(part: &IndicatorValue) -> bool {
    part.value.is_some() || part.numerator.is_some() && part.denominator.is_some()
}

/// The parts of the year that have come, and those that are over and have none.
fn come(parts: &[&IndicatorValue], year: i16, as_of: Date) -> (BTreeSet<Period>, Vec<Period>) {
    let given: BTreeSet<Period> = parts.iter().filter(|part| has_come(part)).map(|part| part.period).collect();
    let due = parts.first().map(|first| due(first.period, year, as_of)).unwrap_or_default();
    let has_come = |period: &Period| given.iter().any(|other| overlap(*period, *other));
    let missing = due.into_iter().filter(|period| !has_come(period)).collect();
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
    // A month in which there was nothing to have a rate of takes nothing from the year's.
    let statuses =
        |of: fn(&IndicatorValue) -> bool| parts.iter().filter(|part| of(part)).map(|part| part.status).reduce(Status::worse);
    let mut status = statuses(|part| part.value.is_some()).or_else(|| statuses(|_| true)).unwrap_or(Status::Normal);
    let last: Vec<Period> = given.iter().copied().max_by_key(|period| period.last_day()).into_iter().collect();
    let mut note = up_to(&last, so_far);
    if !missing.is_empty() {
        let stretches = Period::stretches(&missing);
        let list = |words: fn(Period) -> String, to: &str, comma: &str| {
            let one = |[first, last]: &[Period; 2]| match first == last {
                true => words(*first),
                false => [words(*first), words(*last)].join(to),
            };
            stretches.iter().map(one).collect::<Vec<_>>().join(comma)
        };
        let (zh, en) = (list(Period::in_chinese, "至", "、"), list(Period::in_english, " to ", ", "));
        note = note.and(&Text::new(format!("缺{zh}"), format!("without {en}")));
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
