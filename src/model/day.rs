//! Days as spreadsheets number them: 1 is 1900-01-01, and from 1900-03-01 on the count is right.

use jiff::{ToSpan, civil::Date};

const ZERO: Date = jiff::civil::date(1899, 12, 30);

/// 1970-01-01, from which days are counted elsewhere.
pub const EPOCH: f64 = 25569.0;

/// The number of a day.
pub fn number(day: Date) -> f64 {
    ZERO.until(day).map_or(0.0, |span| f64::from(span.get_days()))
}

/// The day of a number between 1950 and 2100; others are no days that a form speaks of.
pub fn from_number(number: f64) -> Option<Date> {
    let days = (18264.0..73051.0).contains(&number).then_some(number.trunc() as i64)?;
    ZERO.checked_add(days.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_are_each_other() {
        for day in [jiff::civil::date(1950, 1, 1), jiff::civil::date(2023, 12, 31), jiff::civil::date(2024, 2, 29)] {
            assert_eq!(from_number(number(day)), Some(day));
        }
        assert_eq!(number(jiff::civil::date(2023, 12, 31)), 45291.0);
        assert_eq!(number(jiff::civil::date(1970, 1, 1)), EPOCH);
        assert_eq!(from_number(2023.0), None);
    }
}
