//! A target that asks for less than there was already.
//!
//! Rule: the level to be reached lies on the worse side of the last actual. Degenerate cases: only levels that are written down can be
//! easy; what is counted from the period before never is. That it is met and worse than before is to be said only where it is.

use crate::{
    diag::{Code, Finding},
    model::{Aim, Indicator, Period, Target, Text, at_least, number::plain, printed},
};

/// What is to be said of a target, by the last actual, of when it is, and the value of now.
pub fn easy(target: &Target, indicator: &Indicator, (last, when): (f64, Period), now: f64) -> Option<Finding> {
    let (level, easier_zh, is_both, way) = match target.taken().aim {
        Aim::AtLeast(goal) | Aim::Flow { at_least: goal, .. } if last > goal => {
            (goal, "低于", at_least(now, goal) && !at_least(now, last), ["下降", "lower"])
        }
        Aim::AtMost(goal) if last < goal => (goal, "高于", at_least(goal, now) && !at_least(last, now), ["上升", "higher"]),
        _ => return None,
    };
    let (name, goal, unit) = (&target.name, plain(level), &indicator.unit);
    let (last, now) = (printed(last, indicator.decimals), printed(now, indicator.decimals));
    let message = Text::new(
        format!("“{}”的目标 {goal}{} {easier_zh}{}的实际值 {last}{}（本期 {now}）", name.zh, unit.zh, when.in_chinese(), unit.zh),
        format!("the target `{}` ({goal} {}) is easier than the last actual, {last} in {when} (now {now})", name.en, unit.en),
    );
    let finding = Finding::new(Code::TargetEasy, message);
    let [way_zh, way_en] = way;
    let both = Text::new(
        format!("在报告中同时说明“达标”与“比{}{way_zh}”。", when.in_chinese()),
        format!("Say both in the report: met, and {way_en} than in {}.", when.in_english()),
    );
    Some(if is_both { finding.next(both) } else { finding })
}
