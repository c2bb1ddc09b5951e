//! What is derived from what is itself derived: in whatever order it is written, for every area, and traced to what was read.

use std::{fs, path::Path};

use crate::{
    grid::workbook,
    workshop::{Ran, Workshop},
};

const WORTH: &str = r#"
[measures.worth]
name = { zh = "总价", en = "Worth" }
unit = "元"
by = ["stage", "school"]
product = ["books_by_stage", "price"]
"#;

const PRICE: &str = r#"
[measures.price]
name = { zh = "单价", en = "Price" }
unit = "元"
by = ["stage", "school"]
"#;

const COLUMN: &str = "\n[[values]]\nmeasure = \"price\"\nheading = [\"单价\"]\noptional = true\n";

const TOTAL: &str = r#"
[indicators.worth]
name = { zh = "总价", en = "Worth" }
unit = { zh = "元", en = "yuan" }
better = "higher"
is.total = { of = ["worth"] }
"#;

/// Books are split among stages, and each stage's part is multiplied by a price.
fn shop(measures: impl Fn(&str) -> String) -> (Workshop, std::path::PathBuf) {
    let shop = Workshop::new();
    let pipeline = shop.copy_pipeline("eyes");
    let edit = |file: &str, edit: &dyn Fn(&str) -> String| {
        let path = shop.path(&pipeline).join(file);
        fs::write(&path, edit(&fs::read_to_string(&path).expect("a file of the pipeline"))).expect("a file of the pipeline");
    };
    edit("measures.toml", &measures);
    edit("layouts/pupils.toml", &|text| format!("{text}{COLUMN}"));
    edit("indicators.toml", &|text| format!("{text}{TOTAL}"));
    (shop, pipeline)
}

fn run(books: &str, measures: impl Fn(&str) -> String) -> (Workshop, Ran) {
    let (shop, pipeline) = shop(measures);
    let pupils =
        "区 | 年份 | 学校 | 学段 | 学生 | 单价\n甲区 | 2023 | 一中 | 初中 | 500 | 10\n乙区 | 2023 | 三中 | 初中 | 400 | 20";
    let books = format!("区 | 年份 | 学校 | 图书\n{books}");
    shop.put("a.xlsx", workbook(&[("图书", &books), ("学生", pupils)]));
    let ran = shop.run_pipeline(&pipeline, Path::new("in"), &["--lang", "en"]);
    (shop, ran)
}

const BOTH: &str = "甲区 | 2023 | 一中 | 1000\n乙区 | 2023 | 三中 | 100";

fn worths(ran: &Ran) -> Vec<String> {
    let rows = ran.published.table("indicators");
    let worths = rows.iter().filter(|row| row["indicator"] == *"worth" && row["period"] == *"2023");
    worths.map(|row| row.cells(&["area_name", "value", "status"]).join(" ")).collect()
}

#[test]
fn a_product_may_stand_above_its_factors() {
    let (_, above) = run(BOTH, |text| format!("{WORTH}{text}{PRICE}"));
    let (_, below) = run(BOTH, |text| format!("{text}{PRICE}{WORTH}"));
    assert_eq!(worths(&above), worths(&below), "{}", above.complained);
    assert!(worths(&below).iter().any(|line| line.ends_with(" 12000 A")), "{:?}", worths(&below));
}

#[test]
fn an_area_that_lacks_a_factor_of_a_factor_is_missed() {
    let (_, ran) = run("甲区 | 2023 | 一中 | 1000", |text| format!("{text}{PRICE}{WORTH}"));
    assert!(worths(&ran).iter().any(|line| line.ends_with(" 10000 P")), "{:?}", worths(&ran));
}

#[test]
fn a_value_is_traced_through_every_derivation_to_what_was_read() {
    let (shop, ran) = run(BOTH, |text| format!("{text}{PRICE}{WORTH}"));
    let rows = ran.published.table("indicators");
    let line = rows.iter().position(|row| row["indicator"] == *"worth").expect("a value") + 2;
    let output = shop
        .command()
        .args(["trace", &format!("indicators.csv:{line}"), "--pipeline", "eyes", "--output", "out", "--lang", "en"])
        .output()
        .expect("yardstick starts");
    let said = String::from_utf8_lossy(&output.stdout);
    for cell in ["a.xlsx › 图书 › D2", "a.xlsx › 学生 › E2", "a.xlsx › 学生 › F2"] {
        assert!(said.contains(cell), "{cell} is not in\n{said}{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn what_is_derived_from_itself_is_refused_with_its_line() {
    let circle = PRICE.replace("by = [", "product = [\"worth\", \"books\"]\nby = [");
    let (_, ran) = run(BOTH, |text| format!("{WORTH}{text}{circle}"));
    assert_eq!(ran.code, 2, "{}", ran.complained);
    assert!(ran.complained.contains("measures.toml:2") && ran.complained.contains("`worth` is in the end derived from itself"));
    assert!(ran.complained.contains("`price` is in the end derived from itself"), "{}", ran.complained);
    assert!(!ran.complained.contains("`books_by_stage` is"), "{}", ran.complained);
}
