//! A form as an office is sent it: what stands in it, which cells are to be filled, what may stand in them. Plain data, no places
//! of cells: whoever draws it decides where.

use std::collections::BTreeMap;

use super::{Breakdown, Id, MeasureKind, Period, Text, half_width};

/// One table of one form for one office and period.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    pub code: Id,
    pub name: Text,
    pub sheet: String,
    pub title: String,
    /// Lines between title and headings: 填报单位：荔湾区教育局.
    pub head: Vec<Head>,
    pub columns: Vec<FormColumn>,
    pub rows: Vec<FormRow>,
    /// The rows are empty lines of a list, to be filled as far as there is something to say.
    pub list: bool,
    pub total: Option<Total>,
    pub notes: Vec<String>,
    /// What the whole form is of, where its rows and columns say nothing else.
    pub area: Option<Id>,
    pub period: Period,
    pub members: Breakdown,
    /// What was typed into cells, by row and column: empty in a form that is sent out.
    pub typed: BTreeMap<(usize, usize), Typed>,
}

/// A label and what it says; where it says nothing, one of the choices is to be picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub label: String,
    pub says: String,
    pub choices: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct FormColumn {
    /// From the outermost in. What two neighbours share is written once above both.
    pub headings: Vec<String>,
    pub holds: Holds,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Holds {
    /// The number of the line.
    Number,
    /// What a row is of: said by the row, or picked from the choices, or (without choices) written freely.
    Label {
        of: Of,
        choices: Vec<Choice>,
    },
    /// Something for people, which nobody reads.
    Remark,
    Figure(Box<Figured>),
}

/// A member that a label may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub said: String,
    pub code: Id,
}

/// What a label says of its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    Area,
    Period,
    Dimension(Id),
}

/// What the figures of a column are of.
#[derive(Debug, Clone, PartialEq)]
pub struct Figured {
    pub measure: Id,
    pub name: Text,
    pub kind: MeasureKind,
    pub unit: String,
    pub area: Option<Id>,
    pub period: Option<Period>,
    pub members: Breakdown,
    pub limits: Limits,
}

/// What the rules of a pipeline allow a figure to be.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Limits {
    pub whole: bool,
    pub from: Option<f64>,
    pub to: Option<f64>,
    /// Measures it is a part of: never more than they are.
    pub part_of: Vec<Id>,
    /// The reasons of all rules that speak of it.
    pub because: Vec<Text>,
}

/// A row: what its labels say, by column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FormRow {
    pub labels: BTreeMap<usize, String>,
    pub area: Option<Id>,
    pub period: Option<Period>,
    pub members: Breakdown,
}

/// The row that adds up the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    pub label: String,
    pub first: bool,
}

/// What a person puts into a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Typed {
    Number(f64),
    /// A day by its number in spreadsheets.
    Day(f64),
    Words(String),
}

/// What the figure of a cell is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub row: usize,
    pub column: usize,
    pub measure: Id,
    pub kind: MeasureKind,
    pub area: Option<Id>,
    pub period: Period,
    pub breakdown: Breakdown,
}

impl Form {
    /// Every cell that asks for a figure, with what it is of as its labels stand now.
    pub fn asked(&self) -> Vec<Asked> {
        let mut asked = Vec::new();
        for row in 0..self.rows.len() {
            for (column, figured) in self.figures() {
                let (own, said) = (&self.rows[row], self.said(row));
                let breakdown = self.members.and(&figured.members).and(&own.members).and(&said.members);
                let area = said.area.or_else(|| own.area.clone()).or_else(|| figured.area.clone()).or_else(|| self.area.clone());
                let period = own.period.or(figured.period).unwrap_or(self.period);
                let (measure, kind) = (figured.measure.clone(), figured.kind);
                asked.push(Asked { row, column, measure, kind, area, period, breakdown });
            }
        }
        asked
    }

    pub fn figures(&self) -> impl Iterator<Item = (usize, &Figured)> {
        self.columns.iter().enumerate().filter_map(|(place, column)| match &column.holds {
            Holds::Figure(figured) => Some((place, figured.as_ref())),
            _ => None,
        })
    }

    /// What was typed into the labels of a row. Words that are no choice name themselves.
    fn said(&self, row: usize) -> FormRow {
        let mut said = FormRow::default();
        for (place, column) in self.columns.iter().enumerate() {
            let (Holds::Label { of, choices }, Some(Typed::Words(words))) = (&column.holds, self.typed.get(&(row, place))) else {
                continue;
            };
            let chosen = choices.iter().find(|choice| choice.said == *words);
            let code = chosen.map_or_else(|| Id::from(half_width(words)), |choice| choice.code.clone());
            match of {
                Of::Area => said.area = Some(code),
                Of::Period => {}
                Of::Dimension(dimension) => {
                    said.members = said.members.with(dimension, &code);
                }
            }
        }
        said
    }

    /// Cells of labels that are to be filled, with their choices; those without choices are written freely.
    pub fn open_labels(&self) -> Vec<(usize, usize, &[Choice])> {
        let mut open = Vec::new();
        for (row, own) in self.rows.iter().enumerate() {
            for (place, column) in self.columns.iter().enumerate() {
                if let Holds::Label { choices, .. } = &column.holds
                    && !own.labels.contains_key(&place)
                {
                    open.push((row, place, choices.as_slice()));
                }
            }
        }
        open
    }
}
