//! Targets below each other, each on a scale of its own from zero: a bar for the value, a stroke at the level.

use super::{
    ink,
    page::{BODY, MARGIN, Rect, SMALL, WIDTH},
    pen::{Anchor, Pen, Type},
    rows::LEADING,
    watermark::watermark,
    wrap::wrap,
};
use crate::model::{Bullet, Figure};

/// The most that the name of a target takes of the width, and the least that its bar has.
const NAMES: f64 = 250.0;
const VALUES: f64 = 190.0;

struct Line<'a> {
    bullet: &'a Bullet,
    name: Vec<String>,
    /// The value in bold, and below it its level and the verdict.
    said: Vec<String>,
    bold: usize,
    area: Rect,
}

/// Draws a chart below a height; gives the height where it ends.
pub fn draw(pen: &mut Pen, figure: &Figure, bullets: &[Bullet], top: f64) -> f64 {
    let (name, value) = (Type::new(BODY, ink::TEXT), Type::new(BODY, ink::TEXT).bold());
    let mut edge = top + 2.0;
    let mut lines = Vec::new();
    for bullet in bullets {
        let names = wrap(&bullet.label, name, NAMES);
        let mut said = wrap(&bullet.shown, value, VALUES);
        let bold = said.len();
        said.extend(level(bullet));
        let height = LEADING * names.len().max(said.len()) as f64 + 12.0;
        let area = Rect { left: MARGIN, right: WIDTH - MARGIN, top: edge, bottom: edge + height };
        lines.push(Line { bullet, name: names, said, bold, area });
        edge += height;
    }
    let widest =
        |style: Type, words: &mut dyn Iterator<Item = &String>| words.map(|words| style.width(words)).fold(0.0, f64::max);
    let left = MARGIN + widest(name, &mut lines.iter().flat_map(|line| &line.name)) + 16.0;
    let right = WIDTH - MARGIN - widest(value, &mut lines.iter().flat_map(|line| &line.said)) - 18.0;
    for (place, line) in lines.iter().enumerate() {
        if place > 0 {
            pen.line((MARGIN, line.area.top), (WIDTH - MARGIN, line.area.top), 1.0, ink::GRID);
        }
        bar(pen, line.bullet, Rect { left, right, ..line.area });
    }
    if let Some(words) = &figure.sample {
        watermark(pen, words, Rect { left, right, top, bottom: edge });
    }
    for line in &lines {
        let middle = (line.area.top + line.area.bottom) / 2.0;
        set(pen, MARGIN, middle, &line.name, |_| name);
        let quiet = Type::new(SMALL, ink::QUIET).at(Anchor::End);
        set(pen, WIDTH - MARGIN, middle, &line.said, |place| if place < line.bold { value.at(Anchor::End) } else { quiet });
    }
    edge + 4.0
}

/// The level and the verdict: beside each other where there is room, else below each other.
fn level(bullet: &Bullet) -> Vec<String> {
    let style = Type::new(SMALL, ink::QUIET);
    let both = format!("{} · {}", bullet.target_shown, bullet.words);
    if style.width(&both) <= VALUES {
        return vec![both];
    }
    [&bullet.target_shown, &bullet.words].into_iter().flat_map(|words| wrap(words, style, VALUES)).collect()
}

/// Lines of text centred on a height.
fn set(pen: &mut Pen, x: f64, middle: f64, lines: &[String], style: impl Fn(usize) -> Type) {
    let mut baseline = style(0).centred(middle) - LEADING * (lines.len() as f64 - 1.0) / 2.0;
    for (place, line) in lines.iter().enumerate() {
        pen.text(x, baseline, line, style(place));
        baseline += LEADING;
    }
}

fn bar(pen: &mut Pen, bullet: &Bullet, room: Rect) {
    let known = [0.0, bullet.value, bullet.target, bullet.expected.unwrap_or(0.0)];
    let low = known.into_iter().fold(0.0, f64::min);
    let high = known.into_iter().fold(0.0, f64::max);
    let span = if high - low > 0.0 { (high - low) * 1.06 } else { 1.0 };
    let x = |value: f64| room.left + (value - low) / span * room.width();
    let middle = (room.top + room.bottom) / 2.0;
    pen.rect(Rect { top: middle - 13.0, bottom: middle + 13.0, ..room }, ink::BAND);
    let (zero, end) = (x(0.0), x(bullet.value));
    let area = Rect { left: zero.min(end), right: zero.max(end), top: middle - 8.0, bottom: middle + 8.0 };
    if area.width() > 2.0 {
        pen.filled(area, ink::fill(Some(bullet.verdict), false));
    }
    if let Some(expected) = bullet.expected {
        let at = x(expected);
        pen.line((at, middle - 13.0), (at, middle + 13.0), 4.0, ink::WHITE);
        pen.dashed((at, middle - 13.0), (at, middle + 13.0), 2.0, ink::TARGET);
    }
    let at = x(bullet.target);
    pen.line((at, middle - 15.0), (at, middle + 15.0), 6.0, ink::WHITE);
    pen.line((at, middle - 15.0), (at, middle + 15.0), 3.4, ink::TARGET);
}
