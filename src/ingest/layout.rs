//! How a table is recognised and read, as a pipeline describes it. A layout says what is written, never where.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{number::Symbol, signature::is_counted};
use crate::{
    diag::TomlPlace,
    model::{Grain, Id, Text, fold_heading},
};

/// Words for totals in every table, unless its layout brings its own. A longer word stands before those that it ends with.
pub const TOTALS: [&str; 6] = ["合计", "总计", "小计", "共计", "subtotal", "total"];

/// Where a value finds its area, its period or a member of a dimension. Several are tried in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Attach {
    /// The label stands in the value's own row or column.
    Directly(Side),
    /// The nearest label going back from the value's row or column: blanks below a label repeat it.
    Closest(Side),
    /// The label stands in the value's row, in the column with one of these headings.
    Column(Vec<String>),
    /// Behind or beside one of these words above or below the table: 填报单位：荔湾区教育局.
    Head(Vec<String>),
    /// Anywhere in the lines above the headings.
    Title,
    SheetName,
    FileName,
    /// Nowhere: rows with figures are these areas, in this order. Only a layout that says so takes a row for what its place says.
    InOrder(Vec<String>),
    /// Always this.
    Is(String),
}

impl Attach {
    /// Is the label found in the value's row?
    pub fn is_in_row(&self) -> bool {
        matches!(self, Attach::Directly(Side::Left) | Attach::Closest(Side::Left) | Attach::Column(_) | Attach::InOrder(_))
    }

    /// Is the label found in the headings above the value?
    pub fn is_above(&self) -> bool {
        matches!(self, Attach::Directly(Side::Above) | Attach::Closest(Side::Above))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    Above,
    Left,
}

/// One measure of a table: the headings its values stand below (any of them; `学位 › 公办` is 公办 below 学位).
#[derive(Debug, Clone, PartialEq)]
pub struct Values {
    pub measure: Id,
    pub headings: Vec<Vec<String>>,
    pub unit: String,
    pub fractions: bool,
    /// Written as 1:18, 18:1 or 0.055; read as 18.
    pub ratio: bool,
    pub optional: bool,
    pub place: TomlPlace,
}

impl Values {
    /// Splits `学位 › 公办` into folded headings from the outermost in.
    pub fn path(heading: &str) -> Vec<String> {
        heading.split('›').map(fold_heading).collect()
    }
}

/// A form: a table for people, with values below and beside its headings.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    pub id: Id,
    pub title: Text,
    /// The areas that send it; every district where this says nothing.
    pub sent_by: Option<Vec<Id>>,
    /// Words that all stand in the lines above the headings.
    pub says: Vec<String>,
    /// Measures without whose headings this is not the table.
    pub needs: Vec<Id>,
    pub values: Vec<Values>,
    pub area: Vec<Attach>,
    pub period: Vec<Attach>,
    pub dimensions: BTreeMap<Id, Vec<Attach>>,
    /// A row that begins with one of these ends the table.
    pub stops_at: Vec<String>,
    /// Rows of this name are known, and not wanted.
    pub skips: Vec<String>,
    /// Words for a total.
    pub totals: Vec<String>,
    pub symbols: BTreeMap<String, Symbol>,
    /// The sheet is read on its side: headings down, rows across.
    pub transposed: bool,
    pub template: Template,
    pub place: TomlPlace,
}

/// How the form is drawn for those who fill it, beyond what the reader looks for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Template {
    /// Columns from the left; what is not named stands behind them.
    pub columns: Vec<Drawn>,
    /// The headings of each measure as they are written.
    pub headings: BTreeMap<Id, Vec<String>>,
    /// The members that have rows or columns, where these are not all.
    pub members: BTreeMap<Id, Vec<Id>>,
    /// Empty lines of a list.
    pub lines: Option<usize>,
    pub total: TotalRow,
    /// How often it is sent; any period where this says nothing.
    pub every: Option<Grain>,
    pub notes: Vec<Text>,
}

/// A column of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drawn {
    Area,
    Period,
    Dimension(Id),
    Measure(Id),
    /// A column that nobody reads.
    Unread(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TotalRow {
    First,
    #[default]
    Last,
    None,
}

impl Layout {
    /// Is this folded label one of a total?
    pub fn is_total(&self, folded: &str) -> bool {
        self.totals.iter().any(|word| word == folded)
    }

    /// A total of some rows, as against one of all.
    pub fn is_subtotal(&self, folded: &str) -> bool {
        matches!(folded, "小计" | "subtotal") && self.is_total(folded)
    }

    pub fn is_skipped(&self, folded: &str) -> bool {
        self.skips.iter().any(|word| word == folded)
    }

    /// Does a row that begins with this text stand below the table?
    pub fn stops(&self, text: &str) -> bool {
        let folded = crate::model::fold(text);
        self.stops_at.iter().any(|word| folded.strip_prefix(word.as_str()).is_some_and(|rest| !is_counted(rest)))
    }

    /// The areas of its rows, where only their order tells.
    pub fn area_order(&self) -> Option<&[String]> {
        self.area.iter().find_map(|way| if let Attach::InOrder(codes) = way { Some(codes.as_slice()) } else { None })
    }

    /// Everything that is attached to values from the headings above them.
    pub fn attached_above(&self) -> bool {
        let above = |ways: &Vec<Attach>| ways.iter().any(Attach::is_above);
        above(&self.area) || above(&self.period) || self.dimensions.values().any(above)
    }
}
