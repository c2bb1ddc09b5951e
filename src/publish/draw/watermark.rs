//! The sample mark across a drawing, for pictures whose numbers are made up.

use super::{
    ink,
    page::Rect,
    pen::{Anchor, Pen, Type},
};

/// Sets the mark, again for every screenful, so that no part that is cut out goes without.
pub fn watermark(pen: &mut Pen, words: &str, area: Rect) {
    let plain = Type::new(100.0, ink::TEXT).bold();
    let size = (100.0 * (area.width() * 0.8) / plain.width(words)).min(100.0);
    let style = Type { size, ..plain }.at(Anchor::Middle);
    let times = (area.height() / 380.0).round().max(1.0);
    for time in 0..times as usize {
        let middle = area.top + area.height() * (time as f64 + 0.5) / times;
        pen.watermark((area.left + area.right) / 2.0, style.centred(middle), words, style);
    }
}
