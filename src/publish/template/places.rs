//! Where in the sheet the parts of a form stand, and how wide its columns are.

use super::looks::{lines, unit_below, width};
use crate::model::{Form, FormColumn, Holds, Language};

/// Narrower than this, a table is made wider.
const NARROW: f64 = 88.0;

/// Rows of a sheet, counted from zero.
pub struct Places {
    pub head: Vec<HeadLine>,
    pub headings: std::ops::Range<u32>,
    pub body: std::ops::Range<u32>,
    pub total: Option<u32>,
    /// First row below the table.
    pub below: u32,
    pub widths: Vec<f64>,
}

/// A line of the head: its row, and each item of the head with the first and the last column it runs over.
pub struct HeadLine {
    pub row: u32,
    pub items: Vec<(usize, u16, u16)>,
}

impl Places {
    pub fn of(form: &Form, language: Language, sample: bool) -> Places {
        let mut widths: Vec<f64> = form.columns.iter().enumerate().map(|(at, column)| column_width(form, at, column)).collect();
        // A narrow table takes some more of the page, so that title and foot have room.
        let stretch = (NARROW / widths.iter().sum::<f64>()).clamp(1.0, 2.2);
        widths.iter_mut().for_each(|width| *width *= stretch);
        let first = 1 + u32::from(sample);
        let head = head_lines(form, &widths, first, language);
        let top = first + head.len() as u32;
        let deep = form.columns.iter().map(|column| column.headings.len()).max().unwrap_or(1) as u32;
        let headings = top..top + deep;
        let total_first = form.total.as_ref().is_some_and(|total| total.first);
        let start = headings.end + u32::from(total_first);
        let body = start..start + form.rows.len() as u32;
        let total = form.total.as_ref().map(|total| if total.first { headings.end } else { body.end });
        let below = total.filter(|row| *row >= body.end).map_or(body.end, |row| row + 1);
        Places { head, headings, body, total, below, widths }
    }

    pub fn row(&self, row: usize) -> u32 {
        self.body.start + row as u32
    }

    /// Too wide for A4.
    pub fn is_wide(&self) -> bool {
        self.widths.iter().sum::<f64>() > 150.0
    }

    /// So little longer than one page that it is printed on one.
    pub fn is_short(&self) -> bool {
        self.below < 38
    }

    pub fn last_column(&self) -> u16 {
        self.widths.len().saturating_sub(1) as u16
    }
}

/// Wide enough for its longest word in at most three lines of heading, and for what is typed into it.
fn column_width(form: &Form, at: usize, column: &FormColumn) -> f64 {
    let innermost = column.headings.last().map_or("", String::as_str);
    let longest = |text: &str| text.split('\n').map(width).fold(0.0, f64::max);
    // Many columns: three lines of heading, else two.
    let most_lines = if form.columns.len() > 14 { 3.0 } else { 2.0 };
    let broken = longest(&unit_below(innermost, 0.0));
    let heading = (broken / most_lines).ceil().max(broken.min(if most_lines > 2.0 { 6.0 } else { 8.0 })) + 2.0;
    let said = form.rows.iter().filter_map(|row| row.labels.get(&at)).map(|label| width(label) + 2.0).fold(0.0, f64::max);
    let content = match &column.holds {
        Holds::Number => return 6.0,
        Holds::Remark => 14.0,
        Holds::Label { choices, .. } if choices.is_empty() => 16.0,
        Holds::Label { choices, .. } if said == 0.0 => choices.iter().map(|choice| width(&choice.said) + 4.0).fold(8.0, f64::max),
        Holds::Label { .. } => 8.0,
        Holds::Figure(figured) => match figured.kind {
            crate::model::MeasureKind::Day => 12.0,
            crate::model::MeasureKind::Words => 18.0,
            _ if form.columns.len() > 14 => 7.5,
            _ => 9.0,
        },
    };
    heading.min(17.0).max(content).max(said.min(30.0)).min(36.0)
}

/// The head in as many lines as it needs: each item with the columns it runs over.
fn head_lines(form: &Form, widths: &[f64], first: u32, language: Language) -> Vec<HeadLine> {
    let needed = |at: usize| {
        let item = &form.head[at];
        width(&head_words(&item.label, &item.says, language)).max(if item.says.is_empty() { 24.0 } else { 0.0 }) + 2.0
    };
    let whole: f64 = widths.iter().sum();
    let mut lines: Vec<Vec<usize>> = Vec::new();
    for at in 0..form.head.len() {
        let fits = |line: &Vec<usize>| {
            line.iter().map(|&other| needed(other)).sum::<f64>() + needed(at) <= whole && line.len() < widths.len()
        };
        match lines.last_mut().filter(|line| fits(line)) {
            Some(line) => line.push(at),
            None => lines.push(vec![at]),
        }
    }
    let spread = |line: Vec<usize>| {
        let mut taken = Vec::new();
        let mut from = 0;
        for (place, &at) in line.iter().enumerate() {
            let left = line.len() - place - 1;
            let mut to = from;
            let mut room = widths.get(from).copied().unwrap_or_default();
            while (room < needed(at) || left == 0) && to + 1 + left < widths.len() {
                to += 1;
                room += widths[to];
            }
            taken.push((at, from as u16, to as u16));
            from = to + 1;
        }
        taken
    };
    lines.into_iter().enumerate().map(|(at, line)| HeadLine { row: first + at as u32, items: spread(line) }).collect()
}

pub fn head_words(label: &str, says: &str, language: Language) -> String {
    match language {
        Language::Chinese => format!("{label}：{says}"),
        Language::English => format!("{label}: {says}"),
    }
}

/// The height of a row of headings, in points.
pub fn heading_height(form: &Form, level: usize, deep: usize, widths: &[f64]) -> f64 {
    let mut most: f64 = 1.0;
    let mut at = 0;
    while at < form.columns.len() {
        let to = spans_to(form, at, level);
        if let Some(text) = form.columns[at].headings.get(level) {
            let width: f64 = widths[at..=to].iter().sum();
            // A heading that runs down over several rows shares them.
            let is_last = level + 1 == form.columns[at].headings.len();
            let rows = if is_last { (deep - level) as f64 } else { 1.0 };
            most = most.max((lines(&unit_below(text, width), width) / rows).ceil());
        }
        at = to + 1;
    }
    8.0 + 14.5 * most
}

/// The last of the neighbouring columns that stand below the same heading at this level.
pub fn spans_to(form: &Form, column: usize, level: usize) -> usize {
    let columns = &form.columns;
    let is_last = |at: usize| level + 1 >= columns[at].headings.len();
    let same =
        |at: &usize| !is_last(*at) && !is_last(column) && columns[*at].headings[..=level] == columns[column].headings[..=level];
    column + (column + 1..columns.len()).take_while(same).count()
}
