//! The hand that draws a page's marks on paper, at twice the page's size, with the embedded faces only.

use std::{ops::Range, rc::Rc};

use rustc_hash::FxHashMap;
use tiny_skia::{Path, PathBuilder, Stroke};

use super::{
    cover::{Cover, WHOLE},
    draw::{
        mark::{Mark, Page},
        pen::{Anchor, Type, UNITS},
    },
    letter::letter,
    palette::Palette,
    paper::Paper,
};

/// Points of the paper to a pixel of the page.
const SCALE: u32 = 2;

/// Points that are looked at together.
const TOGETHER: usize = 16;

/// Draws a page; gives the red, green and blue of each colour whose place is now on the paper.
pub fn draw(page: &Page, paper: &mut Paper) -> Vec<u8> {
    paper.lay(page.width * SCALE, page.height * SCALE);
    let palette = Palette::of(page.marks.iter().map(Mark::ink));
    let mut hand = Hand { paper, palette, covers: FxHashMap::default() };
    page.marks.iter().for_each(|mark| hand.draw(mark));
    hand.palette.listed()
}

/// What draws: where, and in which colours.
struct Hand<'a> {
    paper: &'a mut Paper,
    palette: Palette,
    /// By shape: the strokes of a pattern, and the dots of a line, are alike.
    covers: FxHashMap<Shape, Option<Rc<Cover>>>,
}

/// A stroke or a dot, in units of the page from a whole pixel near it.
#[derive(PartialEq, Eq, Hash)]
struct Shape {
    /// Where it begins, and how far from there it ends; a dot ends where it begins.
    from: (i32, i32),
    to: (i32, i32),
    width: i32,
}

// A shape without extent has no path, and leaves nothing.
impl Hand<'_> {
    fn draw(&mut self, mark: &Mark) {
        let wash = self.palette.wash(mark.ink(), mark.opacity());
        match mark {
            Mark::Rect { area, .. } => self.rect([area.left, area.top, area.right, area.bottom], wash),
            Mark::Path { points, width, .. } => match points.as_slice() {
                [from, to] if from.1 == to.1 => {
                    self.rect([from.0.min(to.0), from.1 - width / 2.0, from.0.max(to.0), from.1 + width / 2.0], wash);
                }
                [from, to] if from.0 == to.0 => {
                    self.rect([from.0 - width / 2.0, from.1.min(to.1), from.0 + width / 2.0, from.1.max(to.1)], wash);
                }
                [from, to] => self.alike(*from, *to, *width, wash),
                _ => self.fill(through(points, false).and_then(|path| stroked(&path, point(*width))), wash),
            },
            Mark::Polygon { points, .. } => self.fill(through(points, true), wash),
            Mark::Dot { centre, radius, .. } => self.alike(*centre, *centre, *radius * 2.0, wash),
            Mark::Text { x, baseline, words, style, .. } => self.set(*x, *baseline, words, style, wash),
        }
    }

    /// Between left, top, right and bottom: whole points, and at its edges shares of some.
    fn rect(&mut self, [left, top, right, bottom]: [f64; 4], wash: usize) {
        for (rows, high) in spans(top * f64::from(SCALE), bottom * f64::from(SCALE), self.paper.height()) {
            for (across, wide) in spans(left * f64::from(SCALE), right * f64::from(SCALE), self.paper.width()) {
                let share = (high * wide * f64::from(WHOLE)).round() as u8;
                for row in rows.clone() {
                    self.palette.lay_evenly(wash, self.paper.points(row, &across), share);
                }
            }
        }
    }

    fn fill(&mut self, path: Option<Path>, wash: usize) {
        if let Some(cover) = path.and_then(|path| Cover::of(&path)) {
            self.stamp((0, 0), &cover, wash);
        }
    }

    /// A stroke or a dot, which is drawn once for all that are alike but for whole pixels.
    fn alike(&mut self, from: (f64, f64), to: (f64, f64), width: f64, wash: usize) {
        let units = |pixels: f64| (pixels * UNITS).round() as i32;
        let corner = (from.0.floor(), from.1.floor());
        let near = |(x, y): (f64, f64)| (units(x - corner.0), units(y - corner.1));
        let shape = Shape { from: near(from), to: near(to), width: units(width) };
        let cover = self.covers.entry(shape).or_insert_with_key(|shape| shape.cover().map(Rc::new)).clone();
        if let Some(cover) = cover {
            self.stamp(((corner.0 * f64::from(SCALE)) as i32, (corner.1 * f64::from(SCALE)) as i32), &cover, wash);
        }
    }

    /// Stamps the letters of a text. It begins, and its baseline lies, on a whole point: there letters are sharpest, and the same
    /// from text to text.
    fn set(&mut self, x: f64, baseline: f64, words: &str, style: &Type, wash: usize) {
        let left = match style.anchor {
            Anchor::Start => x,
            Anchor::Middle => x - style.width(words) / 2.0,
            Anchor::End => x - style.width(words),
        };
        let mut left = point(left).round();
        let size = point(style.size);
        let baseline = point(baseline).round() as i32;
        for c in words.chars() {
            let (found, whole) = letter(c, style.weight, size, left);
            if let Some(letter) = found {
                self.stamp((whole, baseline), &letter, wash);
            }
            left += point(style.width(c.encode_utf8(&mut [0; 4])));
        }
    }

    /// Mixes an ink into the paper where it is covered, seen from an origin. What lies beside the paper is not drawn.
    fn stamp(&mut self, origin: (i32, i32), &Cover { left, top, width, ref shares }: &Cover, wash: usize) {
        let (left, top) = (origin.0 + left, origin.1 + top);
        let (across, down) = (self.paper.width() as i32, self.paper.height() as i32);
        let seen = (-left).clamp(0, width as i32)..(across - left).clamp(0, width as i32);
        if seen.is_empty() {
            return;
        }
        let place = (left + seen.start) as usize..(left + seen.end) as usize;
        for (row, shares) in shares.chunks_exact(width).enumerate() {
            let y = top + row as i32;
            if y < 0 || y >= down {
                continue;
            }
            let shares = &shares[seen.start as usize..seen.end as usize];
            let points = self.paper.points(y as usize, &place);
            // Most of the box around a line is not covered.
            for (points, shares) in points.chunks_mut(TOGETHER).zip(shares.chunks(TOGETHER)) {
                if shares.iter().fold(0, |any, share| any | share) == 0 {
                    continue;
                }
                self.palette.lay(wash, points, shares);
            }
        }
    }
}

