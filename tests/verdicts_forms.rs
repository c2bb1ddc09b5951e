//! Verdicts on the forms S03 to S22 and on the ledger, worked out again from the truth table by a table of this file's own.

mod questions;

use std::{
    collections::{BTreeSet, HashMap},
    sync::OnceLock,
};

use questions::{
    ASPIRATIONS, COUNTED,
    Goal::{self, All, AtLeast, AtMost, Falls, NotBelow, Rises, Within},
    Over::{self, Last, Sum},
    QUESTIONS, Question, UNDECIDED,
};

use crate::{published::Row, truth::truth, workshop::sample};

const CITY: &str = "440100";
/// 2024-01-31, the day on which the sample is judged, and the last day of 2023, as spreadsheets number days.
const AS_OF: f64 = 45322.0;
const YEAR_END: f64 = 45291.0;

/// A part of a figure: which cells it adds, and with which sign.
struct Part {
    measure: String,
    dimension: String,
    members: Vec<String>,
    sign: f64,
}

impl Part {
    fn read(written: &str) -> Part {
        let sign = if written.starts_with('-') { -1.0 } else { 1.0 };
        let (measure, only) = written.trim_start_matches('-').split_once(' ').unwrap_or((written, ""));
        let (dimension, members) = only.split_once('=').unwrap_or_default();
        let members = members.split('|').filter(|member| !member.is_empty()).map(String::from).collect();
        Part { measure: measure.trim_start_matches('-').into(), dimension: dimension.into(), members, sign }
    }

    fn takes(&self, row: &Row) -> bool {
        row["measure"] == *self.measure
            && (self.dimension.is_empty() || self.members.iter().any(|member| row[&*self.dimension] == *member))
    }
}

/// A sum, and whether all of it has arrived.
#[derive(Clone, Copy, Debug)]
struct Figure {
    value: f64,
    of: f64,
    to: Option<f64>,
    whole: bool,
}

/// The cells of a measure: the truth is long, and is gone through once.
fn cells(measure: &str) -> &'static [&'static Row] {
    static CELLS: OnceLock<HashMap<&str, Vec<&Row>>> = OnceLock::new();
    let all = CELLS.get_or_init(|| {
        let mut all: HashMap<&str, Vec<&Row>> = HashMap::new();
        truth().iter().for_each(|row| all.entry(&row["measure"]).or_default().push(row));
        all
    });
    all.get(measure).map(Vec::as_slice).unwrap_or_default()
}

/// The cells of all measures that the parts speak of, each once.
fn cells_of<'a>(parts: impl IntoIterator<Item = &'a Part>) -> Vec<&'static Row> {
    let measures: BTreeSet<&str> = parts.into_iter().map(|part| part.measure.as_str()).collect();
    measures.into_iter().flat_map(|measure| cells(measure).iter().copied()).collect()
}

/// Pairs count from the day on which they are signed.
fn has_come(row: &Row) -> bool {
    let day = |other: &&&Row| ["area", "period", "school", "counterpart"].iter().all(|of| other[*of] == row[*of]);
    row["measure"] != *"sister_pairs"
        || cells("pair_signed").iter().find(day).is_none_or(|day| day.number("value") <= Some(AS_OF))
}

/// What a cell is of, besides its measure.
fn place(row: &Row) -> Vec<String> {
    row.cells(&["area", "stage", "grade", "sex", "school", "project", "university"])
}

/// The sum of the parts, and whether no cell of it is blank. Cells of a place in `without` are left out.
fn sum(parts: &[Part], area: &str, period: &str, without: &BTreeSet<Vec<String>>) -> Option<(f64, bool)> {
    let is_here = |row: &Row| area == CITY || row["area"] == *area;
    let of = |row: &&Row| {
        row["period"] == *period && is_here(row) && parts.iter().any(|part| part.takes(row)) && !without.contains(&place(row))
    };
    let cells: Vec<&Row> = cells_of(parts).into_iter().filter(of).collect();
    let signed = |row: &&Row| parts.iter().filter(|part| part.takes(row)).map(|part| part.sign).sum::<f64>();
    let numbers: Vec<f64> =
        cells.iter().filter(|row| has_come(row)).filter_map(|row| Some(row.number("value")? * signed(row))).collect();
    let whole = cells.iter().all(|row| row["status"] != *"O");
    (!numbers.is_empty()).then(|| (numbers.iter().sum(), whole))
}

