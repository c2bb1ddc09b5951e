//! Web pages: their tables, one below the other, as one sheet. Many office systems export these under the name .xls.

use std::{collections::BTreeMap, ops::Range};

use html5gum::{DefaultEmitter, HtmlString, Spanned, StartTag, Token, Tokenizer};

use super::{
    grid::{Area, Cell, Cells},
    raised::raised,
};
use crate::model::Text;

/// A cell spans no more columns and rows than this, whatever it says of itself.
const SPAN: u32 = 1000;
/// Cells of one page.
const MOST: usize = 1_000_000;

/// One table of a page, which may stand in a cell of another one.
#[derive(Default)]
struct Table {
    cells: Vec<(u32, u32, Cell)>,
    percent: Vec<(u32, u32)>,
    merged: Vec<Area>,
    hidden: Vec<u32>,
    /// The next row, and whether a row is open.
    row: u32,
    in_row: bool,
    column: u32,
    open: Option<Open>,
    /// Columns that a cell above still fills, with the first row that is free again.
    filled: BTreeMap<u32, u32>,
}

/// A cell whose text is being read.
#[derive(Default)]
struct Open {
    text: String,
    span: (u32, u32),
    /// `x:num`: the number itself, where the page also shows it rounded.
    number: Option<String>,
    percent: bool,
}

pub fn read(text: &str) -> Result<Vec<Cells>, Text> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut page = Page::default();
    for token in Tokenizer::new_with_emitter(text, emitter) {
        match token {
            Ok(Token::StartTag(tag)) => page.start(&tag),
            Ok(Token::EndTag(tag)) => page.end(&tag.name),
            Ok(Token::String(words)) => page.text(&String::from_utf8_lossy(&words)),
            _ => {}
        }
        if page.cells > MOST {
            return Err(super::grid::too_large());
        }
    }
    while !page.tables.is_empty() {
        page.end(b"table");
    }
    if page.found == 0 {
        return Err(Text::new("内容是网页，其中没有表格", "it is a web page without any table"));
    }
    page.sheet.tells_percent = true;
    Ok(vec![page.sheet])
}

#[derive(Default)]
struct Page {
    /// Tables that are open, the innermost last.
    tables: Vec<Table>,
    sheet: Cells,
    next_row: u32,
    found: usize,
    cells: usize,
    /// Inside a script, a style or a comment of Office.
    silent: u32,
    /// Fonts that the text is in, and how many of them raise their letters.
    fonts: Vec<bool>,
    raising: usize,
    in_name: bool,
}

impl Page {
    fn start(&mut self, tag: &StartTag<()>) {
        let name: &[u8] = &tag.name;
        match name {
            b"table" => self.tables.push(Table::default()),
            b"script" | b"style" | b"title" if !tag.self_closing => self.silent += 1,
            b"sup" | b"font" | b"span" if !tag.self_closing => {
                let style = attribute(tag, b"style").unwrap_or_default().replace(' ', "");
                let raises = name == b"sup" || style.contains("vertical-align:super");
                self.fonts.push(raises);
                self.raising += usize::from(raises);
            }
            b"x:name" => self.in_name = true,
            b"br" | b"p" | b"div" => self.text_break(),
            _ => {}
        }
        let Some(table) = self.tables.last_mut() else { return };
        match name {
            b"tr" => {
                table.end_row();
                table.in_row = true;
                if attribute(tag, b"style").is_some_and(|style| style.replace(' ', "").contains("display:none")) {
                    table.hidden.push(table.row);
                }
            }
            b"td" | b"th" => {
                self.fonts.clear();
                self.raising = 0;
                self.cells += 1;
                table.end_cell();
                table.in_row = true;
                let span = |name| attribute(tag, name).and_then(|said| said.trim().parse().ok()).unwrap_or(1).clamp(1, SPAN);
                let style = attribute(tag, b"style").unwrap_or_default();
                table.open = Some(Open {
                    text: String::new(),
                    span: (span(b"rowspan"), span(b"colspan")),
                    number: attribute(tag, b"x:num"),
                    percent: style.contains("mso-number-format") && (style.contains('%') || style.contains("Percent")),
                });
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"script" | b"style" | b"title" => self.silent = self.silent.saturating_sub(1),
            b"sup" | b"font" | b"span" => {
                self.raising -= usize::from(self.fonts.pop() == Some(true));
            }
            b"x:name" => self.in_name = false,
            b"td" | b"th" => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_cell();
                }
            }
            b"tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_row();
                }
            }
            b"table" => {
                if let Some(mut table) = self.tables.pop() {
                    table.end_row();
                    self.found += 1;
                    self.add(table);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, words: &str) {
        if self.in_name && self.sheet.name.is_empty() {
            self.sheet.name = words.trim().to_string();
        } else if self.silent == 0
            && let Some(open) = self.tables.last_mut().and_then(|table| table.open.as_mut())
        {
            if self.raising > 0 { open.text.push_str(&raised(words)) } else { open.text.push_str(words) }
        }
    }

    fn text_break(&mut self) {
        if let Some(open) = self.tables.last_mut().and_then(|table| table.open.as_mut())
            && !open.text.trim().is_empty()
        {
            open.text.push('\u{2028}');
        }
    }

    /// Puts a table below those before it, with a blank row between.
    fn add(&mut self, table: Table) {
        let Some(last) = table.cells.iter().map(|(row, ..)| *row).max() else { return };
        if self.sheet.name.is_empty() {
            self.sheet.name = "HTML".to_string();
        }
        let top = self.next_row;
        self.sheet.cells.extend(table.cells.into_iter().map(|(row, column, cell)| (top + row, column, cell)));
        self.sheet.percent.extend(table.percent.into_iter().map(|(row, column)| (top + row, column)));
        let moved = |area: Area| Area { rows: (top + area.rows.0, top + area.rows.1), columns: area.columns };
        self.sheet.merged.extend(table.merged.into_iter().map(moved));
        self.sheet.hidden.rows.extend(table.hidden.into_iter().map(|row| (top + row, top + row)));
        self.next_row = top + last + 2;
    }
}

