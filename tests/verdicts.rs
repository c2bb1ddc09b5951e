//! The verdicts on forms S01 to S10, worked out again from the truth table with sums of this file's own.

use std::collections::BTreeSet;

use crate::{
    published::Row,
    truth::truth,
    workshop::{run_sample, sample},
};

const CITY: &str = "440100";

/// The commitments that are judged here; tests/verdicts_forms.rs has the others.
pub const FIGURES: [&str; 13] = [
    "new_public_places",
    "senior_high_places",
    "public_places_special_plan",
    "compulsory_public_place_share",
    "temp_teacher_share",
    "teacher_higher_degree_share",
    "music_art_teacher_supply",
    "labour_teacher_full",
    "psych_teacher_coverage",
    "self_recruit_schools",
    "teacher_staged_training",
    "rural_teacher_degree_plan",
    "myopia_rate_decrease",
];

/// A part of a place: 11 districts and the municipal schools make up the city.
#[derive(Clone, Copy)]
struct Of<'a> {
    area: &'a str,
    year: &'a str,
}

/// A figure, and whether all of it has arrived.
#[derive(Clone, Copy, Debug)]
struct Figure {
    value: f64,
    whole: bool,
}

type Only = fn(&Row) -> bool;

fn any(_: &Row) -> bool {
    true
}

fn stage_is(row: &Row, stages: &[&str]) -> bool {
    stages.contains(&&row["stage"])
}

