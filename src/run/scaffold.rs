//! The beginning of a pipeline: a folder that runs at once, and a few workbooks made from its own form.

use std::path::{Path, PathBuf};

use super::template::{forms, put};
use crate::{
    diag::{Code, Finding, Place},
    model::{Form, Id, Language, Period, Text, Typed},
    plan::Plan,
    publish::template::{self, Cover},
};

/// The files of the folder: name, content, and what each is for in both languages.
const FILES: [(&str, &str, &str, &str); 8] = [
    ("pipeline.toml", include_str!("scaffold/pipeline.toml"), "总说明", "what it is"),
    ("areas.csv", include_str!("scaffold/areas.csv"), "谁报数，合计为谁", "who reports, and what they add up to"),
    ("stages.csv", include_str!("scaffold/stages.csv"), "代码表：学段", "a code list: the school stages"),
    ("measures.toml", include_str!("scaffold/measures.toml"), "数什么", "what is counted"),
    ("indicators.toml", include_str!("scaffold/indicators.toml"), "说什么", "what is said"),
    ("targets.toml", include_str!("scaffold/targets.toml"), "承诺了什么", "what was promised"),
    ("checks.toml", include_str!("scaffold/checks.toml"), "核查规则及理由", "rules, each with its reason"),
    ("layouts/k01.toml", include_str!("scaffold/layouts/k01.toml"), "表样", "how the form looks"),
];
/// What stands otherwise in an English pipeline: the words of its form come first, and the Chinese ones are still read.
const IN_ENGLISH: [(&str, &str, &str); 6] = [
    ("layouts/k01.toml", "[\"填报单位\"]", "[\"Office\", \"填报单位\"]"),
    ("layouts/k01.toml", "[\"统计年份\"]", "[\"Year\", \"统计年份\"]"),
    ("layouts/k01.toml", "[\"在校生\"]", "[\"Pupils\", \"在校生\"]"),
    ("layouts/k01.toml", "[\"图书\", \"图书册数\"]", "[\"Books\", \"图书\", \"图书册数\"]"),
    ("measures.toml", "unit = \"人\"", "unit = \"persons\""),
    ("measures.toml", "unit = \"册\"", "unit = \"volumes\""),
];
/// What stands in the sample workbooks.
const SAMPLE: &str = include_str!("scaffold/sample.csv");

/// One row of the sample: an area, a year, a stage, and the two counts.
#[derive(serde::Deserialize)]
struct Row {
    area: String,
    year: i16,
    stage: String,
    pupils: f64,
    books: f64,
}

/// Writes `pipelines/<name>` and `input/<name>` below a folder and says which files these are and what each is for. Nothing that exists is touched.
pub fn scaffold(name: &str, at: &Path, language: Language) -> Result<Vec<(PathBuf, Text)>, Vec<Finding>> {
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c)) {
        let message = Text::new(
            format!("流水线名称“{name}”只能用字母、数字、“-”和“_”"),
            format!("the name `{name}` may hold only letters, digits, - and _"),
        );
        return Err(vec![Finding::new(Code::TomlShape, message).read(name)]);
    }
    let at = at.strip_prefix(".").unwrap_or(at);
    let (folder, input) = (at.join("pipelines").join(name), at.join("input").join(name));
    let there: Vec<Finding> = [&folder, &input].into_iter().filter(|path| path.exists()).map(|path| is_there(path)).collect();
    if !there.is_empty() {
        return Err(there);
    }
    let mut written = Vec::new();
    for (file, text, zh, en) in FILES {
        written.push((write(folder.join(file), in_language(file, text, language).as_bytes())?, Text::new(zh, en)));
    }
    let mut findings = Vec::new();
    let plan = Plan::read(&folder, &mut findings).ok_or(findings)?;
    for (file, bytes) in workbooks(&plan, language)? {
        written.push((write(input.join(file), &bytes)?, Text::new("填好的示例报表", "a filled form, sample data")));
    }
    Ok(written)
}

/// A file of the scaffold with the words of a language.
fn in_language(file: &str, text: &str, language: Language) -> String {
    let of_file = IN_ENGLISH.iter().filter(|(of, ..)| language == Language::English && *of == file);
    of_file.fold(text.to_string(), |text, (_, zh, en)| text.replace(zh, en))
}

fn write(path: PathBuf, bytes: &[u8]) -> Result<PathBuf, Vec<Finding>> {
    put(&path, bytes).map_err(|fault| vec![unwritable(&path, &fault.to_string())])?;
    Ok(path)
}

/// A workbook for each area and year of the sample: the form as it is sent out, filled.
fn workbooks(plan: &Plan, language: Language) -> Result<Vec<(String, Vec<u8>)>, Vec<Finding>> {
    let rows: Vec<Row> = csv::Reader::from_reader(SAMPLE.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|fault| vec![unwritable(Path::new("sample.csv"), &fault.to_string())])?;
    let mut returns: Vec<(&str, i16)> = rows.iter().map(|row| (row.area.as_str(), row.year)).collect();
    returns.dedup();
    let mut made = Vec::new();
    for (area, year) in returns {
        let code = Id::from(area);
        let mut drawn: Vec<Form> =
            plan.layouts.iter().flat_map(|layout| forms(plan, layout, Some(&code), Period::Year(year), true, language)).collect();
        let of_return: Vec<&Row> = rows.iter().filter(|row| (row.area.as_str(), row.year) == (area, year)).collect();
        drawn.iter_mut().for_each(|form| fill(form, &of_return));
        let occasion = format!("{}{year}", plan.book.area_name(area, language));
        let cover = Cover {
            purpose: plan.title.in_language(language).to_string(),
            occasion: occasion.clone(),
            pipeline: Some(plan.name.clone()),
            sample: true,
            ..Cover::default()
        };
        let bytes = template::workbook(&drawn, &[], &cover, language)
            .map_err(|fault| vec![unwritable(Path::new(&occasion), &fault.to_string())])?;
        made.push((format!("{occasion}.xlsx"), bytes));
    }
    Ok(made)
}

fn fill(form: &mut Form, rows: &[&Row]) {
    for asked in form.asked() {
        let stage = asked.breakdown.get("stage");
        let Some(row) = rows.iter().find(|row| stage.is_some_and(|stage| stage.as_ref() == row.stage)) else { continue };
        let value = if asked.measure.as_ref() == "pupils" { row.pupils } else { row.books };
        form.typed.insert((asked.row, asked.column), Typed::Number(value));
    }
}

fn is_there(path: &Path) -> Finding {
    let shown = path.display().to_string();
    let message = Text::new(format!("{shown} 已存在，未改动"), format!("{shown} exists already and was left as it is"));
    let next = Text::new("换一个名称，或用 --at 换一个位置。", "Choose another name, or another place with --at.");
    Finding::new(Code::OutputExists, message).at(Place::file(shown)).next(next)
}

fn unwritable(path: &Path, fault: &str) -> Finding {
    let shown = path.display().to_string();
    let message = Text::new(format!("无法写出 {shown}：{fault}"), format!("{shown} cannot be written: {fault}"));
    Finding::new(Code::OutputUnwritable, message).at(Place::file(shown))
}