impl Table {
    fn end_row(&mut self) {
        self.end_cell();
        if self.in_row {
            self.row += 1;
            self.in_row = false;
        }
        self.column = 0;
        self.filled.retain(|_, free| *free > self.row);
    }

    fn end_cell(&mut self) {
        let Some(open) = self.open.take() else { return };
        while self.filled.get(&self.column).is_some_and(|free| *free > self.row) {
            self.column += 1;
        }
        let (height, width) = open.span;
        let columns: Range<u32> = self.column..self.column + width;
        if height > 1 || width > 1 {
            let area = Area { rows: (self.row, self.row + height - 1), columns: (columns.start, columns.end - 1) };
            self.merged.push(area);
        }
        if height > 1 {
            self.filled.extend(columns.clone().map(|column| (column, self.row + height)));
        }
        let text = plain(&open.text);
        let number =
            open.number.and_then(|said| if said.trim().is_empty() { text.parse().ok() } else { said.trim().parse().ok() });
        let cell = number.filter(|number: &f64| number.is_finite()).map_or(Cell::Text(text.clone()), Cell::Number);
        if !text.is_empty() || matches!(cell, Cell::Number(_)) {
            if matches!(cell, Cell::Number(_)) && (open.percent || text.ends_with(['%', '％'])) {
                self.percent.push((self.row, self.column));
            }
            self.cells.push((self.row, self.column, cell));
        }
        self.column = columns.end;
    }
}

fn attribute(tag: &StartTag<()>, name: &[u8]) -> Option<String> {
    let value: &Spanned<HtmlString, ()> = tag.attributes.get(name)?;
    Some(String::from_utf8_lossy(value).into_owned())
}

/// Text as a browser shows it: runs of white space are one space, breaks are breaks.
fn plain(text: &str) -> String {
    let words =
        |line: &str| line.split([' ', '\t', '\r', '\n', '\u{a0}']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    text.split('\u{2028}').map(words).collect::<Vec<_>>().join("\n").trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(page: &str) -> Vec<(u32, u32, String)> {
        let sheet = read(page).unwrap().remove(0);
        sheet.cells.into_iter().map(|(row, column, cell)| (row, column, cell.said().into_owned())).collect()
    }

    #[test]
    fn cells_that_span_push_the_others_aside() {
        let page =
            "<table><tr><td rowspan=2>区<td colspan=2>学位<tr><td>公办<td>民办<tr><td>荔湾<td x:num='1200.5'>1,201<td>3</table>";
        let read = cells(page);
        let text =
            |row: u32, column: u32| read.iter().find(|(r, c, _)| (*r, *c) == (row, column)).map(|(.., said)| said.as_str());
        assert_eq!(text(1, 1), Some("公办"));
        assert_eq!(text(1, 2), Some("民办"));
        assert_eq!(text(2, 1), Some("1200.5"));
    }

    #[test]
    fn tables_stand_below_each_other_and_scripts_are_no_text() {
        let page = "<html><style>td{}</style><table><tr><td>题<br>目</td></tr></table><script>'<td>x'</script>\
                    <table><tr><td><table><tr><td>内 &amp; 外</td></tr></table></td></tr></table>";
        assert_eq!(cells(page), [(0, 0, "题\n目".to_string()), (2, 0, "内 & 外".to_string())]);
        assert!(read("<html><p>no table</p>").is_err());
    }

    #[test]
    fn per_cents_and_hidden_rows_are_marked() {
        let page = "<table><tr><td x:num='0.5582'>55.82%</td></tr><tr style='display: none'><td>9</td></tr></table>";
        let sheet = read(page).unwrap().remove(0);
        assert_eq!(sheet.percent, [(0, 0)]);
        assert_eq!(sheet.hidden.rows, [(1, 1)]);
    }

    proptest::proptest! {
        #[test]
        fn no_page_breaks_the_reader(page in "(<(table|tr|td colspan=9999 rowspan=9999|/td|/tr|/table|br)>|[a-z&;<>\"' ]){0,200}") {
            let _ = read(&page);
        }
    }
}
