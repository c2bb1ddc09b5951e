//! Which figures must be withheld so that nobody can work out a small one.
//!
//! Rule: a count above 0 and below the threshold is withheld (primary), and so is a sum of which the n largest parts make up more than
//! a share k of it (dominance). Then others are withheld (secondary) until no withheld figure follows from those that are published:
//! figures are unknowns, published sums are equations, and a withheld figure follows from them exactly where its own vector lies in
//! the span of the equations. That is looked for by elimination over the integers modulo 2⁶¹ − 1, without rounding. Partners are the
//! smallest figures of the tightest sum. Source: L. Willenborg and T. de Waal, "Elements of Statistical Disclosure Control" (2001).
//! Identities that everybody knows (low, moderate and high myopia are all of it) are equations, too, and cannot be withheld.
//! Degenerate cases: 0 is no small count and is published; a sum of nothing but zeros is 0 and is published; where no partner is
//! left, the sum itself is withheld.

use std::collections::{BTreeMap, BTreeSet};

/// What counts as telling too much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Counts above 0 and below this are withheld.
    pub threshold: f64,
    pub dominance: Option<Dominance>,
}

/// The `largest` parts of a sum may not make up more than this share of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dominance {
    pub largest: usize,
    pub share: f64,
}

/// A published sum: places among the figures, with 1 or −1.
pub type Sum = Vec<(usize, i8)>;

/// By place: is it withheld?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    pub figures: Vec<bool>,
    pub sums: Vec<bool>,
}

/// Everything there is to be known of some figures.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub figures: &'a [f64],
    /// What is published of them, if it is not withheld.
    pub sums: &'a [Sum],
    /// What everybody knows: combinations of figures that are 0.
    pub identities: &'a [Sum],
}

pub fn withhold(known: Known, rule: &Rule) -> Withheld {
    let is_small = |value: f64| value > 0.0 && value < rule.threshold;
    let tells =
        |sum: &Sum| is_small(worth(known.figures, sum)) || rule.dominance.is_some_and(|rule| dominates(known.figures, sum, rule));
    let mut withheld = Withheld {
        figures: known.figures.iter().map(|&figure| is_small(figure)).collect(),
        sums: known.sums.iter().map(tells).collect(),
    };
    loop {
        let shown = known.sums.iter().zip(&withheld.sums).filter(|(_, withheld)| !**withheld).map(|(sum, _)| sum);
        let span = Span::of(shown.chain(known.identities), &withheld.figures);
        let figures = (0..known.figures.len()).filter(|&figure| withheld.figures[figure]).map(|figure| vec![(figure, 1)]);
        let sums = known.sums.iter().zip(&withheld.sums).filter(|(_, withheld)| **withheld).map(|(sum, _)| sum.clone());
        let told: Vec<Sum> = figures.chain(sums).filter(|item| span.tells(item, &withheld.figures)).collect();
        let mut touched = BTreeSet::new();
        let mut progressed = false;
        for item in &told {
            progressed |= hide_one_more(known, item, &mut withheld, &mut touched);
        }
        if !progressed {
            return withheld;
        }
    }
}

fn worth(figures: &[f64], sum: &Sum) -> f64 {
    sum.iter().map(|&(figure, sign)| figures[figure] * f64::from(sign)).sum()
}

/// A sum of one part tells no more than the part itself, which the rule does not withhold.
fn dominates(figures: &[f64], sum: &Sum, rule: Dominance) -> bool {
    let mut parts: Vec<f64> = sum.iter().map(|&(figure, _)| figures[figure]).filter(|part| *part > 0.0).collect();
    parts.sort_by(|a, b| b.total_cmp(a));
    let all: f64 = parts.iter().sum();
    parts.len() > 1 && parts.iter().take(rule.largest).sum::<f64>() > rule.share * all
}

