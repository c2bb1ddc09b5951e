//! The rows of one sheet as they come out of the file: first those above the headings, then the list itself.

mod judge;
mod nothing;

use std::sync::Arc;

use nothing::Nothing;

use super::{
    Listed, Numbers, Reading, SeenList,
    answer::Expressions,
    column::{Odd, Typed, Usual, said},
    doubt::Words,
    fault::{self, Faults, cannot_be_counted},
    gave::Gave,
    head::{Begun, Head, Seen},
    kept::{self, Keeper, KeptList},
    layout::{Holds, Recipe, RecordsLayout},
    name::Names,
    tally::{Chunk, Tally},
    total::{Totals, WATCHED},
};
use crate::{
    diag::Place,
    ingest::{
        context::Whole,
        workbook::{Flow, Held, Missed, Sink},
    },
    model::Text,
};

/// Rows that are counted together: enough for polars to be quick, few enough to stay in the cache of a processor.
const TOGETHER: usize = 1 << 14;

/// What a reader of lists does with one sheet.
pub struct Rows<'a> {
    reading: Reading<'a>,
    sheet: String,
    /// What is known of the sheet from an earlier night: these are its kept rows.
    known: Option<&'a KeptList>,
    head: Head,
    body: Option<Body<'a>>,
    is_hidden: bool,
    /// Why the sheet could not be counted.
    fault: Option<Text>,
}

/// A list that has begun.
struct Body<'a> {
    layout: &'a RecordsLayout,
    recipe: &'a Recipe,
    columns: Vec<Typed<'a>>,
    /// The row of headings, and the sheet's column of each column of the layout.
    headings: u32,
    begun: Vec<Option<u32>>,
    /// The layout's column of each column of the sheet.
    of_sheet: Vec<Option<usize>>,
    /// Columns that are filled up with blanks, and those of labels among them.
    kept: Vec<usize>,
    labels: Vec<(usize, u32)>,
    rows: Vec<(u32, bool)>,
    whole: Whole,
    tally: Tally<'a>,
    faults: Faults,
    /// Its faults are known already.
    is_known: bool,
    keeper: Option<Keeper>,
    /// Of the row that is being read: its cells, and labels among them that are known names.
    filled: usize,
    labelled: usize,
    /// Of its cells those that say again what stands above them.
    headings_again: usize,
    is_words: bool,
    is_hidden: bool,
    words: Words,
    names: Names,
    totals: Totals,
    nothing: Nothing,
    odd: Vec<fault::Cell>,
    /// Columns that nobody asks for are still looked at, for words of totals.
    is_watching: bool,
}

impl<'a> Rows<'a> {
    pub fn new(reading: Reading<'a>, sheet: &str) -> Rows<'a> {
        Rows { reading, known: None, sheet: sheet.to_string(), head: Head::default(), body: None, is_hidden: false, fault: None }
    }

    /// For the kept rows of a sheet.
    pub fn known(reading: Reading<'a>, list: &'a KeptList) -> Rows<'a> {
        Rows { known: Some(list), ..Rows::new(reading, &list.sheet) }
    }

    fn begin(&mut self, begun: Begun, row: u32) {
        let Reading { recipe, file, .. } = self.reading;
        let Some(layout) = recipe.layouts.get(begun.layout) else { return };
        match Expressions::of(layout) {
            Ok(expressions) => {
                let whole = match self.known {
                    Some(list) => list.whole.clone(),
                    None => self.head.whole(layout, file, &self.sheet, &recipe.book),
                };
                let mut body = Body::new(self.reading, layout, &begun, row, whole, expressions);
                if let Some(list) = self.known {
                    (body.faults, body.is_known, body.is_watching) = (list.faults.clone(), true, false);
                    body.columns.iter_mut().for_each(|typed| typed.are_codes = true);
                }
                self.body = Some(body);
            }
            Err(fault) => self.fault = Some(fault),
        }
    }

    /// What the sheet gave: nothing where no list stands in it.
    pub fn end(mut self, listed: &mut Listed) {
        let Reading { file, .. } = self.reading;
        let Some(mut body) = self.body.take() else {
            if let Some(fault) = self.fault {
                listed.given.findings.push(cannot_be_counted(&fault, file, &self.sheet));
            }
            listed.others |= self.head.may_be_table;
            listed.nearest = listed.nearest.take().into_iter().chain(self.head.nearest).max_by_key(|near| near.found);
            return;
        };
        let counted = match self.fault.take() {
            None => body.count(),
            Some(fault) => Err(fault),
        };
        if !body.is_known {
            body.faults.is_hidden = self.is_hidden;
            body.faults.totals = body.totals.end();
            body.faults.records.add_between(body.names.end(body.tally.seen > 0));
        }
        listed.doubt(body.layout, &body.faults, &Place::sheet(file.as_ref(), &self.sheet));
        listed.given.layouts.push(body.layout.id.clone());
        let is_lost = |column| body.tally.loses_by(column);
        listed.given.findings.extend(body.faults.findings(body.layout, &body.recipe.book, file, &self.sheet, is_lost));
        match counted {
            Ok(()) => {
                body.gave(file, &self.sheet).say(&mut listed.given);
                listed.seen.push(SeenList {
                    layout: body.layout.id.clone(),
                    sheet: self.sheet.clone(),
                    headings: body.headings,
                    columns: body.begun.clone(),
                    records: body.tally.records,
                });
                let rows = std::mem::take(&mut body.tally.found);
                listed.rows.extend((!rows.is_empty()).then(|| Numbers { sheet: self.sheet.clone(), rows }));
                let kept = body.keeper.take().and_then(Keeper::end);
                let names = kept::names(&in_sheet(&body.kept, &body.begun, &body.columns));
                let (layout, sheet) = (body.layout.id.clone(), self.sheet);
                listed.keep(KeptList { layout, sheet, whole: body.whole, faults: body.faults, names }, kept);
            }
            Err(fault) => listed.given.findings.push(cannot_be_counted(&fault, file, &self.sheet)),
        }
    }
}

