//! Slopes by area: from the period before to the latest, each line named at both ends.

use super::{
    pairs::{Move, Moves},
    subject::{Draft, Subject},
};
use crate::model::{AreaKind, Figure, IndicatorValue, Key, Kind, Mark, Marks, are_equal};

pub fn by_area(subject: &Subject) -> Option<Figure> {
    let moves = Moves::of(subject)?;
    let mut key = moves.key(subject);
    if let Some(whole) = moves.moves.iter().find(|one| one.pair.emphasis) {
        key.push(Key { mark: Mark::Whole, words: whole.pair.label.clone() });
    }
    let draft = Draft {
        title: title(subject, &moves),
        subtitle: moves.subtitle(subject, ["左为前期，右为本期", "earlier left, latest right"]),
        told: moves.told(subject),
        key,
        notes: subject.definition().into_iter().collect(),
        table: moves.table(subject),
        marks: Marks::Slope(moves.pairs(subject)),
    };
    Some(subject.figure(Kind::Slope, draft))
}

/// Who moved most, and which way.
fn title(subject: &Subject, moves: &Moves) -> String {
    let name = subject.titled();
    let span = subject.span(&[moves.period.previous(), moves.period]);
    let by_difference = |a: &&Move, b: &&Move| a.change.difference.total_cmp(&b.change.difference);
    let most = moves.districts().max_by(by_difference).filter(|one| one.change.difference > 0.0);
    let least = moves.districts().min_by(by_difference).filter(|one| one.change.difference < 0.0);
    let [rose, fell] = if subject.is_ratio() { ["上升", "下降"] } else { ["增加", "减少"] };
    let said = |one: &Move, zh: &str, en: &str| {
        // Whoever shares a place with others is not named alone.
        let is_alike = |other: &&Move| are_equal(other.change.difference, one.change.difference);
        let first = moves.districts().find(is_alike).unwrap_or(one);
        let who = subject.chapter.and_more(&first.pair.label, moves.districts().filter(is_alike).count());
        let by = subject.difference(&one.change, subject.indicator.decimals);
        subject.say(format!("{who}{zh}最多（{by}）"), format!("{en} most in {who} ({by})"))
    };
    let said: Vec<String> =
        most.map(|one| said(one, rose, "up")).into_iter().chain(least.map(|one| said(one, fell, "down"))).collect();
    if said.is_empty() {
        return subject.say(
            format!("{name}{span}：各{}均持平", subject.chapter.counted()),
            format!("{name}, {span}: the same in every area"),
        );
    }
    let chapter = subject.chapter;
    let is_district = |row: &IndicatorValue| chapter.areas.get(&row.area).is_some_and(|area| area.kind == AreaKind::District);
    let is_of_span = |row: &IndicatorValue| [moves.period.previous(), moves.period].contains(&row.period);
    let is_withheld =
        |row: &&IndicatorValue| row.is_withheld() && row.breakdown.is_empty() && is_of_span(row) && is_district(row);
    let of = subject.of_published(subject.values.iter().any(is_withheld), chapter.counted());
    subject.say(format!("{name}{span}：{of}{}", said.join("，")), format!("{name}, {span}: {of}{}", said.join(", ")))
}
