//! What is withheld, with its measures looked up, and what the checks of the pipeline say of them.

use super::names::{self, contradiction};
use crate::{
    check::{Check, Expect},
    compute::{Disclosure, Dominance, Rule},
    diag::Finding,
    model::{Codebook, Id, Measure, MeasureKind},
    spec::{Spanned, Spec},
};

pub fn disclosure(spec: &Spec, book: &Codebook, checks: &[Check], findings: &mut Vec<Finding>) -> Option<Disclosure> {
    let said = spec.pipeline.content.disclosure.as_ref()?;
    let mut find = |listed: &[Spanned<String>], is_wanted: fn(&Measure) -> bool| -> Vec<Id> {
        let known = || book.measures.iter().filter(|measure| is_wanted(measure)).map(|measure| &measure.id);
        listed.iter().filter_map(|name| names::find(&spec.pipeline, name, &names::MEASURE, known(), findings)).collect()
    };
    let mut measures = find(&said.measures, Measure::is_additive);
    let mut beside = find(&said.beside, |measure| measure.kind == MeasureKind::ReportedRate);
    let is_share = said.dominance.is_none_or(|rule| rule.largest > 0 && rule.share > 0.0 && rule.share <= 1.0);
    if let (false, Some(name)) = (is_share && said.threshold >= 0.0, said.measures.first()) {
        findings.push(contradiction(
            &spec.pipeline.place(name),
            "disclosure 的 threshold 不得为负，dominance 的 largest 至少为 1、share 在 0 到 1 之间",
            "in `disclosure`, threshold is not negative, and of dominance largest is at least 1 and share between 0 and 1",
        ));
    }
    let dominance = said.dominance.map(|rule| Dominance { largest: rule.largest as usize, share: rule.share });
    let rule = Rule { threshold: said.threshold, dominance };
    let wholes = wholes(checks);
    // With all parts but one and the whole, that one is known: where one of them is looked at, all are.
    while let Some(more) = wholes.iter().find_map(|(whole, parts)| {
        let all = || parts.iter().chain([whole]);
        let is_looked_at = all().any(|measure| measures.contains(measure));
        all().find(|measure| is_looked_at && !measures.contains(measure)).cloned()
    }) {
        measures.push(more);
    }
    beside.extend(recomputed(checks, &measures));
    Some(Disclosure { wholes, measures, beside, rule, because: said.because.clone() })
}

fn wholes(checks: &[Check]) -> Vec<(Id, Vec<Id>)> {
    let sums = checks.iter().filter_map(|check| match &check.expect {
        Expect::SumOf { parts, .. } => Some((check, parts)),
        _ => None,
    });
    sums.flat_map(|(check, parts)| check.of.iter().map(move |whole| (whole.clone(), parts.clone()))).collect()
}

/// Rates that a check recomputes from the counts: who has the rate and one count has the other.
fn recomputed(checks: &[Check], measures: &[Id]) -> Vec<Id> {
    let tells = |check: &&Check| match &check.expect {
        Expect::Recomputes { of, to, .. } => of.iter().chain(to).any(|measure| measures.contains(measure)),
        _ => false,
    };
    checks.iter().filter(tells).flat_map(|check| check.of.iter().cloned()).collect()
}
