//! What a night found: all that its tables, charts and pages are made of.

use std::collections::BTreeMap;

use super::Order;
use crate::{
    model::{Arrival, Completeness, Dataset, Reminder, Summary, Verdict},
    plan::Plan,
};

pub struct Found<'a> {
    pub order: &'a Order,
    pub plan: &'a Plan,
    pub dataset: &'a Dataset,
    pub summary: &'a Summary,
    pub completeness: &'a [Completeness],
    pub arrivals: &'a [Arrival],
    pub reminders: &'a [Reminder],
}

/// Verdicts for the whole, by verdict.
pub fn verdicts(plan: &Plan, summary: &Summary) -> BTreeMap<Verdict, usize> {
    let whole = plan.book.areas.whole().map(|area| area.code.clone());
    let mut counts = BTreeMap::new();
    for progress in summary.progress.iter().filter(|progress| Some(&progress.area) == whole.as_ref()) {
        *counts.entry(progress.verdict).or_default() += 1;
    }
    counts
}
