//! A label beside its point: of the places around it, the first that touches neither line nor other label.

use super::{
    page::Rect,
    pen::{Anchor, Type},
};

/// What labels keep clear of.
#[derive(Debug, Default)]
pub struct Obstacles {
    pub boxes: Vec<Rect>,
    pub strokes: Vec<((f64, f64), (f64, f64))>,
}

impl Obstacles {
    /// How badly a label would sit here: nothing, if it touches nothing and stays inside.
    fn harm(&self, label: &Rect, page: &Rect) -> f64 {
        let boxes: f64 = self.boxes.iter().map(|taken| taken.shared(label)).sum();
        let strokes: f64 = self.strokes.iter().map(|&(from, to)| 8.0 * label.crossed_by(from, to)).sum();
        let outside = label.width() * label.height() - label.shared(page);
        boxes + strokes + 100.0 * outside.max(0.0)
    }

    /// Where to set a label for a point: its anchor and baseline. The place is then taken.
    pub fn place(&mut self, point: (f64, f64), words: &str, style: Type, below: bool, page: &Rect) -> (f64, f64, Type) {
        let (x, y) = point;
        let cap = style.size * 0.733;
        let (over, under) = (y - 11.0, y + 11.0 + cap);
        let preferred = if below { [under, over] } else { [over, under] };
        let away = if below { 6.0 } else { -6.0 };
        let mut spots: Vec<(f64, f64, Anchor)> = [preferred[0], preferred[1], preferred[0] + away, preferred[1] - away]
            .map(|baseline| (x, baseline, Anchor::Middle))
            .into();
        for baseline in [preferred[0], preferred[1], y + cap / 2.0] {
            spots.push((x + 9.0, baseline, Anchor::Start));
            spots.push((x - 9.0, baseline, Anchor::End));
        }
        spots
            .extend([14.0, 28.0].into_iter().flat_map(|far| [(x, over - far, Anchor::Middle), (x, under + far, Anchor::Middle)]));
        let mut best = (f64::INFINITY, (x, over, style));
        for (x, baseline, anchor) in spots {
            let set = style.at(anchor);
            let bounds = set.bounds(x, baseline, words);
            let padded =
                Rect { left: bounds.left - 4.0, right: bounds.right + 4.0, top: bounds.top - 1.0, bottom: bounds.bottom + 2.0 };
            let harm = self.harm(&padded, page);
            if harm < best.0 {
                best = (harm, (x, baseline, set));
            }
        }
        let (x, baseline, set) = best.1;
        self.boxes.push(set.bounds(x, baseline, words));
        best.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::draw::ink;

    const PAGE: Rect = Rect { left: 0.0, top: 0.0, right: 200.0, bottom: 200.0 };

    #[test]
    fn a_label_moves_away_from_what_is_taken() {
        let style = Type::new(15.0, ink::TEXT);
        let mut clear = Obstacles::default();
        assert!(clear.place((100.0, 100.0), "52.6%", style, false, &PAGE).1 < 100.0);
        assert!(clear.place((100.0, 100.0), "52.6%", style, false, &PAGE).1 > 100.0);
        let mut crossed = Obstacles { strokes: vec![((0.0, 85.0), (200.0, 85.0))], ..Obstacles::default() };
        assert!(crossed.place((100.0, 100.0), "52.6%", style, false, &PAGE).1 > 100.0);
    }
}
