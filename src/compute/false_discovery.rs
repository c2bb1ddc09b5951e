//! Many comparisons at once: how many of those that are called changes would be false.
//!
//! Formula: Benjamini–Hochberg, qᵢ = min over j ≥ i of p₍ⱼ₎·m/j with p sorted upwards. Source: Benjamini and Hochberg 1995, J. R.
//! Statist. Soc. B 57: 289–300. Degenerate cases: no p-values give none; one keeps its p; what has no p is not counted.

/// The q-values of p-values, in their order.
pub fn q_values(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[b].total_cmp(&p_values[a]));
    let count = p_values.len() as f64;
    let mut q = vec![0.0; p_values.len()];
    let mut least: f64 = 1.0;
    for (from_top, place) in order.into_iter().enumerate() {
        // Divided first, the last factor is 1 and no q falls below its p.
        least = least.min(p_values[place] * (count / (count - from_top as f64)));
        q[place] = least;
    }
    q
}

#[cfg(test)]
mod tests {
    use super::q_values;

    #[test]
    fn one_comparison_keeps_its_p() {
        assert_eq!(q_values(&[0.03]), [0.03]);
        assert!(q_values(&[]).is_empty());
        assert_eq!(q_values(&[0.01, 0.04, 0.03]), [0.03, 0.04, 0.04]);
    }

    proptest::proptest! {
        #[test]
        fn no_q_is_below_its_p_and_order_is_kept(p in proptest::collection::vec(0.0..1.0f64, 1..40)) {
            let q = q_values(&p);
            for (i, (own_p, own_q)) in p.iter().zip(&q).enumerate() {
                assert!(own_q >= own_p && *own_q <= 1.0);
                assert!(p.iter().zip(&q).skip(i).all(|(other_p, other_q)| (own_p < other_p) <= (own_q <= other_q)));
            }
        }
    }
}
