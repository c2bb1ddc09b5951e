//! How the cells of a form look: 黑体 for titles and headings, 宋体 for the rest, a tint for what is to be filled.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

const SONG: &str = "宋体";
const HEI: &str = "黑体";
const LINE: Color = Color::RGB(0x7F_7F_7F);

pub struct Looks {
    pub title: Format,
    pub head: Format,
    pub heading: Format,
    /// A label that is printed.
    pub label: Format,
    /// A cell that nobody fills.
    pub closed: Format,
    pub total: Format,
    pub number: Format,
    pub day: Format,
    pub words: Format,
    /// Words that are kept as they are typed.
    pub text: Format,
    /// What is not asked for and may be written all the same.
    pub open: Format,
    /// A line of the head or the foot that is to be filled.
    pub open_head: Format,
    pub note: Format,
    pub chapter: Format,
    pub sample: Format,
}

impl Looks {
    pub fn new() -> Looks {
        let song = || Format::new().set_font_name(SONG).set_font_size(10.5).set_align(FormatAlign::VerticalCenter);
        let boxed = || song().set_border(FormatBorder::Thin).set_border_color(LINE);
        let input = || boxed().set_background_color(Color::RGB(0xFF_FB_E6)).set_unlocked();
        Looks {
            title: Format::new()
                .set_font_name(HEI)
                .set_font_size(16)
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_text_wrap(),
            head: song(),
            heading: boxed()
                .set_font_name(HEI)
                .set_align(FormatAlign::Center)
                .set_text_wrap()
                .set_background_color(Color::RGB(0xE3_E9_F1)),
            label: boxed().set_align(FormatAlign::Center).set_text_wrap(),
            closed: boxed().set_align(FormatAlign::Center).set_background_color(Color::RGB(0xF2_F2_F2)),
            total: boxed().set_align(FormatAlign::Right).set_background_color(Color::RGB(0xF2_F2_F2)),
            number: input().set_align(FormatAlign::Right),
            day: input().set_align(FormatAlign::Center).set_num_format("yyyy-mm-dd"),
            words: input().set_align(FormatAlign::Center).set_text_wrap(),
            text: input().set_align(FormatAlign::Center).set_num_format("@"),
            open: Format::new().set_unlocked(),
            open_head: song().set_text_wrap().set_unlocked(),
            note: Format::new().set_font_name(SONG).set_font_size(9).set_text_wrap().set_align(FormatAlign::VerticalCenter),
            chapter: Format::new().set_font_name(HEI).set_font_size(12).set_align(FormatAlign::VerticalCenter),
            sample: song().set_bold().set_font_color(Color::RGB(0xC0_00_00)),
        }
    }
}

/// How wide a text is printed, in the width of digits: a Chinese letter is as wide as two.
pub fn width(text: &str) -> f64 {
    text.chars().map(|letter| if (letter as u32) < 0x2E80 { 1.0 } else { 2.0 }).sum()
}

/// How many lines a text takes in a column.
pub fn lines(text: &str, column: f64) -> f64 {
    text.split('\n').map(|line| (width(line) / (column - 1.0).max(1.0)).ceil().max(1.0)).sum()
}

/// A heading with its unit on a line of its own where both together are too wide.
pub fn unit_below(heading: &str, column: f64) -> String {
    match heading.rfind('（').filter(|at| *at > 0 && width(heading) + 1.0 > column && heading.ends_with('）')) {
        Some(at) => format!("{}\n{}", &heading[..at], &heading[at..]),
        None => heading.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_goes_below_a_heading_that_is_too_long() {
        assert_eq!(unit_below("筛查性近视（人）", 12.0), "筛查性近视\n（人）");
        assert_eq!(unit_below("有效（人）", 12.0), "有效（人）");
        assert_eq!(lines("筛查性近视\n（人）", 12.0), 2.0);
        assert_eq!(lines("一二三四五六七八", 9.0), 2.0);
    }
}
