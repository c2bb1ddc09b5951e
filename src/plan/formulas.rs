//! The formula of an indicator with its names looked up, and what a formula may be made of.

use std::{collections::BTreeMap, path::Path};

use super::{
    list::List,
    names::{self, contradiction},
};
use crate::{
    diag::{Finding, TomlPlace},
    model::{Codebook, Formula, Id, Index, Indicator, MeasureKind, Standard, Term},
    spec::{FormulaSpec, IndicatorsFile, Parsed, Spanned, StandardSpec, TermSpec},
};

/// What the formulas of one file may name.
pub struct Names<'a> {
    pub file: &'a Parsed<IndicatorsFile>,
    pub folder: &'a Path,
    pub book: &'a Codebook,
    pub indicators: &'a [Id],
}

impl Names<'_> {
    pub fn formula(&self, spec: &FormulaSpec, findings: &mut Vec<Finding>) -> Option<Formula> {
        Some(match spec {
            FormulaSpec::Total { of } => Formula::Total { of: self.terms(of, findings) },
            FormulaSpec::Ratio { of, to, per, kind } => {
                Formula::Ratio { of: self.terms(of, findings), to: self.terms(to, findings), per: *per, kind: *kind }
            }
            FormulaSpec::Reported { rate } => Formula::Reported { rate: self.term(rate, MeasureKind::ReportedRate, findings)? },
            FormulaSpec::Variation { of, weighted_by, across } => Formula::Inequality {
                index: Index::Variation,
                weighted_by: self.terms(weighted_by, findings),
                of: self.indicator(of, findings)?,
                ranked_by: None,
                across: self.dimensions(across, findings).pop(),
            },
            FormulaSpec::Inequality { index, of, weighted_by, ranked_by, across } => Formula::Inequality {
                index: *index,
                weighted_by: self.terms(weighted_by, findings),
                of: self.indicator(of, findings)?,
                ranked_by: ranked_by.as_ref().and_then(|name| self.indicator(name, findings)),
                across: self.dimensions(across, findings).pop(),
            },
            FormulaSpec::Composite { of } => {
                Formula::Composite { of: of.iter().filter_map(|name| self.indicator(name, findings)).collect() }
            }
            FormulaSpec::Standardised { of, by, standard } => {
                let by = self.dimensions(by, findings);
                let standard = match standard {
                    StandardSpec::Year(year) => Standard::Whole(*year),
                    StandardSpec::List(list) => Standard::Weights(self.weights(list, &by, findings)),
                };
                Formula::Standardised { of: self.indicator(of, findings)?, by, standard }
            }
            FormulaSpec::DistrictsThat { moved, of, at_least } => {
                Formula::DistrictsThat { moved: *moved, of: self.indicator(of, findings)?, at_least: *at_least }
            }
        })
    }

    fn indicator(&self, name: &Spanned<String>, findings: &mut Vec<Finding>) -> Option<Id> {
        names::find(self.file, name, &names::INDICATOR, self.indicators.iter(), findings)
    }

    pub fn dimensions<'a>(&self, named: impl IntoIterator<Item = &'a Spanned<String>>, findings: &mut Vec<Finding>) -> Vec<Id> {
        let known = || self.book.dimensions.iter().map(|dimension| &dimension.id);
        named.into_iter().filter_map(|name| names::find(self.file, name, &names::DIMENSION, known(), findings)).collect()
    }

    fn terms(&self, specs: &[TermSpec], findings: &mut Vec<Finding>) -> Vec<Term> {
        specs.iter().filter_map(|spec| self.term(spec, MeasureKind::Count, findings)).collect()
    }

    fn term(&self, spec: &TermSpec, wanted: MeasureKind, findings: &mut Vec<Finding>) -> Option<Term> {
        let (file, book) = (self.file, self.book);
        let known = book.measures.iter().map(|measure| &measure.id);
        let measure = names::find(file, &spec.measure, &names::MEASURE, known, findings)?;
        let kind = book.measure(&measure).map(|measure| measure.kind).unwrap_or_default();
        if kind != wanted {
            let (zh, en) = match (wanted, kind) {
                (MeasureKind::ReportedRate, _) => ("不是填报的比率（reported-rate）", "is no reported rate"),
                (_, MeasureKind::ReportedRate) => (
                    "是填报的比率，比率不能相加；请改用分子和分母",
                    "is a reported rate, and rates do not add up: use its counts",
                ),
                _ => ("是日期或文字，不能相加", "is a day or words, which do not add up"),
            };
            findings.push(contradiction(&file.place(&spec.measure), format!("{measure} {zh}"), format!("{measure} {en}")));
        }
        let days = || book.measures.iter().filter(|measure| measure.kind == MeasureKind::Day).map(|measure| &measure.id);
        let from_day = spec.from_day.as_ref().and_then(|name| names::find(file, name, &names::DAY, days(), findings));
        let mut only = BTreeMap::new();
        for (dimension, members) in &spec.only {
            let Some(known) = book.dimension(dimension) else {
                let all: Vec<&Id> = book.dimensions.iter().map(|dimension| &dimension.id).collect();
                findings.push(names::unknown(&file.place(&spec.measure), dimension, &names::DIMENSION, &all));
                continue;
            };
            let found = |member: &Spanned<String>| match known.open {
                true => Some(Id::from(member.as_ref().as_str())),
                false => names::member(&file.place(member), member.as_ref(), known, findings),
            };
            only.insert(known.id.clone(), members.iter().filter_map(found).collect());
        }
        Some(Term { measure, only, minus: spec.minus, from_day })
    }

    /// A standard population: a row for each stratum, with its members and its weight.
    fn weights(&self, list: &Spanned<String>, by: &[Id], findings: &mut Vec<Finding>) -> Vec<(Vec<Id>, f64)> {
        let place = self.file.place(list);
        let path = self.folder.join(list.as_ref());
        let list = List::new(&path, &place);
        let rows: Vec<(u64, BTreeMap<String, String>)> = list.rows(&[], findings);
        let mut weights = Vec::new();
        for (line, row) in &rows {
            let member = |id: &Id| {
                let (name, dimension) = (row.get(id.as_ref())?, self.book.dimension(id)?);
                dimension.get(name).or_else(|| dimension.find(name)).map(|member| member.code.clone())
            };
            let weight = row.get("weight").and_then(|weight| weight.parse::<f64>().ok()).filter(|weight| *weight >= 0.0);
            match (by.iter().map(member).collect::<Option<Vec<Id>>>(), weight) {
                (Some(members), Some(weight)) => weights.push((members, weight)),
                _ => {
                    let ids = by.iter().map(AsRef::as_ref).collect::<Vec<&str>>();
                    let (zh, en) = (ids.join("、"), ids.join(", "));
                    findings.push(list.fault(
                        *line,
                        format!("标准人口的一行应有 {zh} 的代码和不小于 0 的 weight"),
                        format!("a row of a standard population gives a code of {en} and a weight of at least 0"),
                    ));
                }
            }
        }
        weights
    }
}

