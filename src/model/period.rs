//! Time: what a value refers to, written as SDMX writes it, and which period came before.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Language, Text};

/// A stretch of time that figures refer to. The school year 2023/24 is named by its first year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Period {
    Year(i16),
    SchoolYear(i16),
    Semester(i16, i8),
    Quarter(i16, i8),
    Month(i16, i8),
}

impl Period {
    /// The period that this one is compared with when the report says "last": one step back at the same grain.
    pub fn previous(self) -> Period {
        self.step(-1)
    }

    pub fn next(self) -> Period {
        self.step(1)
    }

    /// The same part of the year before: September of last year, the school year before.
    pub fn year_before(self) -> Period {
        match self {
            Period::Year(year) => Period::Year(year - 1),
            Period::SchoolYear(year) => Period::SchoolYear(year - 1),
            Period::Semester(year, part) => Period::Semester(year - 1, part),
            Period::Quarter(year, part) => Period::Quarter(year - 1, part),
            Period::Month(year, part) => Period::Month(year - 1, part),
        }
    }

    /// Are both years, both months …?
    pub fn same_grain(self, other: Period) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }

    /// A whole year, of the calendar or of schools.
    pub fn is_year(self) -> bool {
        matches!(self, Period::Year(_) | Period::SchoolYear(_))
    }

    /// Can it be asked for on a day? A month is counted when it is over; so is a quarter and a term. A year is asked for from its first day:
    /// its forms hold what is planned for it too, the targets, the shares of districts, the ledger of what is to be done.
    pub fn is_due(self, day: Date) -> bool {
        let since = if self.is_year() { self.first_day() } else { self.last_day() };
        since <= day
    }

    fn step(self, by: i16) -> Period {
        // Counted in parts from year 0, a step over the turn of the year is like any other.
        let part = |year: i16, part: i8, parts: i16| {
            let count = i32::from(year) * i32::from(parts) + i32::from(part) - 1 + i32::from(by);
            let (year, part) = (count.div_euclid(i32::from(parts)), count.rem_euclid(i32::from(parts)));
            (year as i16, part as i8 + 1)
        };
        match self {
            Period::Year(year) => Period::Year(year + by),
            Period::SchoolYear(year) => Period::SchoolYear(year + by),
            Period::Semester(year, semester) => {
                let (year, semester) = part(year, semester, 2);
                Period::Semester(year, semester)
            }
            Period::Quarter(year, quarter) => {
                let (year, quarter) = part(year, quarter, 4);
                Period::Quarter(year, quarter)
            }
            Period::Month(year, month) => {
                let (year, month) = part(year, month, 12);
                Period::Month(year, month)
            }
        }
    }

    /// The first day.
    pub fn first_day(self) -> Date {
        let start = |year: i16, month: i8| jiff::civil::date(year, month, 1);
        match self {
            Period::Year(year) => start(year, 1),
            Period::SchoolYear(year) => start(year, 9),
            Period::Semester(year, part) => start(year, part * 6 - 5),
            Period::Quarter(year, part) => start(year, part * 3 - 2),
            Period::Month(year, part) => start(year, part),
        }
    }

    /// The last day: a target for the period is not missed before it is over.
    pub fn last_day(self) -> Date {
        let end = |year: i16, month: i8| jiff::civil::date(year, month, 1).last_of_month();
        match self {
            Period::Year(year) => end(year, 12),
            Period::SchoolYear(year) => end(year + 1, 8),
            Period::Semester(year, part) => end(year, part * 6),
            Period::Quarter(year, part) => end(year, part * 3),
            Period::Month(year, part) => end(year, part),
        }
    }

    /// By which periods of different lengths are put in the order of time. The order of the type itself is that of tables: by length first.
    pub fn chronological(self) -> (Date, Date) {
        (self.last_day(), self.first_day())
    }

    pub fn year(self) -> i16 {
        match self {
            Period::Year(y) | Period::SchoolYear(y) | Period::Semester(y, _) | Period::Quarter(y, _) | Period::Month(y, _) => y,
        }
    }
}

/// In words, wherever people read; as SDMX writes it (`Display`) in columns of tables and on axes.
impl Period {
    /// As an office writes it, and as workbooks are read: 2023年, 2023-2024学年, 2023年第一季度.
    pub fn in_chinese(self) -> String {
        const NUMBERS: [&str; 4] = ["一", "二", "三", "四"];
        let number = |part: i8| NUMBERS.get(part as usize - 1).copied().unwrap_or_default();
        match self {
            Period::Year(year) => format!("{year}年"),
            Period::SchoolYear(year) => format!("{year}-{}学年", year + 1),
            // The first term of a school year is that of autumn, so a number would mislead.
            Period::Semester(year, part) => format!("{year}年{}学期", if part == 1 { "春季" } else { "秋季" }),
            Period::Quarter(year, part) => format!("{year}年第{}季度", number(part)),
            Period::Month(year, part) => format!("{year}年{part}月"),
        }
    }

    /// 2023, 2023/24, spring term 2023, Q1 2023, May 2023.
    pub fn in_english(self) -> String {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        match self {
            Period::Year(_) | Period::SchoolYear(_) => self.to_string(),
            Period::Semester(year, part) => format!("{} term {year}", if part == 1 { "spring" } else { "autumn" }),
            Period::Quarter(year, part) => format!("Q{part} {year}"),
            Period::Month(year, part) => format!("{} {year}", MONTHS.get(part as usize - 1).copied().unwrap_or_default()),
        }
    }

