//! The key above a drawing: one mark and its words after the other, in as many rows as they need.

use super::{
    ink,
    page::{MARGIN, Rect, SMALL, WIDTH},
    pen::{Pen, Type},
};
use crate::model::{Direction, Key, Mark};

/// Gives the height below it.
pub fn draw(pen: &mut Pen, key: &[Key], top: f64) -> f64 {
    let style = Type::new(SMALL, ink::TEXT);
    let mut left = MARGIN;
    let mut middle = top + 9.0;
    for entry in key {
        let sign = sign(entry.mark);
        let width = sign + 7.0 + style.width(&entry.words);
        if left > MARGIN && left + width > WIDTH - MARGIN {
            left = MARGIN;
            middle += 23.0;
        }
        mark(pen, entry.mark, left, middle);
        pen.text(left + sign + 7.0, style.centred(middle), &entry.words, style);
        left += width + 22.0;
    }
    if key.is_empty() { top } else { middle + 14.0 }
}

/// The width of a mark.
fn sign(mark: Mark) -> f64 {
    match mark {
        Mark::Better
        | Mark::Worse
        | Mark::Unchanged
        | Mark::Whole
        | Mark::Behind
        | Mark::Reached
        | Mark::Profile
        | Mark::Level => 28.0,
        _ => 17.0,
    }
}

fn mark(pen: &mut Pen, mark: Mark, left: f64, middle: f64) {
    let swatch = Rect { left, top: middle - 7.5, right: left + 17.0, bottom: middle + 7.5 };
    let centre = (left + 8.5, middle);
    let (from, to) = ((left, middle), (left + 28.0, middle));
    match mark {
        Mark::Verdict(verdict) => pen.filled(swatch, ink::fill(Some(verdict), false)),
        Mark::Unjudged => pen.filled(swatch, ink::unjudged()),
        Mark::Cell(verdict) => {
            let (paper, edge, _) = ink::cell(verdict);
            pen.rect(swatch, edge);
            pen.rect(
                Rect { left: swatch.left + 4.0, top: swatch.top + 1.0, right: swatch.right - 1.0, bottom: swatch.bottom - 1.0 },
                paper,
            );
        }
        Mark::Target => pen.line((left + 8.0, middle - 9.0), (left + 8.0, middle + 9.0), 3.0, ink::TARGET),
        Mark::Expected => pen.dashed((left + 8.0, middle - 9.0), (left + 8.0, middle + 9.0), 2.0, ink::TARGET),
        Mark::Before => {
            pen.dot(centre, 6.4, ink::QUIET);
            pen.dot(centre, 4.2, ink::WHITE);
        }
        Mark::After => pen.dot(centre, 6.4, ink::QUIET),
        Mark::Better => ink::stroke(pen, from, to, 3.0, Direction::Improving),
        Mark::Worse => ink::stroke(pen, from, to, 3.0, Direction::Worsening),
        Mark::Unchanged => ink::stroke(pen, from, to, 3.0, Direction::Unchanged),
        Mark::Adds => pen.filled(swatch, ink::change(true)),
        Mark::Takes => pen.filled(swatch, ink::change(false)),
        Mark::Interval => {
            pen.rect(swatch, ink::INTERVAL);
            pen.line((left, middle), (left + 17.0, middle), 2.0, ink::LINES[0]);
        }
        Mark::Whisker => {
            pen.line((left, middle), (left + 17.0, middle), 2.0, ink::LINES[0]);
            for x in [left + 1.0, left + 16.0] {
                pen.line((x, middle - 5.0), (x, middle + 5.0), 2.0, ink::LINES[0]);
            }
            pen.dot(centre, 5.2, ink::LINES[0]);
        }
        Mark::Behind => pen.line(from, to, 1.6, ink::AXIS),
        Mark::Whole => pen.line(from, to, 4.0, ink::TEXT),
        Mark::Reached => pen.line(from, to, 3.0, ink::LINES[0]),
        Mark::Profile | Mark::Level => pen.dashed(from, to, 2.0, ink::TARGET),
        Mark::Class(place) => {
            pen.rect(swatch, ink::AXIS);
            let inner =
                Rect { left: swatch.left + 1.0, top: swatch.top + 1.0, right: swatch.right - 1.0, bottom: swatch.bottom - 1.0 };
            pen.rect(inner, ink::class(place).0);
        }
    }
}
