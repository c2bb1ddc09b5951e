//! What can be said of a target whose year has not begun.
//!
//! Rule: nothing is judged; the level is said where it is written down, and how far the latest year's value is from it. Degenerate
//! cases: a level that is counted from a period before is not known yet; where no year has a value, or the series breaks before the
//! target's, nothing is compared.

use super::aim::{Answer, Facts, answer};
use crate::model::{Aim, Indicator, IndicatorValue, Period, Text, goal::with_unit, printed};

/// The level, and the note. The years are in order.
pub fn to_come(period: Period, aim: &Aim, indicator: Option<&Indicator>, years: &[&IndicatorValue]) -> (Option<f64>, Text) {
    let note = Text::new(format!("{}尚未开始", period.in_chinese()), format!("{} has not begun", period.in_english()));
    let latest = years.iter().rev().find_map(|value| Some((*value, value.value?)));
    let level = latest.and_then(|(value, number)| match answer(aim, &Facts::of(value, number, None, indicator)) {
        Answer::Told { level, .. } => Some(level),
        _ => None,
    });
    let said = level.zip(latest).zip(indicator).map(|((level, (value, number)), indicator)| far(indicator, value, number, level));
    (level.or(aim.printed_level()), said.map_or_else(|| note.clone(), |said| note.and(&said)))
}

/// How far the value is from the level: in points where both are per cents.
fn far(indicator: &Indicator, value: &IndicatorValue, number: f64, level: f64) -> Text {
    let amount = |number: f64| with_unit(indicator, &printed(number, indicator.decimals));
    let (now, goal) = (amount(number), amount(level));
    let by = match indicator.unit.en.as_str() {
        "%" => {
            let by = printed((number - level).abs(), indicator.decimals);
            Text::new(format!("{by}个百分点"), format!("{by} points"))
        }
        _ => amount((number - level).abs()),
    };
    let (zh, en) = match () {
        _ if number < level => {
            (format!("比目标值 {} 低 {}", goal.zh, by.zh), format!("{} below the level of {}", by.en, goal.en))
        }
        _ if number > level => {
            (format!("比目标值 {} 高 {}", goal.zh, by.zh), format!("{} above the level of {}", by.en, goal.en))
        }
        _ => (format!("与目标值 {} 相同", goal.zh), format!("at the level of {}", goal.en)),
    };
    Text::new(
        format!("{}为 {}，{zh}", value.period.in_chinese(), now.zh),
        format!("{} in {}, {en}", now.en, value.period.in_english()),
    )
}
