//! Everything a run gives to people, as bytes: one file per format. Nothing here writes to disk.

pub mod csv;
pub mod datapackage;
pub mod preview;
pub mod table;
pub mod tables;
