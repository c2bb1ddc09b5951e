//! Labels in one column, moved apart as little as possible so that none touches another.

/// A label's wanted middle and its height.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    pub middle: f64,
    pub height: f64,
}

/// Labels that touch stand together as one block around the mean of what they want.
struct Block {
    members: Vec<usize>,
    top: f64,
    height: f64,
}

/// The middles that the labels get, in the order given (pool-adjacent-violators: least squares from the wishes).
pub fn spread(wishes: &[Wish], top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|&a, &b| wishes[a].middle.total_cmp(&wishes[b].middle).then(a.cmp(&b)));
    let mut blocks: Vec<Block> = Vec::new();
    for place in order {
        let mut block = settled(vec![place], wishes, top, bottom);
        while let Some(above) = blocks.pop_if(|above| above.top + above.height > block.top + 1e-9) {
            let members = above.members.into_iter().chain(block.members).collect();
            block = settled(members, wishes, top, bottom);
        }
        blocks.push(block);
    }
    let mut middles = vec![0.0; wishes.len()];
    for block in blocks {
        let mut edge = block.top;
        for member in block.members {
            middles[member] = edge + wishes[member].height / 2.0;
            edge += wishes[member].height;
        }
    }
    middles
}

fn settled(members: Vec<usize>, wishes: &[Wish], top: f64, bottom: f64) -> Block {
    let mut height = 0.0;
    let mut wanted_top = 0.0;
    for &member in &members {
        wanted_top += wishes[member].middle - wishes[member].height / 2.0 - height;
        height += wishes[member].height;
    }
    let wanted = wanted_top / members.len() as f64;
    Block { top: wanted.min(bottom - height).max(top), height, members }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(middle: f64) -> Wish {
        Wish { middle, height: 10.0 }
    }

    #[test]
    fn labels_with_room_stay_where_they_are() {
        assert_eq!(spread(&[wish(50.0), wish(20.0)], 0.0, 100.0), [50.0, 20.0]);
    }

    #[test]
    fn labels_that_collide_part_around_their_mean() {
        assert_eq!(spread(&[wish(50.0), wish(50.0)], 0.0, 100.0), [45.0, 55.0]);
        assert_eq!(
            spread(&[wish(50.0), wish(48.0), wish(51.0)], 0.0, 100.0),
            [49.666666666666664, 39.666666666666664, 59.666666666666664]
        );
    }

    #[test]
    fn labels_stay_on_the_page() {
        assert_eq!(spread(&[wish(2.0), wish(99.0)], 0.0, 100.0), [5.0, 95.0]);
        assert_eq!(spread(&[wish(99.0), wish(98.0)], 0.0, 100.0), [95.0, 85.0]);
    }
}
