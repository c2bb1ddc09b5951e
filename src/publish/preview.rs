//! What a layout took from a sheet, painted for a terminal and as a web page.

use comfy_table::{ContentArrangement, Table, presets};
use minijinja::{Environment, context};

use crate::model::{Language, Preview, PreviewCell, Role};

/// For a terminal. Marks survive without colour: [value], Σtotal, !trouble, *heading*. A sheet that is wider than a line holds is shown
/// part by part.
pub fn text(previews: &[Preview], language: Language, colour: bool, width: Option<usize>) -> String {
    let mut shown = String::new();
    for preview in previews {
        shown += &format!("{} › {}\n", preview.sheet, preview.layout);
        if preview.rows.is_empty() {
            let lacks = preview.lacks.join(match language {
                Language::Chinese => "、",
                Language::English => ", ",
            });
            shown += &match language {
                Language::Chinese => format!("  不符合；最接近，但缺少：{lacks}\n\n"),
                Language::English => format!("  does not fit; nearest, but it lacks: {lacks}\n\n"),
            };
            continue;
        }
        for columns in parts(preview, width) {
            let mut table = Table::new();
            table.load_preset(presets::UTF8_BORDERS_ONLY).set_content_arrangement(ContentArrangement::Disabled);
            for row in &preview.rows {
                let cell = |Column { place, most }: &Column| {
                    let Some(cell) = row.get(*place) else { return String::new() };
                    let text = if cell.role == Role::Plain { cut(&cell.text, *most) } else { cell.text.clone() };
                    painted(&PreviewCell { text, ..cell.clone() }, colour)
                };
                table.add_row(columns.iter().map(cell));
            }
            shown += &format!("{table}\n");
        }
        shown += &match language {
            Language::Chinese => {
                format!("  [数值] {} 个，Σ合计 {} 个，!无数据或读不懂，*表头*\n\n", preview.values, preview.totals)
            }
            Language::English => format!(
                "  [values] {}, Σtotals {}, !says nothing or cannot be read, *headings*\n\n",
                preview.values, preview.totals
            ),
        };
    }
    shown
}

/// A column of a part, and how wide a title or note may stand in it.
#[derive(Clone, Copy)]
struct Column {
    place: usize,
    most: usize,
}

/// The columns of each part: those that say what a row is stand before every part.
fn parts(preview: &Preview, width: Option<usize>) -> Vec<Vec<Column>> {
    let all = preview.rows.iter().map(Vec::len).max().unwrap_or(0);
    let cells = |column: usize| preview.rows.iter().filter_map(move |row| row.get(column));
    let widest = |column: usize, is_counted: fn(Role) -> bool| {
        let counted = cells(column).filter(|cell| is_counted(cell.role));
        counted.map(|cell| room(&painted(cell, false))).max().unwrap_or(0)
    };
    // What the borders leave.
    let whole: usize = (0..all).map(|column| widest(column, |_| true) + BESIDE).sum();
    let Some(room) = width.map(|width| width.saturating_sub(1)).filter(|room| whole > *room) else {
        return vec![(0..all).map(|place| Column { place, most: usize::MAX }).collect()];
    };
    // Titles and notes would make a column as wide as themselves, and stand in no other.
    let columns: Vec<Column> =
        (0..all).map(|place| Column { place, most: widest(place, |role| role != Role::Plain).max(LEAST) }).collect();
    let has_figures = |column: usize| cells(column).any(|cell| matches!(cell.role, Role::Value | Role::Total | Role::Trouble));
    let labels = &columns[..(0..all).find(|column| has_figures(*column)).unwrap_or(0)];
    let lead: usize = labels.iter().map(|column| column.most + BESIDE).sum();
    let (labels, lead) = if lead * 2 > room { (&columns[..0], 0) } else { (labels, lead) };
    let mut parts: Vec<Vec<Column>> = Vec::new();
    let mut left = 0;
    for column in &columns[labels.len()..] {
        if parts.is_empty() || column.most + BESIDE > left {
            parts.push(labels.to_vec());
            left = room.saturating_sub(lead);
        }
        left = left.saturating_sub(column.most + BESIDE);
        if let Some(part) = parts.last_mut() {
            part.push(*column);
        }
    }
    parts
}

