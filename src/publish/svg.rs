//! SVG: the page around a chart. Finding, definition, key, the drawing, notes and source, from top to bottom.

use minijinja::HtmlEscape;

use super::{
    draw::{
        bars, bullet, dots, dumbbell, heat, ink, key, line,
        mark::Page,
        multiples, pace,
        page::{BODY, MARGIN, Rect, SMALL, WIDTH},
        pen::{Pen, Type, UNITS},
        slope, tiles, waterfall,
        wrap::{fill, wrap},
    },
    strokes::strokes,
};
use crate::model::{Figure, Language, Marks};

const TITLE: f64 = 23.0;

/// A drawing as an SVG document, and its size on a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub svg: String,
    pub width: u32,
    pub height: u32,
}

/// Everything of a figure set on its page.
pub fn page(figure: &Figure) -> Page {
    drawn(figure).0
}

/// The page, and every text on it with its box, for the test that none is cut or touches another.
fn drawn(figure: &Figure) -> (Page, Vec<(String, Rect)>) {
    let mut pen = Pen::default();
    let top = head(&mut pen, figure);
    let bottom = match &figure.marks {
        Marks::Line(lines) => line::draw(&mut pen, figure, lines, top),
        Marks::Bars(ranks) => bars::draw(&mut pen, figure, ranks, top),
        Marks::Dots(ranks) => dots::draw(&mut pen, figure, ranks, top),
        Marks::Dumbbell(pairs) => dumbbell::draw(&mut pen, figure, pairs, top),
        Marks::Slope(pairs) => slope::draw(&mut pen, figure, pairs, top),
        Marks::Bullet(bullets) => bullet::draw(&mut pen, figure, bullets, top),
        Marks::Heat(heat) => heat::draw(&mut pen, figure, heat, top),
        Marks::Waterfall(steps) => waterfall::draw(&mut pen, figure, steps, top),
        Marks::Pace(pacing) => pace::draw(&mut pen, figure, pacing, top),
        Marks::Multiples(multiples) => multiples::draw(&mut pen, figure, multiples, top),
        Marks::Tiles(tiles) => tiles::draw(&mut pen, figure, tiles, top),
    };
    let height = foot(&mut pen, figure, bottom).ceil() as u32;
    (Page { marks: pen.marks, width: WIDTH as u32, height }, pen.texts)
}

/// The page as a document, which says in words what it shows.
pub fn svg(figure: &Figure, page: &Page) -> Picture {
    let language = match figure.language {
        Language::Chinese => "zh-CN",
        Language::English => "en",
    };
    let Page { marks, width, height } = page;
    let units = |pixels: &u32| f64::from(*pixels) * UNITS;
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\" role=\"img\" \
         xml:lang=\"{language}\">\n<title>{}</title>\n<desc>{}</desc>\n<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>\n{}",
        units(width),
        units(height),
        HtmlEscape(&figure.title),
        HtmlEscape(&figure.alt),
        strokes(marks),
    );
    Picture { svg, width: *width, height: *height }
}

/// Sets lines of text below each other, from the left margin; gives the height below them.
fn set(pen: &mut Pen, lines: &[String], style: Type, top: f64, leading: f64) -> f64 {
    let mut baseline = top + style.size * 0.9;
    for words in lines {
        pen.text(MARGIN, baseline, words, style);
        baseline += leading;
    }
    baseline - style.size * 0.9
}

fn head(pen: &mut Pen, figure: &Figure) -> f64 {
    let room = WIDTH - 2.0 * MARGIN;
    let mut title_room = room;
    if let Some(words) = &figure.sample {
        let style = Type::new(SMALL, ink::SAMPLE).bold();
        let right = WIDTH - MARGIN;
        let left = right - style.width(words) - 20.0;
        pen.rect(Rect { left, top: 22.0, right, bottom: 48.0 }, ink::SAMPLE_PAPER);
        pen.text(left + 10.0, style.centred(35.0), words, style);
        title_room = left - MARGIN - 20.0;
    }
    let bold = Type::new(TITLE, ink::TEXT).bold();
    let top = set(pen, &wrap(&figure.title, bold, title_room), bold, 24.0, 31.0);
    let quiet = Type::new(BODY, ink::QUIET);
    let top = set(pen, &fill(&figure.subtitle, quiet, room), quiet, top + 1.0, 22.0);
    key::draw(pen, &figure.key, top + 8.0) + 10.0
}

fn foot(pen: &mut Pen, figure: &Figure, bottom: f64) -> f64 {
    let style = Type::new(SMALL, ink::QUIET);
    let room = WIDTH - 2.0 * MARGIN;
    let mut top = bottom + 18.0;
    for note in &figure.notes {
        top = set(pen, &fill(note, style, room), style, top, 20.0) + 2.0;
    }
    set(pen, &fill(&figure.source, style, room), style, top + 2.0, 20.0) + 14.0
}

#[cfg(test)]
mod tests;