/// What a formula may not be made of: reported once all indicators are known.
pub fn contradictions(indicators: &[(TomlPlace, Indicator)], findings: &mut Vec<Finding>) {
    let of = |id: &Id| indicators.iter().map(|(_, indicator)| indicator).find(|indicator| indicator.id == *id);
    let is_ratio = |indicator: &Indicator| matches!(indicator.formula, Formula::Ratio { .. });
    // Figures about figures of areas are figures of the whole.
    let has_areas = |indicator: &Indicator| {
        !matches!(indicator.formula, Formula::Inequality { .. } | Formula::Composite { .. } | Formula::DistrictsThat { .. })
    };
    for (place, indicator) in indicators {
        let mut refuse = |zh: &str, en: &str| {
            findings.push(contradiction(
                place,
                format!("指标 {} {zh}", indicator.id),
                format!("the indicator {} {en}", indicator.id),
            ));
        };
        match &indicator.formula {
            Formula::Inequality { index, of: measured, weighted_by, ranked_by, across } => {
                let measured = of(measured);
                let is_sum = measured.is_some_and(|known| matches!(known.formula, Formula::Total { .. } | Formula::Ratio { .. }));
                if !is_sum {
                    refuse("只能衡量合计或比率指标的差异", "can say how unequal a total or a ratio is, and nothing else");
                }
                if weighted_by.is_empty() && !measured.is_some_and(is_ratio) {
                    refuse("需要 weighted-by（权重）", "needs `weighted-by`");
                }
                if index.needs_members() && across.is_none() {
                    refuse("的组内、组间部分需要 across", "has parts within and between areas and needs `across`");
                }
                if index.needs_rank() && ranked_by.is_none() {
                    refuse("需要 ranked-by（排序所依据的指标）", "needs `ranked-by`, the indicator that ranks the districts");
                }
                if let Some(ranks) = ranked_by
                    && !of(ranks).is_some_and(has_areas)
                {
                    refuse("的 ranked-by 须是各区有数值的指标", "is ranked by an indicator that no district has");
                }
                if ranked_by.is_some() && (across.is_some() || !index.needs_rank()) {
                    refuse("不能使用 ranked-by", "has no use for `ranked-by`");
                }
            }
            Formula::Composite { of: parts } => {
                let is_variation = |id: &Id| {
                    of(id).is_some_and(|known| matches!(known.formula, Formula::Inequality { index: Index::Variation, .. }))
                };
                if parts.is_empty() || !parts.iter().all(is_variation) {
                    refuse("只能由差异系数平均而成，其他数值不作平均", "is a mean of variations; nothing else is ever averaged");
                }
            }
            Formula::Standardised { of: crude, by, .. } => {
                if !of(crude).is_some_and(is_ratio) || by.is_empty() {
                    refuse("只能对比率按维度标准化", "can standardise a ratio, by at least one dimension");
                }
            }
            Formula::DistrictsThat { of: moved, .. } => {
                if !of(moved).is_some_and(has_areas) {
                    refuse(
                        "只能数各区有数值的指标升降的区",
                        "can count districts by an indicator that each of them has, and no other",
                    );
                }
            }
            Formula::Total { .. } | Formula::Ratio { .. } | Formula::Reported { .. } => {}
        }
        if !is_ratio(indicator) && (!indicator.decompose.is_empty() || indicator.clusters.is_some()) {
            refuse("不是比率，不能使用 decompose 或 clusters", "is no ratio and can have neither `decompose` nor `clusters`");
        }
    }
}