/// Withholds one thing more on account of an item that can be worked out. Sums that have been seen to in this round are left alone:
/// what was withheld there may be enough.
fn hide_one_more(known: Known, item: &Sum, withheld: &mut Withheld, touched: &mut BTreeSet<usize>) -> bool {
    let has = |sum: &Sum| sum.iter().any(|(figure, _)| item.iter().any(|(own, _)| own == figure));
    let count = known.sums.len();
    let equation = |place: usize| if place < count { &known.sums[place] } else { &known.identities[place - count] };
    let is_shown = |place: &usize| *place >= count || !withheld.sums[*place];
    let mut around: Vec<usize> =
        (0..count + known.identities.len()).filter(is_shown).filter(|&place| has(equation(place))).collect();
    around.sort_by_key(|&place| (equation(place).len(), place));
    // A withheld sum is told by its own parts; a withheld figure by the equations around it, the tightest first.
    let own = (item.len() > 1).then_some((usize::MAX, item));
    let within = own.into_iter().chain(around.iter().map(|&place| (place, equation(place))));
    let partner = within.filter_map(|(place, sum)| Some((place, smallest_shown(known.figures, sum, &withheld.figures)?))).next();
    if let Some((place, partner)) = partner {
        if place == usize::MAX || touched.insert(place) {
            withheld.figures[partner] = true;
        }
        return true;
    }
    let Some(&tightest) = around.iter().find(|place| **place < count) else { return false };
    withheld.sums[tightest] = true;
    true
}

fn smallest_shown(figures: &[f64], sum: &Sum, withheld: &[bool]) -> Option<usize> {
    let shown = sum.iter().map(|(figure, _)| *figure).filter(|&figure| !withheld[figure] && figures[figure] > 0.0);
    shown.min_by(|&a, &b| figures[a].total_cmp(&figures[b]).then(a.cmp(&b)))
}

const PRIME: u64 = (1 << 61) - 1;

/// A linear combination of withheld figures, modulo the prime.
type Vector = BTreeMap<usize, u64>;

/// Everything that published sums say of the withheld figures, as a basis in reduced form: each vector begins with a 1 where no other has any.
struct Span {
    basis: BTreeMap<usize, Vector>,
}

impl Span {
    fn of<'a>(published: impl Iterator<Item = &'a Sum>, withheld: &[bool]) -> Span {
        let mut span = Span { basis: BTreeMap::new() };
        let vectors: BTreeSet<Vector> = published.map(|sum| vector(sum, withheld)).collect();
        for vector in vectors {
            let rest = span.reduce(vector);
            let Some((&lead, &first)) = rest.first_key_value() else { continue };
            let scale = inverse(first);
            let rest: Vector = rest.into_iter().map(|(figure, factor)| (figure, times(factor, scale))).collect();
            for other in span.basis.values_mut() {
                if let Some(&factor) = other.get(&lead) {
                    subtract(other, &rest, factor);
                }
            }
            span.basis.insert(lead, rest);
        }
        span
    }

    fn reduce(&self, mut vector: Vector) -> Vector {
        let leads: Vec<usize> = vector.keys().filter(|figure| self.basis.contains_key(figure)).copied().collect();
        for lead in leads {
            if let (Some(&factor), Some(known)) = (vector.get(&lead), self.basis.get(&lead)) {
                subtract(&mut vector, known, factor);
            }
        }
        vector
    }

    /// Does a sum follow from what is published?
    fn tells(&self, sum: &Sum, withheld: &[bool]) -> bool {
        self.reduce(vector(sum, withheld)).is_empty()
    }
}

/// What a sum says of the withheld figures once the published ones are taken away.
fn vector(sum: &Sum, withheld: &[bool]) -> Vector {
    let mut vector = Vector::new();
    for &(figure, sign) in sum.iter().filter(|(figure, _)| withheld[*figure]) {
        let factor = vector.entry(figure).or_default();
        *factor = if sign < 0 { (*factor + PRIME - 1) % PRIME } else { (*factor + 1) % PRIME };
    }
    vector.retain(|_, factor| *factor != 0);
    vector
}

fn subtract(from: &mut Vector, other: &Vector, times_factor: u64) {
    for (&figure, &factor) in other {
        let entry = from.entry(figure).or_default();
        *entry = (*entry + PRIME - times(factor, times_factor)) % PRIME;
    }
    from.retain(|_, factor| *factor != 0);
}

fn times(a: u64, b: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(PRIME)) as u64
}

/// By Fermat's little theorem.
fn inverse(a: u64) -> u64 {
    let (mut result, mut base, mut power) = (1, a, PRIME - 2);
    while power > 0 {
        if power % 2 == 1 {
            result = times(result, base);
        }
        base = times(base, base);
        power /= 2;
    }
    result
}

#[cfg(test)]
mod tests;
