//! A target that asks for less than there was already.
//!
//! Rule: the level to be reached lies on the worse side of the last actual. Degenerate cases: only levels that are written down can be
//! easy; what is counted from the period before never is.

use crate::{
    diag::{Code, Finding},
    model::{Aim, Indicator, Period, Target, Text, number::plain, printed},
};

/// What is to be said of a target, by the last actual, of when it is, and the value of now.
pub fn easy(target: &Target, indicator: &Indicator, (last, when): (f64, Period), now: f64) -> Option<Finding> {
    let (goal, easier_zh) = match target.taken().aim {
        Aim::AtLeast(goal) | Aim::Flow { at_least: goal, .. } if last > goal => (goal, "低于"),
        Aim::AtMost(goal) if last < goal => (goal, "高于"),
        _ => return None,
    };
    let (name, goal, unit) = (&target.name, plain(goal), &indicator.unit);
    let (last, now) = (printed(last, indicator.decimals), printed(now, indicator.decimals));
    let message = Text::new(
        format!("“{}”的目标 {goal}{} {easier_zh}{}的实际值 {last}{}（本期 {now}）", name.zh, unit.zh, when.in_chinese(), unit.zh),
        format!("the target `{}` ({goal} {}) is easier than the last actual, {last} in {when} (now {now})", name.en, unit.en),
    );
    Some(Finding::new(Code::TargetEasy, message))
}