    pub fn in_language(self, language: Language) -> String {
        match language {
            Language::Chinese => self.in_chinese(),
            Language::English => self.in_english(),
        }
    }

    pub fn in_words(self) -> Text {
        Text::new(self.in_chinese(), self.in_english())
    }

    /// Several in a sentence: where three or more follow each other, the first and the last of them; any other alone.
    pub fn stretches(periods: &[Period]) -> Vec<[Period; 2]> {
        let runs = periods.chunk_by(|one, other| one.next() == *other);
        let ends = |run: &[Period]| match run {
            [first, .., last] if run.len() > 2 => vec![[*first, *last]],
            alone => alone.iter().map(|period| [*period; 2]).collect(),
        };
        runs.flat_map(ends).collect()
    }

    /// Words for what a column of a result holds.
    pub fn written(text: &str) -> Text {
        text.parse::<Period>().map_or_else(|_| Text::same(text), Period::in_words)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Year(year) => write!(f, "{year:04}"),
            Period::SchoolYear(year) => write!(f, "{year:04}/{:02}", (year + 1) % 100),
            Period::Semester(year, part) => write!(f, "{year:04}-S{part}"),
            Period::Quarter(year, part) => write!(f, "{year:04}-Q{part}"),
            Period::Month(year, part) => write!(f, "{year:04}-{part:02}"),
        }
    }
}

impl FromStr for Period {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let fault = || format!("`{text}` is not a period: write 2023, 2023/24, 2023-S1, 2023-Q1 or 2023-01");
        let year_of = |digits: &str| -> Option<i16> {
            (digits.len() == 4).then(|| digits.parse().ok()).flatten().filter(|year| (1900..=2999).contains(year))
        };
        let part_of = |digits: &str, parts: i8| digits.parse().ok().filter(|part| (1..=parts).contains(part));
        if let Some((first, second)) = text.split_once('/') {
            let year = year_of(first).ok_or_else(fault)?;
            return if second == format!("{:02}", (year + 1) % 100) { Ok(Period::SchoolYear(year)) } else { Err(fault()) };
        }
        let Some((first, second)) = text.split_once('-') else {
            return year_of(text).map(Period::Year).ok_or_else(fault);
        };
        let year = year_of(first).ok_or_else(fault)?;
        match second.as_bytes() {
            [b'S', ..] => part_of(&second[1..], 2).map(|part| Period::Semester(year, part)),
            [b'Q', ..] => part_of(&second[1..], 4).map(|part| Period::Quarter(year, part)),
            [_, _] => part_of(second, 12).map(|part| Period::Month(year, part)),
            _ => None,
        }
        .ok_or_else(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_and_read_back_alike() {
        for text in ["2023", "2023/24", "1999/00", "2023-S2", "2023-Q4", "2023-01"] {
            assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
        }
        for text in ["23", "2023/25", "2023-S3", "2023-Q0", "2023-13", "二〇二三", "", "2023-"] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_year_before_is_the_same_part_of_last_year() {
        for (text, before) in [("2023", "2022"), ("2023/24", "2022/23"), ("2023-S1", "2022-S1"), ("2023-09", "2022-09")] {
            assert_eq!(text.parse::<Period>().unwrap().year_before().to_string(), before);
        }
        assert!(Period::Year(2023).same_grain(Period::Year(1999)) && !Period::Year(2023).same_grain(Period::SchoolYear(2023)));
    }

    #[test]
    fn a_month_is_due_when_it_is_over_and_a_year_when_it_begins() {
        let due = |text: &str, month: i8, day: i8| text.parse::<Period>().unwrap().is_due(jiff::civil::date(2023, month, day));
        assert!(due("2023-05", 5, 31) && !due("2023-05", 5, 30));
        assert!(due("2023-Q2", 6, 30) && !due("2023-Q2", 6, 29) && !due("2023-S2", 9, 1));
        assert!(due("2023", 1, 1) && !due("2024", 12, 31) && due("2023/24", 9, 1) && !due("2023/24", 8, 31));
    }

    #[test]
    fn of_periods_that_follow_each_other_the_first_and_the_last_are_named() {
        let stretches = |text: &str| -> Vec<String> {
            let periods: Vec<Period> = text.split(' ').map(|period| period.parse().unwrap()).collect();
            Period::stretches(&periods).iter().map(|[first, last]| format!("{first}..{last}")).collect()
        };
        assert_eq!(stretches("2022-11 2022-12 2023-01 2023-03"), ["2022-11..2023-01", "2023-03..2023-03"]);
        assert_eq!(stretches("2022 2023"), ["2022..2022", "2023..2023"]);
    }

    #[test]
    fn the_previous_of_the_next_is_itself() {
        for text in ["2023", "2023/24", "2023-S1", "2023-S2", "2023-Q1", "2023-Q4", "2023-01", "2023-12"] {
            let period: Period = text.parse().unwrap();
            assert_eq!(period.next().previous(), period);
            assert_eq!(period.previous().next(), period);
        }
        assert_eq!(Period::Month(2023, 1).previous(), Period::Month(2022, 12));
    }
}
