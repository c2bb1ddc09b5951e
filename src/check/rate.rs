//! A rate that an office reports against the one its counts give.

use std::collections::BTreeSet;

use super::{Answer, Check, Facts, at, by_key, name_of, shown};
use crate::{
    diag::{Code, Finding, Place},
    model::{Id, Observation, Text, are_within},
};

pub fn recomputes(facts: &Facts, check: &Check, of: &[Id], to: &[Id], per: f64, within: f64) -> Answer {
    let all: Vec<&Observation> = facts.dataset.observations.iter().chain(&facts.dataset.totals).collect();
    let totals = by_key(&facts.dataset.totals);
    let find = |measure: &Id, rate: &Observation| -> Option<&Observation> {
        let key = (measure, &rate.area, rate.period, &rate.breakdown);
        let leaf = facts.index.get(&key).map(|&place| &facts.dataset.observations[place]);
        leaf.or_else(|| totals.get(&key).map(|&place| &facts.dataset.totals[place]))
    };
    let sum = |measures: &[Id], rate: &Observation| -> Option<f64> {
        measures.iter().map(|measure| find(measure, rate)?.known()).sum()
    };
    let mut answer = Answer::default();
    for rate in all.into_iter().filter(|observation| check.of.contains(&observation.measure)) {
        let (Some(value), Some(numerator), Some(denominator)) = (rate.value, sum(of, rate), sum(to, rate)) else { continue };
        if denominator == 0.0 {
            continue;
        }
        answer.answered += 1;
        let computed = numerator / denominator * per;
        if !are_within(within, value, computed) {
            let name = name_of(facts.book, rate);
            let message = Text::new(
                format!(
                    "{}填报为 {}，按 {} ÷ {} 应为 {computed:.2}",
                    name.zh,
                    shown(value),
                    shown(numerator),
                    shown(denominator)
                ),
                format!(
                    "{} is reported as {}, but {} ÷ {} gives {computed:.2}",
                    name.en,
                    shown(value),
                    shown(numerator),
                    shown(denominator)
                ),
            );
            let counts: BTreeSet<Place> =
                of.iter().chain(to).filter_map(|measure| find(measure, rate)).map(|count| at(facts.dataset, count)).collect();
            let finding = Finding::new(Code::RateDiffers, message)
                .at(at(facts.dataset, rate))
                .also(counts)
                .read(rate.raw())
                .expected(Text::same(format!("{computed:.2}")));
            answer.fail(finding, &[]);
        }
    }
    answer
}
