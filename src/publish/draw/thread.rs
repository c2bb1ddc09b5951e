//! The stroke of a line over time: dashed where it leads to or from a value of which a part has not come.

use super::{ink::Ink, pen::Pen};

/// A point of a line on the page.
#[derive(Debug, Clone, Copy)]
pub struct Knot {
    pub at: (f64, f64),
    pub incomplete: bool,
}

/// The stretches of a line, or of its band, between gaps and breaks.
pub fn unbroken<T: Copy>(places: &[Option<T>], breaks: &[usize]) -> Vec<Vec<T>> {
    let mut runs: Vec<Vec<T>> = vec![Vec::new()];
    for (at, place) in places.iter().enumerate() {
        if place.is_none() || breaks.contains(&at) {
            runs.push(Vec::new());
        }
        if let Some(run) = runs.last_mut() {
            run.extend(place);
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
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
