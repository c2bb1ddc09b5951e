//! Cells under merged areas, for lists: an area merged over several rows says its first cell in each of them.
//!
//! A sheet says which areas are merged behind its last row, so this is no matter of the first reading: where that missed labels, the
//! sheet is given once more, through what stands here.

use super::{
    cells::{Flow, Held, Missed, Sink},
    grid::Area,
};

/// A sink that is given the cells of a sheet, and those under its merged areas besides.
pub struct Filled<'s, S> {
    sink: &'s mut S,
    columns: Vec<Column>,
    /// Something of the row stands in a cell of its own. A merged area that reaches further than the list makes no rows.
    is_row: bool,
}

/// A column with merged areas: the first and last row of each from the top, the next of them, and what its first cell says.
struct Column {
    at: u32,
    areas: Vec<(u32, u32)>,
    next: usize,
    said: Option<Said>,
    /// It has been given in this row.
    is_given: bool,
}

enum Said {
    Number(f64),
    Text(String),
    Bool(bool),
}

impl<'s, S: Sink> Filled<'s, S> {
    /// None where no cell that was missed lies under one of these areas.
    pub fn new(sink: &'s mut S, missed: &Missed, merged: &[Area]) -> Option<Filled<'s, S>> {
        let column = |&at: &u32| {
            let is_of = |area: &&Area| area.columns.0 == at && area.rows.0 >= missed.since && area.rows.0 < area.rows.1;
            let mut areas: Vec<(u32, u32)> = merged.iter().filter(is_of).map(|area| area.rows).collect();
            areas.sort_unstable();
            (!areas.is_empty()).then_some(Column { at, areas, next: 0, said: None, is_given: false })
        };
        let mut columns: Vec<Column> = missed.columns.iter().filter_map(column).collect();
        columns.sort_unstable_by_key(|column| column.at);
        (!columns.is_empty()).then_some(Filled { sink, columns, is_row: false })
    }

    /// Gives what is under merged areas left of a column.
    fn fill(&mut self, row: u32, before: u32) {
        for column in self.columns.iter_mut().take_while(|column| column.at < before) {
            if !std::mem::replace(&mut column.is_given, true)
                && column.covers(row)
                && let Some(said) = &column.said
            {
                self.sink.cell(row, column.at, said.held());
            }
        }
    }
}

impl Column {
    /// The area in which a row lies, or that comes next.
    fn area(&mut self, row: u32) -> Option<(u32, u32)> {
        while self.areas.get(self.next).is_some_and(|(_, last)| *last < row) {
            self.next += 1;
            self.said = None;
        }
        self.areas.get(self.next).copied()
    }

    /// Does a merged area cover the cell of this row? Its first cell is none that is covered.
    fn covers(&mut self, row: u32) -> bool {
        self.area(row).is_some_and(|(first, _)| first < row)
    }
}

impl Said {
    fn of(held: Held<'_>) -> Option<Said> {
        match held {
            Held::Number(number) => Some(Said::Number(number)),
            Held::Text(_) | Held::Shared(..) => held.text().map(|text| Said::Text(text.to_string())),
            Held::Bool(truth) => Some(Said::Bool(truth)),
            Held::Error(_) | Held::Formula => None,
        }
    }

    fn held(&self) -> Held<'_> {
        match self {
            Said::Number(number) => Held::Number(*number),
            Said::Text(text) => Held::Text(text),
            Said::Bool(truth) => Held::Bool(*truth),
        }
    }
}

impl<S: Sink> Sink for Filled<'_, S> {
    fn wants(&self, column: u32) -> bool {
        self.sink.wants(column)
    }

    fn watches(&self) -> bool {
        self.sink.watches()
    }

    fn cell(&mut self, row: u32, column: u32, held: Held<'_>) {
        if let Some(own) = self.columns.iter_mut().find(|own| own.at == column) {
            // What was left behind under a merged area is shown nowhere.
            if own.covers(row) {
                return;
            }
            if own.area(row).is_some_and(|(first, _)| first == row) {
                own.said = Said::of(held);
            }
            own.is_given = true;
        }
        self.is_row = true;
        self.fill(row, column);
        self.sink.cell(row, column, held);
    }

    fn hidden(&mut self, row: u32) {
        self.sink.hidden(row);
    }

    fn end_of_row(&mut self, row: u32) -> Flow {
        if self.is_row {
            self.fill(row, u32::MAX);
        }
        self.is_row = false;
        self.columns.iter_mut().for_each(|column| column.is_given = false);
        self.sink.end_of_row(row)
    }
}
