//! Rates as offices report them, where they give no counts.
//!
//! Rule: an area's rate is the one that it (or the office above) wrote, and is compared with its own of other periods; nothing is added,
//! nothing averaged. The whole has none: what is written of it is kept among the totals, to be compared. Degenerate cases: two figures for one area and period
//! under one term (a breakdown that the term leaves open) give none, and the note says so.

use std::collections::BTreeMap;

use super::Questions;
use crate::model::{Dataset, Formula, Id, Indicator, IndicatorValue, Observation, Period, Status, Text};

pub fn values(dataset: &Dataset, questions: &Questions) -> Vec<IndicatorValue> {
    let mut found = Vec::new();
    for indicator in questions.indicators {
        let Formula::Reported { rate } = &indicator.formula else { continue };
        let mut by_place: BTreeMap<(&Id, Period), Vec<(u32, &Observation)>> = BTreeMap::new();
        for (place, row) in dataset.observations.iter().enumerate().filter(|(_, row)| rate.takes(row)) {
            by_place.entry((&row.area, row.period)).or_default().push((place as u32, row));
        }
        found.extend(by_place.into_iter().map(|((area, period), rows)| one(indicator, area, period, &rows)));
    }
    found
}

fn one(indicator: &Indicator, area: &Id, period: Period, rows: &[(u32, &Observation)]) -> IndicatorValue {
    let single = match rows {
        [(_, row)] => row.value,
        _ => None,
    };
    let note = match rows.len() {
        1 => Text::default(),
        many => Text::new(
            format!("有 {many} 个填报数，比率不能合并"),
            format!("{many} figures were reported, and rates do not add up"),
        ),
    };
    let worst = rows.iter().map(|(_, row)| row.status).reduce(Status::worse).unwrap_or(Status::Missing);
    IndicatorValue {
        indicator: indicator.id.clone(),
        area: area.clone(),
        period,
        breakdown: Default::default(),
        value: single,
        status: if single.is_none() && rows.len() > 1 { Status::Missing } else { worst },
        numerator: None,
        denominator: None,
        change: None,
        note,
        lacking: false,
        so_far: false,
        from: rows.iter().map(|(place, _)| *place).collect(),
        interval: None,
        control: None,
        trend: None,
        coverage: None,
    }
}
