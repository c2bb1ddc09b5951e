//! Dots below each other with their intervals as whiskers, on a scale that need not start at zero; values at the right.

use super::{
    ink,
    page::{BODY, MARGIN, Rect, WIDTH},
    pen::{Anchor, Pen, Type},
    rows::{GRID_FOOT, Scale, bands, grid, level, range, rows, widest},
    watermark::watermark,
};
use crate::model::{Figure, Ranks};

/// Draws a chart below a height; gives the height where it ends.
pub fn draw(pen: &mut Pen, figure: &Figure, ranks: &Ranks, top: f64) -> f64 {
    let points = &ranks.points;
    let label_room = if ranks.target.is_some() { 26.0 } else { 4.0 };
    let rows = rows(points.iter().map(|point| (point.label.as_str(), point.emphasis)), top + label_room);
    let bottom = rows.last().map_or(top + label_room, |row| row.area.bottom);
    let bold = Type::new(BODY, ink::TEXT).bold();
    let figures = points.iter().map(|point| bold.width(&point.shown)).fold(0.0, f64::max);
    let plot =
        Rect { left: MARGIN + widest(&rows) + 20.0, top: top + label_room, right: WIDTH - MARGIN - figures - 20.0, bottom };
    let bounds = points.iter().filter_map(|point| point.interval).flat_map(|interval| [interval.lower, interval.upper]);
    let values = points.iter().filter_map(|point| point.value);
    let marks = range(values.chain(bounds).chain(ranks.target.iter().map(|target| target.value)), &figure.unit, 5);
    let scale = Scale { low: marks.low(), high: marks.high(), left: plot.left, right: plot.right };
    bands(pen, &rows);
    grid(pen, &figure.unit, &marks, &scale, plot.top - 2.0, bottom);
    if let Some(words) = &figure.sample {
        watermark(pen, words, plot);
    }
    if let Some(whole) = points.iter().find(|point| point.emphasis).and_then(|point| point.value) {
        pen.line((scale.x(whole), plot.top), (scale.x(whole), bottom), 1.4, ink::BAR_WHOLE);
    }
    if let Some(target) = &ranks.target {
        level(pen, scale.x(target.value), &target.label, plot.top, bottom);
    }
    for (row, point) in rows.iter().zip(points) {
        row.name(pen);
        let hand = if point.emphasis { ink::BAR_WHOLE } else { ink::LINES[0] };
        let middle = row.middle();
        if let Some(interval) = point.interval {
            let (lower, upper) = (scale.x(interval.lower), scale.x(interval.upper));
            pen.line((lower, middle), (upper, middle), 2.0, hand);
            for x in [lower, upper] {
                pen.line((x, middle - 5.0), (x, middle + 5.0), 2.0, hand);
            }
        }
        if let Some(value) = point.value {
            pen.dot((scale.x(value), middle), 6.4, ink::WHITE);
            pen.dot((scale.x(value), middle), 5.2, hand);
            if point.incomplete {
                pen.dot((scale.x(value), middle), 2.8, ink::WHITE);
            }
        }
        let style = Type { ink: if point.value.is_some() { ink::TEXT } else { ink::QUIET }, ..row.style };
        pen.text(WIDTH - MARGIN, style.centred(middle), &point.shown, style.at(Anchor::End));
    }
    bottom + GRID_FOOT
}
