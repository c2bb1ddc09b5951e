//! Yardstick: a nightly statistics batch, from workbooks to checked numbers, verdicts and charts.

pub mod chart;
pub mod model;
pub mod publish;
