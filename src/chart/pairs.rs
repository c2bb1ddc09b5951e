//! Areas at two times: what dumbbells and slopes have in common.

use super::subject::Subject;
use crate::model::{AreaKind, Better, Change, Direction, End, Key, Mark, Pair, Pairs, Period, Table};

/// An area's change, with the pair of marks it becomes.
pub struct Move {
    pub kind: AreaKind,
    pub change: Change,
    pub pair: Pair,
}

pub struct Moves {
    pub period: Period,
    pub moves: Vec<Move>,
}

impl Moves {
    /// The changes up to the latest period in which two areas have one; highest value first.
    pub fn of(subject: &Subject) -> Option<Self> {
        let mut periods: Vec<Period> =
            subject.values.iter().filter(|row| row.breakdown.is_empty() && row.change.is_some()).map(|row| row.period).collect();
        periods.sort_by_key(|period| period.chronological());
        periods.dedup();
        periods.into_iter().rev().find_map(|period| {
            let mut moves = moves(subject, period);
            moves.sort_by(|a, b| b.pair.after.value.unwrap_or_default().total_cmp(&a.pair.after.value.unwrap_or_default()));
            let parts = moves.iter().filter(|one| one.kind != AreaKind::Whole).count();
            (parts > 1).then_some(Moves { period, moves })
        })
    }

    pub fn subtitle(&self, subject: &Subject, order: [&str; 2]) -> String {
        let (name, unit, areas) = (subject.name(), subject.unit(), subject.areas());
        let span = subject.span(&[self.period.previous(), self.period]);
        subject
            .say(format!("{name}{unit}，{areas}，{span}，{}", order[0]), format!("{name}{unit}, {areas}, {span}, {}", order[1]))
    }

    pub fn told(&self, subject: &Subject) -> String {
        let told = |one: &Move| format!("{} {}→{}", one.pair.label, one.pair.before.shown, one.pair.after.shown);
        let told: Vec<String> = self.moves.iter().map(told).collect();
        subject.say(format!("{}。", told.join("，")), format!("{}.", told.join(", ")))
    }

    pub fn districts(&self) -> impl DoubleEndedIterator<Item = &Move> {
        self.moves.iter().filter(|one| one.kind == AreaKind::District)
    }

    /// The marks of directions that occur.
    pub fn key(&self, subject: &Subject) -> Vec<Key> {
        let occurs = |wanted: Direction| self.moves.iter().any(|one| one.pair.direction == wanted);
        let words = |zh: &str, en: &str| subject.say(zh.into(), en.into());
        let known = [
            (Direction::Improving, Mark::Better, words("好转", "improving")),
            (Direction::Worsening, Mark::Worse, words("变差", "worsening")),
        ];
        known.into_iter().filter(|(way, ..)| occurs(*way)).map(|(_, mark, words)| Key { mark, words }).collect()
    }

    pub fn table(&self, subject: &Subject) -> Table {
        let [before, after] = self.names(subject);
        let differs = subject.words(&subject.indicator.change_unit()).to_string();
        let columns = vec![
            subject.say("地区".into(), "Area".into()),
            before,
            after,
            subject.say(format!("变化（{differs}）"), format!("Change ({differs})")),
        ];
        let row = |one: &Move| {
            let Pair { label, before, after, .. } = &one.pair;
            vec![label.clone(), before.shown.clone(), after.shown.clone(), subject.signed(&one.change)]
        };
        Table { columns, rows: self.moves.iter().map(row).collect() }
    }

    fn names(&self, subject: &Subject) -> [String; 2] {
        [self.period.previous(), self.period].map(|period| period.in_language(subject.language()))
    }

    pub fn pairs(self, subject: &Subject) -> Pairs {
        let [before, after] = self.names(subject);
        Pairs { before, after, rows: self.moves.into_iter().map(|one| one.pair).collect() }
    }
}

fn moves(subject: &Subject, period: Period) -> Vec<Move> {
    let mut moves = Vec::new();
    for area in subject.chapter.areas.iter().filter(|area| subject.is_asked(area)) {
        // A row beside the districts is not one of them, and the whole of a total is many times its parts: either would push
        // the districts together.
        if area.kind == AreaKind::Other && !subject.asked.contains(&area.code)
            || area.kind == AreaKind::Whole && !subject.is_ratio()
        {
            continue;
        }
        let Some(row) = subject.total(&area.code, period) else { continue };
        let (Some(change), Some(value)) = (row.change, row.value) else { continue };
        let end = |value: f64| End { value: Some(value), shown: subject.short(value) };
        let pair = Pair {
            label: subject.words(&area.name).to_string(),
            before: end(change.previous),
            after: end(value),
            emphasis: area.kind == AreaKind::Whole,
            direction: direction(subject.indicator.better, change.difference),
        };
        moves.push(Move { kind: area.kind, change, pair });
    }
    moves
}

pub fn direction(better: Better, difference: f64) -> Direction {
    match better {
        _ if difference == 0.0 => Direction::Unchanged,
        Better::Higher if difference > 0.0 => Direction::Improving,
        Better::Lower if difference < 0.0 => Direction::Improving,
        Better::Higher | Better::Lower => Direction::Worsening,
        Better::Neither => Direction::CannotTell,
    }
}
