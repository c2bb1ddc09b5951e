//! Difference from the period before.
//!
//! Formula: value − previous, in the indicator's unit, percentage points (百分点) for per cents; relative change
//! (value − previous) / |previous| × 100. Degenerate cases: no value for *the* previous period gives no change, whatever
//! lies before the gap, and none across a break of the series; a value that lacks a part is not compared; no relative change on a base of
//! 0, nor on a count below 5.

use rustc_hash::FxHashMap;

use crate::model::{Break, Breakdown, Change, Id, Indicator, IndicatorValue, Period, Status, Text};

/// A count below this is too small a base for a relative change.
const SMALL_BASE: f64 = 5.0;

type Key = (Id, Id, Period, Breakdown);

pub fn compare(values: &mut [IndicatorValue], indicators: &[Indicator]) {
    let key = |value: &IndicatorValue, period: Period| -> Key {
        (value.indicator.clone(), value.area.clone(), period, value.breakdown.clone())
    };
    let known: FxHashMap<Key, (f64, bool)> =
        values.iter().filter_map(|value| value.value.map(|number| (key(value, value.period), (number, value.lacking)))).collect();
    let earliest: FxHashMap<(Id, Id), Period> =
        values.iter().filter(|value| value.value.is_some()).fold(FxHashMap::default(), |mut first, value| {
            let entry = first.entry((value.indicator.clone(), value.area.clone())).or_insert(value.period);
            *entry = (*entry).min(value.period);
            first
        });
    for value in values {
        let indicator = indicators.iter().find(|indicator| indicator.id == value.indicator);
        let at = indicator.and_then(|indicator| indicator.broken(value.period.previous(), value.period));
        if at.is_some() && value.value.is_some() {
            value.status = value.status.worse(Status::Break);
        }
        let Some(number) = value.value else { continue };
        let before = value.period.previous();
        let previous = known.get(&key(value, before));
        let why_not = match previous {
            _ if at.is_some() => at.map(broken).unwrap_or_default(),
            _ if value.so_far => {
                Text::new("本年尚未结束，不与上年比较", "the year is not over, so no comparison with the year before")
            }
            _ if value.lacking => Text::new("不与上期比较", "not compared with the period before"),
            Some((_, true)) => {
                Text::new(format!("{before} 年数据不全，不比较"), format!("{before} is incomplete, so no comparison"))
            }
            Some((previous, _)) => {
                value.change = Some(change(*previous, number, indicator));
                continue;
            }
            None if earliest.get(&(value.indicator.clone(), value.area.clone())).is_some_and(|first| *first < value.period) => {
                Text::new(format!("缺 {before} 年数据，不计算变化"), format!("no value for {before}, so no change"))
            }
            None => continue,
        };
        value.note = value.note.and(&why_not);
    }
}

/// Why nothing is compared across a break.
pub fn broken(at: &Break) -> Text {
    Text::new(
        format!("自 {} 起口径改变，不与此前比较：{}", at.at, at.because.zh),
        format!("the series breaks at {} and is not compared across: {}", at.at, at.because.en),
    )
}

pub fn change(previous: f64, value: f64, indicator: Option<&Indicator>) -> Change {
    let is_rate = indicator.is_some_and(|indicator| indicator.unit.en == "%");
    let base = previous.abs();
    let has_base = base > 0.0 && (is_rate || base >= SMALL_BASE);
    let difference = value - previous;
    Change { previous, difference, relative: has_base.then(|| difference / base * 100.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_change_needs_a_base() {
        assert_eq!(change(0.0, 3.0, None).relative, None);
        assert_eq!(change(4.0, 8.0, None).relative, None);
        assert_eq!(change(5.0, 10.0, None).relative, Some(100.0));
        assert_eq!(change(-10.0, -5.0, None).relative, Some(50.0));
        assert_eq!(change(0.0, 3.0, None).difference, 3.0);
    }
}
