//! How likely chance alone would do it: tails and quantiles of the distributions that tests and intervals rest on.
//!
//! Source: statrs (normal by erfc, Student's t by the incomplete beta function, χ² by the incomplete gamma function).
//! Degenerate cases: what is no number, and degrees of freedom that are not positive, give none.

use statrs::{
    distribution::{ChiSquared, ContinuousCDF},
    function::{beta::checked_beta_reg, erf::erfc, gamma::checked_gamma_ur},
};

/// Quantile of the normal distribution for two-sided 95 %.
pub const Z_95: f64 = 1.959_963_984_540_054;
/// For two-sided 99.8 %, the limits of control charts.
pub const Z_998: f64 = 3.090_232_306_167_813_5;

/// Two-sided tail of the standard normal distribution.
pub fn two_sided(z: f64) -> Option<f64> {
    z.is_finite().then(|| erfc(z.abs() / std::f64::consts::SQRT_2))
}

/// Two-sided tail of Student's t.
pub fn two_sided_t(t: f64, freedom: f64) -> Option<f64> {
    (t.is_finite() && freedom > 0.0).then(|| checked_beta_reg(freedom / 2.0, 0.5, freedom / (freedom + t * t)).ok()).flatten()
}

/// Upper tail of χ² with one degree of freedom.
pub fn chi_squared_tail(statistic: f64) -> Option<f64> {
    match statistic {
        0.0 => Some(1.0),
        _ if statistic.is_finite() && statistic > 0.0 => checked_gamma_ur(0.5, statistic / 2.0).ok(),
        _ => None,
    }
}

/// Quantile of χ²; degrees of freedom may be any positive number.
pub fn chi_squared_quantile(probability: f64, freedom: f64) -> Option<f64> {
    let distribution = ChiSquared::new(freedom).ok()?;
    (0.0..1.0).contains(&probability).then(|| distribution.inverse_cdf(probability))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_numbers_of_the_tables() {
        assert!((two_sided(Z_95).unwrap() - 0.05).abs() < 1e-10);
        assert!((two_sided(-Z_998).unwrap() - 0.002).abs() < 1e-12);
        assert!((two_sided_t(2.228_138_851_964_939, 10.0).unwrap() - 0.05).abs() < 1e-10);
        assert!((chi_squared_tail(3.841_458_820_694_124).unwrap() - 0.05).abs() < 1e-10);
        assert!((chi_squared_quantile(0.975, 2.0).unwrap() - 7.377_758_908_227_871).abs() < 1e-9);
    }

    #[test]
    fn what_is_no_number_has_no_tail() {
        assert_eq!(two_sided(f64::NAN), None);
        assert_eq!(two_sided_t(1.0, 0.0), None);
        assert_eq!(chi_squared_tail(-1.0), None);
        assert_eq!(chi_squared_quantile(0.5, 0.0), None);
        assert_eq!(chi_squared_tail(0.0), Some(1.0));
    }
}
