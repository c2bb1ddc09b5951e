//! City from districts, total from breakdowns.
//!
//! Formula: a total is Σ of its terms; a ratio is Σ numerators / Σ denominators × per, never a mean of ratios. A cell that
//! is blank on one side of a ratio leaves the other side out as well; the value is then provisional and says what it lacks.
//! Degenerate cases: a denominator of 0 gives no value; an area whose form has not come is missing, never 0; a dash adds nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use polars::prelude::{IntoLazy, LazyFrame, PolarsResult};
use rayon::prelude::*;

use super::{
    Questions,
    frame::{AREA, PERIOD, frame, groups},
    total::total,
};
use crate::model::{
    Area, AreaKind, Breakdown, Codebook, Dataset, Formula, Id, Indicator, IndicatorValue, Language, Observation, Period, Status,
    Term, Text,
};

/// Area, period and members that a value is of.
type Key = (String, String, Vec<String>);

/// The observations on one side of a formula, with their signs.
type Side = BTreeMap<Key, Vec<(u32, f64)>>;

pub fn roll_up(dataset: &Dataset, questions: &Questions) -> PolarsResult<Vec<IndicatorValue>> {
    let lazy = frame(dataset, questions.book)?.lazy();
    let arrivals = Arrivals::new(dataset, questions);
    let of_indicators: Vec<Vec<IndicatorValue>> = questions
        .indicators
        .par_iter()
        .map(|indicator| of_indicator(indicator, &lazy, dataset, questions, &arrivals))
        .collect::<PolarsResult<_>>()?;
    let mut values: Vec<IndicatorValue> = of_indicators.into_iter().flatten().collect();
    values.sort_by_cached_key(|value| order(value, questions));
    Ok(values)
}

/// The values of one indicator, over all breakdowns and in each it is said in.
fn of_indicator(
    indicator: &Indicator,
    frame: &LazyFrame,
    dataset: &Dataset,
    questions: &Questions,
    arrivals: &Arrivals,
) -> PolarsResult<Vec<IndicatorValue>> {
    let (of, to, per): (&[Term], &[Term], f64) = match &indicator.formula {
        Formula::Total { of } => (of, &[], 1.0),
        Formula::Ratio { of, to, per } => (of, to, *per),
        Formula::Variation { .. } | Formula::DistrictsThat { .. } => return Ok(Vec::new()),
    };
    let mut values = Vec::new();
    for dimensions in std::iter::once(&[][..]).chain(indicator.by.iter().map(Vec::as_slice)) {
        let maker = Maker { dataset, book: questions.book, arrivals, indicator, dimensions, per, of, to };
        values.extend(maker.values(side(frame, of, dimensions, questions.book)?, side(frame, to, dimensions, questions.book)?));
    }
    Ok(values)
}

