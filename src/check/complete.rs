//! Whether every area has sent every form for every period, and which cells say nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Answer, at};
use crate::{
    diag::{Code, Finding, Place},
    model::{Codebook, Completeness, Dataset, Id, Language, Observation, Period, Senders, Status, Text, how_many},
};

/// What one area sent of one form.
#[derive(Clone, Default)]
struct Arrived {
    values: u32,
    missing: u32,
    files: BTreeSet<Arc<str>>,
}

/// One row per form, area and period that any area has sent: what arrived and how much of it says something.
pub fn completeness(dataset: &Dataset, forms: &[Id], senders: &Senders) -> Vec<Completeness> {
    let mut arrived: BTreeMap<(&Id, &Id, Period), Arrived> = BTreeMap::new();
    let mut periods: BTreeMap<&Id, BTreeSet<Period>> = BTreeMap::new();
    for run in dataset.runs() {
        let read = || run.iter().filter(|observation| observation.files().next().is_some());
        let Some(Observation { layout, area, period, .. }) = read().next() else { continue };
        periods.entry(layout).or_default().insert(*period);
        let entry = arrived.entry((layout, area, *period)).or_default();
        for observation in read() {
            entry.values += 1;
            entry.missing += u32::from(observation.value.is_none());
            for file in observation.files() {
                // Mostly all from one file.
                if entry.files.last() != Some(file) {
                    entry.files.insert(file.clone());
                }
            }
        }
    }
    for empty in &dataset.empty {
        periods.entry(&empty.layout).or_default().insert(empty.period);
        arrived.entry((&empty.layout, &empty.area, empty.period)).or_default().files.insert(empty.file.clone());
    }
    let mut rows = Vec::new();
    for form in forms {
        for area in senders.of(form) {
            for &period in periods.get(form).into_iter().flatten() {
                let Arrived { values, missing, files } = arrived.get(&(form, area, period)).cloned().unwrap_or_default();
                let files = files.into_iter().collect();
                rows.push(Completeness { layout: form.clone(), area: area.clone(), period, values, missing, files });
            }
        }
    }
    rows
}

pub fn complete(dataset: &Dataset, forms: &[Id], senders: &Senders, book: &Codebook) -> Answer {
    let mut answer = Answer::default();
    let rows = completeness(dataset, forms, senders);
    answer.answered = rows.len();
    // One finding for one reminder: everything that an area still owes for a period.
    let mut owed: BTreeMap<(usize, Period), Vec<&Completeness>> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.has_come() && senders.owe(row.period)) {
        owed.entry((book.areas.order(&row.area), row.period)).or_default().push(row);
    }
    for ((_, period), rows) in owed {
        let area_zh = book.area_name(&rows[0].area, Language::Chinese);
        let area_en = book.area_name(&rows[0].area, Language::English);
        let list = |comma: &str| rows.iter().map(|row| row.layout.as_ref()).collect::<Vec<_>>().join(comma);
        let message = Text::new(
            format!("{area_zh}没有报送 {}的 {} 表", period.in_chinese(), list("、")),
            format!("{area_en} has not sent {} for {}", list(", "), period.in_english()),
        );
        let expected = Text::new(format!("{} 份报表", rows.len()), how_many(rows.len(), "form", "forms"));
        answer.fail(Finding::new(Code::FormMissing, message).expected(expected), &[]);
    }
    let mut lacking: BTreeMap<Period, Vec<&str>> = BTreeMap::new();
    for form in forms {
        let sent = rows.iter().filter(|row| row.layout == *form && row.has_come());
        for gap in gaps(&sent.map(|row| row.period).collect()) {
            lacking.entry(gap).or_default().push(form);
        }
    }
    for (gap, forms) in lacking {
        let message = Text::new(
            format!("缺 {}的 {} 表：前后两期之间不计算变化", gap.in_chinese(), forms.join("、")),
            format!("{} is missing from forms {}: no change is computed across the gap", gap.in_english(), forms.join(", ")),
        );
        answer.fail(Finding::new(Code::PeriodGap, message), &[]);
    }
    answer
}

/// Periods that lie between two others of their length and are not there.
fn gaps(periods: &BTreeSet<Period>) -> Vec<Period> {
    let periods: Vec<Period> = periods.iter().copied().collect();
    let of_grain = |known: &[Period]| {
        let (first, last) = (known[0], known[known.len() - 1]);
        let between = std::iter::successors(Some(first), |period| Some(period.next())).take_while(|period| *period < last);
        between.filter(|period| !known.contains(period)).collect::<Vec<_>>()
    };
    periods.chunk_by(|one, other| one.same_grain(*other)).flat_map(of_grain).collect()
}

/// Cells left blank, one finding a sheet with all its cells.
pub fn missing_values(dataset: &Dataset, book: &Codebook) -> Vec<Finding> {
    let mut by_sheet: BTreeMap<(Arc<str>, Arc<str>), Vec<&Observation>> = BTreeMap::new();
    let blank = |observation: &&Observation| observation.status == Status::Missing && observation.raw().trim().is_empty();
    for observation in dataset.observations.iter().filter(blank) {
        if let Some(cell) = observation.cell() {
            by_sheet.entry((cell.file.clone(), cell.sheet.clone())).or_default().push(observation);
        }
    }
    by_sheet
        .into_values()
        .map(|mut blanks| {
            blanks.sort_by_key(|observation| observation.cell().map(|cell| (cell.row, cell.column)));
            let first = blanks[0];
            let name = super::name_of(book, first);
            let message = match blanks.len() {
                1 => Text::new(format!("{}未填", name.zh), format!("{} is blank", name.en)),
                many => Text::new(
                    format!("{many} 个单元格未填，如{}", name.zh),
                    format!("{many} cells are blank, such as {}", name.en),
                ),
            };
            let others: Vec<Place> = blanks[1..].iter().map(|observation| at(dataset, observation)).collect();
            Finding::new(Code::ValueMissing, message)
                .at(at(dataset, first))
                .also(others)
                .expected(Text::new("一个数字", "a number"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_a_period_between_others() {
        let periods = |years: &[i16]| years.iter().map(|&year| Period::Year(year)).collect::<BTreeSet<_>>();
        assert_eq!(gaps(&periods(&[2019, 2020, 2022])), [Period::Year(2021)]);
        assert!(gaps(&periods(&[2019, 2020])).is_empty());
        assert!(gaps(&periods(&[])).is_empty());
        let of_two = [Period::SchoolYear(2020), Period::SchoolYear(2022), Period::Month(2023, 1), Period::Month(2023, 3)];
        assert_eq!(gaps(&of_two.into()), [Period::SchoolYear(2021), Period::Month(2023, 2)]);
    }
}
