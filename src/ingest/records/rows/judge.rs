//! What a row is that is not plainly a record: one all the same, a total, a line of words, or something that only its office knows.

use super::{
    super::{
        column::{MISSING, Odd, TOTAL, WHOLE},
        fault,
        layout::Holds,
        total::{Says, adds_up},
    },
    Body,
};
use crate::ingest::workbook::Missed;

/// In a list of so many columns a row with a single text is a line of words.
const COLUMNS_OF_A_LIST: usize = 3;

impl Body<'_> {
    /// Is the row that ends here a record? What there is to say of it is noted.
    #[inline(never)]
    pub fn judge(&mut self, row: u32) -> bool {
        let seen = self.totals.end_of_row();
        // Nothing but records was kept, and all that there was to say of them: what no cell says any more is no reason to doubt one.
        if self.is_known {
            self.odd.clear();
            return true;
        }
        let at = self.rows.len();
        let label = |place: usize| self.columns[place].label(at);
        let is_labelled = self.labelled == self.labels.len();
        let says_total = match seen.0 {
            Says::Other => false,
            Says::Total => true,
            Says::Perhaps | Says::Place => self.is_watched(row) && adds_up(&self.columns, &self.rows),
        };
        let has = |wanted: u32| !is_labelled && self.labels.iter().any(|&(place, _)| label(place) == wanted);
        let is_of_whole = has(WHOLE);
        let is_total = says_total || is_of_whole || has(TOTAL);
        let is_line = self.filled == 1 && self.is_words && self.of_sheet.iter().flatten().count() >= COLUMNS_OF_A_LIST;
        let is_signature = self.words.are_there() && self.names.sign() && !self.says_something();
        let says_nothing = self.nothing.is_all(self.filled - self.told());
        // Printed again at the top of a page, or where two lists were put below each other.
        let is_heading = self.filled > 0 && self.headings_again == self.filled;
        let is_none = is_total || is_heading || is_line || is_signature || says_nothing;
        let is_record = self.filled > 0 && !is_none;
        if is_record {
            for &(place, column) in self.labels.iter().filter(|(place, _)| !is_labelled && label(*place) == MISSING) {
                self.odd.push(fault::Cell { odd: Odd::Blank, column: place, at: (row, column), label: None });
            }
            self.odd.drain(..).for_each(|cell| self.faults.add(cell));
            self.totals.keep(seen);
            if self.is_hidden {
                self.faults.hidden.add((row, 0));
            }
        }
        self.odd.clear();
        // A total has no name of its own.
        if is_of_whole && !has(TOTAL) && seen.0 == Says::Other && seen.1.0 > self.headings {
            self.faults.of_whole.add(seen.1);
        }
        if says_nothing {
            self.faults.says_none |= self.nothing.is_said;
        } else if !is_record && !is_total && !is_heading && !is_signature && seen.0 != Says::Perhaps {
            if let Some(at) = self.words.begin(self.labelled) {
                self.faults.records.add(at);
            } else if let Some(at) = self.words.alone(self.labelled) {
                self.names.stand_alone(at, &self.recipe.book);
            }
        }
        is_record
    }

    /// Cells of the row that tell whose it is and for when, which a row of nothing has too.
    fn told(&self) -> usize {
        let tells = |place: usize| matches!(self.columns[place].column.holds, Holds::Area | Holds::Period);
        let is_known = |place: usize| self.columns[place].named(self.columns[place].label(self.rows.len())).is_some();
        self.labels.iter().filter(|&&(place, _)| tells(place) && is_known(place)).count()
    }

    /// Has the row that is being read a label that is known, or a number?
    fn says_something(&self) -> bool {
        let at = self.rows.len();
        let has_label = self.labels.iter().any(|&(place, _)| self.columns[place].named(self.columns[place].label(at)).is_some());
        has_label || self.columns.iter().any(|column| column.number(at).is_some())
    }

    /// Labels that rows which are records, or may be some, do not have. Merged areas may hold them.
    pub fn missed(&self) -> Option<Missed> {
        let has_missed =
            !self.is_known && (self.faults.has(Odd::Blank) || self.faults.records.rows > 0 || self.names.are_alone());
        let columns = || self.labels.iter().map(|&(_, column)| column).collect();
        has_missed.then(|| Missed { columns: columns(), since: self.headings + 1 })
    }
}
