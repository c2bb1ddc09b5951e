//! Every form that offices are sent comes back as it was filled: written, typed into, read by the reader of the batch.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
};

use yardstick::{
    diag::Code,
    ingest::{self, Forgetful, Layout, Overlap, Readers, Reading, Rules, Source},
    model::{AreaKind, Breakdown, Form, Id, Language, MeasureKind, Period, Status, Typed},
    plan::Plan,
    publish::template::{self, Cover},
    run::template::forms,
};

use crate::workshop::{HOME, Workshop, skipped, small};

const YEAR: Period = Period::Year(2023);

fn plan() -> Plan {
    let mut findings = Vec::new();
    let plan = Plan::read(&Path::new(HOME).join("pipelines/guangzhou-2023"), &mut findings);
    plan.unwrap_or_else(|| panic!("{findings:?}"))
}

/// Reads one workbook as the batch does.
fn read_back(plan: &Plan, source: Source) -> Reading {
    let rules = Rules { overlap: Overlap::default(), corrections: &[], ..plan.rules() };
    ingest::ingest(&[source], &rules, &Readers::here(), &Forgetful, &|| {})
}

/// Whoever owes a form: the first that the layout names, else the first district; nobody where it is nobody's in particular.
fn sender(plan: &Plan, form: &Id) -> Option<Id> {
    match plan.senders.get(form) {
        Some(areas) => areas.first().cloned(),
        None => plan.book.areas.iter().find(|area| area.kind == AreaKind::District).map(|area| area.code.clone()),
    }
}

/// Types into every cell that can be typed into, something else into each.
fn fill(form: &mut Form) {
    let labels: Vec<((usize, usize), String)> = form
        .open_labels()
        .into_iter()
        .map(|(row, column, choices)| {
            let said = if choices.is_empty() { format!("项-{row:03}") } else { choices[row % choices.len()].said.clone() };
            ((row, column), said)
        })
        .collect();
    form.typed.extend(labels.into_iter().map(|(place, said)| (place, Typed::Words(said))));
    for (at, asked) in form.asked().into_iter().enumerate() {
        let number = at as f64;
        let typed = match asked.kind {
            MeasureKind::Count => Typed::Number(1000.0 + number * 7.0),
            MeasureKind::ReportedRate => Typed::Number(1.25 + number / 64.0),
            MeasureKind::Day => Typed::Day(44927.0 + number),
            MeasureKind::Words => Typed::Words(format!("文-{at}")),
        };
        form.typed.insert((asked.row, asked.column), typed);
    }
}

/// What a figure is of, and what it says.
type Said = BTreeMap<(Id, Id, Period, Breakdown), String>;

/// What a form asks for and what was typed there, by what it is of.
fn typed(form: &Form, plan: &Plan) -> Said {
    let mut said = Said::new();
    for asked in form.asked() {
        let measure = plan.book.measure(&asked.measure).expect("a measure");
        let members = asked.breakdown.iter().filter(|(id, _)| measure.by.contains(id));
        let breakdown = plan.book.breakdown(members.map(|(id, code)| (id.clone(), code.clone())).collect());
        let area = asked.area.expect("an area");
        let words = match &form.typed[&(asked.row, asked.column)] {
            Typed::Number(number) | Typed::Day(number) => number.to_string(),
            Typed::Words(words) => words.clone(),
        };
        let known = said.insert((asked.measure, area, asked.period, breakdown), words);
        assert!(known.is_none(), "{}: two cells ask for one figure", form.code);
    }
    said
}

/// Draws a form, fills it and reads it back.
fn comes_back(plan: &Plan, layout: &Layout, period: Period) {
    let area = sender(plan, &layout.id);
    let mut drawn = forms(plan, layout, area.as_ref(), period, true, Language::Chinese);
    assert!(!drawn.is_empty(), "{} is drawn for nobody", layout.id);
    drawn.iter_mut().for_each(fill);
    let mut expected = Said::new();
    for form in &drawn {
        for (of, words) in typed(form, plan) {
            assert!(expected.insert(of, words).is_none(), "{}: two sheets ask for one figure", layout.id);
        }
    }
    let bytes = template::workbook(&drawn, &[], &Cover::default(), Language::Chinese).expect("a workbook");
    let name = format!("{}.xlsx", area.map_or_else(String::new, |area| plan.book.area_name(&area, Language::Chinese)));
    let source = Source::new(name.as_str(), bytes);
    let read = read_back(plan, source);
    let findings: Vec<_> = read.findings.iter().filter(|finding| finding.code != Code::LayoutUnused).collect();
    assert!(findings.is_empty(), "{}: {findings:#?}", layout.id);
    let mut found = Said::new();
    for observation in read.dataset.observations.iter().filter(|observation| observation.cell().is_some()) {
        let of = observation.key();
        let of = (of.0.clone(), of.1.clone(), of.2, of.3.clone());
        assert_eq!(observation.layout, layout.id, "another form takes it for itself");
        let words = observation.value.map_or_else(|| observation.raw().to_string(), |value| value.to_string());
        assert_eq!(observation.status, Status::Normal, "{}: {of:?}", layout.id);
        found.insert(of, words);
    }
    let lost: Vec<_> = expected.iter().filter(|(of, words)| found.get(of) != Some(words)).take(3).collect();
    assert!(lost.is_empty(), "{}: typed and not read: {lost:#?}", layout.id);
    let more: Vec<_> = found.keys().filter(|of| !expected.contains_key(of)).take(3).collect();
    assert!(more.is_empty(), "{}: read and never typed: {more:#?}", layout.id);
}

