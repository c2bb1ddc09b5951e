//! Bars by area for the latest period, sorted by value, with the whole among them where it can be compared.

use super::{
    ranks::Ranking,
    subject::{Draft, Subject},
};
use crate::model::{Figure, Kind, Marks, Point, Ranks};

pub fn by_area(subject: &Subject) -> Option<Figure> {
    let ranking = Ranking::of(subject)?;
    let draft = Draft {
        title: ranking.title(subject),
        subtitle: ranking.subtitle(subject),
        told: ranking.told(subject),
        key: ranking.key(subject),
        notes: ranking.notes(subject, Default::default()),
        table: ranking.table(subject),
        marks: {
            let target = ranking.level.clone();
            // Intervals have a chart of their own.
            let points = ranking.points().into_iter().map(|point| Point { interval: None, ..point }).collect();
            Marks::Bars(Ranks { points, target })
        },
    };
    Some(subject.figure(Kind::Bars, draft))
}
