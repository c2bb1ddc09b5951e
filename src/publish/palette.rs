//! The colours of a picture: a chart has few, and a file that names each point's colour by its place in a list is a third as large.

use std::collections::HashMap;

/// A picture as a list of at most 256 colours and the place of each point's colour in it.
pub struct Indexed {
    pub colours: Vec<u8>,
    pub points: Vec<u8>,
}

const RECENT: usize = 1024;

/// Points are red, green, blue, opaque. Where soft edges make more than 256 colours, those that differ least become one.
pub fn index(picture: &[u8]) -> Indexed {
    (0..8).find_map(|bits| index_at(picture, bits)).unwrap_or(Indexed { colours: Vec::new(), points: Vec::new() })
}

/// With the last bits of each channel set alike, so that white stays white; none if there are still too many colours.
fn index_at(picture: &[u8], bits: u32) -> Option<Indexed> {
    let alike = u32::from_le_bytes([(1 << bits) - 1; 4]) | 0xFF00_0000;
    let mut places: HashMap<u32, u8> = HashMap::new();
    let mut colours = Vec::new();
    let mut points = vec![0; picture.len() / 4];
    // Most points find their colour here, without asking the map.
    let mut recent = [(None, 0); RECENT];
    for (point, said) in points.iter_mut().zip(picture.as_chunks::<4>().0) {
        let colour = u32::from_le_bytes(*said) | alike;
        let slot = &mut recent[(colour.wrapping_mul(0x9E37_79B1) >> 22) as usize % RECENT];
        if slot.0 != Some(colour) {
            let place = match places.get(&colour) {
                Some(&known) => known,
                None => {
                    let next = u8::try_from(places.len()).ok()?;
                    places.insert(colour, next);
                    colours.extend(&colour.to_le_bytes()[..3]);
                    next
                }
            };
            *slot = (Some(colour), place);
        }
        *point = slot.1;
    }
    Some(Indexed { colours, points })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn restored(indexed: &Indexed) -> Vec<[u8; 3]> {
        let colour = |&place: &u8| [0, 1, 2].map(|channel| indexed.colours[place as usize * 3 + channel]);
        indexed.points.iter().map(colour).collect()
    }

    #[test]
    fn few_colours_come_back_exactly() {
        let picture = [[255, 255, 255, 255], [31, 95, 160, 255], [255, 255, 255, 255], [0, 0, 0, 255]].concat();
        let indexed = index(&picture);
        assert_eq!(restored(&indexed), [[255, 255, 255], [31, 95, 160], [255, 255, 255], [0, 0, 0]]);
        assert_eq!(indexed.colours.len(), 9);
    }

    #[test]
    fn many_colours_become_those_nearest() {
        let picture: Vec<u8> = (0..=255u8).flat_map(|step| [[step, step, step, 255], [step, 255, step, 255]].concat()).collect();
        let indexed = index(&picture);
        assert!(indexed.colours.len() <= 768);
        let worst = restored(&indexed).iter().zip(picture.chunks_exact(4)).map(|(now, was)| now[0].abs_diff(was[0])).max();
        assert!(worst <= Some(3), "{worst:?}");
    }
}
