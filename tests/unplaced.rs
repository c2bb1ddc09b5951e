//! Rows of a form that do not tell, in a way that is known, of what they are: what may lack them is not published as if it were whole.

use crate::{
    two::{Pipeline, said, value},
    workshop::Ran,
};

/// Pupils by school stage, in all and of primary and junior schools together.
fn pupils(rows: &str) -> Ran {
    Pipeline::default()
        .measure("pupils", "by = [\"stage\"]")
        .indicator("pupils", "total = { of = [\"pupils\"] }", "by = [[\"stage\"]]")
        .indicator("primary", "total = { of = [{ measure = \"pupils\", only = { stage = [\"primary\"] } }] }", "")
        .indicator("both", "total = { of = [{ measure = \"pupils\", only = { stage = [\"primary\", \"junior\"] } }] }", "")
        .form_by("地区,时期,学段", "p", &["pupils"], "stage = [{ directly = \"left\" }]", rows)
        .run("2024-07-01")
}

fn note(ran: &Ran, indicator: &str, area: &str) -> String {
    said(ran, "indicators", &[("indicator", indicator), ("area", area), ("period", "2023")], &["note"])
}

const WEST: &str = "西区,2023,小学,200\n西区,2023,初中,90\n";

#[test]
fn a_sum_over_the_school_stages_lacks_the_row_whose_stage_nobody_knows() {
    for label in ["初申", ""] {
        let ran = pupils(&format!("东区,2022,小学,100\n东区,2023,小学,110\n东区,2023,{label},50\n{WEST}"));
        assert_eq!(value(&ran, "pupils", "E", "2023"), "110 P", "`{label}`");
        assert!(note(&ran, "pupils", "E").starts_with("1 row of figures not read;"), "{}", note(&ran, "pupils", "E"));
        assert_eq!(value(&ran, "pupils", "C", "2023"), "400 P");
        let sure = [("pupils", "E", "2022", "100 A"), ("pupils", "W", "2023", "290 A"), ("primary", "E", "2023", "110 A")];
        for (indicator, area, period, expected) in sure {
            assert_eq!(value(&ran, indicator, area, period), expected, "{indicator} of {area} {period}");
        }
        let of_stage = [("indicator", "pupils"), ("area", "E"), ("period", "2023"), ("stage", "primary")];
        assert_eq!(said(&ran, "indicators", &of_stage, &["value", "status"]), "110 A");
    }
}

#[test]
fn a_sum_of_some_stages_lacks_no_row_where_each_of_them_has_its_own() {
    let ran = pupils(&format!("东区,2023,小学,110\n东区,2023,职教,50\n{WEST}"));
    assert_eq!(value(&ran, "both", "E", "2023"), "110 P", "the row may be of junior schools");
    let ran = pupils(&format!("东区,2023,小学,110\n东区,2023,初中,60\n东区,2023,职教,50\n{WEST}"));
    assert_eq!(value(&ran, "both", "E", "2023"), "170 A");
    assert_eq!(value(&ran, "pupils", "E", "2023"), "170 P");
}

#[test]
fn a_row_without_which_the_total_of_the_office_adds_up_is_no_part_of_it() {
    let with_total = |total: &str| {
        let ran = pupils(&format!("东区,2023,小学,110\n东区,2023,初中,60\n东区,2023,寄宿,50\n东区,2023,合计,{total}\n{WEST}"));
        value(&ran, "pupils", "E", "2023")
    };
    assert_eq!(["170", "220", "200", ""].map(with_total), ["170 A", "170 P", "170 P", "170 P"]);
    let none = pupils(&format!("东区,2023,小学,110\n东区,2023,初中,60\n东区,2023,职教,0\n东区,2023,寄宿,—\n{WEST}"));
    assert_eq!(value(&none, "pupils", "E", "2023"), "170 A", "there is nothing in these rows");
}

#[test]
fn the_city_lacks_a_row_whose_area_nobody_knows_and_a_district_that_has_its_own_does_not() {
    let ran = pupils(&format!("东区,2023,小学,110\n东区,2023,初中,60\n东南区,2023,小学,50\n{WEST}"));
    assert_eq!(value(&ran, "pupils", "C", "2023"), "460 P");
    assert_eq!(value(&ran, "pupils", "E", "2023"), "170 A");
}

#[test]
fn what_a_lost_row_is_set_against_is_left_out_with_it() {
    let ran = Pipeline::default()
        .measure("pupils", "by = [\"stage\"]")
        .measure("teachers", "by = [\"stage\"]")
        .measure("classes", "by = [\"stage\"]")
        .indicator("per_teacher", "ratio = { of = [\"pupils\"], to = [\"teachers\"], per = 1 }", "")
        .indicator("per_class", "ratio = { of = [\"pupils\"], to = [\"classes\"], per = 1 }", "")
        .form_by(
            "地区,时期,学段",
            "p",
            &["pupils", "classes"],
            "stage = [{ directly = \"left\" }]",
            "东区,2023,小学,1000,20\n东区,2023,初申,600,15\n西区,2023,小学,500,10\n西区,2023,初中,300,10\n",
        )
        .form_by(
            "地区,时期,学段",
            "t",
            &["teachers"],
            "stage = [{ directly = \"left\" }]",
            "东区,2023,小学,50\n东区,2023,初中,50\n西区,2023,小学,50\n西区,2023,初中,30\n",
        )
        .run("2024-07-01");
    assert_eq!(value(&ran, "per_teacher", "E", "2023"), "20 P", "the teachers of junior schools have no pupils here");
    assert_eq!(value(&ran, "per_teacher", "W", "2023"), "10 A");
    assert!(value(&ran, "per_teacher", "C", "2023").starts_with("13.84"), "1800 ÷ 130");
    assert_eq!(value(&ran, "per_class", "E", "2023"), "50 P", "the row is left out of both sides");
}
