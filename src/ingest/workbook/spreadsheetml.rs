//! SpreadsheetML 2003: a workbook as one XML file, as old office systems export it, mostly under the name .xls.

use std::collections::HashSet;

use roxmltree::{Document, Node};

use super::grid::{Area, Cell, Cells};
use crate::model::Text;

const SS: &str = "urn:schemas-microsoft-com:office:spreadsheet";

pub fn read(text: &str) -> Result<Vec<Cells>, Text> {
    // Some systems write blank lines before the declaration, where XML allows none.
    let document = Document::parse(text.trim_start())
        .map_err(|fault| Text::new("XML 不完整或已损坏", format!("its XML is incomplete or damaged ({fault})")))?;
    let is_percent = |style: &Node| {
        let format = style.descendants().find(|node| node.has_tag_name((SS, "NumberFormat")));
        format.and_then(|format| format.attribute((SS, "Format"))).is_some_and(|f| f.contains('%') || f == "Percent")
    };
    let styles = document.descendants().filter(|node| node.has_tag_name((SS, "Style")));
    let percents: HashSet<&str> = styles.filter(is_percent).filter_map(|style| style.attribute((SS, "ID"))).collect();
    let sheets = document.descendants().filter(|node| node.has_tag_name((SS, "Worksheet")));
    Ok(sheets.map(|sheet| worksheet(&sheet, &percents)).collect())
}

fn worksheet(node: &Node, percents: &HashSet<&str>) -> Cells {
    let mut sheet =
        Cells { name: node.attribute((SS, "Name")).unwrap_or_default().to_string(), tells_percent: true, ..Cells::default() };
    let visible = node.descendants().find(|inner| inner.tag_name().name() == "Visible").and_then(|inner| inner.text());
    sheet.hidden.sheet = visible.is_some_and(|word| word != "SheetVisible");
    let Some(table) = node.children().find(|child| child.has_tag_name((SS, "Table"))) else { return sheet };
    let mut column = 0;
    for node in table.children().filter(|child| child.has_tag_name((SS, "Column"))) {
        column = index(&node).unwrap_or(column);
        let last = column.saturating_add(number(&node, "Span"));
        if node.attribute((SS, "Hidden")) == Some("1") {
            sheet.hidden.columns.push((column, last));
        }
        column = last.saturating_add(1);
    }
    let mut row = 0_u32;
    for node in table.children().filter(|child| child.has_tag_name((SS, "Row"))) {
        row = index(&node).unwrap_or(row);
        let last = row.saturating_add(number(&node, "Span"));
        if node.attribute((SS, "Hidden")) == Some("1") {
            sheet.hidden.rows.push((row, last));
        }
        cells(&node, row, percents, &mut sheet);
        row = last.saturating_add(1);
    }
    sheet
}

fn cells(node: &Node, row: u32, percents: &HashSet<&str>, sheet: &mut Cells) {
    let mut column = 0_u32;
    for node in node.children().filter(|child| child.has_tag_name((SS, "Cell"))) {
        column = index(&node).unwrap_or(column);
        let (across, down) = (number(&node, "MergeAcross"), number(&node, "MergeDown"));
        let last = column.saturating_add(across);
        if across > 0 || down > 0 {
            sheet.merged.push(Area { rows: (row, row.saturating_add(down)), columns: (column, last) });
        }
        if let Some(data) = node.children().find(|child| child.has_tag_name((SS, "Data"))) {
            let cell = value(&data);
            if matches!(cell, Cell::Number(_)) && node.attribute((SS, "StyleID")).is_some_and(|id| percents.contains(id)) {
                sheet.percent.push((row, column));
            }
            if cell != Cell::Empty {
                sheet.cells.push((row, column, cell));
            }
        } else if let Some(formula) = node.attribute((SS, "Formula")) {
            sheet.cells.push((row, column, Cell::Formula(formula.to_string())));
        }
        column = last.saturating_add(1);
    }
}

fn value(data: &Node) -> Cell {
    let said: String = data.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect();
    match data.attribute((SS, "Type")) {
        Some("Number") => said.trim().parse().map_or(Cell::Text(said), Cell::Number),
        // A date is written with its time: 2023-10-08T00:00:00.000.
        Some("DateTime") => Cell::Date(said.split('T').next().unwrap_or_default().to_string()),
        Some("Boolean") => Cell::Bool(said.trim() == "1"),
        Some("Error") => Cell::Error(said),
        _ if said.is_empty() => Cell::Empty,
        _ => Cell::Text(said),
    }
}

/// Where the next row or cell stands when it says so, from zero.
fn index(node: &Node) -> Option<u32> {
    node.attribute((SS, "Index"))?.parse::<u32>().ok()?.checked_sub(1)
}

fn number(node: &Node, name: &str) -> u32 {
    node.attribute((SS, name)).and_then(|value| value.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_merges_per_cents_and_hidden_rows_are_read() {
        let text = r#"<?xml version="1.0"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="s1"><NumberFormat ss:Format="0.00%"/></Style></Styles>
<Worksheet ss:Name="表"><Table>
<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">题目</Data></Cell></Row>
<Row ss:Index="4" ss:Hidden="1"><Cell ss:Index="2" ss:StyleID="s1"><Data ss:Type="Number">0.5582</Data></Cell>
<Cell ss:Formula="=R1C1"/></Row>
</Table></Worksheet></Workbook>"#;
        let sheets = read(text).unwrap();
        let sheet = &sheets[0];
        assert_eq!(sheet.name, "表");
        assert_eq!(sheet.cells[1], (3, 1, Cell::Number(0.5582)));
        assert_eq!(sheet.cells[2], (3, 2, Cell::Formula("=R1C1".into())));
        assert_eq!(sheet.percent, [(3, 1)]);
        assert_eq!(sheet.merged, [Area { rows: (0, 0), columns: (0, 1) }]);
        assert_eq!(sheet.hidden.rows, [(3, 3)]);
        assert!(read("<Workbook").is_err());
    }
}
