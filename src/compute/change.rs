//! Difference from the period before.
//!
//! Formula: value − previous, in the indicator's unit, percentage points (百分点) for per cents; relative change
//! (value − previous) / |previous| × 100. Degenerate cases: no value for *the* previous period gives no change, whatever
//! lies before the gap, and none across a break of the series; a value that lacks a part is not compared; no relative change on a base of
//! 0, nor on a count below 5.

use super::before::Before;
use crate::model::{Change, Formula, Indicator, IndicatorValue, Status, Text, are_equal};

/// A count below this is too small a base for a relative change.
const SMALL_BASE: f64 = 5.0;

pub fn compare(values: &mut [IndicatorValue], indicators: &[Indicator]) {
    let before = Before::new(values);
    let compared: Vec<(Option<Change>, Text)> = values.iter().map(|value| one(value, values, &before, indicators)).collect();
    for (value, (change, why_not)) in values.iter_mut().zip(compared) {
        value.change = change;
        value.note = value.note.and(&why_not);
        let indicator = indicators.iter().find(|indicator| indicator.id == value.indicator);
        let breaks = indicator.is_some_and(|indicator| indicator.broken(value.period.previous(), value.period).is_some());
        if breaks && value.value.is_some() {
            value.status = value.status.worse(Status::Break);
        }
    }
}

/// The change of a value, or why it has none.
fn one(value: &IndicatorValue, values: &[IndicatorValue], before: &Before, indicators: &[Indicator]) -> (Option<Change>, Text) {
    let with = value.period.previous();
    let indicator = indicators.iter().find(|indicator| indicator.id == value.indicator);
    let (Some(indicator), Some(number)) = (indicator, value.value) else { return Default::default() };
    let previous = before.place(value, with).and_then(|place| values[place].value);
    match (previous, before.why_not(value, with, indicator)) {
        (Some(previous), None) => (Some(change(previous, number, indicator)), Text::default()),
        (None, Some(_)) if !before.had_begun(value, with) => Default::default(),
        (_, why_not) => (None, why_not.unwrap_or_default()),
    }
}

pub fn change(previous: f64, value: f64, indicator: &Indicator) -> Change {
    let is_count = matches!(indicator.formula, Formula::Total { .. } | Formula::DistrictsThat { .. });
    let base = previous.abs();
    let has_base = base > 0.0 && (!is_count || base >= SMALL_BASE);
    let difference = if are_equal(previous, value) { 0.0 } else { value - previous };
    Change { previous, difference, relative: has_base.then(|| difference / base * 100.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{RatioKind, Way};

    #[test]
    fn relative_change_needs_a_base() {
        let count = Indicator::rate(Formula::Total { of: Vec::new() });
        assert_eq!(change(0.0, 3.0, &count).relative, None);
        assert_eq!(change(4.0, 8.0, &count).relative, None);
        assert_eq!(change(5.0, 10.0, &count).relative, Some(100.0));
        assert_eq!(change(-10.0, -5.0, &count).relative, Some(50.0));
        assert_eq!(change(0.0, 3.0, &count).difference, 3.0);
        let districts = Formula::DistrictsThat { moved: Way::Fell, of: "rate".into(), at_least: 0.0 };
        assert_eq!(change(1.0, 3.0, &Indicator::rate(districts)).relative, None, "districts are counted, too");
    }

    #[test]
    fn a_small_ratio_is_no_small_count() {
        let ratio = Indicator::rate(Formula::Ratio { of: Vec::new(), to: Vec::new(), per: 1.0, kind: RatioKind::Quotient });
        assert_eq!(change(1.5, 3.0, &ratio).relative, Some(100.0));
        assert_eq!(change(0.0, 3.0, &ratio).relative, None);
    }

    #[test]
    fn noise_is_no_change() {
        let count = Indicator::rate(Formula::Total { of: Vec::new() });
        assert_eq!(change(0.3, 0.1 + 0.2, &count).difference, 0.0);
    }
}
