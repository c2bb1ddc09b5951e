//! A figure that moves more from one period to the next than its kind does. A gap in the periods compares nothing.

use super::{Answer, Check, Facts, jump, name_of, shown, subjects};
use crate::{
    diag::Code,
    model::{
        Text, at_least,
        number::{self, signed},
        printed,
    },
};

pub fn change_within(facts: &Facts, check: &Check, per_cent: f64, from: f64) -> Answer {
    let mut answer = Answer::default();
    for (place, now) in subjects(facts, check) {
        let Some(before) = facts.before(now) else { continue };
        let (Some(value), Some(base)) = (now.value, before.value) else { continue };
        if base < from || base == 0.0 {
            continue;
        }
        answer.answered += 1;
        let change = (value - base) / base * 100.0;
        if !at_least(per_cent, change.abs()) {
            // As many digits as show that it is more.
            let digits = (0..6).find(|digits| printed(change.abs(), *digits) != printed(per_cent, *digits)).unwrap_or_default();
            let moved = signed(change, if digits > 0 { digits.max(number::digits(per_cent)) } else { 0 });
            let name = name_of(facts.book, now);
            let message = Text::new(
                format!("{}由 {} 变为 {}，变化 {moved}%，超过 ±{}%", name.zh, shown(base), shown(value), shown(per_cent)),
                format!(
                    "{} went from {} to {}, by {moved} %, more than ±{} %",
                    name.en,
                    shown(base),
                    shown(value),
                    shown(per_cent)
                ),
            );
            let (low, high) = ((base * (1.0 - per_cent / 100.0)).max(0.0), base * (1.0 + per_cent / 100.0));
            let expected = Text::new(format!("{low:.0} 至 {high:.0}"), format!("{low:.0} to {high:.0}"));
            answer.fail(jump(facts, Code::ChangeSuspicious, message, now, before, expected), &[place]);
        }
    }
    answer
}
