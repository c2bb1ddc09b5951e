//! From a table to observations: every cell of its columns, with the area, period and members attached to it.

use std::{cell::RefCell, collections::BTreeSet, sync::Arc};

use rustc_hash::FxHashMap;

use super::{
    Given,
    attached::{Of, Row},
    context::{Context, Whole, area_typo},
    folded::{Folded, Label},
    layout::{Attach, Layout, Side},
    number::Figure,
    part_rows::Parts,
    table::Table,
    unlike::stranger,
    unplaced::{Known, is_no_part},
    unread,
    value::Figures,
    words::find_period,
    workbook::Sheet,
};
use crate::{
    diag::{Code, Finding, Place},
    model::{
        CellRef, Codebook, EmptyList, Grain, Id, MeasureKind, Observation, Period, Provenance, Spelling, Status, Text, half_width,
    },
};

/// A table, with what is the same for all its rows.
struct Body<'a> {
    table: &'a Table,
    whole: Whole,
    columns: Vec<Figures<'a>>,
    /// The columns in which labels stand.
    labels: Vec<u32>,
    /// Columns that were asked whether they name months.
    months: RefCell<FxHashMap<u32, bool>>,
    parts: Parts,
}

impl Body<'_> {
    /// Does one of its labels in this column name the first day of a month other than January?
    fn holds_months(&self, sheet: &Folded, column: u32) -> bool {
        let looked = || sheet.names_months(self.table.body.clone().map(|row| (row, column)));
        *self.months.borrow_mut().entry(column).or_insert_with(looked)
    }
}

pub struct Reader<'a> {
    pub file: &'a Arc<str>,
    pub sheet: &'a Folded<'a>,
    pub layout: &'a Layout,
    pub book: &'a Codebook,
}

