//! The task sheet: each district's share of a target.
//!
//! Rule: a district with a share is judged by it, in place of the level of the whole. Shares of a level that is a count add up
//! to the level of the whole; where they do not, that is a finding. Degenerate cases: a district without a share is judged as
//! the target says.

use rustc_hash::FxHashMap;

use super::total::total;
use crate::{
    diag::{Code, Finding, Place},
    model::{Areas, Dataset, Id, Period, Target, Text, are_equal, number::plain},
};

/// Which measure gives a district its share, by the dimension whose members are targets.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskSheet {
    pub target: Id,
    pub share: Id,
}

/// A share, and the observation that gives it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    pub value: f64,
    pub row: u32,
}

#[derive(Debug, Default)]
pub struct Shares {
    by_target: FxHashMap<(Id, Period), FxHashMap<Id, Share>>,
}

impl Shares {
    pub fn read(dataset: &Dataset, sheet: Option<&TaskSheet>) -> Shares {
        let mut shares = Shares::default();
        let Some(sheet) = sheet else { return shares };
        for (row, observation) in dataset.observations.iter().enumerate().filter(|(_, row)| row.measure == sheet.share) {
            let target = observation.breakdown.get(&sheet.target);
            if let (Some(target), Some(value)) = (target, observation.value) {
                let of_target = shares.by_target.entry((target.clone(), observation.period)).or_default();
                of_target.insert(observation.area.clone(), Share { value, row: row as u32 });
            }
        }
        shares
    }

    pub fn of(&self, target: &Target, area: &Id) -> Option<Share> {
        self.by_target.get(&(target.id.clone(), target.period))?.get(area).copied()
    }

    /// Shares of a count that do not add up to the level of the whole.
    pub fn disagree(&self, target: &Target, goal: f64, dataset: &Dataset, areas: &Areas) -> Option<Finding> {
        let shares = self.by_target.get(&(target.id.clone(), target.period))?;
        let mut listed: Vec<(&Id, &Share)> = shares.iter().collect();
        listed.sort_by_key(|(area, _)| areas.order(area));
        let sum = total(listed.iter().map(|(_, share)| share.value));
        if are_equal(sum, goal) {
            return None;
        }
        let (sum, goal, apart) = (plain(sum), plain(goal), plain(sum - goal));
        let message = Text::new(
            format!("“{}”：任务书分解到 {} 个地区共 {sum}，全市目标为 {goal}，相差 {apart}", target.name.zh, listed.len()),
            format!(
                "`{}`: the task sheet gives {} areas {sum} together, the target of the whole is {goal}, a difference of {apart}",
                target.name.en,
                listed.len()
            ),
        );
        let mut cells = listed.iter().filter_map(|(_, share)| dataset.observations[share.row as usize].cell().map(Place::from));
        let place = cells.next().unwrap_or_default();
        let expected = Text::new(format!("合计 {goal}"), format!("{goal} together"));
        Some(Finding::new(Code::SharesDiffer, message).at(place).also(cells.collect::<Vec<_>>()).read(sum).expected(expected))
    }
}
