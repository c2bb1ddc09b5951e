//! Rows counted and summed per group, without keeping a row.

use std::collections::BTreeSet;

use polars::prelude::PolarsResult;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{
    answer::{Adds, Answer, Expressions},
    column::{MISSING, Named, Typed},
    layout::{Holds, RecordsLayout},
};
use crate::{
    ingest::context::Whole,
    model::{Breakdown, Codebook, Id, Period},
};

/// A figure whose rows somebody asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Wanted {
    pub measure: Id,
    pub area: Id,
    pub period: Period,
    pub breakdown: Breakdown,
    /// So many of each sheet.
    pub most: usize,
}

/// Some ten thousand rows, and what is known of the table they stand in.
pub struct Chunk<'a> {
    pub columns: &'a [Typed<'a>],
    /// The number of each row in its sheet, from 0, and whether it is a record.
    pub rows: &'a [(u32, bool)],
    pub whole: &'a Whole,
    pub book: &'a Codebook,
}

/// What has been counted of one table.
pub struct Tally<'a> {
    layout: &'a RecordsLayout,
    expressions: Expressions,
    groupings: Vec<Grouping>,
    /// The grouping of each value.
    of_value: Vec<usize>,
    wanted: Option<&'a Wanted>,
    /// Records, and those of them that were counted.
    pub seen: u64,
    pub records: u64,
    /// Records of which `only-where` does not say whether they are.
    pub undecided: u64,
    /// The row numbers that were asked for, as a spreadsheet shows them.
    pub found: Vec<u32>,
}

/// Values that are broken down alike share their groups.
struct Grouping {
    by: Vec<Id>,
    /// The columns of labels that make a group, of those that are in the sheet: of the area, the period, and dimensions.
    columns: Vec<usize>,
    places: FxHashMap<Box<[u32]>, usize>,
    groups: Vec<Group>,
}

struct Group {
    /// What the rows are of; or what is known of it, where the labels and the whole table together do not say it.
    key: Result<Key, Lost>,
    /// One a value of the layout.
    sums: Vec<Sum>,
    /// Rows of which `only-where` does not say whether they count, and those that it leaves out.
    undecided: u64,
    others: u64,
}

impl Group {
    /// Has it a row that counts, or may?
    fn counts(&self) -> bool {
        self.undecided > 0 || self.sums.iter().any(|sum| sum.asked > 0)
    }
}

pub type Key = (Id, Period, Breakdown);

/// Rows that are in no group. A value that they may be of lacks them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Lost {
    area: Option<Id>,
    period: Option<Period>,
}

impl Lost {
    fn may_be_of(&self, (area, period, _): &Key) -> bool {
        self.area.as_ref().is_none_or(|own| own == area) && self.period.is_none_or(|own| own == *period)
    }
}

/// A sum that carries its rounding error along (Neumaier), so that a million tenths are a hundred thousand.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sum {
    sum: f64,
    lost: f64,
    /// Rows that were counted or added.
    pub rows: u64,
    /// Rows for which there is no answer, and all that were asked.
    pub unknown: u64,
    asked: u64,
}

/// Rows that were counted, rows without an answer, and all that were asked.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    rows: u32,
    unknown: u32,
    asked: u32,
}

impl Count {
    fn add(&mut self, adds: Adds) {
        self.asked += 1;
        self.rows += u32::from(matches!(adds, Adds::This(_)));
        self.unknown += u32::from(adds == Adds::Unknown);
    }
}

impl Sum {
    fn count(&mut self, count: Count) {
        self.sum += f64::from(count.rows);
        self.rows += u64::from(count.rows);
        self.unknown += u64::from(count.unknown);
        self.asked += u64::from(count.asked);
    }

    fn add(&mut self, adds: Adds) {
        self.asked += 1;
        match adds {
            Adds::Nothing => {}
            Adds::Unknown => self.unknown += 1,
            Adds::This(value) => {
                self.rows += 1;
                let next = self.sum + value;
                let (larger, smaller) = if self.sum.abs() >= value.abs() { (self.sum, value) } else { (value, self.sum) };
                self.lost += (larger - next) + smaller;
                self.sum = next;
            }
        }
    }

    /// None where no row answers. A condition that no row fulfils says 0.
    pub fn value(&self) -> Option<f64> {
        (self.asked > self.unknown).then_some(self.sum + self.lost)
    }
}

