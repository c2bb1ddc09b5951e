//! How a judged value and the level it had to reach are printed: so that nobody reads another verdict from them.

use super::{Aim, Indicator, Progress, Target, Text, Verdict, number::printed};

/// A value as printed on a mark: the sign of a per cent, but no other unit.
pub fn short(indicator: &Indicator, value: f64, decimals: usize) -> String {
    let sign = if indicator.unit.en == "%" { "%" } else { "" };
    format!("{}{sign}", printed(value, decimals))
}

/// Digits after the point that a judged value is printed with: more than its indicator has where rounding would make a value
/// that falls short look like the level it falls short of. 99.998 % of 100 % is not 100.00 %.
pub fn decimals(indicator: &Indicator, judged: &Progress) -> usize {
    const MORE: usize = 4;
    let least = indicator.decimals;
    let (Some(value), Some(level)) = (judged.value, judged.target_value) else { return least };
    if value == level || !is_short(judged.verdict) && judged.verdict != Verdict::Aspiration {
        return least;
    }
    (least..=least + MORE).find(|&decimals| printed(value, decimals) != printed(level, decimals)).unwrap_or(least)
}

/// The level is due by now, and not reached.
pub fn is_short(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Missed | Verdict::Behind | Verdict::Overdue)
}

/// On which side of a level a value has to lie, or how far from it: `≥100%`, `10±2`.
pub fn goal(indicator: &Indicator, aim: &Aim, level: f64) -> String {
    let level = short(indicator, level, indicator.decimals);
    match aim {
        Aim::AtLeast(_) | Aim::Flow { .. } | Aim::RisesBy(_) | Aim::NotBelowPrevious | Aim::All => format!("≥{level}"),
        Aim::AtMost(_) | Aim::FallsBy(_) => format!("≤{level}"),
        Aim::Rises => format!(">{level}"),
        Aim::Falls => format!("<{level}"),
        Aim::About { band, .. } => format!("{level}±{}", printed(*band, indicator.decimals)),
        Aim::Between { from, to } => {
            format!("{}–{}", printed(*from, indicator.decimals), short(indicator, *to, indicator.decimals))
        }
        Aim::Milestone | Aim::Undecidable { .. } => level,
    }
}

/// A judged value with its unit, in both languages; empty where there is none.
pub fn judged_value(indicator: Option<&Indicator>, judged: &Progress) -> Text {
    let Some(value) = judged.value else { return Text::default() };
    indicator.map_or_else(Text::default, |indicator| with_unit(indicator, &printed(value, decimals(indicator, judged))))
}

/// The level with its sign or span and its unit.
pub fn judged_level(indicator: Option<&Indicator>, target: &Target, judged: &Progress) -> Text {
    let Some(level) = judged.target_value else { return Text::default() };
    indicator.map_or_else(Text::default, |indicator| {
        let goal = goal(indicator, &target.taken().aim, level);
        if indicator.unit.en == "%" { Text::same(goal) } else { with_unit(indicator, &goal) }
    })
}

/// A number with the unit of its indicator.
pub fn with_unit(indicator: &Indicator, number: &str) -> Text {
    let Text { zh, en } = &indicator.unit;
    let space = if en == "%" || en.is_empty() { "" } else { " " };
    Text::new(format!("{number}{zh}"), format!("{number}{space}{en}"))
}
