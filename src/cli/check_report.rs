//! `yardstick check --report`: does the arithmetic of the document add up?

use super::{LanguageArgument, colour_on_stderr, pipeline_folder, tell, warn, width_on_stdout};
use crate::{
    audit::audit,
    diag::{self, Code, Finding},
    model::Text,
    plan::Plan,
    publish,
};

/// Prints every check, then a finding for each that does not add up. 1 where one of these is unexplained.
pub fn check_report(pipeline: &str, language: &LanguageArgument) -> u8 {
    let language = language.language();
    let folder = pipeline_folder(pipeline);
    let mut findings = Vec::new();
    let plan = Plan::read(&folder, &mut findings);
    if plan.as_ref().is_some_and(|plan| plan.audit.is_empty()) {
        let message = Text::new(
            format!("流水线 {} 没有对报告的核对（pipeline.toml 中的 audit）", folder.display()),
            format!("the pipeline {} audits no report (`audit` in its pipeline.toml)", folder.display()),
        );
        findings.push(Finding::new(Code::RuleUnmatched, message));
    }
    let Some(plan) = plan.filter(|plan| !plan.audit.is_empty()) else {
        for finding in &findings {
            warn(&format!("{}\n", diag::show(finding, language, colour_on_stderr())));
        }
        return 2;
    };
    let (audited, findings) = audit(&plan.audit);
    tell(&publish::audit::text(&audited, language, width_on_stdout()));
    for finding in &findings {
        warn(&format!("{}\n", diag::show(finding, language, colour_on_stderr())));
    }
    u8::from(audited.iter().any(|check| check.is_open()))
}