impl<'a> Tally<'a> {
    /// `there` has the sheet's column of each column of the layout.
    pub fn new(
        layout: &'a RecordsLayout,
        there: &[Option<u32>],
        expressions: Expressions,
        book: &Codebook,
        wanted: Option<&'a Wanted>,
    ) -> Tally<'a> {
        let mut groupings: Vec<Grouping> = Vec::new();
        let mut of_value = Vec::new();
        for value in &layout.values {
            let place = groupings.iter().position(|grouping| grouping.by == value.by).unwrap_or_else(|| {
                groupings.push(Grouping::new(layout, there, &value.by, book));
                groupings.len() - 1
            });
            of_value.push(place);
        }
        Tally { layout, expressions, groupings, of_value, wanted, seen: 0, records: 0, undecided: 0, found: Vec::new() }
    }

    /// Counts rows.
    pub fn add(&mut self, chunk: &Chunk) -> PolarsResult<()> {
        let answers = self.expressions.answers(chunk.columns, chunk.rows.len())?;
        let only = answers.only.as_ref();
        let (mut records, mut undecided, mut others) = (Vec::with_capacity(chunk.rows.len()), Vec::new(), Vec::new());
        for row in (0..chunk.rows.len()).filter(|row| chunk.rows[*row].1) {
            match only.map_or(Some(true), |only| only.get(row)) {
                Some(true) => records.push(row),
                Some(false) => others.push(row),
                None => undecided.push(row),
            }
        }
        self.seen += (records.len() + undecided.len() + others.len()) as u64;
        (self.records, self.undecided) = (self.records + records.len() as u64, self.undecided + undecided.len() as u64);
        let values = self.layout.values.len();
        for grouping in self.groupings.iter_mut().filter(|_| !undecided.is_empty()) {
            for group in grouping.groups_of(chunk, &undecided, values) {
                grouping.groups[group].undecided += 1;
            }
        }
        for grouping in self.groupings.iter_mut().filter(|_| !others.is_empty()) {
            for group in grouping.groups_of(chunk, &others, values) {
                grouping.groups[group].others += 1;
            }
        }
        let groups: Vec<Vec<usize>> =
            self.groupings.iter_mut().map(|grouping| grouping.groups_of(chunk, &records, values)).collect();
        for (value, answer) in answers.values.iter().enumerate() {
            let at = self.of_value[value];
            let grouping = &mut self.groupings[at];
            match answer {
                Answer::Number(_) => {
                    for (&row, &group) in records.iter().zip(&groups[at]) {
                        grouping.groups[group].sums[value].add(answer.of(row));
                    }
                }
                // Whole numbers are added without loss, in any order.
                Answer::EveryRow | Answer::Condition(_) => {
                    let mut counts = vec![Count::default(); grouping.groups.len()];
                    for (&row, &group) in records.iter().zip(&groups[at]) {
                        counts[group].add(answer.of(row));
                    }
                    grouping.groups.iter_mut().zip(counts).for_each(|(group, count)| group.sums[value].count(count));
                }
            }
            let Some(wanted) = self.wanted.filter(|wanted| wanted.measure == self.layout.values[value].measure) else { continue };
            let is_asked = |group: usize| grouping.groups[group].key.as_ref().is_ok_and(|key| wanted.is_of(key));
            let counted = records.iter().zip(&groups[at]).filter(|(row, group)| is_asked(**group) && answer.of(**row).counts());
            let room = wanted.most.saturating_sub(self.found.len());
            self.found.extend(counted.map(|(row, _)| chunk.rows[*row].0 + 1).take(room));
        }
        Ok(())
    }

    /// Every value of every group: its place in the layout, what it is of, its sum, and whether other rows may belong to it besides.
    pub fn sums(&self) -> impl Iterator<Item = (usize, &Key, Sum, bool)> {
        let lost: Vec<BTreeSet<&Lost>> = self.groupings.iter().map(|grouping| grouping.lost().collect()).collect();
        let lacks = move |at: usize, key: &Key| lost[at].iter().any(|lost| lost.may_be_of(key));
        let of_grouping = |(value, &at): (usize, &usize)| self.groupings[at].groups.iter().map(move |group| (value, at, group));
        self.of_value.iter().enumerate().flat_map(of_grouping).filter_map(move |(value, at, group)| {
            let key = group.key.as_ref().ok()?;
            // None of its rows counts, and that is known: it is 0, not missing.
            let is_none = group.others > 0 && !group.counts();
            let sum = if is_none { Sum { asked: 1, ..Sum::default() } } else { group.sums[value] };
            Some((value, key, sum, group.undecided > 0 || lacks(at, key)))
        })
    }

    /// Is there a value that lacks rows, and are its groups told by this column?
    pub fn loses_by(&self, column: usize) -> bool {
        self.groupings.iter().any(|grouping| grouping.columns.contains(&column) && grouping.lost().next().is_some())
    }
}

impl Wanted {
    fn is_of(&self, (area, period, breakdown): &Key) -> bool {
        (&self.area, self.period, &self.breakdown) == (area, *period, breakdown)
    }
}