impl Sink for Rows<'_> {
    fn wants(&self, column: u32) -> bool {
        match &self.body {
            None => true,
            Some(body) => body.of_sheet.get(column as usize).copied().flatten().is_some(),
        }
    }

    fn watches(&self) -> bool {
        self.body.as_ref().is_some_and(|body| body.is_watching)
    }

    #[inline(always)]
    fn cell(&mut self, row: u32, column: u32, held: Held<'_>) {
        match &mut self.body {
            None => self.head.take(column, held),
            Some(body) => body.take(row, column, held),
        }
    }

    fn missed(&self) -> Option<Missed> {
        self.body.as_ref().and_then(Body::missed)
    }

    fn hidden_sheet(&mut self) {
        self.is_hidden = true;
    }

    fn hidden(&mut self, _row: u32) {
        if let Some(body) = &mut self.body {
            body.is_hidden = true;
        }
    }

    fn end_of_row(&mut self, row: u32) -> Flow {
        if let Some(body) = &mut self.body {
            return match body.end_of_row(row) {
                Ok(()) if body.has_watched(row) => Flow::Look,
                Ok(()) => Flow::Go,
                Err(fault) => {
                    self.fault = Some(fault);
                    Flow::Stop
                }
            };
        }
        let seen = match self.known {
            Some(list) => self.head.known(&list.layout, &self.reading.recipe.layouts),
            None => self.head.end_of_row(row, &self.sheet, &self.reading.recipe.layouts),
        };
        match seen {
            Seen::Nothing => Flow::Go,
            Seen::TooLate => Flow::Stop,
            Seen::Begun(begun) => {
                self.begin(begun, row);
                if self.fault.is_some() { Flow::Stop } else { Flow::Look }
            }
        }
    }
}

