//! What was promised (`Target`): the aim, the readings its words allow, where it stands, what it starts from.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Id, Period, Text};

/// How far something is to move.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Amount {
    Points(f64),
    PerCent(f64),
}

/// When a commitment counts as met.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Aim {
    AtLeast(f64),
    AtMost(f64),
    Between {
        from: f64,
        to: f64,
    },
    /// 左右: inside a band that is ours, and printed.
    About {
        value: f64,
        band: f64,
    },
    FallsBy(Amount),
    RisesBy(Amount),
    /// So much in the course of the year; before its end, the pace is judged by a profile of the year.
    #[serde(rename_all = "kebab-case")]
    Flow {
        at_least: f64,
        profile: Id,
    },
    /// Every unit is reached, compared as counts: 999 of 1,000 is not all.
    All,
    /// 只增不减: equality is enough.
    NotBelowPrevious,
    /// Direction only.
    Rises,
    Falls,
    /// Decided by the ledger of documents and dates, not by a number.
    Milestone,
    /// No figure can decide it; says why.
    Undecidable {
        because: Text,
    },
}

impl Aim {
    /// Is its level counted from the value of the period before?
    pub fn is_from_previous(&self) -> bool {
        matches!(self, Aim::FallsBy(_) | Aim::RisesBy(_) | Aim::NotBelowPrevious | Aim::Rises | Aim::Falls)
    }

    /// Is it judged by a figure?
    pub fn needs_indicator(&self) -> bool {
        !matches!(self, Aim::Milestone | Aim::Undecidable { .. })
    }

    /// The level that was printed, where one was.
    pub fn printed_level(&self) -> Option<f64> {
        match self {
            Aim::AtLeast(goal) | Aim::AtMost(goal) | Aim::Flow { at_least: goal, .. } | Aim::About { value: goal, .. } => {
                Some(*goal)
            }
            _ => None,
        }
    }
}

/// One way to read a commitment: which figure, and when it counts as met.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub words: Text,
    pub indicator: Option<Id>,
    pub aim: Aim,
}

/// Where a commitment stands in the document.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    pub document: String,
    pub part: String,
    pub section: String,
    pub paragraph: u32,
}

impl Citation {
    pub fn words(&self) -> Text {
        Text::new(
            format!("{} {}，{}，第{}段", self.document, self.part, self.section, self.paragraph),
            format!("{}, {}, {}, paragraph {}", self.document, self.part, self.section, self.paragraph),
        )
    }
}

/// Who answers for a commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Answers {
    District,
    CityOffice,
    Universities,
}

impl Answers {
    /// The word in `targets.csv`.
    pub fn word(self) -> &'static str {
        match self {
            Answers::District => "district",
            Answers::CityOffice => "city_office",
            Answers::Universities => "universities",
        }
    }

    pub fn name(self) -> Text {
        match self {
            Answers::District => Text::new("各区", "districts"),
            Answers::CityOffice => Text::new("市教育局处室", "offices of the city bureau"),
            Answers::Universities => Text::new("高校", "universities"),
        }
    }
}

/// A figure that a document has reported: what a target starts from where no workbook says it.
#[derive(Debug, Clone, PartialEq)]
pub struct Baseline {
    /// Id of the reported figure.
    pub id: Id,
    pub name: Text,
    pub value: f64,
    pub period: Period,
}

/// How a year's flow is spread over the year: straight lines between knots, from nothing on 1 January to all on 31 December.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    pub id: Id,
    pub name: Text,
    pub knots: Vec<Knot>,
}

/// By the end of this day of the year, this share of the year's flow is there.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Knot {
    pub month: i8,
    pub day: i8,
    pub share: f64,
}

impl Knot {
    /// Its day in a year; none where the year has no such day.
    pub fn in_year(&self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }
}

impl Profile {
    /// The share of a year's flow that should be there by the end of a day, from 0 to 1.
    pub fn share(&self, year: i16, on: Date) -> f64 {
        let start = (jiff::civil::date(year, 1, 1).yesterday().unwrap_or(on), 0.0);
        let end = (jiff::civil::date(year, 12, 31), 1.0);
        let knots = self.knots.iter().filter_map(|knot| Some((knot.in_year(year)?, knot.share)));
        let line: Vec<(Date, f64)> = std::iter::once(start).chain(knots).chain([end]).collect();
        let Some(after) = line.iter().position(|(day, _)| *day >= on) else { return 1.0 };
        let Some((from, low)) = after.checked_sub(1).map(|before| line[before]) else { return 0.0 };
        let (to, high) = line[after];
        let days = |from: Date, to: Date| from.until(to).map_or(0.0, |span| f64::from(span.get_days()));
        let whole = days(from, to);
        if whole == 0.0 { high } else { low + (high - low) * days(from, on) / whole }
    }
}

/// One commitment of the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    pub id: Id,
    pub name: Text,
    pub period: Period,
    /// The reading taken, then the others.
    pub readings: Vec<Reading>,
    pub citation: Option<Citation>,
    /// 努力实现: striven for, and so never called missed.
    pub aspiration: bool,
    /// Judged for every district as well as for the whole.
    pub every_area: bool,
    /// What is counted or measured, where no indicator says so.
    pub unit: Text,
    pub answers: Option<Answers>,
    pub baseline: Option<Baseline>,
    pub note: Text,
}

impl Target {
    pub fn taken(&self) -> &Reading {
        &self.readings[0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn september() -> Profile {
        let knots = vec![Knot { month: 8, day: 31, share: 0.0 }, Knot { month: 9, day: 1, share: 0.9 }];
        Profile { id: "september".into(), name: Text::same("september"), knots }
    }

    #[test]
    fn places_open_in_september() {
        let share = |month, day| september().share(2023, jiff::civil::date(2023, month, day));
        assert_eq!(share(6, 30), 0.0);
        assert_eq!(share(8, 31), 0.0);
        assert_eq!(share(9, 1), 0.9);
        assert_eq!(share(12, 31), 1.0);
        assert!(share(10, 31) > 0.9 && share(10, 31) < 1.0);
    }

    #[test]
    fn without_knots_it_is_a_straight_line() {
        let line = Profile { knots: Vec::new(), ..september() };
        assert!((line.share(2023, jiff::civil::date(2023, 6, 30)) - 181.0 / 365.0).abs() < 1e-12);
        assert_eq!(line.share(2023, jiff::civil::date(2024, 3, 1)), 1.0);
        assert_eq!(line.share(2023, jiff::civil::date(2022, 3, 1)), 0.0);
    }
}
