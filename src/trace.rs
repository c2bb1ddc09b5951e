//! From a published number back to its cells, by the tables of its run.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use crate::model::{Period, TOTAL, Text};

/// A row of a table, by column name.
pub type Row = BTreeMap<String, String>;

/// The row asked for.
pub enum Asked {
    /// `indicators.csv:57`: its heading is line 1.
    Line {
        table: String,
        line: usize,
    },
    Value {
        indicator: String,
        area: String,
        period: String,
        members: BTreeMap<String, String>,
    },
}

/// A number and everything it is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    pub table: String,
    pub line: usize,
    pub row: Row,
    /// Observations in their order, with those that derived ones are made of.
    pub observations: Vec<Row>,
}

/// Reads `file:line`.
pub fn parse_line(text: &str) -> Option<Asked> {
    let (file, line) = text.rsplit_once(':')?;
    let table = Path::new(file).file_stem()?.to_str()?.to_string();
    Some(Asked::Line { table, line: line.parse().ok()? })
}

pub fn trace(run: &Path, asked: &Asked) -> Result<Trace, Text> {
    let (table, place) = match asked {
        Asked::Line { table, line } => {
            (table.clone(), line.checked_sub(2).ok_or_else(|| no_row("标题行没有来源", "the heading has no lineage"))?)
        }
        Asked::Value { indicator, area, period, members } => {
            let rows = read(run, "indicators")?;
            // A breakdown column is one that holds the mark of a total somewhere.
            let dimensions: BTreeSet<&String> =
                rows.iter().flatten().filter(|(_, cell)| *cell == TOTAL).map(|(column, _)| column).collect();
            let is_wanted = |row: &Row| {
                let has = |column: &str, value: &str| row.get(column).is_some_and(|cell| cell == value);
                has("indicator", indicator)
                    && (has("area", area) || has("area_name", area))
                    && has("period", period)
                    && members.keys().all(|column| dimensions.contains(column))
                    && dimensions.iter().all(|column| has(column, members.get(*column).map_or(TOTAL, String::as_str)))
            };
            let place = rows.iter().position(is_wanted).ok_or_else(|| {
                let there = periods(&rows, indicator, area);
                let list = |comma: &str, words: fn(&Text) -> &str| {
                    let said: Vec<Text> = there.iter().map(|period| Period::written(period)).collect();
                    said.iter().map(words).collect::<Vec<_>>().join(comma)
                };
                // Where the period is among them, it is the breakdown that there is none of.
                let (zh, en) = match there.is_empty() || there.contains(&period.as_str()) {
                    true => Default::default(),
                    false => {
                        let (zh, en) = (list("、", |period| &period.zh), list(", ", |period| &period.en));
                        (format!("；有的时期：{zh}"), format!("; there are {en}"))
                    }
                };
                let when = Period::written(period);
                no_row(
                    &format!("indicators.csv 中没有 {indicator}、{area}、{}这一行{zh}", when.zh),
                    &format!("indicators.csv has no row of {indicator}, {area}, {}{en}", when.en),
                )
            })?;
            ("indicators".to_string(), place)
        }
    };
    let rows = read(run, &table)?;
    let line = place + 2;
    let row = rows
        .get(place)
        .cloned()
        .ok_or_else(|| no_row(&format!("{table}.csv 没有第 {line} 行"), &format!("{table}.csv has no line {line}")))?;
    let all = read(run, "observations")?;
    if table == "observations" {
        let observations = with_factors(&[place], &all);
        return Ok(Trace { table, line, row, observations });
    }
    // A change is made of the rows that it compares.
    let asked: Vec<(&str, usize)> = match row.get("made_of").map(|lines| numbers(lines)) {
        Some(places) => places.into_iter().map(|place| ("indicators", place + 1)).collect(),
        None => vec![(table.as_str(), line)],
    };
    let lineage = read(run, "lineage")?;
    let is_asked = |entry: &&Row| {
        let names = |(table, line): &(&str, usize)| {
            entry.get("table").is_some_and(|cell| cell == table) && entry.get("line") == Some(&line.to_string())
        };
        asked.iter().any(names)
    };
    let of: Vec<&Row> = lineage.iter().filter(is_asked).collect();
    if of.len() < asked.len() {
        return Err(no_row(
            &format!(
                "{table}.csv 的行没有来源记录；可追溯的是 indicators.csv、targets.csv、changes.csv、decomposition.csv、observations.csv"
            ),
            &format!(
                "rows of {table}.csv have no lineage; those of indicators.csv, targets.csv, changes.csv, decomposition.csv and observations.csv have"
            ),
        ));
    }
    let places: BTreeSet<usize> =
        of.iter().flat_map(|entry| numbers(entry.get("observations").map_or("", String::as_str))).collect();
    let observations = with_factors(&places.into_iter().collect::<Vec<_>>(), &all);
    Ok(Trace { table, line, row, observations })
}

/// The periods that an indicator has rows of for an area, by its code or name.
fn periods<'a>(rows: &'a [Row], indicator: &str, area: &str) -> Vec<&'a str> {
    let has = |row: &Row, column: &str, value: &str| row.get(column).is_some_and(|cell| cell == value);
    let is_its = |row: &&Row| has(row, "indicator", indicator) && (has(row, "area", area) || has(row, "area_name", area));
    let periods: BTreeSet<&str> = rows.iter().filter(is_its).filter_map(|row| Some(row.get("period")?.as_str())).collect();
    periods.into_iter().collect()
}

/// What stands at these places, and what that is derived from, down to what was read.
fn with_factors(places: &[usize], all: &[Row]) -> Vec<Row> {
    let mut found: BTreeSet<usize> = BTreeSet::new();
    let mut open = places.to_vec();
    while let Some(place) = open.pop() {
        if let Some(row) = all.get(place).filter(|_| found.insert(place)) {
            open.extend(numbers(row.get("derived_from").map_or("", String::as_str)));
        }
    }
    found.into_iter().map(|place| all[place].clone()).collect()
}

/// Places from `3-26 130`, which counts from 1.
fn numbers(runs: &str) -> Vec<usize> {
    let bounds = |run: &str| -> Option<(usize, usize)> {
        let (start, end) = run.split_once('-').unwrap_or((run, run));
        Some((start.parse().ok()?, end.parse().ok()?))
    };
    runs.split_whitespace().filter_map(bounds).flat_map(|(start, end)| start.saturating_sub(1)..end).collect()
}

fn read(run: &Path, table: &str) -> Result<Vec<Row>, Text> {
    let path = run.join(format!("{table}.csv"));
    let unreadable = |fault: String| {
        Text::new(
            format!("无法读取 {}；请先运行 yardstick run", path.display()),
            format!("{} cannot be read ({fault}); run the batch first: yardstick run", path.display()),
        )
    };
    let bytes = fs_err::read(&path).map_err(|fault| unreadable(fault.kind().to_string()))?;
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let rows = csv::Reader::from_reader(bytes).deserialize::<Row>().collect::<Result<_, _>>();
    rows.map_err(|fault| unreadable(fault.to_string()))
}

fn no_row(zh: &str, en: &str) -> Text {
    Text::new(zh, en)
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn runs_are_read_back() {
        assert_eq!(numbers("3-5 130"), [2, 3, 4, 129]);
        assert!(numbers("").is_empty());
    }
}
