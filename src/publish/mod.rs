//! Everything a run gives to people, as bytes: one file per format. Nothing here writes to disk.

pub mod annotated;
pub mod audit;
pub mod brief;
pub mod csv;
pub mod datapackage;
mod draw;
pub mod excerpt;
pub mod font;
pub mod gallery;
mod letter;
pub mod notice;
pub mod origins;
mod palette;
pub mod parquet;
pub mod png;
pub mod preview;
pub mod results;
pub mod revisions;
pub mod scorecard;
pub mod sdmx;
mod strokes;
pub mod summary;
pub mod svg;
pub mod table;
pub mod tables;
pub mod template;
mod words;
