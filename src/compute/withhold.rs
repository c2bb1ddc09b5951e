//! Which figures must be withheld so that nobody can work out a small one.
//!
//! Rule: a count above 0 and below the threshold is withheld (primary), and so is a sum of which the n largest parts make up more than
//! a share k of it (dominance). Then others are withheld (secondary) until no withheld figure follows from those that are published:
//! figures are unknowns, published sums are equations, and a withheld figure follows from them exactly where its own vector lies in
//! the span of the equations. That is looked for by elimination over the integers modulo 2⁶¹ − 1, without rounding. Partners are the
//! figures of the tightest sum that need the fewest partners themselves, and of these the smallest. Source: L. Willenborg and T. de
//! Waal, "Elements of Statistical Disclosure Control" (2001).
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
    let withheld = Withheld {
        figures: known.figures.iter().map(|&figure| is_small(figure)).collect(),
        sums: known.sums.iter().map(tells).collect(),
    };
    let mut search = Search::new(known, withheld);
    loop {
        let told = search.told();
        // First what a single equation tells; what several tell together may have settled itself by then.
        let mut seen_to = BTreeSet::new();
        let mut progressed = false;
        for item in &told {
            progressed |= search.against_one(item, &mut seen_to);
        }
        if !progressed && !told.iter().any(|item| search.against_several(item) || search.against_far(item)) {
            return search.withheld;
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

/// The state of the search for partners. Equations are the sums, and behind them the identities.
struct Search<'a> {
    known: Known<'a>,
    withheld: Withheld,
    /// By figure: the equations it is in, the tightest first.
    around: Vec<Vec<usize>>,
}

impl<'a> Search<'a> {
    fn new(known: Known<'a>, withheld: Withheld) -> Search<'a> {
        let mut search = Search { known, withheld, around: vec![Vec::new(); known.figures.len()] };
        let mut places: Vec<usize> = (0..known.sums.len() + known.identities.len()).collect();
        places.sort_by_key(|&place| (search.equation(place).len(), place));
        for place in places {
            for &(figure, _) in search.equation(place) {
                search.around[figure].push(place);
            }
        }
        search
    }

    fn equation(&self, place: usize) -> &'a Sum {
        let count = self.known.sums.len();
        if place < count { &self.known.sums[place] } else { &self.known.identities[place - count] }
    }

    /// Is it a sum, so that it can be withheld?
    fn is_sum(&self, place: usize) -> bool {
        place < self.known.sums.len()
    }

    fn is_shown(&self, place: usize) -> bool {
        !self.is_sum(place) || !self.withheld.sums[place]
    }

    /// What is withheld and can be worked out.
    fn told(&self) -> Vec<Sum> {
        let shown = (0..self.known.sums.len() + self.known.identities.len()).filter(|&place| self.is_shown(place));
        let span = Span::of(shown.map(|place| self.equation(place)), &self.withheld.figures);
        let figures =
            (0..self.known.figures.len()).filter(|&figure| self.withheld.figures[figure]).map(|figure| vec![(figure, 1)]);
        let sums = self.known.sums.iter().zip(&self.withheld.sums).filter(|(_, withheld)| **withheld).map(|(sum, _)| sum.clone());
        figures.chain(sums).filter(|item| span.tells(item, &self.withheld.figures)).collect()
    }

    /// Shown equations that hold a figure of the item, the tightest first.
    fn around(&self, item: &Sum) -> Vec<usize> {
        let mut around: Vec<usize> =
            item.iter().flat_map(|(figure, _)| &self.around[*figure]).copied().filter(|&place| self.is_shown(place)).collect();
        around.sort_by_key(|&place| (self.equation(place).len(), place));
        around.dedup();
        around
    }

    /// An equation that says the item by itself gets a partner, or goes. One that was seen to in this round is left alone.
    fn against_one(&mut self, item: &Sum, seen_to: &mut BTreeSet<usize>) -> bool {
        let said = vector(item, &self.withheld.figures);
        let says_it = |place: &usize| is_multiple(&vector(self.equation(*place), &self.withheld.figures), &said);
        let Some(place) = self.around(item).into_iter().find(says_it) else { return false };
        match self.partner(self.equation(place)) {
            Some(_) if !seen_to.insert(place) => {}
            Some(partner) => self.withheld.figures[partner] = true,
            None if self.is_sum(place) => self.withheld.sums[place] = true,
            None => return false,
        }
        true
    }

    /// What several equations tell together, or what the shown parts of a withheld sum do: one figure more goes, or the tightest sum.
    fn against_several(&mut self, item: &Sum) -> bool {
        let around = self.around(item);
        let own = (item.len() > 1).then_some(item);
        let partner = own.into_iter().chain(around.iter().map(|&place| self.equation(place))).find_map(|sum| self.partner(sum));
        if let Some(partner) = partner {
            self.withheld.figures[partner] = true;
            return true;
        }
        // A sum of shown figures alone is known without being shown.
        let helps =
            |place: usize| self.is_sum(place) && self.equation(place).iter().any(|(figure, _)| self.withheld.figures[*figure]);
        let Some(tightest) = around.into_iter().find(|&place| helps(place)) else { return false };
        self.withheld.sums[tightest] = true;
        true
    }

    /// Where nothing near helps: of the sums it is tied to through what everybody knows of other withheld figures, the nearest goes.
    fn against_far(&mut self, item: &Sum) -> bool {
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        let mut front: Vec<usize> = item.iter().map(|&(figure, _)| figure).collect();
        while !front.is_empty() {
            front.retain(|&figure| self.withheld.figures[figure] && seen.insert(figure));
            let tied: Sum = front.iter().map(|&figure| (figure, 1)).collect();
            let around = self.around(&tied);
            if let Some(nearest) = around.iter().copied().find(|&place| self.is_sum(place)) {
                self.withheld.sums[nearest] = true;
                return true;
            }
            front = around.iter().flat_map(|&place| self.equation(place)).map(|&(figure, _)| figure).collect();
        }
        false
    }

    /// The figure of a sum to be withheld next: one that leaves the fewest other equations alone with it, and the smallest of these.
    fn partner(&self, sum: &Sum) -> Option<usize> {
        let figures = self.known.figures;
        let is_bare = |place: &&usize| {
            let equation = self.equation(**place);
            equation.len() > 1 && self.is_shown(**place) && !equation.iter().any(|(figure, _)| self.withheld.figures[*figure])
        };
        let lonely = |figure: usize| self.around[figure].iter().filter(is_bare).count();
        let shown =
            sum.iter().map(|(figure, _)| *figure).filter(|&figure| !self.withheld.figures[figure] && figures[figure] > 0.0);
        let order = |&(alone, figure): &(usize, usize), &(other_alone, other): &(usize, usize)| {
            alone.cmp(&other_alone).then(figures[figure].total_cmp(&figures[other])).then(figure.cmp(&other))
        };
        shown.map(|figure| (lonely(figure), figure)).min_by(order).map(|(_, figure)| figure)
    }
}

/// Do two combinations say the same, but for their sign? Factors are 1 and −1.
fn is_multiple(one: &Vector, other: &Vector) -> bool {
    let negated = |vector: &Vector| vector.iter().map(|(figure, factor)| (*figure, PRIME - factor)).collect::<Vector>();
    !one.is_empty() && (one == other || negated(one) == *other)
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