/// Areas that send a measure at other times, and have not sent it for this period.
fn is_absent(parts: &[Part], area: &str, period: &str) -> bool {
    // Lists of schools, pairs and projects come from the bureau for all districts together.
    let is_list = |row: &Row| ["S14", "S17", "S17A", "S21"].contains(&&row["form"]);
    parts.iter().any(|part| {
        let rows = || cells(&part.measure).iter().filter(|row| !is_list(row) && (area == CITY || row["area"] == *area));
        let sent: BTreeSet<&str> = rows().filter(|row| row["period"] == *period).map(|row| &row["area"]).collect();
        rows().any(|row| !sent.contains(&row["area"]))
    })
}

fn figure(of: &[&str], to: &[&str], over: Over, area: &str, year: &str) -> Option<Figure> {
    let read = |parts: &[&str]| parts.iter().map(|part| Part::read(part)).collect::<Vec<_>>();
    let (of, to) = (read(of), read(to));
    let all = cells_of(of.iter().chain(&to));
    let periods: BTreeSet<&str> = all.iter().map(|row| &row["period"]).filter(|period| period.starts_with(year)).collect();
    let at = |period: &str| {
        // What is blank on one side of a ratio is left out on the other as well.
        let is_blank = |row: &&&Row| !to.is_empty() && row["period"] == *period && row["status"] == *"O";
        let blank: BTreeSet<Vec<String>> = all.iter().filter(is_blank).map(|row| place(row)).collect();
        let (numerator, whole) = sum(&of, area, period, &blank)?;
        let denominator = if to.is_empty() { None } else { Some(sum(&to, area, period, &blank)?) };
        let whole =
            whole && denominator.is_none_or(|(_, whole)| whole) && !is_absent(&of, area, period) && !is_absent(&to, area, period);
        let to = denominator.map(|(to, _)| to);
        Some(Figure { value: to.map_or(numerator, |to| numerator / to * 100.0), of: numerator, to, whole })
    };
    let known: Vec<Figure> = periods.iter().filter_map(|period| at(period)).collect();
    match over {
        Last => known.last().copied(),
        Sum => known.into_iter().reduce(|a, b| Figure {
            value: a.value + b.value,
            of: a.of + b.of,
            to: None,
            whole: a.whole && b.whole,
        }),
    }
}

fn judge(target: &str, figure: Option<Figure>, before: Option<Figure>, goal: Goal) -> (&'static str, Option<f64>) {
    let Some(figure) = figure else { return ("cannot_tell", None) };
    let before = before.filter(|before| before.whole && figure.whole).map(|before| before.value);
    let level = match goal {
        AtLeast(level) | AtMost(level) => Some(level),
        Within(low, high) => Some((low + high) / 2.0),
        All => Some(100.0),
        Rises | Falls | NotBelow => before,
    };
    let Some(level) = level else { return ("cannot_tell", None) };
    let met = match goal {
        AtLeast(_) | NotBelow => figure.value >= level - 1e-9 * level,
        AtMost(_) => figure.value <= level,
        Within(low, high) => (low..=high).contains(&figure.value),
        All => Some(figure.of) >= figure.to,
        Rises => figure.value > level,
        Falls => figure.value < level,
    };
    // What lacks a part can only be known to have reached a floor.
    let settled = met && matches!(goal, AtLeast(_)) && figure.to.is_none();
    let verdict = match (figure.whole || settled, met) {
        (false, _) => "cannot_tell",
        (true, true) => "met",
        (true, false) if ASPIRATIONS.contains(&target) => "aspiration",
        (true, false) => "missed",
    };
    (verdict, Some(level))
}

fn year_of(target: &str) -> &'static str {
    if target.starts_with("ref2022_") { "2022" } else { "2023" }
}

fn year_before(target: &str) -> &'static str {
    if target.starts_with("ref2022_") { "2021" } else { "2022" }
}

/// What a district has been given to do.
fn share(target: &str, area: &str) -> Option<f64> {
    cells("district_share").iter().find(|row| row["target"] == *target && row["area"] == *area)?.number("value")
}

fn answer((target, _, of, to, over, goal): &Question, area: &str) -> (&'static str, Option<f64>, Option<f64>) {
    let now = figure(of, to, *over, area, year_of(target));
    let goal = match (goal, share(target, area)) {
        (AtLeast(_), Some(share)) => AtLeast(share),
        (goal, _) => *goal,
    };
    let (verdict, level) = judge(target, now, figure(of, to, *over, area, year_before(target)), goal);
    (verdict, level, now.map(|now| now.value))
}

fn targets() -> Vec<Row> {
    sample().published.table("targets")
}

fn rows_of<'a>(rows: &'a [Row], target: &str) -> Vec<&'a Row> {
    rows.iter().filter(|row| row["target"] == *target).collect()
}

