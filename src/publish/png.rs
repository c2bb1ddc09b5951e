//! PNG: the page at twice its size, drawn with the embedded faces only, so that every machine gives the same bytes.

use std::cell::RefCell;

use tiny_skia::{FillRule, Paint, Path, PathBuilder, Rect, Stroke, Transform};
use zlib_rs::{DeflateConfig, ReturnCode, compress_bound, compress_slice};

use super::{
    draw::{
        ink::Ink,
        mark::{Mark, Page},
        pen::{Anchor, Type},
    },
    letter::{Letter, SHARES, letter},
    palette::{Indexed, Run, index},
    paper::Paper,
};

const SCALE: f64 = 2.0;

/// Word processors set the picture 15 cm wide: its 1,600 points are 10,667 to the metre.
const PER_METRE: u32 = 10_667;

/// Of 9. Packing harder makes files a tenth smaller and takes twice as long.
const EFFORT: i32 = 3;

/// Why a page could not be drawn.
pub type Fault = Box<dyn std::error::Error + Send + Sync>;

/// What a picture is drawn on, and its rows on their way into a file: as large as a page of a book, so asked for once.
#[derive(Default)]
struct Desk {
    paper: Paper,
    rows: Vec<u8>,
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

/// A page as a PNG file.
pub fn png(page: &Page) -> Result<Vec<u8>, Fault> {
    let (width, height) = (page.width * SCALE as u32, page.height * SCALE as u32);
    DESK.with_borrow_mut(|Desk { paper, rows }| {
        paper.lay(width, height);
        page.marks.iter().for_each(|mark| draw(paper, mark));
        let Indexed { colours, runs } = index(paper);
        lay_out(&runs, width, rows);
        pack(width, height, colours, rows)
    })
}

/// The rows of a picture, each behind a byte that says that it is as it is. Places in a list of colours are no slopes: what
/// stands above or before foretells nothing but sameness.
fn lay_out(runs: &[Run], width: u32, rows: &mut Vec<u8>) {
    rows.clear();
    let mut left = 0;
    for run in runs {
        if left == 0 {
            rows.push(0);
            left = width;
        }
        rows.resize(rows.len() + run.length as usize, run.place);
        left -= run.length;
    }
}

fn pack(width: u32, height: u32, colours: Vec<u8>, rows: &[u8]) -> Result<Vec<u8>, Fault> {
    // In one piece: piece by piece, as the encoder would have it, takes twice as long.
    let mut packed = vec![0; compress_bound(rows.len())];
    let (packed, ReturnCode::Ok) = compress_slice(&mut packed, rows, DeflateConfig::new(EFFORT)) else {
        return Err("the picture could not be packed".into());
    };
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_palette(colours);
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: PER_METRE, yppu: PER_METRE, unit: png::Unit::Meter }));
    let mut writer = encoder.write_header()?;
    writer.write_chunk(png::chunk::IDAT, packed)?;
    writer.finish()?;
    Ok(file)
}

fn point(pixels: f64) -> f32 {
    (pixels * SCALE) as f32
}

fn paint(ink: Ink) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(ink.0, ink.1, ink.2, 0xff);
    paint
}

// A shape without extent has no path, and leaves nothing.
fn draw(paper: &mut Paper, mark: &Mark) {
    match mark {
        Mark::Rect { area, ink } => rect(paper, area.left, area.top, area.right, area.bottom, *ink),
        Mark::Path { points, width, ink } => match points.as_slice() {
            [from, to] if from.1 == to.1 => {
                rect(paper, from.0.min(to.0), from.1 - width / 2.0, from.0.max(to.0), from.1 + width / 2.0, *ink);
            }
            [from, to] if from.0 == to.0 => {
                rect(paper, from.0 - width / 2.0, from.1.min(to.1), from.0 + width / 2.0, from.1.max(to.1), *ink);
            }
            _ => {
                let stroke = Stroke { width: point(*width), ..Stroke::default() };
                fill(paper, through(points, false).and_then(|path| path.stroke(&stroke, 1.0)), *ink);
            }
        },
        Mark::Polygon { points, ink } => fill(paper, through(points, true), *ink),
        Mark::Dot { centre, radius, ink } => {
            fill(paper, PathBuilder::from_circle(point(centre.0), point(centre.1), point(*radius)), *ink);
        }
        Mark::Text { x, baseline, words, style, opacity } => set(paper, *x, *baseline, words, style, *opacity),
    }
}

