//! Bars below each other, from zero: names at the left, values at the ends, the target as a line across or a stroke each.

use super::{
    ink::{self, Pattern},
    page::{BODY, MARGIN, Rect, WIDTH},
    pen::{Anchor, Pen, Type},
    watermark::watermark,
    wrap::wrap,
};
use crate::model::{Figure, Point};

const LEADING: f64 = 19.0;

struct Row<'a> {
    point: &'a Point,
    name: Vec<String>,
    style: Type,
    area: Rect,
}

/// Where values lie on the page.
struct Scale {
    low: f64,
    high: f64,
    left: f64,
    right: f64,
}

impl Scale {
    fn x(&self, value: f64) -> f64 {
        self.left + (value - self.low) / (self.high - self.low) * (self.right - self.left)
    }
}

/// Draws a chart below a height; gives the height where it ends.
pub fn draw(pen: &mut Pen, figure: &Figure, top: f64) -> f64 {
    let points: Vec<&Point> = figure.series.iter().flat_map(|series| &series.points).collect();
    let label_room = if figure.target.is_some() { 26.0 } else { 4.0 };
    let rows = rows(&points, top + label_room);
    let bottom = rows.last().map_or(top + label_room, |row| row.area.bottom);
    let names = rows.iter().flat_map(|row| row.name.iter().map(|line| row.style.width(line))).fold(0.0, f64::max);
    let plot = Rect { left: MARGIN + names + 14.0, top: top + label_room, right: WIDTH - MARGIN, bottom };
    let scale = scale(figure, &points, plot);
    for row in rows.iter().filter(|row| row.point.emphasis) {
        pen.rect(Rect { left: MARGIN - 10.0, right: WIDTH - MARGIN + 10.0, ..row.area }, ink::BAND);
    }
    for row in &rows {
        bar(pen, row, &scale);
    }
    if let Some(words) = &figure.sample {
        watermark(pen, words, plot);
    }
    if let Some(target) = &figure.target {
        let x = scale.x(target.value);
        // A white case keeps the dashes visible on the bars they cross.
        pen.line((x, plot.top - 4.0), (x, bottom + 4.0), 4.0, ink::WHITE);
        pen.dashed((x, plot.top - 4.0), (x, bottom + 4.0), 1.8, ink::TARGET);
        let style = Type::new(BODY, ink::TARGET);
        let half = style.width(&target.label) / 2.0;
        let middle = x.min(WIDTH - MARGIN - half).max(MARGIN + half);
        pen.text(middle, plot.top - 10.0, &target.label, style.at(Anchor::Middle));
    }
    pen.line((scale.x(0.0), plot.top - 2.0), (scale.x(0.0), bottom + 2.0), 1.2, ink::AXIS);
    for row in &rows {
        words(pen, row, &scale, figure);
    }
    bottom + 6.0
}

/// Few bars stand wide apart, many close; a name of several lines makes its row higher.
fn rows<'a>(points: &[&'a Point], top: f64) -> Vec<Row<'a>> {
    let least = match points.len() {
        0..=6 => 38.0,
        7..=16 => 31.0,
        _ => 26.0,
    };
    let mut edge = top;
    let row = |&point: &&'a Point| {
        let plain = Type::new(BODY, ink::TEXT);
        let style = if point.emphasis { plain.bold() } else { plain };
        let name = wrap(&point.label, style, 230.0);
        let height = (LEADING * name.len() as f64 + 7.0).max(least);
        let area = Rect { left: MARGIN, top: edge, right: WIDTH - MARGIN, bottom: edge + height };
        edge += height;
        Row { point, name, style, area }
    };
    points.iter().map(row).collect()
}

fn scale(figure: &Figure, points: &[&Point], plot: Rect) -> Scale {
    let targets = points.iter().filter_map(|point| point.target).chain(figure.target.iter().map(|target| target.value));
    let shown = || figure.values().chain(targets.clone());
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

fn body(row: &Row, scale: &Scale) -> Option<Rect> {
    let value = row.point.value?;
    let (zero, end) = (scale.x(0.0), scale.x(value));
    let middle = (row.area.top + row.area.bottom) / 2.0;
    let half = if row.area.height() > 30.0 { 10.5 } else { 9.0 };
    Some(Rect { left: zero.min(end), top: middle - half, right: zero.max(end), bottom: middle + half })
}

fn bar(pen: &mut Pen, row: &Row, scale: &Scale) {
    if let Some(area) = body(row, scale).filter(|area| area.width() > 0.0) {
        pen.filled(area, ink::fill(row.point.verdict, row.point.emphasis));
    }
    if let Some(target) = row.point.target {
        let (x, middle) = (scale.x(target), (row.area.top + row.area.bottom) / 2.0);
        pen.line((x, middle - 12.5), (x, middle + 12.5), 5.0, ink::WHITE);
        pen.line((x, middle - 12.5), (x, middle + 12.5), 3.0, ink::TARGET);
    }
}

/// The name, and the value after the bar; inside it where the target would run through the figures; past the target
/// where the bar is too short to hold them.
fn words(pen: &mut Pen, row: &Row, scale: &Scale, figure: &Figure) {
    let middle = (row.area.top + row.area.bottom) / 2.0;
    let mut baseline = row.style.centred(middle) - LEADING * (row.name.len() as f64 - 1.0) / 2.0;
    for line in &row.name {
        pen.text(MARGIN, baseline, line, row.style);
        baseline += LEADING;
    }
    let shown = row.point.shown.as_str();
    let baseline = row.style.centred(middle);
    let Some(area) = body(row, scale) else {
        let quiet = Type { ink: ink::QUIET, ..row.style };
        return pen.text(scale.x(0.0) + 8.0, baseline, shown, quiet);
    };
    let negative = row.point.value.is_some_and(|value| value < 0.0);
    let (end, way) = if negative { (area.left, -1.0) } else { (area.right, 1.0) };
    let width = row.style.width(shown);
    let target = row.point.target.or(figure.target.as_ref().map(|target| target.value)).map(|value| scale.x(value));
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
    let fill = ink::fill(row.point.verdict, row.point.emphasis);
    let ink = if fill.pattern == Pattern::Solid { ink::WHITE } else { ink::TEXT };
    if fill.pattern != Pattern::Solid {
        let bounds = inward.bounds(x, baseline, shown);
        let paper = Rect { left: bounds.left - 4.0, right: bounds.right + 4.0, top: area.top + 2.5, bottom: area.bottom - 2.5 };
        pen.rect(paper, fill.paper);
    }
    pen.text(x, baseline, shown, Type { ink, ..inward });
}
