//! What a layout took from a sheet, painted for a terminal and as a web page.

use comfy_table::{ContentArrangement, Table, presets};
use minijinja::{Environment, context};

use crate::model::{Language, Preview, PreviewCell, Role};

/// For a terminal. Marks survive without colour: [value], Σtotal, !trouble, *heading*.
pub fn text(previews: &[Preview], language: Language, colour: bool) -> String {
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
        let mut table = Table::new();
        table.load_preset(presets::UTF8_BORDERS_ONLY).set_content_arrangement(ContentArrangement::Disabled);
        for row in &preview.rows {
            table.add_row(row.iter().map(|cell| painted(cell, colour)));
        }
        shown += &format!("{table}\n");
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
