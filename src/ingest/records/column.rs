//! One column of a list: its cells, typed as they come, some ten thousand rows at a time.

use std::collections::HashMap;

use polars::prelude::{
    Column as FrameColumn, DataType, Float64Chunked, Int32Chunked, IntoSeries, NamedFrom, Series, UInt32Chunked,
};

use serde::{Deserialize, Serialize};

use super::{
    figure::figure,
    layout::{Column, Holds},
    total::{Says, says},
};
use crate::{
    ingest::{
        words::find_period,
        workbook::{Held, PLACES},
    },
    model::{AreaKind, Codebook, Id, Period, Spelling, day::EPOCH, fold_heading, half_width},
};

/// A label by its place in the column's list of names, or one of these.
pub const MISSING: u32 = u32::MAX;
pub const UNKNOWN: u32 = u32::MAX - 1;
/// 合计: the row adds up others.
pub const TOTAL: u32 = u32::MAX - 2;
/// The name of the whole, which a total has, and a row that says which area it is of has not.
pub const WHOLE: u32 = u32::MAX - 3;
const UNSEEN: u32 = u32::MAX - 4;

/// What is wrong with a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Odd {
    /// Not of the column's kind; it counts as missing.
    Unreadable,
    OutOfBounds,
    /// A label that no list has; its row is in no group of that dimension.
    Unknown,
    /// No label: its row is in no group either.
    Blank,
    /// A known misspelling, taken for what it stands for.
    Typo,
    /// A heading that stands there twice.
    Twice,
    /// TRUE or FALSE instead of a number; it counts as missing.
    Truth,
    /// A formula whose result the file does not hold; it counts as missing.
    Formula,
}

/// What a label stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    Area(Id),
    Period(Period),
    Member(Id),
}

impl Named {
    /// As expressions see it, and as it is kept.
    fn code(&self) -> String {
        match self {
            Named::Area(code) | Named::Member(code) => code.to_string(),
            Named::Period(period) => period.to_string(),
        }
    }

    /// What a code stands for that was kept of a column of such labels.
    fn of_code(code: &str, holds: &Holds) -> Option<Named> {
        match holds {
            Holds::Area => Some(Named::Area(code.into())),
            Holds::Period => code.parse().ok().map(Named::Period),
            Holds::Dimension(_) => Some(Named::Member(code.into())),
            Holds::Number | Holds::Day | Holds::Words => None,
        }
    }
}

pub struct Typed<'a> {
    pub column: &'a Column,
    book: &'a Codebook,
    /// The least and the greatest number that is taken as it stands; in columns of no numbers there is none.
    from: f64,
    to: f64,
    kept: Kept,
    /// Labels are the codes with which they were kept, and not what offices write.
    pub are_codes: bool,
}

/// A cell that was taken without a second look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usual {
    Number,
    Label,
}

enum Kept {
    /// Numbers and days; NaN is missing.
    Numbers(Vec<f64>),
    Words(Vec<Option<String>>),
    Coded(Coded),
}

/// Labels, each looked up once.
#[derive(Default)]
struct Coded {
    rows: Vec<u32>,
    named: Vec<Named>,
    /// By the place in the workbook's list of texts.
    by_place: Vec<u32>,
    by_text: HashMap<String, u32>,
    by_number: HashMap<u64, u32>,
}