impl Adds {
    fn counts(self) -> bool {
        matches!(self, Adds::This(_))
    }
}

impl Grouping {
    /// What a column would say that is not in the sheet, the whole table may say.
    fn new(layout: &RecordsLayout, there: &[Option<u32>], by: &[Id], book: &Codebook) -> Grouping {
        let is_there = |column: &usize| there[*column].is_some();
        let column = |holds: &Holds| layout.column(holds).filter(is_there);
        let within = |id: &Id| layout.column_within(id, book).filter(is_there);
        let of_dimension = |id: &Id| column(&Holds::Dimension(id.clone())).or_else(|| within(id));
        let whole = [Holds::Area, Holds::Period];
        let columns = whole.iter().filter_map(column).chain(by.iter().filter_map(of_dimension));
        Grouping { by: by.to_vec(), columns: columns.collect(), places: FxHashMap::default(), groups: Vec::new() }
    }

    fn lost(&self) -> impl Iterator<Item = &Lost> {
        self.groups.iter().filter(|group| group.counts()).filter_map(|group| group.key.as_ref().err())
    }

    /// The group of each record.
    fn groups_of(&mut self, chunk: &Chunk, records: &[usize], values: usize) -> Vec<usize> {
        let (keys, size) = keys(&self.columns, chunk);
        // What has been found for a key holds as long as labels have no more names. Without keys each row is looked up.
        let mut found: Vec<Option<usize>> = vec![None; size];
        let mut labels: Vec<u32> = vec![0; self.columns.len()];
        let mut groups = Vec::with_capacity(records.len());
        for &row in records {
            let known = keys.get(row).and_then(|key| found.get(*key as usize).copied().flatten());
            let group = known.unwrap_or_else(|| {
                for (label, &column) in labels.iter_mut().zip(&self.columns) {
                    *label = chunk.columns[column].label(row);
                }
                let group = self.places.get(labels.as_slice()).copied();
                let group = group.unwrap_or_else(|| self.open(&labels, chunk, values));
                if let Some(found) = keys.get(row).and_then(|key| found.get_mut(*key as usize)) {
                    *found = Some(group);
                }
                group
            });
            groups.push(group);
        }
        groups
    }

    fn open(&mut self, labels: &[u32], chunk: &Chunk, values: usize) -> usize {
        let key = self.key(labels, chunk);
        self.groups.push(Group { key, sums: vec![Sum::default(); values], undecided: 0, others: 0 });
        self.places.insert(labels.into(), self.groups.len() - 1);
        self.groups.len() - 1
    }

    /// What the rows with these labels are of.
    fn key(&self, labels: &[u32], chunk: &Chunk) -> Result<Key, Lost> {
        let (mut area, mut period) = (chunk.whole.area.clone(), chunk.whole.period);
        let mut is_known = true;
        let mut members: Vec<(Id, Id)> = chunk.whole.members.iter().map(|(id, code)| (id.clone(), code.clone())).collect();
        for (&label, &column) in labels.iter().zip(&self.columns) {
            let typed = &chunk.columns[column];
            let named = typed.named(label);
            is_known &= named.is_some();
            match (named, &typed.column.holds) {
                (Some(Named::Area(code)), _) => area = Some(code.clone()),
                (Some(Named::Period(named)), _) => period = Some(*named),
                (Some(Named::Member(code)), Holds::Dimension(id)) => members.push((id.clone(), code.clone())),
                (None, Holds::Area) => area = None,
                (None, Holds::Period) => period = None,
                _ => {}
            }
        }
        // What a row says goes before what the whole list says.
        let breakdown = chunk.book.breakdown(members).only(|id| self.by.contains(id));
        match (area, period) {
            (Some(area), Some(period)) if is_known && breakdown.len() == self.by.len() => Ok((area, period, breakdown)),
            (area, period) => Err(Lost { area, period }),
        }
    }
}

/// More keys than this are not worth a table.
const KEYS: usize = 1 << 14;

/// The labels of each row in these columns as one small number, and how many of these there may be. No key where there may be too many.
fn keys(columns: &[usize], chunk: &Chunk) -> (Vec<u32>, usize) {
    let labels = || columns.iter().map(|&column| chunk.columns[column].labels());
    // Besides the names a label may be missing, unknown or that of a total.
    let size = labels().fold(1, |size: usize, (_, names)| size.saturating_mul(names + 3));
    if size > KEYS {
        return (Vec::new(), 0);
    }
    let mut keys = vec![0; chunk.rows.len()];
    for (labels, names) in labels() {
        let names = names as u32;
        for (key, &label) in keys.iter_mut().zip(labels) {
            *key = *key * (names + 3) + if label < names { label } else { names + (MISSING - label) };
        }
    }
    (keys, size)
}
