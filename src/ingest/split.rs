//! What a school has for all its stages, split among them.
//!
//! Formula: a stage's part is what the school has × its weighted pupils / Σ weighted pupils; for nine- and twelve-year schools the weights
//! are 小学 : 初中 : 高中 = 1 : 1.1 : 1.32. Source: 教督〔2017〕6号. Degenerate cases: a school without pupils has nothing to split by, and its
//! figure is missing, not 0; a figure that is given for one stage stays with it; a stage that a school does not have (a dash) has no part.

use rustc_hash::FxHashMap;

use crate::model::{Breakdown, Id, Observation, Provenance, Split, Status};

/// The parts, by the weighted units (weight, units) of each.
pub fn split(has: f64, parts: &[(f64, f64)]) -> Option<Vec<f64>> {
    let weighted: f64 = parts.iter().map(|(weight, units)| weight * units).sum();
    (weighted > 0.0).then(|| parts.iter().map(|(weight, units)| has * weight * units / weighted).collect())
}

/// The observations of a measure that is split from another one.
pub fn derived(measure: &Id, how: &Split, observations: &[Observation]) -> Vec<Observation> {
    let without = |breakdown: &Breakdown| breakdown.only(|id| *id != how.over);
    let mut units: FxHashMap<_, Vec<(usize, u32)>> = FxHashMap::default();
    for (place, row) in observations.iter().enumerate().filter(|(_, row)| row.measure == how.by) {
        let member = row.breakdown.get(&how.over);
        if let Some(member) = member.and_then(|code| how.weights.iter().position(|(known, _)| known == code)) {
            units.entry((row.area.clone(), row.period, without(&row.breakdown))).or_default().push((member, place as u32));
        }
    }
    let mut found = Vec::new();
    for (place, row) in observations.iter().enumerate().filter(|(_, row)| row.measure == how.of) {
        let whole = |value: Option<f64>, from: Vec<u32>| Observation {
            measure: measure.clone(),
            value,
            provenance: Provenance::Derived { how: format!("{} ÷ {}", how.of, how.by), from },
            ..row.clone()
        };
        if row.breakdown.contains_key(&how.over) {
            found.push(whole(row.value, vec![place as u32]));
            continue;
        }
        let Some(stages) = units.get(&(row.area.clone(), row.period, row.breakdown.clone())) else {
            // Nothing says which of them it has: none is 0.
            found.extend(how.weights.iter().map(|(member, _)| Observation {
                status: row.status.without_value(),
                breakdown: row.breakdown.with(&how.over, member),
                ..whole(None, vec![place as u32])
            }));
            continue;
        };
        let weighted = stages.iter().map(|&(member, unit)| Some((how.weights[member].1, observations[unit as usize].known()?)));
        let parts = weighted.collect::<Option<Vec<(f64, f64)>>>().zip(row.value).and_then(|(parts, has)| split(has, &parts));
        let from: Vec<u32> = std::iter::once(place as u32).chain(stages.iter().map(|(_, unit)| *unit)).collect();
        let is_nothing = |place: u32| observations[place as usize].status == Status::NotApplicable;
        let worst = from
            .iter()
            .filter(|&&place| !is_nothing(place))
            .fold(Status::Normal, |status, &place| status.worse(observations[place as usize].status));
        for (at, &(member, unit)) in stages.iter().enumerate() {
            let has_none = is_nothing(place as u32) || parts.is_some() && is_nothing(unit);
            let mut part = whole(parts.as_ref().filter(|_| !has_none).map(|parts| parts[at]), from.clone());
            part.status = match part.value {
                Some(_) => worst,
                None if has_none => Status::NotApplicable,
                None => worst.without_value(),
            };
            part.breakdown = part.breakdown.with(&how.over, &how.weights[member].0);
            found.push(part);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CellRef, Period};

    #[test]
    fn a_nine_year_school_is_split_by_weighted_pupils() {
        let parts = split(1000.0, &[(1.0, 450.0), (1.1, 500.0)]).unwrap();
        assert!((parts[0] - 450.0).abs() < 1e-9 && (parts[1] - 550.0).abs() < 1e-9);
        let twelve = split(342.0, &[(1.0, 100.0), (1.1, 100.0), (1.32, 100.0)]).unwrap();
        assert!((twelve[2] - 132.0).abs() < 1e-9);
        assert_eq!(split(1000.0, &[(1.0, 0.0), (1.1, 0.0)]), None);
    }

    fn row(measure: &str, stage: Option<&str>, value: Option<f64>) -> Observation {
        let school = (Id::from("school"), Id::from("一中"));
        let stage = stage.map(|stage| (Id::from("stage"), Id::from(stage)));
        let at = CellRef { file: "f".into(), sheet: "s".into(), row: 0, column: 0 };
        Observation {
            measure: measure.into(),
            area: "A".into(),
            period: Period::Year(2023),
            breakdown: stage.into_iter().chain([school]).collect(),
            value,
            status: if value.is_some() { Status::Normal } else { Status::Missing },
            provenance: Provenance::Cell { at, raw: String::new() },
            layout: "k".into(),
        }
    }

    #[test]
    fn what_is_given_for_a_stage_stays_and_what_cannot_be_split_is_missing() {
        let weights = vec![("primary".into(), 1.0), ("junior".into(), 1.1)];
        let how = Split { of: "books".into(), by: "pupils".into(), over: "stage".into(), weights };
        let pupils = |junior| [row("pupils", Some("primary"), Some(450.0)), row("pupils", Some("junior"), junior)];
        let values = |rows: &[Observation]| -> Vec<Option<f64>> {
            derived(&"books_by_stage".into(), &how, rows).iter().map(|row| row.value).collect()
        };
        let whole = [&pupils(Some(500.0))[..], &[row("books", None, Some(1000.0))]].concat();
        assert_eq!(values(&whole).iter().map(|value| value.unwrap().round()).collect::<Vec<_>>(), [450.0, 550.0]);
        assert_eq!(values(&[&pupils(None)[..], &[row("books", None, Some(1000.0))]].concat()), [None, None]);
        assert_eq!(values(&[row("books", Some("junior"), Some(7.0))]), [Some(7.0)]);
        let alone = [row("books", None, Some(7.0))];
        assert_eq!(values(&alone), [None, None]);
        let dash = |measure, stage| Observation { status: Status::NotApplicable, ..row(measure, stage, None) };
        let without_junior = [row("pupils", Some("primary"), Some(450.0)), dash("pupils", Some("junior"))];
        let parts = derived(&"books_by_stage".into(), &how, &[&without_junior[..], &[row("books", None, Some(1000.0))]].concat());
        let said: Vec<_> = parts.iter().map(|row| (row.value, row.status)).collect();
        assert_eq!(said, [(Some(1000.0), Status::Normal), (None, Status::NotApplicable)]);
        let nobody = [dash("pupils", Some("primary")), dash("pupils", Some("junior"))];
        let parts = derived(&"books_by_stage".into(), &how, &[&nobody[..], &[row("books", None, Some(1000.0))]].concat());
        assert!(parts.iter().all(|row| row.value.is_none() && row.status == Status::Missing));
        let statuses: Vec<Status> = derived(&"books_by_stage".into(), &how, &alone).iter().map(|row| row.status).collect();
        assert_eq!(statuses, [Status::Missing; 2]);
    }
}