impl Shape {
    fn cover(&self) -> Option<Cover> {
        let place = |(x, y): (i32, i32)| (f64::from(x) / UNITS, f64::from(y) / UNITS);
        let width = point(f64::from(self.width) / UNITS);
        let (from, to) = (place(self.from), place(self.to));
        let path = if self.from == self.to {
            PathBuilder::from_circle(point(from.0), point(from.1), width / 2.0)
        } else {
            through(&[from, to], false).and_then(|path| stroked(&path, width))
        };
        Cover::of(&path?)
    }
}

fn stroked(path: &Path, width: f32) -> Option<Path> {
    path.stroke(&Stroke { width, ..Stroke::default() }, 1.0)
}

/// The whole points between two edges and the shares of points at them, of so many in all; each with its share of cover.
fn spans(from: f64, to: f64, most: usize) -> impl Iterator<Item = (Range<usize>, f64)> {
    let (from, to) = (from.clamp(0.0, most as f64), to.clamp(0.0, most as f64));
    let (first, last) = (from.floor(), (to.ceil() - 1.0).max(from.floor()));
    let edges = if first == last {
        [(first, last + 1.0, to - from), (0.0, 0.0, 0.0), (0.0, 0.0, 0.0)]
    } else {
        [(first, first + 1.0, first + 1.0 - from), (first + 1.0, last, 1.0), (last, last + 1.0, to - last)]
    };
    edges.into_iter().filter(|(_, _, share)| *share > 0.0).map(|(from, to, share)| (from as usize..to as usize, share))
}

fn point(pixels: f64) -> f32 {
    (pixels * f64::from(SCALE)) as f32
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

#[cfg(test)]
mod tests {
    use super::*;

    fn spanned(from: f64, to: f64) -> Vec<(Range<usize>, f64)> {
        spans(from, to, 10).collect()
    }

    #[test]
    fn edges_cover_their_shares_and_nothing_lies_beside_the_paper() {
        assert_eq!(spanned(1.5, 4.25), [(1..2, 0.5), (2..4, 1.0), (4..5, 0.25)]);
        assert_eq!(spanned(2.0, 4.0), [(2..3, 1.0), (3..3, 1.0), (3..4, 1.0)]);
        assert_eq!(spanned(2.25, 2.75), [(2..3, 0.5)]);
        assert_eq!(spanned(-5.0, 1.0), [(0..1, 1.0)]);
        assert_eq!(spanned(9.5, 80.0), [(9..10, 0.5)]);
        assert_eq!(spanned(3.0, 3.0), []);
        assert_eq!(spanned(12.0, 13.0), []);
    }
}
