//! One value per figure: what several workbooks say of the same figure is a duplicate, or a newer release of it.

use std::{collections::BTreeMap, sync::Arc};

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    diag::{Code, Finding, Place, Severity},
    model::{Codebook, Observation, Status, Text},
};

/// What it means when two cells give the same figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Overlap {
    /// Somebody sent the same thing twice.
    #[default]
    IsAFault,
    /// Each workbook is a release that repeats earlier years; the last by file name is the newest and wins.
    NewestWins,
}

/// The observation that was kept, and the other one.
type Clash = (Observation, Observation);

/// Relative difference below which two figures are the same figure with other trailing digits.
const SAME: f64 = 1e-9;

/// Keeps one observation per figure. `observations` are sorted by figure, then by cell, and so by file.
pub fn merge(observations: &mut Vec<Observation>, overlap: Overlap, book: &Codebook) -> Vec<Finding> {
    let mut clashes: BTreeMap<(Arc<str>, Arc<str>), Vec<Clash>> = BTreeMap::new();
    observations.dedup_by(|next, kept| {
        if next.key() != kept.key() {
            return false;
        }
        let (first, second) = (file_of(kept), file_of(next));
        match overlap {
            Overlap::NewestWins if first != second => std::mem::swap(kept, next),
            // Nobody can say which of two unequal figures is right.
            _ if !same(kept, next) => kept.status = kept.status.worse(Status::LowReliability),
            _ => {}
        }
        clashes.entry((first, second)).or_default().push((kept.clone(), next.clone()));
        true
    });
    clashes
        .into_iter()
        .filter_map(|((first, second), pairs)| match overlap {
            Overlap::NewestWins if first != second => revision(&first, &second, &pairs, book),
            _ => Some(duplicate(&first, &second, &pairs, book)),
        })
        .collect()
}

fn file_of(observation: &Observation) -> Arc<str> {
    observation.files().next().map_or_else(|| "".into(), Arc::clone)
}

fn same(a: &Observation, b: &Observation) -> bool {
    match (a.value, b.value) {
        (Some(a), Some(b)) => (a - b).abs() <= SAME * a.abs().max(b.abs()),
        (None, None) => true,
        _ => false,
    }
}

/// One finding for two releases, with every figure that changed.
fn revision(older: &str, newer: &str, pairs: &[Clash], book: &Codebook) -> Option<Finding> {
    let changed: Vec<_> = pairs.iter().filter(|(new, old)| !same(new, old)).collect();
    let (new, old) = changed.first()?;
    let name = book.figure_name(&new.measure, &new.area, new.period, &new.breakdown);
    let message = Text::new(
        format!("{newer} 修订了 {older} 的 {} 个数值，如{}：{} → {}", changed.len(), name.zh, old.raw(), new.raw()),
        format!("{newer} revises {} values of {older}, such as {}: {} → {}", changed.len(), name.en, old.raw(), new.raw()),
    );
    let place = new.cell().map(Place::from).unwrap_or_default();
    Some(
        Finding::new(Code::Revision, message)
            .at(place)
            .also(cells(changed.iter().map(|(new, _)| new).skip(1)))
            .read(new.raw())
            .expected(Text::same(old.raw())),
    )
}

/// One finding for two files (or one file with itself) that give the same figures.
fn duplicate(first: &str, second: &str, pairs: &[Clash], book: &Codebook) -> Finding {
    let is_unequal = |pair: &&Clash| !same(&pair.0, &pair.1);
    let unequal = pairs.iter().filter(is_unequal).count();
    let (kept, other) = pairs.iter().find(is_unequal).unwrap_or(&pairs[0]);
    let name = book.figure_name(&kept.measure, &kept.area, kept.period, &kept.breakdown);
    let area = book.areas.get(&kept.area).map_or_else(|| Text::same(kept.area.as_ref()), |area| area.name.clone());
    let (sent_zh, sent_en) = if first == second {
        ("在同一文件中出现两次".to_string(), "stands twice in one workbook".to_string())
    } else {
        (format!("报送了两次（{first} 和 {second}）"), format!("was sent twice ({first} and {second})"))
    };
    let (same_zh, same_en) = match unequal {
        0 => ("完全一致".to_string(), "all of them equal".to_string()),
        _ => (format!("其中 {unequal} 个不一致，如{}", name.zh), format!("{unequal} of them unequal, such as {}", name.en)),
    };
    let message = Text::new(
        format!("{}{sent_zh}：{} 个数值重复，{same_zh}", area.zh, pairs.len()),
        format!("{} {sent_en}: {} values repeated, {same_en}", area.en, pairs.len()),
    );
    let severity = if unequal == 0 { Severity::Warning } else { Severity::Error };
    let expected = Text::new(format!("一个数值；已采用“{}”", kept.raw()), format!("one value; `{}` was taken", kept.raw()));
    let place = other.cell().map(Place::from).unwrap_or_default();
    Finding::new(Code::Duplicate, message)
        .severity(severity)
        .at(place)
        .also(cells([kept].into_iter()))
        .read(other.raw())
        .expected(expected)
}

fn cells<'a>(observations: impl Iterator<Item = &'a Observation>) -> impl Iterator<Item = Place> {
    observations.filter_map(|observation| observation.cell().map(Place::from))
}
