//! What the XML of an OpenDocument sheet says that calamine does not give: merged areas, per cents, hidden rows and columns.

use roxmltree::{Document, Node};

use super::grid::{Area, Cell, Cells};

const TABLE: &str = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
const OFFICE: &str = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";

/// Adds it to sheets by their names. A file whose XML is odd just has none of it.
pub fn add_to(sheets: &mut [Cells], content: &str) {
    let Ok(document) = Document::parse(content) else { return };
    for table in document.descendants().filter(|node| node.has_tag_name((TABLE, "table"))) {
        let name = table.attribute((TABLE, "name"));
        if let Some(sheet) = sheets.iter_mut().find(|sheet| Some(sheet.name.as_str()) == name) {
            columns(&table, sheet);
            rows(&table, sheet);
        }
    }
}

fn columns(table: &Node, sheet: &mut Cells) {
    let mut column = 0_u32;
    for node in table.descendants().filter(|node| node.has_tag_name((TABLE, "table-column"))) {
        let next = column.saturating_add(number(&node, "number-columns-repeated"));
        if is_hidden(&node) {
            sheet.hidden.columns.push((column, next.saturating_sub(1)));
        }
        column = next;
    }
}

fn rows(table: &Node, sheet: &mut Cells) {
    let mut row = 0_u32;
    for node in table.descendants().filter(|node| node.has_tag_name((TABLE, "table-row"))) {
        let next = row.saturating_add(number(&node, "number-rows-repeated"));
        if is_hidden(&node) {
            sheet.hidden.rows.push((row, next.saturating_sub(1)));
        }
        cells(&node, row, sheet);
        row = next;
    }
}

fn cells(node: &Node, row: u32, sheet: &mut Cells) {
    let mut column = 0_u32;
    for cell in node.children().filter(|child| child.tag_name().name().ends_with("table-cell")) {
        let (across, down) = (number(&cell, "number-columns-spanned"), number(&cell, "number-rows-spanned"));
        if across > 1 || down > 1 {
            let last = |first: u32, count: u32| first.saturating_add(count - 1);
            sheet.merged.push(Area { rows: (row, last(row, down)), columns: (column, last(column, across)) });
        }
        let repeated = number(&cell, "number-columns-repeated");
        match cell.attribute((OFFICE, "value-type")) {
            // Repeated cells of one value are few; a long run of them is a formatted blank.
            Some("percentage") => {
                sheet.percent.extend((column..column.saturating_add(repeated.min(64))).map(|column| (row, column)));
            }
            None if let Some(formula) = cell.attribute((TABLE, "formula")) => {
                sheet.cells.push((row, column, Cell::Formula(formula.to_string())));
            }
            _ => {}
        }
        column = column.saturating_add(repeated);
    }
}

fn is_hidden(node: &Node) -> bool {
    matches!(node.attribute((TABLE, "visibility")), Some("collapse" | "filter"))
}

/// A count, which is one where it is not given, and never none.
fn number(node: &Node, name: &str) -> u32 {
    node.attribute((TABLE, name)).and_then(|value| value.parse().ok()).unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merges_per_cents_and_what_is_hidden_are_found() {
        let content = format!(
            r#"<office:document xmlns:office="{OFFICE}" xmlns:table="{TABLE}"><table:table table:name="表">
            <table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>
            <table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="1"/><table:covered-table-cell/></table:table-row>
            <table:table-row table:number-rows-repeated="3" table:visibility="collapse"><table:table-cell table:number-columns-repeated="2"/>
            <table:table-cell office:value-type="percentage" office:value="0.5"/><table:table-cell table:formula="of:=1"/></table:table-row>
            </table:table></office:document>"#
        );
        let mut sheets = vec![Cells { name: "表".into(), ..Cells::default() }];
        add_to(&mut sheets, &content);
        let sheet = &sheets[0];
        assert_eq!(sheet.merged, [Area { rows: (0, 0), columns: (0, 1) }]);
        assert_eq!(sheet.percent, [(1, 2)]);
        assert_eq!((&sheet.hidden.rows[..], &sheet.hidden.columns[..]), (&[(1, 3)][..], &[(1, 2)][..]));
        assert_eq!(sheet.cells, [(1, 3, Cell::Formula("of:=1".into()))]);
    }
}
