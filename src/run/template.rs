//! The workbooks that offices fill: which forms and lists are due from whom, and one file for each office.

use std::path::{Path, PathBuf};

use crate::{
    check,
    diag::{Code, Finding, Place},
    ingest::{self, Layout, Occasion, records::RecordsLayout},
    model::{Area, AreaKind, Form, Formula, Grain, Holds, Id, Language, Period, RecordSheet, Text},
    plan::Plan,
    publish::template::{self, Cover},
};

/// The pipeline that every verb takes unless it is told another.
const WITHOUT_BEING_TOLD: &str = "guangzhou-2023";

/// What is asked for; what is left out means all of them.
pub struct TemplateOrder {
    pub pipeline: PathBuf,
    pub forms: Vec<String>,
    pub areas: Vec<String>,
    pub period: Option<Period>,
    /// The year that is taken where neither the order nor the targets name one.
    pub this_year: i16,
    pub output: PathBuf,
    pub language: Language,
}

/// Writes the workbooks and says where they are. None is written where one of them is there already.
pub fn templates(order: &TemplateOrder) -> Result<Vec<PathBuf>, Vec<Finding>> {
    let mut findings = Vec::new();
    let Some(plan) = Plan::read(&order.pipeline, &mut findings) else { return Err(findings) };
    let asked = Asked::of(&plan, &order.forms, &mut findings);
    let areas = areas(&plan, &order.areas, &mut findings);
    if !findings.is_empty() {
        return Err(findings);
    }
    let period = order.period.or_else(|| period_of_targets(&plan)).unwrap_or(Period::Year(order.this_year));
    let drafts: Vec<Draft> =
        offices(&plan, &asked, areas).into_iter().filter_map(|area| Draft::new(&plan, &asked, area, period, order)).collect();
    if drafts.is_empty() {
        return Err(vec![nothing_due(period)]);
    }
    write(drafts, &plan, order)
}

fn write(drafts: Vec<Draft>, plan: &Plan, order: &TemplateOrder) -> Result<Vec<PathBuf>, Vec<Finding>> {
    let paths: Vec<PathBuf> = drafts.iter().map(|draft| order.output.join(&draft.file)).collect();
    let there: Vec<Finding> = paths.iter().filter(|path| path.exists()).map(|path| is_there(path)).collect();
    if !there.is_empty() {
        return Err(there);
    }
    for (draft, path) in drafts.iter().zip(&paths) {
        let cover = draft.cover(plan, order.language);
        let written = template::workbook(&draft.forms, &draft.lists, &cover, order.language)
            .map_err(|fault| fault.to_string())
            .and_then(|bytes| put(path, &bytes).map_err(|fault| fault.to_string()));
        if let Err(fault) = written {
            let shown = path.display();
            let message = Text::new(format!("无法写出 {shown}：{fault}"), format!("{shown} cannot be written: {fault}"));
            return Err(vec![Finding::new(Code::OutputUnwritable, message).at(Place::file(shown.to_string()))]);
        }
    }
    Ok(paths)
}

/// Writes a file, and the folder it is in.
pub(super) fn put(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs_err::create_dir_all(folder)?;
    }
    fs_err::write(path, bytes)
}

/// The forms and lists that were asked for.
struct Asked<'a> {
    forms: Vec<&'a Layout>,
    lists: Vec<&'a RecordsLayout>,
}

impl<'a> Asked<'a> {
    fn of(plan: &'a Plan, names: &[String], findings: &mut Vec<Finding>) -> Asked<'a> {
        let is_named = |id: &Id, title: &Text| names.is_empty() || names.iter().any(|name| is_called(name, id, title));
        let asked = Asked {
            forms: plan.layouts.iter().filter(|layout| is_named(&layout.id, &layout.title)).collect(),
            lists: plan.records.layouts.iter().filter(|list| is_named(&list.id, &list.title)).collect(),
        };
        for name in names {
            if !asked.titles().any(|(id, title)| is_called(name, id, title)) {
                let known: Vec<Id> = plan.form_codes();
                let message = Text::new(format!("没有名为“{name}”的表"), format!("there is no form `{name}`"));
                let expected = Text::new(known.join("、"), known.join(", "));
                findings.push(Finding::new(Code::NameUnknown, message).read(name).expected(expected));
            }
        }
        asked
    }

    /// Code and title of each.
    fn titles(&self) -> impl Iterator<Item = (&'a Id, &'a Text)> {
        let of_lists = self.lists.iter().map(|list| (&list.id, &list.title));
        self.forms.iter().map(|layout| (&layout.id, &layout.title)).chain(of_lists)
    }

    /// Those that this office owes.
    fn due(&self, plan: &Plan, area: Option<&Area>) -> Asked<'a> {
        Asked {
            forms: self.forms.iter().copied().filter(|layout| is_due(plan, &layout.id, area)).collect(),
            lists: self.lists.iter().copied().filter(|list| is_due(plan, &list.id, area)).collect(),
        }
    }
}

