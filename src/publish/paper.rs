//! The paper of a picture: points of red, green, blue and opaque, which knows where it has been drawn on.
//!
//! A chart is mostly white. What nothing was drawn on need neither be looked at afterwards nor be cleaned for the next chart.

use std::ops::Range;

use tiny_skia::PixmapMut;

/// A row has as many parts as a word has bits: which of them have been drawn on.
const PARTS: usize = 64;

/// White where nothing has been drawn, also before it is first laid out.
#[derive(Default)]
pub struct Paper {
    points: Vec<u8>,
    width: usize,
    height: usize,
    /// One word a row.
    touched: Vec<u64>,
}

impl Paper {
    /// Clean paper of a size in points.
    pub fn lay(&mut self, width: u32, height: u32) {
        for row in 0..self.height {
            self.drawn(row).for_each(|stretch| self.clean(stretch));
            self.touched[row] = 0;
        }
        (self.width, self.height) = (width as usize, height as usize);
        self.points.resize(self.width * self.height * 4, 0xff);
        self.touched.clear();
        self.touched.resize(self.height, 0);
    }

    pub fn width(&self) -> usize {
        self.width
    }

    pub fn height(&self) -> usize {
        self.height
    }

    /// Where to draw between two edges across and two down; what lies beside the paper is left out.
    pub fn between(&mut self, [left, top, right, bottom]: [f32; 4]) -> Option<PixmapMut<'_>> {
        // One point more on each side: soft edges.
        let across = (left.floor() - 1.0).max(0.0) as usize..((right.ceil() + 1.0).max(0.0) as usize).min(self.width);
        let down = (top.floor() - 1.0).max(0.0) as usize..((bottom.ceil() + 1.0).max(0.0) as usize).min(self.height);
        self.touch(across, down);
        PixmapMut::from_bytes(&mut self.points, self.width as u32, self.height as u32)
    }

    /// The points of a row from one place to another, to be drawn on.
    pub fn row(&mut self, row: usize, across: Range<usize>) -> &mut [[u8; 4]] {
        self.touch(across.clone(), row..row + 1);
        let start = row * self.width;
        &mut self.points.as_chunks_mut::<4>().0[start + across.start..start + across.end]
    }

    fn touch(&mut self, across: Range<usize>, down: Range<usize>) {
        if across.is_empty() || down.is_empty() {
            return;
        }
        let (first, last) = (across.start / self.part(), (across.end - 1) / self.part());
        let word = (u64::MAX >> (PARTS - 1 - (last - first))) << first;
        self.touched[down].iter_mut().for_each(|touched| *touched |= word);
    }

    fn part(&self) -> usize {
        self.width.div_ceil(PARTS).max(1)
    }

    /// The stretches of a row that may have been drawn on, in places of the whole picture.
    fn drawn(&self, row: usize) -> impl Iterator<Item = Range<usize>> + use<> {
        let (mut word, part, start, width) = (self.touched[row], self.part(), row * self.width, self.width);
        std::iter::from_fn(move || {
            let first = word.trailing_zeros();
            if first == u64::BITS {
                return None;
            }
            let end = first + (word >> first).trailing_ones();
            word &= u64::MAX.checked_shl(end).unwrap_or(0);
            Some(start + first as usize * part..start + (end as usize * part).min(width))
        })
    }

    /// White again, from one place of the picture to another.
    fn clean(&mut self, stretch: Range<usize>) {
        self.points[stretch.start * 4..stretch.end * 4].fill(0xff);
    }

    /// Looks at the stretches of a row, each with its place in the row, and leaves white paper.
    pub fn take(&mut self, row: usize, mut look: impl FnMut(usize, &[[u8; 4]])) {
        for stretch in self.drawn(row) {
            look(stretch.start - row * self.width, &self.points()[stretch.clone()]);
            // While it is at hand.
            self.clean(stretch);
        }
        self.touched[row] = 0;
    }

    #[cfg(test)]
    fn is_white(&self) -> bool {
        self.points().iter().all(|point| *point == [255; 4])
    }

    fn points(&self) -> &[[u8; 4]] {
        self.points.as_chunks::<4>().0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_hold_what_was_drawn_on_and_the_next_paper_is_white() {
        let mut paper = Paper::default();
        paper.lay(200, 3);
        paper.row(1, 10..11).fill([0; 4]);
        paper.row(1, 150..200).fill([0; 4]);
        assert_eq!(paper.drawn(0).count(), 0);
        let drawn: Vec<Range<usize>> = paper.drawn(1).collect();
        assert_eq!(drawn, [200 + 8..200 + 12, 200 + 148..400]);
        paper.lay(300, 2);
        assert!(paper.points().len() == 600 && paper.is_white());
    }

    #[test]
    fn every_point_of_a_row_may_be_drawn_on() {
        for width in [1, 63, 64, 65, 1600, 5000] {
            let mut paper = Paper::default();
            paper.lay(width, 1);
            paper.row(0, 0..width as usize).fill([0; 4]);
            let mut taken = Vec::new();
            paper.take(0, |at, points| taken.push((at, points.len())));
            assert_eq!(taken, [(0, width as usize)]);
            assert!(paper.is_white() && paper.drawn(0).count() == 0);
            assert!(paper.between([-5.0, -5.0, 1e9, 0.5]).is_some());
        }
    }
}
