//! Areas below each other, targets beside each other: each cell in the colours of its verdict, with its word and value. Where
//! there are more columns than the page is wide for, they go on in a second table below.

use super::{
    ink,
    page::{BODY, MARGIN, Rect, SMALL, WIDTH},
    pen::{Anchor, Pen, Type},
    rows::LEADING,
    watermark::watermark,
    wrap::wrap,
};
use crate::model::{Cell, Figure, Heat};

/// The least width of a column, and the most that names take.
const COLUMN: f64 = 96.0;
const NAMES: f64 = 170.0;
const GAP: f64 = 3.0;
const HEADING: f64 = 17.0;

/// Draws a chart below a height; gives the height where it ends.
pub fn draw(pen: &mut Pen, figure: &Figure, heat: &Heat, top: f64) -> f64 {
    let plain = Type::new(BODY, ink::TEXT);
    let names: Vec<Vec<String>> = heat.rows.iter().map(|row| wrap(&row.label, plain.bold(), NAMES)).collect();
    let widest = names.iter().flatten().map(|line| plain.bold().width(line)).fold(0.0, f64::max);
    let left = MARGIN + widest + 12.0;
    let room = WIDTH - MARGIN - left;
    let words = Type::new(SMALL, ink::TEXT).bold();
    let cells = heat.rows.iter().flat_map(|row| row.cells.iter().flatten());
    let need = cells.flat_map(|cell| [&cell.words, &cell.shown]).map(|said| words.width(said) + 12.0).fold(COLUMN, f64::max);
    let most = ((room / need).floor() as usize).max(1);
    let blocks = heat.columns.len().div_ceil(most).max(1);
    let each = heat.columns.len().div_ceil(blocks).max(1);
    let width = room / each as f64;
    let mut edge = top;
    for block in 0..blocks {
        let columns: Vec<usize> = (block * each..((block + 1) * each).min(heat.columns.len())).collect();
        let start = headings(pen, heat, &columns, left, width, edge);
        edge = body(pen, heat, &names, &columns, (left, width), start);
        if let Some(words) = &figure.sample {
            let right = left + width * columns.len() as f64;
            watermark(pen, words, Rect { left, right, top: start, bottom: edge });
        }
        edge += 16.0;
    }
    edge - 10.0
}

/// Names of the columns, all ending at one height; gives the height below them.
fn headings(pen: &mut Pen, heat: &Heat, columns: &[usize], left: f64, width: f64, top: f64) -> f64 {
    let style = Type::new(SMALL, ink::TEXT);
    let wrapped: Vec<Vec<String>> = columns.iter().map(|&place| wrap(&heat.columns[place], style, width - 10.0)).collect();
    let most = wrapped.iter().map(Vec::len).max().unwrap_or(0) as f64;
    let bottom = top + most * HEADING + 6.0;
    for (place, lines) in wrapped.iter().enumerate() {
        let middle = left + width * (place as f64 + 0.5);
        let mut baseline = bottom - 8.0 - HEADING * (lines.len() as f64 - 1.0);
        for line in lines {
            pen.text(middle, baseline, line, style.at(Anchor::Middle));
            baseline += HEADING;
        }
    }
    bottom
}

fn body(pen: &mut Pen, heat: &Heat, names: &[Vec<String>], columns: &[usize], (left, width): (f64, f64), top: f64) -> f64 {
    let mut edge = top;
    for (row, name) in heat.rows.iter().zip(names) {
        let height = (LEADING * name.len() as f64 + 6.0).max(if heat.rows.len() > 16 { 38.0 } else { 41.0 });
        let middle = edge + height / 2.0;
        let plain = Type::new(BODY, ink::TEXT);
        let style = if row.emphasis { plain.bold() } else { plain };
        let mut baseline = style.centred(middle) - LEADING * (name.len() as f64 - 1.0) / 2.0;
        for line in name {
            pen.text(MARGIN, baseline, line, style);
            baseline += LEADING;
        }
        for (place, &column) in columns.iter().enumerate() {
            let from = left + width * place as f64;
            let area = Rect { left: from, right: from + width - GAP, top: edge, bottom: edge + height - GAP };
            cell(pen, row.cells.get(column).and_then(Option::as_ref), area);
        }
        edge += height;
    }
    edge
}

fn cell(pen: &mut Pen, cell: Option<&Cell>, area: Rect) {
    let (x, middle) = ((area.left + area.right) / 2.0, (area.top + area.bottom) / 2.0);
    let Some(cell) = cell else {
        let quiet = Type::new(SMALL, ink::QUIET).at(Anchor::Middle);
        return pen.text(x, quiet.centred(middle), "—", quiet);
    };
    let (paper, edge, hand) = ink::cell(cell.verdict);
    pen.rect(area, ink::GRID);
    pen.rect(Rect { left: area.left, top: area.top + 1.0, right: area.right - 1.0, bottom: area.bottom - 1.0 }, paper);
    // A bar at the left edge: what was not reached is told from what was on a grey printer too.
    pen.rect(Rect { right: area.left + 4.0, ..area }, edge);
    let words = Type::new(SMALL, hand).bold().at(Anchor::Middle);
    if cell.shown.is_empty() {
        return pen.text(x, words.centred(middle), &cell.words, words);
    }
    pen.text(x, words.centred(middle - 8.5), &cell.words, words);
    let value = Type::new(SMALL, hand).at(Anchor::Middle);
    pen.text(x, value.centred(middle + 8.5), &cell.shown, value);
}
