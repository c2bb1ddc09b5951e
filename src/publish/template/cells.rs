//! One form onto one sheet, cell by cell.

use rust_xlsxwriter::{Formula, ProtectionOptions, Worksheet, XlsxError};

use super::{
    A3, A4, across,
    looks::{Looks, lines, unit_below},
    places::{HeadLine, Places, head_words, heading_height, spans_to},
    validation::{self, Lists},
};
use crate::model::{Form, Holds, Language, MeasureKind, Typed, cell_name};

pub struct Sheet<'a> {
    pub form: &'a Form,
    pub looks: &'a Looks,
    pub language: Language,
    pub sample: bool,
}

impl Sheet<'_> {
    pub fn write(&self, sheet: &mut Worksheet, lists: &mut Lists) -> Result<(), XlsxError> {
        let places = Places::of(self.form, self.language, self.sample);
        sheet.set_name(&self.form.sheet)?;
        sheet.set_formula_result_default("");
        for (column, width) in places.widths.iter().enumerate() {
            sheet.set_column_width(column as u16, *width)?;
        }
        self.top(sheet, &places, lists)?;
        self.headings(sheet, &places)?;
        self.labels(sheet, &places)?;
        self.figures(sheet, &places)?;
        self.total(sheet, &places)?;
        self.below(sheet, &places)?;
        for (column, _) in self.form.columns.iter().enumerate() {
            validation::column(sheet, self.form, &places, column, lists, self.language)?;
        }
        self.page(sheet, &places)
    }

    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::Chinese => zh,
            Language::English => en,
        }
    }

    fn top(&self, sheet: &mut Worksheet, places: &Places, lists: &mut Lists) -> Result<(), XlsxError> {
        let last = places.last_column();
        let whole: f64 = places.widths.iter().sum();
        // A title is printed half as wide again as other text.
        let title_lines = lines(&self.form.title, whole / 1.6);
        across(sheet, 0, 0, 0, last, &self.form.title, &self.looks.title)?;
        sheet.set_row_height(0, 10.0 + 22.0 * title_lines)?;
        if self.sample {
            let words = self.say("示例数据，不是真实统计", "Sample data, not real figures");
            across(sheet, 1, 0, 1, last, words, &self.looks.sample)?;
        }
        for HeadLine { row, items } in &places.head {
            sheet.set_row_height(*row, 20)?;
            for (at, from, to) in items {
                let item = &self.form.head[*at];
                if !item.says.is_empty() || from == to {
                    across(sheet, *row, *from, *row, *to, &head_words(&item.label, &item.says, self.language), &self.looks.head)?;
                    continue;
                }
                sheet.write_with_format(*row, *from, head_words(&item.label, "", self.language), &self.looks.head)?;
                across(sheet, *row, from + 1, *row, *to, "", &self.looks.words)?;
                let title = item.label.as_str();
                let list = validation::list(title, &item.choices, lists, self.language)?;
                sheet.add_data_validation(*row, from + 1, *row, from + 1, &list)?;
            }
        }
        Ok(())
    }

    fn headings(&self, sheet: &mut Worksheet, places: &Places) -> Result<(), XlsxError> {
        let columns = &self.form.columns;
        let deep = places.headings.len();
        for level in 0..deep {
            let row = places.headings.start + level as u32;
            sheet.set_row_height(row, heading_height(self.form, level, deep, &places.widths))?;
            let mut column = 0;
            while column < columns.len() {
                let Some(text) = columns[column].headings.get(level) else {
                    column += 1;
                    continue;
                };
                let to = spans_to(self.form, column, level);
                let is_last = level + 1 == columns[column].headings.len();
                let bottom = if is_last { places.headings.end - 1 } else { row };
                let text = unit_below(text, places.widths[column..=to].iter().sum());
                across(sheet, row, column as u16, bottom, to as u16, &text, &self.looks.heading)?;
                column = to + 1;
            }
        }
        Ok(())
    }

    /// What rows are of, what is written freely beside it, and the numbers of lines.
    fn labels(&self, sheet: &mut Worksheet, places: &Places) -> Result<(), XlsxError> {
        for (at, column) in self.form.columns.iter().enumerate() {
            let mut row = 0;
            while row < self.form.rows.len() {
                let line = places.row(row);
                let mut to = row;
                match (&column.holds, self.form.rows[row].labels.get(&at)) {
                    (Holds::Figure(_), _) => break,
                    (Holds::Number, _) => {
                        sheet.write_with_format(line, at as u16, row as u32 + 1, &self.looks.words)?;
                    }
                    (Holds::Label { .. }, Some(label)) => {
                        to = self.repeats_to(row, at);
                        across(sheet, line, at as u16, places.row(to), at as u16, label, &self.looks.label)?;
                    }
                    (Holds::Label { .. } | Holds::Remark, _) => match self.form.typed.get(&(row, at)) {
                        Some(Typed::Words(words)) => {
                            sheet.write_with_format(line, at as u16, words, &self.looks.words)?;
                        }
                        _ => {
                            sheet.write_blank(line, at as u16, &self.looks.words)?;
                        }
                    },
                }
                row = to + 1;
            }
        }
        Ok(())
    }

    /// The last of the rows that share this label and all labels before it: it is printed once.
    fn repeats_to(&self, row: usize, column: usize) -> usize {
        let rows = &self.form.rows;
        let same = |other: &usize| rows[*other].labels.range(..=column).eq(rows[row].labels.range(..=column));
        if self.form.list { row } else { row + (row + 1..rows.len()).take_while(same).count() }
    }

    fn figures(&self, sheet: &mut Worksheet, places: &Places) -> Result<(), XlsxError> {
        for (at, figured) in self.form.figures() {
            let look = match figured.kind {
                MeasureKind::Day => &self.looks.day,
                MeasureKind::Words => &self.looks.words,
                MeasureKind::Count | MeasureKind::ReportedRate => &self.looks.number,
            };
            for row in 0..self.form.rows.len() {
                let (line, column) = (places.row(row), at as u16);
                match self.form.typed.get(&(row, at)) {
                    Some(Typed::Number(number) | Typed::Day(number)) => {
                        sheet.write_with_format(line, column, *number, look)?;
                    }
                    Some(Typed::Words(words)) => {
                        sheet.write_with_format(line, column, words, look)?;
                    }
                    None => {
                        sheet.write_blank(line, column, look)?;
                    }
                }
            }
        }
        for row in 0..self.form.rows.len() {
            sheet.set_row_height(places.row(row), 20)?;
        }
        Ok(())
    }

    fn total(&self, sheet: &mut Worksheet, places: &Places) -> Result<(), XlsxError> {
        let (Some(total), Some(line)) = (&self.form.total, places.total) else { return Ok(()) };
        let is_figure = |column: usize| matches!(self.form.columns[column].holds, Holds::Figure(_));
        let labels = (0..self.form.columns.len()).take_while(|column| !is_figure(*column)).count();
        if labels > 0 {
            across(sheet, line, 0, line, labels as u16 - 1, &total.label, &self.looks.closed)?;
        }
        for (at, column) in self.form.columns.iter().enumerate().skip(labels) {
            match &column.holds {
                Holds::Figure(figured) if figured.kind == MeasureKind::Count => {
                    sheet.write_formula_with_format(line, at as u16, self.sum(places, at), &self.looks.total)?;
                }
                Holds::Figure(figured) if figured.kind == MeasureKind::ReportedRate => {
                    sheet.write_with_format(line, at as u16, "—", &self.looks.closed)?;
                }
                _ => {
                    sheet.write_blank(line, at as u16, &self.looks.closed)?;
                }
            }
        }
        sheet.set_row_height(line, 20)?;
        Ok(())
    }

    /// The sum of a column, which says nothing while nothing is filled in. It is worked out here too, for readers that do not.
    fn sum(&self, places: &Places, column: usize) -> Formula {
        let end = places.body.end.saturating_sub(1);
        let range = format!("{}:{}", cell_name(places.body.start, column as u32), cell_name(end, column as u32));
        let typed: Vec<f64> = (0..self.form.rows.len())
            .filter_map(|row| match self.form.typed.get(&(row, column)) {
                Some(Typed::Number(number)) => Some(*number),
                _ => None,
            })
            .collect();
        let formula = Formula::new(format!("=IF(COUNT({range})=0,\"\",SUM({range}))"));
        if typed.is_empty() { formula } else { formula.set_result(typed.iter().sum::<f64>().to_string()) }
    }

    fn below(&self, sheet: &mut Worksheet, places: &Places) -> Result<(), XlsxError> {
        let usual = self.say(
            "注：只填浅黄色单元格。没有此项的填“—”，数为零的填 0。",
            "Note: fill the tinted cells only. Write — where there is no such thing, 0 where there are none.",
        );
        let last = places.last_column();
        let whole: f64 = places.widths.iter().sum();
        let notes = std::iter::once(usual).chain(self.form.notes.iter().map(String::as_str));
        let mut row = places.below;
        for note in notes {
            across(sheet, row, 0, row, last, note, &self.looks.note)?;
            sheet.set_row_height(row, 4.0 + 12.5 * lines(note, whole))?;
            row += 1;
        }
        let people =
            self.say("填报人：　　　　　　审核人：　　　　　　", "Filled by:                    Checked by:                    ");
        let reach = self.say("联系电话：　　　　　　　　填报日期：　　　年　　月　　日", "Telephone:                    Date:");
        let in_one = [people, reach].concat();
        let is_narrow = lines(&in_one, whole) > 1.0;
        let text = if is_narrow { format!("{people}\n{reach}") } else { in_one };
        across(sheet, row, 0, row, last, &text, &self.looks.open_head)?;
        sheet.set_row_height(row, if is_narrow { 40 } else { 24 })?;
        Ok(())
    }

    /// A4 across (A3 where that would be too small to read), all columns on one page, the headings on every page; what is not to be filled cannot be changed.
    fn page(&self, sheet: &mut Worksheet, places: &Places) -> Result<(), XlsxError> {
        sheet
            .set_landscape()
            .set_paper_size(if places.is_wide() { A3 } else { A4 })
            .set_print_fit_to_pages(1, u16::from(places.is_short()))
            .set_print_center_horizontally(true);
        sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
        sheet.set_footer(self.say("&C第 &P 页，共 &N 页", "&CPage &P of &N"));
        sheet.set_repeat_rows(0, places.headings.end - 1)?;
        let is_label = |holds: &Holds| !matches!(holds, Holds::Figure(_));
        let labels = self.form.columns.iter().take_while(|column| is_label(&column.holds)).count();
        sheet.set_freeze_panes(places.headings.end, if labels <= 4 { labels as u16 } else { 0 })?;
        let options = ProtectionOptions {
            format_cells: true,
            format_columns: true,
            format_rows: true,
            insert_rows: self.form.list,
            delete_rows: self.form.list,
            ..ProtectionOptions::new()
        };
        sheet.protect_with_options(&options);
        Ok(())
    }
}