fn is_called(name: &str, id: &Id, title: &Text) -> bool {
    id.eq_ignore_ascii_case(name) || title.zh == name
}

/// One workbook before it is drawn.
struct Draft {
    file: String,
    occasion: String,
    forms: Vec<Form>,
    lists: Vec<RecordSheet>,
}

impl Draft {
    /// A form that is named is written for whoever is named; else for those who owe it.
    fn new(plan: &Plan, asked: &Asked, area: Option<&Area>, period: Period, order: &TemplateOrder) -> Option<Draft> {
        let (by_name, language) = (!order.forms.is_empty(), order.language);
        let own = asked.due(plan, area);
        let due = if by_name && !order.areas.is_empty() { asked } else { &own };
        let code = area.map(|area| &area.code);
        let forms: Vec<Form> = due.forms.iter().flat_map(|layout| forms(plan, layout, code, period, by_name, language)).collect();
        let lists: Vec<RecordSheet> = due.lists.iter().flat_map(|list| lists(plan, list, code, period, language)).collect();
        if forms.is_empty() && lists.is_empty() {
            return None;
        }
        let name = area.map_or_else(String::new, |area| area.name.in_language(language).to_string());
        // A form that is sent more often says for when it is, where it is alone.
        let when = if let ([form], [], [_]) = (&forms[..], &lists[..], &due.forms[..]) { form.period } else { period };
        let (when, many) = match language {
            Language::Chinese => (when.in_chinese(), "统计报表".to_string()),
            Language::English => (format!(" {when} "), "returns".to_string()),
        };
        let titles: Vec<(&Id, &Text)> = due.titles().collect();
        let what = match &titles[..] {
            [(code, title)] => [code.as_ref(), title.in_language(language)].join(say(language, "", " ")),
            _ => many,
        };
        let occasion = format!("{name}{when}{what}").trim().to_string();
        Some(Draft { file: format!("{}.xlsx", occasion.replace(['/', '\\'], "-")), occasion, forms, lists })
    }

    fn cover(&self, plan: &Plan, language: Language) -> Cover {
        let purpose = plan.title.in_language(language).to_string();
        let pipeline = Some(plan.name.clone()).filter(|name| name != WITHOUT_BEING_TOLD);
        Cover { purpose, occasion: self.occasion.clone(), said_from: said_from(plan), pipeline, sample: false }
    }
}

/// The forms of a layout for one office: one, or one for each part of the period that it is sent for.
pub fn forms(plan: &Plan, layout: &Layout, area: Option<&Id>, period: Period, by_name: bool, language: Language) -> Vec<Form> {
    let every = ingest::grain(layout).unwrap_or(Grain::of(period));
    let mut periods = every.within(period);
    if periods.is_empty() && by_name {
        periods.push(every.around(period));
    }
    let in_rows = ingest::has_period_rows(layout);
    let sheets = if in_rows && !periods.is_empty() { vec![period] } else { periods.clone() };
    let (parts, one_of_many) = (periods.as_slice(), sheets.len() > 1);
    let occasion = |period| Occasion { area, period, parts, language, one_of_many };
    let mut forms: Vec<Form> = sheets.iter().flat_map(|period| ingest::blank(layout, &plan.book, &occasion(*period))).collect();
    for column in forms.iter_mut().flat_map(|form| &mut form.columns) {
        if let Holds::Figure(figured) = &mut column.holds {
            figured.limits = check::limits(&plan.checks, &figured.measure);
        }
    }
    forms
}

/// The sheets of a list for one office.
pub fn lists(plan: &Plan, list: &RecordsLayout, area: Option<&Id>, period: Period, language: Language) -> Vec<RecordSheet> {
    let occasion = Occasion { area, period, parts: &[period], language, one_of_many: false };
    ingest::record_sheets(list, &plan.book, &occasion)
}

