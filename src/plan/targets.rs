//! Targets with their indicators, profiles and baselines looked up, and what else they are judged by: ledger and task sheet.

use super::{
    names::{self, contradiction, in_order},
    reported::Reported,
};
use crate::{
    compute::{LedgerColumns, TaskSheet},
    diag::{Finding, TomlPlace},
    model::{Aim, Amount, Baseline, Codebook, Formula, Id, Indicator, Knot, MeasureKind, Period, Profile, Reading, Target},
    spec::{Parsed, Spanned, Spec, TargetSpec, TargetsFile},
};

/// What targets may name.
pub struct Known<'a> {
    pub indicators: &'a [Indicator],
    pub profiles: &'a [Profile],
    pub reported: &'a [Reported],
}

pub fn targets(spec: &Spec, known: &Known, findings: &mut Vec<Finding>) -> Vec<Target> {
    let entries = in_order(&spec.targets, |content| &content.targets);
    names::refuse_twice(&entries, &names::TARGET, findings);
    let targets = entries.into_iter().filter_map(|(file, id, entry)| {
        let place = file.place(entry);
        let id = names::define(&place, id, findings);
        target(file, id, &place, entry.as_ref(), known, findings)
    });
    targets.collect()
}

fn target(
    file: &Parsed<TargetsFile>,
    id: Id,
    place: &TomlPlace,
    entry: &TargetSpec,
    known: &Known,
    findings: &mut Vec<Finding>,
) -> Option<Target> {
    let period = match entry.period.as_ref().parse() {
        Ok(period) => period,
        Err(fault) => {
            findings.push(contradiction(&file.place(&entry.period), format!("时期写法不对（{fault}）"), fault));
            return None;
        }
    };
    let mut look_up = |name: &Option<Spanned<String>>| -> Option<Id> {
        let known = known.indicators.iter().map(|indicator| &indicator.id);
        name.as_ref().and_then(|name| names::find(file, name, &names::INDICATOR, known, findings))
    };
    let indicator = look_up(&entry.indicator);
    let mut readings = vec![Reading { words: entry.reading.clone(), indicator: indicator.clone(), aim: entry.aim.clone() }];
    for other in &entry.alternatives {
        let own = look_up(&other.indicator).or_else(|| indicator.clone());
        readings.push(Reading { words: other.reading.clone(), indicator: own, aim: other.aim.clone() });
    }
    for reading in &readings {
        check_reading(&id, place, reading, entry.indicator.is_some(), known, findings);
    }
    // Knots are days of a calendar year: a school year or a term has no profile to be judged by.
    let has_flow = readings.iter().any(|reading| matches!(reading.aim, Aim::Flow { .. }));
    if has_flow && !matches!(period, Period::Year(_)) {
        findings.push(contradiction(
            &file.place(&entry.period),
            format!("目标 {id} 的 aim.flow 按自然年的进度曲线判断，period 不能是{}；请写 2023 这样的年份，或改用 aim.at-least", period.in_chinese()),
            format!(
                "the target {id} aims at a flow, which is judged by the profile of a calendar year, and not of {}; give a year such as 2023, or aim.at-least instead",
                period.in_english()
            ),
        ));
    }
    let baseline = entry.baseline.as_ref().and_then(|name| baseline(file, name, known, findings));
    Some(Target {
        id,
        name: entry.name.clone(),
        period,
        readings,
        citation: entry.citation.clone(),
        aspiration: entry.aspiration,
        every_area: !entry.whole_only,
        unit: entry.unit.clone(),
        answers: entry.answers,
        baseline,
        note: entry.note.clone(),
    })
}

fn check_reading(id: &Id, place: &TomlPlace, reading: &Reading, named: bool, known: &Known, findings: &mut Vec<Finding>) {
    if reading.aim.needs_indicator() && reading.indicator.is_none() && !named {
        findings.push(contradiction(
            place,
            format!("目标 {id} 需要 indicator"),
            format!("the target {id} needs an indicator to be judged by"),
        ));
    }
    let of = |id: &Id| known.indicators.iter().find(|indicator| indicator.id == *id);
    let formula = reading.indicator.as_ref().and_then(of).map(|indicator| &indicator.formula);
    if reading.aim == Aim::All && formula.is_some_and(|formula| !matches!(formula, Formula::Ratio { .. })) {
        findings.push(contradiction(
            place,
            format!("目标 {id} 的 aim = \"all\" 需要一个比率指标（比较个数）"),
            format!("the target {id} aims at all units and needs a ratio indicator, whose counts are compared"),
        ));
    }
    if let Some((zh, en)) = cannot_be(&reading.aim) {
        findings.push(contradiction(place, format!("目标 {id} 的 {zh}"), format!("the target {id} {en}")));
    }
    if let Aim::Flow { profile, .. } = &reading.aim
        && !known.profiles.iter().any(|known| known.id == *profile)
    {
        let all: Vec<&Id> = known.profiles.iter().map(|profile| &profile.id).collect();
        findings.push(names::unknown(place, profile, &names::PROFILE, &all));
    }
}

