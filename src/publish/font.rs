//! The two faces that are in the binary: the widths that layout is computed from, and the characters they lack.

use std::{collections::BTreeSet, sync::LazyLock};

use ttf_parser::Face;

pub const REGULAR: &[u8] = include_bytes!("fonts/NotoSansSC-Regular.otf");
pub const BOLD: &[u8] = include_bytes!("fonts/NotoSansSC-Bold.otf");

/// What an SVG asks for: ours under both of its names, then the nearest that Apple, Windows and Android have.
pub const FAMILY: &str = "Noto Sans SC, Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif";

/// Height of capitals and figures, as a share of the font size.
pub const CAP_HEIGHT: f64 = 0.733;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

/// Parsed once: every label of every chart is measured with these.
static FACES: LazyLock<Option<[Face<'static>; 2]>> =
    LazyLock::new(|| Some([Face::parse(REGULAR, 0).ok()?, Face::parse(BOLD, 0).ok()?]));

fn face(weight: Weight) -> Option<&'static Face<'static>> {
    FACES.as_ref().map(|[regular, bold]| if weight == Weight::Bold { bold } else { regular })
}

/// The width of a text on one line. A character the face lacks is taken to be as wide as it is high.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let Some(face) = face(weight) else {
        return text.chars().count() as f64 * size;
    };
    let em = f64::from(face.units_per_em());
    let advance = |c| face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph)).map_or(em, f64::from);
    text.chars().map(advance).sum::<f64>() * size / em
}

/// The characters of some texts that would be drawn as empty boxes, each once, so that a run can say so.
pub fn lacking<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeSet<char> {
    let Some(face) = face(Weight::Regular) else {
        return BTreeSet::new();
    };
    texts.into_iter().flat_map(str::chars).filter(|&c| !c.is_control() && face.glyph_index(c).is_none()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_is_square_and_figures_are_equally_wide() {
        assert_eq!(width("近视率", 20.0, Weight::Regular), 60.0);
        assert_eq!(width("1", 20.0, Weight::Regular), width("8", 20.0, Weight::Regular));
        assert!(width("Argyll and Bute", 20.0, Weight::Bold) > width("Argyll and Bute", 20.0, Weight::Regular));
        assert_eq!(width("", 20.0, Weight::Regular), 0.0);
    }

    #[test]
    fn what_charts_say_can_be_drawn() {
        let said = "荔湾越秀海珠天河白云黄埔番禺花都南沙从化增城〇·—…‰℃≥≤±→↑↓■○●▲△✓Na h-Eileanan Siar “”《》（）〔〕％";
        assert_eq!(lacking([said]), BTreeSet::new());
        assert_eq!(Vec::from_iter(lacking(["垚㙍", "龘垚"])).len(), 3);
        let missing_in_bold: Vec<char> =
            said.chars().filter(|&c| face(Weight::Bold).is_some_and(|bold| bold.glyph_index(c).is_none())).collect();
        assert_eq!(missing_in_bold, []);
    }
}
