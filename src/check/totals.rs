//! Totals that offices wrote themselves (合计, 小计, the whole's own row) against the sum of what they are totals of.

use rustc_hash::FxHashMap;

use super::{Answer, Check, Facts, at, name_of, shown};
use crate::{
    diag::{Code, Finding},
    model::{Grain, Id, Observation, Period, Text, are_within},
};

pub fn totals_agree(facts: &Facts, check: &Check, within: f64) -> Answer {
    // By area; the whole's own row is compared with the leaves of all areas, kept under none.
    let mut leaves: FxHashMap<(&Id, Period, Option<&Id>), Vec<&Observation>> = FxHashMap::default();
    for observation in facts.dataset.observations.iter().filter(|observation| check.of.contains(&observation.measure)) {
        for area in [Some(&observation.area), None] {
            leaves.entry((&observation.measure, observation.period, area)).or_default().push(observation);
        }
    }
    let mut answer = Answer::default();
    for total in facts.dataset.totals.iter().filter(|total| check.of.contains(&total.measure)) {
        let Some(value) = total.value else { continue };
        let is_whole = facts.book.areas.is_whole(&total.area);
        let same_file = |leaf: &Observation| leaf.cell().map(|cell| &cell.file) == total.cell().map(|cell| &cell.file);
        let belongs = |leaf: &&&Observation| {
            same_file(leaf) && total.breakdown.iter().all(|(dimension, member)| leaf.breakdown.get(dimension) == Some(member))
        };
        let area = (!is_whole).then_some(&total.area);
        let of = |period: Period| leaves.get(&(&total.measure, period, area)).into_iter().flatten().filter(belongs);
        let mut parts: Vec<&&Observation> = of(total.period).collect();
        if parts.is_empty() {
            // A 合计 below the four quarters.
            let finer = [Grain::Semester, Grain::Quarter, Grain::Month].map(|grain| grain.within(total.period));
            let of_parts = finer.iter().map(|parts| parts.iter().flat_map(|part| of(*part)).collect::<Vec<_>>());
            parts = of_parts.filter(|parts| !parts.is_empty()).take(2).reduce(|_, _| Vec::new()).unwrap_or_default();
        }
        // A part that could not be read leaves the sum unknown.
        if parts.is_empty() || parts.iter().any(|part| part.status.is_unknown()) {
            continue;
        }
        let sum: f64 = parts.iter().filter_map(|part| part.value).sum();
        answer.answered += 1;
        if !are_within(within, value, sum) {
            let name = name_of(facts.book, total);
            let message = Text::new(
                format!("{}的合计写为 {}，各项相加为 {}（相差 {}）", name.zh, shown(value), shown(sum), shown(value - sum)),
                format!(
                    "the written total of {} is {}, its parts add up to {} (a difference of {})",
                    name.en,
                    shown(value),
                    shown(sum),
                    shown(value - sum)
                ),
            );
            let finding = Finding::new(Code::SumDiffers, message)
                .at(at(facts.dataset, total))
                .also(parts.iter().map(|part| at(facts.dataset, part)))
                .read(total.raw())
                .expected(Text::same(shown(sum)));
            answer.fail(finding, &[]);
        }
    }
    answer
}
