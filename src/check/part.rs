//! A part is never more than its whole: screened pupils among enrolled ones.

use super::{Answer, Check, Facts, at, name_of, shown, subjects};
use crate::{
    diag::{Code, Finding},
    model::{Id, Text, at_least},
};

pub fn part_of(facts: &Facts, check: &Check, whole: &Id) -> Answer {
    let mut answer = Answer::default();
    for (place, part) in subjects(facts, check) {
        let Some(&whole_place) = facts.index.get(&(whole, &part.area, part.period, &part.breakdown)) else { continue };
        let whole = &facts.dataset.observations[whole_place];
        let (Some(value), Some(limit)) = (part.value, whole.value) else { continue };
        answer.answered += 1;
        if !at_least(limit, value) {
            let (name, whole_name) = (name_of(facts.book, part), facts.book.measure_name(&whole.measure));
            let message = Text::new(
                format!("{}为 {}，多于{} {}", name.zh, shown(value), whole_name.zh, shown(limit)),
                format!("{} is {}, more than {} ({})", name.en, shown(value), whole_name.en.to_lowercase(), shown(limit)),
            );
            let expected = Text::new(format!("不多于 {}", shown(limit)), format!("at most {}", shown(limit)));
            let finding = Finding::new(Code::PartExceedsWhole, message)
                .at(at(facts.dataset, part))
                .also([at(facts.dataset, whole)])
                .read(part.raw())
                .expected(expected);
            answer.fail(finding, &[place, whole_place]);
        }
    }
    answer
}
