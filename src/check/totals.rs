//! Totals that offices wrote themselves (合计, 小计, the whole's own row) against the sum of what they are totals of.

use std::collections::HashMap;

use super::{Answer, Check, at, name_of, shown};
use crate::{
    diag::{Code, Finding},
    model::{AreaKind, Codebook, Dataset, Id, Observation, Period, Text},
};

pub fn totals_agree(dataset: &Dataset, check: &Check, within: f64, book: &Codebook) -> Answer {
    let mut leaves: HashMap<(&Id, Period), Vec<&Observation>> = HashMap::new();
    for observation in dataset.observations.iter().filter(|observation| check.of.contains(&observation.measure)) {
        leaves.entry((&observation.measure, observation.period)).or_default().push(observation);
    }
    let mut answer = Answer::default();
    for total in dataset.totals.iter().filter(|total| check.of.contains(&total.measure)) {
        let Some(value) = total.value else { continue };
        let is_whole = book.areas.get(&total.area).is_some_and(|area| area.kind == AreaKind::Whole);
        let same_file = |leaf: &Observation| leaf.cell().map(|cell| &cell.file) == total.cell().map(|cell| &cell.file);
        let belongs = |leaf: &&&Observation| {
            (is_whole || leaf.area == total.area)
                && same_file(leaf)
                && total.breakdown.iter().all(|(dimension, member)| leaf.breakdown.get(dimension) == Some(member))
        };
        let parts: Vec<&&Observation> =
            leaves.get(&(&total.measure, total.period)).into_iter().flatten().filter(belongs).collect();
        // A part that could not be read leaves the sum unknown.
        if parts.is_empty() || parts.iter().any(|part| part.status.is_unknown()) {
            continue;
        }
        let sum: f64 = parts.iter().filter_map(|part| part.value).sum();
        answer.answered += 1;
        if (value - sum).abs() > within + 1e-9 * sum.abs() {
            let name = name_of(book, total);
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
                .at(at(dataset, total))
                .also(parts.iter().map(|part| at(dataset, part)))
                .read(total.raw())
                .expected(Text::same(shown(sum)));
            answer.fail(finding, &[]);
        }
    }
    answer
}