impl Of<'_> {
    /// Σ of one measure over the cells that `only` lets through; none where no cell holds a number.
    fn sum(self, measure: &str, only: Only) -> Option<Figure> {
        let has_sent = |area: &str, year: &str| {
            truth().iter().any(|row| row["measure"] == *measure && row["area"] == *area && row["period"] == *year)
        };
        let is_here = |area: &str| self.area == CITY || area == self.area;
        let senders: BTreeSet<&str> =
            truth().iter().filter(|row| row["measure"] == *measure && is_here(&row["area"])).map(|row| &row["area"]).collect();
        let cells: Vec<&Row> = truth()
            .iter()
            .filter(|row| row["measure"] == *measure && row["period"] == *self.year && is_here(&row["area"]) && only(row))
            .collect();
        let numbers: Vec<f64> = cells.iter().filter_map(|row| row.number("value")).collect();
        let whole = cells.iter().all(|row| row["status"] != *"O") && senders.iter().all(|area| has_sent(area, self.year));
        // S01 lists projects: what a list that has come does not hold is none.
        let is_list = ["new_places_in_use", "planned_new_places", "closed_places"].contains(&measure);
        let listed_none = is_list && cells.is_empty() && senders.iter().any(|area| has_sent(area, self.year));
        (!numbers.is_empty() || listed_none).then(|| Figure { value: numbers.iter().sum(), whole })
    }

    fn plus(self, terms: &[(&str, f64, Only)]) -> Option<Figure> {
        let found: Vec<(Figure, f64)> =
            terms.iter().filter_map(|(measure, sign, only)| Some((self.sum(measure, *only)?, *sign))).collect();
        let value = found.iter().map(|(figure, sign)| sign * figure.value).sum();
        (!found.is_empty()).then(|| Figure { value, whole: found.iter().all(|(figure, _)| figure.whole) })
    }

    fn per_cent(self, of: Option<Figure>, to: Option<Figure>) -> Option<Figure> {
        let (of, to) = (of?, to?);
        (to.value != 0.0).then(|| Figure { value: of.value / to.value * 100.0, whole: of.whole && to.whole })
    }

    /// The figure that a target is judged by; `reading` 1 and 2 are its alternatives.
    fn figure(self, target: &str, reading: usize) -> Option<Figure> {
        let in_use: (&str, f64, Only) = ("new_places_in_use", 1.0, any);
        match (target, reading) {
            ("new_public_places", 0) => self.plus(&[in_use]),
            ("new_public_places", 1) => self.plus(&[in_use, ("closed_places", -1.0, any)]),
            ("new_public_places", 2) => self.sum("new_places_in_use", |row| row["build_type"] != *"private_to_public"),
            ("senior_high_places", 0) => self.sum("new_places_in_use", |row| row["stage"] == *"senior"),
            ("senior_high_places", _) => self.sum("new_places_in_use", |row| stage_is(row, &["senior", "vocational"])),
            ("public_places_special_plan", _) => self.per_cent(self.plus(&[in_use]), self.sum("planned_new_places", any)),
            ("compulsory_public_place_share", 2) => {
                let all = self.plus(&[("public_places", 1.0, any), ("private_places", 1.0, any)]);
                self.per_cent(self.sum("public_places", any), all)
            }
            ("compulsory_public_place_share", reading) => {
                let public: &[(&str, f64, Only)] = &[("public_enrolled", 1.0, any), ("bought_place_pupils", 1.0, any)];
                let all = self.plus(&[("public_enrolled", 1.0, any), ("private_enrolled", 1.0, any)]);
                self.per_cent(self.plus(&public[..2 - reading]), all)
            }
            ("temp_teacher_share", 1) => {
                let at_school: Only = |row| row["stage"] != *"kindergarten";
                let all = self.plus(&[("established_teachers", 1.0, at_school), ("temporary_teachers", 1.0, at_school)]);
                self.per_cent(self.sum("temporary_teachers", at_school), all)
            }
            ("temp_teacher_share", _) => self.per_cent(self.sum("temporary_teachers", any), self.teachers()),
            ("teacher_higher_degree_share", _) => {
                let of = self.plus(&[
                    ("teachers_junior_college", 1.0, |row| stage_is(row, &["kindergarten"])),
                    ("teachers_bachelor", 1.0, |row| !stage_is(row, &["senior"])),
                    ("teachers_postgraduate", 1.0, any),
                ]);
                self.per_cent(of, self.teachers())
            }
            ("music_art_teacher_supply", reading) => {
                let of_both: Only = |row| ["music", "art"].contains(&&row["subject"]);
                let of = self.sum("posts_filled", of_both);
                if reading == 1 {
                    return self.per_cent(of, self.sum("posts_required", of_both));
                }
                self.per_cent(of, self.sum("enrolled", |row| stage_is(row, &["primary", "junior", "senior"])))
            }
            ("labour_teacher_full" | "psych_teacher_coverage", reading) => {
                let (reached, all) = self.staffed(target, reading);
                self.per_cent(reached, all)
            }
            ("self_recruit_schools", _) => self.sum("self_recruiting_schools", any),
            ("teacher_staged_training", _) => self.sum("training_attendances", any),
            ("rural_teacher_degree_plan", _) => self.sum("rural_teachers_upgrading", any),
            ("myopia_rate_decrease", _) => self.per_cent(self.sum("myopic", any), self.sum("validly_screened", any)),
            _ => None,
        }
    }

    fn teachers(self) -> Option<Figure> {
        self.plus(&[("established_teachers", 1.0, any), ("temporary_teachers", 1.0, any)])
    }

    fn staffed(self, target: &str, reading: usize) -> (Option<Figure>, Option<Figure>) {
        if (target, reading) == ("labour_teacher_full", 1) {
            let of_labour: Only = |row| row["subject"] == *"labour";
            return (self.sum("posts_filled", of_labour), self.sum("posts_required", of_labour));
        }
        let only: Only = match target {
            "labour_teacher_full" => |row| row["subject"] == *"labour",
            _ => |row| row["subject"] == *"psychology",
        };
        (self.sum("schools_fully_staffed", only), self.sum("staffing_schools", any))
    }
}

/// What a district has been given to do.
fn share(target: &str, area: &str) -> Option<f64> {
    let of = |row: &&Row| row["measure"] == *"district_share" && row["target"] == *target && row["area"] == *area;
    truth().iter().find(of)?.number("value")
}

/// What the document reports of 2022, where the workbooks of that year are not whole.
fn reported(target: &str, area: &str) -> Option<f64> {
    (target == "teacher_staged_training" && area == CITY).then_some(1_870_000.0)
}

