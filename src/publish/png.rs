//! PNG: the page at twice its size, drawn with the embedded faces only, so that every machine gives the same bytes.

use std::cell::RefCell;

use tiny_skia::{FillRule, Paint, Path, PathBuilder, PixmapMut, Rect, Stroke, Transform};

use super::{
    draw::{
        ink::Ink,
        mark::{Mark, Page},
        pen::{Anchor, Type},
    },
    letter::letter,
    palette,
};

const SCALE: f64 = 2.0;

/// Word processors set the picture 15 cm wide: its 1,600 points are 10,667 to the metre.
const PER_METRE: u32 = 10_667;

/// Why a page could not be drawn.
pub type Fault = Box<dyn std::error::Error + Send + Sync>;

/// The points of the picture in hand, and the places of their colours: as large as a page of a book, so asked for once.
#[derive(Default)]
struct Sheet {
    points: Vec<u8>,
    places: Vec<u8>,
}

thread_local! {
    static SHEET: RefCell<Sheet> = RefCell::default();
}

/// A page as a PNG file.
pub fn png(page: &Page) -> Result<Vec<u8>, Fault> {
    let (width, height) = (page.width * SCALE as u32, page.height * SCALE as u32);
    SHEET.with_borrow_mut(|Sheet { points, places }| {
        points.clear();
        points.resize(width as usize * height as usize * 4, 0xff);
        let mut paper = PixmapMut::from_bytes(points, width, height).ok_or("the picture has no size")?;
        page.marks.iter().for_each(|mark| draw(&mut paper, mark));
        let colours = palette::index(points, places);
        pack(width, height, colours, places)
    })
}

fn pack(width: u32, height: u32, colours: Vec<u8>, places: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_palette(colours);
    // Packing harder makes files a tenth smaller and takes twice as long.
    encoder.set_deflate_compression(png::DeflateCompression::Level(3));
    // Places in a list of colours are no slopes: what stands above or before foretells nothing but sameness.
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: PER_METRE, yppu: PER_METRE, unit: png::Unit::Meter }));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(places)?;
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
fn draw(paper: &mut PixmapMut, mark: &Mark) {
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

fn rect(paper: &mut PixmapMut, left: f64, top: f64, right: f64, bottom: f64, ink: Ink) {
    if let Some(area) =
        Rect::from_ltrb(point(left.min(right)), point(top.min(bottom)), point(right.max(left)), point(bottom.max(top)))
    {
        paper.fill_rect(area, &paint(ink), Transform::identity(), None);
    }
}

fn fill(paper: &mut PixmapMut, path: Option<Path>, ink: Ink) {
    if let Some(path) = path {
        paper.fill_path(&path, &paint(ink), FillRule::Winding, Transform::identity(), None);
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
fn set(paper: &mut PixmapMut, x: f64, baseline: f64, words: &str, style: &Type, opacity: f64) {
    let width = style.width(words);
    let mut left = match style.anchor {
        Anchor::Start => x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    let size = point(style.size);
    let baseline = point(baseline).round() as i32;
    for c in words.chars() {
        let (found, whole) = letter(c, style.weight, size, point(left));
        if let Some(letter) = found {
            stamp(paper, (whole + letter.left, baseline + letter.top), &letter.cover, letter.width, style.ink, opacity);
        }
        left += style.width(c.encode_utf8(&mut [0; 4]));
    }
}

/// Mixes an ink into the paper where a letter covers it. What lies beside the paper is not drawn.
fn stamp(paper: &mut PixmapMut, (left, top): (i32, i32), cover: &[u8], width: usize, ink: Ink, opacity: f64) {
    let (across, down) = (paper.width() as i32, paper.height() as i32);
    let opacity = (opacity * 255.0).round() as u32;
    let points = paper.data_mut().as_chunks_mut::<4>().0;
    let seen = (-left).clamp(0, width as i32)..(across - left).clamp(0, width as i32);
    if seen.is_empty() {
        return;
    }
    for (row, cover) in cover.chunks_exact(width).enumerate() {
        let y = top + row as i32;
        if y < 0 || y >= down {
            continue;
        }
        let start = (y * across + left + seen.start) as usize;
        let covered = &cover[seen.start as usize..seen.end as usize];
        for (under, &share) in points[start..start + covered.len()].iter_mut().zip(covered) {
            if share == 0 {
                continue;
            }
            if share == 255 && opacity == 255 {
                *under = [ink.0, ink.1, ink.2, 255];
                continue;
            }
            let share = u32::from(share) * opacity / 255;
            for (under, over) in under.iter_mut().zip([ink.0, ink.1, ink.2]) {
                *under = ((u32::from(over) * share + u32::from(*under) * (255 - share) + 127) / 255) as u8;
            }
        }
    }
}
