//! What the bulletin is written from: counts, sentences and tables of the run, printed in its language.

use std::io;

use super::{
    drawings::Drawing,
    found::{Found, verdicts},
    output::Artifact,
};
use crate::{
    chart,
    diag::{Finding, Severity},
    model::{
        Area, AreaKind, Arrival, ArrivalState, Language, OutputFormat, Progress, Target, Verdict,
        goal::{is_short, judged_level, judged_value},
    },
    publish::brief::{
        Brief, Chart, Table, TableColumn, document,
        wording::{Counted, DistrictFacts, Facts, SubjectFacts},
    },
};

/// The draft of the bulletin.
pub const BRIEF: &str = "brief.docx";

/// Where nothing was promised there is nothing to report on.
pub fn is_due(results: &Found) -> bool {
    results.plan.publishes(OutputFormat::Bulletin) && !results.summary.progress.is_empty()
}

/// None where it is not due.
pub fn brief(results: &Found, findings: &[Finding], drawings: &[Drawing]) -> io::Result<Option<Artifact>> {
    if !is_due(results) {
        return Ok(None);
    }
    let writer = Writer { results, language: results.order.language };
    let facts = writer.facts(findings);
    let subjects = writer.subjects(drawings);
    let districts = writer.districts();
    let tables = writer.tables(&districts);
    let bytes = document(&Brief {
        wording: &results.plan.brief,
        language: writer.language,
        facts: &facts,
        subjects: &subjects,
        districts: &districts,
        tables: &tables,
        day: &facts.as_of,
    })?;
    Ok(Some(Artifact { path: BRIEF.to_string(), bytes }))
}

struct Writer<'a> {
    results: &'a Found<'a>,
    language: Language,
}

