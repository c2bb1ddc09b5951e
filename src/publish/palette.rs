//! The colours of a picture: a chart has few, and a file that names each point's colour by its place in a list is a third as large.

use plotters::style::RGBColor;
use rustc_hash::FxHashMap;

use super::{cover::WHOLE, draw::ink::Ink};

/// What a PNG can list.
const MOST: usize = 256;
/// Nothing shows through.
const OPAQUE: u32 = 255;
/// Room for every share of cover.
const SHARES: usize = 16;
/// Where it has not been asked yet what an ink makes of a colour.
const UNASKED: u16 = u16::MAX;

/// Red, green and blue.
type Colour = [u8; 3];

/// The place of the paper's own white.
const WHITE: Colour = [0xff; 3];

/// Colours in the order in which they came, and what inks make of them where they cover a share of a point. Once half of what
/// can be listed is, the nearest is taken for a new one: inks are listed before anything is drawn, so only soft edges are not exact.
pub struct Palette {
    colours: Vec<Colour>,
    places: FxHashMap<Colour, u8>,
    washes: Vec<Wash>,
}

/// An ink that lets through what it is laid on, or does not.
struct Wash {
    ink: Colour,
    /// Of `OPAQUE`.
    opacity: u32,
    /// By the place of what is under it, and the share that is covered.
    over: Box<[u16; MOST * SHARES]>,
}

fn slot(under: u8, share: u8) -> usize {
    // Bounded so that it is seen to lie in the list.
    (usize::from(under) * SHARES + usize::from(share)) % (MOST * SHARES)
}

impl Wash {
    /// Lays it on points up to the first for which it has not been asked what comes of it.
    fn lay(&self, points: &mut [u8], shares: &[u8]) -> Option<usize> {
        for (place, (point, &share)) in points.iter_mut().zip(shares).enumerate() {
            match self.over[slot(*point, share)] {
                UNASKED => return Some(place),
                known => *point = known as u8,
            }
        }
        None
    }
}

impl Palette {
    /// White first, then the inks that will be used.
    pub fn of(inks: impl IntoIterator<Item = Ink>) -> Palette {
        let mut palette = Palette { colours: Vec::new(), places: FxHashMap::default(), washes: Vec::new() };
        palette.place(WHITE);
        for RGBColor(red, green, blue) in inks {
            palette.place([red, green, blue]);
        }
        palette
    }

    /// The number of an ink that covers what is under it by so much of the whole.
    pub fn wash(&mut self, ink: Ink, opacity: f64) -> usize {
        let (ink, opacity) = ([ink.0, ink.1, ink.2], (opacity * f64::from(OPAQUE)).round() as u32);
        let known = self.washes.iter().position(|wash| wash.ink == ink && wash.opacity == opacity);
        known.unwrap_or_else(|| {
            self.washes.push(Wash { ink, opacity, over: Box::new([UNASKED; MOST * SHARES]) });
            self.washes.len() - 1
        })
    }

    /// Lays a wash on points, on each as much as its share.
    pub fn lay(&mut self, wash: usize, points: &mut [u8], shares: &[u8]) {
        let mut from = 0;
        while let Some(unasked) = self.washes[wash].lay(&mut points[from..], &shares[from..]) {
            from += unasked;
            self.ask(wash, points[from], shares[from]);
        }
    }

    /// Lays a wash on points, as much on each.
    pub fn lay_evenly(&mut self, wash: usize, points: &mut [u8], share: u8) {
        if share == WHOLE && self.washes[wash].opacity == OPAQUE {
            points.fill(self.ask(wash, 0, share));
        } else {
            points.iter_mut().for_each(|point| self.lay(wash, std::slice::from_mut(point), &[share]));
        }
    }