impl<'a> Body<'a> {
    fn new(
        reading: Reading<'a>,
        layout: &'a RecordsLayout,
        begun: &Begun,
        row: u32,
        whole: Whole,
        expressions: Expressions,
    ) -> Body<'a> {
        let Reading { recipe, wanted, keeps, .. } = reading;
        let is_label = |place: usize| matches!(layout.columns[place].holds, Holds::Area | Holds::Period | Holds::Dimension(_));
        // Words that no expression looks at are not even decoded.
        let is_used =
            |place: usize| layout.columns[place].holds != Holds::Words || expressions.look_at(&layout.columns[place].name);
        let mut of_sheet = Vec::new();
        for (place, column) in begun.columns.iter().enumerate() {
            if let Some(column) = column.map(|column| column as usize).filter(|_| is_used(place)) {
                of_sheet.resize(of_sheet.len().max(column + 1), None);
                of_sheet[column] = Some(place);
            }
        }
        let places = 0..layout.columns.len();
        let kept: Vec<usize> = places.filter(|place| is_used(*place)).collect();
        let labels =
            kept.iter().filter(|place| is_label(**place)).filter_map(|&place| Some((place, begun.columns[place]?))).collect();
        let mut faults = Faults::default();
        for &(column, at) in &begun.twice {
            faults.add(fault::Cell { odd: Odd::Twice, column, at: (row, at), label: None });
        }
        Body {
            layout,
            recipe,
            columns: layout.columns.iter().map(|column| Typed::new(column, &recipe.book)).collect(),
            headings: row,
            begun: begun.columns.clone(),
            of_sheet,
            kept,
            labels,
            rows: Vec::with_capacity(TOGETHER),
            whole,
            tally: Tally::new(layout, &begun.columns, expressions, &recipe.book, wanted),
            faults,
            is_known: false,
            keeper: keeps.then(Keeper::default),
            filled: 0,
            labelled: 0,
            headings_again: 0,
            is_words: false,
            is_hidden: false,
            words: Words::default(),
            names: Names::default(),
            totals: Totals::default(),
            nothing: Nothing::default(),
            odd: Vec::new(),
            is_watching: true,
        }
    }

    #[inline(always)]
    fn take(&mut self, row: u32, column: u32, held: Held<'_>) {
        let Some(place) = self.of_sheet.get(column as usize).copied().flatten() else {
            return self.take_unread((row, column), held);
        };
        match self.columns[place].take_usual(held, self.rows.len()) {
            Some(usual) => {
                (self.is_words, self.filled) = (usual == Usual::Label, self.filled + 1);
                self.labelled += usize::from(usual == Usual::Label);
            }
            None => self.take_any(place, (row, column), held),
        }
    }

    /// A cell of a column that nobody asks for: its words may tell a total. Apart, so that the way of all other cells stays short.
    #[inline(never)]
    fn take_unread(&mut self, at: (u32, u32), held: Held<'_>) {
        let is_watched = self.is_watched(at.0);
        if self.totals.take(at, held, &self.recipe.book, is_watched) && is_watched {
            self.names.note(at, held);
        }
        if is_watched {
            self.nothing.take(held, false);
            if self.may_be_words() {
                self.words.take(at, held, false, &mut self.names);
            }
        }
    }

    /// Nothing but words has come of the row that is being read.
    fn may_be_words(&self) -> bool {
        self.filled == 0 || self.filled == 1 && self.is_words
    }

    #[inline(never)]
    fn take_any(&mut self, place: usize, at: (u32, u32), held: Held<'_>) {
        let (is_watched, may_be_words) = (self.is_watched(at.0), self.may_be_words());
        let typed = &mut self.columns[place];
        // A cell that comes twice is the first.
        if typed.height() > self.rows.len() {
            return;
        }
        if typed.column.holds == Holds::Words && self.totals.take(at, held, &self.recipe.book, is_watched) && is_watched {
            self.names.note(at, held);
        }
        if is_watched && may_be_words {
            let is_label = !matches!(typed.column.holds, Holds::Words | Holds::Number | Holds::Day);
            self.words.take(at, held, is_label, &mut self.names);
        }
        if is_watched {
            self.nothing.take(held, true);
        }
        typed.fill(self.rows.len());
        self.is_words = matches!(held, Held::Text(_) | Held::Shared(..));
        // Formulas that nobody has worked out make no record: they are often drawn below the last one.
        self.filled += usize::from(held != Held::Formula);
        let odd = typed.take(held);
        self.headings_again += usize::from(typed.is_heading(held, odd));
        if let Some(odd) = odd {
            let label = matches!(odd, Odd::Unknown | Odd::Typo).then(|| said(held)).flatten();
            self.odd.push(fault::Cell { odd, column: place, at, label });
        }
    }

    /// What was kept are records, without the words that told them from totals.
    fn is_watched(&self, row: u32) -> bool {
        !self.is_known && row.saturating_sub(self.headings) < WATCHED
    }

    /// Has the list gone on for so long that only its own columns are looked at from here? Said once. Where no column holds a label,
    /// nothing else would tell a total from a school.
    fn has_watched(&mut self, row: u32) -> bool {
        let has_watched = self.is_watching && !self.is_watched(row) && !self.labels.is_empty();
        self.is_watching &= !has_watched;
        has_watched
    }

    fn end_of_row(&mut self, row: u32) -> Result<(), Text> {
        let is_record = self.is_plainly_record() || self.judge(row);
        self.rows.push((row, is_record));
        (self.filled, self.labelled, self.headings_again, self.is_words, self.is_hidden) = (0, 0, 0, false, false);
        (self.words, self.nothing) = (Words::default(), Nothing::default());
        if self.rows.len() == TOGETHER { self.count() } else { Ok(()) }
    }

    /// Most rows have a known name in every column of labels, further cells, and nothing that there is more to say of.
    #[inline]
    fn is_plainly_record(&mut self) -> bool {
        let is_whole = self.labelled == self.labels.len() && self.filled >= 2;
        is_whole
            && self.odd.is_empty()
            && self.headings_again == 0
            && !self.is_hidden
            && !self.nothing.is_anywhere()
            && self.totals.keep_other()
    }

    fn gave<'b>(&'b self, file: &'b Arc<str>, sheet: &'b str) -> Gave<'b> {
        let Body { layout, recipe, whole, tally, begun, faults, .. } = self;
        Gave { layout, book: &recipe.book, whole, tally, faults, columns: begun, file, sheet }
    }

    /// Counts the rows that are here, and forgets them.
    fn count(&mut self) -> Result<(), Text> {
        for &place in &self.kept {
            self.columns[place].fill(self.rows.len());
        }
        let chunk = Chunk { columns: &self.columns, rows: &self.rows, whole: &self.whole, book: &self.recipe.book };
        let counted = self.tally.add(&chunk);
        if let Some(keeper) = &mut self.keeper {
            keeper.add(&in_sheet(&self.kept, &self.begun, &self.columns), &self.rows);
        }
        self.columns.iter_mut().for_each(Typed::clear);
        self.rows.clear();
        counted.map_err(|fault| Text::same(fault.to_string()))
    }
}

/// Of these columns those that the sheet has: none is kept that would look as if it had been there.
fn in_sheet<'b, 'a>(kept: &[usize], begun: &[Option<u32>], columns: &'b [Typed<'a>]) -> Vec<&'b Typed<'a>> {
    kept.iter().filter(|&&place| begun[place].is_some()).map(|&place| &columns[place]).collect()
}
