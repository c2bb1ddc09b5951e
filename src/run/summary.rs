//! What goes into `summary.xlsx`: which rows of the tables, and the numbers of its charts.

use std::{collections::BTreeSet, io};

use rustc_hash::FxHashMap;

use super::{
    found::{Found, verdicts},
    output::Artifact,
};
use crate::{
    chart::stretch,
    model::{AreaKind, Figure, Indicator, IndicatorValue, OutputFormat, Period, TOTAL, Target, Text, Verdict, how_many},
    publish::{
        summary::{self, Cover, Excerpt, Plot, PlotKind, PlotPoint},
        table::{Row, Table},
    },
};

/// The workbook.
pub const SUMMARY: &str = "summary.xlsx";
/// Tables with a row for each cell.
const NOT_FOR_PEOPLE: [&str; 3] = ["observations", "totals", "lineage"];
/// Rows that a person still scrolls through.
const MOST: usize = 6_000;

pub fn workbook(results: &Found, tables: &[Table], figures: &[Figure]) -> io::Result<Artifact> {
    let plan = results.plan;
    let verdicts: Vec<(Verdict, usize)> = verdicts(plan, results.summary).into_iter().collect();
    let indicators: FxHashMap<&str, (usize, &Text)> =
        plan.indicators.iter().map(|indicator| (indicator.id.as_ref(), (indicator.decimals, &indicator.name))).collect();
    let gallery = plan.publishes(OutputFormat::Gallery);
    let cover = Cover {
        title: &plan.title,
        source: &plan.source,
        as_of: results.order.as_of,
        language: results.order.language,
        sample: plan.sample,
        verdicts: &verdicts,
        indicators: &indicators,
        whole: plan.book.areas.whole().map_or("", |area| &area.code),
        gallery,
        scorecard: gallery && !results.summary.progress.is_empty(),
    };
    let for_people = tables.iter().filter(|table| !NOT_FOR_PEOPLE.contains(&table.name));
    let excerpts: Vec<Excerpt> = for_people.map(|table| excerpt(results, table)).collect();
    let bytes = summary::workbook(&cover, &excerpts, &plots(results, figures)).map_err(io::Error::other)?;
    Ok(Artifact { path: SUMMARY.to_string(), bytes })
}

/// Of a table with breakdowns the totals; where there are years, not what they are made of.
fn excerpt<'a>(results: &Found, table: &'a Table) -> Excerpt<'a> {
    let place = |name: &str| table.columns.iter().position(|column| column.name == name);
    // A breakdown column says somewhere that it is the total; another column may have the name of a dimension.
    let is_breakdown = |place: &usize| table.rows.iter().any(|row| &row[*place] == TOTAL);
    let dimensions: Vec<usize> =
        results.plan.book.dimensions.iter().filter_map(|dimension| place(&dimension.id)).filter(is_breakdown).collect();
    // What was promised for a part of a year stands there all the same.
    let of_values = |name: &str| place(name).filter(|_| table.name != "targets");
    let (indicator, period) = (of_values("indicator"), of_values("period"));
    let is_part_of_a_year = |row: &Row| match (indicator, period) {
        (Some(indicator), Some(period)) => {
            let (known, period) = (results.plan.indicator(&row[indicator]), row[period].parse::<Period>());
            known.zip(period.ok()).is_some_and(|(indicator, period)| !indicator.shows(period))
        }
        _ => false,
    };
    let is_taken = |row: &Row| dimensions.iter().all(|&place| &row[place] == TOTAL) && !is_part_of_a_year(row);
    let mut rows: Vec<usize> = table.rows.iter().enumerate().filter(|(_, row)| is_taken(row)).map(|(place, _)| place).collect();
    let file = format!("{}.csv", table.name);
    let left_out = if rows.len() > MOST {
        rows.truncate(MOST);
        Text::new(
            format!("只收入前 {MOST} 行；全部在 {file}。"),
            format!("only the first {MOST} rows are here; all are in {file}."),
        )
    } else if rows.len() < table.rows.len() {
        Text::new(
            format!("分组数值和年内各期未收入（{} 行）；全部在 {file}。", table.rows.len() - rows.len()),
            format!(
                "breakdowns and parts of years are left out ({}); all are in {file}.",
                how_many(table.rows.len() - rows.len(), "row", "rows")
            ),
        )
    } else {
        Text::default()
    };
    let without = dimensions.iter().map(|&place| table.columns[place].name.clone()).collect();
    Excerpt { table, rows: Some(rows), without, left_out }
}