fn rect(paper: &mut Paper, left: f64, top: f64, right: f64, bottom: f64, ink: Ink) {
    let area = Rect::from_ltrb(point(left.min(right)), point(top.min(bottom)), point(right.max(left)), point(bottom.max(top)));
    if let Some(area) = area
        && let Some(mut place) = paper.between([area.left(), area.top(), area.right(), area.bottom()])
    {
        place.fill_rect(area, &paint(ink), Transform::identity(), None);
    }
}

fn fill(paper: &mut Paper, path: Option<Path>, ink: Ink) {
    let Some(path) = path else { return };
    let area = path.bounds();
    if let Some(mut place) = paper.between([area.left(), area.top(), area.right(), area.bottom()]) {
        place.fill_path(&path, &paint(ink), FillRule::Winding, Transform::identity(), None);
    }
}

fn through(points: &[(f64, f64)], closed: bool) -> Option<Path> {
    let (first, rest) = points.split_first()?;
    let mut path = PathBuilder::new();
    path.move_to(point(first.0), point(first.1));
    rest.iter().for_each(|&(x, y)| path.line_to(point(x), point(y)));
    if closed {
        path.close();
    }
    path.finish()
}

/// Stamps the letters of a text. Its baseline lies on a whole point, where letters are sharpest.
fn set(paper: &mut Paper, x: f64, baseline: f64, words: &str, style: &Type, opacity: f64) {
    let width = style.width(words);
    let mut left = match style.anchor {
        Anchor::Start => x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    let size = point(style.size);
    let baseline = point(baseline).round() as i32;
    let shades = shades(style.ink, opacity);
    for c in words.chars() {
        let (found, whole) = letter(c, style.weight, size, point(left));
        if let Some(letter) = found {
            stamp(paper, (whole + letter.left, baseline + letter.top), &letter, &shades);
        }
        left += style.width(c.encode_utf8(&mut [0; 4]));
    }
}

/// An ink at each share of cover.
struct Shades {
    ink: [u8; 3],
    /// Of 255.
    shares: [u32; SHARES],
    /// What it gives on white paper, where most letters stand.
    on_white: [[u8; 4]; SHARES],
}

fn shades(ink: Ink, opacity: f64) -> Shades {
    let opacity = (opacity * 255.0).round() as u32;
    let ink = [ink.0, ink.1, ink.2];
    let shares = std::array::from_fn(|share| share as u32 * 17 * opacity / 255);
    Shades { ink, shares, on_white: shares.map(|share| mixed([0xff; 4], ink, share)) }
}

/// An ink that covers so much of what is under it.
fn mixed(mut under: [u8; 4], ink: [u8; 3], share: u32) -> [u8; 4] {
    for (under, over) in under.iter_mut().zip(ink) {
        *under = ((u32::from(over) * share + u32::from(*under) * (255 - share) + 127) / 255) as u8;
    }
    under
}

/// Mixes an ink into the paper where a letter covers it. What lies beside the paper is not drawn.
fn stamp(paper: &mut Paper, (left, top): (i32, i32), letter: &Letter, shades: &Shades) {
    let (across, down) = (paper.width() as i32, paper.height() as i32);
    let seen = (-left).clamp(0, letter.width as i32)..(across - left).clamp(0, letter.width as i32);
    if seen.is_empty() {
        return;
    }
    let place = (left + seen.start) as usize..(left + seen.end) as usize;
    for (row, cover) in letter.cover.chunks_exact(letter.width).enumerate() {
        let y = top + row as i32;
        if y < 0 || y >= down {
            continue;
        }
        let covered = &cover[seen.start as usize..seen.end as usize];
        for (under, &share) in paper.row(y as usize, place.clone()).iter_mut().zip(covered) {
            let share = usize::from(share);
            if share > 0 {
                *under =
                    if *under == [0xff; 4] { shades.on_white[share] } else { mixed(*under, shades.ink, shades.shares[share]) };
            }
        }
    }
}
