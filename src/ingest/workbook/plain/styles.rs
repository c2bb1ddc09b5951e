//! How numbers are shown: which styles of a workbook make a number a day, and which a per cent.

use std::collections::HashMap;

use super::{
    Unusual,
    letters::{Kind, Letters},
    list::{each, only},
    number,
    tag::{holds_no_markup, open},
};

/// What a style makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    pub shown: Shown,
    pub is_percent: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    #[default]
    Number,
    Day,
    /// A length of time, or a format of which it is not plain what it shows.
    Other,
}

/// The styles of cells by their place in the workbook's list, from what is in `styles.xml`.
pub fn read(part: &str) -> Result<Vec<Style>, Unusual> {
    let (rest, _) = open(part.as_bytes(), b"styleSheet")?;
    holds_no_markup(rest)?;
    let (formats, cells) = (only(rest, "numFmts")?, only(rest, "cellXfs")?);
    let Some(cells) = cells else { return Ok(Vec::new()) };
    if formats.is_some_and(|formats| formats.as_ptr() > cells.as_ptr()) {
        return Err(Unusual("formats behind the styles that name them"));
    }
    let mut codes: HashMap<&[u8], Style> = HashMap::new();
    let mut letters = Letters::default();
    each(formats.unwrap_or_default(), b"numFmt", [b"numFmtId", b"formatCode"], |said| {
        if let [Some(id), Some(code)] = said {
            codes.insert(id, of_code(letters.read(code, Kind::Whole)?));
        }
        Ok(())
    })?;
    let mut styles = Vec::new();
    each(cells, b"xf", [b"numFmtId"], |[id]| {
        let known = |id| codes.get(id).copied().map_or_else(|| built_in(id), Ok);
        styles.push(id.map_or(Ok(Style::default()), known)?);
        Ok(())
    })?;
    Ok(styles)
}

const ODD: Unusual = Unusual("a style without the number of its format");

/// The formats that every office program knows by their numbers.
fn built_in(id: &[u8]) -> Result<Style, Unusual> {
    let shown = match number::place(id).ok_or(ODD)? {
        14..=22 | 27..=36 | 45 | 47 | 50..=58 => Shown::Day,
        46 => Shown::Other,
        _ => Shown::Number,
    };
    Ok(Style { shown, is_percent: id == b"9" || id == b"10" })
}

fn of_code(code: &str) -> Style {
    let begins = |letter: char| "dmyhs".contains(letter.to_ascii_lowercase());
    let shown = if code.starts_with(begins) {
        Shown::Day
    } else if code == "General" || is_number(code) {
        Shown::Number
    } else {
        Shown::Other
    };
    Style { shown, is_percent: code.contains('%') }
}

/// Is there no letter of a day or time in the part of a code for numbers above nought? What is in doubt is not.
fn is_number(code: &str) -> bool {
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            ';' => return true,
            // The next sign is only shown, or only as wide.
            '\\' | '_' | '*' => drop(letters.next()),
            // What is quoted is only shown, and is passed over.
            '"' if letters.by_ref().take_while(|letter| *letter != '"').any(|letter| matches!(letter, '\\' | '_' | '*')) => {
                return false;
            }
            _ if "admyhsp[".contains(letter.to_ascii_lowercase()) => return false,
            _ => {}
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: &str = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">";

    fn read(inside: &str) -> Result<Vec<Style>, Unusual> {
        super::read(&format!("{START}{inside}</styleSheet>"))
    }

    #[test]
    fn formats_are_numbers_days_or_left_to_others() {
        for (code, shown, is_percent) in [
            ("General", Shown::Number, false),
            ("0.00%", Shown::Number, true),
            ("#,##0;[Red]-#,##0", Shown::Number, false),
            ("_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", Shown::Number, false),
            ("0\"days\"", Shown::Number, false),
            ("0\\d", Shown::Number, false),
            ("yyyy/m/d", Shown::Day, false),
            ("h:mm", Shown::Day, false),
            ("[h]:mm", Shown::Other, false),
            ("[Red]0", Shown::Other, false),
            ("0\"_\"d", Shown::Other, false),
            ("\"日\"d", Shown::Other, false),
        ] {
            assert_eq!(of_code(code), Style { shown, is_percent }, "{code}");
        }
    }

    #[test]
    fn styles_name_their_formats() {
        let formats = "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;\"/></numFmts>";
        let cells = "<cellXfs count='4'><xf numFmtId=\"0\"/><xf fontId=\"1\" numFmtId=\"164\"><alignment/></xf><xf/><xf numFmtId=\"10\" /></cellXfs>";
        let shown = |shown, is_percent| Style { shown, is_percent };
        let expected = [shown(Shown::Number, false), shown(Shown::Day, false), shown(Shown::Number, false)];
        assert_eq!(
            read(&format!("{formats}<fonts/>{cells}<dxfs/>")).unwrap(),
            [&expected[..], &[shown(Shown::Number, true)]].concat()
        );
        assert_eq!(read("<cellXfs/>"), Ok(Vec::new()));
        assert_eq!(read(""), Ok(Vec::new()));
        for odd in [
            format!("{cells}{formats}"),
            format!("{cells}{cells}"),
            "<cellXfs>".to_string(),
            "<cellXfs></cellXfs x>".to_string(),
            "<x:cellXfs></x:cellXfs>".to_string(),
            "<cellXfs><x:xf/></cellXfs>".to_string(),
            "<cellXfs><xf numFmtId=\"x\"/></cellXfs>".to_string(),
            "<cellXfs><!-- --></cellXfs>".to_string(),
        ] {
            assert!(read(&odd).is_err(), "{odd}");
        }
    }
}
