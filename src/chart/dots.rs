//! Dots by area for the latest period with their intervals, on a scale that need not start at zero.

use super::{
    incomplete::HOLLOW,
    phrase,
    ranks::{Rank, Ranking},
    subject::{Draft, Subject},
};
use crate::model::{AreaKind, Figure, Key, Kind, Mark, Marks, Point, Ranks};

pub fn by_area(subject: &Subject) -> Option<Figure> {
    let mut ranking = Ranking::of(subject)?;
    // A row beside the districts is not one of them, and would push them together.
    ranking.ranks.retain(|rank| rank.kind != AreaKind::Other || subject.asked.contains(&rank.code));
    let has_intervals = ranking.ranks.iter().any(|rank| rank.point.interval.is_some());
    let mut table = ranking.table(subject);
    if has_intervals {
        table.columns.push(subject.say("区间下限".into(), "Lower bound".into()));
        table.columns.push(subject.say("区间上限".into(), "Upper bound".into()));
        for (row, rank) in table.rows.iter_mut().zip(&ranking.ranks) {
            let bounds = rank.point.interval.map(|interval| [interval.lower, interval.upper].map(|bound| subject.short(bound)));
            row.extend(bounds.unwrap_or_default());
        }
    }
    let draft = Draft {
        title: apart(subject, &ranking).unwrap_or_else(|| ranking.extremes(subject)),
        subtitle: ranking.subtitle(subject),
        told: ranking.told(subject),
        key: has_intervals.then(|| Key { mark: Mark::Whisker, words: subject.interval_words() }).into_iter().collect(),
        notes: ranking.notes(subject, HOLLOW),
        table,
        marks: {
            let target = ranking.level.clone();
            let plain = |point| Point { verdict: None, target: None, ..point };
            Marks::Dots(Ranks { points: ranking.points().into_iter().map(plain).collect(), target })
        },
    };
    Some(subject.figure(Kind::Dots, draft))
}

/// How many areas lie apart from the whole, beyond what their intervals leave open.
fn apart(subject: &Subject, ranking: &Ranking) -> Option<String> {
    let whole = ranking.ranks.iter().find(|rank| rank.kind == AreaKind::Whole)?;
    let level = whole.value?;
    let judged: Vec<&Rank> =
        ranking.ranks.iter().filter(|rank| rank.kind == AreaKind::District && rank.point.interval.is_some()).collect();
    if judged.len() < 2 {
        return None;
    }
    let count = |is_so: &dyn Fn(f64, f64) -> bool| {
        let bounds = judged.iter().filter_map(|rank| rank.point.interval);
        bounds.filter(|interval| is_so(interval.lower, interval.upper)).count()
    };
    let above = count(&|lower, _| lower > level);
    let below = count(&|_, upper| upper < level);
    let (name, when, all) = (subject.titled(), ranking.when(subject), judged.len());
    let (whole, counted) = (&whole.point.label, subject.chapter.counted());
    if above + below == 0 {
        return Some(subject.say(
            format!("{name}{when}：{all}个{counted}与{whole}均无明显差别"),
            format!("{name} in {when}: none of {all} areas clearly apart from {whole}"),
        ));
    }
    let ways = [
        (above, format!("明显高于{whole}"), format!("clearly above {whole}")),
        (below, format!("明显低于{whole}"), format!("clearly below {whole}")),
    ];
    let ways = ways.each_ref().map(|(count, zh, en)| (*count, zh.as_str(), en.as_str()));
    let counts = phrase::ways(subject.chapter, all, &ways);
    Some(subject.say(format!("{name}{when}：{counts}"), format!("{name} in {when}: {counts}")))
}
