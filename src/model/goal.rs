//! How a judged value and the level it had to reach are printed: so that nobody reads another verdict from them.

use super::{Aim, Amount, Indicator, Progress, Target, Text, Verdict, number::printed};

/// A value as printed on a mark: the sign of a per cent, but no other unit.
pub fn short(indicator: &Indicator, value: f64, decimals: usize) -> String {
    let sign = if indicator.unit.en == "%" { "%" } else { "" };
    format!("{}{sign}", printed(value, decimals))
}

/// Digits after the point that a judged value is printed with, and with it the level it is held against: more than its indicator has
/// where rounding would make a value that falls short look like the level it falls short of, or one that is beyond a level look as
/// if it were not. 99.998 % of 100 % is not 100.00 %.
pub fn decimals(indicator: &Indicator, target: &Target, judged: &Progress) -> usize {
    const MORE: usize = 4;
    let least = indicator.decimals;
    let aim = &target.taken().aim;
    let has_to_differ = match judged.verdict {
        Verdict::Met => matches!(aim, Aim::Rises | Aim::Falls),
        Verdict::Behind | Verdict::Aspiration => true,
        verdict => is_short(verdict),
    };
    let Some(value) = judged.value.filter(|_| has_to_differ) else { return least };
    // By how much it changed is said beside by how much it was to change.
    let asked = match aim {
        Aim::FallsBy(Amount::Points(by)) => judged.target_value.map(|level| (value - level - by, -by)),
        Aim::RisesBy(Amount::Points(by)) => judged.target_value.map(|level| (value - level + by, *by)),
        _ => None,
    };
    let told: Vec<(f64, f64)> =
        edges(aim, judged).into_iter().map(|edge| (value, edge)).filter(|(a, b)| a != b).chain(asked).collect();
    let differs = |decimals: &usize| told.iter().all(|(one, other)| printed(*one, *decimals) != printed(*other, *decimals));
    (least..=least + MORE).find(differs).unwrap_or(least)
}

/// The values at which the verdict turns.
fn edges(aim: &Aim, judged: &Progress) -> Vec<f64> {
    match aim {
        Aim::About { value, band } => vec![value - band, value + band],
        Aim::Between { from, to } => vec![*from, *to],
        _ => {
            let expected = judged.pace.zip(judged.target_value).map(|(pace, level)| pace.expected * level);
            judged.target_value.into_iter().chain(expected).collect()
        }
    }
}

/// The level was due by now, and is not reached. Who is behind the profile of a year has missed nothing yet.
pub fn is_short(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Missed | Verdict::Overdue)
}

/// On which side of a level a value has to lie, or how far from it: `≥100%`, `10±2`.
pub fn goal(indicator: &Indicator, aim: &Aim, level: f64, decimals: usize) -> String {
    let level = short(indicator, level, decimals);
    match aim {
        Aim::AtLeast(_) | Aim::Flow { .. } | Aim::RisesBy(_) | Aim::NotBelowPrevious | Aim::All => format!("≥{level}"),
        Aim::AtMost(_) | Aim::FallsBy(_) => format!("≤{level}"),
        Aim::Rises => format!(">{level}"),
        Aim::Falls => format!("<{level}"),
        Aim::About { band, .. } => format!("{level}±{}", printed(*band, decimals)),
        Aim::Between { from, to } => {
            format!("{}–{}", printed(*from, decimals), short(indicator, *to, decimals))
        }
        Aim::Milestone | Aim::Undecidable { .. } => level,
    }
}

/// A judged value with its unit, in both languages; empty where there is none.
pub fn judged_value(indicator: Option<&Indicator>, target: &Target, judged: &Progress) -> Text {
    let Some(value) = judged.value else { return Text::default() };
    indicator.map_or_else(Text::default, |indicator| with_unit(indicator, &printed(value, decimals(indicator, target, judged))))
}

/// The level with its sign or span and its unit.
pub fn judged_level(indicator: Option<&Indicator>, target: &Target, judged: &Progress) -> Text {
    let Some(level) = judged.target_value else { return Text::default() };
    indicator.map_or_else(Text::default, |indicator| {
        let goal = goal(indicator, &target.taken().aim, level, decimals(indicator, target, judged));
        if indicator.unit.en == "%" { Text::same(goal) } else { with_unit(indicator, &goal) }
    })
}

/// A number with the unit of its indicator.
pub fn with_unit(indicator: &Indicator, number: &str) -> Text {
    let Text { zh, en } = &indicator.unit;
    let space = if en == "%" || en.is_empty() { "" } else { " " };
    Text::new(format!("{number}{zh}"), format!("{number}{space}{en}"))
}
