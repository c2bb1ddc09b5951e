//! The pipelines of the comparison with other programs (`benches/RECORDS.md`) are sound, and ask what the other programs answer.

use std::{collections::BTreeSet, path::Path};

use yardstick::plan::Plan;

use crate::workshop::HOME;

fn indicators(size: &str) -> BTreeSet<String> {
    let folder = Path::new(HOME).join("tests/benches/records/pipelines").join(size);
    let mut findings = Vec::new();
    let plan = Plan::read(&folder, &mut findings).unwrap_or_else(|| panic!("{size}: {findings:?}"));
    assert!(findings.is_empty(), "{size}: {findings:?}");
    assert_eq!(plan.layouts.is_empty(), size != "S", "forms are S, lists are M and L");
    plan.indicators.iter().map(|indicator| indicator.id.to_string()).collect()
}

#[test]
fn the_three_pipelines_ask_what_the_other_programs_answer() {
    let all = ["places", "pupil_teacher_ratio", "myopia_rate"].map(str::to_string);
    assert_eq!(indicators("S"), all.clone().into());
    assert_eq!(indicators("M"), all.into());
    assert_eq!(indicators("L"), ["myopia_rate".to_string()].into());
}
