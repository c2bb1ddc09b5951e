//! Two verdicts on each commitment: is it met, and which way is it moving?
//!
//! Formula: METHODS "Progress against a target": the level decides first, whatever the trend. Falls by v points: previous −
//! value ≥ v; falls by v per cent: previous − value ≥ v/100 × previous; coverage compares counts, never a rounded rate.
//! Degenerate cases: no value, a value that lacks a part, or no previous period where one is needed: cannot tell, and why.

use super::Questions;
use crate::{
    diag::{Code, Finding},
    model::{
        Aim, Amount, Area, AreaKind, Better, Direction, Formula, Indicator, IndicatorValue, Progress, Reading, Status, Target,
        Text, Verdict,
    },
};

pub fn judge(values: &[IndicatorValue], questions: &Questions) -> (Vec<Progress>, Vec<Finding>) {
    let mut progress = Vec::new();
    let mut findings = Vec::new();
    for target in questions.targets {
        let areas = questions.book.areas.iter().filter(|area| match area.kind {
            AreaKind::Whole => true,
            AreaKind::District => target.every_area && target.taken().indicator.is_some(),
            AreaKind::Other => false,
        });
        for area in areas {
            let bench = Bench { values, questions, target, area };
            progress.push(bench.progress());
            findings.extend(bench.easier_than_last().filter(|_| area.kind == AreaKind::Whole));
        }
    }
    (progress, findings)
}

/// One target in one area.
struct Bench<'a> {
    values: &'a [IndicatorValue],
    questions: &'a Questions<'a>,
    target: &'a Target,
    area: &'a Area,
}

/// What a reading says of a value.
struct Judged {
    /// None: cannot tell, and the note says why.
    met: Option<bool>,
    target_value: Option<f64>,
    note: Text,
}

