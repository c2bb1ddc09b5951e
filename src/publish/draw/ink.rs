//! Colours and patterns. They keep apart for the colour-blind and on a grey printer: verdicts by pattern, lines by marker.

use plotters::style::RGBColor;

use super::pen::Pen;
use crate::model::{Direction, Verdict};

pub type Ink = RGBColor;

pub const WHITE: Ink = RGBColor(0xff, 0xff, 0xff);
pub const TEXT: Ink = RGBColor(0x1b, 0x24, 0x2e);
pub const QUIET: Ink = RGBColor(0x57, 0x62, 0x6e);
pub const GRID: Ink = RGBColor(0xdd, 0xe2, 0xe7);
pub const AXIS: Ink = RGBColor(0x8a, 0x95, 0xa1);
pub const BAND: Ink = RGBColor(0xee, 0xf2, 0xf6);
pub const TARGET: Ink = RGBColor(0x1b, 0x24, 0x2e);
pub const SAMPLE: Ink = RGBColor(0xa3, 0x4a, 0x00);
pub const SAMPLE_PAPER: Ink = RGBColor(0xff, 0xf1, 0xdc);
pub const BAR: Ink = RGBColor(0x5b, 0x8d, 0xb8);
pub const BAR_WHOLE: Ink = RGBColor(0x17, 0x43, 0x6b);

/// Behind a line, between the bounds of its values.
pub const INTERVAL: Ink = RGBColor(0xcf, 0xe0, 0xee);
/// What became better, what became worse, what did neither: dark and darker, and worse is dashed besides.
pub const BETTER: Ink = RGBColor(0x0f, 0x76, 0x66);
pub const WORSE: Ink = RGBColor(0xb0, 0x42, 0x0c);
pub const EITHER: Ink = RGBColor(0x4a, 0x72, 0x98);

/// Shades of the classes on a map, from the lowest: each darker than the one before on a grey printer too.
pub const CLASSES: [Ink; 4] =
    [RGBColor(0xe3, 0xee, 0xf7), RGBColor(0xa9, 0xcb, 0xe3), RGBColor(0x3e, 0x79, 0xab), RGBColor(0x12, 0x3c, 0x66)];

/// The ink of a class, and of words on it.
pub fn class(place: usize) -> (Ink, Ink) {
    let place = place.min(CLASSES.len() - 1);
    (CLASSES[place], if place < 2 { TEXT } else { WHITE })
}

/// The ink of a movement.
pub fn way(direction: Direction) -> Ink {
    match direction {
        Direction::Improving => BETTER,
        Direction::Worsening => WORSE,
        Direction::Unchanged | Direction::CannotTell | Direction::NotApplicable => EITHER,
    }
}

/// The stroke of a movement: dashed where it is for the worse.
pub fn stroke(pen: &mut Pen, from: (f64, f64), to: (f64, f64), width: f64, direction: Direction) {
    match direction {
        Direction::Worsening => pen.dashed(from, to, width, way(direction)),
        _ => pen.line(from, to, width, way(direction)),
    }
}

/// The hands a line is drawn in; the marker tells them apart where the colour cannot.
pub const LINES: [Ink; 8] = [
    RGBColor(0x1d, 0x66, 0xa6),
    RGBColor(0xc2, 0x4d, 0x16),
    RGBColor(0x14, 0x7d, 0x6f),
    RGBColor(0x7c, 0x4d, 0xa3),
    RGBColor(0x8d, 0x6a, 0x0b),
    RGBColor(0xb3, 0x2f, 0x7c),
    RGBColor(0x3c, 0x49, 0x56),
    RGBColor(0x2a, 0x86, 0xb5),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    Solid,
    /// Strokes from lower left to upper right.
    Hatched,
    /// Level strokes.
    Striped,
    Hollow,
}

/// How a bar is filled.
#[derive(Debug, Clone, Copy)]
pub struct Fill {
    pub ink: Ink,
    pub paper: Ink,
    pub pattern: Pattern,
}

