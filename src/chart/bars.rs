//! Bars by area for the latest period, sorted by value, with the whole among them where it can be compared.

use super::{Subject, phrase};
use crate::model::{
    AreaKind, Figure, IndicatorValue, Key, Kind, Level, Mark, Period, Point, Progress, Series, Table, Target, Verdict,
};

/// One area's bar, with what was judged of it.
struct Bar<'a> {
    kind: AreaKind,
    value: Option<f64>,
    judged: Option<(&'a Target, &'a Progress)>,
    point: Point,
}

pub fn by_area(subject: &Subject) -> Option<Figure> {
    let period = subject.latest()?;
    let mut bars = bars(subject, period);
    if bars.iter().filter(|bar| bar.kind != AreaKind::Whole && bar.value.is_some()).count() < 2 {
        return None;
    }
    let level = common_level(subject, &mut bars, period);
    // Highest first; equal values and missing ones keep the conventional order.
    bars.sort_by(|a, b| match (a.value, b.value) {
        (Some(a), Some(b)) => b.total_cmp(&a),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });

    let name = subject.name();
    let unit = words_of_unit(subject);
    let when = phrase::period(period, subject.language());
    let whole = subject.whole().map(|code| subject.area(code)).unwrap_or_default();
    let subtitle = subject.say(
        format!("{name}{unit}，{whole}各{}，{when}，按数值从高到低排列", counted(subject)),
        format!("{name}{unit}, areas of {whole}, {when}, highest first"),
    );
    let own_levels = bars.iter().any(|bar| bar.point.target.is_some());
    let told = |bar: &Bar| {
        let verdict = bar.point.verdict.map(|verdict| subject.words(&verdict.name()).to_string()).unwrap_or_default();
        let verdict = if verdict.is_empty() { verdict } else { subject.say(format!("（{verdict}）"), format!(" ({verdict})")) };
        format!("{} {}{verdict}", bar.point.label, bar.point.shown)
    };
    let told: Vec<String> = bars.iter().map(told).collect();
    let alt =
        subject.say(format!("条形图：{subtitle}。{}。", told.join("，")), format!("Bar chart: {subtitle}. {}.", told.join(", ")));
    let mut notes: Vec<String> = Vec::new();
    if let Some((target, progress)) = bars.iter().find_map(|bar| bar.judged) {
        notes.push(subject.about(target, progress));
    } else if let Some(level) = &level {
        notes.extend(
            whole_judged(subject, period)
                .filter(|(_, row)| row.target_value == Some(level.value))
                .map(|(target, row)| subject.about(target, row)),
        );
    }
    notes.extend(subject.definition());

    Some(Figure {
        id: format!("{}-bars", subject.indicator.id),
        kind: Kind::Bars,
        language: subject.language(),
        title: title(subject, &bars, &when),
        subtitle,
        unit: subject.words(&subject.indicator.unit).to_string(),
        target: level,
        key: key(subject, &bars, own_levels),
        notes,
        source: subject.source(),
        sample: subject.sample(),
        alt,
        table: table(subject, &bars, &unit),
        series: vec![Series { name: name.to_string(), points: bars.into_iter().map(|bar| bar.point).collect() }],
    })
}

fn words_of_unit(subject: &Subject) -> String {
    let unit = subject.words(&subject.indicator.unit);
    if unit.is_empty() { String::new() } else { subject.say(format!("（{unit}）"), format!(" ({unit})")) }
}

/// Districts always, so that a missing one is seen; the rows beside them when they have a value; the whole for ratios.
fn bars<'a>(subject: &Subject<'a>, period: Period) -> Vec<Bar<'a>> {
    let mut bars = Vec::new();
    for area in subject.chapter.areas.iter() {
        let row: Option<&IndicatorValue> = subject.chapter.summary.total(&subject.indicator.id, &area.code, period);
        let value = row.and_then(|row| row.value);
        let wanted = match area.kind {
            AreaKind::District => true,
            AreaKind::Other => value.is_some(),
            AreaKind::Whole => value.is_some() && subject.is_ratio(),
        };
        if !wanted {
            continue;
        }
        let judged = subject.progress.iter().find(|(_, row)| row.area == area.code && row.period == period).copied();
        let judged = judged.filter(|(target, _)| target.every_area);
        let point = Point {
            label: subject.words(&area.name).to_string(),
            value,
            shown: value.map_or_else(|| subject.nothing(), |value| subject.short(value)),
            emphasis: area.kind == AreaKind::Whole,
            verdict: judged.map(|(_, row)| row.verdict),
            target: judged.and_then(|(_, row)| row.target_value),
        };
        bars.push(Bar { kind: area.kind, value, judged, point });
    }
    bars
}

