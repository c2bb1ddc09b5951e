//! The two faces that are in the binary: the widths that layout is computed from, and the characters they lack.

use std::{
    collections::BTreeSet,
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
};

use ttf_parser::{Face, OutlineBuilder};

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

/// Both faces can be read.
pub fn is_sound() -> bool {
    FACES.is_some()
}

/// Characters that are looked up once: those of the first plane.
const REMEMBERED: usize = 0x1_0000;

/// How far each character moves on, plus one; 0 where it has not been asked for. Labels are measured again and again while
/// they look for their places.
static ADVANCES: LazyLock<[Vec<AtomicU32>; 2]> = LazyLock::new(|| {
    [Weight::Regular, Weight::Bold].map(|_| std::iter::repeat_with(AtomicU32::default).take(REMEMBERED).collect())
});

/// How far a character moves on, in units of the face. One that the face lacks is taken to be as wide as it is high.
fn advance(face: &Face, weight: Weight, c: char) -> f64 {
    let look_up = || face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph)).unwrap_or(face.units_per_em());
    let Some(known) = ADVANCES[usize::from(weight == Weight::Bold)].get(c as usize) else { return f64::from(look_up()) };
    match known.load(Ordering::Relaxed) {
        0 => {
            let found = look_up();
            known.store(u32::from(found) + 1, Ordering::Relaxed);
            f64::from(found)
        }
        found => f64::from(found - 1),
    }
}

/// The width of a text on one line.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    pixels(units(text, weight), size, weight)
}

/// The width of a text on one line, in units of the face: whole numbers, which add up exactly. Without a face a character is one.
pub fn units(text: &str, weight: Weight) -> f64 {
    match face(weight) {
        Some(face) => text.chars().map(|c| advance(face, weight, c)).sum(),
        None => text.chars().count() as f64,
    }
}

/// Units of the face in pixels, at a size.
pub fn pixels(units: f64, size: f64, weight: Weight) -> f64 {
    units * size / face(weight).map_or(1.0, |face| f64::from(face.units_per_em()))
}

pub fn units_per_em(weight: Weight) -> Option<f32> {
    face(weight).map(|face| f32::from(face.units_per_em()))
}

/// Draws a character's outline; what the face lacks is the box it has for that.
pub fn outline(c: char, weight: Weight, to: &mut dyn OutlineBuilder) -> Option<()> {
    let face = face(weight)?;
    face.outline_glyph(face.glyph_index(c).unwrap_or_default(), to).map(|_| ())
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
