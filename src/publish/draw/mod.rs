//! From a figure to shapes: one file per kind of chart, and the few ideas they share.

pub mod bars;
pub mod ink;
pub mod label;
pub mod line;
pub mod mark;
pub mod page;
pub mod pen;
pub mod spread;
pub mod ticks;
pub mod watermark;
pub mod wrap;