fn whole_judged<'s, 'a>(subject: &'s Subject<'a>, period: Period) -> impl Iterator<Item = (&'a Target, &'a Progress)> + 's {
    let whole = subject.whole();
    subject.progress.iter().copied().filter(move |(_, row)| Some(row.area.as_ref()) == whole && row.period == period)
}

/// One line for all when every area has to reach the same level, or when only the whole has a level and bars can be
/// compared with it.
fn common_level(subject: &Subject, bars: &mut [Bar], period: Period) -> Option<Level> {
    let mut levels = bars.iter().filter_map(|bar| bar.judged.and_then(|(target, row)| Some((target, row, row.target_value?))));
    if let Some((target, progress, value)) = levels.next() {
        if levels.any(|(_, _, other)| other != value) {
            return None;
        }
        let level = subject.level(target, progress);
        for bar in bars {
            bar.point.target = None;
        }
        return level;
    }
    if !subject.is_ratio() {
        return None;
    }
    let (target, progress) = whole_judged(subject, period).find(|(_, row)| row.target_value.is_some())?;
    let mut level = subject.level(target, progress)?;
    let whole = subject.area(&progress.area);
    level.label = subject.say(format!("{whole}{}", level.label), format!("{whole}: {}", level.label));
    Some(level)
}

/// How the parts are counted: 区 where every district is called so.
fn counted(subject: &Subject) -> &'static str {
    let mut districts = subject.parts().filter(|area| area.kind == AreaKind::District);
    if districts.all(|area| area.name.zh.ends_with('区')) { "区" } else { "地区" }
}

fn title(subject: &Subject, bars: &[Bar], when: &str) -> String {
    let name = subject.name();
    let parts: Vec<&Bar> = bars.iter().filter(|bar| bar.kind == AreaKind::District && bar.value.is_some()).collect();
    let verdicts = || bars.iter().filter(|bar| bar.kind == AreaKind::District).filter_map(|bar| bar.point.verdict);
    let judged = verdicts().count();
    if judged > 0 {
        let met = verdicts().filter(|verdict| *verdict == Verdict::Met).count();
        let counted = counted(subject);
        let (unclear_zh, unclear_en) = match verdicts().filter(|verdict| *verdict == Verdict::CannotTell).count() {
            0 => Default::default(),
            unclear => (format!("，{unclear}个无法判断"), format!("; cannot tell for {unclear}")),
        };
        return subject.say(
            format!("{name}{when}：{judged}个{counted}中{met}个达到目标{unclear_zh}"),
            format!("{name} in {when}: {met} of {judged} areas met the target{unclear_en}"),
        );
    }
    let (Some(highest), Some(lowest)) = (parts.first(), parts.last()) else {
        return subject.say(format!("{name}{when}"), format!("{name} in {when}"));
    };
    let (high, low) = (&highest.point, &lowest.point);
    if high.shown == low.shown {
        return subject
            .say(format!("{name}{when}：各地区均为{}", high.shown), format!("{name} in {when}: {} in every area", high.shown));
    }
    subject.say(
        format!("{name}{when}：{}最高（{}），{}最低（{}）", high.label, high.shown, low.label, low.shown),
        format!("{name} in {when}: highest in {} ({}), lowest in {} ({})", high.label, high.shown, low.label, low.shown),
    )
}

fn key(subject: &Subject, bars: &[Bar], own_levels: bool) -> Vec<Key> {
    let shown = Verdict::ALL
        .into_iter()
        .filter(|verdict| bars.iter().any(|bar| bar.value.is_some() && bar.point.verdict == Some(*verdict)));
    let mut key: Vec<Key> =
        shown.map(|verdict| Key { mark: Mark::Verdict(verdict), words: subject.words(&verdict.name()).to_string() }).collect();
    if own_levels {
        let words = subject.say("各自的目标值".into(), "each area's own target".into());
        key.push(Key { mark: Mark::Target, words });
    }
    key
}

fn table(subject: &Subject, bars: &[Bar], unit: &str) -> Table {
    let mut columns = vec![subject.say("地区".into(), "Area".into()), format!("{}{unit}", subject.name())];
    let judged = bars.iter().any(|bar| bar.judged.is_some());
    if judged {
        columns.push(subject.say("目标值".into(), "Target".into()));
        columns.push(subject.say("结论".into(), "Verdict".into()));
    }
    let row = |bar: &Bar| {
        let mut row = vec![bar.point.label.clone(), bar.point.shown.clone()];
        if judged {
            let level = bar.judged.and_then(|(_, row)| row.target_value);
            row.push(level.map(|value| subject.short(value)).unwrap_or_default());
            row.push(bar.judged.map(|(_, row)| subject.words(&row.verdict.name()).to_string()).unwrap_or_default());
        }
        row
    };
    Table { columns, rows: bars.iter().map(row).collect() }
}