#[test]
fn every_form_filled_and_read_back_is_what_was_typed() {
    let plan = plan();
    assert!(plan.layouts.len() >= 6, "only {} forms", plan.layouts.len());
    plan.layouts.iter().for_each(|layout| comes_back(&plan, layout, YEAR));
}

#[test]
fn a_form_with_periods_above_its_columns_comes_back_for_any_kind_of_period() {
    let plan = Plan::read(&small("commitments"), &mut Vec::new()).expect("a sound pipeline");
    let layout = plan.layout("places").expect("the form of places");
    let parts = [Period::SchoolYear(2023), Period::Semester(2023, 2), Period::Quarter(2023, 1), Period::Month(2023, 12)];
    parts.into_iter().chain([YEAR]).for_each(|period| comes_back(&plan, layout, period));
}

#[test]
fn the_same_form_is_the_same_bytes() {
    let plan = plan();
    let layout = plan.layout("S10").expect("the form S10");
    let area = sender(&plan, &layout.id);
    let draw = || {
        let drawn = forms(&plan, layout, area.as_ref(), YEAR, true, Language::Chinese);
        template::workbook(&drawn, &[], &Cover::default(), Language::Chinese).expect("a workbook")
    };
    assert!(draw() == draw());
}

#[test]
fn an_empty_form_says_nothing_and_no_total_is_zero() {
    let plan = plan();
    let layout = plan.layout("S10").expect("the form S10");
    let area = sender(&plan, &layout.id);
    let drawn = forms(&plan, layout, area.as_ref(), YEAR, true, Language::Chinese);
    let bytes = template::workbook(&drawn, &[], &Cover::default(), Language::Chinese).expect("a workbook");
    let source = Source::new("荔湾区.xlsx", bytes);
    let read = read_back(&plan, source);
    assert_eq!(read.dataset.observations.len(), drawn[0].asked().len());
    for observation in read.dataset.observations.iter().chain(&read.dataset.totals) {
        assert_eq!(observation.value, None, "{:?}", observation.key());
    }
}

#[test]
fn one_workbook_for_each_district_and_none_over_another() {
    let shop = Workshop::new();
    let template = |more: &[&str]| {
        let mut command = shop.command();
        let pipeline = Path::new(HOME).join("pipelines/guangzhou-2023");
        command.args(["template", "S10", "--period", "2023", "--pipeline"]).arg(pipeline).args(more);
        let output = command.output().expect("yardstick starts");
        (output.status.code(), String::from_utf8(output.stdout).expect("text"))
    };
    let (code, said) = template(&[]);
    assert_eq!(code, Some(0), "{said}");
    let names: BTreeSet<String> = std::fs::read_dir(shop.path("templates"))
        .expect("a folder of templates")
        .map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names.len(), 11, "{names:?}");
    assert!(names.contains("荔湾区2023年S10视力筛查汇总表.xlsx"), "{names:?}");
    let before = std::fs::read(shop.path("templates").join("荔湾区2023年S10视力筛查汇总表.xlsx")).expect("a workbook");
    std::fs::write(shop.path("templates").join("荔湾区2023年S10视力筛查汇总表.xlsx"), b"filled").expect("a file");
    assert_eq!(template(&["--area", "440103"]).0, Some(2), "a filled workbook would have been lost");
    assert_eq!(template(&["--area", "440103", "--output", "again"]).0, Some(0));
    let again = std::fs::read(shop.path("again").join("荔湾区2023年S10视力筛查汇总表.xlsx")).expect("a workbook");
    assert!(before == again, "the same form is the same bytes");
    assert_eq!(template(&["--area", "荔枝区"]).0, Some(2));
}

/// Opens with another program, where there is one.
#[test]
fn another_spreadsheet_program_opens_it_and_works_out_its_totals() {
    let shop = Workshop::new();
    if Command::new("soffice").arg("--version").output().is_err() {
        skipped("LibreOffice (soffice) is not installed");
        return;
    }
    let plan = plan();
    let layout = plan.layout("S02").expect("the form S02");
    let area = sender(&plan, &layout.id);
    let mut drawn = forms(&plan, layout, area.as_ref(), YEAR, true, Language::Chinese);
    drawn.iter_mut().for_each(fill);
    let bytes = template::workbook(&drawn, &[], &Cover::default(), Language::Chinese).expect("a workbook");
    let written = shop.put("荔湾区2023年.xlsx", bytes);
    let profile = format!("-env:UserInstallation=file://{}", shop.path("profile").display());
    let status = Command::new("soffice")
        .arg(profile)
        .args(["--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(shop.path("out"))
        .arg(&written)
        .output()
        .expect("soffice starts");
    assert!(status.status.success());
    let bytes = std::fs::read(shop.path("out").join("荔湾区2023年.xlsx")).expect("LibreOffice opened and saved it");
    let source = Source::new("荔湾区2023年.xlsx", bytes);
    let read = read_back(&plan, source);
    let expected = typed(&drawn[0], &plan);
    assert_eq!(read.dataset.observations.len(), expected.len());
    for total in read.dataset.totals.iter().filter(|total| total.status == Status::Normal) {
        let parts = expected.iter().filter(|((measure, ..), _)| *measure == total.measure);
        let sum: f64 = parts.map(|(_, words)| words.parse::<f64>().expect("a number")).sum();
        assert_eq!(total.value, Some(sum));
    }
    assert!(!read.dataset.totals.is_empty());
}
