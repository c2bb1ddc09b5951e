//! The stroke of a line over time: dashed where it leads to or from a value of which a part has not come.

use super::{ink::Ink, pen::Pen};

/// A point of a line on the page.
#[derive(Debug, Clone, Copy)]
pub struct Knot {
    pub at: (f64, f64),
    pub incomplete: bool,
}

pub fn thread(pen: &mut Pen, knots: &[Knot], width: f64, ink: Ink) {
    let mut solid: Vec<(f64, f64)> = Vec::new();
    let end = |pen: &mut Pen, solid: &mut Vec<(f64, f64)>| {
        if solid.len() > 1 {
            pen.path(solid, width, ink);
        }
        solid.clear();
    };
    for (place, knot) in knots.iter().enumerate() {
        let before = place.checked_sub(1).map(|place| knots[place]);
        if let Some(before) = before.filter(|before| before.incomplete || knot.incomplete) {
            end(pen, &mut solid);
            pen.dashed(before.at, knot.at, width, ink);
        }
        solid.push(knot.at);
    }
    end(pen, &mut solid);
}
