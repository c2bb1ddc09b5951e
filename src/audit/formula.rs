//! A formula over printed figures, and the interval that their rounding leaves open.
//!
//! Formula: the value at the printed figures; low and high are the least and greatest value over the corners of the box in which
//! each rounded figure lies, half a last digit either way. That is exact for formulas that rise or fall in each figure, which sums,
//! differences, products and ratios do. Degenerate cases: a division by zero has no value; a figure printed in full is a point.

use exmex::{Express, FlatEx};

/// A figure as printed: in truth it lies within `half` of its value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    pub value: f64,
    pub half: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

impl Interval {
    /// Up to the noise of binary fractions.
    pub fn holds(self, value: f64) -> bool {
        let noise = 1e-9 * self.value.abs().max(1.0);
        self.low - noise <= value && value <= self.high + noise
    }

    /// The whole numbers in it, the first few.
    pub fn whole_numbers(self) -> Vec<f64> {
        let first = (self.low - 1e-9 * self.low.abs().max(1.0)).ceil();
        (0..5).map(|step| first + f64::from(step)).take_while(|number| self.holds(*number)).collect()
    }
}

/// More rounded figures than this have too many corners to look at.
const MOST: usize = 12;

/// A formula as written: `+ - * / ^`, brackets, numbers, names of figures; a name with spaces stands in braces.
#[derive(Debug, Clone)]
pub struct Formula {
    /// Boxed: the parser keeps small formulas in place, and so makes every one large.
    parsed: Box<FlatEx<f64>>,
    pub names: Vec<String>,
}

impl Formula {
    /// Says what is wrong with it in English, as it comes from the parser.
    pub fn parse(text: &str) -> Result<Formula, String> {
        let parsed = exmex::parse::<f64>(text).map_err(|fault| fault.to_string())?;
        let names = parsed.var_names().to_vec();
        Ok(Formula { parsed: Box::new(parsed), names })
    }

    /// Its value and interval, by the figures in the order of `names`. None where it has no value, or too many rounded figures.
    pub fn interval(&self, figures: &[Figure]) -> Option<Interval> {
        let rounded: Vec<usize> = (0..figures.len()).filter(|&place| figures[place].half > 0.0).collect();
        if rounded.len() > MOST {
            return None;
        }
        let value_at = |corner: Option<usize>| -> Option<f64> {
            let mut values: Vec<f64> = figures.iter().map(|figure| figure.value).collect();
            if let Some(corner) = corner {
                for (bit, &place) in rounded.iter().enumerate() {
                    let up = corner >> bit & 1 == 1;
                    values[place] += if up { figures[place].half } else { -figures[place].half };
                }
            }
            self.parsed.eval(&values).ok().filter(|value| value.is_finite())
        };
        let value = value_at(None)?;
        let (mut low, mut high) = (value, value);
        for corner in 0..1_usize << rounded.len() {
            let at = value_at(Some(corner))?;
            (low, high) = (low.min(at), high.max(at));
        }
        Some(Interval { value, low, high })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(text: &str, figures: &[(f64, f64)]) -> Option<Interval> {
        let figures: Vec<Figure> = figures.iter().map(|&(value, half)| Figure { value, half }).collect();
        Formula::parse(text).unwrap().interval(&figures)
    }

    #[test]
    fn rounding_is_carried_through() {
        // 65.92 after a growth of 35.78 per cent, each known to half its last digit.
        let base = interval("a / (1 + b / 100)", &[(65.92, 0.005), (35.78, 0.005)]).unwrap();
        assert!((base.low - 48.5437).abs() < 1e-3 && (base.high - 48.5547).abs() < 1e-3, "{base:?}");
        let exact = interval("a - b", &[(64.0, 0.0), (18.0, 0.0)]).unwrap();
        assert_eq!(exact, Interval { value: 46.0, low: 46.0, high: 46.0 });
        assert_eq!(interval("a / b", &[(1.0, 0.0), (0.0, 0.0)]), None);
    }

    #[test]
    fn a_figure_that_stands_twice_is_one_figure() {
        let none = interval("a - a", &[(5.0, 0.5)]).unwrap();
        assert_eq!((none.low, none.high), (0.0, 0.0));
    }

    #[test]
    fn whole_numbers_that_the_rounding_allows() {
        assert_eq!(interval("a / b * 100", &[(66.0, 0.0), (35.7, 0.05)]).unwrap().whole_numbers(), [185.0]);
        assert_eq!(interval("a / (1 + b / 100)", &[(648.0, 0.0), (44.31, 0.005)]).unwrap().whole_numbers(), [0.0; 0]);
        assert_eq!(interval("a / b", &[(16.0, 0.0), (8.0, 0.0)]).unwrap().whole_numbers(), [2.0]);
    }

    #[test]
    fn names_may_have_spaces_in_braces_and_faults_are_said() {
        assert_eq!(Formula::parse("{year of b} - {year of a}").unwrap().names, ["year of a", "year of b"]);
        assert!(Formula::parse("a +").is_err() && Formula::parse("").is_err() && Formula::parse("(a").is_err());
    }
}
