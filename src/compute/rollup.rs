//! City from districts, total from breakdowns.
//!
//! Formula: a total is Σ of its terms; a ratio is Σ numerators / Σ denominators × per, never a mean of ratios. A cell that
//! is blank on one side of a ratio leaves the other side out as well; the value is then provisional and says what it lacks.
//! Degenerate cases: a denominator of 0 gives no value; an area whose form has not come is missing, never 0; a dash adds nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use polars::prelude::PolarsResult;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Questions,
    arrivals::Arrivals,
    days::Days,
    frame::{AREA, Frames, PERIOD, groups},
    total::total,
    unplaced::{self, Asked, Strays},
};
use crate::model::{
    AreaKind, Breakdown, Codebook, Dataset, Formula, Id, Indicator, IndicatorValue, Language, Observation, Period, Status, Term,
    Text, how_many,
};

/// Where the values of each indicator stand: together, since they are arranged by it.
pub fn places(values: &[IndicatorValue]) -> FxHashMap<Id, Range<usize>> {
    let mut first = 0;
    let runs = values.chunk_by(|one, next| one.indicator == next.indicator);
    let place = |run: &[IndicatorValue]| {
        let own = first..first + run.len();
        first = own.end;
        (run[0].indicator.clone(), own)
    };
    runs.map(place).collect()
}

/// Area, period and members that a value is of.
type Key = (String, String, Vec<String>);

/// The observations on one side of a formula, with their signs.
type Side = BTreeMap<Key, Vec<(u32, f64)>>;

/// What an observation gives to a sum. Each is looked at by many sums, several times: so they stand close together.
#[derive(Clone, Copy)]
struct Figure {
    value: Option<f64>,
    status: Status,
}

/// The dataset ready to be summed, by any indicator and in any grouping.
pub struct Sums<'a> {
    frames: Frames<'a>,
    dataset: &'a Dataset,
    figures: Vec<Figure>,
    questions: &'a Questions<'a>,
    arrivals: Arrivals<'a>,
    strays: Strays<'a>,
    pub days: Days<'a>,
}

impl<'a> Sums<'a> {
    pub fn new(dataset: &'a Dataset, questions: &'a Questions<'a>) -> PolarsResult<Self> {
        Ok(Sums {
            frames: Frames::new(dataset, questions.book)?,
            dataset,
            figures: dataset.observations.iter().map(|row| Figure { value: row.value, status: row.status }).collect(),
            questions,
            arrivals: Arrivals::new(dataset, questions),
            strays: Strays::new(dataset, questions.book),
            days: Days::new(dataset, questions),
        })
    }

    /// The values of every total and every ratio, over all breakdowns and in each they are said in.
    pub fn all(&self) -> PolarsResult<Vec<IndicatorValue>> {
        let of_indicator = |indicator: &Indicator| -> PolarsResult<Vec<IndicatorValue>> {
            let groupings = std::iter::once(&[][..]).chain(indicator.by.iter().map(Vec::as_slice));
            let values = groupings.map(|dimensions| self.values(indicator, dimensions)).collect::<PolarsResult<Vec<_>>>()?;
            Ok(values.into_iter().flatten().collect())
        };
        let values = self.questions.indicators.par_iter().map(of_indicator).collect::<PolarsResult<Vec<_>>>()?;
        Ok(values.into_iter().flatten().collect())
    }

    /// The values of one indicator in one grouping, also in one that is not published; none of what is no sum.
    pub fn values(&self, indicator: &Indicator, dimensions: &[Id]) -> PolarsResult<Vec<IndicatorValue>> {
        let (of, to, per): (&[Term], &[Term], f64) = match &indicator.formula {
            Formula::Total { of } => (of, &[], 1.0),
            Formula::Ratio { of, to, per, .. } => (of, to, *per),
            _ => return Ok(Vec::new()),
        };
        let book = self.questions.book;
        let Sums { dataset, figures, arrivals, strays, days, .. } = self;
        let maker = Maker { dataset, figures, book, arrivals, strays, days, indicator, dimensions, per, of, to };
        let side = |terms| side(&self.frames, terms, dimensions, book, &self.days);
        Ok(maker.values(side(of)?, side(to)?))
    }
}

/// Puts more values in their places among those there are.
pub fn arrange(values: &mut Vec<IndicatorValue>, more: Vec<IndicatorValue>, questions: &Questions) {
    values.extend(more);
    values.sort_by_cached_key(|value| order(value, questions));
}

