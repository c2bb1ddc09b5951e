//! What is withheld, with its measures looked up.

use super::names::{self, contradiction};
use crate::{
    compute::{Disclosure, Dominance, Rule},
    diag::Finding,
    model::{Codebook, Id, Measure, MeasureKind},
    spec::{Spanned, Spec},
};

pub fn disclosure(spec: &Spec, book: &Codebook, findings: &mut Vec<Finding>) -> Option<Disclosure> {
    let said = spec.pipeline.content.disclosure.as_ref()?;
    let mut find = |listed: &[Spanned<String>], is_wanted: fn(&Measure) -> bool| -> Vec<Id> {
        let known = || book.measures.iter().filter(|measure| is_wanted(measure)).map(|measure| &measure.id);
        listed.iter().filter_map(|name| names::find(&spec.pipeline, name, &names::MEASURE, known(), findings)).collect()
    };
    let measures = find(&said.measures, Measure::is_additive);
    let beside = find(&said.beside, |measure| measure.kind == MeasureKind::ReportedRate);
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
    Some(Disclosure { measures, beside, rule, because: said.because.clone() })
}