/// Numbers of an aim by which nothing could ever be judged as it was meant.
fn cannot_be(aim: &Aim) -> Option<(&'static str, &'static str)> {
    match aim {
        Aim::Between { from, to } if from > to => {
            Some(("aim.between 的 from 大于 to，请对调", "aims between two levels of which `from` is above `to`; exchange them"))
        }
        Aim::About { band, .. } if *band < 0.0 => {
            Some(("aim.about 的 band 是负数，请写成正数", "has a negative `band`; write how far off it may be, above 0"))
        }
        Aim::FallsBy(Amount::Points(by) | Amount::PerCent(by)) | Aim::RisesBy(Amount::Points(by) | Amount::PerCent(by))
            if *by < 0.0 =>
        {
            Some((
                "升降幅度是负数：请写正数，下降用 aim.falls-by，上升用 aim.rises-by",
                "has a negative step; write it above 0, with aim.falls-by for down and aim.rises-by for up",
            ))
        }
        _ => None,
    }
}

/// A reported figure that has a value for a period.
fn baseline(file: &Parsed<TargetsFile>, name: &Spanned<String>, known: &Known, findings: &mut Vec<Finding>) -> Option<Baseline> {
    let id = names::find(file, name, &names::REPORTED, known.reported.iter().map(|figure| &figure.id), findings)?;
    let figure = known.reported.iter().find(|figure| figure.id == id)?;
    match (figure.value, figure.period.parse()) {
        (Some(value), Ok(period)) => Some(Baseline { id, name: figure.name.clone(), value, period }),
        _ => {
            findings.push(contradiction(
                &file.place(name),
                format!("报告数字 {id} 没有数值或没有确定的时期，不能作基数"),
                format!("the reported figure {id} has no value or no single period, and is no baseline"),
            ));
            None
        }
    }
}

pub fn profiles(spec: &Spec, findings: &mut Vec<Finding>) -> Vec<Profile> {
    let file = &spec.pipeline;
    let mut profiles = Vec::new();
    for (id, entry) in &file.content.profiles {
        let place = file.place(entry);
        let id = names::define(&place, id, findings);
        let knots = entry.as_ref().knots.clone();
        let day = |knot: &Knot| (knot.month, knot.day, knot.share);
        let is_day = |knot: &Knot| knot.in_year(2023).is_some() && (0.0..=1.0).contains(&knot.share);
        let rises = knots.windows(2).all(|pair| {
            let ((m0, d0, s0), (m1, d1, s1)) = (day(&pair[0]), day(&pair[1]));
            (m0, d0) < (m1, d1) && s0 <= s1
        });
        if !rises || !knots.iter().all(is_day) {
            findings.push(contradiction(
                &place,
                format!("进度曲线 {id} 的日期和占比应依次增大，占比在 0 到 1 之间"),
                format!("days and shares of the profile {id} must rise, and shares lie between 0 and 1"),
            ));
        }
        profiles.push(Profile { id, name: entry.as_ref().name.clone(), knots });
    }
    profiles
}

/// The measures of the ledger, each of the kind its part needs.
pub fn ledger(spec: &Spec, book: &Codebook, findings: &mut Vec<Finding>) -> Option<LedgerColumns> {
    let columns = spec.pipeline.content.ledger.as_ref()?;
    let mut of_kind = |name: &Spanned<String>, kind: MeasureKind| {
        let known = book.measures.iter().filter(|measure| measure.kind == kind).map(|measure| &measure.id);
        names::find(&spec.pipeline, name, &names::MEASURE, known, findings)
    };
    let (started, planned, completed) = (
        of_kind(&columns.started, MeasureKind::Day),
        of_kind(&columns.planned, MeasureKind::Day),
        of_kind(&columns.completed, MeasureKind::Day),
    );
    let (document, evidence, office) = (
        of_kind(&columns.document, MeasureKind::Words),
        of_kind(&columns.evidence, MeasureKind::Words),
        of_kind(&columns.office, MeasureKind::Words),
    );
    Some(LedgerColumns {
        target: dimension(spec, &columns.target, book, findings)?,
        started: started?,
        planned: planned?,
        completed: completed?,
        document: document?,
        evidence: evidence?,
        office: office?,
    })
}

pub fn task_sheet(spec: &Spec, book: &Codebook, findings: &mut Vec<Finding>) -> Option<TaskSheet> {
    let sheet = spec.pipeline.content.task_sheet.as_ref()?;
    let known = book.measures.iter().filter(|measure| measure.is_additive()).map(|measure| &measure.id);
    let share = names::find(&spec.pipeline, &sheet.share, &names::MEASURE, known, findings)?;
    Some(TaskSheet { target: dimension(spec, &sheet.target, book, findings)?, share })
}

fn dimension(spec: &Spec, name: &Spanned<String>, book: &Codebook, findings: &mut Vec<Finding>) -> Option<Id> {
    let known = book.dimensions.iter().map(|dimension| &dimension.id);
    names::find(&spec.pipeline, name, &names::DIMENSION, known, findings)
}
