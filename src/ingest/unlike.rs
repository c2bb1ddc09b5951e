//! A table that says of itself in one place what it does not say in another: the office in its head is not that of the file's name.

use serde::{Deserialize, Serialize};

use super::{Given, layout::Attach};
use crate::{
    diag::{Code, Finding, Place},
    model::{Area, AreaKind, CellRef, Codebook, Id, Observation, Period, Spelling, Status, Text},
};

/// What one place says of a whole table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Said<T> {
    pub what: T,
    /// Which place it is, as a reader knows it.
    pub by: Text,
    pub place: Place,
    pub written: String,
}

impl<T> Said<T> {
    pub fn new(what: T, way: &Attach, place: Place, written: &str) -> Said<T> {
        Said { what, by: name(way), place, written: written.to_string() }
    }

    fn map<U>(&self, into: impl Fn(&T) -> U) -> Said<U> {
        Said { what: into(&self.what), by: self.by.clone(), place: self.place.clone(), written: self.written.clone() }
    }
}

/// Two places that do not say the same: the first was believed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Unlike {
    Areas(Said<Text>, Said<Text>),
    Periods(Said<Period>, Said<Period>),
}

/// What places say of one thing, one after another: the first is believed, the others are held against it.
#[derive(Debug)]
pub struct Heard<T> {
    pub first: Option<Said<T>>,
    pub unlike: Option<Unlike>,
}

impl<T> Default for Heard<T> {
    fn default() -> Self {
        Heard { first: None, unlike: None }
    }
}

impl<T> Heard<T> {
    /// What a layout takes where nothing is said contradicts nobody.
    pub fn asks(&self, way: &Attach) -> bool {
        self.first.is_none() || self.unlike.is_none() && !matches!(way, Attach::Is(_))
    }

    /// Of a path its own name, once something is said: the folder of a night is named by when it came.
    pub fn parts(&self, way: &Attach) -> usize {
        if self.first.is_some() && *way == Attach::FileName { 1 } else { usize::MAX }
    }
}

impl<'a> Heard<&'a Area> {
    pub fn take(&mut self, said: Said<&'a Area>, spelling: Spelling) {
        match &self.first {
            None => self.first = Some(said),
            Some(first) if are_unlike(first.what, (said.what, spelling)) => {
                let named = |area: &&Area| area.name.clone();
                self.unlike = Some(Unlike::Areas(first.map(named), said.map(named)));
            }
            Some(_) => {}
        }
    }
}

impl Heard<Period> {
    /// A month beside a year may be the day on which the form was sent.
    pub fn take(&mut self, said: Said<Period>) {
        match &self.first {
            None => self.first = Some(said),
            Some(first) if first.what.same_grain(said.what) && first.what != said.what => {
                self.unlike = Some(Unlike::Periods(first.clone(), said));
            }
            Some(_) => {}
        }
    }
}

/// The city is no other place than its district, and a misspelling is said by itself.
fn are_unlike(first: &Area, (other, spelling): (&Area, Spelling)) -> bool {
    let is_part = |part: &Area, of: &Area| part.parent.as_ref() == Some(&of.code);
    let is_whole = first.kind == AreaKind::Whole || other.kind == AreaKind::Whole;
    spelling == Spelling::Known && first.code != other.code && !is_whole && !is_part(first, other) && !is_part(other, first)
}

impl Unlike {
    fn finding(&self) -> Finding {
        let (code, first, other) = match self {
            Unlike::Areas(first, other) => (Code::AreaContradicted, first.clone(), other.clone()),
            Unlike::Periods(first, other) => {
                (Code::PeriodContradicted, first.map(|at| at.in_words()), other.map(|at| at.in_words()))
            }
        };
        let message = Text::new(
            format!("{}写的是{}，{}写的是{}；已按{}读入", first.by.zh, first.what.zh, other.by.zh, other.what.zh, first.what.zh),
            format!(
                "the {} says {}, and the {} says {}; it was read as {}",
                first.by.en, first.what.en, other.by.en, other.what.en, first.what.en
            ),
        );
        let also = (!other.place.cell.is_empty()).then_some(other.place);
        Finding::new(code, message).at(first.place).read(first.written).also(also)
    }
}

impl Given {
    /// Says where tables contradict themselves, once all that is in the workbook is known: beside this year's table there may stand that of
    /// last year, and neither is a fault of the file's name. Whose figures they are is in doubt where two areas are named.
    pub(super) fn settled(mut self) -> Given {
        for (layout, unlike) in std::mem::take(&mut self.unlike) {
            let is_there = |period: Period| self.observations.iter().any(|seen| seen.layout == layout && seen.period == period);
            match &unlike {
                Unlike::Periods(_, other) if other.place.sheet.is_empty() && is_there(other.what) => continue,
                Unlike::Periods(..) => {}
                Unlike::Areas(first, _) => {
                    let of_sheet = |seen: &&mut Observation| {
                        let sheet = &first.place.sheet;
                        seen.layout == layout
                            && seen.value.is_some()
                            && (sheet.is_empty() || seen.sheets().any(|(_, name)| **name == *sheet))
                    };
                    let doubted = self.observations.iter_mut().filter(of_sheet);
                    doubted.for_each(|seen| seen.status = seen.status.worse(Status::LowReliability));
                }
            }
            self.findings.push(unlike.finding());
        }
        self
    }
}

/// A form of one district, some rows of which name one other: they were left from somebody else's. Rows of many districts are those of
/// whoever collects them.
pub fn stranger(own: Option<&Id>, read: &[Observation], book: &Codebook) -> Option<Finding> {
    let own = book.areas.get(own?)?;
    let is_strange = |seen: &&Observation| {
        let area = book.areas.get(&seen.area);
        area.is_some_and(|area| are_unlike(own, (area, Spelling::Known)))
    };
    let strange: Vec<&Observation> = read.iter().filter(is_strange).collect();
    let other = book.areas.get(&strange.first()?.area)?;
    if strange.iter().any(|seen| seen.area != other.code) {
        return None;
    }
    let mut rows: Vec<&CellRef> = strange.iter().filter_map(|seen| seen.cell()).collect();
    rows.dedup_by_key(|cell| cell.row);
    let (own, other) = (&own.name, &other.name);
    let message = Text::new(
        format!("表是{}的，其中 {} 行写的是{}；这些行已按{}读入", own.zh, rows.len(), other.zh, other.zh),
        format!("the table is that of {}, and {} of its rows name {}; they were read as such", own.en, rows.len(), other.en),
    );
    let mut places = rows.into_iter().map(Place::from);
    Some(Finding::new(Code::AreaContradicted, message).at(places.next()?).also(places))
}

/// A place as a reader knows it.
pub(super) fn name(way: &Attach) -> Text {
    match way {
        Attach::Head(words) => {
            let word = words.first().map_or("", String::as_str);
            Text::new(format!("“{word}”"), format!("head `{word}`"))
        }
        Attach::Title => Text::new("标题", "title"),
        Attach::SheetName => Text::new("工作表名", "name of the sheet"),
        Attach::FileName => Text::new("文件名", "name of the file"),
        Attach::Is(_) => Text::new("版式", "layout"),
        Attach::Directly(_) | Attach::Closest(_) | Attach::Column(_) | Attach::InOrder(_) => Text::new("表中", "table"),
    }
}
