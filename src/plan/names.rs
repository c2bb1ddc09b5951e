//! Looking a name up among those that exist, with a finding that shows the nearest when it does not.

use std::collections::BTreeMap;

use crate::{
    diag::{Code, Finding, TomlPlace},
    ingest::Attach,
    model::{Area, Areas, Dimension, Id, Spelling, Text},
    spec::{Parsed, Spanned},
};

/// What kind of thing a name was to be.
pub struct Kind {
    pub zh: &'static str,
    pub en: &'static str,
}

pub const MEASURE: Kind = Kind { zh: "计数项", en: "measure" };
pub const INDICATOR: Kind = Kind { zh: "指标", en: "indicator" };
pub const DIMENSION: Kind = Kind { zh: "分类维度", en: "dimension" };
pub const MEMBER: Kind = Kind { zh: "分类代码", en: "member" };
pub const AREA: Kind = Kind { zh: "地区", en: "area" };
pub const DAY: Kind = Kind { zh: "日期项", en: "measure of kind day" };
pub const TARGET: Kind = Kind { zh: "目标", en: "target" };
pub const PROFILE: Kind = Kind { zh: "年度进度曲线", en: "profile" };
pub const REPORTED: Kind = Kind { zh: "报告数字", en: "reported figure" };
pub const AUDIT: Kind = Kind { zh: "核对项", en: "check of the report" };
pub const FORM: Kind = Kind { zh: "表", en: "form" };
pub const SUBJECT: Kind = Kind { zh: "主题", en: "subject" };

/// A table's entry: the file it stands in, its name, its content.
pub type Entry<'a, F, T> = (&'a Parsed<F>, &'a String, &'a Spanned<T>);

/// The entries of one kind of table, file by file, in the order in which they are written.
pub fn in_order<F, T>(files: &[Parsed<F>], table: impl Fn(&F) -> &BTreeMap<String, Spanned<T>>) -> Vec<Entry<'_, F, T>> {
    let mut listed = Vec::new();
    for file in files {
        let mut entries: Vec<_> = table(&file.content).iter().map(|(id, entry)| (file, id, entry)).collect();
        entries.sort_by_key(|(.., entry)| entry.span().start);
        listed.extend(entries);
    }
    listed
}

/// One name, one thing: TOML refuses it in one file, this in several.
pub fn refuse_twice<F, T>(entries: &[Entry<F, T>], kind: &Kind, findings: &mut Vec<Finding>) {
    for (at, (file, id, entry)) in entries.iter().enumerate() {
        if let Some((first, _, earlier)) = entries[..at].iter().find(|(_, other, _)| other == id) {
            let other = first.place(earlier);
            findings.push(contradiction(
                &file.place(entry),
                format!("{}“{id}”已在 {other} 定义", kind.zh),
                format!("the {} `{id}` is already defined at {other}", kind.en),
            ));
        }
    }
}

/// Finds a name in a list of known ones.
pub fn find<'a, T>(
    file: &Parsed<T>,
    name: &Spanned<String>,
    kind: &Kind,
    known: impl Iterator<Item = &'a Id>,
    findings: &mut Vec<Finding>,
) -> Option<Id> {
    let known: Vec<&Id> = known.collect();
    if let Some(found) = known.iter().find(|id| id.as_ref() == name.as_ref().as_str()) {
        return Some((*found).clone());
    }
    findings.push(unknown(&file.place(name), name.as_ref(), kind, &known));
    None
}

/// The code of an area that is written by its code or by one of its names; what is known as a misspelling is none.
pub fn area(place: &TomlPlace, written: &str, areas: &Areas, findings: &mut Vec<Finding>) -> Option<Id> {
    if let Some((area, Spelling::Known)) = areas.find(written) {
        return Some(area.code.clone());
    }
    let known: Vec<&Id> = areas.iter().map(|area| &area.code).collect();
    let finding = unknown(place, written, &AREA, &known);
    let near = areas.nearest(written).filter(|_| finding.expected == Text::default());
    findings.push(match near {
        Some(Area { name: Text { zh, en }, .. }) => {
            finding.expected(Text::new(format!("是否为“{zh}”？"), format!("did you mean `{en}`?")))
        }
        None => finding,
    });
    None
}

/// The code of a member that is written by its code or by one of its names.
pub fn member(place: &TomlPlace, written: &str, dimension: &Dimension, findings: &mut Vec<Finding>) -> Option<Id> {
    let found = dimension.get(written).or_else(|| dimension.find(written));
    if found.is_none() {
        let known: Vec<&Id> = dimension.members.iter().map(|member| &member.code).collect();
        findings.push(unknown(place, written, &MEMBER, &known));
    }
    found.map(|member| member.code.clone())
}

/// Ways to attach a label, with the codes of what is always the same; `code` finds them.
pub fn with_codes(ways: &[Attach], mut code: impl FnMut(&str) -> Option<Id>) -> Vec<Attach> {
    let mut one = |written: &String| code(written).map(|code| code.to_string());
    let way = |way: &Attach| match way {
        Attach::Is(written) => one(written).map(Attach::Is),
        Attach::InOrder(all) => Some(Attach::InOrder(all.iter().filter_map(&mut one).collect())),
        way => Some(way.clone()),
    };
    ways.iter().filter_map(way).collect()
}

/// The code of a form or list, which its file has to say.
pub fn form<'a, T>(
    file: &Parsed<T>,
    form: Option<&'a Spanned<String>>,
    findings: &mut Vec<Finding>,
) -> Option<&'a Spanned<String>> {
    if form.is_none() && !file.faulty {
        findings.push(contradiction(&file.top(), "缺少 form（表号）", "`form`, the code of the form, is missing"));
    }
    form
}

/// A name that must be new: letters, digits and underscores.
pub fn define(place: &TomlPlace, name: &str, findings: &mut Vec<Finding>) -> Id {
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c)) {
        let message = Text::new(
            format!("{place}：标识“{name}”只能用字母、数字和下划线"),
            format!("{place}: the id `{name}` may hold only letters, digits and underscores"),
        );
        findings.push(Finding::new(Code::TomlShape, message).judged_by(place));
    }
    Id::from(name)
}

pub fn unknown(place: &TomlPlace, name: &str, kind: &Kind, known: &[&Id]) -> Finding {
    let message =
        Text::new(format!("{place}：没有名为“{name}”的{}", kind.zh), format!("{place}: there is no {} `{name}`", kind.en));
    let finding = Finding::new(Code::NameUnknown, message).read(name).judged_by(place);
    match nearest(name, known) {
        Some(near) => finding.expected(Text::new(format!("是否为“{near}”？"), format!("did you mean `{near}`?"))),
        None => finding,
    }
}

pub fn contradiction(place: &TomlPlace, zh: impl Into<String>, en: impl Into<String>) -> Finding {
    let message = Text::new(format!("{place}：{}", zh.into()), format!("{place}: {}", en.into()));
    Finding::new(Code::PlanContradiction, message).judged_by(place)
}

/// The known name nearest by edits, if it is near enough to be a slip of the hand.
pub fn nearest<'a>(name: &str, known: &[&'a Id]) -> Option<&'a Id> {
    let near = known.iter().map(|id| (strsim::damerau_levenshtein(name, id), *id)).min()?;
    (near.0 <= 1 + name.chars().count() / 4).then_some(near.1)
}