/// The observations of some terms, by area and by the whole the area belongs to.
fn side(frame: &LazyFrame, terms: &[Term], dimensions: &[Id], book: &Codebook) -> PolarsResult<Side> {
    let keys: Vec<&str> = [AREA, PERIOD].into_iter().chain(dimensions.iter().map(AsRef::as_ref)).collect();
    let mut side = Side::new();
    for term in terms {
        let sign = if term.minus { -1.0 } else { 1.0 };
        for (mut members, rows) in groups(frame, term, &keys)? {
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

/// Who has sent which form for which period.
struct Arrivals<'a> {
    forms: &'a HashMap<Id, Vec<Id>>,
    arrived: HashSet<(&'a Id, &'a Id, Period)>,
    /// Which measure has been given by which area for which period, whatever the breakdown.
    measured: BTreeSet<(&'a Id, Period, &'a Id)>,
    /// Areas that belong in the whole: districts, and the other rows that have ever sent the form.
    expected: HashMap<&'a Id, Vec<&'a Id>>,
}

impl<'a> Arrivals<'a> {
    fn new(dataset: &'a Dataset, questions: &Questions<'a>) -> Self {
        let arrived: HashSet<_> = dataset.observations.iter().map(|row| (&row.layout, &row.area, row.period)).collect();
        let senders: HashSet<(&Id, &Id)> = arrived.iter().map(|&(form, area, _)| (form, area)).collect();
        let senders = &senders;
        let all_forms: BTreeSet<&Id> = questions.forms.values().flatten().collect();
        let expected = all_forms.into_iter().map(|form| {
            let belongs = questions.book.areas.iter().filter(move |area| match area.kind {
                AreaKind::District => true,
                AreaKind::Other => senders.contains(&(form, &area.code)),
                AreaKind::Whole => false,
            });
            (form, belongs.map(|area| &area.code).collect())
        });
        let expected = expected.collect();
        let measured = dataset.observations.iter().map(|row| (&row.area, row.period, &row.measure)).collect();
        Arrivals { forms: questions.forms, arrived, measured, expected }
    }

    /// Has the area (of the whole: any of its parts) sent a list of all of these? What a list does not hold is none. On a form
    /// with a row for everything, a row that is not there is missing.
    fn lists(&self, terms: &[Term], area: &Area, period: Period, book: &Codebook) -> bool {
        let is_list =
            |term: &Term| book.measure(&term.measure).is_some_and(|measure| measure.by.iter().any(|id| book.is_open(id)));
        if !terms.iter().all(is_list) {
            return false;
        }
        let gives = |area: &Id| terms.iter().all(|term| self.measured.contains(&(area, period, &term.measure)));
        match area.kind {
            AreaKind::Whole => book.areas.parts_of(&area.code).any(|part| gives(&part.code)),
            AreaKind::District | AreaKind::Other => gives(&area.code),
        }
    }

    /// Areas without which the figure is not whole, because a form that feeds it has not come from them.
    fn absent(&self, terms: &[&Term], area: &Id, is_whole: bool, period: Period) -> Vec<Id> {
        let mut absent = BTreeSet::new();
        for term in terms {
            let forms = self.forms.get(&term.measure).map(Vec::as_slice).unwrap_or_default();
            let has = |area: &Id| forms.iter().any(|form| self.arrived.contains(&(form, area, period)));
            let expected = forms.iter().flat_map(|form| self.expected.get(form).into_iter().flatten());
            absent.extend(expected.filter(|part| (is_whole || **part == area) && !has(part)).map(|part| (*part).clone()));
        }
        absent.into_iter().collect()
    }
}

/// Makes the values of one indicator in one breakdown.
struct Maker<'a> {
    dataset: &'a Dataset,
    book: &'a Codebook,
    arrivals: &'a Arrivals<'a>,
    indicator: &'a Indicator,
    dimensions: &'a [Id],
    per: f64,
    of: &'a [Term],
    to: &'a [Term],
}

impl Maker<'_> {
    fn values(&self, mut of: Side, mut to: Side) -> Vec<IndicatorValue> {
        let mut keys: BTreeSet<Key> = of.keys().chain(to.keys()).cloned().collect();
        if self.to.is_empty() {
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
        let periods: BTreeSet<Period> = self.arrivals.measured.iter().map(|&(_, period, _)| period).collect();
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
                if !self.arrivals.absent(&terms, &area.code, false, at).is_empty() {
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

        let lists_none = numerators.is_empty() && self.arrivals.lists(self.of, area, period, self.book);
        let absent = self.arrivals.absent(&self.terms(), &area.code, is_whole, period);
        if is_ratio {
            let without = |rows: &mut Vec<(u32, f64)>| {
                rows.retain(|(row, _)| !absent.contains(&self.dataset.observations[*row as usize].area))
            };
            without(&mut numerators);
            without(&mut denominators);
        }
        let unknown = self.unknown(&numerators, &denominators);
        if is_ratio {
            let shared = self.shared_dimensions(&numerators, &denominators);
            let lost: HashSet<_> = unknown.iter().map(|&row| self.leaf(row, &shared)).collect();
            for rows in [&mut numerators, &mut denominators] {
                rows.retain(|(row, _)| !lost.contains(&self.leaf(*row, &shared)));
            }
        }
        let sum = |rows: &[(u32, f64)]| {
            total(rows.iter().filter_map(|&(row, sign)| self.dataset.observations[row as usize].value.map(|value| sign * value)))
        };
        let has_value =
            |rows: &[(u32, f64)]| rows.iter().any(|&(row, _)| self.dataset.observations[row as usize].value.is_some());
        let numerator = (lists_none || has_value(&numerators)).then(|| sum(&numerators));
        let denominator = (is_ratio && has_value(&denominators)).then(|| sum(&denominators));
        let value = match (numerator, denominator) {
            (Some(numerator), Some(denominator)) if denominator != 0.0 => Some(numerator / denominator * self.per),
            (Some(numerator), None) if !is_ratio => Some(numerator),
            _ => None,
        };
        let mut from: Vec<u32> = numerators.iter().chain(&denominators).map(|&(row, _)| row).collect();
        if lists_none {
            from.extend(self.looked_through(area, period));
        }
        from.sort_unstable();
        from.dedup();
        let rows = from.iter().map(|&row| &self.dataset.observations[row as usize]);
        let mut status = rows.filter(|row| row.value.is_some()).fold(Status::Normal, |status, row| status.worse(row.status));
        let note = self.note(&absent, is_whole, &unknown, denominator);
        if value.is_none() {
            status = match (absent.is_empty(), unknown.is_empty()) {
                (false, _) => Status::NotCollected,
                (true, false) => Status::Missing,
                (true, true) => Status::NotApplicable,
            };
        } else if !absent.is_empty() || !unknown.is_empty() {
            status = status.worse(Status::Provisional);
        }
        let breakdown: Breakdown =
            self.dimensions.iter().cloned().zip(members.iter().map(|member| Id::from(member.as_str()))).collect();
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
            lacking: !absent.is_empty() || (!is_ratio && !unknown.is_empty()),
            from,
        })
    }

    /// The rows of the lists in which nothing was found: where a sum of none comes from.
    fn looked_through<'b>(&'b self, area: &'b Area, period: Period) -> impl Iterator<Item = u32> + 'b {
        let of_area = move |row: &Observation| match area.kind {
            AreaKind::Whole => self.book.areas.get(&row.area).is_some_and(|part| part.parent.as_ref() == Some(&area.code)),
            AreaKind::District | AreaKind::Other => row.area == area.code,
        };
        let is_asked = move |row: &Observation| {
            row.period == period && of_area(row) && self.of.iter().any(|term| term.measure == row.measure)
        };
        self.dataset.observations.iter().enumerate().filter(move |(_, row)| is_asked(row)).map(|(place, _)| place as u32)
    }

    fn unknown(&self, numerators: &[(u32, f64)], denominators: &[(u32, f64)]) -> Vec<u32> {
        let rows = numerators.iter().chain(denominators).map(|&(row, _)| row);
        rows.filter(|&row| self.dataset.observations[row as usize].status.is_unknown()).collect()
    }

    /// The dimensions in which every observation of both sides has a member: what pairs a numerator with its denominator.
    fn shared_dimensions(&self, numerators: &[(u32, f64)], denominators: &[(u32, f64)]) -> Vec<&Id> {
        let rows = || numerators.iter().chain(denominators).map(|&(row, _)| &self.dataset.observations[row as usize]);
        let everywhere = |id: &&Id| rows().all(|row| row.breakdown.contains_key(*id));
        self.book.dimensions.iter().map(|dimension| &dimension.id).filter(everywhere).collect()
    }

    fn leaf(&self, row: u32, shared: &[&Id]) -> (&Id, Vec<Option<&Id>>) {
        let observation = &self.dataset.observations[row as usize];
        (&observation.area, shared.iter().map(|id| observation.breakdown.get(*id)).collect())
    }

    fn note(&self, absent: &[Id], is_whole: bool, unknown: &[u32], denominator: Option<f64>) -> Text {
        let mut zh = Vec::new();
        let mut en = Vec::new();
        if !absent.is_empty() && is_whole {
            let names = |language, comma: &str| {
                absent.iter().map(|area| self.book.area_name(area, language)).collect::<Vec<_>>().join(comma)
            };
            zh.push(format!("缺少{}", names(Language::Chinese, "、")));
            en.push(format!("without {}", names(Language::English, ", ")));
        } else if !absent.is_empty() {
            zh.push("未报送".to_string());
            en.push("not sent".to_string());
        }
        if !unknown.is_empty() {
            zh.push(format!("{} 个单元格无数据", unknown.len()));
            en.push(format!("{} cells say nothing", unknown.len()));
        }
        if denominator == Some(0.0) {
            zh.push("分母为零".to_string());
            en.push("the denominator is zero".to_string());
        }
        Text::new(zh.join("；"), en.join("; "))
    }
}