/// As much of a text as has room.
fn cut(text: &str, most: usize) -> String {
    if room(text) <= most {
        return text.to_string();
    }
    let mut taken = 0;
    let fits = |letter: &char| {
        taken += room(letter.encode_utf8(&mut [0; 4]));
        taken < most
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

/// Places that a text takes on a terminal: Chinese letters take two.
fn room(text: &str) -> usize {
    text.chars().map(|letter| if letter < '\u{1100}' { 1 } else { 2 }).sum()
}

/// The least that a column takes of a line, and what stands beside it.
const LEAST: usize = 6;
const BESIDE: usize = 3;

fn painted(cell: &PreviewCell, colour: bool) -> String {
    let text = short(&cell.text.replace(['\n', '\r'], " "));
    let (marked, paint) = match cell.role {
        Role::Plain => (text, ""),
        Role::Label => (text, "36"),
        Role::Heading => (format!("*{text}*"), "1"),
        Role::Value => (format!("[{text}]"), "32"),
        Role::Total => (format!("Σ{text}"), "34"),
        Role::Trouble => (format!("!{text}"), "31"),
    };
    if colour && !paint.is_empty() { format!("\u{1b}[{paint}m{marked}\u{1b}[0m") } else { marked }
}

/// A title or note would make its column as wide as itself.
fn short(text: &str) -> String {
    const MOST: usize = 20;
    if text.chars().count() <= MOST { text.to_string() } else { text.chars().take(MOST).chain(['…']).collect() }
}

/// As a web page; what is attached to a value shows when it is pointed at.
pub fn html(file: &str, previews: &[Preview], language: Language) -> Result<String, minijinja::Error> {
    let mut pages = Environment::new();
    pages.add_template("preview.html", include_str!("preview.html"))?;
    let role = |role: Role| match role {
        Role::Plain => "plain",
        Role::Label => "label",
        Role::Heading => "heading",
        Role::Value => "value",
        Role::Total => "total",
        Role::Trouble => "trouble",
    };
    let sheets: Vec<_> = previews
        .iter()
        .map(|preview| {
            let rows: Vec<Vec<_>> = preview
                .rows
                .iter()
                .map(|row| row.iter().map(|cell| context! { text => cell.text, role => role(cell.role), attached => cell.attached }).collect())
                .collect();
            context! { sheet => preview.sheet, layout => preview.layout, rows, lacks => preview.lacks, values => preview.values, totals => preview.totals }
        })
        .collect();
    pages.get_template("preview.html")?.render(context! { file, sheets, chinese => language == Language::Chinese })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_wider_than_the_terminal_is_shown_in_parts_that_begin_with_its_labels() {
        let cell = |text: &str, role| PreviewCell { text: text.into(), role, attached: String::new() };
        let row = |label: &str| {
            let figures = (1..=6).map(|place| cell(&format!("{label}{place}000"), Role::Value));
            std::iter::once(cell(label, Role::Label)).chain(figures).collect::<Vec<_>>()
        };
        let preview = Preview {
            sheet: "S02".into(),
            layout: "S02".into(),
            rows: vec![row("小学"), row("初中")],
            lacks: Vec::new(),
            values: 12,
            totals: 0,
        };
        let shown = |width| text(std::slice::from_ref(&preview), Language::Chinese, false, width);
        assert_eq!(shown(None).matches("小学 ").count(), 1);
        let narrow = shown(Some(40));
        assert_eq!(narrow.matches("│ 小学 ").count(), 3, "{narrow}");
        assert_eq!(narrow.matches('[').count(), 12 + 1, "every value once: {narrow}");
        let rows = narrow.lines().filter(|line| line.starts_with('│'));
        assert!(rows.map(|line| room(&line.replace('│', "|"))).all(|width| width <= 40), "{narrow}");
    }
}
