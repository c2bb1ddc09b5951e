//! A year's flow as it comes, with the profile of the year dashed and the as-of date upright.

use super::{
    ink,
    label::Obstacles,
    page::{BODY, MARGIN, Rect, SMALL, WIDTH},
    pen::{Anchor, Pen, Type},
    rows::{mark, range},
    spread::{Wish, spread},
    watermark::watermark,
    wrap::stacked,
};
use crate::model::{Figure, Pacing};

const HEIGHT: f64 = 330.0;
const LEADING: f64 = 19.0;

/// Draws a chart below a height; gives the height where it ends.
pub fn draw(pen: &mut Pen, figure: &Figure, pacing: &Pacing, top: f64) -> f64 {
    let values = || pacing.reached.iter().chain(&pacing.profile).map(|(_, value)| *value).chain([0.0, pacing.target.value]);
    let marks = range(values().collect::<Vec<_>>().into_iter(), &figure.unit, 5);
    let small = Type::new(SMALL, ink::QUIET);
    let wide = marks.values.iter().map(|&value| small.width(&mark(&figure.unit, &marks, value))).fold(0.0, f64::max);
    let (target, now) = (Type::new(BODY, ink::TARGET), Type::new(BODY, ink::LINES[0]).bold());
    let sides = [(stacked(&pacing.target.label, target, 130.0), target), (stacked(&pacing.reached_label, now, 130.0), now)];
    let side = sides.iter().flat_map(|(lines, style)| lines.iter().map(|line| style.width(line))).fold(0.0, f64::max);
    let plot =
        Rect { left: MARGIN + wide + 12.0, right: WIDTH - MARGIN - side - 26.0, top: top + 14.0, bottom: top + 14.0 + HEIGHT };
    let x = |day: f64| plot.left + day / pacing.days * plot.width();
    let y = |value: f64| plot.bottom - (value - marks.low()) / (marks.high() - marks.low()) * plot.height();
    for &value in &marks.values {
        let ink = if value == 0.0 { ink::AXIS } else { ink::GRID };
        pen.line((plot.left, y(value)), (plot.right, y(value)), 1.0, ink);
        let style = small.at(Anchor::End);
        pen.text(plot.left - 10.0, style.centred(y(value)), &mark(&figure.unit, &marks, value), style);
    }
    months(pen, pacing, &plot, &x);
    if let Some(words) = &figure.sample {
        watermark(pen, words, plot);
    }
    pen.dashed((plot.left, y(pacing.target.value)), (plot.right, y(pacing.target.value)), 1.4, ink::AXIS);
    let places = |line: &[(f64, f64)]| line.iter().map(|&(day, value)| (x(day), y(value))).collect::<Vec<_>>();
    let profile = places(&pacing.profile);
    for pair in profile.windows(2) {
        pen.dashed(pair[0], pair[1], 2.0, ink::TARGET);
    }
    let reached = places(&pacing.reached);
    pen.path(&reached, 3.0, ink::LINES[0]);
    let end = reached.last().copied().unwrap_or((plot.left, plot.bottom));
    pen.dot(end, 5.0, ink::LINES[0]);
    if let Some((day, words)) = &pacing.today {
        today(pen, (x(*day), words), &plot, profile.windows(2).chain(reached.windows(2)).map(|pair| (pair[0], pair[1])));
    }
    let wish = |at: f64, lines: &[String]| Wish { middle: at, height: LEADING * lines.len() as f64 + 4.0 };
    let heights = [y(pacing.target.value), end.1];
    let wishes: Vec<Wish> = heights.iter().zip(&sides).map(|(at, (lines, _))| wish(*at, lines)).collect();
    for (((lines, style), middle), at) in sides.iter().zip(spread(&wishes, plot.top - 14.0, plot.bottom + 10.0)).zip(heights) {
        let from = if at == end.1 { end.0 + 8.0 } else { plot.right + 3.0 };
        if from < plot.right - 20.0 || (middle - at).abs() > 4.0 {
            pen.path(&[(from.min(plot.right + 6.0), at), (plot.right + 8.0, at), (plot.right + 20.0, middle)], 1.0, ink::AXIS);
        }
        let mut baseline = style.centred(middle) - LEADING * (lines.len() as f64 - 1.0) / 2.0;
        for line in lines {
            pen.text(plot.right + 24.0, baseline, line, *style);
            baseline += LEADING;
        }
    }
    plot.bottom + 26.0
}

/// Every month's name in its middle; every second one where they would touch.
fn months(pen: &mut Pen, pacing: &Pacing, plot: &Rect, x: &impl Fn(f64) -> f64) {
    let style = Type::new(BODY, ink::TEXT).at(Anchor::Middle);
    let ends = pacing.months.iter().skip(1).map(|(day, _)| *day).chain([pacing.days]);
    let widest = pacing.months.iter().map(|(_, words)| style.width(words)).fold(0.0, f64::max);
    let every = if pacing.months.is_empty() {
        1
    } else {
        ((widest + 8.0) * pacing.months.len() as f64 / plot.width()).ceil().max(1.0) as usize
    };
    for (place, ((start, words), end)) in pacing.months.iter().zip(ends).enumerate() {
        pen.line((x(*start), plot.bottom), (x(*start), plot.bottom + 5.0), 1.0, ink::AXIS);
        if place.is_multiple_of(every) {
            pen.text((x(*start) + x(end)) / 2.0, plot.bottom + 21.0, words, style);
        }
    }
}

/// The as-of date, upright, its words where they cross nothing.
fn today(pen: &mut Pen, (x, words): (f64, &str), plot: &Rect, strokes: impl Iterator<Item = ((f64, f64), (f64, f64))>) {
    pen.line((x, plot.top), (x, plot.bottom), 1.2, ink::QUIET);
    let mut taken = Obstacles { strokes: strokes.collect(), ..Obstacles::default() };
    taken.strokes.push(((x, plot.top), (x, plot.bottom)));
    let page = Rect { top: plot.top - 14.0, ..*plot };
    let style = Type::new(SMALL, ink::QUIET);
    for share in [0.04, 0.3, 0.5, 0.7, 0.9] {
        let at = (x, plot.top + plot.height() * share);
        let mut trial = Obstacles { boxes: taken.boxes.clone(), strokes: taken.strokes.clone() };
        let (left, baseline, set) = trial.place(at, words, style, false, &page);
        let bounds = set.bounds(left, baseline, words);
        let is_free = taken.strokes.iter().all(|&(from, to)| bounds.crossed_by(from, to) == 0.0)
            && bounds.shared(&page) > 0.99 * bounds.width() * bounds.height();
        if is_free {
            return pen.text(left, baseline, words, set);
        }
    }
    let end = x > (plot.left + plot.right) / 2.0;
    let set = style.at(if end { Anchor::End } else { Anchor::Start });
    pen.text(if end { x - 8.0 } else { x + 8.0 }, plot.bottom - 8.0, words, set);
}
