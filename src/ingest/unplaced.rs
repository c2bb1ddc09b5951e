//! Rows of figures that do not tell of what they are: what is said of them (which cell should, and what it says instead), and what is known of
//! their figures, since a sum lacks them.

use super::{
    context::area_unknown, folded::Label, form::Reader, known, layout::Attach, number::Figure, table::Table, value::Figures,
    words::find_period, workbook::Cell,
};
use crate::{
    diag::{Code, Finding},
    model::{Breakdown, Codebook, Id, Observation, Period, Status, Text, Unplaced, are_within},
};

/// What a row does not say, in a way that is known.
#[derive(Default)]
pub enum Lacking {
    #[default]
    Area,
    Period,
    Member(Id),
}

/// What is known of a cell in such a row.
#[derive(Default)]
pub struct Known {
    pub area: Option<Id>,
    pub period: Option<Period>,
    pub members: Breakdown,
    /// It adds up others, whatever it is of.
    pub is_total: bool,
    pub lacking: Lacking,
}

/// Do the totals that the office wrote beside it add up without it? Then it is no part of what they add up.
pub fn is_no_part(row: &Unplaced, parts: &[Observation], totals: &[Observation], book: &Codebook) -> bool {
    let is_whole = |area: &Id| book.areas.is_whole(area);
    let is_of = |total: &&Observation| {
        total.measure == row.measure
            && (is_whole(&total.area) || row.area.as_ref() == Some(&total.area))
            && row.period == Some(total.period)
            && row.members.holds(&total.breakdown)
            && total.value.is_some()
    };
    let agrees = |total: &Observation| {
        let is_part = |part: &&Observation| {
            part.measure == total.measure
                && part.period == total.period
                && (is_whole(&total.area) || part.area == total.area)
                && part.breakdown.holds(&total.breakdown)
        };
        let sum = parts.iter().filter(is_part).map(Observation::known).sum::<Option<f64>>();
        total.value.zip(sum).is_some_and(|(total, sum)| are_within(0.0, total, sum))
    };
    let mut totals = totals.iter().filter(is_of).peekable();
    totals.peek().is_some() && totals.all(agrees)
}

