//! Bars below each other, from zero: names at the left, values at the ends, the target as a line across or a stroke each.

use super::{
    ink::{self, Fill, Ink, Pattern},
    page::{BODY, MARGIN, Rect, WIDTH},
    pen::{Anchor, Pen, Type},
    rows::{Row, Scale, bands, level, rows, widest},
    watermark::watermark,
};
use crate::model::{Figure, Point, Ranks};

/// Draws a chart below a height; gives the height where it ends.
pub fn draw(pen: &mut Pen, figure: &Figure, ranks: &Ranks, top: f64) -> f64 {
    let points = &ranks.points;
    let label_room = if ranks.target.is_some() { 26.0 } else { 4.0 };
    let rows = rows(points.iter().map(|point| (point.label.as_str(), point.emphasis)), top + label_room);
    let bottom = rows.last().map_or(top + label_room, |row| row.area.bottom);
    let plot = Rect { left: MARGIN + widest(&rows) + 14.0, top: top + label_room, right: WIDTH - MARGIN, bottom };
    let scale = scale(ranks, plot);
    let bars = || rows.iter().zip(points);
    bands(pen, &rows);
    let is_judged = points.iter().any(|point| point.verdict.is_some());
    for (row, point) in bars() {
        bar(pen, row, point, look(point, is_judged), &scale);
    }
    if let Some(words) = &figure.sample {
        watermark(pen, words, plot);
    }
    if let Some(target) = &ranks.target {
        level(pen, scale.x(target.value), &target.label, plot.top, bottom);
    }
    pen.line((scale.x(0.0), plot.top - 2.0), (scale.x(0.0), bottom + 2.0), 1.2, ink::AXIS);
    for (row, point) in bars() {
        row.name(pen);
        value(pen, row, point, look(point, is_judged), &scale, ranks.target.as_ref().map(|target| target.value));
    }
    bottom + 6.0
}

fn scale(ranks: &Ranks, plot: Rect) -> Scale {
    let points = &ranks.points;
    let targets = points.iter().filter_map(|point| point.target).chain(ranks.target.iter().map(|target| target.value));
    let shown = || points.iter().filter_map(|point| point.value).chain(targets.clone());
    let low = shown().fold(0.0, f64::min);
    let high = shown().fold(0.0, f64::max);
    let style = Type::new(BODY, ink::TEXT).bold();
    let widest = |negative: bool| {
        let side = points.iter().filter(|point| point.value.is_some_and(|value| value < 0.0) == negative);
        side.map(|point| style.width(&point.shown) + 12.0).fold(0.0, f64::max)
    };
    let (before, after) = (if low < 0.0 { widest(true) } else { 0.0 }, widest(false));
    let high = if high - low > 0.0 { high } else { 1.0 };
    Scale { low, high, left: plot.left + before, right: plot.right - after }
}

fn body(row: &Row, point: &Point, scale: &Scale) -> Option<Rect> {
    let (zero, end) = (scale.x(0.0), scale.x(point.value?));
    let half = if row.area.height() > 30.0 { 10.5 } else { 9.0 };
    Some(Rect { left: zero.min(end), top: row.middle() - half, right: zero.max(end), bottom: row.middle() + half })
}

/// How a bar is filled, and the ink of figures on it.
fn look(point: &Point, is_judged: bool) -> (Fill, Ink) {
    let fill = ink::fill(point.verdict, point.emphasis);
    match (point.verdict, fill.pattern) {
        (None, _) if is_judged && !point.emphasis => (ink::unjudged(), ink::TEXT),
        (_, Pattern::Solid) => (fill, ink::WHITE),
        _ => (fill, ink::TEXT),
    }
}

fn bar(pen: &mut Pen, row: &Row, point: &Point, (fill, _): (Fill, Ink), scale: &Scale) {
    if let Some(area) = body(row, point, scale).filter(|area| area.width() > 0.0) {
        pen.filled(area, fill);
    }
    if let Some(target) = point.target {
        let (x, middle) = (scale.x(target), row.middle());
        pen.line((x, middle - 12.5), (x, middle + 12.5), 5.0, ink::WHITE);
        pen.line((x, middle - 12.5), (x, middle + 12.5), 3.0, ink::TARGET);
    }
}

/// The value after the bar; inside it where the target would run through the figures; past the target where the bar is too
/// short to hold them.
fn value(pen: &mut Pen, row: &Row, point: &Point, (fill, ink): (Fill, Ink), scale: &Scale, level: Option<f64>) {
    let shown = point.shown.as_str();
    let baseline = row.style.centred(row.middle());
    let Some(area) = body(row, point, scale) else {
        let quiet = Type { ink: ink::QUIET, ..row.style };
        return pen.text(scale.x(0.0) + 8.0, baseline, shown, quiet);
    };
    let negative = point.value.is_some_and(|value| value < 0.0);
    let (end, way) = if negative { (area.left, -1.0) } else { (area.right, 1.0) };
    let width = row.style.width(shown);
    let target = point.target.or(level).map(|value| scale.x(value));
    let crossed = |x: f64| target.is_some_and(|target| (target - x) * way > -8.5 && (target - x) * way < width + 5.0);
    let outward = row.style.at(if negative { Anchor::End } else { Anchor::Start });
    if !crossed(end + 7.0 * way) {
        return pen.text(end + 7.0 * way, baseline, shown, outward);
    }
    let past = target.unwrap_or(end) + 7.0 * way;
    if area.width() < width + 16.0 {
        return pen.text(past, baseline, shown, outward);
    }
    let inward = row.style.at(if negative { Anchor::Start } else { Anchor::End });
    let x = end - 8.0 * way;
    if fill.pattern != Pattern::Solid {
        // Up to the end of the bar: what pattern were left behind the figures would be read as a mark of theirs.
        let bounds = inward.bounds(x, baseline, shown);
        let (left, right) = if negative { (area.left, bounds.right + 4.0) } else { (bounds.left - 4.0, area.right) };
        pen.rect(
            Rect {
                left: left.max(area.left + 1.4),
                right: right.min(area.right - 1.4),
                top: area.top + 1.4,
                bottom: area.bottom - 1.4,
            },
            fill.paper,
        );
    }
    pen.text(x, baseline, shown, Type { ink, ..inward });
}
