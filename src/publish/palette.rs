//! The colours of a picture: a chart has few, and a file that names each point's colour by its place in a list is a third as large.

use std::collections::HashMap;

/// What a PNG can list.
const MOST: usize = 256;
/// Points that are looked at together: most of a chart is paper, and many points of it are one.
const TOGETHER: usize = 32;
const RECENT: usize = 1024;

/// Neighbours of one colour.
struct Run {
    /// The place of the colour in the list.
    place: usize,
    length: usize,
}

/// Colours in the order in which they come, with how many points have each.
struct List {
    places: HashMap<u32, usize>,
    colours: Vec<(u32, usize)>,
    /// Soft edges come in the same few colours: most find theirs here, without asking the map.
    recent: [(Option<u32>, usize); RECENT],
}

/// Writes the place of each point's colour in a list of at most 256 colours; gives the list. Points of the picture are red,
/// green, blue, opaque. Where soft edges make too many colours, the rarest become the nearest of the others.
pub fn index(picture: &[u8], places: &mut Vec<u8>) -> Vec<u8> {
    let mut list = List { places: HashMap::new(), colours: Vec::new(), recent: [(None, 0); RECENT] };
    let runs = runs(picture, &mut list);
    let mut often: Vec<usize> = (0..list.colours.len()).collect();
    often.sort_by_key(|&place| (std::cmp::Reverse(list.colours[place].1), place));
    let kept: Vec<[u8; 3]> = often.iter().take(MOST).map(|&place| channels(list.colours[place].0)).collect();
    let mut own = vec![0; often.len()];
    for (rank, &place) in often.iter().enumerate() {
        own[place] = if rank < MOST { rank } else { nearest(&kept, channels(list.colours[place].0)) } as u8;
    }
    places.clear();
    places.reserve(picture.len() / 4);
    for run in runs {
        places.resize(places.len() + run.length, own[run.place]);
    }
    kept.concat()
}

fn runs(picture: &[u8], list: &mut List) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut last = None;
    for some in picture.chunks(4 * TOGETHER) {
        let some = some.as_chunks::<4>().0;
        if let (Some(colour), Some(run)) = (last, runs.last_mut())
            && some.iter().fold(0, |differ, point| differ | (u32::from_le_bytes(*point) ^ colour)) == 0
        {
            run.length += some.len();
            continue;
        }
        for point in some {
            let colour = u32::from_le_bytes(*point);
            match runs.last_mut() {
                Some(run) if last == Some(colour) => run.length += 1,
                _ => {
                    runs.push(Run { place: list.place(colour), length: 1 });
                    last = Some(colour);
                }
            }
        }
    }
    runs.iter().for_each(|run| list.colours[run.place].1 += run.length);
    runs
}

impl List {
    fn place(&mut self, colour: u32) -> usize {
        let slot = (colour.wrapping_mul(0x9E37_79B1) >> 22) as usize % RECENT;
        if self.recent[slot].0 != Some(colour) {
            let place = *self.places.entry(colour).or_insert_with(|| {
                self.colours.push((colour, 0));
                self.colours.len() - 1
            });
            self.recent[slot] = (Some(colour), place);
        }
        self.recent[slot].1
    }
}

fn channels(colour: u32) -> [u8; 3] {
    let [red, green, blue, _] = colour.to_le_bytes();
    [red, green, blue]
}

fn nearest(kept: &[[u8; 3]], colour: [u8; 3]) -> usize {
    let far = |other: &[u8; 3]| other.iter().zip(colour).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum::<u32>();
    kept.iter().enumerate().min_by_key(|(_, other)| far(other)).map_or(0, |(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn restored(picture: &[u8]) -> (usize, Vec<[u8; 3]>) {
        let mut places = Vec::new();
        let colours = index(picture, &mut places);
        let colour = |&place: &u8| [0, 1, 2].map(|channel| colours[place as usize * 3 + channel]);
        (colours.len(), places.iter().map(colour).collect())
    }

    #[test]
    fn few_colours_come_back_exactly() {
        let picture = [[255, 255, 255, 255], [31, 95, 160, 255], [255, 255, 255, 255], [0, 0, 0, 255]].concat();
        assert_eq!(restored(&picture), (9, vec![[255, 255, 255], [31, 95, 160], [255, 255, 255], [0, 0, 0]]));
    }

    #[test]
    fn runs_of_paper_end_where_something_is_drawn() {
        let mut picture = [255, 255, 255, 255].repeat(100);
        picture[4 * 70..4 * 71].copy_from_slice(&[1, 2, 3, 255]);
        let (_, colours) = restored(&picture);
        assert_eq!(colours.len(), 100);
        assert!(colours.iter().enumerate().all(|(place, colour)| (*colour == [1, 2, 3]) == (place == 70)));
    }

    #[test]
    fn rare_colours_become_the_nearest_and_frequent_ones_stay() {
        let mut picture = [31, 95, 160, 255].repeat(500);
        picture.extend((0..=255u8).flat_map(|step| [[step, step, step, 255], [step, 255, step, 255]].concat()));
        let (listed, colours) = restored(&picture);
        assert_eq!(listed, 768);
        assert_eq!(colours[0], [31, 95, 160]);
        let off = |(now, was): (&[u8; 3], &[u8])| now.iter().zip(was).map(|(a, b)| a.abs_diff(*b)).max();
        let close = colours.iter().zip(picture.chunks_exact(4)).filter(|pair| off((pair.0, pair.1)) <= Some(2)).count();
        assert!(close > 500 + 256, "{close}");
    }
}
