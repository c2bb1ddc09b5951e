//! Rows that name a part of the year alone, 1月 to 12月, below a title that names the year. A layout that finds periods in rows reads them as the
//! parts of that year; in any other a row is of the whole year, and one of a month would be taken for it.

use super::{context::Whole, form::Reader, layout::Attach, spelt::plainly, table::Table, words::find_part};
use crate::{
    diag::{Code, Finding, Place},
    model::{Grain, Period, Text, fold},
};

/// The columns of labels that name parts of a table's period, and these parts.
#[derive(Default)]
pub struct Parts {
    parts: Vec<Period>,
    columns: Vec<u32>,
}

impl Parts {
    /// The part that a label in one of these columns is the name of.
    pub fn named(&self, column: u32, label: &str) -> Option<Period> {
        if self.columns.contains(&column) { named_alone(label, &self.parts) } else { None }
    }
}

/// A label that is the name of a part and says nothing else: 3月, 第一季度, 秋季学期.
fn named_alone(label: &str, parts: &[Period]) -> Option<Period> {
    let folded = fold(label);
    let says_more = |letter: char| !letter.is_ascii_digit() && !"一二三四第季度月份春秋学期".contains(letter);
    if plainly(&folded).contains(says_more) { None } else { find_part(label, parts) }
}

impl Reader<'_> {
    /// A column of labels names parts where it names several and, in rows of figures, nothing else: 9月 among the remarks is no period.
    pub(super) fn parts(&self, table: &Table, labels: &[u32], whole: &Whole) -> Parts {
        let Some(named) = whole.period else { return Parts::default() };
        let finer = [Grain::Semester, Grain::Quarter, Grain::Month].into_iter().filter(|grain| *grain > Grain::of(named));
        let parts: Vec<Period> = finer.flat_map(|grain| grain.within(named)).collect();
        let is_of_parts = |column: &u32| {
            let labels = self.rows_of_figures(table).map(|row| self.sheet.label(row, *column));
            let mut labels = labels.filter(|label| !label.said.is_empty() && !self.layout.is_total(label.folded)).peekable();
            let first = labels.peek().and_then(|label| named_alone(label.said, &parts));
            let mut are_several = false;
            first.is_some()
                && labels.all(|label| {
                    let part = named_alone(label.said, &parts).filter(|_| self.says_nothing_known(&label));
                    are_several |= part != first;
                    part.is_some()
                })
                && are_several
        };
        let columns = if parts.is_empty() { Vec::new() } else { labels.iter().copied().filter(is_of_parts).collect() };
        Parts { parts, columns }
    }

    /// Are the rows of a table no parts of its period, whatever they are called?
    pub(super) fn is_of_whole_periods(&self) -> bool {
        let mut in_rows = self.layout.dimensions.iter().filter(|(_, ways)| ways.iter().any(Attach::is_in_row));
        !self.layout.period.iter().any(Attach::is_in_row) && !in_rows.any(|(id, _)| self.book.is_open(id))
    }

    /// What is said of rows of months where the layout has none: once, and not row by row.
    pub(super) fn parts_of_nothing(&self, table: &Table, parts: &Parts, whole: &Whole) -> Option<Finding> {
        let (column, named) = (*parts.columns.first()?, whole.period?);
        let rows: Vec<u32> = self.rows_of_figures(table).filter(|row| self.part_at(parts, *row, column).is_some()).collect();
        let label = |row: &u32| self.sheet.label(*row, column).said;
        let (first, last) = (rows.first()?, rows.last()?);
        let (title, count) = (&self.layout.title, rows.len());
        let message = Text::new(
            format!(
                "《{}》是按{}填报的，而有 {count} 行写的是其中一段时间（“{}”至“{}”），这些行未读入",
                title.zh,
                named.in_chinese(),
                label(first),
                label(last)
            ),
            format!(
                "this {} is of {} as a whole, and {count} of its rows name a part of it (`{}` to `{}`); they were not read",
                title.en,
                named.in_english(),
                label(first),
                label(last)
            ),
        );
        let next = Text::new(
            "按表样填写整个时期的数；如确应分月（季）报送，请管理员在版式的 period 中加入 { directly = \"left\" }。",
            "Fill the form for the period as a whole; where it is meant to have rows of months, add { directly = \"left\" } to `period` in its layout.",
        );
        let place = |row: &u32| Place::from(&self.cell(*row, column));
        let finding = Finding::new(Code::PeriodMissing, message).next(next).at(place(first)).read(label(first));
        Some(finding.also(rows.iter().skip(1).map(place)).judged_by(&self.layout.place))
    }

    fn part_at(&self, parts: &Parts, row: u32, column: u32) -> Option<Period> {
        parts.named(column, self.sheet.label(row, column).said)
    }

    fn rows_of_figures(&self, table: &Table) -> impl Iterator<Item = u32> {
        let has_figures = |row: &u32| table.columns.iter().any(|column| !self.sheet.sheet.cell(*row, column.column).is_blank());
        table.body.clone().filter(has_figures)
    }
}
