//! A waterfall: what led from the whole's value of the period before to its latest, part by part. A total changes by the sum of what
//! its areas change by; a ratio by what its parts do, and by who the whole is made up of.

use super::subject::{Draft, Subject};
use crate::model::{
    AreaKind, Change, Contribution, Decomposition, Figure, IndicatorValue, Key, Kind, Mark, Marks, Period, Step, Table,
    are_equal, number::signed,
};

/// Parts that are drawn by themselves; what is left is one step.
const MOST: usize = 14;

/// What one part adds.
struct Part {
    name: String,
    by: f64,
}

/// A change of the whole and everything that it is made of.
struct Taken {
    period: Period,
    change: Change,
    value: f64,
    parts: Vec<Part>,
}

pub fn of_change(subject: &Subject) -> Option<Figure> {
    let taken = if subject.is_ratio() { by_parts(subject)? } else { by_area(subject)? };
    let parts = &taken.parts;
    let (name, unit) = (subject.name(), subject.unit());
    let place = subject.area(subject.whole()?);
    let (before, now) = (taken.period.previous(), taken.period);
    let names = [before, now].map(|period| period.in_language(subject.language()));
    let total = |label: &str, value: f64| Step { label: label.to_string(), from: None, to: value, shown: subject.short(value) };
    let mut steps = vec![total(&names[0], taken.change.previous)];
    let mut at = taken.change.previous;
    for part in parts {
        steps.push(Step {
            label: part.name.clone(),
            from: Some(at),
            to: at + part.by,
            shown: signed(part.by, subject.indicator.decimals),
        });
        at += part.by;
    }
    steps.push(total(&names[1], taken.value));
    let span = subject.span(&[before, now]);
    let differs = subject.words(&subject.indicator.change_unit()).to_string();
    let told: Vec<String> =
        parts.iter().map(|part| format!("{} {}", part.name, signed(part.by, subject.indicator.decimals))).collect();
    let mut key = Vec::new();
    if parts.iter().any(|part| part.by > 0.0) {
        key.push(Key { mark: Mark::Adds, words: subject.say("增加".into(), "adds".into()) });
    }
    if parts.iter().any(|part| part.by < 0.0) {
        key.push(Key { mark: Mark::Takes, words: subject.say("减少".into(), "takes away".into()) });
    }
    let rows = steps.iter().map(|step| vec![step.label.clone(), step.shown.clone()]).collect();
    let columns = vec![
        subject.say("组成".into(), "Part".into()),
        subject.say(format!("数值或变化（{differs}）"), format!("Value or change ({differs})")),
    ];
    let draft = Draft {
        title: title(subject, &taken),
        subtitle: subject.say(
            format!("{name}{unit}，{place}，{span}，变化的组成，按大小排列"),
            format!("{name}{unit}, {place}, {span}, what the change is made of, largest first"),
        ),
        told: subject.say(
            format!("{} {}；{}；{} {}。", names[0], steps[0].shown, told.join("，"), names[1], subject.short(taken.value)),
            format!("{} {}; {}; {} {}.", names[0], steps[0].shown, told.join(", "), names[1], subject.short(taken.value)),
        ),
        key,
        notes: subject.is_ratio().then(|| composed(subject)).into_iter().chain(subject.definition()).collect(),
        table: Table { columns, rows },
        marks: Marks::Waterfall(steps),
    };
    Some(subject.figure(Kind::Waterfall, draft))
}

/// The latest value of the whole that can be compared with the one before.
fn latest<'a>(subject: &Subject<'a>) -> Option<(&'a IndicatorValue, Change, f64)> {
    let whole = subject.whole().filter(|_| subject.asked.is_empty())?;
    let totals = subject.of(whole, |breakdown| breakdown.is_empty());
    let row = totals.into_iter().filter(|row| row.change.is_some()).max_by_key(|row| row.period.chronological())?;
    Some((row, row.change?, row.value?))
}

