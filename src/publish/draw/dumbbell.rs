//! Two marks a row joined by a stroke: hollow for the period before, full for the latest, values on the outer sides.

use super::{
    ink,
    page::{BODY, MARGIN, Rect, SMALL, WIDTH},
    pen::{Anchor, Pen, Type},
    rows::{GRID_FOOT, Row, Scale, bands, grid, range, rows, widest},
    watermark::watermark,
};
use crate::model::{Figure, Pair, Pairs};

const RADIUS: f64 = 6.4;

/// Draws a chart below a height; gives the height where it ends.
pub fn draw(pen: &mut Pen, figure: &Figure, pairs: &Pairs, top: f64) -> f64 {
    let pairs = &pairs.rows;
    let rows = rows(pairs.iter().map(|pair| (pair.label.as_str(), pair.emphasis)), top + 4.0);
    let bottom = rows.last().map_or(top + 4.0, |row| row.area.bottom);
    let plot = Rect { left: MARGIN + widest(&rows) + 14.0, top: top + 4.0, right: WIDTH - MARGIN, bottom };
    let values = pairs.iter().flat_map(|pair| [pair.before.value, pair.after.value]).flatten();
    let marks = range(values, &figure.unit, 5);
    // Words stand outside of the marks, and a mark may lie at either end of the scale.
    let bold = Type::new(BODY, ink::TEXT).bold();
    let room =
        pairs.iter().flat_map(|pair| [&pair.before.shown, &pair.after.shown]).map(|words| bold.width(words)).fold(0.0, f64::max);
    let inset = room + RADIUS + 8.0;
    let scale = Scale { low: marks.low(), high: marks.high(), left: plot.left + inset, right: plot.right - inset };
    bands(pen, &rows);
    grid(pen, &figure.unit, &marks, &scale, plot.top - 2.0, bottom);
    if let Some(words) = &figure.sample {
        watermark(pen, words, plot);
    }
    for (row, pair) in rows.iter().zip(pairs) {
        row.name(pen);
        marks_of(pen, row, pair, &scale);
    }
    bottom + GRID_FOOT
}

fn marks_of(pen: &mut Pen, row: &Row, pair: &Pair, scale: &Scale) {
    let middle = row.middle();
    let place = |value: Option<f64>| value.map(|value| scale.x(value));
    let (before, after) = (place(pair.before.value), place(pair.after.value));
    let hand = ink::way(pair.direction);
    if let (Some(from), Some(to)) = (before, after) {
        let gap = (to - from).abs();
        if gap > 2.0 * RADIUS {
            let way = (to - from).signum();
            ink::stroke(pen, (from + way * RADIUS, middle), (to - way * RADIUS, middle), 3.0, pair.direction);
        }
    }
    if let Some(x) = before {
        pen.dot((x, middle), RADIUS, hand);
        pen.dot((x, middle), RADIUS - 2.2, ink::WHITE);
    }
    if let Some(x) = after {
        pen.dot((x, middle), RADIUS, hand);
    }
    let forward = before.zip(after).is_none_or(|(from, to)| to >= from);
    let beside = |x: f64, right: bool, style: Type| {
        if right { (x + RADIUS + 6.0, style.at(Anchor::Start)) } else { (x - RADIUS - 6.0, style.at(Anchor::End)) }
    };
    let latest = row.style.bold();
    let earlier = Type { size: SMALL, ink: ink::QUIET, ..row.style };
    if let Some(x) = after {
        let (x, style) = beside(x, forward, latest);
        pen.text(x, style.centred(middle), &pair.after.shown, style);
    }
    if let Some(x) = before {
        let (x, style) = beside(x, !forward, earlier);
        pen.text(x, style.centred(middle), &pair.before.shown, style);
    }
}
