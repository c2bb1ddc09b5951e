//! Where a list begins: the row that has all its headings, wherever it stands and in whatever order.

use super::{column::said, layout::RecordsLayout};
use crate::{
    diag::Place,
    ingest::{
        context::Whole,
        layout::Attach,
        unlike::{Heard, Said},
        words::find_period,
        workbook::{Held, cleared},
    },
    model::{Area, Codebook, Period, Text, fold_heading},
};

/// Rows that are looked at. A list that has not begun by then is none.
const ROWS: u32 = 60;

/// The lines of a sheet, until one is a row of headings.
#[derive(Debug, Default)]
pub struct Head {
    /// What stands above.
    title: Vec<String>,
    line: Vec<(u32, String)>,
    pub nearest: Option<Near>,
    /// A row of several cells has been seen: there may be a table of another kind.
    pub may_be_table: bool,
}

/// The layout that came nearest, and the headings that it lacked.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Near {
    /// Its place among the layouts.
    pub layout: usize,
    pub sheet: String,
    pub found: usize,
    pub missing: Vec<String>,
}

/// A list that has begun.
#[derive(Debug, PartialEq, Eq)]
pub struct Begun {
    /// The layout's place among all.
    pub layout: usize,
    /// The column of the sheet of each column of the layout.
    pub columns: Vec<Option<u32>>,
    /// Columns of the layout whose heading stands there twice.
    pub twice: Vec<(usize, u32)>,
}

/// What came of a row.
#[derive(Debug, PartialEq, Eq)]
pub enum Seen {
    Nothing,
    Begun(Begun),
    TooLate,
}

impl Head {
    pub fn take(&mut self, column: u32, held: Held<'_>) {
        self.line.extend(said(held).filter(|text| !text.trim().is_empty()).map(|text| (column, text)));
    }

    pub fn end_of_row(&mut self, row: u32, sheet: &str, layouts: &[RecordsLayout]) -> Seen {
        let said = std::mem::take(&mut self.line);
        let line: Vec<(u32, String)> = said.iter().map(|(column, text)| (*column, fold_heading(text))).collect();
        let mut best: Option<(usize, Begun)> = None;
        for (place, layout) in layouts.iter().enumerate() {
            let (mut columns, mut twice, mut missing, mut found) = (Vec::new(), Vec::new(), Vec::new(), 0);
            for (at, column) in layout.columns.iter().enumerate() {
                let mut places = line.iter().filter(|(_, heading)| column.folded.contains(heading)).map(|(place, _)| *place);
                let first = places.next();
                twice.extend(places.map(|place| (at, place)));
                found += usize::from(first.is_some());
                if first.is_none() && !column.optional {
                    missing.extend(column.headings.first().cloned());
                }
                columns.push(first);
            }
            let is_better = |least: usize| found > least;
            if !missing.is_empty() {
                if is_better(self.nearest.as_ref().map_or(0, |near| near.found)) {
                    self.nearest = Some(Near { layout: place, sheet: sheet.to_string(), found, missing });
                }
            } else if is_better(best.as_ref().map_or(0, |(found, _)| *found)) {
                best = Some((found, Begun { layout: place, columns, twice }));
            }
        }
        match best {
            Some((_, begun)) => Seen::Begun(begun),
            None if row >= ROWS => {
                self.may_be_table |= line.len() > 1;
                Seen::TooLate
            }
            None => {
                self.may_be_table |= line.len() > 1;
                // As it is written: what a heading says in brackets is an aside, and in a title the year may stand there.
                self.title.extend(said.into_iter().map(|(_, text)| cleared(&text).unwrap_or(text)));
                Seen::Nothing
            }
        }
    }

    /// The row of headings of kept rows: they are the names of the layout's columns.
    pub fn known(&mut self, id: &str, layouts: &[RecordsLayout]) -> Seen {
        let line = std::mem::take(&mut self.line);
        let Some(layout) = layouts.iter().position(|layout| layout.id.as_ref() == id) else { return Seen::TooLate };
        let place = |name: &String| line.iter().find(|(_, heading)| heading == name).map(|(place, _)| *place);
        let columns = layouts[layout].columns.iter().map(|column| place(&column.name)).collect();
        Seen::Begun(Begun { layout, columns, twice: Vec::new() })
    }

    /// What title, sheet name and file name say of all rows.
    pub fn whole(&self, layout: &RecordsLayout, file: &str, sheet: &str, book: &Codebook) -> Whole {
        let place = |way: &Attach| match way {
            Attach::FileName => Place::file(file),
            _ => Place::sheet(file, sheet),
        };
        let texts = |way: &Attach| -> Vec<String> {
            match way {
                Attach::Title => self.title.clone(),
                Attach::SheetName => vec![sheet.to_string()],
                Attach::FileName => file.split('/').rev().map(str::to_string).collect(),
                Attach::Is(code) => vec![code.clone()],
                _ => Vec::new(),
            }
        };
        let (mut area, mut period): (Heard<&Area>, Heard<Period>) = Default::default();
        for way in &layout.area {
            if !area.asks(way) {
                continue;
            }
            let find = |text: String| Some((book.areas.find(&text).or_else(|| book.areas.find_within(&text))?, text));
            if let Some(((found, spelling), text)) = texts(way).into_iter().find_map(find) {
                area.take(Said::new(found, way, place(way), &text), spelling);
            }
        }
        for way in &layout.period {
            if !period.asks(way) {
                continue;
            }
            let find = |text: String| Some((text.parse::<Period>().ok().or_else(|| find_period(&text))?, text));
            if let Some((found, text)) = texts(way).into_iter().take(period.parts(way)).find_map(find) {
                period.take(Said::new(found, way, place(way), &text));
            }
        }
        let members = layout.dimensions.iter().filter_map(|(id, ways)| {
            let dimension = book.dimension(id)?;
            let named = |text: &String| {
                let member = dimension.get(text).or_else(|| dimension.find(text)).or_else(|| dimension.find_within(text))?;
                Some(member.code.clone())
            };
            Some((id.clone(), ways.iter().flat_map(texts).collect::<Vec<_>>().iter().find_map(named)?))
        });
        Whole {
            area: area.first.map(|said| said.what.code.clone()),
            period: period.first.map(|said| said.what),
            members: members.collect(),
            unlike: area.unlike.into_iter().chain(period.unlike).collect(),
        }
    }
}

impl Near {
    pub fn said(&self, layout: &RecordsLayout) -> Text {
        let Near { sheet, missing, .. } = self;
        Text::new(
            format!("最接近的是《{}》（工作表“{sheet}”），缺少：{}", layout.title.zh, missing.join("、")),
            format!("nearest is `{}` (sheet `{sheet}`), which lacks: {}", layout.title.en, missing.join(", ")),
        )
    }
}