impl Reader<'_> {
    pub(super) fn context(&self) -> Context<'_> {
        Context { file: self.file, sheet: &self.sheet.sheet, layout: self.layout, book: self.book }
    }

    /// Adds what a table gives to what its workbook gave so far.
    pub fn read(&self, table: &Table, given: &mut Given) {
        let context = self.context();
        let Some(whole) = context.of(table, &mut given.findings) else { return };
        given.unlike.extend(whole.unlike.iter().map(|unlike| (self.layout.id.clone(), unlike.clone())));
        let units = context.units(table);
        let figures = |column| Figures::of(column, self.layout, self.book, &units);
        let (foreign, columns): (Vec<_>, Vec<_>) =
            table.columns.iter().filter_map(figures).partition(|figures| figures.foreign.is_some());
        let foreign = foreign.iter().filter_map(|figures| Some((figures, figures.foreign.as_deref()?)));
        given.findings.extend(foreign.map(|(figures, unit)| self.foreign(table, figures, unit)));
        let columns = Figures::beside(columns);
        let is_label = |column: &u32| !table.columns.iter().any(|known| known.column == *column);
        let labels: Vec<u32> = table.span.clone().filter(is_label).collect();
        let parts = self.parts(table, &labels, &whole);
        let body = Body { table, whole, columns, labels, months: RefCell::default(), parts };
        let mut in_order = FxHashMap::default();
        if let Some(codes) = self.layout.area_order() {
            match self.in_order(table, codes) {
                Ok(areas) => in_order = areas,
                Err(finding) => {
                    given.findings.push(*finding);
                    return;
                }
            }
        }
        let before = (given.observations.len(), given.totals.len(), given.findings.len());
        let unplaced = given.unplaced.len();
        if self.is_of_whole_periods() {
            given.findings.extend(self.parts_of_nothing(table, &body.parts, &body.whole));
        }
        for row in table.body.clone() {
            self.row(&body, in_order.get(&row), row, given);
        }
        let (parts, totals) = (&given.observations[before.0..], &given.totals[before.1..]);
        let mut lacking = given.unplaced.split_off(unplaced);
        lacking.retain(|row| !is_no_part(row, parts, totals, self.book));
        given.unplaced.extend(lacking);
        given.findings.extend(stranger(body.whole.area.as_ref(), &given.observations[before.0..], self.book));
        // A row of totals is drawn with the form, and adds up to nothing.
        let adds_up_none = given.totals[before.1..].iter().all(|total| total.value.is_none_or(|value| value == 0.0));
        if (before.0, before.2) == (given.observations.len(), given.findings.len()) {
            if adds_up_none && self.is_list() {
                let of = body.whole.area.clone().zip(body.whole.period);
                let (layout, file) = (&self.layout.id, self.file);
                let empty =
                    |(area, period)| EmptyList { layout: layout.clone(), area, period, says_none: false, file: file.clone() };
                given.empty.extend(of.map(empty));
            } else {
                given.findings.extend(self.totals_alone(&given.totals[before.1..]));
            }
        }
    }

    /// Does it have a row for everything that there is, and none where there is none?
    pub(super) fn is_list(&self) -> bool {
        self.layout.dimensions.iter().any(|(id, ways)| self.book.is_open(id) && ways.iter().any(Attach::is_in_row))
    }

    /// The areas of rows that only their order tells; a finding where there are more or fewer rows than areas.
    fn in_order(&self, table: &Table, codes: &[String]) -> Result<FxHashMap<u32, Id>, Box<Finding>> {
        let sheet: &Sheet = &self.sheet.sheet;
        let is_row = |row: &u32| {
            let has_figures = table.columns.iter().any(|column| !sheet.cell(*row, column.column).is_blank());
            let mut labels = table.span.clone().map(|column| self.sheet.at(*row, column));
            has_figures && !labels.any(|label| self.layout.is_total(label) || self.layout.is_skipped(label))
        };
        let rows: Vec<u32> = table.body.clone().filter(is_row).collect();
        if rows.len() == codes.len() {
            return Ok(rows.into_iter().zip(codes.iter().map(|code| Id::from(code.as_str()))).collect());
        }
        let message = Text::new(
            format!("表中有 {} 行数据，而版式按顺序列出 {} 个地区，未读入", rows.len(), codes.len()),
            format!(
                "the table has {} rows of figures, and the layout names {} areas in order; it was not read",
                rows.len(),
                codes.len()
            ),
        );
        let place = Place::sheet(self.file.as_ref(), &sheet.name);
        Err(Box::new(Finding::new(Code::AreaMissing, message).at(place).judged_by(&self.layout.place)))
    }

    /// `in_order` is the area of the row where only its order tells.
    fn row(&self, body: &Body, in_order: Option<&Id>, at: u32, given: &mut Given) {
        let sheet: &Sheet = &self.sheet.sheet;
        let has_figures = body.table.columns.iter().any(|column| !sheet.cell(at, column.column).is_blank());
        let mut row = self.labels(body, at, given);
        row.area = row.area.or_else(|| in_order.cloned());
        // A 小计 that says of what is a total like any other; one that does not is of rows that only its place tells.
        let says_nothing = row.members.iter().all(|(_, code)| code.is_none());
        if says_nothing && row.labels.iter().any(|(_, label)| self.layout.is_subtotal(label.folded)) {
            return;
        }
        if row.labels.iter().any(|(_, label)| self.layout.is_skipped(label.folded)) || (!has_figures && row.labels.is_empty()) {
            return;
        }
        if self.counts_again(body.table, &body.columns, &row, at, &mut given.findings) {
            return;
        }
        // Fill-down labels make no row of a line of text below the figures.
        if !has_figures && !self.names_something(&row) {
            return;
        }
        let contradiction = self.contradicts(at, &row.labels);
        row.is_of_two = contradiction.is_some();
        let (mut reported, mut attached) = (row.is_of_two || row.is_of_part, Err(Known::default()));
        given.findings.extend(contradiction);
        for column in &body.columns {
            if !column.as_before {
                attached = self.attach(&body.whole, &row, column);
            }
            match &attached {
                Ok(of) => {
                    let observation = self.observation((at, column), of.clone(), given);
                    if of.is_total {
                        given.totals.push(observation);
                    } else {
                        given.observations.push(observation);
                    }
                }
                // A line of text below the figures is not a row; a row of figures whose label nobody knows must be heard.
                Err(known) if has_figures => {
                    if !std::mem::replace(&mut reported, true) {
                        given.findings.push(self.unplaced(body.table, at, &row.labels, &known.lacking));
                    }
                    given.unplaced.extend(self.figure_of_nobody(body.table, (at, column), known));
                }
                Err(_) => {}
            }
        }
    }

    /// Does a row say itself what it is of, whatever it has from the rows above?
    fn names_something(&self, row: &Row) -> bool {
        let in_row = |ways: &[Attach]| ways.iter().any(Attach::is_in_row);
        let dimensions = self.layout.dimensions.iter().filter(|(_, ways)| in_row(ways));
        let dimensions: Vec<_> = dimensions.filter_map(|(id, _)| self.book.dimension(id)).collect();
        row.labels.iter().any(|(_, label)| {
            self.layout.is_total(label.folded)
                || in_row(&self.layout.area) && self.book.areas.find(label.said).is_some()
                || in_row(&self.layout.period) && find_period(label.said).is_some()
                || dimensions.iter().any(|dimension| dimension.open || dimension.find_folded(label.folded).is_some())
        })
    }

    /// The labels of a row: the texts outside the table's own columns, from the left.
    fn labels(&self, body: &Body, at: u32, given: &mut Given) -> Row<'_> {
        let table = body.table;
        let labels = body.labels.iter().map(|&column| (column, self.sheet.label(at, column)));
        let labels: Vec<(u32, Label)> = labels.filter(|(_, label)| !label.said.is_empty()).collect();
        let is_total = labels.iter().any(|(_, label)| self.layout.is_total(label.folded));

        let areas = &self.book.areas;
        let found_area = self.left(&self.layout.area, table, at, &labels, is_total, |_, label| areas.find(label.said));
        if let Some((area, Spelling::Typo)) = found_area {
            let written = labels.iter().find(|(_, label)| areas.find(label.said).is_some());
            let (column, written) = written.map_or((0, ""), |(column, label)| (*column, label.said));
            given.findings.push(area_typo(written, &area.name, Place::from(&self.cell(at, column))));
        }
        let mut members = Vec::with_capacity(self.layout.dimensions.len());
        for (id, ways) in &self.layout.dimensions {
            let Some(dimension) = self.book.dimension(id) else { continue };
            let find = |_, label: &Label| match dimension.find_folded(label.folded) {
                Some(member) => Some(member.code.clone()),
                None if dimension.open && !self.layout.is_total(label.folded) && !label.said.is_empty() => {
                    Some(Id::from(half_width(label.said)))
                }
                None => None,
            };
            match self.left(ways, table, at, &labels, is_total, find) {
                Some(code) => members.push((id.clone(), Some(code))),
                None if is_total && ways.iter().any(Attach::is_in_row) => members.push((id.clone(), None)),
                None => {}
            }
        }
        let find = |column, label: &Label| {
            let named = self.sheet.period(label.said, || body.holds_months(self.sheet, column));
            named.or_else(|| body.parts.named(column, label.said))
        };
        let period = self.left(&self.layout.period, table, at, &labels, is_total, find);
        let is_of_part =
            self.is_of_whole_periods() && labels.iter().any(|(column, label)| body.parts.named(*column, label.said).is_some());
        let over = if is_total && period.is_none() { self.over(body, find) } else { None };
        Row {
            over,
            area: found_area.map(|(area, _)| area.code.clone()),
            is_of_two: false,
            is_of_part,
            is_total,
            period,
            members,
            labels,
        }
    }

    /// The period that a total row covers whose table has rows of its parts.
    fn over(&self, body: &Body, find: impl Fn(u32, &Label) -> Option<Period>) -> Option<Period> {
        if !self.layout.period.iter().any(Attach::is_in_row) {
            return None;
        }
        let rows = body.table.body.clone().flat_map(|row| body.labels.iter().map(move |&column| (row, column)));
        let parts = rows.filter_map(|(row, column)| find(column, &self.sheet.label(row, column)));
        let is_part = |part: &Period, whole: Period| Grain::of(*part).within(whole).contains(part) && *part != whole;
        let parts: BTreeSet<Period> = parts.collect();
        let whole = body.whole.period.or_else(|| parts.first().map(|first| Period::Year(first.year())))?;
        (!parts.is_empty() && parts.iter().all(|part| is_part(part, whole))).then_some(whole)
    }

    /// The label in a row that `find` understands: in the row itself, under a heading, or the nearest above where blanks repeat it.
    fn left<T>(
        &self,
        ways: &[Attach],
        table: &Table,
        at: u32,
        labels: &[(u32, Label)],
        is_total: bool,
        find: impl Fn(u32, &Label) -> Option<T>,
    ) -> Option<T> {
        let here = || labels.iter().find_map(|(column, label)| find(*column, label));
        ways.iter().find_map(|way| match way {
            Attach::Directly(Side::Left) => here(),
            // A total row does not inherit the label of the row above it.
            Attach::Closest(Side::Left) => here().or_else(|| {
                // A name that nobody knows is no blank: what stands below 荔湾区 is then not of 荔湾区.
                let columns: Vec<u32> = table.span.clone().filter(|column| !self.is_unknown(at, *column)).collect();
                let above = |row: u32| columns.iter().find_map(|&column| find(column, &self.sheet.label(row, column)));
                if is_total { None } else { (table.since..at).rev().find_map(above) }
            }),
            Attach::Column(names) => {
                let column = *table.named.get(names)?;
                match labels.iter().find(|(known, _)| *known == column) {
                    Some((_, label)) => find(column, label),
                    None => find(column, &self.sheet.label(at, column)),
                }
            }
            _ => None,
        })
    }

    fn observation(
        &self,
        (at, figures): (u32, &Figures),
        Of { area, period, breakdown, .. }: Of,
        given: &mut Given,
    ) -> Observation {
        let Figures { column, values, measure, .. } = figures;
        let sheet: &Sheet = &self.sheet.sheet;
        let cell = sheet.cell(at, column.column);
        let place = self.cell(at, column.column);
        let (value, status) = match figures.read(sheet, at) {
            Figure::Value(value, status) => (Some(value), status),
            Figure::None(status) => (None, status),
            none @ (Figure::Unreadable | Figure::Doubtful) => {
                let name = self.book.figure_name(&values.measure, &area, period, &breakdown);
                let finding = match measure.kind {
                    MeasureKind::Day => unread::no_day(cell, &name),
                    _ if none == Figure::Doubtful => unread::doubtful(cell, &name),
                    _ => unread::unreadable(cell, &name),
                };
                given.findings.push(finding.at(&place).read(cell.said()).judged_by(&values.place));
                (None, Status::Missing)
            }
        };
        Observation {
            measure: values.measure.clone(),
            area,
            period,
            breakdown,
            value,
            status,
            provenance: Provenance::Cell { at: place, raw: sheet.raw(at, column.column).into_owned() },
            layout: self.layout.id.clone(),
        }
    }

    pub(super) fn cell(&self, row: u32, column: u32) -> CellRef {
        let (row, column) = self.sheet.sheet.place(row, column);
        CellRef { file: self.file.clone(), sheet: self.sheet.name.clone(), row, column }
    }
}
