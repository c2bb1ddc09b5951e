//! What a row is that is not plainly a record: one all the same, a total, a line of words, or something that only its office knows.

use super::{
    super::{
        column::{MISSING, Odd, TOTAL},
        fault,
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
        let at = self.rows.len();
        let label = |place: usize| self.columns[place].label(at);
        let is_labelled = self.labelled == self.labels.len();
        let seen = self.totals.end_of_row();
        let says_total = match seen.0 {
            _ if self.is_known => false,
            Says::Other => false,
            Says::Total => true,
            Says::Perhaps | Says::Place => self.is_watched(row) && adds_up(&self.columns, &self.rows),
        };
        let is_total = says_total || !is_labelled && self.labels.iter().any(|&(place, _)| label(place) == TOTAL);
        let is_line = self.filled == 1 && self.is_words && self.of_sheet.iter().flatten().count() >= COLUMNS_OF_A_LIST;
        let is_record = self.filled > 0 && !is_total && !is_line;
        if is_record && !self.is_known {
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
        if let Some(at) = self.words.begin(self.labelled).filter(|_| !is_record && !is_total && seen.0 != Says::Perhaps) {
            self.faults.records.add(at);
        }
        is_record
    }

    /// Labels that rows which are records, or may be some, do not have. Merged areas may hold them.
    pub fn missed(&self) -> Option<Missed> {
        let has_missed = !self.is_known && (self.faults.has(Odd::Blank) || self.faults.records.rows > 0);
        let columns = || self.labels.iter().map(|&(_, column)| column).collect();
        has_missed.then(|| Missed { columns: columns(), since: self.headings + 1 })
    }
}
