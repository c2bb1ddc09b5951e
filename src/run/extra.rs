//! `yardstick chart`: one more chart of what the last run has found, made as the run would make it, from what it has kept of the
//! workbooks. Nothing of the run itself is touched.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::SystemTime,
};

use jiff::civil::Date;
use serde_json::Value;

use super::{
    artifacts::charted,
    batch::{compute_failed, questions},
    grounds::Grounds,
    input, latest,
    leftovers::manifest,
    named,
    receive::{Received, receive},
    store::Cache,
    write_files,
};
use crate::{
    chart, check, compute,
    diag::{Code, Finding, Severity},
    ingest::{self, Forgetful, Readers, Reading, Store},
    model::{Figure, Id, Kind, Language, Senders, Summary, Text},
    plan::Plan,
    publish::{
        png::png,
        svg::{page, svg},
    },
};

pub struct ChartOrder {
    /// The pipeline's folder.
    pub pipeline: PathBuf,
    pub input: PathBuf,
    /// Where the results of its runs are.
    pub output: PathBuf,
    pub cache: Option<PathBuf>,
    /// Id or name of an indicator or a subject.
    pub of: String,
    /// A line or a subject's targets unless given.
    pub kind: Option<Kind>,
    /// Codes or names of areas; all of them unless given.
    pub areas: Vec<String>,
    /// The as-of date of the last run unless given.
    pub as_of: Option<Date>,
    pub language: Language,
    /// The folder that the files go to.
    pub into: PathBuf,
    pub readers: Readers,
}

/// The files written, and what is to be known of them.
#[derive(Debug)]
pub struct Extra {
    pub files: Vec<PathBuf>,
    pub notes: Vec<Text>,
}

/// Draws it and says where it is. The error is why there is none.
pub fn extra(order: &ChartOrder) -> Result<Extra, Vec<Finding>> {
    let begun = SystemTime::now();
    let mut findings = Vec::new();
    let Some(plan) = Plan::read(&order.pipeline, &mut findings) else { return Err(findings) };
    // What is asked for is looked up before anything is read.
    let wanted = Wanted::new(&plan, order)?;
    let Some(listed) = input::list(&order.input, &mut findings) else { return Err(findings) };
    let received = receive(&listed, &mut findings);
    let last = manifest(&latest(&order.output, &plan.name), &plan.name);
    let (as_of, notes) = since(last.as_ref(), &received, order.as_of);
    let summary = found_out(&plan, &received, order, as_of, begun)?;
    let figures = charted(&plan, &summary, order.language, as_of, |chapter| wanted.drawn(chapter));
    if figures.is_empty() {
        return Err(vec![wanted.nothing()]);
    }
    let files = written(&figures, &order.into)?;
    Ok(Extra { files, notes })
}

/// The day on which targets are judged, and what has changed since the last run.
fn since(last: Option<&Value>, received: &Received, as_of: Option<Date>) -> (Date, Vec<Text>) {
    let today = || jiff::Zoned::now().date();
    let Some(last) = last else {
        let note = Text::new(
            "这条流水线还没有运行结果，按现有报表绘制",
            "this pipeline has not run yet: drawn from the workbooks as they are",
        );
        return (as_of.unwrap_or_else(today), vec![note]);
    };
    let of_run = last["as_of"].as_str().and_then(|day| day.parse().ok());
    let as_of = as_of.or(of_run).unwrap_or_else(today);
    let hashes = last["input"].as_array().into_iter().flatten();
    let then: BTreeMap<&str, &str> =
        hashes.filter_map(|entry| Some((entry["path"].as_str()?, entry["sha256"].as_str()?))).collect();
    let now: BTreeMap<&str, &str> = received.stamps.iter().map(|stamp| (stamp.name.as_ref(), stamp.sha256.as_str())).collect();
    let run = last["run"].as_str().unwrap_or_default();
    let note = Text::new(
        format!("报表在上次运行（{run}）之后有变化，图按现有报表绘制"),
        format!("workbooks have changed since the last run ({run}): drawn from them as they are"),
    );
    (as_of, if then == now { Vec::new() } else { vec![note] })
}

/// The stages before the charts, without their findings: those are the run's to tell.
fn found_out(
    plan: &Plan,
    received: &Received,
    order: &ChartOrder,
    as_of: Date,
    begun: SystemTime,
) -> Result<Summary, Vec<Finding>> {
    let kept = order.cache.as_ref().and_then(|cache| Some((cache.join(&plan.name), Grounds::of(&order.pipeline, plan, begun)?)));
    let cache = kept.as_ref().map(|(folder, grounds)| Cache::open(folder.clone(), grounds, &received.stamps));
    let store: &dyn Store = cache.as_ref().map_or(&Forgetful, |cache| cache);
    let Reading { mut dataset, accepted, .. } = ingest::ingest(&received.sources, &plan.rules(), &order.readers, store, &|| {});
    dataset.forget_to_come(as_of);
    let senders = Senders::new(&plan.form_codes(), &plan.senders, &dataset, &plan.book);
    check::check(&mut dataset, &plan.checks, &senders, &plan.book, &accepted);
    match compute::compute(&mut dataset, &questions(plan, &senders, as_of)) {
        Ok((summary, ..)) => Ok(summary),
        Err(fault) => Err(vec![compute_failed(fault)]),
    }
}

