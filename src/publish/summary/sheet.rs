//! A table as a tidy sheet: one heading row that stays in sight, numbers as numbers, verdicts in colour.

use rust_xlsxwriter::{ConditionalFormatCell, ConditionalFormatCellRule, Format, IgnoreError, Url, Worksheet, XlsxError};

use super::{Cover, Excerpt, cover::sample_words, looks, looks::Looks, sheet_name, words};
use crate::{
    model::Verdict,
    publish::table::{Column, Kind, Table},
};

/// The most that a cell of a workbook holds.
const LONGEST: usize = 32_767;
/// Columns are wide enough for most of what stands in them, and no wider than this.
const WIDEST: f64 = 44.0;
/// Rows that are looked at for the width of a column.
const LOOKED_AT: usize = 60;
/// Columns whose figures are of the row's indicator, in its decimals.
const OF_THE_INDICATOR: [&str; 9] =
    ["value", "previous", "change", "difference", "target_value", "gap", "baseline", "lower", "upper"];

pub fn write(sheet: &mut Worksheet, cover: &Cover, excerpt: &Excerpt, looks: &Looks) -> Result<(), XlsxError> {
    let table = excerpt.table;
    sheet.set_name(sheet_name(table, cover.language))?;
    let taken: Vec<(usize, &Column)> =
        table.columns.iter().enumerate().filter(|(_, column)| excerpt.shows(column, cover.language)).collect();
    let rows: Vec<usize> = excerpt.rows.clone().unwrap_or_else(|| (0..table.rows.len()).collect());
    let indicator = table.columns.iter().position(|column| column.name == "indicator");
    let names = excerpt.names();
    for (at, (place, column)) in taken.iter().enumerate() {
        let at = at as u16;
        let heading = words::heading(&column.name, names, cover.language);
        sheet.write_string_with_format(0, at, heading, &looks.heading)?;
        let shown = |row: &usize| looks::width(&in_words(column, table.rows.row(*row).get(*place), names, cover));
        let widest = rows.iter().take(LOOKED_AT).map(shown).fold(0.0, f64::max);
        let shown = if column.kind == Kind::String { widest } else { widest.min(12.0) };
        sheet.set_column_width(at, (shown.max(looks::width(heading)) + 3.0).min(WIDEST))?;
        // Said once for a column, a look need not be looked up for each of its cells.
        sheet.set_column_format(at, &looks.plain)?;
    }
    for (line, &row) in rows.iter().enumerate() {
        let cells = table.rows.row(row);
        let decimals = indicator.and_then(|place| cover.indicators.get(&cells[place])).map(|(decimals, _)| *decimals);
        for (at, (place, column)) in taken.iter().enumerate() {
            let at = (line as u32 + 1, at as u16);
            match number(column, &cells[*place]) {
                Some(number) => write_number(sheet, at, number, format(column, decimals, looks))?,
                None if cells[*place].is_empty() => {}
                None => {
                    sheet.write_string(at.0, at.1, in_words(column, &cells[*place], names, cover))?;
                }
            }
        }
    }
    link_commitments(sheet, cover, table, &taken, &rows, looks)?;
    let (last, end) = (rows.len() as u32, taken.len().saturating_sub(1) as u16);
    if last > 0 {
        sheet.autofilter(0, 0, last, end)?;
        sheet.ignore_error_range(1, 0, last, end, IgnoreError::NumberStoredAsText)?;
        if let Some(at) = taken.iter().position(|(_, column)| column.name == "verdict") {
            colour_verdicts(sheet, at as u16, last, cover)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    if cover.sample {
        sheet.set_header(format!("&C{}", sample_words(cover)));
    }
    sheet.set_footer("&C&P / &N");
    Ok(())
}

fn number(of: &Column, cell: &str) -> Option<f64> {
    if of.kind == Kind::String { None } else { cell.parse::<f64>().ok().filter(|number| number.is_finite()) }
}

fn write_number(sheet: &mut Worksheet, (row, column): (u32, u16), number: f64, look: Option<&Format>) -> Result<(), XlsxError> {
    match look {
        Some(look) => sheet.write_number_with_format(row, column, number, look)?,
        None => sheet.write_number(row, column, number)?,
    };
    Ok(())
}

/// How a number looks; none where it looks as its column does.
fn format<'a>(column: &Column, decimals: Option<usize>, looks: &'a Looks) -> Option<&'a Format> {
    match column.name.as_str() {
        name if OF_THE_INDICATOR.contains(&name) => decimals.map(|decimals| looks.number(decimals)),
        "relative_change" => Some(looks.number(1)),
        "numerator" | "denominator" => Some(looks.number(0)),
        _ => None,
    }
}

/// Codes as words, and ids of indicators as names where `names` says so; every other text as it is.
fn in_words(column: &Column, cell: &str, names: bool, cover: &Cover) -> String {
    if column.name == "indicator"
        && names
        && let Some((_, name)) = cover.indicators.get(cell)
    {
        return name.in_language(cover.language).to_string();
    }
    match words::words(&column.name, cell) {
        Some(words) => words.in_language(cover.language).to_string(),
        // In bytes it is no shorter than in letters.
        None if cell.len() <= LONGEST => cell.to_string(),
        None => cell.chars().take(LONGEST).collect(),
    }
}

fn colour_verdicts(sheet: &mut Worksheet, column: u16, last: u32, cover: &Cover) -> Result<(), XlsxError> {
    for verdict in Verdict::ALL {
        let name = verdict.name().in_language(cover.language).to_string();
        let rule =
            ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::EqualTo(name)).set_format(looks::verdict(verdict));
        sheet.add_conditional_format(1, column, last, column, &rule)?;
    }
    Ok(())
}

/// The names of the commitments of the whole lead to the scorecard.
fn link_commitments(
    sheet: &mut Worksheet,
    cover: &Cover,
    table: &Table,
    taken: &[(usize, &Column)],
    rows: &[usize],
    looks: &Looks,
) -> Result<(), XlsxError> {
    let place = |name: &str| table.columns.iter().position(|column| column.name == name);
    let (Some(id), Some(area), Some(name), true) = (place("target"), place("area"), place("target_name"), cover.scorecard) else {
        return Ok(());
    };
    let Some(at) = taken.iter().position(|(place, _)| *place == name) else { return Ok(()) };
    for (line, &row) in rows.iter().enumerate().filter(|(_, row)| table.rows.row(**row)[area] == *cover.whole) {
        let cells = table.rows.row(row);
        let url = Url::new(format!("file:///scorecard.html#{}", &cells[id]));
        sheet.write_url_with_options(line as u32 + 1, at as u16, url, &cells[name], "", Some(&looks.link))?;
    }
    Ok(())
}
