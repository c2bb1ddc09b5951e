//! Where in a sheet a layout's table stands, and what its headings say of each column.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::{Range, RangeInclusive},
};

use super::{
    folded::{Folded, Label},
    layout::{Attach, Layout, Side},
    number::{self, Figure, Style},
    unit::Unit,
    words::find_period,
};
use crate::model::{Codebook, Id, MeasureKind, Period, bracketed, fold, fold_heading, in_brackets};

/// What the headings above a column attach to its values.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub column: u32,
    /// Place in the layout's list of values.
    pub values: usize,
    pub area: Option<Id>,
    pub period: Option<Period>,
    /// Members by dimension; `None` is a total.
    pub members: BTreeMap<Id, Option<Id>>,
    /// The unit its heading gives in brackets.
    pub unit: Option<String>,
}

/// A table found: its heading rows, the rows below them, and its columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub headings: RangeInclusive<u32>,
    pub body: Range<u32>,
    /// The rows of its title. A table that goes on after a page break has that of the page it began on.
    pub title: Range<u32>,
    /// The row from which labels may go on; before its own body where it goes on after a page break.
    pub since: u32,
    /// The columns it stands in: all of them, unless other tables stand beside it.
    pub span: Range<u32>,
    pub columns: Vec<Column>,
    /// The columns of labels that the layout names by their headings.
    pub named: BTreeMap<Vec<String>, u32>,
}

/// How near a sheet came to a layout that does not fit it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Miss {
    /// Headings that it needs and were found, and those that were not.
    pub found: usize,
    pub missing: Vec<String>,
    /// All of its headings that were found.
    pub headings: usize,
}

impl Miss {
    /// Several of its headings are there, and fewer are not.
    pub fn is_near(&self) -> bool {
        self.headings >= 2 && self.missing.len() < self.headings
    }
}

/// What a row holds of a layout's headings: its words, and labels that are attached from above.
struct Heads {
    words: bool,
    labels: usize,
}

