//! Raised digits, as a workbook formats them: those of a footnote or of m², and never more digits of the number before them.

/// The digits of a raised text as the letters that are raised by themselves.
pub fn raised(text: &str) -> String {
    let small = |letter: char| match letter {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        other => other,
    };
    text.chars().map(small).collect()
}
