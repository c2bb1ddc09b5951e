//! Cells on their way out of a file, row after row: what gives them, what takes them, and nothing that holds a whole sheet.

/// What a cell holds, borrowed from where it was read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Held<'a> {
    /// A number as it is stored; days are numbers too, and the taker knows which column is a day.
    Number(f64),
    Text(&'a str),
    /// A place in a list of texts, and the list.
    Shared(u32, &'a Texts),
    Bool(bool),
    /// As a spreadsheet shows it, such as `#DIV/0!`.
    Error(&'a str),
    /// A formula whose result the file does not hold.
    Formula,
}

impl<'a> Held<'a> {
    /// What a text says; none of anything else.
    #[inline]
    pub fn text(self) -> Option<&'a str> {
        match self {
            Held::Text(text) => Some(text),
            Held::Shared(place, texts) => texts.get(place),
            Held::Number(_) | Held::Bool(_) | Held::Error(_) | Held::Formula => None,
        }
    }
}

/// What takes cells as they come out of a file. Rows and columns count from 0. Cells that hold nothing do not come.
pub trait Sink {
    /// Does it look at how numbers are shown?
    const LOOKS: bool = false;

    /// Is this column wanted in the rows to come? Asked of every column before the first row, and again after a row that ended
    /// with `Flow::Look`.
    fn wants(&self, column: u32) -> bool;

    /// Are the texts of all other columns looked at besides? Asked when `wants` is, but not of Parquet, which nobody writes by hand.
    fn watches(&self) -> bool {
        false
    }

    /// A cell of a wanted column, or perhaps of any column that is watched; within a row columns only grow.
    fn cell(&mut self, row: u32, column: u32, held: Held<'_>);

    /// The place in the workbook's list of the style that the number to come is shown in. Called only where it looks.
    fn styled(&mut self, _style: u32) {}

    /// Where labels were missed that may be there all the same. Asked when the sheet is over: if it says that they lie under merged
    /// areas, it is given again with them.
    fn missed(&self) -> Option<Missed> {
        None
    }

    /// The sheet is not shown. Said before its first row.
    fn hidden_sheet(&mut self) {}

    /// The row to come is not shown.
    fn hidden(&mut self, _row: u32) {}

    /// The row is over. Called for rows that stand in the file, even if they hold nothing; rows only grow.
    fn end_of_row(&mut self, row: u32) -> Flow;
}

/// Columns in which cells were blank that ought not to be, and the first row in which they count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    pub columns: Vec<u32>,
    pub since: u32,
}

/// What a sink wants next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    Go,
    /// Other columns may be wanted from here on. For a few rows, such as that of headings, not for every row.
    Look,
    Stop,
}

/// The texts that cells of a workbook refer to by place: one string and where each ends.
#[derive(Debug, Default, PartialEq)]
pub struct Texts {
    said: String,
    ends: Vec<u32>,
}

impl Texts {
    /// No texts yet, and room for so many bytes of them. What is not used costs nothing.
    pub fn with_room(bytes: usize) -> Texts {
        Texts { said: String::with_capacity(bytes), ends: Vec::new() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Adds a text at the end. None, and nothing added, where the list would hold more than four gibibytes.
    pub fn push(&mut self, text: &str) -> Option<()> {
        let end = u32::try_from(self.said.len() + text.len()).ok()?;
        self.said.push_str(text);
        self.ends.push(end);
        Some(())
    }

    /// None where the list is shorter.
    pub fn get(&self, place: u32) -> Option<&str> {
        let place = place as usize;
        let end = *self.ends.get(place)? as usize;
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        self.said.get(start..end)
    }
}
