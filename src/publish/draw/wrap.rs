//! Breaking a text into lines: between words, between Han characters where Chinese typesetting allows it, evenly filled.

use super::pen::Type;

/// Characters that no line may start with, and that no line may end with.
const NOT_FIRST: &str = "，。、；：？！）】》」』〉〕”’％%‰℃,.;:?!)]}…—·";
const NOT_LAST: &str = "（【《「『〈〔“‘([{≤≥±−+—";

fn wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a line may end after `a` and the next begin with `b`. A number keeps its unit.
fn breaks(a: char, b: char) -> bool {
    if a == ' ' {
        return b != ' ';
    }
    (wide(a) || wide(b)) && b != ' ' && !a.is_ascii_digit() && !NOT_FIRST.contains(b) && !NOT_LAST.contains(a)
}

fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let ends = text.char_indices().zip(text.chars().skip(1)).filter(|((_, a), b)| breaks(*a, *b));
    for ((place, a), _) in ends {
        let end = place + a.len_utf8();
        pieces.push(&text[start..end]);
        start = end;
    }
    pieces.push(&text[start..]);
    pieces
}

/// How bad it is to end a line with this atom and start one with that.
fn penalty(last: &str, next: &str) -> f64 {
    match last.trim_end().chars().next_back() {
        Some(',' | ';' | ':' | '.' | ')' | '，' | '。' | '；' | '：') => 0.0,
        // Names of a list stay together where they can.
        Some('、') => 0.15,
        // A number stays with the word it counts: `Grade 12`.
        _ if next.starts_with(|c: char| c.is_ascii_digit()) => 0.4,
        _ if last.ends_with(' ') => 0.12,
        _ => 0.2,
    }
}

/// The lines of a title or a name, none wider than `room`: the fewest there can be, evenly filled, and rather broken after
/// a comma than inside a phrase. A single word that is too wide is cut between characters.
pub fn wrap(text: &str, style: Type, room: f64) -> Vec<String> {
    lines(text, style, room, true)
}

/// A name and its value behind it: on one line where there is room, else the value below the name.
pub fn stacked(text: &str, style: Type, room: f64) -> Vec<String> {
    match text.rsplit_once(' ') {
        Some((name, value)) if style.width(text) > room && style.width(name).max(style.width(value)) <= room => {
            vec![name.to_string(), value.to_string()]
        }
        _ => wrap(text, style, room),
    }
}

/// The lines of a paragraph: the fewest, all but the last as full as can be.
pub fn fill(text: &str, style: Type, room: f64) -> Vec<String> {
    lines(text, style, room, false)
}

fn lines(text: &str, style: Type, room: f64, even: bool) -> Vec<String> {
    if style.width(text) <= room {
        return vec![text.to_string()];
    }
    let atoms = atoms(text, style, room);
    let measure = Measure::of(text, &atoms, style);
    // best[n]: least cost of the first n atoms in lines, and where their last line starts.
    let mut best = vec![(0.0_f64, 0_usize)];
    for end in 1..=atoms.len() {
        let mut choice = (f64::INFINITY, end - 1);
        for start in (0..end).rev() {
            let width = measure.width(start, end);
            if width > room && end - start > 1 {
                break;
            }
            let slack = ((room - width) / room).max(0.0);
            let cost = best[start].0
                + 10.0
                + match atoms.get(end) {
                    None => {
                        if even {
                            slack * slack
                        } else {
                            0.0
                        }
                    }
                    Some(next) => slack * slack + penalty(atoms[end - 1], next) * if even { 1.0 } else { 0.02 },
                };
            if cost < choice.0 {
                choice = (cost, start);
            }
        }
        best.push(choice);
    }
    let mut lines = Vec::new();
    let mut end = atoms.len();
    while end > 0 {
        let start = best[end].1;
        lines.push(atoms[start..end].concat().trim_end().to_string());
        end = start;
    }
    lines.reverse();
    lines
}

