//! From a figure to shapes: one file per kind of chart, and the few ideas they share.

pub mod bars;
pub mod bullet;
pub mod dots;
pub mod dumbbell;
pub mod heat;
pub mod ink;
pub mod key;
pub mod label;
pub mod line;
pub mod mark;
pub mod multiples;
pub mod pace;
pub mod page;
pub mod pen;
pub mod rows;
pub mod slope;
pub mod spread;
pub mod thread;
pub mod ticks;
pub mod tiles;
pub mod waterfall;
pub mod watermark;
pub mod wrap;
