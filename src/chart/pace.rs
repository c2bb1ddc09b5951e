//! The course of a year's flow against its profile: what has come by each day, and what was asked for by then.

use jiff::civil::{Date, date};

use super::{
    incomplete::lacks,
    phrase,
    subject::{Draft, Subject},
};
use crate::model::{
    Aim, Course, Figure, Key, Kind, Mark, Marks, OverYear, Pacing, Period, Profile, Progress, Table, Target, Verdict,
};

/// A flow of a year that is asked for, with how it came.
pub struct Run<'a> {
    target: &'a Target,
    progress: &'a Progress,
    course: &'a Course,
    profile: Option<&'a Profile>,
    level: f64,
    year: i16,
}

/// Is a flow of the area asked for in a year that is not over?
pub fn is_running(subject: &Subject) -> bool {
    let as_of = subject.chapter.as_of;
    flows(subject).any(|(_, row)| (row.period.first_day()..row.period.last_day()).contains(&as_of))
}

/// The flow of the latest year that is asked for and of which the days are known.
pub fn course<'a>(subject: &Subject<'a>) -> Option<Run<'a>> {
    let chapter = subject.chapter;
    flows(subject).find_map(|(target, progress)| {
        let Aim::Flow { profile, .. } = &target.taken().aim else { return None };
        let year = progress.period.year();
        let is_it =
            |course: &&Course| course.indicator == subject.indicator.id && course.area == progress.area && course.year == year;
        let course = chapter.summary.courses.iter().find(is_it)?;
        let profile = chapter.profiles.iter().find(|known| known.id == *profile);
        Some(Run { target, progress, course, profile, level: progress.target_value?, year })
    })
}

fn flows<'s, 'a>(subject: &'s Subject<'a>) -> impl Iterator<Item = (&'a Target, &'a Progress)> + 's {
    let place = subject.place();
    let is_flow = |target: &Target| matches!(target.taken().aim, Aim::Flow { .. });
    subject.progress.iter().copied().filter(move |(target, row)| is_flow(target) && Some(row.area.as_ref()) == place)
}

pub fn in_year(subject: &Subject) -> Option<Figure> {
    let run = course(subject)?;
    let chapter = subject.chapter;
    let last = run.course.reached.last()?.1;
    let area = subject.area(&run.progress.area);
    let year = Period::Year(run.year);
    let end = chapter.as_of.min(year.last_day());
    let asked = run.profile.map_or(run.level, |profile| profile.share(run.year, end) * run.level);
    let (name, unit) = (subject.name(), subject.unit());
    let profile = run.profile.map(|profile| subject.words(&profile.name).to_string()).unwrap_or_default();
    let subtitle = subject.say(
        format!("{name}{unit}，{area}，{}年内累计，虚线为年度进度要求（{profile}）", run.year),
        format!("{name}{unit}, {area}, cumulated over {}; dashed: what the year's profile asks for ({profile})", run.year),
    );
    let decimals = phrase::decimals(subject.indicator, run.target, run.progress);
    let level = subject.level(run.target, run.progress, decimals)?;
    let now = subject.amount(last, decimals);
    let short = |value: f64| phrase::short(subject.indicator, value, decimals);
    let pacing = Pacing {
        reached: reached(subject, &run, end),
        reached_label: subject.say(format!("已达到 {}", short(last)), format!("reached {}", short(last))),
        profile: corners(&run),
        target: level,
        today: (end < year.last_day()).then(|| (since(run.year, end), end.to_string())),
        months: months(subject, run.year),
        days: since(run.year, year.last_day()),
    };
    let rows = run.course.reached.iter().map(|(day, value)| {
        let asked = run.profile.map_or(run.level, |profile| profile.share(run.year, *day) * run.level);
        vec![day.to_string(), short(*value), short(asked)]
    });
    // That the year is not over is what this chart is about.
    let of_year = subject.total(&run.progress.area, year).filter(|row| lacks(row));
    let incomplete = subject.incomplete(Default::default(), of_year.map(|row| (year.in_language(subject.language()), row)));
    let columns = [("日期", "Day"), ("累计", "Cumulated"), ("进度要求", "Asked for")];
    let draft = Draft {
        title: title(subject, &run, end, &now, &short(asked)),
        subtitle,
        told: subject.say(
            format!("截至{end}累计{now}，进度要求{}，全年目标{}。", short(asked), short(run.level)),
            format!("{now} by {end}, asked for {}, target of the year {}.", short(asked), short(run.level)),
        ),
        key: vec![
            Key { mark: Mark::Reached, words: subject.say("累计达到".into(), "reached".into()) },
            Key { mark: Mark::Profile, words: subject.say("年度进度要求".into(), "asked for by the profile".into()) },
        ],
        notes: incomplete.into_iter().chain([subject.about(run.target, run.progress)]).chain(subject.definition()).collect(),
        table: Table { columns: columns.map(|(zh, en)| subject.say(zh.into(), en.into())).into(), rows: rows.collect() },
        marks: Marks::Pace(pacing),
    };
    Some(subject.figure(Kind::Pace, draft))
}

