//! Which charts there are: what comes by itself, what a pipeline asks for, and one more by the verb.

use std::{collections::BTreeSet, fs, path::Path};

use crate::{
    trouble::form,
    two::Pipeline,
    workshop::{Ran, Workshop, sample},
};

/// What `yardstick chart` said and did, below the pipeline of the small forms.
fn chart(shop: &Workshop, words: &[&str]) -> Ran {
    let mut command = shop.command();
    command.arg("chart").args(words).args([
        "--pipeline",
        "pipelines/stages",
        "--input",
        "in",
        "--output",
        "out",
        "--into",
        "drawn",
    ]);
    shop.wait(command, "stages")
}

/// Two offices, two years, and a run of them.
fn ran() -> Workshop {
    let shop = Workshop::new();
    for (office, name) in [("荔湾区教育局", "荔湾区"), ("越秀区教育局", "越秀区")] {
        for (year, pupils) in [(2022, 1000), (2023, 1300)] {
            shop.put(&format!("{name}{year}年.xlsx"), form(office, year, pupils + u32::try_from(name.len()).expect("short")));
        }
    }
    let pipeline = shop.copy_pipeline("stages");
    assert_eq!(shop.run_pipeline(&pipeline, Path::new("in"), &["--as-of", "2024-01-31"]).code, 0);
    shop
}

#[test]
fn one_more_chart_is_the_one_that_the_night_would_draw() {
    let shop = ran();
    let again = chart(&shop, &["pupils", "--kind", "bars"]);
    assert_eq!(again.code, 0, "{}", again.complained);
    assert_eq!(again.said, "drawn/pupils-bars.svg\ndrawn/pupils-bars.png\n");
    for ending in ["svg", "png"] {
        let file = format!("pupils-bars.{ending}");
        let of_the_night = fs::read(shop.path("out/stages/latest/charts").join(&file)).expect("the night's chart");
        assert!(fs::read(shop.path("drawn").join(&file)).expect("one more chart") == of_the_night, "{file} differs");
    }
    let besides = chart(&shop, &["pupils", "--kind", "slope", "--lang", "en"]);
    assert_eq!((besides.code, besides.complained.as_str()), (0, ""));
    let of_one = chart(&shop, &["pupils", "--area", "荔湾"]);
    assert_eq!(of_one.said, "drawn/pupils-line-440103.svg\ndrawn/pupils-line-440103.png\n");
}

#[test]
fn what_cannot_be_drawn_is_said_with_what_could() {
    let shop = ran();
    let of_nothing = |words: &[&str], code: &str, hint: &str| {
        let refused = chart(&shop, words);
        assert_eq!((refused.code, refused.said.as_str()), (2, ""));
        assert!(refused.complained.contains(code) && refused.complained.contains(hint), "{}", refused.complained);
    };
    of_nothing(&["pupls"], "name-unknown", "pupils");
    of_nothing(&["pupils", "--area", "荔湾县", "--kind", "line"], "name-unknown", "荔湾区");
    of_nothing(&["pupils", "--kind", "heat"], "chart-empty", "bars");
    of_nothing(&["pupils", "--kind", "tiles"], "chart-empty", "tiles");
    of_nothing(&["pupils", "--kind", "bras"], "bras", "bars");
    assert!(!shop.path("drawn").exists(), "nothing was written");
}

#[test]
fn a_chart_of_changed_workbooks_says_so() {
    let shop = ran();
    shop.put("越秀区2023年.xlsx", form("越秀区教育局", 2023, 2000));
    let drawn = chart(&shop, &["pupils", "--kind", "bars", "--lang", "en"]);
    assert_eq!(drawn.code, 0);
    assert!(drawn.complained.contains("workbooks have changed since the last run"), "{}", drawn.complained);
}

