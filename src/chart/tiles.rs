//! A map of tiles for the latest period: each area a tile where the pipeline's list puts it, shaded by the class of its value.

use super::{
    ranks::{Rank, Ranking},
    subject::{Draft, Subject},
};
use crate::model::{AreaKind, Figure, Id, Key, Kind, Mark, Marks, Tile};

/// Where an area stands on the map, counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    pub area: Id,
    pub row: usize,
    pub column: usize,
}

/// As many shades as can be told apart on a grey printer.
const CLASSES: usize = 4;

pub fn of_areas(subject: &Subject) -> Option<Figure> {
    let ranking = Ranking::of(subject)?;
    let spot = |rank: &Rank| subject.chapter.tiles.iter().find(|spot| spot.area == rank.code);
    let placed: Vec<(&Rank, &Spot)> =
        ranking.ranks.iter().filter(|rank| rank.kind != AreaKind::Whole).filter_map(|rank| Some((rank, spot(rank)?))).collect();
    let values: Vec<f64> = placed.iter().filter_map(|(rank, _)| rank.value).collect();
    if values.len() < 2 {
        return None;
    }
    let bounds = classes(&values);
    let class = |value: f64| bounds.iter().position(|(_, high)| value <= *high);
    let tiles: Vec<Tile> = placed
        .iter()
        .map(|(rank, spot)| Tile {
            row: spot.row,
            column: spot.column,
            label: rank.point.label.clone(),
            shown: rank.point.shown.clone(),
            class: rank.value.and_then(class),
            verdict: rank.point.verdict.map(|verdict| subject.words(&verdict.name()).to_string()),
        })
        .collect();
    let key = bounds.iter().enumerate().map(|(place, (low, high))| {
        let [low, high] = [low, high].map(|bound| subject.short(*bound));
        Key { mark: Mark::Class(place), words: if low == high { low } else { format!("{low}–{high}") } }
    });
    let (name, unit, areas, when) = (subject.name(), subject.unit(), subject.areas(), ranking.when(subject));
    let mut notes = vec![subject.say(
        "方格只示意相对位置，大小相同，不代表面积。".into(),
        "Tiles show where areas lie to each other; their size says nothing.".into(),
    )];
    notes.extend(ranking.notes(subject, Default::default()));
    let draft = Draft {
        title: ranking.extremes(subject),
        subtitle: subject.say(
            format!("{name}{unit}，{areas}，{when}，颜色越深数值越高"),
            format!("{name}{unit}, {areas}, {when}, the darker the higher"),
        ),
        told: ranking.told(subject),
        key: key.collect(),
        notes,
        table: ranking.table(subject),
        marks: Marks::Tiles(tiles),
    };
    Some(subject.figure(Kind::Tiles, draft))
}

/// Classes of about as many values each, by their lowest and highest value; equal values are never parted.
fn classes(values: &[f64]) -> Vec<(f64, f64)> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let mut classes: Vec<(usize, f64, f64)> = Vec::new();
    for (place, &value) in sorted.iter().enumerate() {
        let class = place * CLASSES / sorted.len();
        match classes.last_mut() {
            Some((last, _, high)) if *high == value || *last == class => *high = value,
            _ => classes.push((class, value, value)),
        }
    }
    classes.into_iter().map(|(_, low, high)| (low, high)).collect()
}

#[cfg(test)]
mod tests {
    use super::classes;

    #[test]
    fn classes_hold_about_as_many_values_each() {
        let eleven: Vec<f64> = (1..=11).map(f64::from).collect();
        assert_eq!(classes(&eleven), [(1.0, 3.0), (4.0, 6.0), (7.0, 9.0), (10.0, 11.0)]);
        assert_eq!(classes(&[5.0, 5.0, 5.0]), [(5.0, 5.0)]);
        assert_eq!(classes(&[1.0, 2.0]).len(), 2);
    }

    #[test]
    fn equal_values_are_of_one_class() {
        let classes = classes(&[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0]);
        assert_eq!(classes[0], (0.0, 0.0));
        assert!(classes.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }
}