/// The totals by indicator.
type Totals<'a> = FxHashMap<&'a str, Vec<&'a IndicatorValue>>;

/// For every indicator that a target is judged by: the whole over time, and the areas in the target's period.
fn plots(results: &Found, figures: &[Figure]) -> Vec<Plot> {
    let mut totals: Totals = FxHashMap::default();
    for value in results.summary.values.iter().filter(|value| value.breakdown.is_empty()) {
        totals.entry(&value.indicator).or_default().push(value);
    }
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut plots = Vec::new();
    for target in &results.plan.targets {
        let Some(indicator) = target.taken().indicator.as_deref().and_then(|id| results.plan.indicator(id)) else { continue };
        if seen.insert(&indicator.id) {
            let values = drawn(&totals, indicator);
            plots.extend(over_time(results, target, indicator, &values, figures));
            plots.extend(by_area(results, target, indicator, &values, figures));
        }
    }
    plots
}

fn over_time(
    results: &Found,
    target: &Target,
    indicator: &Indicator,
    values: &[&IndicatorValue],
    figures: &[Figure],
) -> Option<Plot> {
    let whole = results.plan.book.areas.whole()?;
    let values: Vec<&IndicatorValue> = values.iter().filter(|value| value.area == whole.code).copied().collect();
    let level = level(results, target, &whole.code);
    // A period without a value has its place all the same.
    let point = |period: Period| {
        let value = values.iter().find(|value| value.period == period).and_then(|value| value.value);
        PlotPoint { label: period.to_string(), value, target: level }
    };
    let points: Vec<PlotPoint> = stretch(&values).into_iter().map(point).collect();
    (points.iter().filter(|point| point.value.is_some()).count() > 1)
        .then(|| plot(results, indicator, PlotKind::Line, "line", points, figures))
}

fn by_area(
    results: &Found,
    target: &Target,
    indicator: &Indicator,
    values: &[&IndicatorValue],
    figures: &[Figure],
) -> Option<Plot> {
    let values: Vec<&&IndicatorValue> = values.iter().filter(|value| value.period == target.period).collect();
    let parts = results.plan.book.areas.iter().filter(|area| area.kind != AreaKind::Whole);
    let points: Vec<PlotPoint> = parts
        .filter_map(|area| {
            let value = values.iter().find(|value| value.area == area.code)?;
            let label = area.name.in_language(results.order.language).to_string();
            Some(PlotPoint { label, value: value.value, target: level(results, target, &area.code) })
        })
        .collect();
    (points.iter().filter(|point| point.value.is_some()).count() > 1)
        .then(|| plot(results, indicator, PlotKind::Columns, "bars", points, figures))
}

/// Totals of an indicator; where there are years, nothing else.
fn drawn<'a>(totals: &Totals<'a>, indicator: &Indicator) -> Vec<&'a IndicatorValue> {
    let values = totals.get(indicator.id.as_ref()).into_iter().flatten();
    values.filter(|value| indicator.shows(value.period)).copied().collect()
}

fn level(results: &Found, target: &Target, area: &str) -> Option<f64> {
    let progress = results.summary.progress.iter().find(|row| row.target == target.id && row.area.as_ref() == area)?;
    progress.target_value
}

/// The title is that of the gallery's chart, where there is one.
fn plot(
    results: &Found,
    indicator: &Indicator,
    kind: PlotKind,
    ending: &str,
    points: Vec<PlotPoint>,
    figures: &[Figure],
) -> Plot {
    let id = format!("{}-{ending}", indicator.id);
    let drawn = figures.iter().find(|figure| figure.id == id);
    let name = indicator.name.in_language(results.order.language);
    Plot {
        title: drawn.map_or_else(|| name.to_string(), |figure| figure.title.clone()),
        in_gallery: drawn.is_some() && results.plan.publishes(OutputFormat::Gallery),
        figure: id,
        unit: indicator.unit.in_language(results.order.language).to_string(),
        decimals: indicator.decimals,
        kind,
        points,
    }
}
