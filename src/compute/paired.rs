//! The difference of two ratios of sums, with the districts (or schools) as what varies, and not each pupil.
//!
//! Formula: for clusters c with sums y and n before (0) and now (1), the difference R₁ − R₀ of Rₜ = Σyₜ/Σnₜ has the linearised parts
//! z_c = (y₁ − R₁n₁)/Σn₁ − (y₀ − R₀n₀)/Σn₀, the variance C/(C − 1)·Σz_c², and t with C − 1 degrees of freedom: a paired test, each
//! cluster with its own weight. The design effect is that variance over p₁(1 − p₁)/n₁ + p₀(1 − p₀)/n₀. Source: Cochran 1977,
//! Sampling Techniques, 6.3 and 9A; Kish 1965. Degenerate cases: fewer than two clusters, sums of n that are 0 and a variance of 0
//! give none; a cluster that is there in one period alone counts with 0 in the other; p of 0 or 1 has no design effect.

use super::{chance::two_sided_t, total::total};
use crate::model::Cluster;

/// The sums of one cluster, before and now.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Pair {
    pub numerator_before: f64,
    pub denominator_before: f64,
    pub numerator: f64,
    pub denominator: f64,
}

pub fn clustered(pairs: &[Pair], is_proportion: bool) -> Option<Cluster> {
    let sum = |of: fn(&Pair) -> f64| total(pairs.iter().map(of));
    let (y0, n0) = (sum(|pair| pair.numerator_before), sum(|pair| pair.denominator_before));
    let (y1, n1) = (sum(|pair| pair.numerator), sum(|pair| pair.denominator));
    let count = pairs.len() as f64;
    if pairs.len() < 2 || n0 <= 0.0 || n1 <= 0.0 {
        return None;
    }
    let (before, now) = (y0 / n0, y1 / n1);
    let part = |pair: &Pair| {
        (pair.numerator - now * pair.denominator) / n1 - (pair.numerator_before - before * pair.denominator_before) / n0
    };
    let variance = count / (count - 1.0) * total(pairs.iter().map(|pair| part(pair).powi(2)));
    // What is left of sums that agree to the last digit is noise of binary fractions.
    if variance.sqrt() <= 1e-13 * before.abs().max(now.abs()) {
        return None;
    }
    let single = now * (1.0 - now) / n1 + before * (1.0 - before) / n0;
    Some(Cluster {
        clusters: pairs.len(),
        p_value: two_sided_t((now - before) / variance.sqrt(), count - 1.0)?,
        design_effect: (is_proportion && single > 0.0).then(|| variance / single),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(y0: f64, n0: f64, y1: f64, n1: f64) -> Pair {
        Pair { numerator_before: y0, denominator_before: n0, numerator: y1, denominator: n1 }
    }

    #[test]
    fn clusters_of_one_size_give_the_ordinary_paired_t() {
        // Differences 0.1, 0.2, 0.0, 0.1 of clusters of 10: mean 0.1, standard error √(0.02/3/4), t = 2.449 with 3 degrees of freedom.
        let pairs =
            [pair(1.0, 10.0, 2.0, 10.0), pair(2.0, 10.0, 4.0, 10.0), pair(5.0, 10.0, 5.0, 10.0), pair(3.0, 10.0, 4.0, 10.0)];
        let found = clustered(&pairs, true).unwrap();
        assert!((found.p_value - two_sided_t(0.1 / (0.02_f64 / 12.0).sqrt(), 3.0).unwrap()).abs() < 1e-12);
        assert_eq!(found.clusters, 4);
        assert!(found.design_effect.unwrap() < 1.0);
    }

    #[test]
    fn nothing_to_vary_is_no_test() {
        assert_eq!(clustered(&[], true), None);
        assert_eq!(clustered(&[pair(1.0, 2.0, 1.0, 2.0)], true), None);
        assert_eq!(clustered(&[pair(1.0, 2.0, 1.0, 2.0); 3], true), None);
        assert_eq!(clustered(&[pair(0.0, 0.0, 1.0, 2.0), pair(0.0, 0.0, 1.0, 3.0)], true), None);
    }
    proptest::proptest! {
        #[test]
        fn the_order_in_which_clusters_came_does_not_matter(counts in proptest::collection::vec((0u32..100, 1u32..100, 0u32..100, 1u32..100), 2..20)) {
            let mut pairs: Vec<Pair> = counts
                .iter()
                .map(|&(a, b, c, d)| pair(f64::from(a), f64::from(a + b), f64::from(c), f64::from(c + d)))
                .collect();
            let forwards = clustered(&pairs, true);
            pairs.reverse();
            let backwards = clustered(&pairs, true);
            assert_eq!(forwards.is_some(), backwards.is_some());
            if let (Some(one), Some(other)) = (forwards, backwards) {
                assert!((one.p_value - other.p_value).abs() < 1e-9);
            }
        }
    }
}
