//! Sums that do not depend on how they are split.
//!
//! Formula: Neumaier's compensated sum, s + c with c the running error (A. Neumaier, 1974, "Rundungsfehleranalyse einiger
//! Verfahren zur Summation endlicher Summen"). Degenerate cases: no values give 0.

/// The sum of values in their order, with the rounding errors carried along: 0.1 ten times is 1.
pub fn total(values: impl IntoIterator<Item = f64>) -> f64 {
    let (mut sum, mut carried) = (0.0_f64, 0.0_f64);
    for value in values {
        let next = sum + value;
        carried += if sum.abs() >= value.abs() { (sum - next) + value } else { (value - next) + sum };
        sum = next;
    }
    sum + carried
}

#[cfg(test)]
mod tests {
    use super::total;

    #[test]
    fn errors_do_not_pile_up() {
        assert_eq!(total([]), 0.0);
        assert_eq!(total([0.1; 10]), 1.0);
        assert_eq!(total([1.0, 1e100, 1.0, -1e100]), 2.0);
    }

    proptest::proptest! {
        #[test]
        fn counts_add_up_in_any_order(mut counts in proptest::collection::vec(0u32..10_000_000, 0..50)) {
            let forwards = total(counts.iter().map(|&count| f64::from(count)));
            counts.reverse();
            assert_eq!(forwards, total(counts.iter().map(|&count| f64::from(count))));
            assert_eq!(forwards, counts.iter().map(|&count| u64::from(count)).sum::<u64>() as f64);
        }
    }
}
