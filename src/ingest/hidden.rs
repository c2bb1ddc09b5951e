//! Figures of forms that the spreadsheet does not show: they are read all the same, and somebody should know.

use std::collections::BTreeSet;

use super::{form::Reader, table::Table, workbook::Sheet};
use crate::{
    diag::{Code, Finding, Place},
    model::{Observation, Text},
};

impl Reader<'_> {
    /// What is hidden in these tables, of what was read and of what was not, each said by itself.
    pub fn hidden<'o>(&self, tables: &[Table], read: impl Iterator<Item = &'o Observation>) -> Vec<Finding> {
        let sheet: &Sheet = &self.sheet.sheet;
        let place = Place::sheet(self.file.as_ref(), &sheet.name);
        let read: BTreeSet<(u32, u32)> = read.filter_map(|seen| seen.cell()).map(|cell| (cell.row, cell.column)).collect();
        if sheet.hidden.sheet {
            let message = match read.is_empty() {
                true => Text::new("工作表是隐藏的，其中数值未读入", "the sheet is hidden, and its figures were not read"),
                false => Text::new("工作表是隐藏的，其中数值已读入", "the sheet is hidden, and its figures were read"),
            };
            let finding = Finding::new(Code::HiddenCells, message).at(place);
            return vec![if read.is_empty() { finding.next(unhide()) } else { finding }];
        }
        let cells = tables.iter().flat_map(|table| {
            let columns: Vec<u32> = table.columns.iter().map(|column| column.column).collect();
            sheet.hidden_cells(table.body.clone(), &columns)
        });
        let (read, unread): (Vec<_>, Vec<_>) = cells.partition(|(row, column)| read.contains(&sheet.place(*row, *column)));
        let found = |cells: &[(u32, u32)], zh: &str, en: &str| {
            let mut places = cells.iter().map(|&(row, column)| Place { cell: sheet.name_of(row, column), ..place.clone() });
            let message = Text::new(
                format!("隐藏的行或列中有 {} 个数值，{zh}", cells.len()),
                format!("{} figures stand in hidden rows or columns, and were {en}", cells.len()),
            );
            Some(Finding::new(Code::HiddenCells, message).at(places.next()?).also(places))
        };
        let unread = found(&unread, "未读入", "not read").map(|finding| finding.next(unhide()));
        found(&read, "已读入", "read").into_iter().chain(unread).collect()
    }
}

/// What is hidden and was not read is in no result, and nobody sees it.
fn unhide() -> Text {
    Text::new(
        "取消隐藏后核对：应报送的，按其他问题改正后重新报送；不应报送的请删除。",
        "Unhide and check them: what is meant should be corrected as said elsewhere and sent again; delete what is not.",
    )
}
