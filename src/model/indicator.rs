//! What is counted (`Measure`) and what is said (`Indicator`).

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Against, Id, Observation, Period, RatioKind, Text};

/// What the figures of a measure are. Only counts add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MeasureKind {
    #[default]
    Count,
    /// A rate that an office reports beside its counts: only ever compared.
    ReportedRate,
    /// A day of the ledger, kept as its number in spreadsheets: 45291 is 2023-12-31.
    Day,
    /// What a cell of the ledger says: a document number, evidence. There is no value, only the cell's text.
    Words,
}

/// Something that is counted, or written beside what is counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    pub id: Id,
    pub name: Text,
    pub unit: String,
    /// The dimensions its leaf values carry. A value that lacks one of them is a total.
    pub by: Vec<Id>,
    pub kind: MeasureKind,
    /// The product it is derived from, where no office counts it: `pupils = teachers × pupil_teacher_ratio`.
    pub product: Option<Vec<Id>>,
    /// What it is split from, where offices give it for all stages together.
    pub split: Option<Split>,
}

/// How a figure is split among the members of a dimension: by another measure, weighted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Split {
    pub of: Id,
    pub by: Id,
    pub over: Id,
    pub weights: Vec<(Id, f64)>,
}

impl Measure {
    pub fn is_additive(&self) -> bool {
        self.kind == MeasureKind::Count
    }

    /// The measures it is derived from: none where it is counted.
    pub fn sources(&self) -> Vec<&Id> {
        match (&self.product, &self.split) {
            (Some(factors), _) => factors.iter().collect(),
            (None, Some(split)) => vec![&split.of, &split.by],
            (None, None) => Vec::new(),
        }
    }
}

/// A measure, or the part of it in which each named dimension has one of the given members.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    pub measure: Id,
    pub only: BTreeMap<Id, Vec<Id>>,
    /// Taken away instead of added: closures from openings.
    pub minus: bool,
    /// Counted from the day that this measure gives for the same figure: places from the day they were put into use.
    pub from_day: Option<Id>,
}

impl Term {
    /// Is this one of its observations, whatever its day?
    pub fn takes(&self, observation: &Observation) -> bool {
        let is_within = |(dimension, members): (&Id, &Vec<Id>)| {
            observation.breakdown.get(dimension).is_some_and(|member| members.contains(member))
        };
        observation.measure == self.measure && self.only.iter().all(is_within)
    }
}

/// How an indicator is made of measures.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// A sum.
    Total { of: Vec<Term> },
    /// A ratio of sums.
    Ratio { of: Vec<Term>, to: Vec<Term>, per: f64, kind: RatioKind },
    /// A rate as offices report it: each area has its own, and the whole has none.
    Reported { rate: Term },
    /// How unequal another indicator is: over the districts, or over the members of a dimension inside each area.
    Inequality { index: Index, of: Id, weighted_by: Vec<Term>, ranked_by: Option<Id>, across: Option<Id> },
    /// The plain mean of the 差异系数 of several indicators.
    Composite { of: Vec<Id> },
    /// A ratio as it would be if every area had the standard's shares of the strata.
    Standardised { of: Id, by: Vec<Id>, standard: Standard },
    /// How many districts moved one way, by at least so much, since the previous period.
    DistrictsThat { moved: Way, of: Id, at_least: f64 },
}

impl Formula {
    /// A sum of which nothing is taken away: what is still missing can only raise it.
    pub fn only_adds(&self) -> bool {
        matches!(self, Formula::Total { of } if of.iter().all(|term| !term.minus))
    }
}

/// A measure of inequality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Index {
    /// 差异系数: the weighted standard deviation over the mean.
    Variation,
    /// The largest over the smallest.
    MaxToMin,
    Gini,
    Theil,
    /// The part of Theil's index inside the areas; needs `across`.
    TheilWithin,
    /// The part between the areas; needs `across`.
    TheilBetween,
    /// Slope index of inequality: fitted difference between the top and the bottom of a ranking; needs `ranked-by`.
    Slope,
    /// Relative index of inequality: fitted top over fitted bottom; needs `ranked-by`.
    Relative,
}

impl Index {
    /// Does it set what lies inside the areas against what lies between them?
    pub fn needs_members(self) -> bool {
        matches!(self, Index::TheilWithin | Index::TheilBetween)
    }

