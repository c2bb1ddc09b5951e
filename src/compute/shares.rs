//! The task sheet: each district's share of a target.
//!
//! Rule: a district with a share is judged by it, in place of the level of the whole. Shares of a level that is a count add up
//! to the level of the whole; where they do not, that is a finding. Degenerate cases: a district without a share is judged as
//! the target says.

use rustc_hash::FxHashMap;

use super::total::total;
use crate::{
    diag::{Code, Finding, Place},
    model::{Aim, Areas, Dataset, Id, Period, Target, Text, are_equal, number::plain},
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
        let listed = self.listed(target, areas);
        if listed.is_empty() {
            return None;
        }
        let sum = total(listed.iter().map(|share| share.value));
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
        let expected = Text::new(format!("合计 {goal}"), format!("{goal} together"));
        Some(of_cells(Code::SharesDiffer, message, &listed, dataset).read(sum).expected(expected))
    }

    /// Shares of a target whose aim has no level that they could take the place of.
    pub fn without_use(&self, target: &Target, dataset: &Dataset, areas: &Areas) -> Option<Finding> {
        let listed = self.listed(target, areas);
        let message = Text::new(
            format!("“{}”：任务书给了 {} 个地区的分解数，但该目标不是按数量判断的，分解数未采用", target.name.zh, listed.len()),
            format!(
                "`{}`: the task sheet gives {} areas a share, and the target has no level of which that could be one; they were not used",
                target.name.en,
                listed.len()
            ),
        );
        let next = Text::new(
            "请核对任务书的目标编号；或在 targets 中改用 at-least、at-most、about、flow、rises、falls 之一。",
            "Check the target's code in the task sheet, or give the target one of the aims at-least, at-most, about, flow, rises, falls.",
        );
        (!listed.is_empty()).then(|| of_cells(Code::SharesDiffer, message, &listed, dataset).next(next))
    }

    /// In the order of areas.
    fn listed(&self, target: &Target, areas: &Areas) -> Vec<Share> {
        let of_target = self.by_target.get(&(target.id.clone(), target.period));
        let mut listed: Vec<(&Id, &Share)> = of_target.into_iter().flatten().collect();
        listed.sort_by_key(|(area, _)| areas.order(area));
        listed.into_iter().map(|(_, share)| *share).collect()
    }
}

fn of_cells(code: Code, message: Text, shares: &[Share], dataset: &Dataset) -> Finding {
    let mut cells = shares.iter().filter_map(|share| dataset.observations[share.row as usize].cell().map(Place::from));
    let place = cells.next().unwrap_or_default();
    Finding::new(code, message).at(place).also(cells.collect::<Vec<_>>())
}

/// The aim of a district that has a share: it takes the place of the level of the whole. None where there is no such place.
pub fn own_aim(aim: &Aim, share: f64) -> Option<Aim> {
    Some(match aim {
        Aim::AtLeast(_) => Aim::AtLeast(share),
        Aim::AtMost(_) => Aim::AtMost(share),
        Aim::Flow { profile, .. } => Aim::Flow { at_least: share, profile: profile.clone() },
        Aim::About { band, .. } => Aim::About { value: share, band: *band },
        // A share of what has no level of its own is a level for this district.
        Aim::Rises => Aim::AtLeast(share),
        Aim::Falls => Aim::AtMost(share),
        _ => return None,
    })
}
