//! What decides each commitment of the forms S03 to S22, in a table of this file's own, not read from the pipeline.

#[derive(Clone, Copy, PartialEq)]
pub enum Over {
    /// The last that was reported in the year.
    Last,
    /// All that was reported in the year.
    Sum,
}
use Over::{Last, Sum};

#[derive(Clone, Copy, PartialEq)]
pub enum Goal {
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
pub type Question = (&'static str, usize, &'static [&'static str], &'static [&'static str], Over, Goal);

pub const ASPIRATIONS: [&str; 5] = [
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

pub const QUESTIONS: &[Question] = &[
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
pub const COUNTED: [(&str, Goal); 25] = [
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
pub const UNDECIDED: [&str; 4] =
    ["balanced_district_creation", "corrective_education", "teacher_digital_literacy", "project_reserve_weight"];
