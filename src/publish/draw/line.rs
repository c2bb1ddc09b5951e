//! Lines over time: the scale fits the data, years without a value are gaps, and each line is named where it ends.

use std::collections::BTreeSet;

use super::{
    ink::{self, Ink},
    label::Obstacles,
    page::{BODY, MARGIN, Rect, SMALL, WIDTH},
    pen::{Anchor, Pen, Type},
    rows::{mark, range},
    spread::{Wish, spread},
    thread::{Knot, thread, unbroken},
    ticks::Ticks,
    watermark::watermark,
    wrap::stacked,
};
use crate::model::{Figure, Lines, Point, Series};

/// Words in the right margin, at the height of what they name.
struct Margin {
    at: f64,
    from: f64,
    lines: Vec<String>,
    style: Type,
}

/// Where values and periods lie on the page.
struct Frame {
    plot: Rect,
    scale: Ticks,
    first: f64,
    step: f64,
}

impl Frame {
    fn x(&self, place: usize) -> f64 {
        self.first + self.step * place as f64
    }

    fn y(&self, value: f64) -> f64 {
        let share = (value - self.scale.low()) / (self.scale.high() - self.scale.low());
        self.plot.bottom - share * self.plot.height()
    }
}

/// Draws a chart below a height; gives the height where it ends.
pub fn draw(pen: &mut Pen, figure: &Figure, lines: &Lines, top: f64) -> f64 {
    let labels: Vec<&str> =
        lines.series.first().map_or(Vec::new(), |series| series.points.iter().map(|point| point.label.as_str()).collect());
    let margin = margin(lines);
    let frame = frame(figure, lines, &labels, &margin, top);
    if let [only] = lines.series.as_slice() {
        band(pen, only, &frame);
    }
    if let Some(words) = &figure.sample {
        watermark(pen, words, frame.plot);
    }
    grid(pen, figure, &frame);
    periods(pen, &labels, &frame);
    for place in lines.series.iter().flat_map(|series| &series.breaks).collect::<BTreeSet<_>>() {
        let x = frame.x(*place) - frame.step / 2.0;
        pen.dashed((x, frame.plot.top), (x, frame.plot.bottom), 1.4, ink::AXIS);
    }
    let mut taken = Obstacles::default();
    if let Some(target) = &lines.target {
        let y = frame.y(target.value);
        pen.dashed((frame.plot.left, y), (frame.plot.right, y), 1.8, ink::TARGET);
        taken.strokes.push(((frame.plot.left, y), (frame.plot.right, y)));
    }
    for (place, series) in lines.series.iter().enumerate() {
        curve(pen, series, &frame, place, &mut taken);
    }
    if let [only] = lines.series.as_slice() {
        values(pen, &only.points, &frame, &mut taken);
    }
    name(pen, &margin, &frame);
    frame.plot.bottom + 26.0
}

/// The values to show, with the bounds of their intervals and the target.
fn scale(figure: &Figure, lines: &Lines) -> Ticks {
    let points = lines.series.iter().flat_map(|series| &series.points);
    let bounds = points.clone().filter_map(|point| point.interval).flat_map(|interval| [interval.lower, interval.upper]);
    let shown = points.filter_map(|point| point.value).chain(bounds).chain(lines.target.iter().map(|target| target.value));
    range(shown, &figure.unit, 4)
}

/// The intervals of a line as a band behind it; of a point that stands alone, as a whisker.
fn band(pen: &mut Pen, series: &Series, frame: &Frame) {
    let places: Vec<Option<(f64, f64, f64)>> = series
        .points
        .iter()
        .enumerate()
        .map(|(place, point)| point.interval.map(|interval| (frame.x(place), frame.y(interval.lower), frame.y(interval.upper))))
        .collect();
    for run in unbroken(&places, &series.breaks) {
        if let [(x, low, high)] = run.as_slice() {
            pen.line((*x, *low), (*x, *high), 9.0, ink::INTERVAL);
            continue;
        }
        let upper = run.iter().map(|(x, _, high)| (*x, *high));
        let lower = run.iter().rev().map(|(x, low, _)| (*x, *low));
        pen.polygon(&upper.chain(lower).collect::<Vec<_>>(), ink::INTERVAL);
    }
}

