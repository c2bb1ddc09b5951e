//! One value by itself: between two bounds, a whole number.

use super::{Answer, Check, Facts, name_of, on, shown, subjects};
use crate::{
    diag::{Code, Finding},
    model::Text,
};

pub fn between(facts: &Facts, check: &Check, from: f64, to: f64) -> Answer {
    let mut answer = Answer::default();
    for (place, observation) in subjects(facts, check) {
        let Some(value) = observation.value else { continue };
        answer.answered += 1;
        if value < from || value > to {
            let name = name_of(facts.book, observation);
            let message = Text::new(
                format!("{}为 {}，超出 {} 至 {}", name.zh, shown(value), shown(from), shown(to)),
                format!("{} is {}, not between {} and {}", name.en, shown(value), shown(from), shown(to)),
            );
            let expected = Text::new(format!("{} 至 {}", shown(from), shown(to)), format!("{} to {}", shown(from), shown(to)));
            answer.fail(
                on(Finding::new(Code::OutOfBounds, message), facts, observation).read(observation.raw()).expected(expected),
                &[place],
            );
        }
    }
    answer
}

pub fn whole(facts: &Facts, check: &Check) -> Answer {
    let mut answer = Answer::default();
    for (place, observation) in subjects(facts, check) {
        let Some(value) = observation.value else { continue };
        answer.answered += 1;
        if value.fract() != 0.0 {
            let name = name_of(facts.book, observation);
            let message = Text::new(
                format!("{}为 {}，不是整数", name.zh, shown(value)),
                format!("{} is {}, not a whole number", name.en, shown(value)),
            );
            let expected = Text::new("整数", "a whole number");
            answer.fail(
                on(Finding::new(Code::NotWhole, message), facts, observation).read(observation.raw()).expected(expected),
                &[place],
            );
        }
    }
    answer
}