impl<'a> Typed<'a> {
    pub fn new(column: &'a Column, book: &'a Codebook) -> Typed<'a> {
        let kept = match column.holds {
            Holds::Number | Holds::Day => Kept::Numbers(Vec::new()),
            Holds::Words => Kept::Words(Vec::new()),
            Holds::Area | Holds::Period | Holds::Dimension(_) => Kept::Coded(Coded::default()),
        };
        let (from, to) = match column.holds {
            Holds::Number => (column.from.unwrap_or(f64::MIN), column.to.unwrap_or(f64::MAX)),
            _ => (f64::MAX, f64::MIN),
        };
        Typed { column, book, from, to, kept, are_codes: false }
    }

    /// Takes a cell of a row, by the number of rows before it, if it is what nearly all are: a number within its bounds, or a label that
    /// was seen before. None, and nothing taken, where it is not.
    #[inline(always)]
    pub fn take_usual(&mut self, held: Held<'_>, height: usize) -> Option<Usual> {
        match (&mut self.kept, held) {
            (Kept::Numbers(numbers), Held::Number(number))
                if number >= self.from && number <= self.to && numbers.len() == height =>
            {
                numbers.push(number);
                Some(Usual::Number)
            }
            (Kept::Coded(coded), Held::Shared(place, _)) if coded.rows.len() == height => {
                let label = coded.by_place.get(place as usize).copied().filter(|label| *label < UNSEEN)?;
                coded.rows.push(label);
                Some(Usual::Label)
            }
            _ => None,
        }
    }

    /// Takes any cell.
    pub fn take(&mut self, held: Held<'_>) -> Option<Odd> {
        let Typed { column, book, kept, are_codes, .. } = self;
        let odd = match kept {
            Kept::Numbers(numbers) => {
                let (value, odd) = figure(column, held);
                numbers.push(value);
                odd
            }
            Kept::Words(words) => {
                words.push(said(held).filter(|text| !text.trim().is_empty()));
                None
            }
            Kept::Coded(coded) => {
                let (code, is_new_typo) = coded.code(held, column, book, *are_codes);
                coded.rows.push(code);
                match code {
                    UNKNOWN => Some(Odd::Unknown),
                    _ => is_new_typo.then_some(Odd::Typo),
                }
            }
        };
        if held == Held::Formula { Some(Odd::Formula) } else { odd }
    }

    /// Does a cell say again what stands above its column? `odd` is what was wrong with it: words are compared as they stand, and only
    /// what is none of the column's own also as headings are.
    pub fn is_heading(&self, held: Held<'_>, odd: Option<Odd>) -> bool {
        let Some(text) = held.text() else { return false };
        let Column { headings, folded, .. } = self.column;
        let is_odd = matches!(odd, Some(Odd::Unreadable | Odd::Unknown));
        headings.iter().any(|heading| heading == text.trim()) || is_odd && folded.contains(&fold_heading(text))
    }

    /// Rows so far.
    pub fn height(&self) -> usize {
        match &self.kept {
            Kept::Numbers(rows) => rows.len(),
            Kept::Words(rows) => rows.len(),
            Kept::Coded(coded) => coded.rows.len(),
        }
    }

    /// Fills up so many rows: a cell that did not come is missing.
    pub fn fill(&mut self, height: usize) {
        if self.height() < height {
            match &mut self.kept {
                Kept::Numbers(rows) => rows.resize(height, f64::NAN),
                Kept::Words(rows) => rows.resize(height, None),
                Kept::Coded(coded) => coded.rows.resize(height, MISSING),
            }
        }
    }

    /// The number in a row, for columns of numbers.
    pub fn number(&self, row: usize) -> Option<f64> {
        match &self.kept {
            Kept::Numbers(rows) if self.column.holds == Holds::Number => rows.get(row).copied().filter(|number| !number.is_nan()),
            _ => None,
        }
    }

    /// The labels of the rows, for columns of labels, and how many names they are of.
    pub fn labels(&self) -> (&[u32], usize) {
        match &self.kept {
            Kept::Coded(coded) => (&coded.rows, coded.named.len()),
            _ => (&[], 0),
        }
    }

    /// The label of a row, for columns of labels.
    pub fn label(&self, row: usize) -> u32 {
        match &self.kept {
            Kept::Coded(coded) => coded.rows.get(row).copied().unwrap_or(MISSING),
            _ => MISSING,
        }
    }

    pub fn named(&self, label: u32) -> Option<&Named> {
        match &self.kept {
            Kept::Coded(coded) => coded.named.get(label as usize),
            _ => None,
        }
    }

    /// These rows, for expressions.
    pub fn framed(&self) -> FrameColumn {
        let name = self.column.name.as_str();
        let series = match &self.kept {
            Kept::Numbers(rows) if self.column.holds == Holds::Day => {
                let days: Int32Chunked = rows.iter().map(|day| (!day.is_nan()).then_some((day - EPOCH) as i32)).collect();
                days.into_series().cast(&DataType::Date).unwrap_or_default()
            }
            Kept::Numbers(rows) => {
                let is_there = rows.iter().map(|number| !number.is_nan()).collect();
                Float64Chunked::from_vec_validity("".into(), rows.clone(), Some(is_there)).into_series()
            }
            Kept::Words(rows) => Series::new("".into(), rows),
            Kept::Coded(coded) => coded.series(),
        };
        series.with_name(name.into()).into()
    }

    /// These rows, to be kept: labels as places in a list to which so many columns add their names by turns.
    pub fn kept(&self, at: usize, of: usize) -> FrameColumn {
        let Kept::Coded(coded) = &self.kept else { return self.framed() };
        let place = |&label: &u32| ((label as usize) < coded.named.len()).then_some(label * of as u32 + at as u32);
        let places: UInt32Chunked = coded.rows.iter().map(place).collect();
        places.into_series().with_name(format!("{PLACES}{}", self.column.name).into()).into()
    }

    /// What labels stand for, as it is kept: by codes, because a member may have no name but those that offices write.
    pub fn codes(&self) -> Vec<String> {
        match &self.kept {
            Kept::Coded(coded) => coded.named.iter().map(Named::code).collect(),
            _ => Vec::new(),
        }
    }

    /// Makes room for the next rows. What labels stand for is kept.
    pub fn clear(&mut self) {
        match &mut self.kept {
            Kept::Numbers(rows) => rows.clear(),
            Kept::Words(rows) => rows.clear(),
            Kept::Coded(coded) => coded.rows.clear(),
        }
    }
}