/// The observations of some terms, by area and by the whole the area belongs to.
fn side(frames: &Frames, terms: &[Term], dimensions: &[Id], book: &Codebook, days: &Days) -> PolarsResult<Side> {
    let keys: Vec<&str> = [AREA, PERIOD].into_iter().chain(dimensions.iter().map(AsRef::as_ref)).collect();
    let mut side = Side::new();
    for term in terms {
        let sign = if term.minus { -1.0 } else { 1.0 };
        for (mut members, mut rows) in groups(frames, term, &keys)? {
            rows.retain(|row| days.has_come(*row, term));
            let rest = members.split_off(2);
            let period = members.pop().unwrap_or_default();
            let area = members.pop().unwrap_or_default();
            let whole = book.areas.get(&area).and_then(|area| area.parent.as_ref()).map(ToString::to_string);
            for place in whole.into_iter().chain([area]) {
                side.entry((place, period.clone(), rest.clone())).or_default().extend(rows.iter().map(|&row| (row, sign)));
            }
        }
    }
    Ok(side)
}

type Order = (usize, usize, Vec<(usize, usize)>, Period);

/// Indicators as the pipeline lists them, then areas in their conventional order, breakdowns, periods.
fn order(value: &IndicatorValue, questions: &Questions) -> Order {
    let indicator = questions.indicators.iter().position(|indicator| indicator.id == value.indicator).unwrap_or(usize::MAX);
    let dimensions = questions.book.dimensions.iter().enumerate();
    let members =
        dimensions.filter_map(|(place, dimension)| value.breakdown.get(&dimension.id).map(|code| (place, dimension.order(code))));
    (indicator, questions.book.areas.order(&value.area), members.collect(), value.period)
}

/// Makes the values of one indicator in one breakdown.
struct Maker<'a> {
    dataset: &'a Dataset,
    figures: &'a [Figure],
    book: &'a Codebook,
    arrivals: &'a Arrivals<'a>,
    strays: &'a Strays<'a>,
    days: &'a Days<'a>,
    indicator: &'a Indicator,
    dimensions: &'a [Id],
    per: f64,
    of: &'a [Term],
    to: &'a [Term],
}

