//! Counts that nobody publishes, from those that are: pupils are teachers times pupils per teacher.
//!
//! A published ratio times its denominator gives back the numerator, up to the noise of binary fractions.

use rustc_hash::FxHashMap;

use super::split;
use crate::model::{Codebook, Observation, Provenance, Status, are_equal};

/// Appends the derived observations. Factors are found by area, period and breakdown.
pub fn derive(observations: &mut Vec<Observation>, book: &Codebook) {
    for measure in &book.measures {
        if let Some(how) = &measure.split {
            let mut parts = split::derived(&measure.id, how, observations);
            parts.sort_by(|a, b| a.key().cmp(&b.key()));
            observations.extend(parts);
        }
        let Some(factors) = &measure.product else { continue };
        let mut by_figure: FxHashMap<_, Vec<(usize, u32)>> = FxHashMap::default();
        for (place, observation) in observations.iter().enumerate() {
            if let Some(factor) = factors.iter().position(|factor| *factor == observation.measure) {
                let figure = (&observation.area, observation.period, &observation.breakdown);
                by_figure.entry(figure).or_default().push((factor, place as u32));
            }
        }
        let mut derived = Vec::new();
        for found in by_figure.values().filter(|found| found.len() == factors.len()) {
            let mut from: Vec<(usize, u32)> = found.clone();
            from.sort_unstable();
            let parts: Vec<&Observation> = from.iter().map(|&(_, place)| &observations[place as usize]).collect();
            let value = parts.iter().try_fold(1.0, |product, part| part.value.map(|value| product * value));
            let worst = |parts: &mut dyn Iterator<Item = &&Observation>| {
                parts.fold(Status::Normal, |status, part| status.worse(part.status))
            };
            derived.push(Observation {
                measure: measure.id.clone(),
                value: value.map(without_noise),
                status: match value {
                    Some(_) => worst(&mut parts.iter()),
                    None => worst(&mut parts.iter().filter(|part| part.value.is_none())).without_value(),
                },
                provenance: Provenance::Derived {
                    how: factors.iter().map(ToString::to_string).collect::<Vec<_>>().join(" × "),
                    from: from.into_iter().map(|(_, place)| place).collect(),
                },
                ..parts[0].clone()
            });
        }
        derived.sort_by(|a, b| a.key().cmp(&b.key()));
        observations.extend(derived);
    }
}

/// A product within binary noise of a whole number is that number.
fn without_noise(value: f64) -> f64 {
    let whole = value.round();
    if are_equal(value, whole) { whole } else { value }
}
