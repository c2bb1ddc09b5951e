//! Letters by what they cover: drawn once, then stamped wherever they stand.
//!
//! Most of a chart's shapes are letters, and the same few come again and again; filling their outlines each time is what
//! drawing would spend most of its time on.

use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use rustc_hash::FxHashMap;
use tiny_skia::{Path, PathBuilder, Transform};
use ttf_parser::OutlineBuilder;

use super::{
    cover::Cover,
    font::{self, Weight},
};

/// A letter may begin at each half of a point, so that its distance from the next stays true.
const PLACES: f32 = 2.0;

/// Its character, whether it is bold, its size, and at which of the places it begins.
type Key = (char, bool, u32, u8);

/// What has been drawn, for all charts, whoever draws them.
static DRAWN: LazyLock<RwLock<FxHashMap<Key, Option<Arc<Cover>>>>> = LazyLock::new(RwLock::default);

/// A letter of a height, in points, and the whole point at which it is to be stamped. None where there is nothing to see.
pub fn letter(c: char, weight: Weight, size: f32, x: f32) -> (Option<Arc<Cover>>, i32) {
    let places = (x * PLACES).round();
    let whole = (places / PLACES).floor();
    let place = (places - whole * PLACES) as u8;
    let key = (c, weight == Weight::Bold, size.to_bits(), place);
    let known = DRAWN.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    let found = known.unwrap_or_else(|| {
        let drawn = draw(c, weight, size, f32::from(place) / PLACES).map(Arc::new);
        DRAWN.write().unwrap_or_else(PoisonError::into_inner).insert(key, drawn.clone());
        drawn
    });
    (found, whole as i32)
}

/// Its baseline begins so far to the right of the origin.
fn draw(c: char, weight: Weight, size: f32, x: f32) -> Option<Cover> {
    let scale = size / font::units_per_em(weight)?;
    Cover::of(&outline(c, weight)?.transform(Transform::from_row(scale, 0.0, 0.0, scale, x, 0.0))?)
}

/// The outline in units of the face, downwards as on the page. A letter the face lacks is its box for such letters.
fn outline(c: char, weight: Weight) -> Option<Path> {
    let mut drawn = Outline(PathBuilder::new());
    font::outline(c, weight, &mut drawn)?;
    drawn.0.finish()
}

struct Outline(PathBuilder);

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, -y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, -y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, -y1, x, -y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, -y1, x2, -y2, x, -y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
