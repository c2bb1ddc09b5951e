//! Targets with their indicators and periods looked up.

use super::{
    indicators::in_order,
    names::{self, contradiction},
};
use crate::{
    diag::Finding,
    model::{Aim, Formula, Id, Indicator, Reading, Target},
    spec::Spec,
};

pub fn targets(spec: &Spec, indicators: &[Indicator], findings: &mut Vec<Finding>) -> Vec<Target> {
    let file = &spec.targets;
    let mut targets = Vec::new();
    for (id, entry) in in_order(&file.content.targets) {
        let place = file.place(entry);
        let id = names::define(&place, id, findings);
        let entry = entry.as_ref();
        let period = match entry.period.as_ref().parse() {
            Ok(period) => period,
            Err(fault) => {
                findings.push(contradiction(&file.place(&entry.period), format!("时期写法不对（{fault}）"), fault));
                continue;
            }
        };
        let mut look_up = |name: &Option<crate::spec::Spanned<String>>| -> Option<Id> {
            let known = indicators.iter().map(|indicator| &indicator.id);
            name.as_ref().and_then(|name| names::find(file, name, &names::INDICATOR, known, findings))
        };
        let indicator = look_up(&entry.indicator);
        let mut readings = vec![Reading { words: entry.reading.clone(), indicator: indicator.clone(), aim: entry.aim.clone() }];
        for other in &entry.alternatives {
            let own = look_up(&other.indicator).or_else(|| indicator.clone());
            readings.push(Reading { words: other.reading.clone(), indicator: own, aim: other.aim.clone() });
        }
        for reading in &readings {
            let needs_indicator = !matches!(reading.aim, Aim::Milestone { .. } | Aim::Undecidable { .. });
            if needs_indicator && reading.indicator.is_none() && entry.indicator.is_none() {
                findings.push(contradiction(
                    &place,
                    format!("目标 {id} 需要 indicator"),
                    format!("the target {id} needs an indicator to be judged by"),
                ));
            }
            let is_ratio = |id: &Id| {
                indicators.iter().any(|indicator| indicator.id == *id && matches!(indicator.formula, Formula::Ratio { .. }))
            };
            if reading.aim == Aim::All && !reading.indicator.as_ref().is_some_and(is_ratio) {
                findings.push(contradiction(
                    &place,
                    format!("目标 {id} 的 aim = \"all\" 需要一个比率指标（比较个数）"),
                    format!("the target {id} aims at all units and needs a ratio indicator, whose counts are compared"),
                ));
            }
        }
        targets.push(Target {
            id,
            name: entry.name.clone(),
            period,
            readings,
            citation: entry.citation.clone(),
            aspiration: entry.aspiration,
            every_area: !entry.whole_only,
            note: entry.note.clone(),
        });
    }
    targets
}
