//! A small line for each area on one scale, with the whole behind it: name above, last value at the end of the line.

use super::{
    ink,
    page::{MARGIN, Rect, SMALL, WIDTH},
    pen::{Anchor, Pen, Type},
    rows::{mark, range},
    thread::{Knot, thread, unbroken},
    watermark::watermark,
    wrap::wrap,
};
use crate::model::{Figure, Multiples, Point, Series};

const GAP: f64 = 22.0;
const PLOT: f64 = 84.0;
const LEADING: f64 = 17.0;

/// Draws a chart below a height; gives the height where it ends.
pub fn draw(pen: &mut Pen, figure: &Figure, multiples: &Multiples, top: f64) -> f64 {
    let all = || multiples.panels.iter().chain(&multiples.behind).flat_map(Series::values);
    let values: Vec<f64> = all().chain(multiples.target.iter().map(|target| target.value)).collect();
    let marks = range(values.into_iter(), &figure.unit, 3);
    let small = Type::new(SMALL, ink::QUIET);
    let scale_width = marks.values.iter().map(|&value| small.width(&mark(&figure.unit, &marks, value))).fold(0.0, f64::max) + 8.0;
    let room = WIDTH - 2.0 * MARGIN - scale_width;
    let across = if multiples.panels.len() <= 6 { 3 } else { 4 };
    let width = (room - GAP * (across - 1) as f64) / across as f64;
    let bold = Type::new(SMALL, ink::TEXT).bold();
    let mut edge = top;
    for (line, panels) in multiples.panels.chunks(across).enumerate() {
        let names: Vec<Vec<String>> = panels.iter().map(|panel| wrap(&panel.name, bold, width)).collect();
        let head = names.iter().map(Vec::len).max().unwrap_or(1) as f64 * LEADING + 6.0;
        let is_last = (line + 1) * across >= multiples.panels.len();
        for (place, (panel, name)) in panels.iter().zip(&names).enumerate() {
            let left = MARGIN + scale_width + place as f64 * (width + GAP);
            let mut baseline = edge + 13.0;
            for words in name {
                pen.text(left, baseline, words, bold);
                baseline += LEADING;
            }
            let plot = Rect { left, right: left + width, top: edge + head + 8.0, bottom: edge + head + 8.0 + PLOT };
            let y = |value: f64| plot.bottom - (value - marks.low()) / (marks.high() - marks.low()) * plot.height();
            let every = (18.0 * (marks.values.len() - 1) as f64 / PLOT).ceil().max(1.0) as usize;
            for (at, &value) in marks.values.iter().enumerate() {
                pen.line((plot.left, y(value)), (plot.right, y(value)), 1.0, ink::GRID);
                if place == 0 && at.is_multiple_of(every) {
                    let style = small.at(Anchor::End);
                    pen.text(plot.left - 8.0, style.centred(y(value)), &mark(&figure.unit, &marks, value), style);
                }
            }
            if let Some(target) = &multiples.target {
                let end = end_of(&panel.points, &plot);
                pen.dashed((plot.left, y(target.value)), (end, y(target.value)), 1.4, ink::TARGET);
            }
            panel_of(pen, panel, multiples.behind.as_ref(), &plot, &y);
            if is_last || multiples.panels.len() <= place + (line + 1) * across {
                periods(pen, &panel.points, &plot);
            }
        }
        let feet = if is_last || multiples.panels.len() < (line + 2) * across { 28.0 } else { 14.0 };
        if let Some(words) = figure.sample.as_ref().filter(|_| line % 2 == 0) {
            watermark(
                pen,
                words,
                Rect { left: MARGIN + scale_width, right: WIDTH - MARGIN, top: edge, bottom: edge + head + PLOT },
            );
        }
        edge += head + 8.0 + PLOT + feet;
    }
    edge
}

/// Where a point lies from left to right; the last value stands beside the end of the line.
fn across(points: &[Point], plot: &Rect) -> (f64, f64) {
    let bold = Type::new(SMALL, ink::TEXT).bold();
    let last = points.iter().rfind(|point| point.value.is_some()).map_or(0.0, |point| bold.width(&point.shown));
    let room = plot.width() - 6.0 - last - 10.0;
    (plot.left + 6.0, room / points.len().saturating_sub(1).max(1) as f64)
}

/// Where the last point lies.
fn end_of(points: &[Point], plot: &Rect) -> f64 {
    let (first, step) = across(points, plot);
    first + step * points.len().saturating_sub(1) as f64
}

fn panel_of(pen: &mut Pen, panel: &Series, behind: Option<&Series>, plot: &Rect, y: &impl Fn(f64) -> f64) {
    let (first, step) = across(&panel.points, plot);
    for &place in &panel.breaks {
        let x = first + step * (place as f64 - 0.5);
        pen.dashed((x, plot.top), (x, plot.bottom), 1.2, ink::AXIS);
    }
    let mut draw = |series: &Series, width: f64, hand| {
        let knot = |(place, point): (usize, &Point)| {
            point.value.map(|value| Knot { at: (first + step * place as f64, y(value)), incomplete: point.incomplete })
        };
        let places: Vec<Option<Knot>> = series.points.iter().enumerate().map(knot).collect();
        for run in unbroken(&places, &series.breaks) {
            match run.as_slice() {
                [alone] => pen.dot(alone.at, width + 0.6, hand),
                _ => thread(pen, &run, width, hand),
            }
        }
        places.into_iter().flatten().next_back()
    };
    if let Some(behind) = behind {
        draw(behind, 1.6, ink::AXIS);
    }
    let Some(Knot { at: (x, at), incomplete }) = draw(panel, 2.6, ink::LINES[0]) else { return };
    pen.dot((x, at), 3.8, ink::LINES[0]);
    if incomplete {
        pen.dot((x, at), 1.9, ink::WHITE);
    }
    let style = Type::new(SMALL, ink::TEXT).bold();
    let shown = panel.points.iter().rfind(|point| point.value.is_some()).map(|point| point.shown.as_str()).unwrap_or_default();
    let baseline = style.centred(at).clamp(plot.top + 4.0, plot.bottom + 4.0);
    pen.text(x + 7.0, baseline, shown, style);
}

/// The first and the last period.
fn periods(pen: &mut Pen, points: &[Point], plot: &Rect) {
    let (first, step) = across(points, plot);
    let style = Type::new(SMALL, ink::QUIET);
    let (Some(start), Some(end)) = (points.first(), points.last()) else { return };
    let baseline = plot.bottom + 19.0;
    pen.text(first - 6.0, baseline, &start.label, style);
    let x = first + step * (points.len() - 1) as f64;
    let end_style = style.at(Anchor::Middle);
    let bounds = end_style.bounds(x.min(plot.right - style.width(&end.label) / 2.0), baseline, &end.label);
    if bounds.left > first - 6.0 + style.width(&start.label) + 8.0 {
        pen.text((bounds.left + bounds.right) / 2.0, baseline, &end.label, end_style);
    }
}
