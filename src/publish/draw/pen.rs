//! The pen: plotters' SVG backend, used in tenths of a pixel, which remembers where it has set text.

use plotters::{
    backend::{DrawingBackend, SVGBackend},
    style::{
        Color, FontStyle, IntoFont, ShapeStyle, TextStyle,
        text_anchor::{HPos, Pos, VPos},
    },
};

use super::{
    ink::{Fill, Ink, Pattern},
    page::Rect,
};
use crate::publish::font::{self, Weight};

/// The backend counts in whole units; ten of them to a pixel keep curves and alignments true.
pub const UNITS: f64 = 10.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text is set.
#[derive(Debug, Clone, Copy)]
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

pub struct Pen<'a> {
    backend: SVGBackend<'a>,
    pub texts: Vec<(String, Rect)>,
}

fn units(pixels: f64) -> i32 {
    (pixels * UNITS).round() as i32
}

fn place((x, y): (f64, f64)) -> (i32, i32) {
    (units(x), units(y))
}

// The backend writes into a `String`, which cannot fail: its results are let go.
impl<'a> Pen<'a> {
    pub fn new(buffer: &'a mut String) -> Self {
        Pen { backend: SVGBackend::with_string(buffer, (1, 1)), texts: Vec::new() }
    }

    pub fn finish(mut self) -> Vec<(String, Rect)> {
        let _ = self.backend.present();
        self.texts
    }

    fn stroke(ink: Ink, width: f64) -> ShapeStyle {
        ink.stroke_width(units(width) as u32)
    }

    pub fn rect(&mut self, area: Rect, ink: Ink) {
        let _ = self.backend.draw_rect(place((area.left, area.top)), place((area.right, area.bottom)), &ink.filled(), true);
    }

    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), width: f64, ink: Ink) {
        let _ = self.backend.draw_line(place(from), place(to), &Self::stroke(ink, width));
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
        let _ = self.backend.draw_path(points.iter().copied().map(place), &Self::stroke(ink, width));
    }

    pub fn polygon(&mut self, points: &[(f64, f64)], ink: Ink) {
        let _ = self.backend.fill_polygon(points.iter().copied().map(place), &ink.filled());
    }

    pub fn dot(&mut self, centre: (f64, f64), radius: f64, ink: Ink) {
        let _ = self.backend.draw_circle(place(centre), units(radius) as u32, &ink.filled(), true);
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
        let horizontal = match style.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let face = if style.weight == Weight::Bold { FontStyle::Bold } else { FontStyle::Normal };
        // The backend divides the size by 1.24 and lowers a top-anchored text by 0.76 em; both are taken back here, so
        // that the baseline is where we say, in every viewer.
        let font = (font::FAMILY, style.size * UNITS * 1.24).into_font().style(face);
        let ink = style.ink.mix(opacity);
        let set = TextStyle::from(font).color(&ink).pos(Pos::new(horizontal, VPos::Top));
        let words: String = words.chars().filter(|c| !c.is_control()).collect();
        let _ = self.backend.draw_text(&words, &set, place((x, baseline - 0.76 * style.size)));
    }
}
