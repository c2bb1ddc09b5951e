//! Checks with their measures and forms looked up.

use super::names::{self, contradiction, in_order};
use crate::{
    check::{Check, Expect, Settings},
    diag::{Finding, Severity},
    model::{Codebook, Id},
    spec::{ExpectSpec, SeveritySpec, Spanned, Spec},
};

pub fn checks(spec: &Spec, book: &Codebook, known: &[Id], findings: &mut Vec<Finding>) -> Vec<Check> {
    let mut checks = Vec::new();
    for (file, id, entry) in in_order(&spec.checks, |content| &content.checks) {
        let place = file.place(entry);
        let id = names::define(&place, id, findings);
        let entry = entry.as_ref();
        let mut measure = |name: &Spanned<String>| {
            names::find(file, name, &names::MEASURE, book.measures.iter().map(|measure| &measure.id), findings)
        };
        let mut measures = |names: &[Spanned<String>]| -> Vec<Id> { names.iter().filter_map(&mut measure).collect() };
        let of = measures(&entry.of);
        let expect = match &entry.expect {
            ExpectSpec::Between { from, to } => Some(Expect::Between { from: *from, to: *to }),
            ExpectSpec::Whole => Some(Expect::Whole),
            ExpectSpec::PartOf(whole) => measure(whole).map(Expect::PartOf),
            ExpectSpec::SumOf { parts, within } => Some(Expect::SumOf { parts: measures(parts), within: *within }),
            ExpectSpec::TotalsAgree { within } => Some(Expect::TotalsAgree { within: *within }),
            ExpectSpec::Recomputes { of, to, per, within } => {
                Some(Expect::Recomputes { of: measures(of), to: measures(to), per: *per, within: *within })
            }
            ExpectSpec::ChangeWithin { per_cent, from } => Some(Expect::ChangeWithin { per_cent: *per_cent, from: *from }),
            ExpectSpec::HidiroglouBerthelot { u, a, c } => Some(Expect::HidiroglouBerthelot(Settings { u: *u, a: *a, c: *c })),
            ExpectSpec::RobustZ { to, limit, points } => {
                measure(to).map(|to| Expect::RobustZ { to, limit: *limit, points: *points })
            }
            ExpectSpec::LastDigitsSpread { from, chi_squared } => {
                Some(Expect::LastDigitsSpread { from: *from, chi_squared: *chi_squared })
            }
            ExpectSpec::NotCopied { at_least } => Some(Expect::NotCopied { at_least: *at_least }),
            ExpectSpec::ColumnsDiffer { at_least } => Some(Expect::ColumnsDiffer { at_least: *at_least }),
            ExpectSpec::NotMistakenFor(whole) => measure(whole).map(Expect::NotMistakenFor),
            ExpectSpec::NotSwappedWith(denominator) => measure(denominator).map(Expect::NotSwappedWith),
            ExpectSpec::CompletesGradually { at_least } => Some(Expect::CompletesGradually { at_least: *at_least }),
            ExpectSpec::RollsUpTo { measure: published, each_within } => {
                measure(published).map(|measure| Expect::RollsUpTo { measure, each_within: *each_within })
            }
            ExpectSpec::Complete { forms } => {
                let find = |form| names::find(file, form, &names::FORM, known.iter(), findings);
                Some(Expect::Complete { forms: forms.iter().filter_map(find).collect() })
            }
        };
        let Some(expect) = expect else { continue };
        if entry.because.zh.trim().is_empty() && entry.because.en.trim().is_empty() {
            findings.push(contradiction(
                &place,
                format!("规则 {id} 缺少理由 because"),
                format!("the rule {id} gives no reason in `because`"),
            ));
        }
        let speaks_of_all = of.is_empty() && entry.of.is_empty() && !matches!(expect, Expect::Complete { .. });
        let of = if speaks_of_all { counted(book) } else { of };
        let severity = entry.severity.map(|severity| match severity {
            SeveritySpec::Error => Severity::Error,
            SeveritySpec::Warning => Severity::Warning,
            SeveritySpec::Note => Severity::Note,
        });
        checks.push(Check { id, of, expect, because: entry.because.clone(), severity, place });
    }
    checks
}

/// Everything that is counted: what a rule without `of` speaks of.
fn counted(book: &Codebook) -> Vec<Id> {
    book.measures.iter().filter(|measure| measure.is_additive()).map(|measure| measure.id.clone()).collect()
}