/// Does this office owe the form or list?
fn is_due(plan: &Plan, code: &Id, area: Option<&Area>) -> bool {
    match (plan.senders.get(code), area) {
        (Some(senders), Some(area)) => senders.contains(&area.code),
        (Some(senders), None) => senders.is_empty(),
        (None, Some(area)) => area.kind != AreaKind::Whole && !is_named_sender(plan, area),
        (None, None) => false,
    }
}

/// An office that is named as the sender of some forms sends those and no others.
fn is_named_sender(plan: &Plan, area: &Area) -> bool {
    area.kind == AreaKind::Other && plan.senders.values().any(|senders| senders.contains(&area.code))
}

/// The offices that get a workbook: those asked for; else all that owe one of the forms, and nobody for forms that are nobody's.
fn offices<'a>(plan: &'a Plan, asked: &Asked, areas: Vec<&'a Area>) -> Vec<Option<&'a Area>> {
    if !areas.is_empty() {
        return areas.into_iter().map(Some).collect();
    }
    let owes = |area: &&Area| {
        asked.titles().any(|(code, _)| match plan.senders.get(code) {
            Some(senders) => senders.contains(&area.code),
            None => area.kind == AreaKind::District,
        })
    };
    let of_nobody = asked.titles().any(|(code, _)| plan.senders.get(code).is_some_and(Vec::is_empty));
    plan.book.areas.iter().filter(owes).map(Some).chain(of_nobody.then_some(None)).collect()
}

fn areas<'a>(plan: &'a Plan, names: &[String], findings: &mut Vec<Finding>) -> Vec<&'a Area> {
    let mut found = Vec::new();
    for name in names {
        match plan.book.areas.find(name) {
            Some((area, _)) => found.push(area),
            None => {
                let message = Text::new(format!("没有名为“{name}”的地区"), format!("there is no area `{name}`"));
                let hint = plan.book.areas.nearest(name).map(|area| area.name.clone()).unwrap_or_default();
                findings.push(Finding::new(Code::NameUnknown, message).read(name).expected(hint));
            }
        }
    }
    found
}

/// The year that most targets are for.
fn period_of_targets(plan: &Plan) -> Option<Period> {
    let years: Vec<i16> = plan.targets.iter().map(|target| target.period.year()).collect();
    let often = |year: &i16| years.iter().filter(|other| *other == year).count();
    years.iter().copied().max_by_key(|year| (often(year), *year)).map(Period::Year)
}

/// What is said from each measure: the indicators that use it, with their definitions.
fn said_from(plan: &Plan) -> Vec<(Id, Text)> {
    let mut said = Vec::new();
    for indicator in &plan.indicators {
        let terms = match &indicator.formula {
            Formula::Total { of } => of.clone(),
            Formula::Ratio { of, to, .. } => [of.as_slice(), to.as_slice()].concat(),
            Formula::Inequality { weighted_by, .. } => weighted_by.clone(),
            Formula::Reported { rate } => vec![rate.clone()],
            Formula::Composite { .. } | Formula::Standardised { .. } | Formula::DistrictsThat { .. } => Vec::new(),
        };
        let words = Text::new(
            [indicator.name.zh.as_str(), indicator.definition.zh.as_str()].join(if indicator.definition.zh.is_empty() {
                ""
            } else {
                "="
            }),
            [indicator.name.en.as_str(), indicator.definition.en.as_str()].join(if indicator.definition.en.is_empty() {
                ""
            } else {
                " = "
            }),
        );
        for term in terms {
            if !said.iter().any(|(measure, known)| *measure == term.measure && *known == words) {
                said.push((term.measure, words.clone()));
            }
        }
    }
    said
}

fn say<'a>(language: Language, zh: &'a str, en: &'a str) -> &'a str {
    match language {
        Language::Chinese => zh,
        Language::English => en,
    }
}

fn nothing_due(period: Period) -> Finding {
    let message =
        Text::new(format!("{}没有应报的表", period.in_chinese()), format!("no form is due for {}", period.in_english()));
    Finding::new(Code::NothingDue, message)
}

fn is_there(path: &Path) -> Finding {
    let shown = path.display().to_string();
    let message = Text::new(format!("{shown} 已存在，未改动"), format!("{shown} exists already and was left as it is"));
    Finding::new(Code::OutputExists, message).at(Place::file(shown))
}
