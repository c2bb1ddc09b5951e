//! Verdicts on the forms S03 to S22 and on the ledger, worked out again from the truth table by a table of this file's own.

use std::collections::BTreeSet;

use crate::{
    published::Row,
    truth::truth,
    workshop::sample,
};

const CITY: &str = "440100";
/// 2024-01-31, the day on which the sample is judged, and the last day of 2023, as spreadsheets number days.
const AS_OF: f64 = 45322.0;
const YEAR_END: f64 = 45291.0;

#[derive(Clone, Copy, PartialEq)]
enum Over {
    /// The last that was reported in the year.
    Last,
    /// All that was reported in the year.
    Sum,
}
use Over::{Last, Sum};

#[derive(Clone, Copy, PartialEq)]
enum Goal {
    AtLeast(f64),
    AtMost(f64),
    Within(f64, f64),
    All,
    Rises,
    Falls,
    NotBelow,
}
use Goal::{All, AtLeast, AtMost, Falls, NotBelow, Rises, Within};

/// A reading of a target: numerator, denominator (empty: a total), how a year comes from its parts, the goal. A part is a measure,
/// `-` before it takes it away, and behind it stand a dimension and the members that count.
type Question = (&'static str, usize, &'static [&'static str], &'static [&'static str], Over, Goal);

const ASPIRATIONS: [&str; 5] = [
    "migrant_children_enrolled",
    "registered_children_enrolled",
    "fitness_level_up",
    "voc_reform_pilot",
    "voc_national_quality_schools",
];
const SCHOOLS: &str = "ai_schools stage=primary|junior|senior";
const ABLE: &[&str] = &["rotated_backbone", "rotated_town_schools"];
const GOOD: &[&str] = &["fitness_excellent", "fitness_good"];
const SETTLED: &[&str] = &["graduates_employed", "graduates_self_employed", "graduates_freelance", "graduates_studying"];
const PLACED: &[&str] = &["migrant_placed_public", "migrant_placed_bought"];
const INCLUSIVE: &[&str] = &["public_kindergarten_enrolled", "inclusive_private_enrolled"];

const QUESTIONS: &[Question] = &[
    ("ref2022_preschool_inclusive_share", 0, INCLUSIVE, &["kindergarten_enrolled"], Last, AtLeast(85.0)),
    ("ref2022_preschool_public_share", 0, &["public_kindergarten_enrolled"], &["kindergarten_enrolled"], Last, AtLeast(50.0)),
    ("ref2022_graduate_destination_rate", 0, SETTLED, &["graduates"], Last, AtLeast(90.0)),
    ("ref2022_fitness_good_rate", 0, GOOD, &["fitness_tested"], Last, AtLeast(50.0)),
    ("ref2022_zero_poverty_dropout", 0, &["dropouts_from_hardship"], &[], Last, AtMost(0.0)),
    ("principal_responsibility_schools", 0, &["principal_system_schools"], &[], Last, Rises),
    ("principal_responsibility_schools", 1, &["principal_system_schools"], &["principal_system_due"], Last, All),
    ("kindergarten_party_coverage", 0, &["kindergartens_with_party"], &["party_kindergartens"], Last, All),
    ("training_org_party_coverage", 0, &["institutions_with_party"], &["party_institutions"], Last, All),
    ("red_fortress_continues", 0, &["private_party_organisations_new"], &[], Sum, AtLeast(1.0)),
    ("red_fortress_continues", 1, &["private_party_organisations_new"], &[], Sum, Rises),
    ("key_school_projects", 0, &["key_projects_on_schedule"], &["key_projects"], Last, Rises),
    ("key_school_projects", 1, &["key_projects_on_schedule"], &["key_projects"], Last, All),
    ("migrant_children_enrolled", 0, PLACED, &["migrant_eligible"], Last, All),
    ("migrant_children_enrolled", 1, &["migrant_placed_public"], &["migrant_eligible"], Last, All),
    ("migrant_children_enrolled", 2, PLACED, &["migrant_applied"], Last, All),
    ("registered_children_enrolled", 0, &["registered_enrolled"], &["registered_due"], Last, All),
    ("preschool_inclusive_share", 0, INCLUSIVE, &["kindergarten_enrolled"], Last, AtLeast(85.0)),
    ("preschool_inclusive_share", 1, INCLUSIVE, &["kindergarten_enrolled"], Last, NotBelow),
    ("preschool_public_share", 0, &["public_kindergarten_enrolled"], &["kindergarten_enrolled"], Last, AtLeast(50.0)),
    ("preschool_public_share", 1, &["public_kindergarten_enrolled"], &["kindergarten_enrolled"], Last, NotBelow),
    ("stem_ai_curriculum_extension", 0, &[SCHOOLS], &[], Last, Rises),
    ("stem_ai_curriculum_extension", 1, &["stem_schools"], &[], Last, Rises),
    ("voc_condition_compliance", 0, &["vocational_schools_compliant"], &["vocational_schools"], Last, Rises),
    ("voc_condition_compliance", 1, &["vocational_schools_compliant"], &["vocational_schools"], Last, All),
    ("voc_micro_renovation", 0, &["vocational_schools_renovated"], &["vocational_schools"], Last, Rises),
    ("graduate_destination_rate", 0, SETTLED, &["graduates"], Last, AtLeast(90.0)),
    ("stem_schools", 0, &["stem_schools"], &[], Last, Rises),
    ("fitness_good_rate", 0, GOOD, &["fitness_tested"], Last, AtLeast(52.0)),
    ("fitness_good_rate", 1, GOOD, &["fitness_tested"], Last, AtLeast(59.21)),
    ("fitness_good_rate", 2, GOOD, &["fitness_tested", "fitness_exempt"], Last, AtLeast(52.0)),
    ("fitness_level_up", 0, GOOD, &["fitness_tested"], Last, Rises),
    ("aed_equipment", 0, &["aed_devices"], &[], Last, Rises),
    ("aed_equipment", 1, &["schools_with_aed"], &["safety_schools"], Last, Rises),
    ("aed_equipment", 2, &["schools_with_aed"], &["safety_schools"], Last, All),
    ("intl_window_schools", 0, &["window_schools"], &[], Last, Within(8.0, 12.0)),
    ("intl_window_candidates", 0, &["window_candidates"], &[], Last, AtLeast(1.0)),
    ("sister_schools_new", 0, &["sister_pairs"], &[], Last, AtLeast(20.0)),
    ("sister_schools_new", 1, &["sister_pairs region=hong_kong_macao|international"], &[], Last, AtLeast(20.0)),
    ("teacher_rotation_scale", 0, &["rotated"], &[], Last, Rises),
    ("teacher_rotation_scale", 1, &["rotated"], &["rotation_eligible"], Last, Rises),
    ("teacher_rotation_share", 0, ABLE, &["rotated"], Last, Rises),
    ("teacher_rotation_share", 1, ABLE, &["rotated"], Last, AtLeast(46.77)),
    ("teacher_rotation_share", 2, ABLE, &["rotation_eligible"], Last, Rises),
    ("after_school_service_quality", 0, &["lie_flat_pupils"], &["lunch_rest_pupils"], Last, Rises),
    ("after_school_service_quality", 1, &["after_school_pupils"], &[], Last, Rises),
    ("training_fund_supervision", 0, &["supervised_institutions"], &["licensed_institutions"], Last, Rises),
    ("training_fund_supervision", 1, &["supervised_institutions"], &["licensed_institutions"], Last, All),
    ("smart_reading_schools", 0, &["smart_reading_schools"], &[], Last, Rises),
    ("ai_education_schools", 0, &[SCHOOLS], &[], Last, AtLeast(1000.0)),
    ("ai_education_schools", 1, &["ai_schools"], &[], Last, AtLeast(1000.0)),
    ("ai_education_schools", 2, &["ai_platform_schools"], &[], Last, AtLeast(1000.0)),
    ("school_clinics", 0, &["school_clinics"], &[], Last, Rises),
    ("school_clinics", 1, &["school_clinics"], &["safety_schools"], Last, Rises),
    ("school_clinics", 2, &["school_doctors"], &[], Last, Rises),
    ("psych_feature_schools", 0, &["psychology_feature_schools"], &[], Last, Rises),
    ("psych_c_certificate", 0, &["c_certificate_trained"], &["psychology_form_teachers"], Last, All),
    ("psych_course", 0, &["schools_with_psychology_course"], &["psychology_schools"], Last, All),
    ("psych_room", 0, &["schools_with_standard_room"], &["psychology_schools"], Last, All),
    ("safe_campus_creation", 0, &["safe_campus_schools"], &[], Last, Rises),
    ("drowning_bullying_control", 0, &["drowning_incidents", "bullying_incidents"], &[], Sum, Falls),
    ("drowning_bullying_control", 1, &["drowning_incidents"], &[], Sum, Falls),
    ("drowning_bullying_control", 2, &["bullying_incidents"], &[], Sum, Falls),
    ("education_spending_not_down", 0, &["education_final_accounts"], &[], Last, NotBelow),
    ("education_spending_not_down", 1, &["education_spent"], &[], Last, NotBelow),
    ("education_spending_not_down", 2, &["education_budget"], &[], Last, NotBelow),
    ("per_pupil_spending_not_down", 0, &["education_final_accounts"], &["average_enrolled"], Last, NotBelow),
    ("budget_execution_2023", 0, &["education_spent"], &["education_budget"], Last, Rises),
    ("student_aid_full_stage_coverage", 0, &["aided_pupils"], &[], Last, Rises),
    ("student_aid_full_stage_coverage", 1, &["aided_pupils"], &["poor_pupils"], Last, All),
    ("aid_counties", 0, &["aid_counties"], &[], Last, AtLeast(8.0)),
    ("aid_county_schools", 0, &["aid_schools", "-aid_schools place=疏附县|林芝市"], &[], Last, AtLeast(16.0)),
    ("aid_shufu_schools", 0, &["aid_schools place=疏附县"], &[], Last, AtLeast(5.0)),
    ("aid_linzhi_school", 0, &["aid_schools place=林芝市"], &[], Last, AtLeast(1.0)),
];

/// What the ledger counts, and the number that is asked for.
const COUNTED: [(&str, Goal); 25] = [
    ("university_party_demo_breakthrough", AtLeast(1.0)),
    ("red_education_demo_batch3", AtLeast(1.0)),
    ("ideology_batches_outputs", AtLeast(1.0)),
    ("ideology_research_team", AtLeast(1.0)),
    ("red_education_bases", AtLeast(103.0)),
    ("study_practice_bases", AtLeast(81.0)),
    ("study_routes", AtLeast(300.0)),
    ("province_demo_district_creation", AtLeast(1.0)),
    ("new_curriculum_demo_schools", Rises),
    ("strong_base_course_bases", AtLeast(1.0)),
    ("special_ed_course_projects", NotBelow),
    ("voc_reform_pilot", AtLeast(1.0)),
    ("voc_bachelor_support", AtLeast(1.0)),
    ("voc_implementation_plan", AtLeast(1.0)),
    ("voc_national_quality_schools", AtLeast(1.0)),
    ("voc_feature_majors", AtLeast(1.0)),
    ("city_university_alliance", AtLeast(1.0)),
    ("ethics_model_schools", AtLeast(1.0)),
    ("municipal_teacher_dev_schools", AtLeast(1.0)),
    ("district_balanced_plans", AtLeast(11.0)),
    ("equipment_guides", AtLeast(3.0)),
    ("equipment_research_topics", AtLeast(1.0)),
    ("equipment_six_100_actions", AtLeast(600.0)),
    ("brand_activities", AtLeast(10.0)),
    ("national_brand_events", Within(1.0, 2.0)),
];

/// What no data can decide.
const UNDECIDED: [&str; 4] =
    ["balanced_district_creation", "corrective_education", "teacher_digital_literacy", "project_reserve_weight"];

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
        row["measure"] == *self.measure && (self.dimension.is_empty() || self.members.iter().any(|member| row[&*self.dimension] == *member))
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

/// Pairs count from the day on which they are signed.
fn has_come(row: &Row) -> bool {
    let day = |other: &&Row| {
        other["measure"] == *"pair_signed" && ["area", "period", "school", "counterpart"].iter().all(|of| other[*of] == row[*of])
    };
    row["measure"] != *"sister_pairs" || truth().iter().find(day).is_none_or(|day| day.number("value") <= Some(AS_OF))
}

fn sum(parts: &[Part], area: &str, period: &str) -> Option<(f64, bool)> {
    let is_here = |row: &Row| area == CITY || row["area"] == *area;
    let of = |row: &&Row| row["period"] == *period && is_here(row) && parts.iter().any(|part| part.takes(row));
    let cells: Vec<&Row> = truth().iter().filter(of).collect();
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
        let rows = || truth().iter().filter(|row| row["measure"] == *part.measure && !is_list(row) && (area == CITY || row["area"] == *area));
        let sent: BTreeSet<&str> = rows().filter(|row| row["period"] == *period).map(|row| &row["area"]).collect();
        rows().any(|row| !sent.contains(&row["area"]))
    })
}

fn figure(of: &[&str], to: &[&str], over: Over, area: &str, year: &str) -> Option<Figure> {
    let read = |parts: &[&str]| parts.iter().map(|part| Part::read(part)).collect::<Vec<_>>();
    let (of, to) = (read(of), read(to));
    let is_part = |row: &&Row| of.iter().chain(&to).any(|part| row["measure"] == *part.measure) && row["period"].starts_with(year);
    let periods: BTreeSet<&str> = truth().iter().filter(is_part).map(|row| &row["period"]).collect();
    let at = |period: &str| {
        let (numerator, whole) = sum(&of, area, period)?;
        let denominator = if to.is_empty() { None } else { Some(sum(&to, area, period)?) };
        let whole = whole && denominator.is_none_or(|(_, whole)| whole) && !is_absent(&of, area, period) && !is_absent(&to, area, period);
        let to = denominator.map(|(to, _)| to);
        Some(Figure { value: to.map_or(numerator, |to| numerator / to * 100.0), of: numerator, to, whole })
    };
    let known: Vec<Figure> = periods.iter().filter_map(|period| at(period)).collect();
    match over {
        Last => known.last().copied(),
        Sum => known.into_iter().reduce(|a, b| Figure { value: a.value + b.value, of: a.of + b.of, to: None, whole: a.whole && b.whole }),
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
    let of = |row: &&Row| row["measure"] == *"district_share" && row["target"] == *target && row["area"] == *area;
    truth().iter().find(of)?.number("value")
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

fn rows_of(target: &str) -> Vec<Row> {
    targets().into_iter().filter(|row| row["target"] == *target).collect()
}

#[test]
fn every_figure_of_every_form_is_judged_as_the_truth_table_says() {
    let rows = targets();
    let mut seen = 0;
    for question in QUESTIONS.iter().filter(|question| question.1 == 0) {
        let target = question.0;
        let of_target: Vec<&Row> = rows.iter().filter(|row| row["target"] == *target).collect();
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
    for question in QUESTIONS.iter().filter(|question| question.1 > 0) {
        for row in rows_of(question.0) {
            let (verdict, ..) = answer(question, &row["area"]);
            let others: Vec<&str> = row["other_readings"].split('；').collect();
            let said = others[question.1 - 1].rsplit('：').next().unwrap_or_default();
            assert_eq!(said, word(verdict), "reading {} of {row:?}", question.1);
        }
    }
}

#[test]
fn what_the_ledger_counts_is_judged_by_its_last_month() {
    for (target, goal) in COUNTED {
        let [row] = &rows_of(target)[..] else { panic!("{target} is judged for the city alone") };
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
