//! One value per figure: what several workbooks say of the same figure is a duplicate, or a newer release of it.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use schemars::JsonSchema;
use serde::Deserialize;

use super::stray::{Listed, Stray};
use crate::{
    diag::{Code, Finding, Place, Severity},
    model::{Codebook, Dataset, Id, Observation, Period, Provenance, Status, Text, fold, number::plain},
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

/// Keeps one observation per figure. They are sorted by figure, then by cell, and so by file.
pub fn merge(dataset: &mut Dataset, overlap: Overlap, book: &Codebook) -> Vec<Finding> {
    let mut superseded: BTreeSet<(Arc<str>, Id, Id, Period)> = BTreeSet::new();
    let mut clashes: BTreeMap<(Arc<str>, Arc<str>), Vec<Clash>> = BTreeMap::new();
    let listed = Listed::of(dataset);
    dataset.observations.dedup_by(|next, kept| {
        if next.key() != kept.key() {
            return false;
        }
        let (first, second) = (file_of(kept), file_of(next));
        match overlap {
            Overlap::NewestWins if first != second => {
                superseded.insert((first.clone(), kept.measure.clone(), kept.area.clone(), kept.period));
                std::mem::swap(kept, next);
            }
            // Nobody can say which of two unequal figures is right; but a blank takes the place of none.
            _ if !same(kept, next) => {
                if says_more(next, kept) {
                    std::mem::swap(kept, next);
                }
                kept.status = kept.status.worse(Status::LowReliability);
            }
            _ => {}
        }
        clashes.entry((first, second)).or_default().push((kept.clone(), next.clone()));
        true
    });
    // A newer release of a table says anew what a row of the older one did not tell.
    dataset.unplaced.retain(|figure| {
        let is_of = |(file, measure, area, period): &(Arc<str>, Id, Id, Period)| {
            let is_one =
                figure.area.as_ref().is_none_or(|known| known == area) && figure.period.is_none_or(|known| known == *period);
            *file == figure.row.file && *measure == figure.measure && is_one
        };
        !superseded.iter().any(is_of)
    });
    clashes
        .into_iter()
        .filter_map(|((first, second), pairs)| match overlap {
            Overlap::NewestWins if first != second => revision(&first, &second, &pairs, book),
            _ => Some(duplicate(&first, &second, &pairs, &listed, book)),
        })
        .collect()
}

fn file_of(observation: &Observation) -> Arc<str> {
    observation.files().next().map_or_else(|| "".into(), Arc::clone)
}

fn same(a: &Observation, b: &Observation) -> bool {
    match (a.value, b.value) {
        (Some(a), Some(b)) => (a - b).abs() <= SAME * a.abs().max(b.abs()),
        // A dash is no blank, and words have no value but what they say.
        (None, None) => a.status == b.status && (a.status != Status::Normal || fold(a.raw()) == fold(b.raw())),
        _ => false,
    }
}

/// Does one say something where the other is left blank?
fn says_more(one: &Observation, other: &Observation) -> bool {
    let is_blank = |row: &Observation| row.value.is_none() && (row.status == Status::Missing || row.raw().trim().is_empty());
    is_blank(other) && !is_blank(one)
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
            .also(places(changed.iter().map(|(new, _)| new).skip(1)))
            .read(new.raw())
            .expected(Text::same(old.raw())),
    )
}