impl Maker<'_> {
    fn values(&self, mut of: Side, mut to: Side) -> Vec<IndicatorValue> {
        let mut keys: BTreeSet<Key> = of.keys().chain(to.keys()).cloned().collect();
        // What a list does not hold is none of a member that is known; members of an open dimension are what it holds.
        if self.to.is_empty() && !self.book.any_is_open(self.dimensions) {
            keys.extend(self.listed(&keys));
        }
        if self.dimensions.is_empty() {
            keys.extend(self.due(&keys));
        }
        keys.into_iter()
            .filter_map(|key| {
                let (numerators, denominators) = (of.remove(&key).unwrap_or_default(), to.remove(&key).unwrap_or_default());
                self.value(key, numerators, denominators)
            })
            .collect()
    }

    /// Sums that are none because the form has come and lists nothing: no senior-high project is 0 places.
    fn listed(&self, keys: &BTreeSet<Key>) -> Vec<Key> {
        let members: BTreeSet<&Vec<String>> = keys.iter().map(|(.., members)| members).collect();
        let periods = self.arrivals.periods();
        let mut listed = Vec::new();
        for area in self.book.areas.iter() {
            for period in periods.iter().filter(|&&period| self.arrivals.lists(self.of, area, period, self.book)) {
                listed.extend(members.iter().map(|members| (area.code.to_string(), period.to_string(), members.to_vec())));
            }
        }
        listed
    }

    /// Areas that owe a figure for a period in which others have given theirs.
    fn due(&self, keys: &BTreeSet<Key>) -> Vec<Key> {
        let periods: BTreeSet<&String> = keys.iter().map(|(_, period, _)| period).collect();
        let terms = self.terms();
        let districts = self.book.areas.iter().filter(|area| area.kind != AreaKind::Whole);
        let mut due = Vec::new();
        for area in districts {
            for period in &periods {
                let Ok(at) = period.parse() else { continue };
                if !self.arrivals.absent(&terms, &area.code, false, at, self.book).is_empty() {
                    due.push((area.code.to_string(), period.to_string(), Vec::new()));
                }
            }
        }
        due
    }

    fn terms(&self) -> Vec<&Term> {
        self.of.iter().chain(self.to).collect()
    }

    fn value(&self, key: Key, mut numerators: Vec<(u32, f64)>, mut denominators: Vec<(u32, f64)>) -> Option<IndicatorValue> {
        let (area, period, members) = key;
        let period: Period = period.parse().ok()?;
        let area = self.book.areas.get(&area)?;
        let is_whole = area.kind == AreaKind::Whole;
        let is_ratio = !self.to.is_empty();
        let breakdown: Breakdown =
            self.dimensions.iter().cloned().zip(members.iter().map(|member| Id::from(member.as_str()))).collect();

        let lists_none = numerators.is_empty() && self.arrivals.lists(self.of, area, period, self.book);
        let absent = self.arrivals.absent(&self.terms(), &area.code, is_whole, period, self.book);
        if is_ratio && !absent.is_empty() {
            let without = |rows: &mut Vec<(u32, f64)>| {
                rows.retain(|(row, _)| !absent.contains(&self.dataset.observations[*row as usize].area))
            };
            without(&mut numerators);
            without(&mut denominators);
        }
        let unknown = self.unknown(&numerators, &denominators);
        let asked = Asked { area, period, members: &breakdown };
        let sides = [(self.of, &numerators), (self.to, &denominators)];
        let lacked = match self.strays.are_none() {
            true => Default::default(),
            false => sides.map(|(terms, rows)| self.strays.lacked(terms, &asked, &self.observations(rows))),
        };
        let lacks = unplaced::rows(lacked.iter().flatten().copied());
        if is_ratio && (!unknown.is_empty() || lacks > 0) {
            let shared = self.shared_dimensions(&numerators, &denominators);
            // By area: few areas leave anything out, so most rows need not be looked at more closely.
            let mut lost: BTreeMap<&Id, FxHashSet<Vec<Option<&Id>>>> = BTreeMap::new();
            for observation in unknown.iter().map(|&row| &self.dataset.observations[row as usize]) {
                lost.entry(&observation.area).or_default().insert(leaf(observation, &shared));
            }
            for (own, other) in [(0, 1), (1, 0)] {
                let lacked = unplaced::of_one_side(&lacked[own], &lacked[other]);
                let [has, others] = [own, other].map(|side| self.observations(sides[side].1));
                for (area, leaf) in unplaced::counterparts(&lacked, &has, &others, &shared) {
                    lost.entry(area).or_default().insert(leaf);
                }
            }
            let is_lost = |observation: &Observation| {
                lost.get(&observation.area).is_some_and(|lost| lost.contains(&leaf(observation, &shared)))
            };
            for rows in [&mut numerators, &mut denominators] {
                rows.retain(|(row, _)| !is_lost(&self.dataset.observations[*row as usize]));
            }
        }
        let value = |row: u32| self.figures[row as usize].value;
        let sum = |rows: &[(u32, f64)]| total(rows.iter().filter_map(|&(row, sign)| value(row).map(|value| sign * value)));
        let has_value = |rows: &[(u32, f64)]| rows.iter().any(|&(row, _)| value(row).is_some());
        let numerator = (lists_none || has_value(&numerators)).then(|| sum(&numerators));
        let denominator = (is_ratio && has_value(&denominators)).then(|| sum(&denominators));
        let value = match (numerator, denominator) {
            (Some(numerator), Some(denominator)) if denominator != 0.0 => Some(numerator * self.per / denominator),
            (Some(numerator), None) if !is_ratio => Some(numerator),
            _ => None,
        };
        // What says nothing is part of what there is to see.
        let mut from: Vec<u32> =
            numerators.iter().chain(&denominators).map(|&(row, _)| row).chain(unknown.iter().copied()).collect();
        if lists_none {
            from.extend(self.arrivals.looked_through(self.of, area, period, self.book));
        }
        // Two or three runs that are in order each, which this sort makes use of.
        from.sort();
        from.dedup();
        let rows = from.iter().map(|&row| self.figures[row as usize]);
        let mut status = rows.filter(|row| row.value.is_some()).fold(Status::Normal, |status, row| status.worse(row.status));
        let owing = if is_whole { self.arrivals.owing(&self.terms()) } else { 0 };
        let is_blank = self.terms().iter().any(|term| self.arrivals.is_blank(term, &area.code, period, self.book));
        let mut note = self.note(&absent, (owing, is_blank), (unknown.len(), lacks), denominator);
        if lists_none && from.is_empty() {
            note = note.and(&none_in(&self.arrivals.say_none(self.of, area, period, self.book)));
        }
        if value.is_none() {
            status = match (absent.is_empty(), unknown.is_empty() && lacks == 0) {
                (false, _) => Status::NotCollected,
                (true, false) => Status::Missing,
                (true, true) => Status::NotApplicable,
            };
        } else if !absent.is_empty() || !unknown.is_empty() || lacks > 0 {
            status = status.worse(Status::Provisional);
        }
        Some(IndicatorValue {
            indicator: self.indicator.id.clone(),
            area: area.code.clone(),
            period,
            breakdown,
            value,
            status,
            numerator,
            denominator,
            change: None,
            note,
            lacking: !absent.is_empty() || !is_ratio && (!unknown.is_empty() || lacks > 0),
            so_far: self.days.are_to_come(&self.terms(), period),
            from,
            coverage: (owing > 0).then(|| (owing - absent.len().min(owing)) as f64 / owing as f64),
            interval: None,
            control: None,
            trend: None,
        })
    }

    fn unknown(&self, numerators: &[(u32, f64)], denominators: &[(u32, f64)]) -> Vec<u32> {
        let rows = numerators.iter().chain(denominators).map(|&(row, _)| row);
        rows.filter(|&row| self.figures[row as usize].status.is_unknown()).collect()
    }

    /// The dimensions in which every observation of both sides has a member: what pairs a numerator with its denominator.
    fn shared_dimensions(&self, numerators: &[(u32, f64)], denominators: &[(u32, f64)]) -> Vec<&Id> {
        let rows = || numerators.iter().chain(denominators).map(|&(row, _)| &self.dataset.observations[row as usize]);
        let everywhere = |id: &&Id| rows().all(|row| row.breakdown.contains_key(id));
        self.book.dimensions.iter().map(|dimension| &dimension.id).filter(everywhere).collect()
    }

    fn observations(&self, rows: &[(u32, f64)]) -> Vec<&Observation> {
        rows.iter().map(|&(row, _)| &self.dataset.observations[row as usize]).collect()
    }

    /// `owing`: how many areas owe the figure of the whole; 0 for an area's own, of which a list may have come blank. Then so many cells that say nothing, and rows of nobody.
    fn note(
        &self,
        absent: &[Id],
        (owing, is_blank): (usize, bool),
        (unknown, lacks): (usize, usize),
        denominator: Option<f64>,
    ) -> Text {
        let mut zh = Vec::new();
        let mut en = Vec::new();
        if !absent.is_empty() && owing > 0 {
            let names = |language, comma: &str| {
                absent.iter().map(|area| self.book.area_name(area, language)).collect::<Vec<_>>().join(comma)
            };
            let come = owing - absent.len().min(owing);
            zh.push(format!("缺少{}（已报 {come}/{owing}）", names(Language::Chinese, "、")));
            en.push(format!("without {} ({come} of {owing} have come)", names(Language::English, ", ")));
        } else if !absent.is_empty() && is_blank {
            zh.push("清单没有一行，也没有写“无”".to_string());
            en.push("the list has no row and does not say that there is none".to_string());
        } else if !absent.is_empty() {
            zh.push("未报送".to_string());
            en.push("not sent".to_string());
        }
        if unknown > 0 {
            zh.push(format!("{unknown} 个单元格无数据"));
            en.push(format!("{unknown} cells say nothing"));
        }
        if lacks > 0 {
            zh.push(format!("{lacks} 行数据未读入"));
            en.push(format!("{} not read", how_many(lacks, "row of figures", "rows of figures")));
        }
        if denominator == Some(0.0) {
            zh.push("分母为零".to_string());
            en.push("the denominator is zero".to_string());
        }
        Text::new(zh.join("；"), en.join("; "))
    }
}

/// What is none rests on no cell, but on a file.
fn none_in(files: &BTreeSet<&str>) -> Text {
    let (first, more) = (files.first().copied().unwrap_or_default(), files.len().saturating_sub(1));
    match more {
        0 => Text::new(format!("清单中没有记录（{first}）"), format!("the list holds no record ({first})")),
        _ => Text::new(
            format!("清单中没有记录（{first} 等 {} 个文件）", files.len()),
            format!("the lists hold no record ({first} and {more} more)"),
        ),
    }
}

/// The members by which an observation of one side of a ratio is paired with the other.
pub fn leaf<'a>(observation: &'a Observation, shared: &[&Id]) -> Vec<Option<&'a Id>> {
    shared.iter().map(|id| observation.breakdown.get(id)).collect()
}