fn title(subject: &Subject, run: &Run, end: Date, now: &str, asked: &str) -> String {
    let whose = if subject.asked.is_empty() { String::new() } else { subject.area(&run.progress.area) };
    let space = if whose.is_empty() { "" } else { ", " };
    let name = subject.name();
    let verdict = subject.verdict(run.target, run.progress);
    if matches!(run.progress.verdict, Verdict::OnPace | Verdict::Behind) {
        return subject.say(
            format!("{whose}{name}截至{end}达到{now}，进度要求{asked}{verdict}"),
            format!("{whose}{space}{name}: {now} by {end}, the profile asks for {asked}{verdict}"),
        );
    }
    let year = run.year;
    subject.say(format!("{whose}{name}{year}年达到{now}{verdict}"), format!("{whose}{space}{name}: {now} in {year}{verdict}"))
}

/// What has come as corners of a line: it stays until more comes; between reports nobody knows when it came.
fn reached(subject: &Subject, run: &Run, end: Date) -> Vec<(f64, f64)> {
    let known: Vec<(f64, f64)> = run.course.reached.iter().map(|(day, value)| (since(run.year, *day), *value)).collect();
    match subject.indicator.over_year {
        Some(OverYear::Last) => known,
        Some(OverYear::Sum) => std::iter::once((0.0, 0.0)).chain(known).collect(),
        None => stepped(&known, since(run.year, end)),
    }
}

/// From nothing on the first day to the last one.
fn stepped(known: &[(f64, f64)], end: f64) -> Vec<(f64, f64)> {
    let mut steps = vec![(0.0, 0.0)];
    for &(day, value) in known {
        let before = steps.last().map_or(0.0, |(_, before)| *before);
        steps.extend([(day, before), (day, value)]);
    }
    let last = steps.last().map_or(0.0, |(_, last)| *last);
    steps.push((end, last));
    steps
}

/// The profile as corners of a line, from nothing to the level.
fn corners(run: &Run) -> Vec<(f64, f64)> {
    let knots = run.profile.iter().flat_map(|profile| &profile.knots);
    let inside = knots.filter_map(|knot| Some((since(run.year, knot.in_year(run.year)?), knot.share * run.level)));
    let end = (since(run.year, date(run.year, 12, 31)), run.level);
    std::iter::once((0.0, 0.0)).chain(inside).chain([end]).collect()
}

/// Days since the last one of the year before.
fn since(year: i16, day: Date) -> f64 {
    date(year, 1, 1).until(day).map_or(0.0, |span| f64::from(span.get_days() + 1))
}

/// Where each month begins, and how it is called.
fn months(subject: &Subject, year: i16) -> Vec<(f64, String)> {
    const SHORT: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = |(name, month): (&str, i8)| {
        (since(year, date(year, month, 1)) - 1.0, subject.say(format!("{month}月"), name.to_string()))
    };
    SHORT.into_iter().zip(1..).map(month).collect()
}
