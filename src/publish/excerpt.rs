//! A cell as it lies among its neighbours, with the headings above and the labels beside it: what a clerk looks for in the sheet.

use comfy_table::{ContentArrangement, Table, presets};

use crate::model::{Language, Page, PageTable, column_name};

/// Letters of a cell that are shown.
const MOST: usize = 14;

/// Draws the surroundings of a cell. The cell itself is marked, so that it is seen without colour too.
pub fn excerpt(page: &Page, row: u32, column: u32, language: Language, colour: bool) -> String {
    let (rows, columns) = (rows(page, row), columns(page, row, column));
    let mut table = Table::new();
    table.load_preset(presets::UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Disabled);
    let letters = with_gaps(&columns).into_iter().map(|column| column.map_or_else(|| "…".to_string(), column_name));
    table.set_header(std::iter::once(String::new()).chain(letters));
    for line in with_gaps(&rows) {
        let Some(line) = line else {
            table.add_row(std::iter::once("⋮".to_string()));
            continue;
        };
        let cells = with_gaps(&columns).into_iter().map(|at| match at {
            None => String::new(),
            Some(at) if (line, at) == (row, column) => marked(page.said(line, at), language, colour),
            Some(at) if repeats(page, line, at) => String::new(),
            Some(at) => short(page.said(line, at)),
        });
        table.add_row(std::iter::once((line + 1).to_string()).chain(cells));
    }
    format!("{table}\n")
}

/// The headings of the table, and the row between its neighbours.
fn rows(page: &Page, row: u32) -> Vec<u32> {
    let last = (page.rows.len() as u32).saturating_sub(1).max(row);
    let near = row.saturating_sub(1)..=(row + 1).min(last);
    let mut rows: Vec<u32> = match page.table_at(row) {
        Some(table) => {
            let within = near.filter(|near| table.headings.contains(near) || table.body.contains(near));
            table.headings.clone().chain(within).collect()
        }
        None => near.collect(),
    };
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// The labels of the row, and the column between its neighbours.
fn columns(page: &Page, row: u32, column: u32) -> Vec<u32> {
    let last = (page.columns() as u32).saturating_sub(1).max(column);
    let is_label = |table: &PageTable, at: &u32| !table.figures.contains(at) && !page.said(row, *at).is_empty();
    let labels: Vec<u32> =
        page.table_at(row).map(|table| (0..=last).filter(|at| is_label(table, at)).take(3).collect()).unwrap_or_default();
    let mut columns: Vec<u32> = labels.into_iter().chain(column.saturating_sub(1)..=(column + 1).min(last)).collect();
    columns.sort_unstable();
    columns.dedup();
    columns
}

/// A heading that runs down over several rows is shown in the first.
fn repeats(page: &Page, row: u32, column: u32) -> bool {
    let is_below = |table: &PageTable| table.headings.contains(&row) && row > *table.headings.start();
    page.table_at(row).is_some_and(is_below)
        && page
            .merges
            .iter()
            .any(|(top, left, bottom, right)| (top + 1..=*bottom).contains(&row) && (*left..=*right).contains(&column))
}

/// Places with a mark wherever some between them are left out.
fn with_gaps(places: &[u32]) -> Vec<Option<u32>> {
    let mut shown = Vec::new();
    let mut before = None;
    for &place in places {
        if before.is_some_and(|before| before + 1 < place) {
            shown.push(None);
        }
        shown.push(Some(place));
        before = Some(place);
    }
    shown
}

fn short(text: &str) -> String {
    let plain = text.replace(['\n', '\r'], " ");
    if plain.chars().count() <= MOST { plain } else { plain.chars().take(MOST).chain(['…']).collect() }
}

fn marked(text: &str, language: Language, colour: bool) -> String {
    let said = match (text.trim().is_empty(), language) {
        (true, Language::Chinese) => "（空）".to_string(),
        (true, Language::English) => "(blank)".to_string(),
        (false, _) => short(text),
    };
    if colour { format!("\u{1b}[1;31m►{said}◄\u{1b}[0m") } else { format!("►{said}◄") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PageCell;

    fn page() -> Page {
        let grid = ["题||||", "学段|在校生|教师|班数|备注", "小学|100|7|3|", "初中|9０|5|2|", "合计|190|12|5|"];
        let cell = |text: &str| PageCell { text: text.to_string(), number: None };
        Page {
            rows: grid.iter().map(|line| line.split('|').map(cell).collect()).collect(),
            tables: vec![PageTable { headings: 1..=1, body: 2..5, figures: vec![1, 2, 3] }],
            ..Page::default()
        }
    }

    #[test]
    fn a_cell_stands_between_its_neighbours_below_its_headings() {
        let shown = excerpt(&page(), 3, 2, Language::Chinese, false);
        let line = |words: &str| shown.lines().find(|line| line.contains(words)).unwrap_or_default().to_string();
        let cells =
            |line: &str| line.split(['│', '┆']).map(str::trim).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" ");
        assert_eq!(cells(&line("A")), "A B C D");
        assert_eq!(cells(&line("学段")), "2 学段 在校生 教师 班数");
        assert_eq!(cells(&line("初中")), "4 初中 9０ ►5◄ 2");
        assert_eq!(cells(&line("合计")), "5 合计 190 12 5");
        assert!(!shown.contains('题') && !shown.contains("备注"), "{shown}");
    }

    #[test]
    fn what_is_left_out_is_marked() {
        assert_eq!(with_gaps(&[0, 1, 4]), [Some(0), Some(1), None, Some(4)]);
        assert_eq!(rows(&page(), 0), [0, 1]);
        assert_eq!(columns(&page(), 2, 3), [0, 2, 3, 4]);
    }
}
