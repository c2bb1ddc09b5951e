//! An attacker who knows every published figure and sum, and solves for the rest by exact fractions.

use super::*;

/// Figures and their published sums, without identities.
fn of<'a>(figures: &'a [f64], sums: &'a [Sum]) -> Known<'a> {
    Known { figures, sums, identities: &[] }
}

const FIVE: Rule = Rule { threshold: 5.0, dominance: None };

/// A fraction in lowest terms.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Fraction(i128, i128);

impl Fraction {
    fn new(top: i128, bottom: i128) -> Fraction {
        let (mut a, mut b) = (top.abs(), bottom.abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let sign = if bottom < 0 { -1 } else { 1 };
        Fraction(sign * top / a.max(1), bottom.abs() / a.max(1))
    }

    fn less(self, other: Fraction, times: Fraction) -> Fraction {
        Fraction::new(self.0 * other.1 * times.1 - other.0 * times.0 * self.1, self.1 * other.1 * times.1)
    }

    fn over(self, other: Fraction) -> Fraction {
        Fraction::new(self.0 * other.1, self.1 * other.0)
    }
}

/// The rows of a system after Gauss and Jordan, without those that say nothing.
fn solve(mut rows: Vec<Vec<Fraction>>) -> Vec<Vec<Fraction>> {
    let width = rows.first().map_or(0, Vec::len);
    let mut done = 0;
    for column in 0..width {
        let Some(pivot) = (done..rows.len()).find(|&row| rows[row][column].0 != 0) else { continue };
        rows.swap(done, pivot);
        let lead = rows[done][column];
        let first: Vec<Fraction> = rows[done].iter().map(|cell| cell.over(lead)).collect();
        rows[done].clone_from(&first);
        for row in (0..rows.len()).filter(|row| *row != done) {
            let times = rows[row][column];
            rows[row] = rows[row].iter().zip(&first).map(|(cell, own)| cell.less(*own, times)).collect();
        }
        done += 1;
    }
    rows.truncate(done);
    rows
}

/// The withheld figures and sums that the attacker finds out.
fn found_out(known: Known, withheld: &Withheld) -> Vec<String> {
    let Known { figures, sums, identities } = known;
    let row = |sum: &Sum| {
        let mut row = vec![Fraction(0, 1); figures.len()];
        for &(figure, sign) in sum {
            row[figure] = Fraction(row[figure].0 + i128::from(sign), 1);
        }
        row
    };
    let shown_figures = (0..figures.len()).filter(|&figure| !withheld.figures[figure]).map(|figure| row(&vec![(figure, 1)]));
    let shown_sums = sums.iter().zip(&withheld.sums).filter(|(_, withheld)| !**withheld).map(|(sum, _)| row(sum));
    let known: Vec<Vec<Fraction>> = shown_figures.chain(shown_sums).chain(identities.iter().map(row)).collect();
    let rank = solve(known.clone()).len();
    let tells = |sum: &Sum| solve(known.iter().cloned().chain([row(sum)]).collect()).len() == rank;
    let figures_told = (0..figures.len()).filter(|&figure| withheld.figures[figure] && tells(&vec![(figure, 1)]));
    let sums_told = (0..sums.len()).filter(|&sum| withheld.sums[sum] && tells(&sums[sum]));
    figures_told.map(|figure| format!("figure {figure}")).chain(sums_told.map(|sum| format!("sum {sum}"))).collect()
}

/// A table of areas by members, with all its totals: of each area, of each member, of each member among areas, of everything.
fn table(areas: usize, members: usize) -> Vec<Sum> {
    let cell = |area: usize, member: usize| (area * members + member, 1);
    let of_area = (0..areas).map(|area| (0..members).map(|member| cell(area, member)).collect());
    let of_member = (0..members).map(|member| (0..areas).map(|area| cell(area, member)).collect());
    let all = (0..areas * members).map(|figure| (figure, 1)).collect();
    of_area.chain(of_member).chain([all]).collect()
}

#[test]
fn one_small_figure_takes_three_others_with_it() {
    let figures = [3.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 100.0, 110.0];
    let withheld = withhold(of(&figures, &table(3, 3)), &FIVE);
    assert!(withheld.figures[0]);
    assert_eq!(withheld.figures.iter().filter(|withheld| **withheld).count(), 4, "{withheld:?}");
    assert!(withheld.sums.iter().all(|withheld| !withheld), "all totals stand");
    assert_eq!(found_out(of(&figures, &table(3, 3)), &withheld), [""; 0]);
}

#[test]
fn nothing_is_withheld_where_nothing_is_small() {
    let withheld = withhold(of(&[0.0, 5.0, 50.0, 0.0], &table(2, 2)), &FIVE);
    assert!(withheld.figures.iter().chain(&withheld.sums).all(|withheld| !withheld));
}

#[test]
fn a_figure_that_is_its_own_total_takes_the_total_with_it() {
    let withheld = withhold(of(&[3.0], &[vec![(0, 1)], vec![(0, 1)]]), &FIVE);
    assert_eq!(withheld, Withheld { figures: vec![true], sums: vec![true, true] });
}

#[test]
fn a_small_difference_of_two_large_sums_is_withheld() {
    // 100 − 97: the parts stand, so one of them has to go as well.
    let sums = vec![vec![(0, 1), (1, -1)], vec![(0, 1), (2, 1)], vec![(1, 1), (2, 1)]];
    let figures = [100.0, 97.0, 50.0];
    let withheld = withhold(of(&figures, &sums), &FIVE);
    assert!(withheld.sums[0]);
    assert_eq!(found_out(of(&figures, &sums), &withheld), [""; 0]);
}

#[test]
fn a_sum_that_one_part_dominates_is_withheld() {
    let rule = Rule { threshold: 0.0, dominance: Some(Dominance { largest: 1, share: 0.8 }) };
    let figures = [900.0, 50.0, 50.0, 300.0, 300.0, 400.0];
    let sums = vec![vec![(0, 1), (1, 1), (2, 1)], vec![(3, 1), (4, 1), (5, 1)]];
    let withheld = withhold(of(&figures, &sums), &rule);
    assert_eq!(withheld.sums, [true, false]);
    assert_eq!(found_out(of(&figures, &sums), &withheld), [""; 0]);
}

#[test]
fn what_everybody_knows_of_the_figures_is_no_way_round() {
    // All myopia is low, moderate and high: with three of the four the fourth is known.
    let figures = [120.0, 80.0, 37.0, 3.0];
    let identities = [vec![(0, 1), (1, -1), (2, -1), (3, -1)]];
    let known = Known { figures: &figures, sums: &[], identities: &identities };
    let withheld = withhold(known, &FIVE);
    assert_eq!(withheld.figures, [false, false, true, true]);
    assert_eq!(found_out(known, &withheld), [""; 0]);
}

#[test]
fn a_sum_far_from_a_figure_that_it_helps_to_tell_goes() {
    // 1 = 1 + 0 and 5 = 4 + 1, with the sums 6, 5 and 1 over both: the second 1 follows from all of them together.
    let figures = [1.0, 1.0, 0.0, 5.0, 4.0, 1.0];
    let identities = [vec![(0, 1), (1, -1), (2, -1)], vec![(3, 1), (4, -1), (5, -1)]];
    let sums = [vec![(0, 1), (3, 1)], vec![(1, 1), (4, 1)], vec![(2, 1), (5, 1)]];
    let known = Known { figures: &figures, sums: &sums, identities: &identities };
    assert_eq!(found_out(known, &withhold(known, &FIVE)), [""; 0]);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2000))]

    #[test]
    fn no_table_with_all_its_totals_lets_a_withheld_figure_be_solved_for(
        areas in 1usize..5,
        members in 1usize..5,
        small in proptest::collection::vec(proptest::prop_oneof![3 => 0u8..8, 2 => 8u8..200], 16),
    ) {
        let figures: Vec<f64> = small.iter().take(areas * members).map(|&value| f64::from(value)).collect();
        let sums = table(areas, members);
        let withheld = withhold(of(&figures, &sums), &FIVE);
        for (figure, value) in figures.iter().enumerate() {
            assert!(withheld.figures[figure] || !(*value > 0.0 && *value < 5.0), "{value} is published");
        }
        assert_eq!(found_out(of(&figures, &sums), &withheld), [""; 0]);
    }

    #[test]
    fn nor_does_any_other_set_of_published_sums(
        values in proptest::collection::vec(0u8..30, 3..10),
        picks in proptest::collection::vec(proptest::collection::vec((0usize..10, proptest::bool::weighted(0.8)), 1..6), 1..9),
    ) {
        let figures: Vec<f64> = values.iter().map(|&value| f64::from(value)).collect();
        let sums: Vec<Sum> = picks
            .iter()
            .map(|pick| {
                let signs: BTreeMap<usize, i8> = pick.iter().map(|&(figure, plus)| (figure % figures.len(), if plus { 1 } else { -1 })).collect();
                signs.into_iter().collect()
            })
            .collect();
        let withheld = withhold(of(&figures, &sums), &FIVE);
        assert_eq!(found_out(of(&figures, &sums), &withheld), [""; 0]);
    }

    #[test]
    fn nor_do_parts_and_wholes_with_all_their_totals(
        areas in 1usize..4,
        parts in 2usize..4,
        small in proptest::collection::vec(0u8..60, 12),
    ) {
        // In each area a whole and its parts; of each of them the sum over the areas.
        let width = parts + 1;
        let mut figures = vec![0.0; areas * width];
        for (at, value) in small.iter().take(areas * parts).enumerate() {
            let (area, part) = (at / parts, at % parts);
            figures[area * width + 1 + part] = f64::from(*value);
            figures[area * width] += f64::from(*value);
        }
        let identities: Vec<Sum> = (0..areas)
            .map(|area| (0..width).map(|at| (area * width + at, if at == 0 { 1 } else { -1 })).collect())
            .collect();
        let sums: Vec<Sum> = (0..width).map(|at| (0..areas).map(|area| (area * width + at, 1)).collect()).collect();
        let known = Known { figures: &figures, sums: &sums, identities: &identities };
        assert_eq!(found_out(known, &withhold(known, &FIVE)), [""; 0]);
    }
}
