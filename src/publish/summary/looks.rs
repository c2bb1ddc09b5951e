//! How the cells of the workbook look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::model::Verdict;

const FACE: &str = "等线";
const INK: Color = Color::RGB(0x1B_24_2E);

pub struct Looks {
    pub title: Format,
    pub chapter: Format,
    pub heading: Format,
    pub text: Format,
    pub wrapped: Format,
    pub link: Format,
    pub big: Format,
    pub sample: Format,
    /// Whole numbers without thousands set apart: counts of days, numbers of rows.
    pub plain: Format,
    /// By decimals, with thousands set apart.
    numbers: Vec<Format>,
}

impl Looks {
    pub fn new() -> Looks {
        let plain = || Format::new().set_font_name(FACE).set_font_size(10.5).set_align(FormatAlign::VerticalCenter);
        let number = |decimals: usize| {
            let part = if decimals == 0 { String::new() } else { format!(".{}", "0".repeat(decimals)) };
            plain().set_num_format(format!("#,##0{part}"))
        };
        Looks {
            title: plain().set_font_size(22).set_bold().set_font_color(INK),
            chapter: plain().set_font_size(14).set_bold().set_font_color(INK),
            heading: plain()
                .set_bold()
                .set_background_color(Color::RGB(0xE3_E9_F1))
                .set_border_bottom(FormatBorder::Thin)
                .set_border_bottom_color(Color::RGB(0x7D_88_94)),
            text: plain(),
            wrapped: plain().set_text_wrap().set_align(FormatAlign::Top),
            link: plain().set_font_color(Color::RGB(0x1D_5F_9E)).set_underline(rust_xlsxwriter::FormatUnderline::Single),
            big: plain().set_font_size(20).set_bold().set_align(FormatAlign::Left),
            sample: plain().set_bold().set_font_color(Color::RGB(0xB0_43_0F)),
            plain: plain(),
            numbers: (0..=6).map(number).collect(),
        }
    }

    pub fn number(&self, decimals: usize) -> &Format {
        self.numbers.get(decimals).unwrap_or(&self.plain)
    }
}

/// Ink and paper of a verdict: the colours of the gallery, light enough for black print.
pub fn verdict(verdict: Verdict) -> Format {
    let (ink, paper) = match verdict {
        Verdict::Met | Verdict::Done => (0x0F_5C_4D, 0xD9_F0_EA),
        Verdict::OnPace | Verdict::Due => (0x1D_5F_9E, 0xDE_EC_F8),
        Verdict::Behind => (0x7A_54_05, 0xFB_EF_CF),
        Verdict::Missed | Verdict::Overdue => (0x9C_36_06, 0xFB_E3_D6),
        Verdict::Aspiration => (0x6F_43_A0, 0xEE_E5_F8),
        Verdict::NotStarted | Verdict::NotDue | Verdict::CannotTell => (0x4A_55_60, 0xED_F0_F2),
    };
    Format::new().set_font_color(Color::RGB(ink)).set_background_color(Color::RGB(paper)).set_bold()
}

/// How wide a text is in the width of digits: a Chinese letter is as wide as two.
pub fn width(text: &str) -> f64 {
    text.chars().map(|letter| if (letter as u32) < 0x2E80 { 1.0 } else { 2.0 }).sum()
}