#[test]
fn every_figure_of_every_form_is_judged_as_the_truth_table_says() {
    let rows = targets();
    let mut seen = 0;
    for question in QUESTIONS.iter().filter(|question| question.1 == 0) {
        let target = question.0;
        let of_target = rows_of(&rows, target);
        assert!(of_target.iter().any(|row| row["area"] == *CITY), "{target}");
        for row in of_target {
            let (verdict, level, value) = answer(question, &row["area"]);
            assert_eq!(row["verdict"], *verdict, "{row:?}\n{value:?} against {level:?}");
            let per = if target == "per_pupil_spending_not_down" { 100.0 } else { 1.0 };
            let alike = |found: Option<f64>, expected: Option<f64>| match (found, expected.map(|expected| expected * per)) {
                (Some(found), Some(expected)) => (found - expected).abs() <= 1e-9 * expected.abs().max(1.0),
                (found, expected) => found == expected,
            };
            assert!(alike(row.number("value"), value), "{row:?}\nexpected {value:?}");
            if !matches!(question.5, Within(..)) {
                assert!(alike(row.number("target_value"), level), "{row:?}\nexpected {level:?}");
            }
            seen += 1;
        }
    }
    assert!(seen > 350, "only {seen} verdicts");
}

#[test]
fn every_other_reading_is_judged_by_its_own_rule() {
    let word = |verdict: &str| match verdict {
        "met" => "达成",
        "missed" => "未达成",
        "aspiration" => "愿景",
        _ => "无法判断",
    };
    let rows = targets();
    for question in QUESTIONS.iter().filter(|question| question.1 > 0) {
        for row in rows_of(&rows, question.0) {
            let (verdict, ..) = answer(question, &row["area"]);
            let others: Vec<&str> = row["other_readings"].split('；').collect();
            let said = others[question.1 - 1].rsplit('：').next().unwrap_or_default();
            assert!(said.starts_with(word(verdict)), "{said}, not {verdict}, by reading {} of {row:?}", question.1);
        }
    }
}

#[test]
fn what_the_ledger_counts_is_judged_by_its_last_month() {
    let rows = targets();
    for (target, goal) in COUNTED {
        let [row] = rows_of(&rows, target)[..] else { panic!("{target} is judged for the city alone") };
        let part = format!("milestone_count target={target}");
        let now = figure(&[&part], &[], Last, CITY, "2023");
        let mut before = figure(&[&part], &[], Last, CITY, "2022");
        if before.is_none() {
            // What the ledger of the year before did not hold, the document may have reported.
            let value = row.number("baseline").filter(|_| row["baseline_period"] == *"2022");
            before = value.map(|value| Figure { value, of: value, to: None, whole: true });
        }
        let (verdict, _) = judge(target, now, before, goal);
        assert_eq!(row["verdict"], *verdict, "{row:?}\n{now:?} after {before:?}");
    }
}

/// Where the ledger of December puts a milestone.
fn milestone(target: &str) -> &'static str {
    let of_target = |row: &&Row| row["form"] == *"S20" && row["target"] == *target && row["period"].starts_with("2023");
    let Some(last) = truth().iter().filter(of_target).map(|row| &row["period"]).max() else { return "cannot_tell" };
    let day = |measure: &str| {
        let mut of = truth().iter().filter(of_target).filter(|row| row["period"] == *last && row["measure"] == *measure);
        of.find_map(|row| row.number("value"))
    };
    match (day("milestone_completed"), day("milestone_planned").unwrap_or(YEAR_END), day("milestone_started")) {
        (Some(completed), ..) if completed <= AS_OF => "done",
        (_, planned, _) if planned < AS_OF => "overdue",
        (.., Some(started)) if started <= AS_OF => "due",
        _ => "not_started",
    }
}

#[test]
fn every_milestone_is_where_the_ledger_puts_it_and_nothing_is_left_unjudged() {
    let rows = targets();
    let known: BTreeSet<&str> = QUESTIONS.iter().map(|question| question.0).chain(COUNTED.map(|(target, _)| target)).collect();
    let mut counts = [0; 3];
    for row in rows.iter().filter(|row| row["area"] == *CITY) {
        let target = &row["target"];
        if known.contains(target) || crate::verdicts::FIGURES.contains(&target) {
            counts[0] += 1;
        } else if UNDECIDED.contains(&target) {
            counts[1] += 1;
            assert_eq!((&row["verdict"], &row["direction"]), ("cannot_tell", "cannot_tell"));
            assert!(row["note"].chars().count() > 10, "{row:?}");
        } else {
            counts[2] += 1;
            assert_eq!(row["verdict"], *milestone(target), "{row:?}");
            assert_eq!(row["direction"], *"not_applicable");
        }
    }
    assert_eq!(counts, [84, 4, 94]);
}
