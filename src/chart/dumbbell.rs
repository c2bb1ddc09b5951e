//! Dumbbells by area: the period before and the latest, joined by a stroke; sorted by the latest value.

use super::{
    pairs::Moves,
    phrase,
    subject::{Draft, Subject},
};
use crate::model::{Figure, Key, Kind, Mark, Marks};

pub fn by_area(subject: &Subject) -> Option<Figure> {
    let moves = Moves::of(subject)?;
    let periods = [(moves.period.previous(), Mark::Before), (moves.period, Mark::After)];
    let ends = periods.map(|(period, mark)| Key { mark, words: period.in_language(subject.language()) });
    let key = ends.into_iter().chain(moves.key(subject)).collect();
    let draft = Draft {
        title: title(subject, &moves),
        subtitle: moves.subtitle(subject, ["按数值从高到低排列", "highest first"]),
        told: moves.told(subject),
        key,
        notes: subject.definition().into_iter().collect(),
        table: moves.table(subject),
        marks: Marks::Dumbbell(moves.pairs(subject)),
    };
    Some(subject.figure(Kind::Dumbbell, draft))
}

/// How many areas went which way.
fn title(subject: &Subject, moves: &Moves) -> String {
    let count = |is_so: fn(f64) -> bool| moves.districts().filter(|one| is_so(one.change.difference)).count();
    let (all, up, down) = (moves.districts().count(), count(|by| by > 0.0), count(|by| by < 0.0));
    let name = subject.titled();
    let when = moves.period.in_language(subject.language());
    let before = phrase::before(moves.period, subject.language());
    let [rose, fell] = if subject.is_ratio() { ["上升", "下降"] } else { ["增加", "减少"] };
    let same = all - up - down;
    let counts = phrase::ways(subject.chapter, all, &[(up, rose, "up"), (down, fell, "down"), (same, "持平", "the same")]);
    subject.say(format!("{name}{when}比{before}：{counts}"), format!("{name} in {when} against {before}: {counts}"))
}
