//! Bullets: the targets of a subject for one area, each on its own scale: how far it has come, and where it was to come.

use super::{
    phrase::{decimals, goal, is_short, short},
    subject::Draft,
    topic::Topic,
};
use crate::model::{Bullet, Figure, Key, Kind, Mark, Marks, Table, Verdict};

pub fn of_targets(topic: &Topic) -> Option<Figure> {
    let place = topic.place()?;
    let chapter = topic.chapter;
    let (mut bullets, mut shown) = (Vec::new(), Vec::new());
    for &(target, indicator) in &topic.targets {
        let Some(row) = topic.progress(target, &place.code) else { continue };
        let (Some(value), Some(level)) = (row.value, row.target_value) else { continue };
        let unit = chapter.words(&indicator.unit);
        let unit = if unit.is_empty() || unit == "%" { String::new() } else { chapter.say(unit.to_string(), format!(" {unit}")) };
        let decimals = decimals(indicator, target, row);
        shown.push((target, indicator));
        bullets.push(Bullet {
            label: chapter.words(&target.name).to_string(),
            value,
            shown: format!("{}{unit}", short(indicator, value, decimals)),
            target: level,
            target_shown: goal(indicator, &target.taken().aim, level, decimals),
            verdict: row.verdict,
            words: chapter.words(&row.verdict.name()).to_string(),
            expected: row.pace.map(|pace| pace.expected * level),
        });
    }
    if bullets.len() < 2 {
        return None;
    }
    let met = bullets.iter().filter(|bullet| bullet.verdict.is_reached()).count();
    let (all, name, area) = (bullets.len(), topic.name, chapter.words(&place.name));
    let short = bullets.iter().filter(|bullet| is_short(bullet.verdict)).count();
    let title = match (met, short) {
        (met, _) if met == all => {
            chapter.say(format!("{name}：{area}{all}项目标全部达成"), format!("{name}: all {all} targets of {area} met"))
        }
        (_, short) if short == all => {
            chapter.say(format!("{name}：{area}{all}项目标均未达成"), format!("{name}: none of {all} targets of {area} met"))
        }
        _ => chapter
            .say(format!("{name}：{area}{all}项目标中{met}项达成"), format!("{name}: {met} of {all} targets of {area} met")),
    };
    let as_of = topic.as_of();
    let subtitle = chapter.say(
        format!("{name}各项目标的实际值与目标值，{area}，各行刻度不同，{as_of}"),
        format!("Value and level to be reached of each target, {area}, each row on its own scale, {as_of}"),
    );
    let told: Vec<String> =
        bullets.iter().map(|one| format!("{} {} / {} {}", one.label, one.shown, one.target_shown, one.words)).collect();
    let is_shown = |verdict: &Verdict| bullets.iter().any(|bullet| bullet.verdict == *verdict);
    let mark = |verdict: Verdict| Key { mark: Mark::Verdict(verdict), words: chapter.words(&verdict.name()).to_string() };
    let mut key: Vec<Key> = Verdict::ALL.into_iter().filter(is_shown).map(mark).collect();
    key.push(Key { mark: Mark::Target, words: chapter.say("目标值".into(), "level to be reached".into()) });
    if bullets.iter().any(|bullet| bullet.expected.is_some()) {
        key.push(Key { mark: Mark::Expected, words: chapter.say("按进度应达到".into(), "asked for by now".into()) });
    }
    let columns = [("目标", "Target"), ("实际值", "Value"), ("目标值", "Level"), ("结论", "Verdict")];
    let rows = bullets.iter().map(|one| vec![one.label.clone(), one.shown.clone(), one.target_shown.clone(), one.words.clone()]);
    let draft = Draft {
        title,
        subtitle,
        told: chapter.say(format!("{}。", told.join("；")), format!("{}.", told.join("; "))),
        key,
        notes: topic.incomplete(place, &shown).into_iter().collect(),
        table: Table { columns: columns.map(|(zh, en)| chapter.say(zh.into(), en.into())).into(), rows: rows.collect() },
        marks: Marks::Bullet(bullets),
    };
    Some(topic.figure(Kind::Bullet, draft))
}
