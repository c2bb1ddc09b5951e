//! What a pen has left on the page, in order: the SVG and the PNG are both made from this list.

use super::{ink::Ink, page::Rect, pen::Type};

/// One shape or one text, in pixels of the page, to the tenth.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    Rect {
        area: Rect,
        ink: Ink,
    },
    /// A stroke through points, with straight ends and pointed corners.
    Path {
        points: Vec<(f64, f64)>,
        width: f64,
        ink: Ink,
    },
    Polygon {
        points: Vec<(f64, f64)>,
        ink: Ink,
    },
    Dot {
        centre: (f64, f64),
        radius: f64,
        ink: Ink,
    },
    /// A text whose baseline starts, centres or ends at a place; seen through where its opacity is below 1.
    Text {
        x: f64,
        baseline: f64,
        words: String,
        style: Type,
        opacity: f64,
    },
}

impl Mark {
    pub fn ink(&self) -> Ink {
        match self {
            Mark::Rect { ink, .. } | Mark::Path { ink, .. } | Mark::Polygon { ink, .. } | Mark::Dot { ink, .. } => *ink,
            Mark::Text { style, .. } => style.ink,
        }
    }

    /// How much of what is under it is covered.
    pub fn opacity(&self) -> f64 {
        if let Mark::Text { opacity, .. } = self { *opacity } else { 1.0 }
    }
}

/// A page on which everything has been drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    pub marks: Vec<Mark>,
    /// Whole pixels.
    pub width: u32,
    pub height: u32,
}