impl Reader<'_> {
    /// `labels` are the texts of the row, by their columns, from the left.
    pub(super) fn unplaced(&self, table: &Table, at: u32, labels: &[(u32, Label)], lacking: &Lacking) -> Finding {
        let is_digits = |label: &Label| label.said.chars().all(|c| c.is_ascii_digit());
        let name = labels.iter().find(|(_, label)| !is_digits(label)).map_or("", |(_, label)| label.said);
        let (column, written) = self.culprit(table, at, labels, lacking);
        let is_named = !name.is_empty() && name != written;
        let row = self.sheet.sheet.place(at, column).0 + 1;
        let which = match name {
            "" => Text::new(format!("第 {row} 行"), format!("row {row}")),
            name => Text::new(format!("“{name}”一行"), format!("the row `{name}`")),
        };
        let (row_zh, row_en) = (&which.zh, &which.en);
        let finding = match lacking {
            Lacking::Area if written.is_empty() => Finding::new(
                Code::AreaUnknown,
                Text::new(
                    format!("{row_zh}的区名未填，其数据未读入"),
                    format!("{row_en} names no area; its figures were not read"),
                ),
            ),
            Lacking::Area => area_unknown(written, self.book),
            Lacking::Period => Finding::new(
                Code::PeriodMissing,
                Text::new(format!("{row_zh}没有可识别的年份"), format!("{row_en} has no period that can be read")),
            ),
            Lacking::Member(id) => {
                let dimension = self.book.dimension(id);
                let kind = dimension.map_or_else(|| Text::same(id.as_ref()), |dimension| dimension.name.clone());
                let (zh, en) = (&kind.zh, kind.en.to_lowercase());
                let message = match (written.is_empty(), is_named) {
                    (true, _) => Text::new(
                        format!("{row_zh}的{zh}未填，该行未读入"),
                        format!("{row_en} leaves its {en} blank; the row was not read"),
                    ),
                    (false, true) => Text::new(
                        format!("{row_zh}的{zh}“{written}”无法识别，该行未读入"),
                        format!("{row_en} has `{written}` for its {en}, which is not known; the row was not read"),
                    ),
                    (false, false) => Text::new(
                        format!("“{written}”一行的{zh}无法识别，该行未读入"),
                        format!("the row `{written}` has no {en} that is known; the row was not read"),
                    ),
                };
                let expected = dimension.map(|dimension| known::members(dimension, written));
                Finding::new(Code::LabelUnknown, message).expected(expected.unwrap_or_default())
            }
        };
        self.context().advised(finding.at(&self.cell(at, column)).read(written).judged_by(&self.layout.place), table)
    }

    /// The figure of a cell in such a row; none where there is none, or where it adds up others.
    pub(super) fn figure_of_nobody(&self, table: &Table, (at, figures): (u32, &Figures), known: &Known) -> Option<Unplaced> {
        let Known { area, period, members, is_total, .. } = known;
        let is_none = match figures.read(&self.sheet.sheet, at) {
            Figure::Value(value, _) => value == 0.0,
            Figure::None(status) => status == Status::NotApplicable,
            Figure::Unreadable | Figure::Doubtful => false,
        };
        (!is_total && !is_none).then(|| Unplaced {
            measure: figures.values.measure.clone(),
            area: area.clone(),
            period: *period,
            members: members.clone(),
            row: self.cell(at, table.span.start),
        })
    }

    /// A row that names one area by its code and another by its name is of neither, whatever stands above it.
    pub(super) fn contradicts(&self, at: u32, labels: &[(u32, Label)]) -> Option<Finding> {
        if !self.layout.area.iter().any(Attach::is_in_row) {
            return None;
        }
        let (column, label) = labels.iter().find(|(_, label)| self.book.areas.contradiction(label.said).is_some())?;
        let finding = area_unknown(label.said, self.book).at(&self.cell(at, *column));
        Some(finding.read(label.said).judged_by(&self.layout.place))
    }

    /// The cell that should say it: that of its column, where the layout names one; else the first label that says nothing else.
    fn culprit<'b>(&'b self, table: &Table, at: u32, labels: &[(u32, Label<'b>)], lacking: &Lacking) -> (u32, &'b str) {
        let ways = match lacking {
            Lacking::Area => Some(&self.layout.area),
            Lacking::Period => Some(&self.layout.period),
            Lacking::Member(id) => self.layout.dimensions.get(id),
        };
        let of_column = |way: &Attach| if let Attach::Column(names) = way { table.named.get(names).copied() } else { None };
        if let Some(column) = ways.into_iter().flatten().find_map(of_column) {
            return (column, self.sheet.label(at, column).said);
        }
        let words = || labels.iter().filter(|(_, label)| !label.said.chars().all(|c| c.is_ascii_digit()));
        let found = words().find(|(_, label)| self.says_nothing_known(label)).or_else(|| words().next());
        found.map_or((0, ""), |(column, label)| (*column, label.said))
    }

    /// Does a cell hold words that nobody knows?
    pub(super) fn is_unknown(&self, row: u32, column: u32) -> bool {
        let label = self.sheet.label(row, column);
        let is_text = matches!(self.sheet.sheet.cell(row, column), Cell::Text(said) if !said.starts_with(char::is_numeric));
        let is_open = |(id, ways): (&Id, &Vec<Attach>)| self.book.is_open(id) && ways.iter().any(Attach::is_in_row);
        is_text
            && !label.said.is_empty()
            && !self.layout.is_total(label.folded)
            && !self.layout.is_skipped(label.folded)
            && !self.layout.dimensions.iter().any(is_open)
            && self.says_nothing_known(&label)
    }

    pub(super) fn says_nothing_known(&self, label: &Label) -> bool {
        let mut dimensions = self.layout.dimensions.keys().filter_map(|id| self.book.dimension(id));
        self.book.areas.find(label.said).is_none()
            && find_period(label.said).is_none()
            && !dimensions.any(|dimension| dimension.find_folded(label.folded).is_some())
    }
}