impl Folded<'_> {
    /// All tables of this layout in the sheet, from the top; or how near it came.
    pub fn find(&self, layout: &Layout, book: &Codebook) -> Result<Vec<Table>, Miss> {
        let mut tables: Vec<Table> = Vec::new();
        // Where the tables below the last headings begin in the list.
        let mut beside = 0;
        let missing = layout.needs.iter().map(|need| heading_of(layout, need)).collect();
        let mut nearest = Miss { missing, ..Miss::default() };
        let mut top = 0;
        if self.is_foreign(layout) {
            return Err(nearest);
        }
        for headings in self.heading_blocks(layout, book) {
            let start = self.title_start(layout, book, &tables[beside..], &headings).unwrap_or(top);
            let columns = self.columns(layout, book, &headings);
            let absent: Vec<String> = layout
                .needs
                .iter()
                .filter(|need| !columns.iter().any(|column| layout.values[column.values].measure == **need))
                .map(|need| heading_of(layout, need))
                .chain(self.unsaid(layout, start..*headings.start()))
                .collect();
            if absent.is_empty() && !columns.is_empty() {
                for last in &mut tables[beside..] {
                    last.body.end = last.body.end.min(start);
                }
                let bands = self.bands(layout, book, &headings, &columns);
                let before = std::mem::replace(&mut beside, tables.len());
                for span in bands {
                    let mine = columns.iter().filter(|column| span.contains(&column.column)).cloned().collect();
                    let table = self.table(layout, book, headings.clone(), start, span, mine);
                    let table = self.going_on(table, &tables[before..beside]);
                    tables.push(table);
                }
                top = tables[beside..].iter().map(|table| table.body.end).max().unwrap_or(top);
            } else {
                let found = (layout.needs.len() + layout.says.len()).saturating_sub(absent.len());
                let headings = columns.iter().map(|column| column.values).collect::<BTreeSet<usize>>().len();
                if (found, headings) > (nearest.found, nearest.headings) {
                    nearest = Miss { found, missing: absent, headings };
                }
            }
        }
        if tables.is_empty() { Err(nearest) } else { Ok(tables) }
    }

    /// No cell is a word of the layout's headings, so it can have no column: true of most layouts, and seen without looking at
    /// every row.
    fn is_foreign(&self, layout: &Layout) -> bool {
        let is_absent = |path: &Vec<String>| !path.iter().any(|word| self.may_say(word));
        layout.says.is_empty()
            && layout.values.iter().all(|values| !values.headings.is_empty() && values.headings.iter().all(is_absent))
    }

    fn table(
        &self,
        layout: &Layout,
        book: &Codebook,
        headings: RangeInclusive<u32>,
        start: u32,
        span: Range<u32>,
        mut columns: Vec<Column>,
    ) -> Table {
        let title = start..*headings.start();
        let mut body = headings.end() + 1..self.sheet.rows;
        if let Some(units) = self.units(layout, book, body.start, &columns) {
            for (column, unit) in columns.iter_mut().zip(units) {
                column.unit = unit.or(column.unit.take());
            }
            body.start += 1;
        }
        let mut table = Table { headings, since: body.start, body, title, span, columns, named: BTreeMap::new() };
        table.named = self.named(layout, &table);
        self.end_body(layout, &mut table);
        table
    }

    /// The units of columns, where the row below the headings says nothing else: 人 | 万元.
    fn units(&self, layout: &Layout, book: &Codebook, row: u32, columns: &[Column]) -> Option<Vec<Option<String>>> {
        let units = columns.iter().map(|column| {
            let said = self.said(row, column.column);
            if said.is_empty() {
                return Some(None);
            }
            let folded = fold(said);
            let unit = folded.trim_matches(['(', ')', '[', ']']).to_string();
            let measure = book.measure(&layout.values[column.values].measure)?;
            Unit::parse(&unit).is_of(&Unit::parse(&measure.unit)).then_some(Some(unit))
        });
        let units: Vec<Option<String>> = units.collect::<Option<_>>()?;
        units.iter().any(Option::is_some).then_some(units)
    }

    /// A table whose headings are only repeated, with nothing but a page mark above them, goes on with the one before.
    fn going_on(&self, table: Table, before: &[Table]) -> Table {
        let says_nothing = |row: u32| {
            let cells = (0..self.sheet.columns).map(|column| fold(&self.sheet.cell(row, column).said()));
            cells.into_iter().all(|said| said.is_empty() || is_page_mark(&said))
        };
        let same = |other: &&Table| other.span == table.span && other.columns == table.columns;
        match before.iter().find(same).filter(|_| table.title.clone().all(says_nothing)) {
            Some(first) => Table { title: first.title.clone(), since: first.since, ..table },
            None => table,
        }
    }

    /// The lines between the last figures of a table and the next headings are the title of what comes next.
    fn title_start(&self, layout: &Layout, book: &Codebook, last: &[Table], headings: &RangeInclusive<u32>) -> Option<u32> {
        let starts = last.iter().filter(|table| table.body.end > *headings.start()).map(|table| {
            let has_figures = |row: &u32| self.has_figures(layout, book, table, *row);
            (table.body.start..*headings.start()).rev().find(has_figures).map_or(table.body.start, |row| row + 1)
        });
        starts.max()
    }

    /// Does a row hold figures rather than words? 填报单位 and its office may stand in cells below the columns of figures.
    fn has_figures(&self, layout: &Layout, book: &Codebook, table: &Table, row: u32) -> bool {
        let nothing = Unit::parse("");
        let cells = table.columns.iter().filter(|column| !self.sheet.cell(row, column.column).is_blank());
        let (figures, words): (Vec<&Column>, Vec<&Column>) = cells.partition(|column| {
            let measure = book.measure(&layout.values[column.values].measure);
            let wanted = measure.map_or_else(|| nothing.clone(), |measure| Unit::parse(&measure.unit));
            let style = Style { wanted: &wanted, exponent: 0, fractions: false, ratio: false, symbols: &layout.symbols };
            let is_counted =
                measure.is_some_and(|measure| matches!(measure.kind, MeasureKind::Count | MeasureKind::ReportedRate));
            !is_counted || number::read(self.sheet.cell(row, column.column), Some(false), &style) != Figure::Unreadable
        });
        !figures.is_empty() && figures.len() >= words.len()
    }

    /// Runs of rows that hold words of the layout's headings.
    fn heading_blocks(&self, layout: &Layout, book: &Codebook) -> Vec<RangeInclusive<u32>> {
        let kinds: Vec<Heads> = (0..self.sheet.rows).map(|row| self.heads(layout, book, row)).collect();
        let has_words = |row: Option<u32>| row.and_then(|row| kinds.get(row as usize)).is_some_and(|heads| heads.words);
        let mut blocks: Vec<RangeInclusive<u32>> = Vec::new();
        for row in 0..self.sheet.rows {
            let heads = &kinds[row as usize];
            // One label alone is a heading only beside one: a single stage above 班数 and 在校生.
            let beside_words = heads.labels == 1 && (has_words(row.checked_sub(1)) || has_words(row.checked_add(1)));
            if !(heads.words || heads.labels >= 2 || beside_words) {
                continue;
            }
            match blocks.last_mut() {
                Some(block) if *block.end() + 1 == row => *block = *block.start()..=row,
                _ => blocks.push(row..=row),
            }
        }
        blocks
    }

    fn heads(&self, layout: &Layout, book: &Codebook, row: u32) -> Heads {
        let mut heads = Heads { words: false, labels: 0 };
        let attached_above = layout.attached_above();
        for column in 0..self.sheet.columns {
            let text = self.at(row, column);
            if text.is_empty() {
                continue;
            }
            let is_word = |path: &Vec<String>| path.iter().any(|word| word == text);
            heads.words |= layout.values.iter().any(|values| values.headings.iter().any(is_word));
            let own = attached_above && !self.sheet.is_merged_part(row, column);
            heads.labels += usize::from(own && self.labels(layout, book, row, column));
        }
        heads
    }

    /// Does this cell hold a label that the layout attaches from above?
    fn labels(&self, layout: &Layout, book: &Codebook, row: u32, column: u32) -> bool {
        let above = |ways: &[Attach]| ways.iter().any(Attach::is_above);
        let Label { said: label, folded } = self.label(row, column);
        above(&layout.period) && find_period(label).is_some_and(|period| is_short_or_its_name(label, period))
            || above(&layout.area) && book.areas.find(label).is_some()
            || layout.dimensions.iter().any(|(id, ways)| {
                above(ways) && book.dimension(id).is_some_and(|dimension| dimension.find_folded(folded).is_some())
            })
    }

    fn columns(&self, layout: &Layout, book: &Codebook, headings: &RangeInclusive<u32>) -> Vec<Column> {
        (0..self.sheet.columns).filter_map(|column| self.column(layout, book, headings, column)).collect()
    }

    fn column(&self, layout: &Layout, book: &Codebook, headings: &RangeInclusive<u32>, column: u32) -> Option<Column> {
        let mut stack: Vec<&str> = headings.clone().map(|row| self.at(row, column)).filter(|text| !text.is_empty()).collect();
        stack.dedup();
        let values = layout
            .values
            .iter()
            .enumerate()
            .filter_map(|(place, values)| {
                if values.headings.is_empty() {
                    return Some((0, place));
                }
                values.headings.iter().filter(|path| is_path_in(path, &stack)).map(|path| (path.len(), place)).max()
            })
            .max_by_key(|(length, place)| (*length, std::cmp::Reverse(*place)))
            .map(|(_, place)| place)?;
        let measure = book.measure(&layout.values[values].measure)?;

        let mut found = Column { column, values, area: None, period: None, members: BTreeMap::new(), unit: None };
        let is_total = stack.iter().any(|text| layout.is_total(text));
        for (id, ways) in layout.dimensions.iter().filter(|(id, _)| measure.by.contains(id)) {
            let Some(dimension) = book.dimension(id) else { continue };
            if let Some(member) =
                self.above(ways, headings, column, |label| dimension.find(label).map(|member| member.code.clone()))
            {
                found.members.insert(id.clone(), Some(member));
            } else if is_total && ways.iter().any(Attach::is_above) {
                found.members.insert(id.clone(), None);
            }
        }
        let beside = || headings.clone().flat_map(|row| (0..self.sheet.columns).map(move |column| (row, column)));
        found.period = self.above(&layout.period, headings, column, |said| self.period(said, || self.names_months(beside())));
        found.area =
            self.above(&layout.area, headings, column, |label| book.areas.find(label).map(|(area, _)| area.code.clone()));
        if layout.values[values].headings.is_empty() && found.period.is_none() && found.area.is_none() && found.members.is_empty()
        {
            return None;
        }
        // 经费（万元）（含民办）, or 小学（含民办） below 经费（万元）.
        let wanted = Unit::parse(&measure.unit);
        let texts = || headings.clone().rev().map(|row| self.said(row, column));
        let fits = texts().flat_map(in_brackets).find(|unit| Unit::parse(unit).is_of(&wanted));
        found.unit = fits.or_else(|| texts().find_map(bracketed));
        Some(found)
    }

    /// The label above a column that `read` understands: in the column itself, or the nearest to its left where blanks repeat it.
    fn above<T>(
        &self,
        ways: &[Attach],
        headings: &RangeInclusive<u32>,
        column: u32,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let in_column = |column: u32| headings.clone().rev().find_map(|row| read(self.said(row, column)));
        ways.iter().find_map(|way| match way {
            Attach::Directly(Side::Above) => in_column(column),
            Attach::Closest(Side::Above) => (0..=column).rev().find_map(in_column),
            _ => None,
        })
    }

    fn named(&self, layout: &Layout, table: &Table) -> BTreeMap<Vec<String>, u32> {
        let headed = |names: &Vec<String>| {
            let folded: Vec<String> = names.iter().map(|name| fold_heading(name)).collect();
            let is_one = |row: u32, column: u32| folded.iter().any(|name| name == self.at(row, column));
            let column = table.span.clone().find(|&column| table.headings.clone().any(|row| is_one(row, column)))?;
            Some((names.clone(), column))
        };
        let ways = layout.area.iter().chain(&layout.period).chain(layout.dimensions.values().flatten());
        ways.filter_map(|way| if let Attach::Column(names) = way { headed(names) } else { None }).collect()
    }

    /// The phrases that were to stand above the headings, and do not.
    fn unsaid(&self, layout: &Layout, rows: Range<u32>) -> Vec<String> {
        let title: String = rows
            .flat_map(|row| (0..self.sheet.columns).map(move |column| (row, column)))
            .map(|(row, column)| fold(&self.sheet.cell(row, column).said()))
            .collect();
        layout.says.iter().filter(|phrase| !title.contains(&fold(phrase))).cloned().collect()
    }

    /// Ends the body at the first row that begins with a word that stands below tables.
    fn end_body(&self, layout: &Layout, table: &mut Table) {
        let first_text = |row: u32| {
            let span = table.span.clone();
            span.map(|column| self.sheet.cell(row, column)).find(|cell| !cell.is_blank()).map(|cell| cell.said())
        };
        if let Some(end) = table.body.clone().find(|&row| first_text(row).is_some_and(|text| layout.stops(&text))) {
            table.body.end = end;
        }
    }
}

/// Do the words of a path stand in a column's headings, in this order from the top?
fn is_path_in(path: &[String], stack: &[&str]) -> bool {
    let mut rest = stack.iter();
    path.iter().all(|word| rest.any(|text| text == word))
}

/// A label that names a period says little else; what we write ourselves may be longer.
fn is_short_or_its_name(label: &str, period: Period) -> bool {
    label.chars().count() <= 10 || [period.in_chinese(), period.in_english()].iter().any(|name| label.trim() == name)
}

fn heading_of(layout: &Layout, measure: &Id) -> String {
    let values = layout.values.iter().find(|values| values.measure == *measure);
    values.and_then(|values| values.headings.first()).map_or_else(|| measure.to_string(), |path| path.join(" › "))
}

/// `第2页`, `续表`: what a spreadsheet prints between the pages of one table.
fn is_page_mark(folded: &str) -> bool {
    let bare = folded.trim_matches(['(', ')', '-']);
    let is_page = bare.strip_prefix('第').and_then(|rest| rest.strip_suffix('页')).is_some() || bare.starts_with("page");
    is_page || ["续", "续表", "接上页", "continued"].contains(&bare)
}
