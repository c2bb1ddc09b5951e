//! PNG: the page at twice its size, drawn with the embedded faces only, so that every machine gives the same bytes.

use std::cell::RefCell;

use zlib_rs::{DeflateConfig, ReturnCode, compress_bound, compress_slice};

use super::{draw::mark::Page, hand::draw, paper::Paper};

/// Word processors set the picture 15 cm wide: its 1,600 points are 10,667 to the metre.
const PER_METRE: u32 = 10_667;

/// Of 9. Packing harder makes files a tenth smaller and takes twice as long.
const EFFORT: i32 = 2;

/// What a packed picture may take at first: most take a third of it.
const ROOM: usize = 256 << 10;

/// Why a page could not be drawn.
pub type Fault = Box<dyn std::error::Error + Send + Sync>;

/// What a picture is drawn on, and where it is packed: large, so asked for once.
#[derive(Default)]
struct Desk {
    paper: Paper,
    packed: Vec<u8>,
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

/// A page as a PNG file.
pub fn png(page: &Page) -> Result<Vec<u8>, Fault> {
    DESK.with_borrow_mut(|Desk { paper, packed }| {
        let colours = draw(page, paper);
        file(paper.width() as u32, paper.height() as u32, colours, pack(paper.rows(), packed)?)
    })
}

/// In one piece: piece by piece, as the encoder would have it, takes twice as long.
fn pack<'a>(rows: &[u8], packed: &'a mut Vec<u8>) -> Result<&'a [u8], Fault> {
    packed.resize(packed.len().max(ROOM), 0);
    loop {
        let (taken, code) = compress_slice(packed, rows, DeflateConfig::new(EFFORT));
        let taken = taken.len();
        match code {
            ReturnCode::Ok => return Ok(&packed[..taken]),
            ReturnCode::BufError if packed.len() < compress_bound(rows.len()) => packed.resize(packed.len() * 4, 0),
            _ => return Err(format!("the picture could not be packed: {code:?}").into()),
        }
    }
}

fn file(width: u32, height: u32, colours: Vec<u8>, packed: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut file = Vec::with_capacity(packed.len() + 1024);
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_palette(colours);
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: PER_METRE, yppu: PER_METRE, unit: png::Unit::Meter }));
    let mut writer = encoder.write_header()?;
    writer.write_chunk(png::chunk::IDAT, packed)?;
    writer.finish()?;
    Ok(file)
}
