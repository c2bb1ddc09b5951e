//! Areas and members of a breakdown are named in the files of a pipeline by their codes or by their names.

use crate::two::{Pipeline, said, value};

fn pipeline() -> Pipeline {
    Pipeline::default()
        .measure("pupils", "by = [\"stage\"]")
        .indicator("primary", "total = { of = [{ measure = \"pupils\", only = { stage = [\"小学\"] } }] }", "")
        .form("p", &["pupils"], "stage = [{ is = \"小学\" }]", "东区,2023,1000\n西区,2023,2000\n")
}

fn deadline(area: &str) -> String {
    let because = "because = { zh = \"通知\", en = \"notice\" }";
    format!("[deadlines.one]\nforms = [\"p\"]\nareas = [\"{area}\"]\nperiod = \"2023\"\ndue = \"2024-01-10\"\n{because}\n")
}

#[test]
fn a_name_says_as_much_as_its_code() {
    let ran = pipeline().list("deadlines.toml", &deadline("东区")).run("2024-07-01");
    assert_eq!(value(&ran, "primary", "C", "2023"), "3000 A", "{}", ran.shown());
    let of = |area: &str| said(&ran, "arrivals", &[("area", area), ("form", "p")], &["due"]);
    assert_eq!(["E", "W"].map(of), ["2024-01-10", ""]);
}

#[test]
fn a_name_that_nobody_knows_or_that_sends_nothing_is_refused_with_its_line() {
    for (area, words) in [("东图", "there is no area `东图`"), ("全市", "there is no area `全市`")] {
        let ran = pipeline().list("deadlines.toml", &deadline(area)).run("2024-07-01");
        assert_eq!(ran.code, 2);
        assert!(ran.complained.contains(words) && ran.complained.contains("deadlines.toml:3"), "{}", ran.complained);
    }
}
