//! The ledger of milestones: what offices wrote of each by the as-of date, and what follows from it.
//!
//! Rule: done from its completion day on; overdue once its planned day (else the last day of the target's period) has passed;
//! due once begun; else not started. A month's ledger replaces the one before. Degenerate cases: no row in the ledger: cannot
//! tell, which is not missed; a completion day that is still to come is not completed. Where two areas send the same row, what one leaves
//! blank the other says; of two that say something the one with the smaller code is taken.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::{
    diag::{Code, Finding, Place},
    model::{Dataset, Id, Milestone, Observation, Period, Target, Text, Verdict, day},
};

/// Which measures make up the ledger, by the dimension whose members are targets.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerColumns {
    pub target: Id,
    pub started: Id,
    pub planned: Id,
    pub completed: Id,
    pub document: Id,
    pub evidence: Id,
    pub office: Id,
}

/// One milestone's row, and the observations it was read from.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub milestone: Milestone,
    pub from: Vec<u32>,
}

#[derive(Debug, Default)]
pub struct Ledger {
    by_target: FxHashMap<Id, Entry>,
}

impl Ledger {
    pub fn read(dataset: &Dataset, columns: Option<&LedgerColumns>, as_of: Date) -> Ledger {
        let Some(columns) = columns else { return Ledger::default() };
        let mut rows: BTreeMap<Id, FxHashMap<Period, Entry>> = BTreeMap::new();
        for (place, row) in dataset.observations.iter().enumerate() {
            let Some(target) = row.breakdown.get(&columns.target).filter(|_| row.period.first_day() <= as_of) else { continue };
            if !columns.holds(&row.measure) {
                continue;
            }
            let entry = rows.entry(target.clone()).or_default().entry(row.period).or_default();
            columns.write(row, &mut entry.milestone);
            entry.from.push(place as u32);
        }
        // What began last; of what began together the shorter, which is kept from month to month.
        let latest = |periods: FxHashMap<Period, Entry>| {
            periods.into_iter().max_by_key(|(period, _)| (period.first_day(), Reverse(period.last_day())))
        };
        let latest = rows.into_iter().filter_map(|(target, periods)| Some((target, latest(periods)?.1)));
        Ledger { by_target: latest.collect() }
    }

    /// What the ledger says of it. What is done after its period was over stands in the ledger of a later one.
    pub fn of(&self, target: &Target) -> Option<&Entry> {
        self.by_target.get(&target.id)
    }
}

impl LedgerColumns {
    fn holds(&self, measure: &Id) -> bool {
        [&self.started, &self.planned, &self.completed, &self.document, &self.evidence, &self.office].contains(&measure)
    }

    /// Takes over what an observation of the ledger says.
    fn write(&self, row: &Observation, milestone: &mut Milestone) {
        let date = |said: &mut Option<Date>| *said = said.or_else(|| row.value.and_then(day::from_number));
        let words = |said: &mut String| {
            if said.is_empty() {
                *said = row.raw().trim().to_string();
            }
        };
        match &row.measure {
            measure if *measure == self.started => date(&mut milestone.started),
            measure if *measure == self.planned => date(&mut milestone.planned),
            measure if *measure == self.completed => date(&mut milestone.completed),
            measure if *measure == self.document => words(&mut milestone.document),
            measure if *measure == self.evidence => words(&mut milestone.evidence),
            measure if *measure == self.office => words(&mut milestone.office),
            _ => {}
        }
    }
}

/// Where a milestone stands on a day.
pub fn verdict(milestone: &Milestone, period: Period, as_of: Date) -> Verdict {
    let has_come = |day: Option<Date>| day.is_some_and(|day| day <= as_of);
    if has_come(milestone.completed) {
        return Verdict::Done;
    }
    if milestone.planned.unwrap_or(period.last_day()) < as_of {
        return Verdict::Overdue;
    }
    if has_come(milestone.started) { Verdict::Due } else { Verdict::NotStarted }
}

/// What is known of a milestone, in words: document, days, evidence.
pub fn words(milestone: &Milestone) -> Text {
    let mut zh = Vec::new();
    let mut en = Vec::new();
    let mut say = |label_zh: &str, label_en: &str, what: String| {
        if !what.is_empty() {
            zh.push(format!("{label_zh}{what}"));
            en.push(format!("{label_en}{what}"));
        }
    };
    let on = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    say("文号或会议：", "document or meeting: ", milestone.document.clone());
    say("计划 ", "planned for ", on(milestone.planned));
    say("完成 ", "completed on ", on(milestone.completed));
    say("佐证：", "evidence: ", milestone.evidence.clone());
    say("牵头：", "office: ", milestone.office.clone());
    Text::new(zh.join("，"), en.join(", "))
}

/// A milestone that is said to be done with neither a document nor evidence.
pub fn unproven(target: &Target, entry: &Entry, dataset: &Dataset) -> Finding {
    let message = Text::new(
        format!("“{}”已填完成日期，但没有文号，也没有佐证", target.name.zh),
        format!("`{}` is completed by the ledger, with neither a document nor evidence", target.name.en),
    );
    let cells: BTreeSet<Place> =
        entry.from.iter().filter_map(|&row| dataset.observations[row as usize].cell().map(Place::from)).collect();
    let mut cells = cells.into_iter();
    let expected = Text::new("文号、会议或佐证材料", "a document number, a meeting or evidence");
    Finding::new(Code::MilestoneUnproven, message).at(cells.next().unwrap_or_default()).also(cells).expected(expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_milestone_is_where_its_days_put_it() {
        let day = |month, day| Some(jiff::civil::date(2023, month, day));
        let on = |milestone: &Milestone, month, day| {
            verdict(milestone, Period::Year(2023), jiff::civil::date(2023, month, day)).word()
        };
        let mut plan = Milestone { planned: day(9, 30), ..Milestone::default() };
        assert_eq!(on(&plan, 6, 30), "not_started");
        plan.started = day(7, 1);
        assert_eq!(on(&plan, 6, 30), "not_started");
        assert_eq!(on(&plan, 7, 1), "due");
        assert_eq!(on(&plan, 9, 30), "due");
        assert_eq!(on(&plan, 10, 1), "overdue");
        plan.completed = day(10, 8);
        assert_eq!(on(&plan, 10, 7), "overdue");
        assert_eq!(on(&plan, 10, 8), "done");
        let unplanned = Milestone::default();
        assert_eq!(on(&unplanned, 12, 31), "not_started");
        assert_eq!(verdict(&unplanned, Period::Year(2023), jiff::civil::date(2024, 1, 1)).word(), "overdue");
    }
}