/// One finding for two files (or one file with itself) that give the same figures.
fn duplicate(first: &str, second: &str, pairs: &[Clash], listed: &Listed, book: &Codebook) -> Finding {
    let is_unequal = |pair: &&Clash| !same(&pair.0, &pair.1);
    let unequal = pairs.iter().filter(is_unequal).count();
    let (kept, other) = pairs.iter().find(is_unequal).unwrap_or(&pairs[0]);
    let name = book.figure_name(&kept.measure, &kept.area, kept.period, &kept.breakdown);
    let area = book.areas.get(&kept.area).map_or_else(|| Text::same(kept.area.as_ref()), |area| area.name.clone());
    let stray = listed.stray([first, second], &kept.area);
    let (sent_zh, sent_en) = if let Some(Stray { holder, own, .. }) = stray {
        (
            format!("的清单 {own} 已报送，而 {holder} 中也有{}的行", area.zh),
            format!("has its own list, {own}, and {holder} holds rows of it"),
        )
    } else if first == second {
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
    let taken = said(kept);
    let expected = Text::new(format!("一个数值；已采用“{taken}”"), format!("one value; `{taken}` was taken"));
    let finding = Finding::new(Code::Duplicate, message)
        .severity(severity)
        .at(places([other].into_iter()).next().unwrap_or_default())
        .also(places([kept].into_iter()))
        .read(said(other))
        .expected(expected)
        .about(&kept.measure);
    if let Some(stray) = stray {
        return finding.next(stray.advice(&area, book));
    }
    // Rows that lie in one sheet and are not the same may be parts of one, or one of them is called wrongly.
    match kept.cell().zip(other.cell()).filter(|(one, two)| unequal > 0 && (&one.file, &one.sheet) == (&two.file, &two.sheet)) {
        Some((one, two)) => finding.next(Text::new(
            format!("{} 与 {}：若是同一项的两部分，请相加后合并为一行；若不是同一项，请改正写错的名称；若是重复，删去一处。", one.name(), two.name()),
            format!(
                "{} and {}: add them up in one row where they are two parts of one thing, correct the label that is wrong where they are not, delete one where it is there twice.",
                one.name(),
                two.name()
            ),
        )),
        None => finding,
    }
}

/// What the cell says, or what rows of a list give.
fn said(observation: &Observation) -> Cow<'_, str> {
    match observation.provenance {
        Provenance::Rows { .. } => observation.value.map_or_else(String::new, plain).into(),
        Provenance::Cell { .. } | Provenance::Derived { .. } => observation.raw().into(),
    }
}