impl<'a> Writer<'a> {
    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::Chinese => zh,
            Language::English => en,
        }
    }

    fn target(&self, progress: &Progress) -> Option<&'a Target> {
        self.results.plan.targets.iter().find(|target| target.id == progress.target)
    }

    fn name(&self, progress: &Progress) -> String {
        self.target(progress)
            .map_or_else(|| progress.target.to_string(), |target| target.name.in_language(self.language).to_string())
    }

    /// The verdicts on an area, in the order of the targets.
    fn of_area(&self, area: &'a str) -> impl Iterator<Item = &'a Progress> {
        self.results.summary.progress.iter().filter(move |progress| progress.area.as_ref() == area)
    }

    fn whole(&self) -> &'a str {
        self.results.plan.book.areas.whole().map_or("", |area| &area.code)
    }

    fn facts(&self, findings: &[Finding]) -> Facts {
        let plan = self.results.plan;
        let counts = verdicts(plan, self.results.summary);
        let named = |verdict: Verdict| -> Vec<String> {
            self.of_area(self.whole())
                .filter(|progress| progress.verdict == verdict)
                .map(|progress| self.name(progress))
                .collect()
        };
        let day = self.results.order.as_of;
        let of = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
        Facts {
            title: plan.title.in_language(self.language).to_string(),
            whole: plan.book.area_name(self.whole(), self.language),
            as_of: match self.language {
                Language::Chinese => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
                Language::English => day.strftime("%-d %B %Y").to_string(),
            },
            total: counts.values().sum(),
            reached: counts.iter().filter(|(verdict, _)| verdict.is_reached()).map(|(_, count)| count).sum(),
            verdicts: counts
                .iter()
                .map(|(verdict, &count)| {
                    let name = verdict.name().in_language(self.language).to_string();
                    Counted { word: verdict.word(), name, count }
                })
                .collect(),
            missed: named(Verdict::Missed),
            overdue: named(Verdict::Overdue),
            behind: named(Verdict::Behind),
            cannot_tell: named(Verdict::CannotTell),
            owed: self.results.plan.book.areas.iter().flat_map(|area| self.owed(area, true)).collect(),
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            sample: plan.sample,
        }
    }

    /// Forms of an area that are overdue.
    fn owed(&self, area: &Area, with_name: bool) -> Vec<String> {
        let rows = self.results.arrivals.iter().filter(|row| row.area == area.code && row.state == ArrivalState::Overdue);
        let words = |row: &Arrival| {
            let when = row.period.in_language(self.language);
            match (self.language, with_name) {
                (Language::Chinese, true) => format!("{}{}（{when}）", area.name.zh, row.form),
                (Language::Chinese, false) => format!("{}（{when}）", row.form),
                (Language::English, true) => format!("{} of {} ({when})", row.form, area.name.in_language(self.language)),
                (Language::English, false) => format!("{} ({when})", row.form),
            }
        };
        rows.map(words).collect()
    }

    /// Subjects whose commitments are judged by figures, each with a chart while there may be more.
    fn subjects(&self, drawings: &'a [Drawing]) -> Vec<(SubjectFacts, Option<Chart<'a>>)> {
        let plan = self.results.plan;
        let mut left = plan.brief.charts;
        let of_subject = |subject: &str| -> Vec<(&'a Progress, &'a str)> {
            let judged = self.of_area(self.whole()).filter_map(|progress| {
                let indicator = plan.indicator(self.target(progress)?.taken().indicator.as_deref()?)?;
                (indicator.subject.as_ref() == subject).then_some((progress, indicator.id.as_ref()))
            });
            judged.collect()
        };
        let mut subjects = Vec::new();
        for subject in &plan.subjects {
            let judged = of_subject(&subject.id);
            if judged.is_empty() {
                continue;
            }
            // What is not reached is shown first.
            let mut shown: Vec<&(&Progress, &str)> = judged.iter().collect();
            shown.sort_by_key(|(progress, _)| progress.verdict.is_reached());
            let chart = shown.iter().find_map(|(_, indicator)| chart(drawings, indicator)).filter(|_| left > 0);
            left -= usize::from(chart.is_some());
            let findings = self.findings(&judged, drawings);
            let facts = SubjectFacts {
                name: subject.name.in_language(self.language).to_string(),
                total: judged.len(),
                reached: judged.iter().filter(|(progress, _)| progress.verdict.is_reached()).count(),
                more: judged.len() - findings.len(),
                findings,
            };
            subjects.push((facts, chart));
        }
        subjects
    }

    /// A sentence for each indicator: the finding that its chart is titled with, where there is one.
    fn findings(&self, judged: &[(&Progress, &str)], drawings: &[Drawing]) -> Vec<String> {
        let mut said: Vec<&str> = Vec::new();
        let mut findings = Vec::new();
        for &(progress, indicator) in judged {
            if said.contains(&indicator) {
                continue;
            }
            said.push(indicator);
            let drawn = drawings.iter().find(|drawing| drawing.figure.id == format!("{indicator}-line"));
            findings.push(drawn.map_or_else(|| self.finding(progress, indicator), |drawing| drawing.figure.title.clone()));
        }
        findings
    }

    /// Name, value, level and verdict as a sentence without its full stop.
    fn finding(&self, progress: &Progress, indicator: &str) -> String {
        let indicator = self.results.plan.indicator(indicator);
        let name = indicator.map_or("", |indicator| indicator.name.in_language(self.language));
        let verdict = progress.verdict.name().in_language(self.language).to_string();
        let [value, level] = self.judged(progress);
        match (self.language, value.is_empty(), level.is_empty()) {
            (Language::Chinese, true, _) => format!("{name}{verdict}"),
            (Language::Chinese, _, true) => format!("{name}为{value}，{verdict}"),
            (Language::Chinese, ..) => format!("{name}为{value}（目标值{level}），{verdict}"),
            (Language::English, true, _) => format!("{name}: {verdict}"),
            (Language::English, _, true) => format!("{name}: {value}, {verdict}"),
            (Language::English, ..) => format!("{name}: {value} (level to be reached {level}), {verdict}"),
        }
    }

    /// The value and the level it had to reach, as printed.
    fn judged(&self, progress: &Progress) -> [String; 2] {
        let Some(target) = self.target(progress) else { return Default::default() };
        let indicator = target.taken().indicator.as_deref().and_then(|id| self.results.plan.indicator(id));
        let said = [judged_value(indicator, target, progress), judged_level(indicator, target, progress)];
        said.map(|text| text.in_language(self.language).to_string())
    }

    fn districts(&self) -> Vec<DistrictFacts> {
        let districts = self.results.plan.book.areas.iter().filter(|area| area.kind == AreaKind::District);
        let facts = districts.map(|area| {
            let judged: Vec<&Progress> =
                self.of_area(&area.code).filter(|progress| progress.verdict != Verdict::CannotTell).collect();
            let count = |is_so: fn(Verdict) -> bool| judged.iter().filter(|progress| is_so(progress.verdict)).count();
            let (reached, aspirations) = (count(Verdict::is_reached), count(|verdict| verdict == Verdict::Aspiration));
            let named = |is_so: fn(Verdict) -> bool| -> Vec<String> {
                judged.iter().filter(|progress| is_so(progress.verdict)).map(|progress| self.name(progress)).collect()
            };
            let (missed, behind) = (named(is_short), named(|verdict| verdict == Verdict::Behind));
            DistrictFacts {
                name: area.name.in_language(self.language).to_string(),
                total: judged.len(),
                reached,
                aspirations,
                open: judged.len() - reached - aspirations - missed.len() - behind.len(),
                missed,
                behind,
                owed: self.owed(area, false),
            }
        });
        facts.filter(|facts| facts.total > 0 || !facts.owed.is_empty()).collect()
    }

    fn tables(&self, districts: &[DistrictFacts]) -> Vec<Table> {
        let column = |zh, en, share, figures| TableColumn { name: self.say(zh, en).to_string(), share, figures };
        let commitments = self.of_area(self.whole()).enumerate().map(|(place, progress)| {
            let [value, level] = self.judged(progress);
            vec![
                (place + 1).to_string(),
                self.name(progress),
                value,
                level,
                progress.verdict.name().in_language(self.language).to_string(),
            ]
        });
        let all = Table {
            caption: self.say("附表1　全部承诺完成情况", "Table 1. All commitments").to_string(),
            columns: vec![
                column("序号", "No.", 8, true),
                column("承诺", "Commitment", 41, false),
                column("实际", "Actual", 17, true),
                column("目标值", "Level", 17, true),
                column("结论", "Verdict", 17, false),
            ],
            rows: commitments.collect(),
        };
        let by_district = Table {
            caption: self.say("附表2　各区完成情况", "Table 2. By district").to_string(),
            columns: vec![
                column("区", "District", 17, false),
                column("可判断", "Judged", 12, true),
                column("达成", "Reached", 12, true),
                column("未达成或逾期未完成", "Missed or overdue", 17, true),
                column("愿景未实现", "Aspirations not reached", 16, true),
                column("进度滞后", "Behind", 13, true),
                column("未到期", "Not yet due", 13, true),
            ],
            // What is judged is the sum of the columns behind it.
            rows: districts
                .iter()
                .map(|district| {
                    let DistrictFacts { total, reached, missed, aspirations, behind, open, .. } = district;
                    let numbers = [*total, *reached, missed.len(), *aspirations, behind.len(), *open];
                    [district.name.clone()].into_iter().chain(numbers.map(|number| number.to_string())).collect()
                })
                .collect(),
        };
        [all, by_district].into_iter().filter(|table| !table.rows.is_empty()).collect()
    }
}

/// The chart that speaks for an indicator.
fn chart<'a>(drawings: &'a [Drawing], indicator: &str) -> Option<Chart<'a>> {
    let find = |id: String| drawings.iter().find(|drawing| drawing.figure.id == id);
    let drawing = chart::speaking_for(indicator).into_iter().find_map(find)?;
    Some(Chart { figure: drawing.figure, picture: &drawing.picture, png: &drawing.png })
}
