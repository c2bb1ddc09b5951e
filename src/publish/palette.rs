//! The colours of a picture: a chart has few, and a file that names each point's colour by its place in a list is a third as large.

use std::collections::HashMap;

/// A picture as a list of at most 256 colours and the place of each point's colour in it.
pub struct Indexed {
    pub colours: Vec<u8>,
    pub points: Vec<u8>,
}

/// What a PNG can list.
const MOST: usize = 256;
const RECENT: usize = 1024;

/// Points are red, green, blue, opaque. Where soft edges make too many colours, the rarest become the nearest of the others.
pub fn index(picture: &[u8]) -> Indexed {
    let (colours, points) = distinct(picture);
    let mut often: Vec<(usize, usize)> = colours.iter().enumerate().map(|(place, (_, count))| (place, *count)).collect();
    often.sort_by_key(|&(place, count)| (std::cmp::Reverse(count), place));
    let kept: Vec<[u8; 3]> = often.iter().take(MOST).map(|&(place, _)| colours[place].0).collect();
    let mut listed = vec![0u8; colours.len()];
    for (rank, &(place, _)) in often.iter().enumerate() {
        let own = if rank < MOST { rank } else { nearest(&kept, colours[place].0) };
        listed[place] = own as u8;
    }
    Indexed { colours: kept.concat(), points: points.into_iter().map(|place| listed[place as usize]).collect() }
}

/// Every colour with how often it occurs, and the place of each point's colour among them.
fn distinct(picture: &[u8]) -> (Vec<([u8; 3], usize)>, Vec<u32>) {
    let mut places: HashMap<u32, u32> = HashMap::new();
    let mut colours = Vec::new();
    let mut points = vec![0; picture.len() / 4];
    // Most points find their colour here, without asking the map.
    let mut recent = [(None, 0); RECENT];
    for (point, said) in points.iter_mut().zip(picture.as_chunks::<4>().0) {
        let colour = u32::from_le_bytes(*said);
        let slot = &mut recent[(colour.wrapping_mul(0x9E37_79B1) >> 22) as usize % RECENT];
        if slot.0 != Some(colour) {
            let place = *places.entry(colour).or_insert_with(|| {
                colours.push(([said[0], said[1], said[2]], 0));
                colours.len() as u32 - 1
            });
            *slot = (Some(colour), place);
        }
        colours[slot.1 as usize].1 += 1;
        *point = slot.1;
    }
    (colours, points)
}

fn nearest(kept: &[[u8; 3]], colour: [u8; 3]) -> usize {
    let far = |other: &[u8; 3]| other.iter().zip(colour).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum::<u32>();
    kept.iter().enumerate().min_by_key(|(_, other)| far(other)).map_or(0, |(place, _)| place)
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
    fn rare_colours_become_the_nearest_and_frequent_ones_stay() {
        let mut picture = [31, 95, 160, 255].repeat(500);
        picture.extend((0..=255u8).flat_map(|step| [[step, step, step, 255], [step, 255, step, 255]].concat()));
        let indexed = index(&picture);
        assert_eq!(indexed.colours.len(), 768);
        let colours = restored(&indexed);
        assert_eq!(colours[0], [31, 95, 160]);
        let off = |(now, was): (&[u8; 3], &[u8])| now.iter().zip(was).map(|(a, b)| a.abs_diff(*b)).max();
        let close = colours.iter().zip(picture.chunks_exact(4)).filter(|pair| off((pair.0, pair.1)) <= Some(2)).count();
        assert!(close > 500 + 256, "{close}");
    }
}
