//! What the report writer takes away: the gallery in a browser, the workbook and the bulletin opened, and what programs read.

mod browser;
mod formats;
mod gallery;
mod office;
