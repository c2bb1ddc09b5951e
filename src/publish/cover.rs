//! How much of each point a shape covers, as a small picture that can be stamped wherever the same shape stands.

use tiny_skia::{FillRule, Mask, Path, Transform};

/// All of a point: it is covered by eighths. Finer shares cannot be seen on paper or screen, and few keep the colours of a picture
/// few enough to be listed, and soft edges alike enough to be packed.
pub const WHOLE: u8 = 8;

/// Further away from the origin nothing is drawn: no page is so large.
const FAR: f32 = 20_000.0;

/// The box of points around a shape.
pub struct Cover {
    /// Points from the origin to the left and to the upper edge; negative on the other side of it.
    pub left: i32,
    pub top: i32,
    pub width: usize,
    /// Row by row, the share of each point, in eighths.
    pub shares: Vec<u8>,
}

impl Cover {
    /// What lies inside a path. None where that is nothing.
    pub fn of(path: &Path) -> Option<Cover> {
        let bounds = path.bounds();
        let inside = |edge: f32| edge.clamp(-FAR, FAR);
        let (left, top) = (inside(bounds.left()).floor(), inside(bounds.top()).floor());
        let (right, bottom) = (inside(bounds.right()).ceil(), inside(bounds.bottom()).ceil());
        let mut mask = Mask::new((right - left).max(1.0) as u32, (bottom - top).max(1.0) as u32)?;
        mask.fill_path(path, FillRule::Winding, true, Transform::from_translate(-left, -top));
        let width = mask.width() as usize;
        let mut shares = mask.take();
        shares.iter_mut().for_each(|share| *share = ((u16::from(*share) + 16) / 32) as u8);
        Some(Cover { left: left as i32, top: top as i32, width, shares })
    }
}