/// The cell of each, or the sheet of its rows.
fn places<'a>(observations: impl Iterator<Item = &'a Observation>) -> impl Iterator<Item = Place> {
    observations.filter_map(|observation| match observation.cell() {
        Some(cell) => Some(Place::from(cell)),
        None => observation.sheets().next().map(|(file, sheet)| Place::sheet(file.as_ref(), sheet.as_ref())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Area, AreaKind, CellRef, RowSet, Unplaced};

    fn row(file: &str, raw: &str, value: Option<f64>, status: Status) -> Observation {
        let at = CellRef { file: file.into(), sheet: "表".into(), row: 0, column: 0 };
        Observation {
            measure: "pupils".into(),
            area: "E1".into(),
            period: Period::Year(2023),
            breakdown: crate::model::Breakdown::default(),
            value,
            status,
            provenance: Provenance::Cell { at, raw: raw.into() },
            layout: "K01".into(),
        }
    }

    #[test]
    fn a_newer_release_lacks_no_row_that_the_older_one_could_not_place() {
        let stray = |file: &str| Unplaced {
            measure: "pupils".into(),
            area: Some("E1".into()),
            period: Some(Period::Year(2023)),
            members: crate::model::Breakdown::default(),
            row: CellRef { file: file.into(), sheet: "表".into(), row: 1, column: 0 },
        };
        let observations = ["a", "b"].map(|file| row(file, "12", Some(12.0), Status::Normal)).to_vec();
        let unplaced = ["a", "b"].map(stray).to_vec();
        let mut dataset = Dataset { observations, unplaced, ..Dataset::default() };
        merge(&mut dataset, Overlap::NewestWins, &Codebook::default());
        assert_eq!(dataset.unplaced, [stray("b")]);
    }

    fn merged(rows: &[Observation]) -> (Vec<Observation>, Vec<Severity>) {
        let mut dataset = Dataset { observations: rows.to_vec(), ..Dataset::default() };
        let findings = merge(&mut dataset, Overlap::IsAFault, &Codebook::default());
        (dataset.observations, findings.iter().map(|finding| finding.severity).collect())
    }

    #[test]
    fn a_blank_takes_the_place_of_no_figure() {
        let (blank, figure) = (row("a", "", None, Status::Missing), row("b", "12", Some(12.0), Status::Normal));
        let (dash, later) = (row("b", "—", None, Status::NotApplicable), row("c", "", None, Status::Missing));
        let (rows, said) = merged(&[blank.clone(), figure.clone(), later.clone()]);
        assert_eq!((rows.len(), rows[0].value, rows[0].status), (1, Some(12.0), Status::LowReliability));
        assert_eq!(said, [Severity::Error; 2]);
        assert_eq!(merged(&[blank.clone(), dash.clone()]).0[0].raw(), "—");
        assert_eq!(merged(&[dash, later.clone()]).1, [Severity::Error]);
        assert_eq!(merged(&[blank, later]).1, [Severity::Warning]);
    }

    #[test]
    fn rows_of_one_sheet_that_differ_may_be_parts_of_one_thing() {
        let two = |file: &str, value: f64| {
            let mut rows = [row("a", "12", Some(12.0), Status::Normal), row(file, "7", Some(value), Status::Normal)];
            if let Provenance::Cell { at, .. } = &mut rows[1].provenance {
                at.row = 3;
            }
            let mut dataset = Dataset { observations: rows.to_vec(), ..Dataset::default() };
            merge(&mut dataset, Overlap::IsAFault, &Codebook::default()).remove(0).next
        };
        let next = two("a", 7.0);
        for words in ["A1 与 A4", "相加", "改正写错的名称"] {
            assert!(next.zh.contains(words), "{}", next.zh);
        }
        assert!(next.en.contains("A1 and A4") && next.en.contains("add them up"), "{}", next.en);
        assert_eq!([two("a", 12.0), two("b", 7.0)], [Code::Duplicate.next(), Code::Duplicate.next()]);
    }

    /// So many rows of a list.
    fn counted(file: &str, area: &str, value: f64) -> Observation {
        let of = vec![RowSet { file: file.into(), sheet: "名册".into(), rows: Some(value as u64) }];
        let provenance = Provenance::Rows { how: "count".into(), of };
        Observation { area: area.into(), provenance, ..row(file, "", Some(value), Status::Normal) }
    }

    fn said_of(rows: &[Observation]) -> Finding {
        let mut book = Codebook::default();
        for (code, zh) in [("E1", "东湖区"), ("W1", "望江区")] {
            let area = Area { code: code.into(), name: Text::new(zh, code), kind: AreaKind::District, parent: None };
            book.areas.push(area, &[], &[]);
        }
        let mut dataset = Dataset { observations: rows.to_vec(), ..Dataset::default() };
        dataset.observations.sort_by(|a, b| a.key().cmp(&b.key()));
        merge(&mut dataset, Overlap::IsAFault, &book).remove(0)
    }

    #[test]
    fn two_counts_of_lists_are_said_with_their_sheets() {
        let finding = said_of(&[counted("a", "E1", 12.0), counted("b", "E1", 1500.0)]);
        assert_eq!((finding.read.as_str(), finding.expected.zh.as_str()), ("1,500", "一个数值；已采用“12”"));
        assert_eq!(finding.places().cloned().collect::<Vec<_>>(), [Place::sheet("b", "名册"), Place::sheet("a", "名册")]);
        assert_eq!(finding.next, Code::Duplicate.next());
    }

    #[test]
    fn rows_in_the_list_of_another_area_are_to_be_corrected_and_no_list_is_taken_away() {
        let rows = [counted("东湖", "E1", 12.0), counted("望江", "E1", 1.0), counted("望江", "W1", 30.0)];
        let finding = said_of(&rows);
        assert!(
            finding.message.zh.starts_with("东湖区的清单 东湖 已报送，而 望江 中也有东湖区的行：1 个数值重复"),
            "{}",
            finding.message.zh
        );
        assert_eq!(finding.next.zh, "望江区的清单 望江 中有东湖区的行：写错区名的，改正区名；与 东湖 重复的，从 望江 中删去。");
        // Two lists of the same two areas are one list sent twice.
        let twice = said_of(&[&rows[1..], &[counted("东湖", "E1", 12.0), counted("东湖", "W1", 30.0)]].concat());
        assert_eq!(twice.next, Code::Duplicate.next());
    }

    #[test]
    fn words_are_the_same_only_where_they_say_the_same() {
        let words = |file: &str, raw: &str| row(file, raw, None, Status::Normal);
        assert_eq!(merged(&[words("a", "穗教〔2023〕1号"), words("b", "穗教〔2023〕2号")]).1, [Severity::Error]);
        assert_eq!(merged(&[words("a", "穗教 1号"), words("b", "穗教１号")]).1, [Severity::Warning]);
    }
}
