//! The audit of a document as a table for the terminal: what does not add up stands first.

use comfy_table::{ContentArrangement, Table, presets};

use crate::model::{Audited, Language, Text};

/// One row for each check, in the order given. `width`: how many letters a line of the terminal holds.
pub fn text(audited: &[Audited], language: Language, width: Option<usize>) -> String {
    let mut table = Table::new();
    table.load_preset(presets::UTF8_BORDERS_ONLY).set_content_arrangement(ContentArrangement::Disabled);
    let heading = [("结论", "verdict"), ("核对项", "check"), ("算得", "computed"), ("应为", "expected"), ("说明", "note")];
    table.set_header(heading.map(|(zh, en)| Text::new(zh, en).in_language(language).to_string()));
    for check in audited {
        let words = check.acknowledged.and(&check.note);
        table.add_row([
            check.outcome.name().in_language(language).to_string(),
            format!("{}\n{}", check.name.in_language(language), check.id),
            folded(check.computed.in_language(language)),
            check.expected.in_language(language).to_string(),
            folded(words.in_language(language)),
        ]);
    }
    let table = table.to_string();
    let is_wider = |width: usize| table.lines().next().is_some_and(|line| line.chars().count() > width);
    let shown = if width.is_some_and(is_wider) { audited.iter().map(|check| listed(check, language)).collect() } else { table };
    format!("{}\n{}\n", shown.trim_end(), summary(audited).in_language(language))
}

/// A check in a few lines, where a table has no room.
fn listed(check: &Audited, language: Language) -> String {
    let say = |text: &Text| text.in_language(language).to_string();
    let (outcome, name) = (say(&check.outcome.name()), say(&check.name));
    let (computed, expected, words) = (say(&check.computed), say(&check.expected), say(&check.acknowledged.and(&check.note)));
    let figures = match (language, computed.is_empty(), expected.is_empty()) {
        (_, true, true) => String::new(),
        (Language::Chinese, _, true) => format!("  算得 {computed}\n"),
        (Language::Chinese, ..) => format!("  算得 {computed}，应为 {expected}\n"),
        (Language::English, _, true) => format!("  computed {computed}\n"),
        (Language::English, ..) => format!("  computed {computed}, expected {expected}\n"),
    };
    let words = if words.is_empty() { words } else { format!("  {words}\n") };
    format!("{outcome}  {name}  {}\n{figures}{words}", check.id)
}

/// How many checks came to what.
fn summary(audited: &[Audited]) -> Text {
    let mut counts: Vec<(Text, usize)> = Vec::new();
    for check in audited {
        let name = check.outcome.name();
        match counts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => counts.push((name, 1)),
        }
    }
    let list = |word: fn(&Text) -> &str, comma: &str| {
        counts.iter().map(|(name, count)| format!("{} {count}", word(name))).collect::<Vec<_>>().join(comma)
    };
    let open = audited.iter().filter(|check| check.is_open()).count();
    Text::new(
        format!("共核对 {} 项：{}；未说明原因的不符 {open} 项", audited.len(), list(|name| &name.zh, "，")),
        format!("{} checks: {}; {open} do not add up unexplained", audited.len(), list(|name| &name.en, ", ")),
    )
}

/// A long note in lines that a terminal can show.
fn folded(words: &str) -> String {
    const MOST: usize = 44;
    let mut lines = vec![String::new()];
    let mut width = 0;
    for letter in words.chars() {
        let wide = if letter.is_ascii() { 1 } else { 2 };
        let breaks = width + wide > MOST && (!letter.is_ascii() || letter == ' ');
        if breaks {
            lines.push(String::new());
            width = 0;
        }
        if let Some(line) = lines.last_mut().filter(|line| !(line.is_empty() && letter == ' ')) {
            line.push(letter);
            width += wide;
        }
    }
    lines.join("\n")
}
