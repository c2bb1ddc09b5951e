//! The paper of a picture: of each point the place of its colour in the palette, row by row as they go into the file.

use std::ops::Range;

/// White where nothing has been drawn.
#[derive(Default)]
pub struct Paper {
    /// Each row stands behind a byte that says that it is as it is. Places of colours are no slopes: what stands above or before
    /// foretells nothing but sameness.
    rows: Vec<u8>,
    width: usize,
    height: usize,
}

impl Paper {
    /// Clean paper of a size in points. White has the first place.
    pub fn lay(&mut self, width: u32, height: u32) {
        (self.width, self.height) = (width as usize, height as usize);
        self.rows.clear();
        self.rows.resize((1 + self.width) * self.height, 0);
    }

    pub fn width(&self) -> usize {
        self.width
    }

    pub fn height(&self) -> usize {
        self.height
    }

    /// The points of a row from one place to another, to be drawn on.
    pub fn points(&mut self, row: usize, across: &Range<usize>) -> &mut [u8] {
        let start = row * (1 + self.width) + 1;
        &mut self.rows[start + across.start..start + across.end]
    }

    /// All rows, each behind its byte.
    pub fn rows(&self) -> &[u8] {
        &self.rows
    }
}