/// What the level has to be, from last year's figure where the target is about a change.
fn level(target: &str, reading: usize, before: Option<f64>) -> Option<f64> {
    match (target, reading) {
        ("new_public_places", _) => Some(60_000.0),
        (
            "public_places_special_plan" | "compulsory_public_place_share" | "labour_teacher_full" | "psych_teacher_coverage",
            _,
        ) => Some(100.0),
        ("myopia_rate_decrease", 0) => before.map(|before| before - 0.5),
        ("myopia_rate_decrease", _) => before.map(|before| before * 0.995),
        _ => before,
    }
}

#[derive(Debug, PartialEq)]
struct Judged {
    verdict: &'static str,
    level: Option<f64>,
}

fn judge(target: &str, reading: usize, area: &str) -> Judged {
    let now = Of { area, year: "2023" };
    let figure = now.figure(target, reading);
    let before = Of { area, year: "2022" }.figure(target, reading).filter(|figure| figure.whole).map(|figure| figure.value);
    let cannot = |level| Judged { verdict: "cannot_tell", level };
    let Some(figure) = figure else { return cannot(None) };
    let before = before.or(reported(target, area)).filter(|_| figure.whole);
    let Some(level) = share(target, area).or(level(target, reading, before)) else { return cannot(None) };
    let counts = now.staffed(target, reading);
    let met = match target {
        "labour_teacher_full" | "psych_teacher_coverage" => {
            counts.0.map(|reached| reached.value) >= counts.1.map(|all| all.value)
        }
        "temp_teacher_share" => figure.value < level,
        "myopia_rate_decrease" => figure.value <= level,
        "new_public_places" | "public_places_special_plan" | "compulsory_public_place_share" => figure.value >= level,
        _ => figure.value > level,
    };
    if !figure.whole && !met {
        return cannot(Some(level));
    }
    let verdict = match (met, target) {
        (true, _) => "met",
        (false, "compulsory_public_place_share") => "aspiration",
        (false, _) => "missed",
    };
    Judged { verdict, level: Some(level) }
}

fn direction(target: &str, area: &str) -> &'static str {
    let whole = |year| Of { area, year }.figure(target, 0).filter(|figure| figure.whole).map(|figure| figure.value);
    let (Some(now), Some(before)) = (whole("2023"), whole("2022")) else { return "cannot_tell" };
    let lower_is_better = ["temp_teacher_share", "myopia_rate_decrease"].contains(&target);
    match now.partial_cmp(&before) {
        Some(std::cmp::Ordering::Equal) => "unchanged",
        Some(order) if (order == std::cmp::Ordering::Less) == lower_is_better => "improving",
        _ => "worsening",
    }
}

fn alike(found: Option<f64>, expected: Option<f64>) -> bool {
    match (found, expected) {
        (Some(found), Some(expected)) => (found - expected).abs() <= 1e-9 * expected.abs().max(1.0),
        (None, None) => true,
        _ => false,
    }
}

#[test]
fn every_verdict_is_what_the_truth_table_gives() {
    let rows = sample().published.table("targets");
    let rows: Vec<&Row> = rows.iter().filter(|row| FIGURES.contains(&&row["target"])).collect();
    assert_eq!(rows.iter().filter(|row| row["area"] == *CITY).count(), 13);
    assert!(rows.len() > 140, "{} rows", rows.len());
    for row in rows {
        let (target, area) = (&row["target"], &row["area"]);
        let judged = judge(target, 0, area);
        assert_eq!(row["verdict"], *judged.verdict, "{row:?}\n{judged:?}");
        assert!(alike(row.number("target_value"), judged.level), "{row:?}\n{judged:?}");
        let value = Of { area, year: "2023" }.figure(target, 0).map(|figure| figure.value);
        assert!(alike(row.number("value"), value), "{row:?}\nexpected {value:?}");
        assert!(alike(row.number("gap"), value.zip(judged.level).map(|(value, level)| value - level)), "{row:?}");
        assert_eq!(row["direction"], *direction(target, area), "{row:?}");
    }
}

fn city<'a>(rows: &'a [Row], target: &str) -> &'a Row {
    rows.iter().find(|row| row["target"] == *target && row["area"] == *CITY).expect("a target of the city")
}

