//! A map made of tiles: each area a tile in the shade of its class, with name, value and verdict.

use super::{
    ink,
    page::{BODY, MARGIN, Rect, SMALL, WIDTH},
    pen::{Anchor, Pen, Type},
    watermark::watermark,
    wrap::wrap,
};
use crate::model::{Figure, Tile};

const GAP: f64 = 6.0;
const HIGH: f64 = 84.0;
const WIDEST: f64 = 150.0;
const LEADING: f64 = 18.0;

/// A line of words in a tile.
type Line = (String, Type);

/// Draws a chart below a height; gives the height where it ends.
pub fn draw(pen: &mut Pen, figure: &Figure, tiles: &[Tile], top: f64) -> f64 {
    let columns = tiles.iter().map(|tile| tile.column + 1).max().unwrap_or(1);
    let rows = tiles.iter().map(|tile| tile.row + 1).max().unwrap_or(1);
    let room = WIDTH - 2.0 * MARGIN;
    let wide = ((room + GAP) / columns as f64 - GAP).min(WIDEST);
    let left = MARGIN + (room - (wide + GAP) * columns as f64 + GAP) / 2.0;
    let words: Vec<Vec<Line>> = tiles.iter().map(|tile| words(tile, wide - 12.0)).collect();
    let most = words.iter().map(Vec::len).max().unwrap_or(0) as f64;
    let high = HIGH.max(most * LEADING + 20.0);
    let bottom = top + 4.0 + (high + GAP) * rows as f64;
    let place = |tile: &Tile| {
        let (left, top) = (left + (wide + GAP) * tile.column as f64, top + 4.0 + (high + GAP) * tile.row as f64);
        Rect { left, top, right: left + wide, bottom: top + high }
    };
    for tile in tiles {
        let area = place(tile);
        match tile.class {
            Some(class) => pen.rect(area, ink::class(class).0),
            None => pen.filled(area, ink::nothing()),
        }
    }
    if let Some(words) = &figure.sample {
        watermark(pen, words, Rect { left, right: left + (wide + GAP) * columns as f64, top, bottom });
    }
    for (tile, lines) in tiles.iter().zip(&words) {
        let area = place(tile);
        let middle = (area.top + area.bottom) / 2.0;
        let first = lines.first().map_or(middle, |(_, style)| style.centred(middle));
        let mut baseline = first - LEADING * (lines.len() as f64 - 1.0) / 2.0;
        for (line, style) in lines {
            pen.text((area.left + area.right) / 2.0, baseline, line, *style);
            baseline += LEADING;
        }
    }
    bottom
}

fn words(tile: &Tile, room: f64) -> Vec<Line> {
    let hand = tile.class.map_or(ink::QUIET, |class| ink::class(class).1);
    let name = Type::new(BODY, hand).bold().at(Anchor::Middle);
    let value = Type::new(BODY, hand).at(Anchor::Middle);
    let small = Type::new(SMALL, hand).at(Anchor::Middle);
    let set = |words: &str, style: Type| wrap(words, style, room).into_iter().map(move |line| (line, style));
    let verdict = tile.verdict.iter().flat_map(|words| set(words, small));
    set(&tile.label, name).chain(set(&tile.shown, value)).chain(verdict).collect()
}