    fn ask(&mut self, wash: usize, under: u8, share: u8) -> u8 {
        let Wash { ink, opacity, .. } = self.washes[wash];
        let place = self.place(mixed(self.colours[usize::from(under)], ink, u32::from(share) * opacity / u32::from(WHOLE)));
        self.washes[wash].over[slot(under, share)] = u16::from(place);
        place
    }

    fn place(&mut self, colour: Colour) -> u8 {
        if let Some(place) = self.places.get(&colour) {
            return *place;
        }
        let (place, far) = nearest(&self.colours, colour);
        let place = if self.colours.len() < MOST && far > slack(self.colours.len()) {
            self.colours.push(colour);
            self.colours.len() - 1
        } else {
            place
        } as u8;
        self.places.insert(colour, place);
        place
    }

    /// Red, green and blue of each.
    pub fn listed(&self) -> Vec<u8> {
        self.colours.concat()
    }
}

/// An ink that covers so much, of 255, of what is under it.
fn mixed(mut under: Colour, ink: Colour, share: u32) -> Colour {
    for (under, over) in under.iter_mut().zip(ink) {
        *under = ((u32::from(over) * share + u32::from(*under) * (255 - share) + 127) / 255) as u8;
    }
    under
}

/// How far, squared, a new colour may be from a listed one and yet be taken for it. Nothing at first; as the list fills, more, so
/// that there is room for what comes last.
fn slack(listed: usize) -> u32 {
    3 * (listed.saturating_sub(MOST / 2) as u32 / 8).pow(2)
}

/// The listed colour that is nearest, and how far it is, squared.
fn nearest(listed: &[Colour], colour: Colour) -> (usize, u32) {
    let far = |other: &Colour| other.iter().zip(colour).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum();
    listed.iter().map(far).enumerate().min_by_key(|(_, far)| *far).unwrap_or((0, u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLUE: Ink = RGBColor(31, 95, 160);

    fn over(palette: &mut Palette, wash: usize, mut point: u8, share: u8) -> u8 {
        palette.lay(wash, std::slice::from_mut(&mut point), &[share]);
        point
    }

    fn colour(palette: &Palette, place: u8) -> Colour {
        palette.colours[usize::from(place)]
    }

    #[test]
    fn an_ink_covers_by_its_share_and_its_opacity() {
        let mut palette = Palette::of([BLUE]);
        let (whole, half) = (palette.wash(BLUE, 1.0), palette.wash(BLUE, 0.5));
        assert_eq!(over(&mut palette, whole, 0, 0), 0);
        assert_eq!(over(&mut palette, whole, 0, WHOLE), 1);
        let soft = over(&mut palette, whole, 0, 3);
        assert_eq!(colour(&palette, soft), [172, 195, 220]);
        assert_eq!(over(&mut palette, whole, 0, 3), soft);
        let pale = over(&mut palette, half, 0, WHOLE);
        assert_eq!(colour(&palette, pale), [143, 175, 207]);
        let again = over(&mut palette, whole, pale, WHOLE);
        assert_eq!((again, palette.wash(BLUE, 0.5)), (1, half));
    }

    #[test]
    fn inks_stay_exact_and_soft_edges_become_the_nearest() {
        let inks: Vec<Ink> = (0..30).map(|step| RGBColor(step * 8, 255 - step * 8, step * 3)).collect();
        let mut palette = Palette::of(inks.iter().copied());
        for ink in &inks {
            let wash = palette.wash(*ink, 1.0);
            for share in 0..=WHOLE {
                let place = over(&mut palette, wash, 0, share);
                let exact = mixed(WHITE, [ink.0, ink.1, ink.2], u32::from(share) * OPAQUE / u32::from(WHOLE));
                let off = colour(&palette, place).iter().zip(exact).map(|(a, b)| a.abs_diff(b)).max();
                assert!(off <= Some(if share == WHOLE { 0 } else { 24 }), "{ink:?} at {share}: {off:?}");
            }
        }
        assert!(palette.listed().len() <= 3 * MOST);
    }
}
