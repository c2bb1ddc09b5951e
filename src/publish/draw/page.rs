//! Places on the page: rectangles, whether they touch, and the measures every chart keeps to.

/// Width of a picture. Printed 15 cm wide, a point of 14 is 7.4 typographic points: the smallest size used.
pub const WIDTH: f64 = 800.0;
pub const MARGIN: f64 = 24.0;
pub const SMALL: f64 = 14.0;
pub const BODY: f64 = 15.0;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Rect {
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// The area two rectangles share.
    pub fn shared(&self, other: &Rect) -> f64 {
        let wide = self.right.min(other.right) - self.left.max(other.left);
        let high = self.bottom.min(other.bottom) - self.top.max(other.top);
        if wide > 0.0 && high > 0.0 { wide * high } else { 0.0 }
    }

    #[cfg(test)]
    pub fn within(&self, other: &Rect) -> bool {
        self.left >= other.left && self.right <= other.right && self.top >= other.top && self.bottom <= other.bottom
    }

    /// The length of a straight stroke that lies inside (Liang–Barsky clipping).
    pub fn crossed_by(&self, from: (f64, f64), to: (f64, f64)) -> f64 {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
        for (step, room) in
            [(-dx, from.0 - self.left), (dx, self.right - from.0), (-dy, from.1 - self.top), (dy, self.bottom - from.1)]
        {
            if step == 0.0 {
                if room < 0.0 {
                    return 0.0;
                }
            } else if step < 0.0 {
                enters = enters.max(room / step);
            } else {
                leaves = leaves.min(room / step);
            }
        }
        (leaves - enters).max(0.0) * dx.hypot(dy)
    }
}

#[cfg(test)]
mod tests {
    use super::Rect;

    const BOX: Rect = Rect { left: 0.0, top: 0.0, right: 10.0, bottom: 10.0 };

    #[test]
    fn strokes_are_clipped_to_the_box() {
        assert_eq!(BOX.crossed_by((-5.0, 5.0), (15.0, 5.0)), 10.0);
        assert_eq!(BOX.crossed_by((-5.0, 11.0), (15.0, 11.0)), 0.0);
        assert_eq!(BOX.crossed_by((2.0, 2.0), (2.0, 4.0)), 2.0);
        assert_eq!(BOX.crossed_by((20.0, 0.0), (30.0, 10.0)), 0.0);
    }

    #[test]
    fn boxes_that_only_touch_share_nothing() {
        assert_eq!(BOX.shared(&Rect { left: 10.0, top: 0.0, right: 20.0, bottom: 10.0 }), 0.0);
        assert_eq!(BOX.shared(&Rect { left: 8.0, top: 8.0, right: 20.0, bottom: 20.0 }), 4.0);
    }
}
