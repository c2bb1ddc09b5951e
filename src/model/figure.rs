//! A chart as data: scales, marks, title, notes, source line; no pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure;