#[test]
fn faults_of_what_is_asked_for_have_their_line() {
    let shop = ran();
    let wrong = "[indicators.pupls]\nalso = [\"bars\"]\n\n[indicators.pupils]\nalso = [\"heat\", \"tiles\"]\n\n[subjects.none]\nonly = []\n";
    let path = shop.path("pipelines/stages/charts.toml");
    fs::write(&path, wrong).expect("a file of the pipeline");
    let refused = shop.run_pipeline(Path::new("pipelines/stages"), Path::new("in"), &["--lang", "en"]);
    assert_eq!(refused.code, 2);
    for fault in
        ["charts.toml:1", "charts.toml:4", "charts.toml:7", "did you mean `pupils`?", "is of a subject", "no list of `tiles`"]
    {
        assert!(refused.complained.contains(fault), "{fault} in\n{}", refused.complained);
    }
    fs::write(&path, "[all]\nalso = [\"pie\"]\n").expect("a file of the pipeline");
    let refused = shop.run_pipeline(Path::new("pipelines/stages"), Path::new("in"), &["--lang", "en"]);
    assert!(refused.complained.contains("pie") && refused.complained.contains("dumbbell"), "{}", refused.complained);
}

#[test]
fn what_a_pipeline_asks_for_is_drawn_and_what_it_does_not_want_is_not() {
    let shop = ran();
    let names = || -> BTreeSet<String> {
        let files = fs::read_dir(shop.path("out/stages/latest/charts")).expect("charts").flatten();
        files.map(|file| file.file_name().to_string_lossy().into_owned()).filter(|name| name.ends_with(".svg")).collect()
    };
    let before = names();
    assert!(before.contains("pupils-bars.svg") && !before.contains("pupils-dumbbell.svg"), "{before:?}");
    let asked = "[all]\nalso = [\"dumbbell\"]\n\n[indicators.pupils]\nonly = [\"slope\"]\n";
    fs::write(shop.path("pipelines/stages/charts.toml"), asked).expect("a file of the pipeline");
    assert_eq!(shop.run_pipeline(Path::new("pipelines/stages"), Path::new("in"), &["--as-of", "2024-01-31"]).code, 0);
    let after = names();
    let of_pupils: Vec<&str> = after.iter().filter(|name| name.starts_with("pupils-")).map(String::as_str).collect();
    assert_eq!(of_pupils, ["pupils-dumbbell.svg", "pupils-slope.svg"]);
}

#[test]
fn every_kind_is_on_the_pages_of_the_sample_and_there_are_not_too_many() {
    let manifest = sample().published.manifest();
    let drawings = manifest["drawings"].as_array().expect("a list of drawings");
    let ids: Vec<&str> = drawings.iter().filter_map(|drawing| drawing["id"].as_str()).collect();
    assert!(ids.len() <= 230, "{} charts are more than anybody looks at", ids.len());
    for kind in ["line", "bars", "dots", "dumbbell", "slope", "bullet", "heat", "waterfall", "pace", "multiples", "tiles"] {
        assert!(ids.iter().any(|id| id.ends_with(&format!("-{kind}"))), "no {kind} among {ids:?}");
    }
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "two charts of one name");
}

#[test]
fn a_chart_stands_under_its_own_indicator_though_its_id_begins_with_that_of_another() {
    let ran = Pipeline::default()
        .publish("gallery")
        .measure("m", "")
        .measure("n", "")
        .indicator("x", "total = { of = [\"m\"] }", "")
        .indicator("x-y", "total = { of = [\"n\"] }", "")
        .form("f", &["m", "n"], "", "东区,2022年,20,140\n西区,2022年,20,140\n东区,2023年,90,630\n西区,2023年,90,630\n")
        .target("t", "x", " = { at-least = 1000 }")
        .run("2024-10-15");
    let page = ran.published.text("index.html");
    let of = |id: &str| {
        let (_, rest) = page.split_once(&format!("<figure id=\"{id}\"")).unwrap_or_else(|| panic!("no {id} in the gallery"));
        let said = |name: &str| rest.split(&format!(" data-{name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        (said("i").unwrap_or_default(), said("v").unwrap_or_default().is_empty())
    };
    assert_eq!([of("x-line"), of("x-bars")], [("x", false); 2]);
    assert_eq!([of("x-y-line"), of("x-y-bars")], [("x-y", true); 2], "nothing is promised of the other one");
}
