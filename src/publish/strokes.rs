//! Marks as the shapes of an SVG document, through plotters' backend.

use plotters::{
    backend::{DrawingBackend, SVGBackend},
    style::{
        Color, FontStyle, IntoFont, TextStyle,
        text_anchor::{HPos, Pos, VPos},
    },
};

use super::{
    draw::{
        mark::Mark,
        pen::{Anchor, Type, UNITS},
    },
    font::{self, Weight},
};

/// The shapes, one a line, in tenths of a pixel: the backend counts in whole units.
pub fn strokes(marks: &[Mark]) -> String {
    let mut document = String::new();
    let mut backend = SVGBackend::with_string(&mut document, (1, 1));
    for mark in marks {
        draw(&mut backend, mark);
    }
    let _ = backend.present();
    drop(backend);
    // The first line opens a document of plotters' own size.
    document.split_once('\n').map_or_else(String::new, |(_, shapes)| shapes.to_string())
}

fn units(pixels: f64) -> i32 {
    (pixels * UNITS).round() as i32
}

fn place((x, y): (f64, f64)) -> (i32, i32) {
    (units(x), units(y))
}

// The backend writes into a `String`, which cannot fail: its results are let go.
fn draw(backend: &mut SVGBackend, mark: &Mark) {
    match mark {
        Mark::Rect { area, ink } => {
            let _ = backend.draw_rect(place((area.left, area.top)), place((area.right, area.bottom)), &ink.filled(), true);
        }
        Mark::Path { points, width, ink } => {
            let style = ink.stroke_width(units(*width) as u32);
            let _ = match points.as_slice() {
                [from, to] => backend.draw_line(place(*from), place(*to), &style),
                _ => backend.draw_path(points.iter().copied().map(place), &style),
            };
        }
        Mark::Polygon { points, ink } => {
            let _ = backend.fill_polygon(points.iter().copied().map(place), &ink.filled());
        }
        Mark::Dot { centre, radius, ink } => {
            let _ = backend.draw_circle(place(*centre), units(*radius) as u32, &ink.filled(), true);
        }
        Mark::Text { x, baseline, words, style, opacity } => set(backend, (*x, *baseline), words, style, *opacity),
    }
}

fn set(backend: &mut SVGBackend, (x, baseline): (f64, f64), words: &str, style: &Type, opacity: f64) {
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
    let _ = backend.draw_text(words, &set, place((x, baseline - 0.76 * style.size)));
}
