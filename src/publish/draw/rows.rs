//! Rows below each other with their names at the left, and a scale of values beside them: what charts by area share.

use super::{
    ink,
    page::{BODY, MARGIN, Rect, SMALL, WIDTH},
    pen::{Anchor, Pen, Type},
    ticks::{Ticks, ticks, whole_ticks},
    wrap::wrap,
};
use crate::model::printed;

pub const LEADING: f64 = 19.0;
/// The most that names take of the width.
const NAMES: f64 = 230.0;

pub struct Row {
    pub name: Vec<String>,
    pub style: Type,
    pub area: Rect,
    pub emphasis: bool,
}

impl Row {
    pub fn middle(&self) -> f64 {
        (self.area.top + self.area.bottom) / 2.0
    }

    /// The name in the left margin.
    pub fn name(&self, pen: &mut Pen) {
        let mut baseline = self.style.centred(self.middle()) - LEADING * (self.name.len() as f64 - 1.0) / 2.0;
        for line in &self.name {
            pen.text(MARGIN, baseline, line, self.style);
            baseline += LEADING;
        }
    }
}

/// Few rows stand wide apart, many close; a name of several lines makes its row higher.
pub fn rows<'a>(names: impl Iterator<Item = (&'a str, bool)>, top: f64) -> Vec<Row> {
    let names: Vec<(&str, bool)> = names.collect();
    let least = match names.len() {
        0..=6 => 38.0,
        7..=16 => 31.0,
        _ => 26.0,
    };
    let mut edge = top;
    let row = |(name, emphasis): (&str, bool)| {
        let plain = Type::new(BODY, ink::TEXT);
        let style = if emphasis { plain.bold() } else { plain };
        let name = wrap(name, style, NAMES);
        let height = (LEADING * name.len() as f64 + 7.0).max(least);
        let area = Rect { left: MARGIN, top: edge, right: WIDTH - MARGIN, bottom: edge + height };
        edge += height;
        Row { name, style, area, emphasis }
    };
    names.into_iter().map(row).collect()
}

/// The width of the longest name.
pub fn widest(rows: &[Row]) -> f64 {
    rows.iter().flat_map(|row| row.name.iter().map(|line| row.style.width(line))).fold(0.0, f64::max)
}

/// Paper behind the rows that are to be seen first.
pub fn bands(pen: &mut Pen, rows: &[Row]) {
    for row in rows.iter().filter(|row| row.emphasis) {
        pen.rect(Rect { left: MARGIN - 10.0, right: WIDTH - MARGIN + 10.0, ..row.area }, ink::BAND);
    }
}

/// Where values lie from left to right.
pub struct Scale {
    pub low: f64,
    pub high: f64,
    pub left: f64,
    pub right: f64,
}

impl Scale {
    pub fn x(&self, value: f64) -> f64 {
        self.left + (value - self.low) / (self.high - self.low) * (self.right - self.left)
    }
}

/// A range that shows values with a little air. It need not start at zero, but does when zero is near.
pub fn range(values: impl Iterator<Item = f64>, unit: &str, about: usize) -> Ticks {
    // A wiggle of a thousandth must not fill the page: at least a twentieth of the level is shown.
    enclosed(values, unit, about, 0.05)
}

/// The same for small differences of large values.
pub fn close_range(values: impl Iterator<Item = f64>, unit: &str, about: usize) -> Ticks {
    enclosed(values, unit, about, 1e-6)
}

fn enclosed(values: impl Iterator<Item = f64>, unit: &str, about: usize, least_share: f64) -> Ticks {
    let values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    let mut low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let mut high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if low > high {
        return ticks(0.0, 1.0, about);
    }
    let (least, most) = (low, high);
    let short = least_share * high.abs().max(low.abs()) - (high - low);
    if short > 0.0 {
        low -= short / 2.0;
        high += short / 2.0;
    }
    if high - low <= 0.0 {
        return whole_ticks(0.0, 1.0, about);
    }
    let air = 0.08 * (high - low);
    (low, high) = (low - air, high + air);
    if least >= 0.0 && (low < 0.0 || low < 0.5 * high) {
        low = 0.0;
    }
    if unit == "%" && most <= 100.0 {
        high = high.min(100.0);
    }
    // Between 8 schools and 9 there is no mark.
    if values.iter().all(|value| value.fract() == 0.0) { whole_ticks(low, high, about) } else { ticks(low, high, about) }
}

/// A mark of a scale in words.
pub fn mark(unit: &str, scale: &Ticks, value: f64) -> String {
    format!("{}{}", printed(value, scale.decimals), if unit == "%" { "%" } else { "" })
}

/// Upright lines at the marks of a scale, and their words below; as many marks as have room.
pub fn grid(pen: &mut Pen, unit: &str, marks: &Ticks, scale: &Scale, top: f64, bottom: f64) {
    let style = Type::new(SMALL, ink::QUIET).at(Anchor::Middle);
    let widest = marks.values.iter().map(|&value| style.width(&mark(unit, marks, value))).fold(0.0, f64::max);
    let step = (scale.right - scale.left) / (marks.values.len().max(2) - 1) as f64;
    let every = ((widest + 14.0) / step).ceil().max(1.0) as usize;
    for (place, &value) in marks.values.iter().enumerate() {
        let x = scale.x(value);
        let ink = if value == 0.0 { ink::AXIS } else { ink::GRID };
        pen.line((x, top), (x, bottom + 4.0), 1.0, ink);
        if place.is_multiple_of(every) {
            pen.text(x, bottom + 21.0, &mark(unit, marks, value), style);
        }
    }
}

/// Height of what `grid` sets below the rows.
pub const GRID_FOOT: f64 = 28.0;

/// A dashed line across all rows, named above them.
pub fn level(pen: &mut Pen, x: f64, words: &str, top: f64, bottom: f64) {
    // A white case keeps the dashes visible on the marks they cross.
    pen.line((x, top - 4.0), (x, bottom + 4.0), 4.0, ink::WHITE);
    pen.dashed((x, top - 4.0), (x, bottom + 4.0), 1.8, ink::TARGET);
    let style = Type::new(BODY, ink::TARGET);
    let half = style.width(words) / 2.0;
    let middle = x.min(WIDTH - MARGIN - half).max(MARGIN + half);
    pen.text(middle, top - 10.0, words, style.at(Anchor::Middle));
}