fn margin(lines: &Lines) -> Vec<Margin> {
    let mut margin = Vec::new();
    let mut add = |value: f64, from: f64, words: &str, style: Type, room: f64| {
        margin.push(Margin { at: value, from, lines: stacked(words, style, room), style });
    };
    if lines.series.len() > 1 {
        for (place, series) in lines.series.iter().enumerate() {
            let Some((at, last)) = series.points.iter().enumerate().rfind(|(_, point)| point.value.is_some()) else { continue };
            let early = if at + 1 < series.points.len() { format!(" ({})", last.label) } else { String::new() };
            let style = Type::new(BODY, ink::LINES[place % ink::LINES.len()]).bold();
            add(last.value.unwrap_or_default(), at as f64, &format!("{} {}{early}", series.name, last.shown), style, 168.0);
        }
    }
    if let Some(target) = &lines.target {
        add(target.value, f64::INFINITY, &target.label, Type::new(BODY, ink::TARGET), 112.0);
    }
    margin
}

fn frame(figure: &Figure, lines: &Lines, labels: &[&str], margin: &[Margin], top: f64) -> Frame {
    let scale = scale(figure, lines);
    let small = Type::new(SMALL, ink::QUIET);
    let marks = scale.values.iter().map(|&value| small.width(&mark(&figure.unit, &scale, value))).fold(0.0, f64::max);
    let words = margin.iter().flat_map(|entry| entry.lines.iter().map(|line| entry.style.width(line))).fold(0.0, f64::max);
    let high: f64 = margin.iter().map(|entry| 19.0 * entry.lines.len() as f64 + 5.0).sum();
    let plot = Rect {
        left: MARGIN + marks + 12.0,
        right: WIDTH - MARGIN - if words > 0.0 { words + 28.0 } else { 0.0 },
        top: top + 12.0,
        bottom: top + 12.0 + high.max(290.0),
    };
    let bold = Type::new(BODY, ink::TEXT).bold();
    let values = lines
        .series
        .iter()
        .filter(|_| lines.series.len() == 1)
        .flat_map(|series| &series.points)
        .map(|point| point.shown.as_str());
    let widest = labels.iter().copied().chain(values).map(|words| bold.width(words)).fold(0.0, f64::max);
    let inset = (widest / 2.0 + 5.0).max(22.0);
    let steps = labels.len().saturating_sub(1);
    let room = plot.width() - 2.0 * inset;
    let step = if steps > 0 { room / steps as f64 } else { 0.0 };
    Frame { plot, scale, first: plot.left + inset + if steps > 0 { 0.0 } else { room / 2.0 }, step }
}

fn grid(pen: &mut Pen, figure: &Figure, frame: &Frame) {
    let style = Type::new(SMALL, ink::QUIET).at(Anchor::End);
    for &value in &frame.scale.values {
        let y = frame.y(value);
        let ink = if value == 0.0 { ink::AXIS } else { ink::GRID };
        pen.line((frame.plot.left, y), (frame.plot.right, y), 1.0, ink);
        pen.text(frame.plot.left - 10.0, style.centred(y), &mark(&figure.unit, &frame.scale, value), style);
    }
}

/// Names of the periods; when they are too many, every second or third, and always the last.
fn periods(pen: &mut Pen, labels: &[&str], frame: &Frame) {
    let style = Type::new(BODY, ink::TEXT).at(Anchor::Middle);
    let widest = labels.iter().map(|label| style.width(label)).fold(0.0, f64::max);
    let every = if frame.step > 0.0 { ((widest + 12.0) / frame.step).ceil().max(1.0) as usize } else { 1 };
    for (place, label) in labels.iter().enumerate() {
        let x = frame.x(place);
        pen.line((x, frame.plot.bottom), (x, frame.plot.bottom + 5.0), 1.0, ink::AXIS);
        if (labels.len() - 1 - place).is_multiple_of(every) {
            pen.text(x, frame.plot.bottom + 22.0, label, style);
        }
    }
}

/// One line with its markers, broken wherever a value is missing or the way of counting changes.
fn curve(pen: &mut Pen, series: &Series, frame: &Frame, hand: usize, taken: &mut Obstacles) {
    let ink = ink::LINES[hand % ink::LINES.len()];
    let knot = |(place, point): (usize, &Point)| {
        point.value.map(|value| Knot { at: (frame.x(place), frame.y(value)), incomplete: point.incomplete })
    };
    let places: Vec<Option<Knot>> = series.points.iter().enumerate().map(knot).collect();
    for run in unbroken(&places, &series.breaks) {
        thread(pen, &run, 2.6, ink);
        taken.strokes.extend(run.windows(2).map(|pair| (pair[0].at, pair[1].at)));
        for Knot { at: (x, y), incomplete } in run {
            taken.boxes.push(Rect { left: x - 5.0, top: y - 5.0, right: x + 5.0, bottom: y + 5.0 });
            marker(pen, hand, (x, y), 1.0, ink);
            if incomplete {
                marker(pen, hand, (x, y), 0.5, ink::WHITE);
            }
        }
    }
}

