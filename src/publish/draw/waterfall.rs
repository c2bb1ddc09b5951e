//! Steps below each other: totals from the edge, and between them what adds and what takes away, each from where the one
//! before it ended.

use super::{
    ink::{self, Fill},
    page::{BODY, MARGIN, Rect, WIDTH},
    pen::{Anchor, Pen, Type},
    rows::{GRID_FOOT, Scale, close_range, grid, rows, widest},
    watermark::watermark,
};
use crate::model::{Figure, Step};

/// Draws a chart below a height; gives the height where it ends.
pub fn draw(pen: &mut Pen, figure: &Figure, steps: &[Step], top: f64) -> f64 {
    let rows = rows(steps.iter().map(|step| (step.label.as_str(), step.from.is_none())), top + 4.0);
    let bottom = rows.last().map_or(top + 4.0, |row| row.area.bottom);
    let bold = Type::new(BODY, ink::TEXT).bold();
    let figures = steps.iter().map(|step| bold.width(&step.shown)).fold(0.0, f64::max);
    let plot = Rect { left: MARGIN + widest(&rows) + 20.0, top: top + 4.0, right: WIDTH - MARGIN - figures - 20.0, bottom };
    let marks = close_range(steps.iter().flat_map(|step| [Some(step.to), step.from]).flatten(), &figure.unit, 5);
    let scale = Scale { low: marks.low(), high: marks.high(), left: plot.left, right: plot.right };
    grid(pen, &figure.unit, &marks, &scale, plot.top - 2.0, bottom);
    if let Some(words) = &figure.sample {
        watermark(pen, words, plot);
    }
    for (place, (row, step)) in rows.iter().zip(steps).enumerate() {
        row.name(pen);
        let middle = row.middle();
        let (from, to) = (scale.x(step.from.unwrap_or(marks.low().max(0.0))), scale.x(step.to));
        let area =
            Rect { left: from.min(to), right: from.max(to).max(from.min(to) + 1.6), top: middle - 9.0, bottom: middle + 9.0 };
        pen.filled(area, fill(step));
        if step.from.is_none() && marks.low() > 0.0 {
            cut(pen, scale.left, middle);
        }
        // A thread leads from the end of a step to the beginning of the next.
        if let Some(next) = rows.get(place + 1) {
            pen.line((to, middle + 9.0), (to, next.middle() - 9.0), 1.0, ink::AXIS);
        }
        pen.text(WIDTH - MARGIN, row.style.centred(middle), &step.shown, row.style.at(Anchor::End));
    }
    bottom + GRID_FOOT
}

fn fill(step: &Step) -> Fill {
    match step.from {
        None => ink::fill(None, true),
        Some(from) => ink::change(step.to >= from),
    }
}

/// The sign of a bar that does not begin at zero.
fn cut(pen: &mut Pen, left: f64, middle: f64) {
    for by in [12.0, 18.0] {
        pen.line((left + by - 3.0, middle + 11.0), (left + by + 3.0, middle - 11.0), 2.4, ink::WHITE);
    }
}
