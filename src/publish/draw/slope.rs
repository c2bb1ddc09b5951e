//! Two columns of names joined by strokes: names that would touch are moved apart, and lead to their places.

use super::{
    ink,
    page::{BODY, MARGIN, Rect, WIDTH},
    pen::{Anchor, Pen, Type},
    spread::{Wish, spread},
    watermark::watermark,
    wrap::wrap,
};
use crate::model::{End, Figure, Pair, Pairs};

const LEADING: f64 = 18.0;
/// The most that the words of one side take of the width.
const SIDE: f64 = 235.0;

/// The words of one side, each at the height of its value.
struct Side {
    lines: Vec<Vec<String>>,
    middles: Vec<f64>,
}

/// Draws a chart below a height; gives the height where it ends.
pub fn draw(pen: &mut Pen, figure: &Figure, pairs: &Pairs, top: f64) -> f64 {
    let rows = &pairs.rows;
    let style = |pair: &Pair| if pair.emphasis { Type::new(BODY, ink::TEXT).bold() } else { Type::new(BODY, ink::TEXT) };
    let words = |pick: fn(&Pair) -> &End, forward: bool| -> Vec<Vec<String>> {
        let said = |pair: &Pair| match forward {
            true => format!("{} {}", pick(pair).shown, pair.label),
            false => format!("{} {}", pair.label, pick(pair).shown),
        };
        rows.iter().map(|pair| wrap(&said(pair), style(pair), SIDE)).collect()
    };
    let (left, right) = (words(|pair| &pair.before, false), words(|pair| &pair.after, true));
    let width = |side: &[Vec<String>]| {
        let lines = side.iter().zip(rows).flat_map(|(lines, pair)| lines.iter().map(|line| style(pair).width(line)));
        lines.fold(0.0, f64::max)
    };
    let high = |side: &[Vec<String>]| -> f64 { side.iter().map(|lines| height(lines)).sum() };
    let head = Type::new(BODY, ink::QUIET).bold();
    let plot = Rect {
        left: MARGIN + width(&left).max(head.width(&pairs.before) / 2.0) + 34.0,
        right: WIDTH - MARGIN - width(&right).max(head.width(&pairs.after) / 2.0) - 34.0,
        top: top + 34.0,
        bottom: top + 34.0 + high(&left).max(high(&right)).max(330.0),
    };
    for (x, words) in [(plot.left, &pairs.before), (plot.right, &pairs.after)] {
        pen.text(x, top + 16.0, words, head.at(Anchor::Middle));
        pen.line((x, plot.top - 8.0), (x, plot.bottom + 4.0), 1.0, ink::GRID);
    }
    if let Some(words) = &figure.sample {
        watermark(pen, words, plot);
    }
    let y = heights(rows, &plot);
    let side = |lines: Vec<Vec<String>>, pick: fn(&Pair) -> &End| {
        let wish = |(lines, pair): (&Vec<String>, &Pair)| Wish { middle: y(pick(pair).value), height: height(lines) };
        let wishes: Vec<Wish> = lines.iter().zip(rows).map(wish).collect();
        let middles = spread(&wishes, plot.top - 6.0, plot.bottom + 6.0);
        Side { lines, middles }
    };
    let sides = [side(left, |pair| &pair.before), side(right, |pair| &pair.after)];
    // The whole is drawn last, over its parts.
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|&place| rows[place].emphasis);
    for &place in &order {
        let pair = &rows[place];
        let (from, to) = ((plot.left, y(pair.before.value)), (plot.right, y(pair.after.value)));
        if pair.emphasis {
            pen.line(from, to, 4.0, ink::TEXT);
        } else {
            ink::stroke(pen, from, to, 1.8, pair.direction);
        }
        let hand = if pair.emphasis { ink::TEXT } else { ink::way(pair.direction) };
        pen.dot(from, 4.2, hand);
        pen.dot(to, 4.2, hand);
    }
    for (side, (edge, way)) in sides.iter().zip([(plot.left, -1.0), (plot.right, 1.0)]) {
        for (place, pair) in rows.iter().enumerate() {
            let (middle, lines) = (side.middles[place], &side.lines[place]);
            let at = y(if way < 0.0 { pair.before.value } else { pair.after.value });
            pen.path(&[(edge + way * 6.0, at), (edge + way * 12.0, at), (edge + way * 26.0, middle)], 0.9, ink::AXIS);
            let style = style(pair).at(if way < 0.0 { Anchor::End } else { Anchor::Start });
            let mut baseline = style.centred(middle) - LEADING * (lines.len() as f64 - 1.0) / 2.0;
            for line in lines {
                pen.text(edge + way * 30.0, baseline, line, style);
                baseline += LEADING;
            }
        }
    }
    plot.bottom + 14.0
}

fn height(lines: &[String]) -> f64 {
    LEADING * lines.len() as f64 + 2.0
}

/// Both sides share one scale.
fn heights(rows: &[Pair], plot: &Rect) -> impl Fn(Option<f64>) -> f64 + use<> {
    let values = || rows.iter().flat_map(|pair| [pair.before.value, pair.after.value]).flatten();
    let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
    let (top, bottom) = (plot.top, plot.bottom);
    move |value| match value {
        Some(value) if high > low => bottom - (value - low) / (high - low) * (bottom - top),
        _ => (top + bottom) / 2.0,
    }
}
