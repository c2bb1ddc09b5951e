//! The pen: it leaves marks on a page, in tenths of a pixel, and remembers where it has set text.

use super::{
    ink::{Fill, Ink, Pattern},
    mark::Mark,
    page::Rect,
};
use crate::publish::font::{self, Weight};

/// A pixel has ten units: everything lies on a whole one, so that the same place is the same number in every format.
pub const UNITS: f64 = 10.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Type {
    pub size: f64,
    pub weight: Weight,
    pub ink: Ink,
    pub anchor: Anchor,
}

impl Type {
    pub fn new(size: f64, ink: Ink) -> Self {
        Type { size, weight: Weight::Regular, ink, anchor: Anchor::Start }
    }

    pub fn bold(self) -> Self {
        Type { weight: Weight::Bold, ..self }
    }

    pub fn at(self, anchor: Anchor) -> Self {
        Type { anchor, ..self }
    }

    pub fn width(&self, words: &str) -> f64 {
        font::width(words, self.size, self.weight)
    }

    /// Its width in units of the face, which add up exactly.
    pub fn units(&self, words: &str) -> f64 {
        font::units(words, self.weight)
    }

    pub fn pixels(&self, units: f64) -> f64 {
        font::pixels(units, self.size, self.weight)
    }

    /// The box of a text whose baseline starts, centres or ends at a place.
    pub fn bounds(&self, x: f64, baseline: f64, words: &str) -> Rect {
        let width = self.width(words);
        let left = match self.anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        Rect { left, top: baseline - 0.88 * self.size, right: left + width, bottom: baseline + 0.14 * self.size }
    }

    /// The baseline that centres figures and capitals on a height.
    pub fn centred(&self, y: f64) -> f64 {
        y + self.size * font::CAP_HEIGHT / 2.0
    }
}

#[derive(Default)]
pub struct Pen {
    pub marks: Vec<Mark>,
    pub texts: Vec<(String, Rect)>,
}

/// The nearest tenth of a pixel.
fn tenth(pixels: f64) -> f64 {
    (pixels * UNITS).round() / UNITS
}

fn place((x, y): (f64, f64)) -> (f64, f64) {
    (tenth(x), tenth(y))
}

impl Pen {
    pub fn rect(&mut self, area: Rect, ink: Ink) {
        let area = Rect { left: tenth(area.left), top: tenth(area.top), right: tenth(area.right), bottom: tenth(area.bottom) };
        self.marks.push(Mark::Rect { area, ink });
    }

    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), width: f64, ink: Ink) {
        self.path(&[from, to], width, ink);
    }

    /// A level or upright dashed line.
    pub fn dashed(&mut self, from: (f64, f64), to: (f64, f64), width: f64, ink: Ink) {
        const DASH: f64 = 7.0;
        const STEP: f64 = 11.0;
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        let at = |way: f64| {
            let share = if length > 0.0 { way.min(length) / length } else { 0.0 };
            (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
        };
        for dash in 0..(length / STEP).ceil() as usize {
            let start = dash as f64 * STEP;
            self.line(at(start), at(start + DASH), width, ink);
        }
    }

    pub fn path(&mut self, points: &[(f64, f64)], width: f64, ink: Ink) {
        let points = points.iter().copied().map(place).collect();
        self.marks.push(Mark::Path { points, width: tenth(width), ink });
    }

    pub fn polygon(&mut self, points: &[(f64, f64)], ink: Ink) {
        self.marks.push(Mark::Polygon { points: points.iter().copied().map(place).collect(), ink });
    }

    pub fn dot(&mut self, centre: (f64, f64), radius: f64, ink: Ink) {
        self.marks.push(Mark::Dot { centre: place(centre), radius: tenth(radius), ink });
    }

    /// A bar or a key: paper, pattern, outline.
    pub fn filled(&mut self, area: Rect, fill: Fill) {
        if fill.pattern == Pattern::Solid {
            return self.rect(area, fill.ink);
        }
        self.rect(area, fill.paper);
        let mut offset = 6.0;
        match fill.pattern {
            Pattern::Hatched => {
                // Each stroke runs up to the right at 45°, cut off at the edges of the bar.
                while offset < area.width() + area.height() {
                    let from = (area.left + (offset - area.height()).max(0.0), area.top + offset.min(area.height()));
                    let to = (area.left + offset.min(area.width()), area.top + (offset - area.width()).max(0.0));
                    self.line(from, to, 1.8, fill.ink);
                    offset += 7.0;
                }
            }
            Pattern::Striped => {
                offset = 4.0;
                while offset < area.height() - 1.0 {
                    let y = area.top + offset;
                    self.line((area.left, y), (area.right, y), 1.4, fill.ink);
                    offset += 4.5;
                }
            }
            Pattern::Solid | Pattern::Hollow => {}
        }
        let Rect { left, top, right, bottom } =
            Rect { left: area.left + 0.7, top: area.top + 0.7, right: area.right - 0.7, bottom: area.bottom - 0.7 };
        self.path(&[(left, top), (right, top), (right, bottom), (left, bottom), (left, top), (right, top)], 1.4, fill.ink);
    }

    pub fn text(&mut self, x: f64, baseline: f64, words: &str, style: Type) {
        self.texts.push((words.to_string(), style.bounds(x, baseline, words)));
        self.set(x, baseline, words, style, 1.0);
    }

    /// Text that is seen through and may cross anything.
    pub fn watermark(&mut self, x: f64, baseline: f64, words: &str, style: Type) {
        self.set(x, baseline, words, style, 0.07);
    }

    fn set(&mut self, x: f64, baseline: f64, words: &str, style: Type, opacity: f64) {
        let words = words.chars().filter(|c| !c.is_control()).collect();
        self.marks.push(Mark::Text { x: tenth(x), baseline: tenth(baseline), words, style, opacity });
    }
}
