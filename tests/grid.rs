//! A sheet written as lines of text and made into a real .xlsx: what a clerk would type, cell for cell.
//!
//! Cells are parted by `|`. As in a spreadsheet, `12`, `55.82%` and `2023-01-01` become numbers with their format, and an
//! apostrophe keeps a text: `'12`. Further: `<` is merged with the cell to its left, `^` with the one above, and `^ 75` has
//! left its number behind there; `=B3+B4 → 30` is a formula with the value it last showed; `2021 as a date` is the number
//! 2021 formatted as a date; `⏎` breaks a line.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};

/// Makes a workbook of sheets, each a name and its grid.
pub fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, grid) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).expect("a sheet's name");
        write(sheet, grid).unwrap_or_else(|fault| panic!("{fault} in the grid\n{grid}"));
    }
    workbook.save_to_buffer().expect("a workbook")
}

fn write(sheet: &mut Worksheet, grid: &str) -> Result<(), XlsxError> {
    let rows: Vec<Vec<&str>> = grid.trim_matches('\n').lines().map(|line| line.split('|').map(str::trim).collect()).collect();
    let said = |row: usize, column: usize| rows.get(row).and_then(|row| row.get(column)).copied().unwrap_or("");
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty() && !is_merged(cell)) {
            let width = (column + 1..).take_while(|&right| is_left(said(row, right))).count();
            let height = (row + 1..).take_while(|&below| is_up(said(below, column))).count();
            if width + height > 0 {
                let (last_row, last_column) = ((row + height) as u32, (column + width) as u16);
                sheet.merge_range(row as u32, column as u16, last_row, last_column, "", &Format::new())?;
            }
            write_cell(sheet, row as u32, column as u16, cell)?;
        }
    }
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| is_merged(cell)) {
            if let Ok(hidden) = cell[1..].trim().parse::<f64>() {
                sheet.write_number(row as u32, column as u16, hidden)?;
            }
        }
    }
    Ok(())
}

fn is_left(cell: &str) -> bool {
    cell.starts_with('<')
}

fn is_up(cell: &str) -> bool {
    cell.starts_with('^')
}

fn is_merged(cell: &str) -> bool {
    is_left(cell) || is_up(cell)
}

fn write_cell(sheet: &mut Worksheet, row: u32, column: u16, typed: &str) -> Result<(), XlsxError> {
    if let Some(text) = typed.strip_prefix('\'') {
        sheet.write_string(row, column, text)?;
    } else if typed.contains('⏎') {
        sheet.write_string(row, column, typed.replace('⏎', "\n"))?;
    } else if let Some((formula, shown)) = typed.split_once(" → ").filter(|_| typed.starts_with('=')) {
        sheet.write_formula(row, column, Formula::new(formula).set_result(shown))?;
    } else if let Some(year) = typed.strip_suffix(" as a date") {
        sheet.write_with_format(
            row,
            column,
            year.parse::<f64>().expect("a year"),
            &Format::new().set_num_format("yyyy-mm-dd"),
        )?;
    } else if let Ok(date) = ExcelDateTime::parse_from_str(typed)
        && typed.contains('-')
    {
        sheet.write_with_format(row, column, &date, &Format::new().set_num_format("yyyy\"年\""))?;
    } else if let Some(per_cent) = typed.strip_suffix('%').and_then(|number| number.parse::<f64>().ok()) {
        sheet.write_with_format(row, column, per_cent / 100.0, &Format::new().set_num_format("0.00%"))?;
    } else if let Ok(number) = typed.parse::<f64>() {
        sheet.write_number(row, column, number)?;
    } else {
        sheet.write_string(row, column, typed)?;
    }
    Ok(())
}

#[test]
fn a_grid_is_read_back_as_it_was_typed() {
    use calamine::{Data, Reader};
    let bytes = workbook(&[("表", "题 | < |\n'12 | 12 | 55.82%\n=A2+B2 → 24 | 2021 as a date | ^")]);
    let mut workbook = calamine::Xlsx::new(std::io::Cursor::new(bytes)).expect("an .xlsx");
    let range = workbook.worksheet_range("表").expect("the sheet");
    let cell = |row, column| range.get_value((row, column)).cloned().unwrap_or_default();
    assert_eq!(cell(1, 0), Data::String("12".into()));
    assert_eq!(cell(1, 1), Data::Float(12.0));
    assert_eq!(cell(1, 2), Data::Float(0.5582));
    assert_eq!(cell(2, 0), Data::Float(24.0));
    assert!(matches!(cell(2, 1), Data::DateTime(date) if date.as_f64() == 2021.0));
    let merges: Vec<_> =
        workbook.merge_cells_by_sheet_name("表").expect("merges").into_iter().map(|area| (area.start, area.end)).collect();
    assert_eq!(merges, [((0, 0), (0, 1)), ((1, 2), (2, 2))]);
}
