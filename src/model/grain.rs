//! How often something is reported: the grain of its periods, and which periods of a grain belong to a longer one.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Period;

// From the longest to the shortest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Grain {
    Year,
    SchoolYear,
    Semester,
    Quarter,
    Month,
}

impl Grain {
    pub fn of(period: Period) -> Grain {
        match period {
            Period::Year(_) => Grain::Year,
            Period::SchoolYear(_) => Grain::SchoolYear,
            Period::Semester(..) => Grain::Semester,
            Period::Quarter(..) => Grain::Quarter,
            Period::Month(..) => Grain::Month,
        }
    }

    /// The periods of this grain that are reported for a period: itself, or its parts. None where this grain is the longer one.
    pub fn within(self, period: Period) -> Vec<Period> {
        let year = period.year();
        if Grain::of(period) == self {
            return vec![period];
        }
        // A school year is reported with the year in which it begins.
        if let (Grain::SchoolYear, Period::Year(year)) = (self, period) {
            return vec![Period::SchoolYear(year)];
        }
        let parts = |parts: i8, part: fn(i16, i8) -> Period| {
            [year, year + 1].into_iter().flat_map(|year| (1..=parts).map(move |at| part(year, at))).collect::<Vec<_>>()
        };
        let candidates = match self {
            Grain::Year | Grain::SchoolYear => Vec::new(),
            Grain::Semester => parts(2, Period::Semester),
            Grain::Quarter => parts(4, Period::Quarter),
            Grain::Month => parts(12, Period::Month),
        };
        // The first term of a school year is the half of a year that begins before it, in July.
        let begins = |part: &Period| part.first_day() >= period.first_day() || self == Grain::Semester;
        let inside = |part: &Period| begins(part) && (period.first_day()..=period.last_day()).contains(&part.last_day());
        candidates.into_iter().filter(inside).collect()
    }

    /// The period of this grain in which a shorter one lies.
    pub fn around(self, period: Period) -> Period {
        let (year, month) = (period.year(), period.last_day().month());
        match self {
            _ if Grain::of(period) == self => period,
            Grain::Year => Period::Year(year),
            Grain::SchoolYear => Period::SchoolYear(if month < 9 { year - 1 } else { year }),
            Grain::Semester => Period::Semester(year, (month - 1) / 6 + 1),
            Grain::Quarter => Period::Quarter(year, (month - 1) / 3 + 1),
            Grain::Month => Period::Month(year, month),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within(grain: Grain, period: &str) -> String {
        let parts = grain.within(period.parse().unwrap());
        parts.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_period_holds_its_parts_and_nothing_longer() {
        assert_eq!(within(Grain::Quarter, "2023"), "2023-Q1 2023-Q2 2023-Q3 2023-Q4");
        assert_eq!(within(Grain::Semester, "2023/24"), "2023-S2 2024-S1");
        assert_eq!(within(Grain::SchoolYear, "2023"), "2023/24");
        assert_eq!(within(Grain::Month, "2023-Q2"), "2023-04 2023-05 2023-06");
        assert_eq!(within(Grain::Year, "2023"), "2023");
        assert_eq!(within(Grain::Year, "2023-Q1"), "");
    }

    #[test]
    fn a_month_lies_in_its_quarter_and_its_school_year() {
        let month: Period = "2023-05".parse().unwrap();
        for (grain, period) in [(Grain::Quarter, "2023-Q2"), (Grain::SchoolYear, "2022/23"), (Grain::Semester, "2023-S1")] {
            assert_eq!(grain.around(month).to_string(), period);
        }
    }
}
