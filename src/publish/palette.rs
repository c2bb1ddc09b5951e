//! The colours of a picture: a chart has few, and a file that names each point's colour by its place in a list is a third as large.

use std::collections::{HashMap, hash_map::Entry};

use super::paper::Paper;

/// What a PNG can list.
const MOST: usize = 256;
/// Points that are looked at together: many that were drawn on are white all the same, or in the middle of a bar.
const TOGETHER: usize = 16;
const RECENT: usize = 1024;
const WHITE: u32 = u32::MAX;

/// Neighbours of one colour, row after row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// The place of the colour in the list.
    pub place: u8,
    pub length: u32,
}

/// A picture by the places of its colours.
pub struct Indexed {
    /// Red, green and blue of at most 256 colours, the most frequent first.
    pub colours: Vec<u8>,
    /// From the upper left to the lower right; no run goes on beyond its row.
    pub runs: Vec<Run>,
}

/// Colours in the order in which they come, with how many points have each.
struct List {
    places: HashMap<u32, usize>,
    colours: Vec<(u32, usize)>,
    /// Soft edges come in the same few colours: most find theirs here, without asking the map.
    recent: [(u32, usize); RECENT],
}

/// Takes a picture from the paper, by its colours. Where soft edges make more of them than can be listed, the rarest become the nearest of the others.
pub fn index(paper: &mut Paper) -> Indexed {
    let mut list = List { places: HashMap::new(), colours: Vec::new(), recent: [(WHITE, 0); RECENT] };
    list.find(WHITE);
    let found = runs(paper, &mut list);
    found.iter().for_each(|(place, length)| list.colours[*place].1 += length);
    let mut often: Vec<usize> = (0..list.colours.len()).collect();
    often.sort_by_key(|&place| (std::cmp::Reverse(list.colours[place].1), place));
    let kept: Vec<[u8; 3]> = often.iter().take(MOST).map(|&place| channels(list.colours[place].0)).collect();
    let mut own = vec![0; often.len()];
    for (rank, &place) in often.iter().enumerate() {
        own[place] = if rank < MOST { rank } else { nearest(&kept, channels(list.colours[place].0)) } as u8;
    }
    let runs = found.into_iter().map(|(place, length)| Run { place: own[place], length: length as u32 }).collect();
    Indexed { colours: kept.concat(), runs }
}

/// Runs by the order in which their colours came.
fn runs(paper: &mut Paper, list: &mut List) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    for row in 0..paper.height() {
        let begun = runs.len();
        let mut at = 0;
        paper.take(row, |start, points| {
            lengthen(&mut runs, begun, list, WHITE, start - at);
            stretch(points, &mut runs, begun, list);
            at = start + points.len();
        });
        lengthen(&mut runs, begun, list, WHITE, paper.width() - at);
    }
    runs
}

/// What stands in a stretch of a row that may have been drawn on.
fn stretch(points: &[[u8; 4]], runs: &mut Vec<(usize, usize)>, begun: usize, list: &mut List) {
    let mut last = WHITE;
    let mut length = 0;
    for some in points.chunks(TOGETHER) {
        if some.iter().fold(0, |differ, point| differ | (u32::from_le_bytes(*point) ^ last)) == 0 {
            length += some.len();
            continue;
        }
        for point in some {
            let colour = u32::from_le_bytes(*point);
            if colour != last {
                lengthen(runs, begun, list, last, length);
                (last, length) = (colour, 0);
            }
            length += 1;
        }
    }
    lengthen(runs, begun, list, last, length);
}

/// More points of one colour: of the run before, if it is in the row that has begun and of that colour.
fn lengthen(runs: &mut Vec<(usize, usize)>, begun: usize, list: &mut List, colour: u32, length: usize) {
    if length == 0 {
        return;
    }
    let place = list.find(colour);
    match runs[begun..].last_mut() {
        Some(run) if run.0 == place => run.1 += length,
        _ => runs.push((place, length)),
    }
}

impl List {
    fn find(&mut self, colour: u32) -> usize {
        let slot = (colour.wrapping_mul(0x9E37_79B1) >> 22) as usize % RECENT;
        if self.recent[slot].0 != colour || self.colours.is_empty() {
            let place = match self.places.entry(colour) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(new) => {
                    self.colours.push((colour, 0));
                    *new.insert(self.colours.len() - 1)
                }
            };
            self.recent[slot] = (colour, place);
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

    fn restored(width: usize, picture: &[[u8; 4]]) -> (usize, Vec<[u8; 3]>) {
        let mut paper = Paper::default();
        paper.lay(width as u32, (picture.len() / width) as u32);
        for (row, points) in picture.chunks(width).enumerate() {
            paper.row(row, 0..width).copy_from_slice(points);
        }
        let Indexed { colours, runs } = index(&mut paper);
        let colour = |place: u8| [0, 1, 2].map(|channel| colours[place as usize * 3 + channel]);
        let points = runs.iter().flat_map(|run| std::iter::repeat_n(colour(run.place), run.length as usize));
        (colours.len(), points.collect())
    }

    #[test]
    fn few_colours_come_back_exactly() {
        let picture = [[255, 255, 255, 255], [31, 95, 160, 255], [255, 255, 255, 255], [0, 0, 0, 255]];
        let colours = vec![[255, 255, 255], [31, 95, 160], [255, 255, 255], [0, 0, 0]];
        assert_eq!(restored(4, &picture), (9, colours.clone()));
        assert_eq!(restored(2, &picture), (9, colours.clone()));
        assert_eq!(restored(1, &picture), (9, colours));
    }

    #[test]
    fn runs_of_paper_end_where_something_is_drawn() {
        let mut picture = [[255, 255, 255, 255]; 100];
        picture[70] = [1, 2, 3, 255];
        let (_, colours) = restored(50, &picture);
        assert_eq!(colours.len(), 100);
        assert!(colours.iter().enumerate().all(|(place, colour)| (*colour == [1, 2, 3]) == (place == 70)));
    }

    #[test]
    fn rare_colours_become_the_nearest_and_frequent_ones_stay() {
        let mut picture = vec![[31, 95, 160, 255]; 500];
        picture.extend((0..=255u8).flat_map(|step| [[step, step, step, 255], [step, 255, step, 255]]));
        let (listed, colours) = restored(4, &picture);
        assert_eq!(listed, 768);
        assert_eq!(colours[0], [31, 95, 160]);
        let off = |now: &[u8; 3], was: &[u8; 4]| now.iter().zip(was).map(|(a, b)| a.abs_diff(*b)).max();
        let close = colours.iter().zip(&picture).filter(|(now, was)| off(now, was) <= Some(2)).count();
        assert!(close > 500 + 256, "{close}");
    }
}
