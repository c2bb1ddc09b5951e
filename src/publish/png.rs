//! PNG: the SVG at twice its size, drawn with the embedded faces only, so that every machine gives the same bytes.

use std::sync::{Arc, LazyLock};

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb},
};

use super::{
    font,
    palette::{self, Indexed},
};

const SCALE: f32 = 2.0;

/// Word processors set the picture 15 cm wide: its 1,600 points are 10,667 to the metre.
const PER_METRE: u32 = 10_667;

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_source(fontdb::Source::Binary(Arc::new(font::REGULAR)));
    fonts.load_font_source(fontdb::Source::Binary(Arc::new(font::BOLD)));
    Arc::new(fonts)
});

/// Why an SVG document could not be drawn.
pub type Fault = Box<dyn std::error::Error + Send + Sync>;

/// An SVG document of ours as a PNG file.
pub fn png(svg: &str) -> Result<Vec<u8>, Fault> {
    let options = Options { fontdb: Arc::clone(&FONTS), ..Options::default() };
    let tree = Tree::from_str(svg, &options)?;
    let size = tree.size().to_int_size().scale_by(SCALE).ok_or("the picture has no size")?;
    let mut picture = Pixmap::new(size.width(), size.height()).ok_or("the picture is too large")?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut picture.as_mut());
    let Indexed { colours, points } = palette::index(picture.data());
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, size.width(), size.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_palette(colours);
    // Packing harder makes files a tenth smaller and takes twice as long.
    encoder.set_deflate_compression(png::DeflateCompression::Level(3));
    // Places in a list of colours are no slopes: what stands above or before foretells nothing but sameness.
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: PER_METRE, yppu: PER_METRE, unit: png::Unit::Meter }));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&points)?;
    writer.finish()?;
    Ok(file)
}