/// Each line has a marker of its own shape.
fn marker(pen: &mut Pen, hand: usize, (x, y): (f64, f64), size: f64, ink: Ink) {
    let at = |(right, down): (f64, f64)| (x + right * size, y + down * size);
    match hand % 4 {
        0 => pen.dot((x, y), 4.6 * size, ink),
        1 => {
            let ((left, top), (right, bottom)) = (at((-4.2, -4.2)), at((4.2, 4.2)));
            pen.rect(Rect { left, top, right, bottom }, ink);
        }
        2 => pen.polygon(&[(0.0, -5.6), (5.4, 4.2), (-5.4, 4.2)].map(at), ink),
        _ => pen.polygon(&[(0.0, -5.8), (5.8, 0.0), (0.0, 5.8), (-5.8, 0.0)].map(at), ink),
    }
}

/// The values of a single line at its points: all where there is room, else the first, last, highest and lowest.
fn values(pen: &mut Pen, points: &[Point], frame: &Frame, taken: &mut Obstacles) {
    let plain = Type::new(BODY, ink::TEXT);
    let page = Rect { left: frame.plot.left, top: frame.plot.top - 14.0, right: WIDTH - MARGIN, bottom: frame.plot.bottom - 2.0 };
    let page = Rect { right: if frame.plot.right < page.right - 1.0 { frame.plot.right + 4.0 } else { page.right }, ..page };
    let widest = points.iter().map(|point| plain.bold().width(&point.shown)).fold(0.0, f64::max);
    let known: Vec<(usize, f64)> = points.iter().enumerate().filter_map(|(place, point)| Some((place, point.value?))).collect();
    let Some(&(last, _)) = known.last() else { return };
    let every = points.len() == 1 || frame.step >= widest + 8.0;
    let by_value = |a: &&(usize, f64), b: &&(usize, f64)| a.1.total_cmp(&b.1);
    let ends = [known.first(), known.last(), known.iter().min_by(by_value), known.iter().max_by(by_value)];
    let chosen = |place: usize| every || ends.iter().flatten().any(|(end, _)| *end == place);
    // The last value is set first: it is the one the title speaks of, and gets the best place.
    for &(place, value) in known.iter().rev().filter(|(place, _)| chosen(*place)) {
        let before = place.checked_sub(1).and_then(|place| points[place].value);
        let after = points.get(place + 1).and_then(|point| point.value);
        let valley = before.into_iter().chain(after).all(|beside| beside > value) && before.or(after).is_some();
        let style = if place == last { plain.bold() } else { plain };
        let (x, baseline, set) = taken.place((frame.x(place), frame.y(value)), &points[place].shown, style, valley, &page);
        pen.text(x, baseline, &points[place].shown, set);
    }
    for (place, point) in points.iter().enumerate().filter(|(_, point)| every && point.value.is_none()) {
        let style = Type::new(SMALL, ink::QUIET);
        let (x, baseline, set) = taken.place((frame.x(place), frame.plot.bottom - 2.0), &point.shown, style, false, &page);
        pen.text(x, baseline, &point.shown, set);
    }
}

/// Sets the names in the right margin, and leads to those that had to move.
fn name(pen: &mut Pen, margin: &[Margin], frame: &Frame) {
    let leading = 19.0;
    let wishes: Vec<Wish> =
        margin.iter().map(|entry| Wish { middle: frame.y(entry.at), height: leading * entry.lines.len() as f64 + 5.0 }).collect();
    let middles = spread(&wishes, frame.plot.top - 12.0, frame.plot.bottom + 12.0);
    let left = frame.plot.right + 28.0;
    for (entry, middle) in margin.iter().zip(middles) {
        let at = frame.y(entry.at);
        let from = if entry.from.is_finite() { frame.x(entry.from as usize) + 9.0 } else { frame.plot.right + 4.0 };
        if (middle - at).abs() > 5.0 || from < frame.plot.right - 60.0 {
            let bend = frame.plot.right + 8.0;
            pen.path(&[(from.min(bend), at), (bend, at), (left - 5.0, middle)], 1.0, ink::AXIS);
        }
        let mut baseline = entry.style.centred(middle) - leading * (entry.lines.len() as f64 - 1.0) / 2.0;
        for line in &entry.lines {
            pen.text(left, baseline, line, entry.style);
            baseline += leading;
        }
    }
}
