//! Round marks on a scale: steps of 1, 2 or 5 times a power of ten.

#[derive(Debug, Clone, PartialEq)]
pub struct Ticks {
    pub values: Vec<f64>,
    /// Digits after the point that tell the marks apart.
    pub decimals: usize,
}

impl Ticks {
    pub fn low(&self) -> f64 {
        self.values.first().copied().unwrap_or(0.0)
    }

    pub fn high(&self) -> f64 {
        self.values.last().copied().unwrap_or(1.0)
    }
}

/// Marks that enclose a range in about so many steps.
pub fn ticks(low: f64, high: f64, about: usize) -> Ticks {
    let rough = (high - low) / about.max(1) as f64;
    if !rough.is_finite() || rough <= 0.0 {
        return Ticks { values: vec![low, low + 1.0], decimals: 0 };
    }
    let power = rough.log10().floor() as i32;
    let steps = [(1, power), (2, power), (5, power), (1, power + 1)];
    let size = |(mantissa, power): (i32, i32)| f64::from(mantissa) * 10_f64.powi(power);
    let apart = |step: &(i32, i32)| (size(*step) / rough).ln().abs();
    let (mantissa, power) = steps.into_iter().min_by(|a, b| apart(a).total_cmp(&apart(b))).unwrap_or((1, power));
    let step = size((mantissa, power));
    // A range that ends on a mark within rounding error does not get one more.
    let first = (low / step + 1e-9).floor() as i64;
    let last = (high / step - 1e-9).ceil() as i64;
    // Multiplied or divided, never added up: 0.1 + 0.2 would not be 0.3.
    let scale = 10_f64.powi(power.abs());
    let mark = |count: i64| {
        let counted = (count * i64::from(mantissa)) as f64;
        if power < 0 { counted / scale } else { counted * scale }
    };
    Ticks { values: (first..=last.max(first + 1)).map(mark).collect(), decimals: (-power).max(0) as usize }
}

/// The same for values that are counted one by one: no step is less than one.
pub fn whole_ticks(low: f64, high: f64, about: usize) -> Ticks {
    let most = (high - low).floor().max(1.0) as usize;
    let ticks = ticks(low, high, about.min(most));
    if ticks.decimals == 0 {
        return ticks;
    }
    let (first, last) = (low.floor() as i64, high.ceil() as i64);
    Ticks { values: (first..=last.max(first + 1)).map(|count| count as f64).collect(), decimals: 0 }
}

#[cfg(test)]
mod tests {
    use super::{ticks, whole_ticks};

    #[test]
    fn what_is_counted_has_no_mark_between_one_and_the_next() {
        assert_eq!(whole_ticks(7.77, 8.23, 4).values, [7.0, 8.0, 9.0]);
        assert_eq!(whole_ticks(0.0, 1.0, 4).values, [0.0, 1.0]);
        assert_eq!(whole_ticks(45.2, 47.8, 4).values, [45.0, 46.0, 47.0, 48.0]);
        assert_eq!(whole_ticks(0.0, 84.0, 4), ticks(0.0, 84.0, 4));
        assert!([0.1, 0.9, 1.0, 3.3, 7.0, 12.0].iter().all(|&high| whole_ticks(0.0, high, 5).decimals == 0));
    }

    #[test]
    fn steps_are_one_two_or_five() {
        assert_eq!(ticks(0.0, 60.0, 4).values, [0.0, 20.0, 40.0, 60.0]);
        assert_eq!(ticks(52.1, 53.4, 4).values, [52.0, 52.5, 53.0, 53.5]);
        assert_eq!(ticks(0.0, 84.0, 4).values, [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(ticks(-3.0, 7.0, 5).values, [-4.0, -2.0, 0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(ticks(0.0, 0.3, 3).values, [0.0, 0.1, 0.2, 0.3]);
        assert_eq!(ticks(0.0, 0.3, 3).decimals, 1);
        assert_eq!(ticks(0.0, 182_000.0, 4).values, [0.0, 50_000.0, 100_000.0, 150_000.0, 200_000.0]);
    }

    #[test]
    fn a_range_without_length_still_has_two_marks() {
        assert_eq!(ticks(5.0, 5.0, 4).values, [5.0, 6.0]);
        assert_eq!(ticks(f64::NAN, 1.0, 4).values.len(), 2);
    }
}