impl Coded {
    fn series(&self) -> Series {
        let names: Vec<String> = self.named.iter().map(Named::code).collect();
        let rows: Vec<Option<&str>> = self.rows.iter().map(|&label| names.get(label as usize).map(String::as_str)).collect();
        Series::new("".into(), rows)
    }

    /// What a cell's label stands for, and whether it is a misspelling seen for the first time.
    fn code(&mut self, held: Held<'_>, column: &Column, book: &Codebook, is_code: bool) -> (u32, bool) {
        let known = match held {
            Held::Shared(place, _) => self.by_place.get(place as usize).copied().filter(|code| *code != UNSEEN),
            Held::Text(text) => self.by_text.get(text).copied(),
            Held::Number(number) => self.by_number.get(&number.to_bits()).copied(),
            Held::Bool(_) | Held::Error(_) | Held::Formula => Some(UNKNOWN),
        };
        if let Some(code) = known {
            return (code, false);
        }
        let said = said(held).unwrap_or_default();
        let (code, is_typo) = match is_code {
            true => (Named::of_code(&said, &column.holds).map_or(UNKNOWN, |named| self.place(named)), false),
            false => self.find(&said, column, book),
        };
        match held {
            Held::Shared(place, texts) if (place as usize) < texts.len() => {
                let place = place as usize;
                if self.by_place.len() <= place {
                    self.by_place.resize(place + 1, UNSEEN);
                }
                self.by_place[place] = code;
            }
            Held::Text(text) => {
                self.by_text.insert(text.to_string(), code);
            }
            Held::Number(number) => {
                self.by_number.insert(number.to_bits(), code);
            }
            Held::Shared(..) | Held::Bool(_) | Held::Error(_) | Held::Formula => {}
        }
        (code, is_typo)
    }

    fn find(&mut self, written: &str, column: &Column, book: &Codebook) -> (u32, bool) {
        let label = written.trim();
        if label.is_empty() {
            return (MISSING, false);
        }
        if says(label, book) == Says::Total {
            return (TOTAL, false);
        }
        let mut is_typo = false;
        let named = match &column.holds {
            Holds::Area => match book.areas.find(label) {
                Some((area, _)) if area.kind == AreaKind::Whole => return (WHOLE, false),
                Some((area, spelling)) => {
                    is_typo = spelling == Spelling::Typo;
                    Some(Named::Area(area.code.clone()))
                }
                None => None,
            },
            Holds::Period => find_period(label).map(Named::Period),
            Holds::Dimension(id) => book.dimension(id).and_then(|dimension| match dimension.find(label) {
                Some(member) => Some(Named::Member(member.code.clone())),
                None => dimension.open.then(|| Named::Member(Id::from(half_width(label)))),
            }),
            Holds::Number | Holds::Day | Holds::Words => None,
        };
        let Some(named) = named else { return (UNKNOWN, false) };
        (self.place(named), is_typo)
    }

    /// Its place among all that labels of the column have stood for.
    fn place(&mut self, named: Named) -> u32 {
        let place = self.named.iter().position(|known| *known == named).unwrap_or_else(|| {
            self.named.push(named);
            self.named.len() - 1
        });
        place as u32
    }
}

/// What a cell says, as words. A whole number is written without decimals.
pub fn said(held: Held<'_>) -> Option<String> {
    match held {
        Held::Text(_) | Held::Shared(..) => held.text().map(str::to_string),
        Held::Number(number) => Some(number.to_string()),
        Held::Bool(truth) => Some(if truth { "TRUE" } else { "FALSE" }.to_string()),
        Held::Error(_) | Held::Formula => None,
    }
}
