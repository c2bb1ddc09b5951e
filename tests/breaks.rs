//! Nothing is compared, judged, projected or drawn on across a break, whoever names it.

use crate::two::{Pipeline, said, verdict};

#[test]
fn a_target_is_not_judged_across_a_break_of_its_series() {
    let because = "breaks = [{ at = \"2023\", because = { zh = \"新标准\", en = \"new standard\" } }]";
    let pipeline = |more: &str, mark: &str| {
        Pipeline::default()
            .measure("part", "")
            .measure("whole", "")
            .indicator("rate", "ratio = { of = [\"part\"], to = [\"whole\"], per = 100 }", more)
            .target("falls", "rate", ".falls-by = { points = 0.5 }")
            .form(
                "y",
                &["part", "whole"],
                "",
                &format!("东区,2022,530,1000\n西区,2022,530,1000\n东区,2023,510{mark},1000\n西区,2023,510,1000\n"),
            )
            .run("2024-07-01")
    };
    assert_eq!(verdict(&pipeline("", ""), "falls", "C"), "met");
    for ran in [pipeline(because, ""), pipeline("", "b")] {
        assert_eq!(verdict(&ran, "falls", "C"), "cannot_tell");
        let of = [("indicator", "rate"), ("area", "C"), ("period", "2023")];
        assert_eq!(said(&ran, "indicators", &of, &["status", "change"]), "B ");
    }
}