/// What stays on one line: pieces, or characters where a piece is too wide.
fn atoms(text: &str, style: Type, room: f64) -> Vec<&str> {
    let mut atoms = Vec::new();
    for piece in pieces(text) {
        if style.width(piece.trim_end()) <= room {
            atoms.push(piece);
        } else {
            atoms.extend(piece.split_inclusive(|_| true));
        }
    }
    atoms
}

/// How wide every line of a text would be, without setting it.
struct Measure {
    style: Type,
    /// Before each atom and behind the last, in units of the face.
    begun: Vec<f64>,
    /// The same without the spaces at the end.
    shown: Vec<f64>,
}

impl Measure {
    fn of(text: &str, atoms: &[&str], style: Type) -> Measure {
        let (mut begun, mut shown) = (vec![0.0], vec![0.0]);
        let (mut at, mut units) = (0, 0.0);
        for atom in atoms {
            at += atom.len();
            units += style.units(atom);
            let spaces = &text[text[..at].trim_end().len()..at];
            begun.push(units);
            shown.push(units - style.units(spaces));
        }
        Measure { style, begun, shown }
    }

    /// From one atom to before another.
    fn width(&self, start: usize, end: usize) -> f64 {
        self.style.pixels((self.shown[end] - self.begun[start]).max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::draw::ink;

    fn title(text: &str, room: f64) -> Vec<String> {
        wrap(text, Type::new(20.0, ink::TEXT), room)
    }

    #[test]
    fn a_value_stands_below_its_name_where_both_are_too_wide() {
        let style = Type::new(20.0, ink::TEXT);
        assert_eq!(stacked("2023年目标 3,129", style, 120.0), ["2023年目标", "3,129"]);
        assert_eq!(stacked("2023年目标 3,129", style, 400.0), ["2023年目标 3,129"]);
        assert_eq!(stacked("某某某某某某某某 3", style, 60.0), wrap("某某某某某某某某 3", style, 60.0));
    }

    #[test]
    fn numbers_keep_their_units_and_commas_end_lines() {
        assert_eq!(
            title("近视率2023年为52.6%，比上年下降0.4个百分点，未达到目标", 400.0),
            ["近视率2023年为52.6%，", "比上年下降0.4个百分点，未达到目标"]
        );
    }

    #[test]
    fn names_of_a_list_stay_together() {
        assert_eq!(
            title("专职心理教师配备学校占比2023年：初中、普通高中最高（100.00%），小学最低（99.80%）", 550.0),
            ["专职心理教师配备学校占比2023年：", "初中、普通高中最高（100.00%），小学最低（99.80%）"]
        );
    }

    #[test]
    fn english_breaks_at_spaces_only() {
        assert_eq!(title("Dumfries and Galloway", 140.0), ["Dumfries and", "Galloway"]);
        assert_eq!(title("short", 140.0), ["short"]);
        assert_eq!(title("", 140.0), [""]);
    }

    #[test]
    fn titles_break_at_commas_and_keep_numbers_with_their_words() {
        assert_eq!(
            title("Myopia rate in 2023: highest for Grade 12 (78.0%), lowest for Grade 1 (23.6%)", 520.0),
            ["Myopia rate in 2023: highest for Grade 12 (78.0%),", "lowest for Grade 1 (23.6%)"]
        );
    }

    #[test]
    fn paragraphs_are_filled() {
        let text = "来源：关于印发广州市教育局工作要点的通知，广州市教育局；截至2023-12-31。";
        assert_eq!(fill(text, Type::new(20.0, ink::TEXT), 600.0)[1], "截至2023-12-31。");
    }

    #[test]
    fn a_word_wider_than_the_room_is_cut() {
        let cut = title("Llanfairpwllgwyngyll", 60.0);
        assert!(cut.len() > 2);
        assert_eq!(cut.concat(), "Llanfairpwllgwyngyll");
    }
}
