//! What the rules allow a figure to be, for the cell in which it is typed.

use super::{Check, Expect};
use crate::{
    diag::Severity,
    model::{Id, Limits},
};

/// All that is said of one measure. Only what is an error if broken limits the cell; every reason is kept.
pub fn limits(checks: &[Check], measure: &Id) -> Limits {
    let mut limits = Limits::default();
    for check in checks.iter().filter(|check| check.of.contains(measure)) {
        let is_strict = check.severity.is_none_or(|severity| severity == Severity::Error);
        match &check.expect {
            Expect::Between { from, to } if is_strict => {
                limits.from = Some(limits.from.map_or(*from, |known| known.max(*from)));
                limits.to = Some(limits.to.map_or(*to, |known| known.min(*to)));
            }
            Expect::Whole if is_strict => limits.whole = true,
            Expect::PartOf(whole) if is_strict => limits.part_of.push(whole.clone()),
            Expect::SumOf { .. } | Expect::Recomputes { .. } => {}
            // What speaks of other workbooks says nothing to whoever fills this one.
            _ => continue,
        }
        if !limits.because.contains(&check.because) {
            limits.because.push(check.because.clone());
        }
    }
    limits
}
