//! Charts drawn, or taken from the run before where the same figure was drawn by the same program: drawing is most of a night.

use std::{
    io,
    path::{Path, PathBuf},
};

use fs_err as fs;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use super::{
    Watch,
    digest::{of_parts, program, sha256},
    leftovers::manifest,
    output::{Artifact, Staging, Written},
};
use crate::{
    model::Figure,
    publish::{
        png::png,
        svg::{Picture, page, svg},
    },
};

/// A chart drawn: as text, and as dots.
pub struct Drawing<'a> {
    pub figure: &'a Figure,
    /// Its text is empty once it is written.
    pub picture: Picture,
    pub png: Vec<u8>,
    pub files: Vec<Written>,
    /// A hash of the figure and of the program that drew it.
    pub made_of: String,
    /// It was taken from the run before.
    pub kept: bool,
}

impl Drawing<'_> {
    pub fn svg_path(&self) -> String {
        format!("charts/{}.svg", self.figure.id)
    }

    pub fn png_path(&self) -> String {
        format!("charts/{}.png", self.figure.id)
    }

    fn write(&mut self, staging: &Staging) -> io::Result<()> {
        let svg = Artifact { path: self.svg_path(), bytes: std::mem::take(&mut self.picture.svg).into_bytes() };
        let png = Artifact { path: self.png_path(), bytes: std::mem::take(&mut self.png) };
        self.files = vec![staging.write(&svg)?, staging.write(&png)?];
        // Bulletin and gallery copy from it.
        self.png = png.bytes;
        Ok(())
    }

    /// What the next run has to know to use it again.
    pub fn record(&self) -> Value {
        let Picture { width, height, .. } = self.picture;
        json!({ "id": self.figure.id, "made_of": self.made_of, "width": width, "height": height })
    }
}

/// The charts of the run before, and what its manifest says of them.
#[derive(Default)]
pub struct Earlier {
    folder: PathBuf,
    /// By id: what it was made of, width and height.
    drawings: FxHashMap<String, (String, u32, u32)>,
    /// By path: the hash of the file.
    files: FxHashMap<String, String>,
}

impl Earlier {
    pub fn of(run: &Path, pipeline: &str) -> Earlier {
        let Some(manifest) = manifest(run, pipeline) else { return Earlier::default() };
        let list = |name: &str| manifest[name].as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().map(str::to_string);
        let size = |value: &Value| value.as_u64().and_then(|size| u32::try_from(size).ok());
        let drawing = |entry: &Value| {
            Some((text(&entry["id"])?, (text(&entry["made_of"])?, size(&entry["width"])?, size(&entry["height"])?)))
        };
        Earlier {
            folder: run.to_path_buf(),
            drawings: list("drawings").iter().filter_map(drawing).collect(),
            files: list("artifacts").iter().filter_map(|entry| Some((text(&entry["path"])?, text(&entry["sha256"])?))).collect(),
        }
    }

    fn find<'a>(&self, figure: &'a Figure, made_of: &str) -> Option<Drawing<'a>> {
        let (_, width, height) = self.drawings.get(&figure.id).filter(|(earlier, ..)| earlier == made_of)?;
        let (width, height) = (*width, *height);
        let picture = Picture { svg: String::new(), width, height };
        let (png, files, made_of) = (Vec::new(), Vec::new(), made_of.to_string());
        let mut drawing = Drawing { figure, picture, png, files, made_of, kept: true };
        drawing.picture.svg = String::from_utf8(self.unchanged(&drawing.svg_path())?).ok()?;
        drawing.png = self.unchanged(&drawing.png_path())?;
        Some(drawing)
    }

    /// A file of the run before, if it is still what that run wrote.
    fn unchanged(&self, path: &str) -> Option<Vec<u8>> {
        let bytes = fs::read(self.folder.join(path)).ok()?;
        (self.files.get(path)? == &sha256(&bytes)).then_some(bytes)
    }
}

/// Every figure on its own, and written at once; the order stays.
pub fn draw<'a>(figures: &'a [Figure], earlier: &Earlier, watch: &dyn Watch, staging: &Staging) -> io::Result<Vec<Drawing<'a>>> {
    figures
        .par_iter()
        // One by one, so that nobody waits while another has some left.
        .with_max_len(1)
        .map(|figure| {
            let drawn = postcard::to_stdvec(figure).map_err(io::Error::other)?;
            let made_of = of_parts([program().as_bytes(), &drawn]);
            let mut drawing = match earlier.find(figure, &made_of) {
                Some(drawing) => drawing,
                None => {
                    let page = page(figure);
                    let picture = svg(figure, &page);
                    let png = png(&page).map_err(io::Error::other)?;
                    Drawing { figure, picture, png, files: Vec::new(), made_of, kept: false }
                }
            };
            drawing.write(staging)?;
            watch.step();
            Ok(drawing)
        })
        .collect()
}