impl Bench<'_> {
    fn progress(&self) -> Progress {
        let taken = self.target.taken();
        let judged = self.read(taken);
        let others: Vec<(Text, Verdict)> = self.target.readings[1..]
            .iter()
            .map(|reading| (reading.words.clone(), self.verdict(self.read(reading).met)))
            .collect();
        let place = self.place(taken);
        let value = place.map(|place| &self.values[place]);
        let verdict = self.verdict(judged.met);
        let mut notes = vec![judged.note];
        if others.iter().any(|(_, other)| *other != verdict && verdict != Verdict::CannotTell) {
            notes.push(Text::new("各种读法的结论不同", "the readings disagree"));
        }
        notes.push(self.target.note.clone());
        let join = |words: fn(&Text) -> &str, mark: &str| {
            notes.iter().map(words).filter(|words| !words.is_empty()).collect::<Vec<_>>().join(mark)
        };
        let number = value.and_then(|value| value.value);
        Progress {
            target: self.target.id.clone(),
            area: self.area.code.clone(),
            period: self.target.period,
            verdict,
            direction: self.direction(value),
            value: number,
            target_value: judged.target_value,
            gap: number.zip(judged.target_value).map(|(value, target)| value - target),
            reading: taken.words.clone(),
            others,
            note: Text::new(join(|text| &text.zh, "；"), join(|text| &text.en, "; ")),
            judged: place,
        }
    }

    fn verdict(&self, met: Option<bool>) -> Verdict {
        match met {
            None => Verdict::CannotTell,
            Some(true) => Verdict::Met,
            Some(false) if self.questions.as_of < self.target.period.last_day() => Verdict::NotDue,
            Some(false) if self.target.aspiration => Verdict::Aspiration,
            Some(false) => Verdict::Missed,
        }
    }

    fn indicator(&self, reading: &Reading) -> Option<&Indicator> {
        let id = reading.indicator.as_ref()?;
        self.questions.indicators.iter().find(|indicator| indicator.id == *id)
    }

    fn place(&self, reading: &Reading) -> Option<usize> {
        let id = reading.indicator.as_ref()?;
        self.values.iter().position(|value| {
            value.indicator == *id
                && value.area == self.area.code
                && value.period == self.target.period
                && value.breakdown.is_empty()
        })
    }

    fn read(&self, reading: &Reading) -> Judged {
        let cannot = |note: Text| Judged { met: None, target_value: None, note };
        match &reading.aim {
            Aim::Milestone { needs } => return cannot(needs.clone()),
            Aim::Undecidable { because } => return cannot(because.clone()),
            _ => {}
        }
        let period = self.target.period;
        let Some(value) = self.place(reading).map(|place| &self.values[place]) else {
            return cannot(Text::new(format!("没有 {period} 年的数据"), format!("no figures for {period}")));
        };
        let Some(number) = value.value else {
            return cannot(with(Text::new(format!("没有 {period} 年的数值"), format!("no value for {period}")), &value.note));
        };
        let previous = value.change.map(|change| change.previous);
        let level =
            |met: bool, target_value: f64| Judged { met: Some(met), target_value: Some(target_value), note: provisional(value) };
        let against_previous = |met: fn(f64, f64) -> bool, goal: &dyn Fn(f64) -> f64| match previous {
            Some(previous) => level(met(number, goal(previous)), goal(previous)),
            None => cannot(with(Text::new("没有可比的上期数值", "no comparable value for the period before"), &value.note)),
        };
        let judged = match &reading.aim {
            Aim::AtLeast(goal) => level(at_least(number, *goal), *goal),
            Aim::AtMost(goal) => level(at_least(*goal, number), *goal),
            Aim::Between { from, to } => {
                let goal = if number < *from { *from } else { *to };
                level(at_least(number, *from) && at_least(*to, number), goal)
            }
            Aim::About { value: goal, band } => level((number - goal).abs() <= *band, *goal),
            Aim::FallsBy(amount) => {
                against_previous(|value, goal| at_least(goal, value), &|previous| previous - step(*amount, previous))
            }
            Aim::RisesBy(amount) => against_previous(at_least, &|previous| previous + step(*amount, previous)),
            Aim::NotBelowPrevious => against_previous(at_least, &|previous| previous),
            Aim::Rises => against_previous(|value, previous| value > previous, &|previous| previous),
            Aim::Falls => against_previous(|value, previous| value < previous, &|previous| previous),
            Aim::All => self.all(reading, value),
            Aim::Milestone { .. } | Aim::Undecidable { .. } => cannot(Text::default()),
        };
        // A sum that already reaches its floor cannot fall below it when the missing part arrives.
        let settled = matches!((&reading.aim, judged.met), (Aim::AtLeast(_), Some(true))) && value.denominator.is_none();
        if value.lacking && !settled {
            return Judged { met: None, note: value.note.clone(), ..judged };
        }
        judged
    }

    fn all(&self, reading: &Reading, value: &IndicatorValue) -> Judged {
        let per = match self.indicator(reading).map(|indicator| &indicator.formula) {
            Some(Formula::Ratio { per, .. }) => *per,
            _ => 100.0,
        };
        match (value.numerator, value.denominator) {
            (Some(reached), Some(all)) => {
                let note = Text::new(format!("{all} 个中的 {reached} 个"), format!("{reached} of {all}"));
                Judged { met: Some(reached >= all), target_value: Some(per), note: with(note, &provisional(value)) }
            }
            _ => Judged { met: None, target_value: Some(per), note: Text::new("没有可比的个数", "no counts to compare") },
        }
    }

    fn direction(&self, value: Option<&IndicatorValue>) -> Direction {
        let better = self.indicator(self.target.taken()).map(|indicator| indicator.better);
        match (value.and_then(|value| value.change), better) {
            (Some(change), _) if change.difference == 0.0 => Direction::Unchanged,
            (Some(change), Some(Better::Higher)) if change.difference > 0.0 => Direction::Improving,
            (Some(change), Some(Better::Lower)) if change.difference < 0.0 => Direction::Improving,
            (Some(_), Some(Better::Higher | Better::Lower)) => Direction::Worsening,
            _ => Direction::CannotTell,
        }
    }

    /// A level that was already passed in the period before asks for nothing.
    fn easier_than_last(&self) -> Option<Finding> {
        let value = &self.values[self.place(self.target.taken())?];
        let (previous, number) = (value.change?.previous, value.value?);
        let goal = match self.target.taken().aim {
            Aim::AtLeast(goal) if previous > goal => goal,
            Aim::AtMost(goal) if previous < goal => goal,
            _ => return None,
        };
        let name = &self.target.name;
        let indicator = self.indicator(self.target.taken())?;
        let (decimals, unit) = (indicator.decimals, &indicator.unit);
        let message = Text::new(
            format!(
                "“{}”的目标 {goal}{} 低于上期实际 {previous:.decimals$}{}（本期 {number:.decimals$}）",
                name.zh, unit.zh, unit.zh
            ),
            format!(
                "the target `{}` ({goal} {}) is easier than the last actual, {previous:.decimals$} (now {number:.decimals$})",
                name.en, unit.en
            ),
        );
        Some(Finding::new(Code::TargetEasy, message))
    }
}

/// At least, up to the noise of binary fractions: 53.0 − 0.5 is 52.5.
fn at_least(value: f64, goal: f64) -> bool {
    value >= goal - 1e-9 * goal.abs().max(1.0)
}

fn step(amount: Amount, previous: f64) -> f64 {
    match amount {
        Amount::Points(points) => points,
        Amount::PerCent(per_cent) => previous.abs() * per_cent / 100.0,
    }
}

fn with(note: Text, more: &Text) -> Text {
    let join = |a: &str, b: &str, mark: &str| [a, b].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(mark);
    Text::new(join(&note.zh, &more.zh, "；"), join(&note.en, &more.en, "; "))
}

fn provisional(value: &IndicatorValue) -> Text {
    if matches!(value.status, Status::Provisional | Status::LowReliability) { value.note.clone() } else { Text::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_per_cent_has_two_readings() {
        assert_eq!(step(Amount::Points(0.5), 53.0), 0.5);
        assert!((step(Amount::PerCent(0.5), 53.0) - 0.265).abs() < 1e-12);
    }

    #[test]
    fn binary_noise_decides_nothing() {
        assert!(at_least(0.1 + 0.2, 0.3) && at_least(0.3, 0.1 + 0.2));
        assert!(!at_least(99.97, 100.0));
    }
}
