//! A finding as a person reads it on a terminal: the sentence, the cell, the line of TOML that judged, the reason, the next step.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Finding, Severity};
use crate::model::Language;

/// Draws a finding. Colour only where the caller knows of a terminal.
pub fn show(finding: &Finding, language: Language, colour: bool) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
    .with_name(finding.severity.name().in_language(language).to_string());
    let title = level.primary_title(finding.message.in_language(language)).id(finding.code.word());

    let mut group = Group::with_title(title);
    if let Some(rule) = &finding.rule {
        let end = rule.span.end.min(rule.file.text.len());
        let start = rule.span.start.min(end);
        group = group.element(
            Snippet::source(rule.file.text.as_str())
                .path(rule.file.path.as_str())
                .annotation(AnnotationKind::Primary.span(first_line(&rule.file.text, start..end))),
        );
    }
    let lines: Vec<String> = details(finding, language).into_iter().map(|(label, words)| format!("   {label}{words}")).collect();

    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    format!("{}\n{}\n", renderer.render(&[group]), lines.join("\n"))
}

/// What a finding says beside its sentence, line by line: where, what was read, what was expected, why, what to do.
pub fn details(finding: &Finding, language: Language) -> Vec<(&'static str, String)> {
    let say = |zh: &'static str, en: &'static str| match language {
        Language::Chinese => zh,
        Language::English => en,
    };
    const ALSO: usize = 8;
    let mut also: Vec<String> = finding.also.iter().take(ALSO).map(|place| place.beside(&finding.place)).collect();
    if finding.also.len() > ALSO {
        let more = finding.also.len() - ALSO;
        also.push(if language == Language::Chinese { format!("另有 {more} 处") } else { format!("{more} more") });
    }
    let mut lines = vec![
        (say("位置：", "where: "), finding.place.to_string()),
        (say("以及：", "and: "), also.join(say("；", "; "))),
        (say("读到：", "read: "), finding.read.clone()),
        (say("应为：", "expected: "), finding.expected.in_language(language).to_string()),
        (say("理由：", "because: "), finding.because.in_language(language).to_string()),
        (say("处理：", "next: "), finding.next.in_language(language).to_string()),
    ];
    lines.retain(|(_, words)| !words.is_empty());
    lines
}

/// A rule may span many lines; its first one is enough to find it.
fn first_line(text: &str, span: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let end = text[span.clone()].find('\n').map_or(span.end, |length| span.start + length);
    span.start..end.max(span.start)
}
