//! 差异系数, and its composite.
//!
//! Formula: CV = S / X̄ with S = √Σ (Pᵢ/P)·(xᵢ − X̄)², weighted by pupils Pᵢ, and X̄ the whole's own ratio of sums; the composite is
//! the plain mean of the indicators' CVs. What a nine- or twelve-year school has is split among its stages before (`ingest/split`).
//! Source: 教督〔2017〕6号. Degenerate cases: no units, weights that sum to 0 or X̄ = 0 give no value; one unit gives 0; a composite of
//! nothing is none.

use super::total::total;

/// Coefficient of variation of weighted values about a given mean.
pub fn variation(pairs: &[(f64, f64)], mean: f64) -> Option<f64> {
    let weight = total(pairs.iter().map(|(weight, _)| *weight));
    if pairs.is_empty() || weight <= 0.0 || mean == 0.0 {
        return None;
    }
    let variance = total(pairs.iter().map(|(share, value)| share / weight * (value - mean).powi(2)));
    Some(variance.sqrt() / mean)
}

/// The plain mean of coefficients of variation: the one mean that the rule itself asks for.
pub fn composite(variations: &[f64]) -> Option<f64> {
    (!variations.is_empty()).then(|| total(variations.iter().copied()) / variations.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked example of 教督〔2017〕6号: pupils of five schools and their books.
    #[test]
    fn the_official_worked_example() {
        let (pupils, books) = ([45.0, 37.0, 89.0, 76.0, 55.0], [279.0, 137.0, 935.0, 160.0, 402.0]);
        let mean = total(books) / total(pupils);
        assert!((mean - 6.334).abs() < 5e-4);
        let pairs: Vec<(f64, f64)> = pupils.iter().zip(books).map(|(&pupils, books)| (pupils, books / pupils)).collect();
        assert!((variation(&pairs, mean).unwrap() - 0.5153).abs() < 5e-5);
        // Each school counted once about their plain mean, it would pass as below 0.50.
        let unweighted: Vec<(f64, f64)> = pairs.iter().map(|&(_, each)| (1.0, each)).collect();
        let plain_mean = total(pairs.iter().map(|&(_, each)| each)) / 5.0;
        assert!((variation(&unweighted, plain_mean).unwrap() - 0.489).abs() < 5e-4);
    }

    #[test]
    fn the_official_composites() {
        let first = composite(&[0.881, 1.299, 0.977, 0.379, 0.170, 0.334, 0.286, 0.408]).unwrap();
        let second = composite(&[0.353, 0.784, 0.146, 0.491, 0.037, 0.226, 0.223, 0.253]).unwrap();
        assert_eq!((format!("{first:.3}"), format!("{second:.3}")), ("0.592".to_string(), "0.314".to_string()));
        assert_eq!(composite(&[]), None);
    }

    #[test]
    fn degenerate_cases() {
        assert_eq!(variation(&[], 1.0), None);
        assert_eq!(variation(&[(0.0, 3.0)], 3.0), None);
        assert_eq!(variation(&[(2.0, 0.0)], 0.0), None);
        assert_eq!(variation(&[(2.0, 3.0)], 3.0), Some(0.0));
    }
}