/// The decomposition of a change; that by areas before those by members of breakdowns.
pub fn decomposition<'a>(subject: &Subject<'a>) -> Option<&'a Decomposition> {
    let (row, ..) = latest(subject)?;
    let is_it = |one: &&Decomposition| {
        one.indicator == row.indicator && one.area == row.area && one.period == row.period && one.with == row.period.previous()
    };
    subject.chapter.summary.decompositions.iter().filter(is_it).min_by_key(|one| one.by.len())
}

/// What each part does, after what the shares of the parts do together.
fn by_parts(subject: &Subject) -> Option<Taken> {
    let (row, change, value) = latest(subject)?;
    let taken = decomposition(subject)?;
    let name = |part: &Contribution| match &part.area {
        Some(area) => subject.area(area),
        None => {
            let members = part.breakdown.iter().map(|(dimension, code)| (subject.chapter.names)(dimension, code));
            let names: Vec<String> = members.map(|name| subject.words(&name).to_string()).collect();
            names.join(&subject.say("，".into(), ", ".into()))
        }
    };
    let within = taken.parts.iter().filter(|part| part.within != 0.0);
    let mut parts = largest(subject, within.map(|part| Part { name: name(part), by: part.within }).collect());
    let composition = Part { name: subject.say("结构变化".into(), "Composition".into()), by: taken.composition };
    parts.insert(0, composition);
    Some(Taken { period: row.period, change, value, parts })
}

/// A total's change by the changes of its areas; none where one of them is not known, or they do not add up.
fn by_area(subject: &Subject) -> Option<Taken> {
    let (row, change, value) = latest(subject)?;
    let mut parts = Vec::new();
    for area in subject.chapter.areas.iter().filter(|area| area.kind != AreaKind::Whole) {
        let at = |period| subject.total(&area.code, period).and_then(|row| row.value).unwrap_or(0.0);
        let by = at(row.period) - at(row.period.previous());
        if by != 0.0 {
            parts.push(Part { name: subject.words(&area.name).to_string(), by });
        }
    }
    let sum: f64 = parts.iter().map(|part| part.by).sum();
    let is_whole = are_equal(change.previous + sum, value);
    (parts.len() > 1 && is_whole).then(|| Taken { period: row.period, change, value, parts: largest(subject, parts) })
}

/// The largest first; many small ones become one.
fn largest(subject: &Subject, mut parts: Vec<Part>) -> Vec<Part> {
    parts.sort_by(|a, b| b.by.abs().total_cmp(&a.by.abs()));
    if parts.len() > MOST + 1 {
        let rest = parts.split_off(MOST);
        let (many, by) = (rest.len(), rest.iter().map(|part| part.by).sum());
        parts.push(Part { name: subject.say(format!("其余{many}个"), format!("{many} others")), by });
    }
    parts
}

fn composed(subject: &Subject) -> String {
    subject.say(
        "结构变化：各部分在全体中的占比变化带来的影响；其余各行：该部分自身变化按占比折算的影响。".into(),
        "Composition: what comes of the parts' shares of the whole; the other rows: each part's own change, weighted by its share.".into(),
    )
}

fn title(subject: &Subject, taken: &Taken) -> String {
    let when = taken.period.in_language(subject.language());
    let movement = subject.movement(&taken.change, taken.period, subject.indicator.decimals);
    let name = subject.name();
    // What goes the way of the whole explains it.
    let same_way = taken.parts.iter().filter(|part| (part.by > 0.0) == (taken.change.difference > 0.0));
    let most = same_way.reduce(|most, part| if part.by.abs() > most.by.abs() { part } else { most });
    let (more_zh, more_en) = most.filter(|_| taken.change.difference != 0.0).map_or_else(Default::default, |part| {
        let by = signed(part.by, subject.indicator.decimals);
        (format!("，其中{}影响最大（{by}）", part.name), format!("; most of it in {} ({by})", part.name))
    });
    subject.say(
        format!("{name}{when}{}{more_zh}", movement.trim_start_matches('，')),
        format!("{name} in {when}: {}{more_en}", movement.trim_start_matches(", ")),
    )
}