/// The fill of a bar: its verdict in a pattern, the whole in a darker ink.
pub fn fill(verdict: Option<Verdict>, whole: bool) -> Fill {
    let (plain, dark, paper, pattern) = match verdict {
        None => (BAR, BAR_WHOLE, WHITE, Pattern::Solid),
        Some(Verdict::Met | Verdict::Done) => (RGBColor(0x1f, 0x8a, 0x7a), RGBColor(0x0b, 0x55, 0x4a), WHITE, Pattern::Solid),
        Some(Verdict::Missed | Verdict::Overdue) => {
            (RGBColor(0xc9, 0x52, 0x1a), RGBColor(0x8c, 0x32, 0x06), RGBColor(0xfc, 0xea, 0xde), Pattern::Hatched)
        }
        Some(Verdict::Aspiration) => {
            (RGBColor(0x7c, 0x4d, 0xa3), RGBColor(0x52, 0x2b, 0x75), RGBColor(0xf1, 0xeb, 0xf7), Pattern::Striped)
        }
        Some(Verdict::OnPace) => {
            (RGBColor(0x2b, 0x6c, 0xb0), RGBColor(0x17, 0x46, 0x78), RGBColor(0xe3, 0xee, 0xf8), Pattern::Hollow)
        }
        Some(Verdict::Behind) => {
            (RGBColor(0xb0, 0x7d, 0x12), RGBColor(0x7a, 0x54, 0x05), RGBColor(0xfa, 0xf1, 0xdb), Pattern::Hatched)
        }
        Some(Verdict::NotDue | Verdict::Due | Verdict::NotStarted) => {
            (RGBColor(0x7c, 0x87, 0x93), RGBColor(0x3f, 0x4a, 0x56), RGBColor(0xe3, 0xe8, 0xed), Pattern::Hollow)
        }
        Some(Verdict::CannotTell) => (RGBColor(0x7c, 0x87, 0x93), RGBColor(0x3f, 0x4a, 0x56), WHITE, Pattern::Hollow),
    };
    Fill { ink: if whole { dark } else { plain }, paper, pattern }
}

/// A bar that is not judged, among others that are: so light that on a grey printer it is not taken for one that met its target.
pub fn unjudged() -> Fill {
    Fill { ink: RGBColor(0xb7, 0xc9, 0xda), paper: WHITE, pattern: Pattern::Solid }
}

/// Where there is no value.
pub fn nothing() -> Fill {
    Fill { ink: AXIS, paper: WHITE, pattern: Pattern::Hollow }
}

/// A step up or down: solid and hatched.
pub fn change(up: bool) -> Fill {
    let pattern = if up { Pattern::Solid } else { Pattern::Hatched };
    Fill { ink: if up { BAR } else { RGBColor(0x8d, 0x6a, 0x0b) }, paper: RGBColor(0xfa, 0xf1, 0xdb), pattern }
}

/// Paper, edge and ink of a cell: what fell short is dark, everything else light, so that it is seen first and grey prints tell
/// them apart.
pub fn cell(verdict: Verdict) -> (Ink, Ink, Ink) {
    let dark = fill(Some(verdict), true).ink;
    match verdict {
        Verdict::Met | Verdict::Done => (RGBColor(0xdc, 0xf0, 0xeb), dark, TEXT),
        Verdict::Missed | Verdict::Overdue => (RGBColor(0xa8, 0x40, 0x0e), dark, WHITE),
        Verdict::Behind => (RGBColor(0x86, 0x5f, 0x0a), dark, WHITE),
        Verdict::CannotTell => (RGBColor(0xf3, 0xf5, 0xf7), AXIS, QUIET),
        Verdict::NotDue | Verdict::Due | Verdict::NotStarted => (WHITE, AXIS, TEXT),
        _ => (fill(Some(verdict), false).paper, dark, TEXT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_that_is_not_judged_looks_like_none_that_met_its_target_on_a_grey_printer() {
        let grey = |ink: Ink| 0.299 * f64::from(ink.0) + 0.587 * f64::from(ink.1) + 0.114 * f64::from(ink.2);
        for whole in [false, true] {
            let met = fill(Some(Verdict::Met), whole);
            assert_eq!(met.pattern, unjudged().pattern, "only the shade tells them apart");
            assert!(grey(unjudged().ink) - grey(met.ink) > 75.0);
        }
        assert!(grey(unjudged().ink) - grey(TEXT) > 125.0, "figures are read on it");
    }
}
