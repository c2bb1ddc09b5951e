//! Plain .xlsx sheets, fast: sheets that programs write have a small known grammar, so they are walked and not parsed.
//!
//! A part is unpacked step by step (`unpack.rs`) and cut before a row (`pieces.rs`); the rows of a piece are walked where they
//! lie (`sheet.rs`, `cell.rs`, `value.rs`). A tag is compared with that of the row above (`shape.rs`), a short value is taken eight bytes at
//! once (`short.rs`), and texts are read no further than cells refer to (`texts.rs`). Nothing is copied or allocated for a cell. What
//! the walk does not know gives the whole workbook or sheet back, so that calamine reads it instead: a sheet is read as calamine
//! reads it or not at all. Raised digits alone (`runs.rs`) are told from others, which calamine does not do.

mod beginning;
mod cell;
mod directory;
mod form;
mod letters;
mod list;
mod number;
mod package;
mod pieces;
mod place;
mod runs;
mod shape;
mod sheet;
mod short;
mod styles;
mod tag;
mod texts;
mod unpack;
mod value;
mod wanted;

use std::io::{Read, Seek};

use super::{
    cells::Sink,
    grid::{Area, Cells},
};
use directory::Directory;
pub use directory::PlainSheet;
use package::Package;
use texts::SharedTexts;

/// Why a workbook or a sheet is not plain; it may still be sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unusual(pub &'static str);

const CUT_OFF: Unusual = Unusual("a part is cut off");

/// A workbook whose sheets may be plain.
pub struct Plain<R> {
    package: Package<R>,
    directory: Directory,
    texts: SharedTexts,
}

impl<R: Read + Seek> Plain<R> {
    /// Reads which sheets there are and how their texts begin, and no cell.
    pub fn open(file: R) -> Result<Plain<R>, Unusual> {
        let mut package = Package::open(file)?;
        let directory = Directory::read(&mut package)?;
        let texts = package.unpack(&directory.texts)?.map(SharedTexts::of).transpose()?.unwrap_or_default();
        Ok(Plain { package, directory, texts })
    }

    /// Its worksheets in the order of the workbook.
    pub fn sheets(&self) -> &[PlainSheet] {
        &self.directory.sheets
    }

    /// Gives the cells of a sheet, by its place in `sheets()`. Once this has failed, what the sink took so far is worth nothing.
    pub fn scan(&mut self, sheet: usize, sink: &mut impl Sink) -> Result<(), Unusual> {
        let sheet = self.directory.sheets.get(sheet).ok_or(Unusual("no such sheet"))?;
        let part = self.package.unpack(&sheet.part)?.ok_or(Unusual("the part of a sheet is missing"))?;
        sheet::scan(part, &mut self.texts, sink)
    }

    /// The merged areas of a sheet, by its place in `sheets()`.
    pub fn merged(&mut self, sheet: usize) -> Result<Vec<Area>, Unusual> {
        let sheet = self.directory.sheets.get(sheet).ok_or(Unusual("no such sheet"))?;
        let part = self.package.unpack(&sheet.part)?.ok_or(Unusual("the part of a sheet is missing"))?;
        let mut areas = Vec::new();
        form::merged(&sheet::beside(part)?, &mut areas)?;
        Ok(areas)
    }

    /// Its sheets, but those of these names, as those of a form: small, so each is unpacked whole, with what it shows and hides.
    pub fn forms(mut self, without: &[String]) -> Result<Vec<Cells>, Unusual> {
        let styles = self.package.text(&self.directory.styles)?;
        let styles = styles.as_deref().map_or_else(|| Ok(Vec::new()), styles::read)?;
        let sheet = |sheet: PlainSheet| {
            let part = self.package.text(&sheet.part)?.ok_or(Unusual("the part of a sheet is missing"))?;
            let mut cells = Cells { name: sheet.name, tells_percent: true, ..Cells::default() };
            cells.hidden.sheet = sheet.is_hidden;
            form::read(part.as_bytes(), &mut self.texts, &styles, &mut cells)?;
            Ok(cells)
        };
        self.directory.sheets.into_iter().filter(|sheet| !without.contains(&sheet.name)).map(sheet).collect()
    }
}
