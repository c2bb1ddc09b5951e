//! Footnote marks glued to numbers: what is a mark, and what is part of the number.

use std::collections::BTreeMap;

use super::number::Symbol;
use crate::model::{Status, fold};

/// Letters that only ever mark a footnote. Folding would make digits of some of them, and `12¹` is not 121.
fn is_note(letter: char) -> bool {
    is_small_digit(letter) || matches!(letter, '*' | '†' | '‡' | '※' | '△' | '▲' | '☆' | '★')
}

/// A label without the footnote marks at its end: 荔湾区① is 荔湾区, and m² is what it is.
pub fn without_marks(label: &str) -> &str {
    let bare = label.trim_end_matches(is_note).trim_end();
    if bare.is_empty() || bare.ends_with(|c: char| c.is_ascii_alphabetic()) { label } else { bare }
}

fn is_small_digit(letter: char) -> bool {
    matches!(letter, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '₀'..='₉' | '①'..='⓿' | '❶'..='➓')
}

/// A text without the footnote marks behind its number; none where a mark might be part of it.
pub fn without_notes(text: &str) -> Option<&str> {
    let mut bare = text.trim();
    loop {
        let shorter = bare.trim_end_matches(is_note).trim_end();
        // 123m² is an area, and its mark is part of the unit.
        let is_unit = shorter.ends_with(|c: char| c.is_alphabetic()) && bare[shorter.len()..].starts_with(is_small_digit);
        let shorter = if is_unit { bare } else { shorter };
        let shorter = without_bracket(shorter).unwrap_or(shorter);
        if shorter.len() == bare.len() {
            break;
        }
        bare = shorter;
    }
    let letters: Vec<char> = bare.chars().collect();
    let is_inside = letters.windows(2).any(|pair| {
        let is_digit = |c: char| fold(c.encode_utf8(&mut [0; 4])).starts_with(|c: char| c.is_ascii_digit());
        is_small_digit(pair[0]) && is_digit(pair[1])
    });
    // Two numbers one below the other are not one number.
    (!bare.is_empty() && !is_inside && !letters.iter().all(|c| is_note(*c)) && !bare.contains('\n')).then_some(bare)
}

/// `1234(1)`, `1234［注2］`: a number of a footnote in brackets at the end.
fn without_bracket(text: &str) -> Option<&str> {
    let inner = text.strip_suffix([')', '）', ']', '］', '〕', '】'])?;
    let open = inner.rfind(['(', '（', '[', '［', '〔', '【'])?;
    let start = inner[open..].chars().next().map_or(1, char::len_utf8);
    let said = fold(&inner[open + start..]);
    let number = said.trim_start_matches('注');
    let is_number = number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit()) && !said.is_empty();
    let before = inner[..open].trim_end();
    (is_number && before.ends_with(|c: char| !c.is_whitespace())).then_some(before)
}

/// A number without the marks that its source has for provisional and annotated figures.
pub fn without_symbols(folded: String, symbols: &BTreeMap<String, Symbol>) -> (String, Status) {
    for (mark, symbol) in symbols.iter().filter(|(mark, _)| !mark.is_empty()) {
        let status = match symbol {
            Symbol::Provisional => Status::Provisional,
            Symbol::Estimated => Status::Estimated,
            Symbol::Imputed => Status::Imputed,
            Symbol::Break => Status::Break,
            Symbol::Note => Status::Normal,
            _ => continue,
        };
        let bare = folded.strip_suffix(mark.as_str()).or_else(|| folded.strip_prefix(mark.as_str()));
        if let Some(bare) = bare.filter(|bare| bare.contains(|c: char| c.is_ascii_digit())) {
            return (bare.to_string(), status);
        }
    }
    (folded, Status::Normal)
}
