//! Where the years lead: to the level in the year of the target, or not; and when, if this year's change goes on.
//!
//! Formula: the mean yearly difference over the last five years, (last − first) / years, added for every year to the target's; the miss
//! as a share of the way from the last value to the level: below 5 % reached, to 20 % nearly, above short; away from the level: wrong
//! way. Source: the additive method of Destatis' indicator report on sustainable development. Degenerate cases: fewer than four points
//! in those years, or a target's year that has come, give none; a level that is reached and stays so is reached; no change at all is
//! short.

use crate::model::{Aim, GoingOn, Outlook, OutlookWord, Period, Text, at_least, printed};

/// The last five years, and so many points among them.
const YEARS: i16 = 5;
const POINTS: usize = 4;

/// Binary fractions decide nothing at the very edge.
const NOISE: f64 = 1e-9;

/// A level, and the side on which it is reached.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Goal {
    pub level: f64,
    /// At least the level; otherwise at most.
    pub at_least: bool,
}

impl Goal {
    /// Of an aim that is a level to be reached from one side.
    pub fn of(aim: &Aim) -> Option<Goal> {
        match aim {
            Aim::AtLeast(level) => Some(Goal { level: *level, at_least: true }),
            Aim::AtMost(level) => Some(Goal { level: *level, at_least: false }),
            _ => None,
        }
    }

    fn met(self, value: f64) -> bool {
        if self.at_least { at_least(value, self.level) } else { at_least(self.level, value) }
    }

    fn towards(self, change: f64) -> bool {
        if self.at_least { change > 0.0 } else { change < 0.0 }
    }
}

/// Yearly values (year and value, upwards) up to now, and the year in which the level is to be reached.
pub fn outlook(points: &[(i16, f64)], goal: Goal, year: i16) -> Option<Outlook> {
    let &(last_year, last) = points.last()?;
    let recent: Vec<&(i16, f64)> = points.iter().filter(|(at, _)| *at >= last_year - YEARS).collect();
    let &&(first_year, first) = recent.first()?;
    if recent.len() < POINTS || year <= last_year {
        return None;
    }
    let yearly = (last - first) / f64::from(last_year - first_year);
    let left = f64::from(year - last_year);
    let projected = last + yearly * left;
    let way = goal.level - last;
    let miss = (goal.level - projected).abs();
    let word = match () {
        () if goal.met(projected) => OutlookWord::Reached,
        // It is there now and would not stay.
        () if goal.met(last) => OutlookWord::WrongWay,
        () if yearly != 0.0 && !goal.towards(yearly) => OutlookWord::WrongWay,
        () if miss < (0.05 - NOISE) * way.abs() => OutlookWord::Reached,
        () if miss <= (0.20 + NOISE) * way.abs() => OutlookWord::Nearly,
        () => OutlookWord::Short,
    };
    Some(Outlook { word, yearly, projected, required: way / left })
}

/// Where the years lead, in words.
pub fn leads(outlook: &Outlook, to: Period, decimals: usize) -> Text {
    let (word, projected) = (outlook.word.name(), printed(outlook.projected, decimals));
    Text::new(
        format!("按近五年平均变化推算，{}为 {projected}，{}", to.in_chinese(), word.zh),
        format!("by the mean change of the last five years {to} would have {projected}: {}", word.en),
    )
}

/// What comes of this year's change if it goes on.
pub fn going_on(year: i16, value: f64, change: f64, goal: Goal) -> GoingOn {
    let years = ((goal.level - value) / change - 1e-9).ceil();
    let arrives = goal.towards(change) && !goal.met(value) && years <= 100.0;
    GoingOn { next: value + change, reached_in: arrives.then(|| year + years as i16) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIFTY: Goal = Goal { level: 50.0, at_least: false };

    fn word(values: &[f64], year: i16) -> Option<OutlookWord> {
        let points: Vec<(i16, f64)> = (2018..).zip(values.iter().copied()).collect();
        outlook(&points, FIFTY, year).map(|outlook| outlook.word)
    }

    #[test]
    fn four_words_for_four_futures() {
        // From 58 in 2021 four years are left: 2 a year are needed.
        assert_eq!(word(&[64.0, 62.0, 60.0, 58.0], 2025), Some(OutlookWord::Reached));
        assert_eq!(word(&[63.7, 61.8, 59.9, 58.0], 2025), Some(OutlookWord::Nearly), "a miss of just 5 %");
        assert_eq!(word(&[62.8, 61.2, 59.6, 58.0], 2025), Some(OutlookWord::Nearly), "a miss of just 20 %");
        assert_eq!(word(&[63.76, 61.84, 59.92, 58.0], 2025), Some(OutlookWord::Reached));
        assert_eq!(word(&[61.0, 60.0, 59.0, 58.0], 2025), Some(OutlookWord::Short));
        assert_eq!(word(&[58.0, 58.0, 58.0, 58.0], 2025), Some(OutlookWord::Short));
        assert_eq!(word(&[55.0, 56.0, 57.0, 58.0], 2025), Some(OutlookWord::WrongWay));
        assert_eq!(word(&[46.0, 47.0, 48.0, 49.0], 2025), Some(OutlookWord::WrongWay));
    }

    #[test]
    fn three_points_and_a_year_that_has_come_say_nothing() {
        assert_eq!(word(&[64.0, 62.0, 60.0], 2025), None);
        assert_eq!(word(&[64.0, 62.0, 60.0, 58.0], 2021), None);
        assert_eq!(outlook(&[], FIFTY, 2025), None);
        let spread = [(2010, 70.0), (2011, 69.0), (2019, 62.0), (2020, 60.0), (2021, 58.0)];
        assert_eq!(outlook(&spread, FIFTY, 2025), None);
    }

    #[test]
    fn this_years_change_goes_on_until_the_level_is_reached() {
        assert_eq!(going_on(2023, 52.0, -0.5, FIFTY), GoingOn { next: 51.5, reached_in: Some(2027) });
        assert_eq!(going_on(2023, 52.0, 0.5, FIFTY).reached_in, None);
        assert_eq!(going_on(2023, 52.0, 0.0, FIFTY).reached_in, None);
        assert_eq!(going_on(2023, 49.0, -0.5, FIFTY).reached_in, None);
        assert_eq!(going_on(2023, 52.0, -0.001, FIFTY).reached_in, None);
    }
}
