//! The audit of the document with every formula read and every figure in it looked up.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::{
    names::{self, contradiction, in_order},
    reported::Reported,
};
use crate::{
    audit::{Check, Expect, Figure, Formula, Term},
    diag::Finding,
    model::{Aim, Amount, Id, Outcome, Period, Target, day},
    spec::{AuditExpect, AuditFile, AuditSpec, Parsed, Spanned, Spec},
};

pub fn checks(spec: &Spec, reported: &[Reported], targets: &[Target], findings: &mut Vec<Finding>) -> Vec<Check> {
    let figures = figures(spec, reported, targets, findings);
    let entries = in_order(&spec.audit, |content| &content.checks);
    names::refuse_twice(&entries, &names::AUDIT, findings);
    entries.into_iter().filter_map(|(file, id, entry)| Reader { file, figures: &figures, findings }.check(id, entry)).collect()
}

/// What formulas may name: figures as printed, levels of targets, `year of …` both, `day …` of the document.
fn figures(spec: &Spec, reported: &[Reported], targets: &[Target], findings: &mut Vec<Finding>) -> FxHashMap<Id, Figure> {
    let mut figures = FxHashMap::default();
    let mut put = |name: String, value: f64, half: f64| figures.insert(Id::from(name), Figure { value, half });
    for figure in reported {
        if let Ok(period) = figure.period.parse::<Period>() {
            put(format!("year of {}", figure.id), f64::from(period.year()), 0.0);
        }
        if let Some(value) = figure.value {
            // Decimals were rounded to their last digit; whole numbers were counted, unless `printed-to` says otherwise.
            let half = if figure.decimals > 0 { 0.5 * 0.1_f64.powi(figure.decimals as i32) } else { 0.0 };
            put(figure.id.to_string(), value, half);
        }
    }
    for target in targets {
        put(format!("year of {}", target.id), f64::from(target.period.year()), 0.0);
        let level = match &target.taken().aim {
            Aim::FallsBy(Amount::Points(by)) | Aim::RisesBy(Amount::Points(by)) => Some(*by),
            aim => aim.printed_level(),
        };
        if let Some(level) = level {
            put(target.id.to_string(), level, 0.0);
        }
    }
    for file in &spec.audit {
        for (name, written) in &file.content.days {
            match written.as_ref().parse::<Date>() {
                Ok(date) => drop(put(format!("day {name}"), day::number(date), 0.0)),
                Err(_) => findings.push(contradiction(
                    &file.place(written),
                    format!("“{}”不是日期，应写成 2023-04-28", written.as_ref()),
                    format!("`{}` is not a day: write 2023-04-28", written.as_ref()),
                )),
            }
        }
    }
    for file in &spec.audit {
        for (name, step) in &file.content.printed_to {
            match figures.get_mut(name.as_str()) {
                Some(figure) => figure.half = step.as_ref() / 2.0,
                None => findings.push(unknown(&file.place(step), name, &figures)),
            }
        }
    }
    figures
}

fn unknown(place: &crate::diag::TomlPlace, name: &str, figures: &FxHashMap<Id, Figure>) -> Finding {
    let mut known: Vec<&Id> = figures.keys().collect();
    known.sort();
    names::unknown(place, name, &names::REPORTED, &known)
}

/// Reads the checks of one file.
struct Reader<'a> {
    file: &'a Parsed<AuditFile>,
    figures: &'a FxHashMap<Id, Figure>,
    findings: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn check(mut self, id: &str, entry: &Spanned<AuditSpec>) -> Option<Check> {
        let rule = self.file.place(entry);
        let id = names::define(&rule, id, self.findings);
        let entry = entry.as_ref();
        let computes: Option<Vec<Term>> = entry.computes.iter().map(|text| self.term(text, text.as_ref())).collect();
        let expect = match (&entry.expect, &entry.pairs) {
            (Some(expect), _) => Some(self.expectation(expect, entry)?),
            (None, Some(pairs)) => {
                let growth = self.figure(&pairs.growth)?;
                let at_least = self.figure(&pairs.at_least)?.value;
                Some(Expect::Pairs { growth, at_least, below: pairs.below })
            }
            (None, None) => None,
        };
        if expect.is_none() && entry.computes.is_empty() {
            let (zh, en) = (format!("核对项 {id} 没有算式"), format!("the check {id} computes nothing"));
            self.findings.push(contradiction(&rule, zh, en));
        }
        Some(Check {
            id,
            name: entry.name.clone(),
            computes: computes?,
            unit: entry.unit.clone(),
            decimals: entry.decimals,
            expect,
            standing: entry.standing.unwrap_or(Outcome::Derived),
            otherwise: entry.otherwise.unwrap_or(Outcome::Inconsistent),
            acknowledged: entry.acknowledged.clone(),
            note: entry.note.clone(),
            rule,
        })
    }

    fn expectation(&mut self, expect: &AuditExpect, entry: &AuditSpec) -> Option<Expect> {
        Some(match expect {
            AuditExpect::Equals(other) => {
                let computed = entry.computes.first().map(|text| text.as_ref().as_str()).unwrap_or("0");
                let difference = format!("({computed}) - ({})", other.as_ref());
                Expect::Equals { difference: self.term(other, &difference)?, other: self.term(other, other.as_ref())? }
            }
            AuditExpect::AtLeast(bound) => Expect::AtLeast(*bound),
            AuditExpect::AtMost(bound) => Expect::AtMost(*bound),
            AuditExpect::WholeNumber => Expect::WholeNumber,
            AuditExpect::Lists { announced, names, open } => {
                Expect::Lists { announced: self.term(announced, announced.as_ref())?, names: names.clone(), open: *open }
            }
            AuditExpect::OneName(names) => Expect::OneName(names.clone()),
        })
    }

    fn figure(&mut self, name: &Spanned<String>) -> Option<Figure> {
        let found = self.figures.get(name.as_ref().as_str()).copied();
        if found.is_none() {
            self.findings.push(unknown(&self.file.place(name), name.as_ref(), self.figures));
        }
        found
    }

    /// A formula with its figures; what is wrong with it is a finding.
    fn term(&mut self, place: &Spanned<String>, text: &str) -> Option<Term> {
        let place = self.file.place(place);
        let formula = match Formula::parse(text) {
            Ok(formula) => formula,
            Err(fault) => {
                self.findings.push(contradiction(&place, format!("算式写法不对（{fault}）"), format!("not a formula ({fault})")));
                return None;
            }
        };
        let figures = formula.names.iter().map(|name| {
            let found = self.figures.get(name.as_str()).copied();
            if found.is_none() {
                self.findings.push(unknown(&place, name, self.figures));
            }
            found
        });
        let figures: Option<Vec<Figure>> = figures.collect::<Vec<_>>().into_iter().collect();
        Some(Term { figures: figures?, formula })
    }
}
