//! Everything a run gives to people, as bytes: one file per format. Nothing here writes to disk.

pub mod annotated;
pub mod audit;
pub mod csv;
pub mod datapackage;
mod draw;
pub mod excerpt;
pub mod font;
pub mod gallery;
mod letter;
mod palette;
pub mod png;
pub mod preview;
pub mod revisions;
pub mod scorecard;
mod strokes;
pub mod svg;
pub mod table;
pub mod tables;
pub mod template;