    /// Does it follow the units in the order of something else?
    pub fn needs_rank(self) -> bool {
        matches!(self, Index::Slope | Index::Relative)
    }
}

/// The population whose shares a standardised ratio takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Standard {
    /// The denominators of the whole in this year (of a school year or part of a year: in its own of that year).
    Whole(i16),
    /// Weights by the members of the strata, in the order of `by`.
    Weights(Vec<(Vec<Id>, f64)>),
}

/// A line that a rule outside the targets draws: context, and no commitment.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Line {
    pub at_most: f64,
    /// Where the line stands.
    pub source: Text,
}

/// From this period on an indicator is counted another way: nothing is compared across it.
#[derive(Debug, Clone, PartialEq)]
pub struct Break {
    pub at: Period,
    pub because: Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    Fell,
    Rose,
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Better {
    Higher,
    Lower,
    /// Neither way is good in itself.
    Neither,
}

/// How the figure of a year comes from those of its months, quarters or terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OverYear {
    /// A stock: the last one.
    Last,
    /// A flow: all together.
    Sum,
}

/// Something the report says: a total or a ratio of sums.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    pub id: Id,
    pub name: Text,
    pub definition: Text,
    pub subject: Id,
    pub unit: Text,
    pub decimals: usize,
    pub better: Better,
    pub formula: Formula,
    /// The breakdowns in which it is also said, besides the total.
    pub by: Vec<Vec<Id>>,
    /// None: it is said for the periods that were reported, and for no other.
    pub over_year: Option<OverYear>,
    /// With which periods its values are compared.
    pub change: Vec<Against>,
    pub breaks: Vec<Break>,
    /// The groupings by which the change of the whole is taken apart; an empty one is by area.
    pub decompose: Vec<Vec<Id>>,
    pub line: Option<Line>,
    /// The dimension whose members (schools) are what varies when a change is tested; else the districts of the whole.
    pub clusters: Option<Id>,
}

impl Indicator {
    /// Is a value of this period shown to people? Where there are years, the parts that they are made of are not.
    pub fn shows(&self, period: Period) -> bool {
        self.over_year.is_none() || matches!(period, Period::Year(_))
    }
}

/// What the tests of several rooms ask for, to be changed as each needs it.
#[cfg(test)]
impl Indicator {
    pub fn rate(formula: Formula) -> Indicator {
        Indicator {
            id: "rate".into(),
            name: Text::new("近视率", "Myopia rate"),
            definition: Text::default(),
            subject: "vision".into(),
            unit: Text::same("%"),
            decimals: 2,
            better: Better::Lower,
            formula,
            by: Vec::new(),
            over_year: None,
            change: Vec::new(),
            breaks: Vec::new(),
            decompose: Vec::new(),
            line: None,
            clusters: None,
        }
    }
}

impl Indicator {
    /// The break between two periods, if there is one: they are not both before it, nor both after it. A flow of a year in which it
    /// lies is neither, and is like no other year.
    pub fn broken(&self, from: Period, to: Period) -> Option<&Break> {
        self.breaks.iter().find(|at| {
            let side = |period| self.is_since(period, at.at.first_day());
            side(from).is_none() || side(from) != side(to)
        })
    }

    /// Is what a period says of a time since a day, or before it? None where it is of both.
    fn is_since(&self, period: Period, day: Date) -> Option<bool> {
        let last = period.last_day();
        let first = match (period, self.over_year) {
            // A year's stock is that of its last part.
            (Period::Year(_), Some(OverYear::Last)) => last,
            _ => period.first_day(),
        };
        match () {
            _ if first >= day => Some(true),
            _ if last < day => Some(false),
            _ => None,
        }
    }

    /// What kind of ratio it is; none of what is no ratio.
    pub fn ratio_kind(&self) -> Option<RatioKind> {
        match self.formula {
            Formula::Ratio { kind, .. } => Some(kind),
            _ => None,
        }
    }

    /// Differences of per cents are percentage points; of anything else they are in its own unit.
    pub fn change_unit(&self) -> Text {
        if self.unit.en == "%" { Text::new("百分点", "percentage points") } else { self.unit.clone() }
    }
}
