//! Everything a run gives to people, as bytes: one file per format. Nothing here writes to disk.

mod draw;
pub mod font;
pub mod gallery;
pub mod png;
pub mod svg;
