//! Order statistics of a few values.
//!
//! Formula: the p-quantile lies at place (n − 1)·p among the sorted values, straight lines between (type 7 of Hyndman and Fan, 1996,
//! the default of R and numpy). Degenerate cases: of no values there is none; of one value it is every quantile.

pub fn quantile(values: &[f64], p: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len().checked_sub(1)? as f64) * p;
    let (low, high) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    Some(low + (high - low) * place.fract())
}

pub fn median(values: &[f64]) -> Option<f64> {
    quantile(values, 0.5)
}
