//! A sheet as a layout sees it: what it took for headings, labels, values and totals.

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    Plain,
    Heading,
    Label,
    Value,
    Total,
    /// Read, and it says nothing or cannot be understood.
    Trouble,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewCell {
    pub text: String,
    pub role: Role,
    /// What was attached: measure, area, period, members.
    pub attached: String,
}

/// One sheet under one layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    pub sheet: String,
    pub layout: String,
    /// Empty where the layout does not fit; then `lacks` says why.
    pub rows: Vec<Vec<PreviewCell>>,
    pub lacks: Vec<String>,
    pub values: usize,
    pub totals: usize,
}
