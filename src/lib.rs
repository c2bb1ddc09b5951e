//! Yardstick: a nightly statistics batch, from workbooks to checked numbers, verdicts and charts.

pub mod audit;
pub mod chart;
pub mod check;
pub mod cli;
pub mod compute;
pub mod diag;
pub mod ingest;
pub mod model;
pub mod plan;
pub mod publish;
pub mod run;
pub mod spec;
pub mod trace;
