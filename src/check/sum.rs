//! Parts that make up a measure: low, moderate and high myopia are all of it.

use super::{Answer, Check, Facts, at, name_of, shown, subjects};
use crate::{
    diag::{Code, Finding},
    model::{Id, Observation, Text, are_within},
};

pub fn sum_of(facts: &Facts, check: &Check, parts: &[Id], within: f64) -> Answer {
    let mut answer = Answer::default();
    for (place, whole) in subjects(facts, check) {
        let places: Option<Vec<usize>> =
            parts.iter().map(|part| facts.index.get(&(part, &whole.area, whole.period, &whole.breakdown)).copied()).collect();
        let Some(places) = places else { continue };
        let found: Vec<&Observation> = places.iter().map(|&place| &facts.dataset.observations[place]).collect();
        let sum: Option<f64> = found.iter().map(|part| part.known()).sum();
        let (Some(value), Some(sum)) = (whole.value, sum) else { continue };
        answer.answered += 1;
        if !are_within(within, value, sum) {
            let name = name_of(facts.book, whole);
            let words = |pick: fn(&Text) -> &str| {
                found.iter().map(|part| pick(&facts.book.measure_name(&part.measure)).to_string()).collect::<Vec<_>>().join(" + ")
            };
            let (zh, en) = (words(|text| &text.zh), words(|text| &text.en));
            let message = Text::new(
                format!("{}为 {}，而 {zh} = {}", name.zh, shown(value), shown(sum)),
                format!("{} is {}, but {} = {}", name.en, shown(value), en.to_lowercase(), shown(sum)),
            );
            let finding = Finding::new(Code::SumDiffers, message)
                .at(at(facts.dataset, whole))
                .also(found.iter().map(|part| at(facts.dataset, part)))
                .read(whole.raw())
                .expected(Text::same(shown(sum)));
            answer.fail(finding, &[place]);
        }
    }
    answer
}