#[test]
fn where_the_words_allow_several_readings_each_is_judged() {
    let rows = sample().published.table("targets");
    let word = |judged: &Judged| match judged.verdict {
        "met" => "达成",
        "missed" => "未达成",
        "aspiration" => "愿景",
        other => panic!("{other}"),
    };
    for (target, readings) in [
        ("new_public_places", &["扣减同期撤并", "不含民办转公"][..]),
        ("compulsory_public_place_share", &["只计公办学校（乙）", "按学位计，只计公办学校"]),
        ("senior_high_places", &["含中职"]),
        ("temp_teacher_share", &["不含幼儿园，低于上年"]),
        ("labour_teacher_full", &["应配教师全部配齐，按人数比较"]),
        ("myopia_rate_decrease", &["相对下降不少于0.5%"]),
    ] {
        let row = city(&rows, target);
        let others: Vec<&str> = row["other_readings"].split('；').collect();
        assert_eq!(others.len(), readings.len(), "{row:?}");
        for (place, reading) in readings.iter().enumerate() {
            let expected = format!("{reading}：{}", word(&judge(target, place + 1, CITY)));
            assert!(others[place].starts_with(&expected), "{} is not {expected}", others[place]);
        }
    }
    // Half a point and half a per cent are told apart, and so are places gained and places left.
    for target in ["new_public_places", "myopia_rate_decrease"] {
        assert_ne!(judge(target, 0, CITY).verdict, judge(target, 1, CITY).verdict, "the sample shows nothing of {target}");
        assert!(city(&rows, target)["note"].contains("各种读法的结论不同"), "{:?}", city(&rows, target));
    }
}

#[test]
fn coverage_is_judged_by_counts_and_not_by_a_rounded_rate() {
    let rows = sample().published.table("targets");
    let row = city(&rows, "psych_teacher_coverage");
    let (reached, all) = Of { area: CITY, year: "2023" }.staffed("psych_teacher_coverage", 0);
    let (reached, all) = (reached.expect("counted").value, all.expect("counted").value);
    assert!(reached < all && reached / all > 0.995, "the sample has nearly all schools");
    assert_eq!(row["verdict"], *"missed");
    assert!(row["note"].contains(&reached.to_string()) && row["note"].contains(&all.to_string()), "{row:?}");
}

#[test]
fn before_its_year_is_over_nothing_is_missed() {
    let early = run_sample(&["--as-of", "2023-06-30"]);
    let (early, late) = (early.published.table("targets"), sample().published.table("targets"));
    assert_eq!(early.len(), late.len());
    let is_of_the_year = |row: &&Row| row["period"] == *"2023";
    let judged: BTreeSet<&str> = early.iter().filter(is_of_the_year).map(|row| &row["verdict"]).collect();
    assert!(!judged.contains("missed") && judged.contains("not_due") && judged.contains("on_pace"), "{judged:?}");
    // Places count from the day on which they open, which is in September for nearly all: by June nothing is asked for yet.
    for row in early.iter().filter(|row| row["target"] == *"new_public_places") {
        assert!(["on_pace", "met"].contains(&&row["verdict"]), "{row:?}");
        assert!(
            row.number("value")
                < late
                    .iter()
                    .find(|late| late.cells(&["target", "area"]) == row.cells(&["target", "area"]))
                    .and_then(|late| late.number("value")),
            "{row:?}"
        );
    }
    let by_day = ["new_public_places", "senior_high_places", "public_places_special_plan"];
    let is_here = |row: &Row| FIGURES.contains(&&row["target"]) && !by_day.contains(&&row["target"]);
    let mut waiting = 0;
    for (early, late) in early.iter().zip(&late).filter(|(early, _)| is_here(early)) {
        let expected = match &late["verdict"] {
            "missed" | "aspiration" => "not_due",
            other => other,
        };
        waiting += usize::from(expected == "not_due");
        assert_eq!(early["verdict"], *expected, "{early:?}");
        assert_eq!(
            early.cells(&["target", "area", "value", "target_value"]),
            late.cells(&["target", "area", "value", "target_value"])
        );
    }
    assert!(waiting > 10, "the sample misses hardly anything");
}