/// What is asked for, looked up.
struct Wanted<'a> {
    plan: &'a Plan,
    of: Of<'a>,
    kind: Kind,
    areas: Vec<Id>,
}

#[derive(Clone, Copy)]
enum Of<'a> {
    Indicator(&'a crate::model::Indicator),
    Subject(&'a str),
}

impl<'a> Wanted<'a> {
    fn new(plan: &'a Plan, order: &ChartOrder) -> Result<Self, Vec<Finding>> {
        let is_subject = order.kind.is_some_and(Kind::is_of_subject);
        let of = of(plan, &order.of, is_subject)?;
        let kind = order.kind.unwrap_or(match of {
            Of::Indicator(_) => Kind::Line,
            Of::Subject(_) => Kind::Bullet,
        });
        let areas = order.areas.iter().map(|name| named::area(plan, name).map(|area| area.code.clone()));
        let areas = areas.collect::<Result<_, _>>()?;
        let wanted = Wanted { plan, of, kind, areas };
        if matches!(of, Of::Subject(_)) == kind.is_of_subject() { Ok(wanted) } else { Err(vec![wanted.of_the_other()]) }
    }

    fn drawn(&self, chapter: &chart::Chapter) -> Vec<Figure> {
        match self.of {
            Of::Indicator(indicator) => chart::of_indicator(chapter, indicator, self.kind, &self.areas),
            Of::Subject(subject) => chart::of_subject(chapter, subject, self.kind, &self.areas).into_iter().collect(),
        }
    }

    fn name(&self) -> Text {
        match self.of {
            Of::Indicator(indicator) => indicator.name.clone(),
            Of::Subject(id) => {
                let subject = self.plan.subjects.iter().find(|subject| subject.id == id);
                subject.map_or_else(|| Text::same(id), |subject| subject.name.clone())
            }
        }
    }

    /// There is not enough for such a chart.
    fn nothing(&self) -> Finding {
        let (name, kind, needs) = (self.name(), self.kind.name(), self.kind.needs());
        let message = Text::new(
            format!("“{}”画不出{}：需要{}", name.zh, kind.zh, needs.zh),
            format!("no {} of `{}`: it takes {}", kind.en.to_lowercase(), name.en, needs.en),
        );
        Finding::new(Code::ChartEmpty, message).read(self.kind.word()).expected(needs)
    }

    /// A kind that is of subjects, asked of an indicator, or the other way round.
    fn of_the_other(&self) -> Finding {
        let name = self.name();
        let fitting = Kind::ALL.into_iter().filter(|kind| kind.is_of_subject() != self.kind.is_of_subject());
        let fitting: Vec<&str> = fitting.map(Kind::word).collect();
        let kind = self.kind.word();
        let message =
            Text::new(format!("“{}”没有 {kind} 图", name.zh), format!("there is no chart of kind {kind} of `{}`", name.en));
        let expected = Text::new(fitting.join("、"), fitting.join(", "));
        Finding::new(Code::ChartEmpty, message).read(kind).expected(expected)
    }
}

/// An indicator before a subject, unless the kind is one of subjects; ids before names.
fn of<'a>(plan: &'a Plan, name: &str, is_subject: bool) -> Result<Of<'a>, Vec<Finding>> {
    let named = |text: &Text| text.zh == name || text.en.eq_ignore_ascii_case(name);
    let indicators = || plan.indicators.iter().filter(|indicator| chart::is_drawn(indicator));
    let indicator = indicators().find(|one| one.id.as_ref() == name).or_else(|| indicators().find(|one| named(&one.name)));
    let subject = plan.subjects.iter().find(|one| one.id == name).or_else(|| plan.subjects.iter().find(|one| named(&one.name)));
    let found = match (indicator.map(Of::Indicator), subject.map(|subject| Of::Subject(&subject.id))) {
        (Some(_), Some(subject)) if is_subject => Some(subject),
        (indicator, subject) => indicator.or(subject),
    };
    let known = || {
        let of_indicators = indicators().map(|one| (one.id.as_ref(), &one.name, ()));
        of_indicators.chain(plan.subjects.iter().map(|one| (one.id.as_str(), &one.name, ())))
    };
    found.ok_or_else(|| named::find(name, known(), &Text::new("指标或专题", "indicator or subject")).err().unwrap_or_default())
}

/// Two files each: to be changed, and to be set into a report.
fn written(figures: &[Figure], into: &Path) -> Result<Vec<PathBuf>, Vec<Finding>> {
    let mut files = Vec::new();
    for figure in figures {
        let page = page(figure);
        let picture = svg(figure, &page);
        let dots = png(&page).map_err(|fault| {
            let message =
                Text::new(format!("{} 无法绘制：{fault}", figure.id), format!("{} cannot be drawn: {fault}", figure.id));
            vec![Finding::new(Code::ChartEmpty, message).severity(Severity::Error)]
        })?;
        files.push((format!("{}.svg", figure.id), picture.svg.into_bytes()));
        files.push((format!("{}.png", figure.id), dots));
    }
    write_files(into, &files)?;
    Ok(files.into_iter().map(|(name, _)| into.join(name)).collect())
}
